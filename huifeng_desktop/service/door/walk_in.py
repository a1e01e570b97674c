"""临时参会: somebody who is not on the roster is added at its end, with a badge number of their own."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace

from huifeng_desktop.domain.badge import make_badge
from huifeng_desktop.domain.events import EventKind, Fact
from huifeng_desktop.domain.people import Category, Seat, name_key, normalise_name, unit_key
from huifeng_desktop.errors import UserProblem
from huifeng_desktop.service.before.roster_merge import Transliterate
from huifeng_desktop.service.session import MeetingSession


def people_of(unit: str, seats: Sequence[Seat]) -> int:
    """How many persons of a unit are to be there; leaders and staff come on their own account."""
    apart = (Category.LEADER, Category.STAFF, Category.VACANT)
    key = unit_key(unit)
    return len(
        {seat.person_id for seat in seats if unit_key(seat.unit) == key and seat.category not in apart}
    )


def over_cap(unit: str, category: Category, seats: Sequence[Seat], cap: int | None) -> str:
    """The warning for one more of this unit, or ""; the reason is the operator's to give."""
    if not cap or not unit.strip() or category in (Category.STAFF, Category.LEADER):
        return ""
    count = people_of(unit, seats) + 1
    return f"{unit.strip()}连这一位是 {count} 人，超过每单位 {cap} 人" if count > cap else ""


def add_walk_in(
    session: MeetingSession,
    transliterate: Transliterate,
    *,
    name: str,
    unit: str,
    post: str,
    category: Category,
    reason: str = "",
) -> Seat:
    """Add a person; `reason` is why a unit may go over its cap and is kept with the entry.

    Raises UserProblem without a name, for somebody who is on the roster already, and over the cap
    without a reason.
    """
    session.refuse_if_sealed()
    name, unit = normalise_name(name), unit.strip()
    if not name or not unit:
        raise UserProblem("临时参会要写明单位和姓名，请填写后再加入。")
    state = session.state
    warning = over_cap(unit, category, state.seats, session.plan.rule_set.unit_cap)
    if warning and not reason.strip():
        raise UserProblem(f"{warning}，请写明原因后再加入。")
    with session.writing() as block:
        seats = block.state.seats
        for seat in seats:
            if name_key(seat.name) == name_key(name) and unit_key(seat.unit) == unit_key(unit):
                raise UserProblem(f"名单里已有{seat.unit}{seat.name}（{seat.seq} 号），请直接签到。")
        person = Seat("", 0, unit, name, post.strip(), category, pinyin=transliterate(name))
        fresh = _at_the_end(session.meeting_id, seats, person)
        body = {"seat": fresh.to_json(), "walk_in": True, "reason": reason.strip(), "warning": warning}
        block.add(Fact(EventKind.SEAT_ADDED, session.now().wall, fresh.seat_id, body))
    return fresh


def _at_the_end(meeting: str, seats: Sequence[Seat], person: Seat) -> Seat:
    """The person with a number, an id and a badge."""
    seat_id = uuid.uuid4().hex[:12]
    seq = max((seat.seq for seat in seats), default=0) + 1
    badge = make_badge(meeting, seat_id, {seat.badge for seat in seats})
    return replace(person, seat_id=seat_id, seq=seq, badge=badge, note="临时参会")
