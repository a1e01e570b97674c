"""A year's ledger at 50 to 400 meetings of 300 seats, beside a bare parse of the same rows."""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from huifeng_desktop.app import Folder, open_folder
from huifeng_desktop.clock import FixedClock
from huifeng_desktop.domain.events import EventKind, Fact
from huifeng_desktop.domain.meeting import MeetingPlan
from huifeng_desktop.domain.people import Category, Seat

_SIZES, _SEATS, _LEADERS = (50, 100, 200, 400), 300, 11
_FIRST = datetime(2026, 1, 5, 9, 0).astimezone()


def _hold(folder: Folder, number: int) -> None:
    """One meeting: nine in ten come, every 25th late; every 20th is on leave, the others are absent."""
    start = _FIRST + timedelta(hours=20 * number)
    rules = folder.office.rule_set("ladder-points")
    plan = MeetingPlan(f"例会第 {number} 次", start, rule_set=rules, counts=True)
    session = folder.office.open(folder.office.create(plan))
    seats = [
        Seat(
            f"s{place}-{number}",
            place,
            f"单位{place % 86}",
            f"代表{place}",
            "局长",
            Category.LEADER if place <= _LEADERS else Category.MEMBER,
            phone=f"138{place:08d}",
            badge=f"{number:06d}{place:07d}",
            pinyin="daibiao db",
        )
        for place in range(1, _SEATS + 1)
    ]
    facts = [Fact(EventKind.ROSTER_LOADED, start, body={"seats": [one.to_json() for one in seats]})]
    facts += [fact for seat in seats if (fact := _fact(seat, start, seat.seq * 7 + number)) is not None]
    end = start + timedelta(hours=1)
    session.state_facts([*facts, Fact(EventKind.OPENED, start), Fact(EventKind.ADJOURNED, end)])


def _fact(seat: Seat, start: datetime, draw: int) -> Fact | None:
    if draw % 20 == 0:
        return Fact(EventKind.LEAVE_RECORDED, start, seat.seat_id, {"reason": "因公", "approval": "approved"})
    if draw % 20 == 1:
        return None
    minutes = 7 if draw % 25 == 2 else -10
    body = {"method": "badge", "station": "1"}
    return Fact(EventKind.SIGN_IN, start + timedelta(minutes=minutes), seat.seat_id, body)


def _cpu_s(work: Callable[[], object]) -> float:
    gc.collect()
    began = time.process_time()
    work()
    return time.process_time() - began


def _bare_parse(folder: Folder) -> None:
    rows = folder.db.execute("SELECT body FROM events").fetchall()
    for (body,) in rows:
        json.loads(body)


def _measure(folder: Folder, size: int) -> tuple[float, float, float]:
    """CPU seconds of the ledger, of one with nothing kept, and of the parse that both are held against."""
    taken = _cpu_s(lambda: _expect(folder, size))
    bare, cards = _cpu_s(lambda: _bare_parse(folder)), _cpu_s(folder.office.cards)
    folder.office.forget_sums()
    anew = _cpu_s(folder.office.ledger)
    print(f"{size} meetings × {_SEATS} seats: ledger {taken * 1000:.0f} ms, a bare parse of the events")
    print(
        f"  {bare * 1000:.0f} ms, list of meetings {cards * 1000:.0f} ms; nothing kept {anew * 1000:.0f} ms"
    )
    return taken, anew, bare


@pytest.mark.bench
def test_a_ledger_of_two_hundred_meetings_takes_less_than_a_second(data_dir: Path) -> None:
    clock = FixedClock(_FIRST + timedelta(days=350))
    taken: dict[int, tuple[float, float, float]] = {}
    for before, size in zip((0, *_SIZES), _SIZES, strict=False):
        with open_folder(data_dir, "console", clock) as folder:
            for number in range(before, size):
                _hold(folder, number)
        with open_folder(data_dir, "command", clock) as folder:
            taken[size] = _measure(folder, size)
    growth, anew_growth = (taken[400][way] / taken[100][way] / 4 for way in (0, 1))
    print(f"growth from 100 to 400 meetings: {growth:.2f} × linear, nothing kept {anew_growth:.2f} ×")
    kept, anew, bare = taken[200]
    print(f"nothing kept, 200 meetings: {anew / bare:.1f} × the bare parse")
    assert kept < 1.0
    assert growth < 1.5 and anew_growth < 1.5
    assert anew < 12 * bare


def _expect(folder: Folder, size: int) -> None:
    found = folder.office.ledger(first=_FIRST, last=_FIRST + timedelta(days=400))
    assert (found.meetings, len(found.persons)) == (size, _SEATS)
