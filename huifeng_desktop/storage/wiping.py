"""After a meeting was deleted: its files go, its bytes are overwritten, older copies give way to a new one.

What is left to do is known from the log itself, so that a program that was killed in between goes on
when it is closed next. Copies that somebody took elsewhere cannot be reached from here.
"""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from huifeng_desktop.paths import safe_file_name
from huifeng_desktop.storage.backup import BACKUPS, back_up
from huifeng_desktop.storage.database import DATABASE_NAME, Database, storage_problems
from huifeng_desktop.storage.removal import last_removal, overwrite_deleted, removed_meetings
from huifeng_desktop.storage.settings import SettingsStore
from huifeng_desktop.storage.shelf import FOLDER as DOCUMENTS

WIPED = "wiped_up_to"
"""Settings: the position of the last deletion after which all was wiped."""


def copies_to_go(folder: Path) -> list[Path]:
    """The copies of the database in this folder, from before a deletion: backups and those of updates."""
    stem = Path(DATABASE_NAME).stem
    return sorted([*(folder / BACKUPS).glob(f"{stem}-*.db"), *folder.glob(f"{stem}-v*.bak")])


def wipe(db: Database, folder: Path, settings: SettingsStore, now: datetime) -> int:
    """Wipe what is still to be wiped; how many older copies went.

    Raises StorageProblem; what was not done is done by the next call.
    """
    last = last_removal(db)
    if last <= int(settings.get(WIPED, 0)):
        return 0
    with storage_problems(folder / DATABASE_NAME):
        for meeting in removed_meetings(db):
            _drop(folder / DOCUMENTS / safe_file_name(meeting))
        overwrite_deleted(db, folder / DATABASE_NAME)
        old = copies_to_go(folder)
        fresh = back_up(db, folder, now)
        gone = [one for one in old if one != fresh]
        for one in gone:
            one.unlink(missing_ok=True)
    settings.put(WIPED, last)
    return len(gone)


def _drop(documents: Path) -> None:
    if documents.is_dir():
        shutil.rmtree(documents)
