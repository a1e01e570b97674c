"""归档 by the menu's key, the dialog and the folder that is asked for; and the backup that closing makes."""

from __future__ import annotations

import json
import shutil
import zipfile
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from hands import Hands
from pytestqt.qtbot import QtBot
from secretary_day import program_on

from huifeng_desktop.app import open_folder
from huifeng_desktop.domain.meeting import MeetingPlan
from huifeng_desktop.service.after.retention import ARCHIVED
from huifeng_desktop.storage.database import DATABASE_NAME


def test_a_meeting_is_archived_from_the_menu_and_closing_leaves_a_backup(
    tmp_path: Path, qtbot: QtBot
) -> None:
    data, out = tmp_path / "data", tmp_path / "out"
    out.mkdir()
    start = datetime(2026, 3, 12, 14, 30).astimezone()
    with program_on(data, "14:00:00") as day:
        meeting = day.folder.office.create(MeetingPlan("全县重点工作推进会", start))
        day.program.open_meeting(meeting)
        hands = Hands(qtbot)

        # WHEN the key of the menu is pressed, the button clicked and a folder chosen
        def archive() -> None:
            hands.choose_path(out, lambda: hands.click("归档本次会议…"))

        hands.while_open(archive, lambda: hands.press("Ctrl+Shift+A"))
        qtbot.waitUntil(lambda: bool(list(out.glob("归档_*.zip"))), timeout=60_000)
        qtbot.waitUntil(lambda: meeting in day.folder.settings.get(ARCHIVED, {}), timeout=60_000)

    # THEN the archive holds what its hashes say
    (file,) = out.glob("归档_*.zip")
    with zipfile.ZipFile(file) as archive_file:
        parts = {name: archive_file.read(name) for name in archive_file.namelist()}
    hashes = json.loads(parts.pop("manifest.json"))["sha256"]
    assert hashes == {name: sha256(content).hexdigest() for name, content in parts.items()}

    # AND the window has left a backup when it was closed, which opens as the folder was
    copies = sorted((data / "backups").glob("huifeng-*.db"))
    restored = tmp_path / "restored"
    restored.mkdir()
    shutil.copy(copies[-1], restored / DATABASE_NAME)
    with open_folder(restored, "command") as folder:
        assert [card.meeting_id for card in folder.office.cards()] == [meeting] and folder.verify().ok
