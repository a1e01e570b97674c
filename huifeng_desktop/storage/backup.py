"""Copies of the whole database in the data folder: on every close and on demand."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from huifeng_desktop.storage.database import Database, copy_database, storage_problems

KEPT = 10
BACKUPS = "backups"


def back_up(db: Database, folder: Path, now: datetime) -> Path:
    """Write `backups/huifeng-YYYYMMDD-HHMMSS.db`; the oldest beyond ten are removed."""
    backups = folder / BACKUPS
    with storage_problems(backups / "huifeng.db"):
        backups.mkdir(exist_ok=True)
    target = copy_database(db, backups / f"huifeng-{now:%Y%m%d-%H%M%S}.db")
    for old in sorted(backups.glob("huifeng-*.db"))[:-KEPT]:
        old.unlink(missing_ok=True)
    return target
