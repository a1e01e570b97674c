"""Deleting one meeting for good, so that every chain can still be proved.

In place of each of its events a bare link stays (chains.py), which shows nothing of what was said, and
one event `MEETING_REMOVED` that says who deleted what, and by which archive it can come back. What is
deleted is overwritten: SQLite keeps no old content in its pages (`secure_delete`, then `VACUUM`), the
write-ahead log is emptied, and copies of the database in this folder give way to a new one.
"""

from __future__ import annotations

from pathlib import Path

from huifeng_desktop.domain.events import EventKind
from huifeng_desktop.errors import StorageBusyProblem, UserProblem
from huifeng_desktop.storage.chains import LINKS, link_of
from huifeng_desktop.storage.columns import COLUMNS
from huifeng_desktop.storage.database import Database, storage_problems

_REMOVED = EventKind.MEETING_REMOVED.value
_GONE = "kind = ? AND meeting NOT IN (SELECT meeting FROM events WHERE kind = ?)"
_OF_GONE = (_REMOVED, EventKind.MEETING_CREATED.value)
"""The words about meetings that are gone: not those whose archive was taken back."""


def refuse_unarchived(db: Database, meeting: str, archived: frozenset[str]) -> None:
    """Raise UserProblem unless every event of the meeting is among those kept elsewhere, by its digest."""
    here = {
        digest
        for (digest,) in db.execute(
            "SELECT digest FROM events WHERE meeting = ? AND kind <> ?", (meeting, _REMOVED)
        )
    }
    if missing := len(here - archived):
        raise UserProblem(
            f"没有删除：会议 {meeting} 在归档以后又有 {missing} 条记录，归档包里没有。请重新归档后再删除。"
        )


def replace_by_links(db: Database, meeting: str) -> None:
    """Delete the events of a meeting, inside a transaction that holds the word about it already."""
    rows = db.execute(
        f"SELECT {', '.join(COLUMNS)} FROM events WHERE meeting = ? AND kind <> ?", (meeting, _REMOVED)
    ).fetchall()
    links = [link_of(dict(zip(COLUMNS, row, strict=True))) for row in rows]
    db.executemany(
        f"INSERT INTO chain_links ({', '.join(LINKS)}) VALUES (?, ?, ?, ?)",
        [tuple(link[name] for name in LINKS) for link in links],
    )
    db.execute("DELETE FROM events WHERE meeting = ? AND kind <> ?", (meeting, _REMOVED))


def removed_meetings(db: Database) -> list[str]:
    """The deleted meetings that no archive has brought back."""
    rows = db.execute(f"SELECT DISTINCT meeting FROM events WHERE {_GONE}", _OF_GONE).fetchall()
    return [row[0] for row in rows]


def last_removal(db: Database) -> int:
    """The position of the last word about a meeting that is gone; 0 where none is.

    A word that came with a colleague's copy came with the meeting: nothing was deleted here.
    """
    found = db.execute(f"SELECT max(position) FROM events WHERE {_GONE}", _OF_GONE).fetchone()[0]
    return int(found or 0)


def overwrite_deleted(db: Database, path: Path) -> None:
    """Leave nothing of what was deleted in the database's file and its log.

    Raises StorageBusyProblem while another program reads or writes.
    """
    with storage_problems(path):
        _empty_log(db, path)
        db.execute("VACUUM")
        _empty_log(db, path)


def _empty_log(db: Database, path: Path) -> None:
    busy, _, _ = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise StorageBusyProblem(f"数据文件 {path} 正被另一个程序使用，已删除的内容还没有从文件里抹去。")
