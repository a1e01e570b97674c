"""Several desks, each with a data folder of its own, as on several laptops."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from whole_state import content

from huifeng_desktop.app import Folder, open_folder
from huifeng_desktop.clock import FixedClock
from huifeng_desktop.domain.badge import make_badge
from huifeng_desktop.domain.events import (
    GENESIS,
    Event,
    EventKind,
    Fact,
    canonical_json,
    chain_digest,
    link_digest,
)
from huifeng_desktop.domain.meeting import MeetingPlan
from huifeng_desktop.domain.people import Seat
from huifeng_desktop.service import merging
from huifeng_desktop.service.after.results import results
from huifeng_desktop.service.merging import Merged
from huifeng_desktop.storage.database import DATABASE_NAME
from huifeng_desktop.storage.hand_over import HandOvers
from huifeng_desktop.storage.hand_over_file import read_parcel
from huifeng_desktop.storage.verify import Verification, verify

START = datetime(2026, 3, 12, 14, 30).astimezone()
TABLES = ("events", "chain_links", "chain_heads")


def minutes(count: float) -> datetime:
    """So many minutes after the notified start."""
    return START + timedelta(minutes=count)


def seat(number: int, name: str = "", unit: str = "县水利局") -> Seat:
    """The seat `s1`, `s2` …"""
    seat_id = f"s{number}"
    return Seat(seat_id, number, unit, name or f"代表{number}", badge=make_badge("m", seat_id, set()))


def roster(*seats: Seat) -> Fact:
    """These seats as a new roster."""
    body = {"seats": [one.to_json() for one in seats], "source": "名单.xlsx"}
    return Fact(EventKind.ROSTER_LOADED, minutes(-60), body=body)


def sign_in(seat_id: str, at: float, deputy: str = "", nonce: str = "") -> Fact:
    """A sign-in so many minutes after the start."""
    body: dict[str, Any] = {"method": "badge"}
    if deputy:
        body |= {"deputy": {"name": deputy, "post": "股长"}, "deputy_approved": True}
    return Fact(EventKind.SIGN_IN, minutes(at), seat_id, body, nonce)


def ruling(seat_id: str, decision: str, by: str) -> Fact:
    """A person's word on a case."""
    body = {"decision": decision, "reason": "经核实", "by": by}
    return Fact(EventKind.RULING, minutes(120), seat_id, body)


class Desk:
    """One laptop."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.clock = FixedClock(minutes(200))

    @property
    def database(self) -> Path:
        """Its database file."""
        return self.path / DATABASE_NAME

    @contextmanager
    def folder(self, role: str = "console") -> Iterator[Folder]:
        """The data folder, open."""
        with open_folder(self.path, role, self.clock) as folder:
            yield folder

    def create(self, title: str = "全县工作会议") -> str:
        """A new meeting's id."""
        with self.folder() as folder:
            return folder.office.create(MeetingPlan(title, START, rule_set=folder.office.rule_set("ladder")))

    def state(self, meeting: str, *facts: Fact, role: str = "console") -> list[Event]:
        """State facts, each in a transaction of its own."""
        with self.folder(role) as folder:
            session = folder.office.open(meeting)
            return [session.state_facts([fact])[0] for fact in facts]

    def pack(self, meeting: str, target: Path) -> Path:
        """The meeting as a hand-over file."""
        with self.folder() as folder:
            self._hand_overs(folder).pack(meeting, target)
        return target

    def merge(self, file: Path) -> Merged:
        """Take a hand-over file in."""
        parcel = read_parcel(file)
        with self.folder() as folder:
            return merging.merge(self._hand_overs(folder).taking_in(parcel), parcel)

    def _hand_overs(self, folder: Folder) -> HandOvers:
        return HandOvers(folder.db, self.database, folder.clock)

    def verify(self) -> Verification:
        """The proof."""
        with self.folder() as folder:
            return verify(folder.db, self.database)

    def picture(self, meeting: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """All that the state holds, and the results, for comparing desks."""
        with self.folder() as folder:
            session = folder.office.open(meeting)
            return content(session.state), results(session)

    def dump(self) -> list[object]:
        """Every row of the log, for seeing that nothing was changed."""
        if not self.database.exists():
            return [[] for _ in TABLES]
        with closing(sqlite3.connect(self.database)) as connection:
            return [connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for name in TABLES]

    @contextmanager
    def tampered(self) -> Iterator[sqlite3.Connection]:
        """A copy in memory, its guards down."""
        with closing(sqlite3.connect(self.database)) as source:
            copy = sqlite3.connect(":memory:", isolation_level=None)
            source.backup(copy)
        with closing(copy):
            for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                copy.execute(f"DROP TRIGGER {name}")
            yield copy


def verified(connection: sqlite3.Connection) -> Verification:
    """The proof of a copy."""
    return verify(connection, Path("copy"))


@dataclass(slots=True)
class Contents:
    """What a hand-over file says."""

    manifest: dict[str, Any]
    events: list[dict[str, Any]]
    links: list[dict[str, Any]]

    def chain_anew(self) -> None:
        """Work out every digest again, as somebody would who means to deceive."""
        heads: dict[str, tuple[int, str]] = {}
        for entry in sorted([*self.events, *self.links], key=lambda one: int(one["writer_seq"])):
            entry["previous"] = heads.get(entry["writer"], (0, GENESIS))[1]
            if "event_id" in entry:
                columns = {name: value for name, value in entry.items() if name != "digest"}
                digest = entry["digest"] = chain_digest(columns)
            else:
                digest = link_digest(entry)
                del entry["previous"]
            heads[entry["writer"]] = (entry["writer_seq"], digest)
        self.manifest["heads"] = heads

    def as_of_another_writer(self) -> None:
        """Say all of it again as somebody else, so that nothing of it is known anywhere."""
        for event in self.events:
            event["event_id"] = event["event_id"][::-1]
        for entry in [*self.events, *self.links]:
            entry["writer"] = f"other-{entry['writer']}"
        self.chain_anew()


def contents(file: Path) -> Contents:
    """Manifest, events and links of a hand-over file."""
    with zipfile.ZipFile(file) as archive:
        parts = [archive.read(name) for name in ("manifest.json", "events.jsonl", "links.jsonl")]
    lists = [[json.loads(line) for line in part.splitlines()] for part in parts[1:]]
    return Contents(json.loads(parts[0]), *lists)


def forge(file: Path, target: Path, change: Callable[[Contents], object]) -> Path:
    """The hand-over file with something changed and all the file's own SHA-256 put right again."""
    said = contents(file)
    change(said)
    parts = {"events.jsonl": _lines(said.events), "links.jsonl": _lines(said.links)}
    said.manifest["sha256"] = {name: sha256(part).hexdigest() for name, part in parts.items()}
    with zipfile.ZipFile(target, "w") as archive:
        for name, part in {"manifest.json": canonical_json(said.manifest).encode(), **parts}.items():
            archive.writestr(name, part)
    return target


def _lines(rows: Sequence[Mapping[str, Any]]) -> bytes:
    return "".join(canonical_json(row) + "\n" for row in rows).encode()
