"""kill -9 of the window while a speech is timed and people come in: it opens where it was."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hall import make_folder
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_kit import put_away

from huifeng_desktop.app import desk_command, open_folder
from huifeng_desktop.app.program import only_window
from huifeng_desktop.app.window import build_window, make_application
from huifeng_desktop.clock import SystemClock
from huifeng_desktop.domain.events import EventKind
from huifeng_desktop.domain.speaker_timer import Run
from huifeng_desktop.ui.stage.view import StageMode

CHILD = Path(__file__).resolve().parent.parent / "support" / "window_child.py"
ROOT = CHILD.parent.parent.parent
SEATS, SEED = 300, 20260312
ALLOWED_S = 0.1


def killed_after(folder: Path, meeting: str, count: int) -> tuple[dict[str, Any], set[str]]:
    """Run the window, kill it after so many sign-ins; what it said of the speech, and who is in."""
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{CHILD.parent}", "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, str(CHILD), str(folder), meeting]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as child:
        assert child.stdout is not None
        speech: dict[str, Any] = json.loads(child.stdout.readline())
        signed = {json.loads(child.stdout.readline())["signed"] for _ in range(count)}
        child.send_signal(signal.SIGKILL)
        rest = child.stdout.read().splitlines(keepends=True)
    signed |= {json.loads(line)["signed"] for line in rest if line.endswith("\n")}
    return speech, signed


@pytest.mark.parametrize("count", sorted(random.Random(SEED).sample(range(3, 80), 3)))
def test_a_killed_window_opens_where_it_was(
    count: int, data_dir: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    make_application()
    meeting = make_folder(data_dir, SEATS)
    speech, signed = killed_after(data_dir, meeting, count)
    with open_folder(data_dir, "console", SystemClock()) as folder:
        # every sign-in that was shown is on disk, once
        session = folder.office.open(meeting)
        stored = [event.subject for event in session.state.log if event.kind is EventKind.SIGN_IN]
        assert count <= len(signed) and signed <= set(stored) and len(set(stored)) == len(stored)
        assert folder.verify().ok
        # the same speech runs, at the time that has truly passed
        parts = build_window(folder, session, desk_command(data_dir, meeting))
        parts.window.show()
        now = folder.clock.reading()
        view = parts.context.podium.view(now)
        assert view is not None and view.item.item_id == speech["item"] and view.run is Run.RUNNING
        least, most = now.mono - speech["after"], now.mono - speech["before"]
        assert least - ALLOWED_S <= view.elapsed_s <= most + ALLOWED_S
        # the hall sees what it saw
        assert parts.director.mode() is StageMode(speech["mode"])
        assert parts.director.message() == speech["message"] == "请抓紧时间"
        qtbot.waitUntil(lambda: parts.during.brief_row.present.value() == str(len(stored)))
        parts.context.podium.finish()
        put_away(parts)


def test_the_lock_of_a_killed_window_is_taken_over(data_dir: Path) -> None:
    data_dir.mkdir()
    program = (
        "import sys, time; from pathlib import Path; from huifeng_desktop.app.program import only_window\n"
        "with only_window(Path(sys.argv[1])):\n    print('held', flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", program, str(data_dir)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as child:
        assert child.stdout is not None and child.stdout.readline() == "held\n"
        child.send_signal(signal.SIGKILL)
    assert (data_dir / "window.lock").exists()
    with only_window(data_dir):
        pass
