"""A person rules on each doubtful case; then the record is closed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from desk_office import Meeting
from story import LADDER, moment

from huifeng_desktop.clock import FixedClock
from huifeng_desktop.domain.attendance import Decision
from huifeng_desktop.domain.imported import Approval
from huifeng_desktop.domain.people import Deputy
from huifeng_desktop.errors import UserProblem
from huifeng_desktop.rules.verdict import Verdict
from huifeng_desktop.service.door.sign_in import Method


@pytest.fixture(autouse=True)
def over(meeting: Meeting, clock: FixedClock) -> None:
    """欧阳建 came and was gone at the headcount, 陆川 sent somebody, 何平 stayed away; it is over."""
    meeting.door.sign_in(meeting.seat_id("欧阳建"), Method.TYPED)
    meeting.door.sign_in(meeting.seat_id("陆川"), Method.TYPED, Deputy("陈昇", "股长"))
    meeting.podium.declare_opened(moment("14:30"))
    meeting.door.count_heads([], [meeting.seat_id("欧阳建")], moment("15:05"))
    clock.advance(2 * 3600)
    meeting.podium.declare_adjourned(moment("15:55"))


def verdict_on(meeting: Meeting, name: str) -> Verdict:
    """The verdict on a person."""
    return next(one for one in meeting.session.verdicts() if one.seat.name == name)


def rule_all(meeting: Meeting) -> None:
    """Decide every open case as its evidence suggests."""
    for case in meeting.rulings.cases():
        if case.is_open:
            meeting.rulings.rule(case.verdict.seat.seat_id, case.choices[0], by="林静", reason="经核实")


def test_open_cases_come_first_then_the_house_order(meeting: Meeting) -> None:
    cases = [(case.verdict.seat.name, case.is_open, case.choices[0]) for case in meeting.rulings.cases()]

    assert cases == [
        ("欧阳建", True, Decision.LEFT_EARLY),
        ("陆川", True, Decision.UNAPPROVED_SUBSTITUTE),
        ("何平", False, Decision.ABSENT),
    ]


def test_a_ruling_closes_its_case_and_can_be_withdrawn(meeting: Meeting) -> None:
    seat_id = meeting.seat_id("陆川")
    meeting.rulings.rule(seat_id, Decision.APPROVED_DEPUTY, by=" 林静 ", reason="县领导同意")
    ruled = verdict_on(meeting, "陆川")
    meeting.rulings.withdraw(seat_id, by="林静")
    again = verdict_on(meeting, "陆川")

    assert (ruled.disposition, ruled.pending, ruled.counted) == ("approved_deputy", False, None)
    assert (again.disposition, again.pending) == ("unapproved_substitute", True)
    with pytest.raises(UserProblem, match="还没有认定"):
        meeting.rulings.withdraw(seat_id, by="林静")


def test_a_ruling_wants_a_name_and_an_excuse_a_reason(meeting: Meeting) -> None:
    seat_id = meeting.seat_id("何平")

    with pytest.raises(UserProblem, match="认定人"):
        meeting.rulings.rule(seat_id, Decision.ABSENT, by=" ")
    with pytest.raises(UserProblem, match="理由"):
        meeting.rulings.rule(seat_id, Decision.EXCUSED, by="林静", reason=" ")
    with pytest.raises(UserProblem, match="名单里没有这个人"):
        meeting.rulings.rule("nobody", Decision.ABSENT, by="林静")
    with pytest.raises(UserProblem, match="名单里没有这个人"):
        meeting.rulings.rule(meeting.seat_id(""), Decision.ABSENT, by="林静")


def test_somebody_late_and_gone_can_be_ruled_merely_late(meeting: Meeting) -> None:
    entry = meeting.session.state.facts_of(meeting.session.state.seats[0]).arrival
    assert entry is not None
    meeting.door.undo(entry.event_id, reason="时间有误")
    meeting.door.sign_in(meeting.seat_id("欧阳建"), Method.BACKFILL, at=moment("14:41"))

    case = meeting.rulings.case(meeting.seat_id("欧阳建"))

    assert case is not None and Decision.LATE in case.choices


def test_leave_is_the_first_choice_for_somebody_on_leave_who_was_seen(meeting: Meeting) -> None:
    meeting.door.record_leave(meeting.seat_id("何平"), reason="因公", approval=Approval.APPROVED)
    meeting.door.count_heads([meeting.seat_id("何平")], [], moment("15:30"))

    case = meeting.rulings.case(meeting.seat_id("何平"))

    assert case is not None and case.is_open and case.choices[0] is Decision.ON_LEAVE


# -- sealing -----------------------------------------------------------------------------------------


def test_open_cases_and_the_appeal_window_stand_against_sealing(meeting: Meeting, clock: FixedClock) -> None:
    assert meeting.rulings.obstacles() == [
        "还有 2 件待认定，暂不能封存。",
        "申诉期至 3 月 17 日，期满后再封存。",
    ]
    rule_all(meeting)
    with pytest.raises(UserProblem, match="申诉期至 3 月 17 日"):
        meeting.rulings.seal(by="林静")

    clock.advance((moment("2026-03-17T23:59:59") - meeting.session.now().wall).total_seconds())
    assert meeting.rulings.obstacles() != []
    clock.advance(1)
    assert meeting.rulings.obstacles() == []
    with pytest.raises(UserProblem, match="封存人"):
        meeting.rulings.seal(by="")
    meeting.rulings.seal(by="林静")

    assert meeting.session.state.sealed is not None


def test_a_deferred_case_stays_open(meeting: Meeting) -> None:
    meeting.rulings.rule(meeting.seat_id("陆川"), Decision.DEFERRED, by="林静")

    assert "还有 2 件待认定，暂不能封存。" in meeting.rulings.obstacles()


def test_a_rule_set_without_appeals_seals_at_once(meeting: Meeting) -> None:
    meeting.preparation.choose_rule_set(replace(LADDER, appeal_days=0))
    rule_all(meeting)

    meeting.rulings.seal(by="林静")


def test_a_sealed_record_refuses_everything_until_it_is_reopened(meeting: Meeting, clock: FixedClock) -> None:
    rule_all(meeting)
    clock.advance(10 * 24 * 3600)
    entry = meeting.session.state.facts_of(meeting.session.state.seats[0]).arrival
    assert entry is not None
    meeting.rulings.seal(by="林静")
    seat_id = meeting.seat_id("何平")

    for attempt in (
        lambda: meeting.rulings.rule(seat_id, Decision.ABSENT, by="林静"),
        lambda: meeting.rulings.withdraw(seat_id, by="林静"),
        lambda: meeting.door.undo(entry.event_id, reason="误"),
        lambda: meeting.door.record_leave(seat_id, reason="因公", approval=Approval.APPROVED),
        lambda: meeting.door.count_heads([], []),
        lambda: meeting.door.set_open(True),
        lambda: meeting.podium.declare_opened(),
        lambda: meeting.podium.start(),
        lambda: meeting.preparation.choose_rule_set(LADDER),
        lambda: meeting.rulings.seal(by="林静"),
    ):
        with pytest.raises(UserProblem, match="已由林静封存"):
            attempt()

    with pytest.raises(UserProblem, match="姓名和原因"):
        meeting.rulings.reopen(by="林静", reason="")
    meeting.rulings.reopen(by="林静", reason="申诉成立")
    meeting.rulings.rule(seat_id, Decision.EXCUSED, by="林静", reason="申诉成立")
    with pytest.raises(UserProblem, match="没有封存"):
        meeting.rulings.reopen(by="林静", reason="再撤")
    assert [event.kind for event in meeting.session.state.log][-3:] == ["sealed", "reopened", "ruling"]


def test_nothing_is_sealed_before_adjournment(meeting: Meeting) -> None:
    (adjourned,) = (event for event in meeting.session.state.log if event.kind == "adjourned")
    meeting.door.undo(adjourned.event_id, reason="误按散会")

    assert meeting.rulings.obstacles()[0] == "会议还没有散会，暂不能封存。"
