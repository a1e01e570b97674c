"""Packing a meeting out of this folder's log, and taking another desk's copy in.

The union is taken by event id. Events of others keep every column, so their chains stay provable here;
links stand in for what those writers recorded in meetings that are not here (chains.py). Because every
desk that merged holds a copy, an event that was rewritten at one of them, chain and all, is found out
at the next merge: the whole file is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from huifeng_desktop.clock import Clock
from huifeng_desktop.domain.events import GENESIS, Event, EventKind
from huifeng_desktop.errors import FileProblem, UnknownMeetingProblem
from huifeng_desktop.service.merging import Taken
from huifeng_desktop.storage.chains import LINKS, Entry, by_writer, digests, head_of, link_of
from huifeng_desktop.storage.columns import COLUMNS
from huifeng_desktop.storage.database import Database, storage_problems
from huifeng_desktop.storage.event_store import event_of
from huifeng_desktop.storage.hand_over_file import (
    Parcel,
    Unbelievable,
    check_parcel,
    write_parcel,
)

_SELECT = f"SELECT position, {', '.join(COLUMNS)} FROM events"


class HandOvers:
    """The hand-over files of one data folder. Belongs to the thread that opened it."""

    def __init__(self, db: Database, path: Path, clock: Clock) -> None:
        self._db = db
        self._path = path
        self._clock = clock

    def pack(self, meeting: str, target: Path) -> int:
        """Write the meeting with all its writers' proof to `target`; how many events it holds.

        Raises FileProblem if the file cannot be written or this folder's own chains are broken.
        """
        with storage_problems(self._path), self._transaction("BEGIN"):
            parcel = self._parcel(meeting)
        try:
            check_parcel(parcel)
        except Unbelievable as error:
            raise FileProblem(
                f"没有导出：本机的会议 {meeting} {error}。请用 verify 核对，从备份恢复。"
            ) from error
        write_parcel(target, parcel, self._clock.reading().wall.isoformat())
        return len(parcel.rows)

    @contextmanager
    def taking_in(self, parcel: Parcel) -> Iterator[Taken]:
        """Merge in one transaction that holds until the block ends; an exception in it undoes all.

        Raises FileProblem if the file contradicts what is here.
        """
        with storage_problems(self._path), self._transaction("BEGIN IMMEDIATE"):
            self._refuse_contradiction(parcel)
            before = self._rows("WHERE meeting = ? ORDER BY position", (parcel.meeting,))
            known = {row["event_id"] for row in before}
            fresh = [index for index, row in enumerate(parcel.rows) if row["event_id"] not in known]
            self._raise_heads(parcel)
            self._insert("events", COLUMNS, [parcel.rows[index] for index in fresh])
            self._insert_links(parcel)
            yield Taken([_event(row) for row in before], [parcel.events[index] for index in fresh])

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        self._db.execute(begin)
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            self._db.rollback()
            raise

    # -- packing -------------------------------------------------------------------------------

    def _parcel(self, meeting: str) -> Parcel:
        """The meeting's events, and each of its writers' chains up to the last of them."""
        rows = self._rows("WHERE meeting = ? ORDER BY writer, writer_seq", (meeting,))
        if not rows:
            raise UnknownMeetingProblem(f"没有编号为“{meeting}”的会议。请用会议列表里的编号。")
        ends = {row["writer"]: row["writer_seq"] for row in rows}
        links = [link for writer, end in ends.items() for link in self._links(writer, end, meeting)]
        heads = {writer: head_of(chain) for writer, chain in by_writer([*rows, *links]).items()}
        in_order = [{**row, "position": row["writer_seq"]} for row in rows]
        return Parcel("", meeting, in_order, links, heads, ())

    def _links(self, writer: str, end: int, besides: str) -> list[Entry]:
        """The writer's chain up to `end` as links, without the events of one meeting."""
        others = self._rows("WHERE writer = ? AND writer_seq < ? AND meeting <> ?", (writer, end, besides))
        links: list[Entry] = [link_of(row) for row in others]
        links += self._bare_links(writer, end)
        return sorted(links, key=lambda link: int(link["writer_seq"]))

    def _rows(self, where: str, values: Sequence[object]) -> list[Entry]:
        found = self._db.execute(f"{_SELECT} {where}", values).fetchall()
        return [dict(zip(("position", *COLUMNS), row, strict=True)) for row in found]

    def _bare_links(self, writer: str, end: int) -> list[Entry]:
        found = self._db.execute(
            f"SELECT {', '.join(LINKS)} FROM chain_links WHERE writer = ? AND writer_seq <= ?", (writer, end)
        ).fetchall()
        return [dict(zip(LINKS, row, strict=True)) for row in found]

    # -- taking in -----------------------------------------------------------------------------

    def _refuse_contradiction(self, parcel: Parcel) -> None:
        """The same place of a chain, and the same id, must say the same here and there."""
        for row in parcel.rows:
            found = self._db.execute(
                "SELECT digest FROM events WHERE event_id = ?", (row["event_id"],)
            ).fetchone()
            if found and found[0] != row["digest"]:
                raise _contradiction(parcel, f"记录 {row['event_id']} 与本机的同一条内容不同，有一边被改动过")
        for writer, chain in by_writer([*parcel.rows, *parcel.links]).items():
            here = digests(self._chain(writer))
            there = digests(chain)
            place = next((seq for seq in sorted(here.keys() & there.keys()) if here[seq] != there[seq]), 0)
            if place:
                raise _contradiction(
                    parcel,
                    f"里记录者 {writer} 的第 {place} 条与本机的不同：记录被改动过，"
                    "或者有一边从备份恢复后又接着录了",
                )
        self._refuse_namesake(parcel)

    def _refuse_namesake(self, parcel: Parcel) -> None:
        """Two offices may have drawn the same id for two meetings of one day."""
        created = EventKind.MEETING_CREATED.value
        made = self._rows("WHERE meeting = ? AND kind = ?", (parcel.meeting, created))
        here = {row["event_id"] for row in made}
        there = {row["event_id"] for row in parcel.rows if row["kind"] == created}
        if not there:
            raise _contradiction(parcel, "里没有会议的基本信息")
        if here and here != there:
            raise _contradiction(parcel, f"里的会议与本机编号同为 {parcel.meeting}，但不是同一次会议")

    def _chain(self, writer: str) -> Sequence[Entry]:
        rows = self._rows("WHERE writer = ?", (writer,))
        return by_writer([*rows, *self._bare_links(writer, 2**62)]).get(writer, ())

    def _raise_heads(self, parcel: Parcel) -> None:
        """Heads go on to where the file's chains go; those that grow have come by merging."""
        for writer, head in parcel.heads.items():
            self._db.execute(
                "INSERT INTO chain_heads (writer, writer_seq, digest, merged) VALUES (?, 0, ?, 1) "
                "ON CONFLICT (writer) DO NOTHING",
                (writer, GENESIS),
            )
            self._db.execute(
                "UPDATE chain_heads SET writer_seq = ?, digest = ?, merged = 1 "
                "WHERE writer = ? AND writer_seq < ?",
                (head.writer_seq, head.digest, writer, head.writer_seq),
            )

    def _insert(self, table: str, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
        marks = ", ".join("?" * len(columns))
        self._db.executemany(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})",
            [tuple(row[name] for name in columns) for row in rows],
        )

    def _insert_links(self, parcel: Parcel) -> None:
        """Links for places where nothing is known; those whose event has now come are let go."""
        for writer in parcel.heads:
            held = {entry["writer_seq"] for entry in self._chain(writer)}
            missing = [
                link for link in parcel.links if link["writer"] == writer and link["writer_seq"] not in held
            ]
            self._insert("chain_links", LINKS, missing)
            self._db.execute(
                "DELETE FROM chain_links WHERE writer = ? AND writer_seq IN "
                "(SELECT writer_seq FROM events WHERE writer = ?)",
                (writer, writer),
            )


def _contradiction(parcel: Parcel, what: str) -> FileProblem:
    return FileProblem(f"交接文件 {parcel.name} {what}。没有并入任何内容，请两边核对后重新导出。")


def _event(row: Entry) -> Event:
    return event_of((0, *(row[name] for name in COLUMNS)))
