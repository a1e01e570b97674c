"""Proof that nothing was changed, removed or reordered since it was written.

Every event is hashed over all its columns and its predecessor; the chain heads show a missing tail.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from huifeng_desktop.domain.events import GENESIS, chain_digest
from huifeng_desktop.storage.database import storage_problems
from huifeng_desktop.storage.event_store import COLUMNS


@dataclass(frozen=True, slots=True)
class BrokenEvent:
    """The first place where a chain does not hold."""

    position: int
    event_id: str
    writer: str
    what: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What `verify` found; `broken` None and `integrity` "ok" mean that all is well."""

    events: int
    integrity: str
    broken: BrokenEvent | None

    @property
    def ok(self) -> bool:
        """Whether every chain and the file itself are whole."""
        return self.broken is None and self.integrity == "ok"


def verify(db: Database, path: Path) -> Verification:
    """Check SQLite's own integrity and every writer's chain."""
    with storage_problems(path):
        integrity = _integrity(db)
        rows = db.execute(f"SELECT position, {', '.join(COLUMNS)} FROM events ORDER BY position").fetchall()
        heads = db.execute("SELECT writer, writer_seq, digest FROM chain_heads ORDER BY writer").fetchall()
    return Verification(len(rows), integrity, _first_broken(rows, heads))


def _integrity(db: Database) -> str:
    try:
        return str(db.execute("PRAGMA integrity_check").fetchone()[0])
    except sqlite3.DatabaseError as error:
        return str(error)


def _first_broken(rows: Sequence[Any], heads: Sequence[Any]) -> BrokenEvent | None:
    chains: dict[str, tuple[int, str]] = {}
    for row in rows:
        columns = dict(zip(COLUMNS, row[1:], strict=True))
        seq, head = chains.get(columns["writer"], (0, GENESIS))
        what = _fault(columns, seq, head)
        if what:
            return BrokenEvent(row[0], columns["event_id"], columns["writer"], what)
        chains[columns["writer"]] = (columns["writer_seq"], columns["digest"])
    return _missing_tail(chains, heads)


def _fault(columns: dict[str, Any], seq: int, head: str) -> str:
    if columns["writer_seq"] != seq + 1 or columns["previous"] != head:
        return "前面有记录被删除或调换了次序"
    claimed = columns["digest"]
    if chain_digest({name: value for name, value in columns.items() if name != "digest"}) != claimed:
        return "这条记录写入后被改动过"
    return ""


def _missing_tail(chains: dict[str, tuple[int, str]], heads: Sequence[Any]) -> BrokenEvent | None:
    known = {writer: (seq, digest) for writer, seq, digest in heads}
    for writer in sorted(known.keys() | chains.keys()):
        if known.get(writer) != chains.get(writer):
            return BrokenEvent(0, "", writer, "末尾有记录被删除")
    return None
