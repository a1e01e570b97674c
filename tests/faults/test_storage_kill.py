"""kill -9 in the middle of a rush: whatever was acknowledged is there, and the log is whole."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

from desk_office import Meeting
from desk_office import plan as make_plan

from huifeng_desktop.app import open_folder
from huifeng_desktop.domain.imported import RosterRow
from huifeng_desktop.storage.database import DATABASE_NAME, open_database
from huifeng_desktop.storage.verify import verify

CHILD = Path(__file__).resolve().parent.parent / "support" / "signing_child.py"
ROOT = CHILD.parent.parent.parent
SEATS = 3000
KILLS = 10


def crowd(folder: Path) -> str:
    """A meeting with a large roster; its id."""
    with open_folder(folder, "command") as opened:
        meeting = Meeting(opened, opened.office.create(make_plan()))
        meeting.load(*(RosterRow(n, f"单位{n % 86}", f"与会者{n}") for n in range(SEATS)))
        return meeting.session.meeting_id


def acknowledged_until_killed(folder: Path, meeting_id: str, after_s: float) -> set[tuple[str, str]]:
    """Start the child, kill it `after_s` seconds after it is ready; what it had acknowledged."""
    command = [sys.executable, str(CHILD), str(folder), meeting_id]
    environment = {"PYTHONPATH": f"{ROOT}:{CHILD.parent}", "PATH": ""}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        timer = threading.Timer(after_s, child.send_signal, [signal.SIGKILL])
        timer.start()
        lines = child.stdout.read().splitlines(keepends=True)
        timer.join()
    assert child.returncode == -signal.SIGKILL, "the crowd was too small for the machine"
    return {(seat, event) for seat, event in (line.split() for line in lines if line.endswith("\n"))}


def test_every_acknowledged_sign_in_survives_ten_kills(data_dir: Path) -> None:
    meeting_id = crowd(data_dir)
    chance = random.Random(20260312)
    acknowledged: set[tuple[str, str]] = set()

    for _ in range(KILLS):
        acknowledged |= acknowledged_until_killed(data_dir, meeting_id, chance.uniform(0.01, 0.12))

        with closing(open_database(data_dir)) as db:
            assert verify(db, data_dir / DATABASE_NAME).ok

    with open_folder(data_dir, "console") as folder:
        state = folder.office.open(meeting_id).state
        stored = {(event.subject, event.event_id) for event in state.log if event.kind == "sign_in"}
    assert len(acknowledged) > KILLS
    assert acknowledged <= stored
    assert len({seat for seat, _ in stored}) == len(stored)
