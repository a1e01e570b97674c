"""The append-only event log: one `BEGIN IMMEDIATE` transaction per fact or batch of facts.

Each writer keeps its own SHA-256 chain. An `EventStore` belongs to the thread that opened it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from huifeng_desktop.clock import Clock
from huifeng_desktop.domain.events import GENESIS, Event, EventKind, Fact, canonical_json, chain_digest
from huifeng_desktop.storage.columns import COLUMNS
from huifeng_desktop.storage.database import Database, storage_problems

_SELECT = f"SELECT position, {', '.join(COLUMNS)} FROM events"
_BODY = 1 + COLUMNS.index("body")
_READ = f"{_SELECT} WHERE meeting = ? AND position > ? ORDER BY position LIMIT ?"


class EventStore:
    """Reads and appends events. `writer` names this program's chain, `operator` who works it, if known."""

    def __init__(
        self, db: Database, path: Path, writer: str, clock: Clock, operator: Callable[[], str] = str
    ) -> None:
        self._db = db
        self._path = path
        self._writer = writer
        self._clock = clock
        self._operator = operator
        self.written: set[str] = set()
        """The meetings that were written to through this store."""

    def read(self, meeting: str, after: int = 0, most: int = -1) -> tuple[list[Event], int]:
        """The meeting's events that arrived after position `after`, and the last position.

        At most so many of them, -1 for all; the statement is always the same, so that it is prepared once.
        """
        with storage_problems(self._path):
            rows = self._db.execute(_READ, (meeting, after, most)).fetchall()
        return _events_of(rows), rows[-1][0] if rows else after

    def meetings(self) -> list[str]:
        """The ids of all meetings, oldest first."""
        with storage_problems(self._path):
            rows = self._db.execute(
                "SELECT meeting FROM events WHERE kind = ? ORDER BY position",
                (EventKind.MEETING_CREATED.value,),
            ).fetchall()
        return [row[0] for row in rows]

    def rosters_naming(self, text: str) -> list[str]:
        """The meetings whose rosters hold this text, oldest first; one look through the stored rosters."""
        with storage_problems(self._path):
            rows = self._db.execute(
                "SELECT meeting, min(position) FROM events WHERE kind IN (?, ?) AND instr(body, ?) "
                "GROUP BY meeting ORDER BY 2",
                (EventKind.ROSTER_LOADED.value, EventKind.SEAT_ADDED.value, text),
            ).fetchall()
        return [row[0] for row in rows]

    def of_kinds(self, kinds: frozenset[EventKind]) -> list[Event]:
        """The events of these kinds in all meetings, in the order of their arrival."""
        marks = ", ".join("?" * len(kinds))
        with storage_problems(self._path):
            rows = self._db.execute(
                f"{_SELECT} WHERE kind IN ({marks}) ORDER BY position", [kind.value for kind in kinds]
            ).fetchall()
        return _events_of(rows)

    def of_meeting(self, meeting: str, kinds: frozenset[EventKind], until: int) -> list[Event]:
        """The events of these kinds in one meeting up to a position, in the order of their arrival."""
        marks = ", ".join("?" * len(kinds))
        with storage_problems(self._path):
            rows = self._db.execute(
                f"{_SELECT} WHERE meeting = ? AND position <= ? AND +kind IN ({marks}) ORDER BY position",
                (meeting, until, *(kind.value for kind in kinds)),
            ).fetchall()
        return _events_of(rows)

    def ends(self) -> dict[str, tuple[int, str]]:
        """Position and chain digest of the last event of every meeting."""
        last = "(SELECT max(position) FROM events WHERE meeting = made.meeting)"
        with storage_problems(self._path):
            rows = self._db.execute(
                f"SELECT made.meeting, ended.position, ended.digest FROM events AS made "
                f"JOIN events AS ended ON ended.position = {last} WHERE made.kind = ?",
                (EventKind.MEETING_CREATED.value,),
            ).fetchall()
        return {meeting: (position, digest) for meeting, position, digest in rows}

    def remove(self, meeting: str, fact: Fact, archived: frozenset[str]) -> None:
        """Delete a meeting for good; only `fact`, which says so, stays (removal.py).

        `archived`: the chain digests of the events that are kept elsewhere. Raises UserProblem where the
        meeting holds others; nothing is deleted then.
        """
        from huifeng_desktop.storage import removal

        with storage_problems(self._path):
            self._db.execute("PRAGMA secure_delete = ON")
        with self.transaction() as transaction:
            removal.refuse_unarchived(self._db, meeting, archived)
            transaction.append(meeting, fact)
            transaction.flush()
            removal.replace_by_links(self._db, meeting)
            self._db.execute("DELETE FROM ledger_sums WHERE meeting = ?", (meeting,))

    def data_version(self) -> int:
        """A number that changes when another connection has committed something."""
        with storage_problems(self._path):
            return int(self._db.execute("PRAGMA data_version").fetchone()[0])

    @contextmanager
    def transaction(self) -> Iterator[StoreTransaction]:
        """All or nothing: what is appended inside is on disk when the block ends."""
        with storage_problems(self._path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                transaction = StoreTransaction(self._db, self._writer, self._clock, self._operator())
                yield transaction
                transaction.flush()
                self._db.execute("COMMIT")
                self.written |= transaction.meetings
            except BaseException:
                self._db.rollback()
                raise

    def close(self) -> None:
        """Give the file back."""
        self._db.close()


class StoreTransaction:
    """What can be done while the write lock is held."""

    def __init__(self, db: Database, writer: str, clock: Clock, operator: str = "") -> None:
        self._db = db
        self._writer = writer
        self._clock = clock
        self._signed = {"operator": operator} if operator else {}
        self._rows: list[dict[str, Any]] = []
        self.meetings: set[str] = set()
        self.last_position: int | None = None
        """Where the last event appended here stands, once it is written."""
        self._seq, self._head = self._read_head()
        self._lamport: int = db.execute("SELECT coalesce(max(lamport), 0) FROM events").fetchone()[0]

    def read(self, meeting: str, after: int) -> tuple[list[Event], int]:
        """Committed events of the meeting after position `after`, and the last position."""
        rows = self._db.execute(_READ, (meeting, after, -1)).fetchall()
        return _events_of(rows), rows[-1][0] if rows else after

    def append(self, meeting: str, fact: Fact) -> Event:
        """Chain a fact to this writer's events; it is written by `flush`."""
        self._seq += 1
        self._lamport += 1
        row: dict[str, Any] = {
            "event_id": fact.event_id,
            "meeting": meeting,
            "kind": fact.kind.value,
            "subject": fact.subject,
            "at": fact.at.isoformat(),
            "recorded_at": self._clock.reading().wall.isoformat(),
            "writer": self._writer,
            "writer_seq": self._seq,
            "lamport": self._lamport,
            "body": canonical_json({**self._signed, **fact.body}),
            "nonce": fact.nonce,
            "previous": self._head,
        }
        row["digest"] = self._head = chain_digest(row)
        self._rows.append(row)
        self.meetings.add(meeting)
        return event_of((0, *(row[name] for name in COLUMNS)))

    def flush(self) -> None:
        """Write what was appended and move the chain's head."""
        if not self._rows:
            return
        self._db.execute(
            "INSERT INTO chain_heads (writer, writer_seq, digest) VALUES (?, ?, ?) "
            "ON CONFLICT (writer) DO UPDATE SET writer_seq = excluded.writer_seq, digest = excluded.digest",
            (self._writer, self._seq, self._head),
        )
        marks = ", ".join("?" * len(COLUMNS))
        self._db.executemany(
            f"INSERT INTO events ({', '.join(COLUMNS)}) VALUES ({marks})",
            [tuple(row[name] for name in COLUMNS) for row in self._rows],
        )
        self._rows.clear()
        self.last_position = self._db.execute("SELECT max(position) FROM events").fetchone()[0]

    def _read_head(self) -> tuple[int, str]:
        row = self._db.execute(
            "SELECT writer_seq, digest FROM chain_heads WHERE writer = ?", (self._writer,)
        ).fetchone()
        return (row[0], row[1]) if row else (0, GENESIS)


def event_of(row: Sequence[Any]) -> Event:
    """The event in a row of `position` and COLUMNS."""
    return _event(row, json.loads(row[_BODY]))


def _events_of(rows: Sequence[Sequence[Any]]) -> list[Event]:
    """The events in many such rows, the bodies parsed in one go: a year's ledger reads tens of thousands."""
    bodies = json.loads(f"[{','.join([row[_BODY] for row in rows])}]")
    return [_event(row, body) for row, body in zip(rows, bodies, strict=True)]


def _event(row: Sequence[Any], body: Mapping[str, Any]) -> Event:
    _, event_id, meeting, kind, subject, at, recorded_at, writer, seq, lamport, _, nonce, prev, digest = row
    return Event(
        event_id,
        meeting,
        EventKind(kind),
        subject,
        datetime.fromisoformat(at),
        datetime.fromisoformat(recorded_at),
        writer,
        seq,
        lamport,
        body,
        nonce,
        prev,
        digest,
    )
