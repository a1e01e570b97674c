"""临时参会: added at the end with a badge, warned of over the cap, never twice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from desk_office import Meeting

from huifeng_desktop.domain.badge import is_badge
from huifeng_desktop.domain.events import EventKind
from huifeng_desktop.domain.people import Category
from huifeng_desktop.errors import UserProblem
from huifeng_desktop.service.door.sign_in import Method, OutcomeCode


def test_staff_walks_in_outside_the_expected(meeting: Meeting) -> None:
    before = meeting.session.totals()
    last = max(seat.seq for seat in meeting.session.state.seats)
    seat = meeting.preparation.add_walk_in("何 静", "县融媒体中心", "记者", Category.STAFF)
    assert (seat.seq, seat.name, seat.note) == (last + 1, "何静", "临时参会") and is_badge(seat.badge)
    assert meeting.door.sign_in(seat.seat_id, Method.TYPED).code is OutcomeCode.SIGNED_IN
    after = meeting.session.totals()
    assert (after.expected, after.staff) == (before.expected, before.staff + 1)


def test_nobody_is_added_twice_or_without_a_name(meeting: Meeting) -> None:
    known = meeting.session.state.seats[0]
    with pytest.raises(UserProblem, match="请直接签到"):
        meeting.preparation.add_walk_in(known.name, known.unit, "", Category.MEMBER)
    with pytest.raises(UserProblem, match="写明单位和姓名"):
        meeting.preparation.add_walk_in(" ", "县审计局", "", Category.MEMBER)


def test_over_the_cap_a_reason_is_asked_and_kept(meeting: Meeting) -> None:
    rules = replace(meeting.session.plan.rule_set, unit_cap=1)
    meeting.preparation.choose_rule_set(rules)
    unit = next(one.unit for one in meeting.session.state.seats if one.category is Category.MEMBER)
    with pytest.raises(UserProblem, match="超过每单位 1 人"):
        meeting.preparation.add_walk_in("何静", unit, "科长", Category.OBSERVER)
    meeting.preparation.add_walk_in("何静", unit, "科长", Category.OBSERVER, reason="议题需要")
    event = meeting.session.state.log[-1]
    assert event.kind is EventKind.SEAT_ADDED and event.body["reason"] == "议题需要"
    meeting.preparation.add_walk_in("陈昇", unit, "司机", Category.STAFF)


def test_a_walk_in_taken_back_leaves_the_roster(meeting: Meeting) -> None:
    count = len(meeting.session.state.seats)
    meeting.preparation.add_walk_in("何静", "县融媒体中心", "记者", Category.STAFF)
    meeting.door.undo(meeting.session.state.log[-1].event_id, reason="填错了")
    assert len(meeting.session.state.seats) == count
