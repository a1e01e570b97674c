"""A meeting to sign in to, kept in a small SQLite file: enough of a Registrar to test the desk."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from math import ceil
from pathlib import Path
from typing import Any

from huifeng_desktop.clock import Clock
from huifeng_desktop.domain.agenda import AgendaItem, ItemKind
from huifeng_desktop.domain.badge import make_badge
from huifeng_desktop.domain.people import Category, Seat, name_key
from huifeng_desktop.domain.phones import Document
from huifeng_desktop.domain.speaker_timer import Run
from huifeng_desktop.service.door.counter import Counter
from huifeng_desktop.service.door.guests import Guests, Standing, Visit
from huifeng_desktop.service.door.sign_in import (
    Candidate,
    DeskMeeting,
    Movement,
    OutcomeCode,
    SignInOutcome,
    SignInRequest,
)
from huifeng_desktop.service.podium import TimerView
from huifeng_desktop.service.registrar import HallFacts, Press, PressOutcome

START = datetime(2026, 3, 12, 14, 30).astimezone()
MEETING = DeskMeeting("m1", "全县重点工作推进会", START, "县行政中心三楼会议室", True)

_COUNTS = (
    "approved_deputy",
    "unapproved_substitute",
    "on_leave",
    "absent",
    "late",
    "left_early",
    "leave_all",
    "observers",
    "observers_present",
    "staff",
    "pending",
)
_RATES = ("attendance_rate", "in_person_rate", "punctual_rate")
_SCHEMA = """
CREATE TABLE IF NOT EXISTS entry(
  nonce TEXT PRIMARY KEY, seat_id TEXT NOT NULL, kind TEXT NOT NULL, code TEXT NOT NULL, at TEXT NOT NULL,
  deputy TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS entry_by_seat ON entry(seat_id, code);
"""


def make_seats(count: int) -> list[Seat]:
    """Three people whom the tests know by name, then as many as are asked for."""
    known = [
        Seat("s1", 1, "县审计局", "欧阳建", "局长", phone="13900008016", place="3 排 7 号"),
        Seat("s2", 2, "县水利局", "买买提·艾则孜", "副局长", phone="13900002345"),
        Seat("s3", 3, "县档案馆", "", "馆长", Category.VACANT),
    ]
    crowd = [Seat(f"s{n}", n, f"单位{n % 86}", f"与会者{n}", "主任") for n in range(4, count + 1)]
    taken: set[str] = set()
    seats = []
    for seat in known + crowd:
        badge = make_badge("m1", seat.seat_id, taken)
        taken.add(badge)
        seats.append(replace(seat, badge=badge))
    return seats


def timer(run: Run = Run.RUNNING, elapsed_s: float = 12.0, **more: Any) -> TimerView:
    """The sixth item of the sample agenda, with six minutes."""
    limits = {"limit_s": more.pop("limit_s", 360), "granted_s": more.pop("granted_s", 0)}
    following = more.pop("next_item", AgendaItem("i7", "人社工作", unit="县人力资源和社会保障局"))
    item = AgendaItem("i6", "财政工作", "赵镕", "县财政局", ItemKind.MULTIMEDIA_REPORT)
    return TimerView(replace(item, **more), 6, run, elapsed_s, next_item=following, **limits)


class FakeGuests(Guests):
    """A person's own page from the fake's entries; no agenda and no documents."""

    def __init__(self, registrar: FakeRegistrar) -> None:
        self._registrar = registrar

    def secret(self) -> bytes:
        return b"g" * 32

    def visit(self, seat_id: str) -> Visit:
        seat, entry = self._registrar.by_id.get(seat_id), self._registrar.first_entry(seat_id)
        if seat is None or entry is None:
            return Visit(Standing.NONE)
        at, deputy = datetime.fromisoformat(entry[0]), entry[1]
        return Visit(Standing.SIGNED_IN, seat.name, seat.unit, seat.post, seat.place, at, deputy)

    def document(self, seat_id: str, document_id: str) -> tuple[Document, Path] | None:
        return None


class FakeRegistrar:
    """Keeps every answer under its nonce; commits a batch in one transaction."""

    counter: Counter
    """Never there: second desks are tested over a meeting of the real services."""

    def __init__(self, clock: Clock, seats: Sequence[Seat], path: Path | None = None) -> None:
        self.clock = clock
        self.seats = list(seats)
        self.by_id = {seat.seat_id: seat for seat in seats}
        self.by_badge = {seat.badge: seat for seat in seats}
        self.meeting_now = MEETING
        self.hall_now = HallFacts(clock.reading(), MEETING.title, START, MEETING.place, True, 12, 3, timer())
        self.pressed: list[tuple[Press, str]] = []
        self.groups: list[int] = []
        self.threads: set[int] = set()
        self.trouble: Exception | None = None
        self.may_commit = threading.Event()
        self.may_commit.set()
        self.arrived = threading.Event()
        self._path = str(path or ":memory:")
        self.guests = FakeGuests(self)

    @contextmanager
    def opened(self) -> Iterator[FakeRegistrar]:
        """The registrar with its database open, on the thread that will use it."""
        self._db = sqlite3.connect(self._path, isolation_level=None)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.executescript(_SCHEMA)
        try:
            yield self
        finally:
            self._db.close()

    def register(self, requests: Sequence[SignInRequest]) -> list[SignInOutcome]:
        self.threads.add(threading.get_ident())
        self.arrived.set()
        self.may_commit.wait(10)
        if self.trouble is not None:
            raise self.trouble
        self._db.execute("BEGIN IMMEDIATE")
        outcomes = [self._one(request) for request in requests]
        self._db.execute("COMMIT")
        self.groups.append(len(requests))
        return outcomes

    def heed_clock(self) -> None:
        self.threads.add(threading.get_ident())

    def summary(self) -> Mapping[str, Any]:
        self.threads.add(threading.get_ident())
        present = len(self._rows("SELECT DISTINCT seat_id FROM entry WHERE code = 'signed_in'"))
        expected = sum(seat.category.is_expected for seat in self.seats)
        known = {"expected": expected, "present": present, "in_person": present}
        return {**dict.fromkeys(_COUNTS, 0), **known, **dict.fromkeys(_RATES, "—")}

    def meeting(self) -> DeskMeeting:
        return self.meeting_now

    def find(self, name: str, second: str) -> list[Candidate]:
        return [
            Candidate(seat.seat_id, seat.name, seat.unit, seat.post)
            for seat in self.seats
            if seat.name
            and name_key(seat.name) == name_key(name)
            and (seat.phone.endswith(second) or seat.badge.endswith(second))
        ]

    def hall(self) -> HallFacts:
        self.threads.add(threading.get_ident())
        if self.trouble is not None:
            raise self.trouble
        return replace(self.hall_now, now=self.clock.reading())

    def press(self, press: Press, stand: str) -> PressOutcome:
        self.threads.add(threading.get_ident())
        self.arrived.set()
        self.may_commit.wait(10)
        self.pressed.append((press, stand))
        if stand != self.hall_now.stand:
            return PressOutcome(False, "会场情况刚有变化。")
        return PressOutcome(True, "已执行。")

    def _one(self, request: SignInRequest) -> SignInOutcome:
        seat = self.by_badge.get(request.badge) or self.by_id.get(request.seat_id)
        stored = self._rows("SELECT code, at FROM entry WHERE nonce = ?", request.nonce)
        if stored and seat:
            code, at = stored[0]
            return self._outcome(OutcomeCode(code), seat, datetime.fromisoformat(at))
        code, moment = self._decide(request, seat)
        if seat is None:
            return SignInOutcome(code)
        deputy = request.deputy.name if request.deputy else ""
        row = (request.nonce, seat.seat_id, request.kind, code, moment.isoformat(), deputy)
        self._db.execute("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?)", row)
        return self._outcome(code, seat, moment)

    def _decide(self, request: SignInRequest, seat: Seat | None) -> tuple[OutcomeCode, datetime]:
        now = self.clock.reading().wall
        if seat is None:
            return OutcomeCode.UNKNOWN_BADGE, now
        if not self.meeting_now.is_open:
            return OutcomeCode.NOT_OPEN, now
        if seat.category is Category.VACANT:
            return OutcomeCode.VACANT, now
        first = self._rows("SELECT at FROM entry WHERE seat_id = ? AND code = 'signed_in'", seat.seat_id)
        if request.kind is not Movement.ENTER:
            gone = OutcomeCode.LEFT if request.kind is Movement.LEAVE else OutcomeCode.RETURNED
            return (gone if first else OutcomeCode.NOT_IN), now
        if first:
            return OutcomeCode.ALREADY, datetime.fromisoformat(first[0][0])
        return OutcomeCode.SIGNED_IN, now

    def _outcome(self, code: OutcomeCode, seat: Seat, at: datetime) -> SignInOutcome:
        late = max(0, ceil((at - self.meeting_now.start) / timedelta(minutes=1)))
        who = SignInOutcome(code, seat.seat_id, seat.seq, seat.name, seat.unit, seat.post, seat.place)
        deputies = self._rows("SELECT 1 FROM entry WHERE seat_id = ? AND deputy != ''", seat.seat_id)
        return replace(who, late_minutes=late, at=at, pending=bool(deputies))

    def first_entry(self, seat_id: str) -> tuple[str, ...] | None:
        """When somebody signed in, and the name of the deputy."""
        found = self._rows("SELECT at, deputy FROM entry WHERE seat_id = ? AND code = 'signed_in'", seat_id)
        return found[0] if found else None

    def _rows(self, sql: str, *values: str) -> list[tuple[str, ...]]:
        return self._db.execute(sql, values).fetchall()
