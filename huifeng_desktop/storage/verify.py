"""Proof that nothing was changed, removed or reordered since it was written.

Every event is hashed over all its columns and its predecessor; the chain heads show a missing tail.
What chains prove, and what they cannot, is told in chains.py.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from huifeng_desktop.domain.events import EventKind
from huifeng_desktop.storage.chains import (
    ADDED,
    CHANGED,
    CUT,
    LINKS,
    UNTRUE_END,
    Entry,
    Fault,
    Head,
    by_writer,
    changed,
    first_displaced,
    head_of,
    is_event,
)
from huifeng_desktop.storage.columns import COLUMNS
from huifeng_desktop.storage.database import Database, storage_problems


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
    with storage_problems(path), _snapshot(db):
        integrity = _integrity(db)
        events = db.execute(f"SELECT position, {', '.join(COLUMNS)} FROM events ORDER BY position").fetchall()
        links = db.execute(f"SELECT {', '.join(LINKS)} FROM chain_links").fetchall()
        heads = db.execute("SELECT writer, writer_seq, digest, merged FROM chain_heads").fetchall()
    entries: list[Entry] = [dict(zip(("position", *COLUMNS), row, strict=True)) for row in events]
    bare: list[Entry] = [dict(zip(LINKS, row, strict=True)) for row in links]
    return Verification(len(events), integrity, _first_broken(entries, bare, heads))


@contextmanager
def _snapshot(db: Database) -> Iterator[None]:
    """Several looks at one state, whatever others commit; bytes that are no longer text can be read."""
    strict, db.text_factory = db.text_factory, _lenient
    db.execute("BEGIN")
    try:
        yield
    finally:
        db.rollback()
        db.text_factory = strict


def _lenient(stored: bytes) -> str:
    return stored.decode(errors="replace")


def _integrity(db: Database) -> str:
    try:
        return str(db.execute("PRAGMA integrity_check").fetchone()[0])
    except sqlite3.DatabaseError as error:
        return str(error)


def _first_broken(
    events: Sequence[Entry], links: Sequence[Entry], heads: Sequence[Any]
) -> BrokenEvent | None:
    """The broken event that arrived first; a chain that lost its end comes last."""
    removed = {event["meeting"] for event in events if event["kind"] == EventKind.MEETING_REMOVED}
    known = {writer: Head(seq, digest) for writer, seq, digest, _ in heads}
    merged = {writer for writer, _, _, flag in heads if flag}
    edited = next(((event["writer"], Fault(CHANGED, event)) for event in events if changed(event)), None)
    faults = [edited] if edited else []
    held = {(event["writer"], event["writer_seq"]) for event in events}
    chains = by_writer([*events, *(one for one in links if (one["writer"], one["writer_seq"]) not in held)])
    for writer in sorted(known.keys() | chains.keys()):
        chain = chains.get(writer, [])
        fault = first_displaced(chain, merged=writer in merged, removed=removed)
        if fault is None:
            fault = _fault_at_the_end(chain, known.get(writer))
        if fault is not None:
            faults.append((writer, fault))
    return min((_broken(*one) for one in faults), key=lambda one: one.position or _LAST, default=None)


def _fault_at_the_end(chain: Sequence[Entry], head: Head | None) -> Fault | None:
    """How a chain without a gap still differs from where its writer says that it ends."""
    if head_of(chain) == head:
        return None
    end = head.writer_seq if head is not None else 0
    added = next((one for one in chain if is_event(one) and one["writer_seq"] > end), None)
    if added is not None:
        return Fault(ADDED, added)
    return Fault(CUT if head_of(chain).writer_seq < end else UNTRUE_END, None)


_LAST = 2**63


def _broken(writer: str, fault: Fault) -> BrokenEvent:
    if fault.entry is None:
        return BrokenEvent(0, "", writer, fault.what)
    return BrokenEvent(fault.entry["position"], fault.entry["event_id"], writer, fault.what)
