"""The event log on a real disk, by itself."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from story import moment

from huifeng_desktop.clock import FixedClock
from huifeng_desktop.domain.events import EventKind, Fact
from huifeng_desktop.storage.database import DATABASE_NAME, open_database
from huifeng_desktop.storage.event_store import EventStore


@contextmanager
def opened(folder: Path, writer: str = "a") -> Iterator[EventStore]:
    """A store over a connection of its own; the folder is made."""
    folder.mkdir(exist_ok=True)
    store = EventStore(open_database(folder), folder / DATABASE_NAME, writer, FixedClock(moment("14:00")))
    try:
        yield store
    finally:
        store.close()


def fact(subject: str = "s1", nonce: str = "", kind: EventKind = EventKind.SIGN_IN) -> Fact:
    """A sign-in."""
    return Fact(kind, moment("14:05"), subject, {"method": "badge", "名": "𬱖·阿"}, nonce)


def write(store: EventStore, *subjects: str, meeting: str = "m") -> None:
    """A sign-in for each, each in a transaction of its own."""
    for subject in subjects:
        with store.transaction() as transaction:
            transaction.append(meeting, fact(subject))


@contextmanager
def tampered(folder: Path, copy: Path) -> Iterator[sqlite3.Connection]:
    """A copy of the folder whose guards are taken off, for somebody with a database editor."""
    shutil.copytree(folder, copy)
    with closing(sqlite3.connect(copy / DATABASE_NAME)) as connection, connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in names:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
