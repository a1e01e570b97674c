"""At the door: every answer, the same answer again, and undoing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from desk_office import Meeting, beside
from story import moment

from huifeng_desktop.clock import FixedClock
from huifeng_desktop.domain.badge import make_badge
from huifeng_desktop.domain.events import EventKind, Fact
from huifeng_desktop.domain.imported import Approval
from huifeng_desktop.domain.people import Category, Deputy, Seat
from huifeng_desktop.errors import UserProblem
from huifeng_desktop.service.door.sign_in import Method, Movement, OutcomeCode, SignInOutcome, SignInRequest
from huifeng_desktop.wording import outcome_sentence

OUYANG = "欧阳建"


def scan(meeting: Meeting, nonce: str, name: str = OUYANG, kind: Movement = Movement.ENTER) -> SignInOutcome:
    """Present somebody's badge."""
    return meeting.door.register([SignInRequest(nonce, badge=meeting.badge(name), kind=kind)])[0]


def recorded(meeting: Meeting, kind: EventKind) -> int:
    """How many events of this kind are on disk."""
    with beside(meeting) as other:
        return sum(event.kind is kind for event in other.session.state.log)


# -- answers -----------------------------------------------------------------------------------------


def test_a_badge_signs_its_holder_in(meeting: Meeting) -> None:
    outcome = scan(meeting, "n1")

    assert (outcome.code, outcome.name, outcome.unit, outcome.seq) == (
        OutcomeCode.SIGNED_IN,
        OUYANG,
        "县审计局",
        1,
    )
    assert (outcome.late_minutes, outcome.pending, outcome.at) == (0, False, moment("14:00"))
    assert recorded(meeting, EventKind.SIGN_IN) == 1
    assert outcome_sentence(outcome) == "欧阳建　县审计局　已签到"


def test_lateness_is_told_at_once(meeting: Meeting, clock: FixedClock) -> None:
    clock.advance(30 * 60 + 1)

    outcome = scan(meeting, "n1")

    assert outcome.late_minutes == 1
    assert outcome_sentence(outcome) == "欧阳建　县审计局　已签到，迟到 1 分钟"


def test_a_second_scan_is_answered_with_the_first_time(meeting: Meeting, clock: FixedClock) -> None:
    scan(meeting, "n1")
    clock.advance(20 * 60)

    outcome = scan(meeting, "n2")

    assert (outcome.code, outcome.at) == (OutcomeCode.ALREADY, moment("14:00"))
    assert outcome_sentence(outcome) == "欧阳建　县审计局　14:00 已签到，不必重复"


def test_people_go_and_return(meeting: Meeting) -> None:
    scan(meeting, "n1")

    codes = [
        scan(meeting, f"m{n}", kind=kind).code for n, kind in enumerate((Movement.LEAVE, Movement.RETURN))
    ]

    assert codes == [OutcomeCode.LEFT, OutcomeCode.RETURNED]


def _close(meeting: Meeting) -> None:
    meeting.door.set_open(False)


def _adjourn(meeting: Meeting) -> None:
    meeting.podium.declare_opened(moment("13:00"))
    meeting.podium.declare_adjourned(moment("13:59"))


def _postpone(meeting: Meeting) -> None:
    fact = Fact(EventKind.MEETING_CHANGED, moment("13:00"), body={"postponed": True})
    meeting.session.state_facts([fact])


def _as_it_is(meeting: Meeting) -> None:
    """Nothing happens before."""


@pytest.mark.parametrize(
    ("before", "request_of", "code"),
    [
        (_as_it_is, SignInRequest("n", badge="2000000000000"), OutcomeCode.UNKNOWN_BADGE),
        (_as_it_is, SignInRequest("n", seat_id="nobody", method=Method.TYPED), OutcomeCode.UNKNOWN_PERSON),
        (_as_it_is, SignInRequest("n", seat_id="", kind=Movement.LEAVE), OutcomeCode.NOT_IN),
        (_as_it_is, SignInRequest("n", seat_id="", kind=Movement.RETURN), OutcomeCode.NOT_IN),
        (_close, SignInRequest("n", seat_id=""), OutcomeCode.NOT_OPEN),
        (_adjourn, SignInRequest("n", seat_id=""), OutcomeCode.NOT_OPEN),
        (_postpone, SignInRequest("n", seat_id=""), OutcomeCode.NOT_OPEN),
        (_postpone, SignInRequest("n", seat_id="", method=Method.BACKFILL), OutcomeCode.NOT_OPEN),
        (_as_it_is, SignInRequest("n", seat_id="vacant"), OutcomeCode.VACANT),
    ],
)
def test_a_refusal_says_why_and_is_kept(
    meeting: Meeting, before: Callable[[Meeting], None], request_of: SignInRequest, code: OutcomeCode
) -> None:
    before(meeting)
    seats = {"": meeting.seat_id(OUYANG), "vacant": meeting.seat_id("")}
    request = request_of
    if not request.badge:
        request = replace(request, seat_id=seats.get(request.seat_id, request.seat_id))

    (outcome,) = meeting.door.register([request])

    assert outcome.code is code and not outcome.is_durable
    assert outcome_sentence(outcome)
    assert (recorded(meeting, EventKind.SIGN_IN), recorded(meeting, EventKind.REFUSED)) == (0, 1)


def test_sign_in_can_be_opened_again(meeting: Meeting) -> None:
    meeting.door.set_open(False)
    meeting.door.set_open(True)

    assert scan(meeting, "n1").code is OutcomeCode.SIGNED_IN


def test_a_backfill_is_taken_after_adjournment_and_not_once_sealed(
    meeting: Meeting, clock: FixedClock
) -> None:
    _adjourn(meeting)
    entry = meeting.door.sign_in(meeting.seat_id(OUYANG), Method.BACKFILL, at=moment("13:10"))
    clock.advance(10 * 24 * 3600)
    for name in ("陆川", "何平"):
        meeting.door.record_leave(meeting.seat_id(name), reason="因公", approval=Approval.APPROVED)
    for case in meeting.rulings.cases():
        meeting.rulings.rule(case.verdict.seat.seat_id, case.choices[0], by="林静")
    meeting.rulings.seal(by="林静")

    late = meeting.door.sign_in(meeting.seat_id("陆川"), Method.BACKFILL, at=moment("13:10"))

    assert (entry.code, entry.at) == (OutcomeCode.SIGNED_IN, moment("13:10"))
    assert late.code is OutcomeCode.NOT_OPEN


# -- the same nonce ----------------------------------------------------------------------------------


def test_the_same_nonce_gets_the_same_answer_after_everything_that_happened_since(
    meeting: Meeting, clock: FixedClock
) -> None:
    clock.advance(36 * 60)
    first = scan(meeting, "n1")
    again = scan(meeting, "n2")
    strange = meeting.door.register([SignInRequest("n3", badge="2000000000008")])
    meeting.podium.declare_opened(moment("14:40"))
    meeting.podium.choose_late_base("opened")
    meeting.door.undo(first.event_id, reason="误操作")
    clock.advance(600)
    scan(meeting, "n4")

    assert first.late_minutes == 6
    assert scan(meeting, "n1") == first
    assert scan(meeting, "n2") == again
    assert meeting.door.register([SignInRequest("n3", badge="2000000000008")]) == strange


def test_a_repeat_over_another_connection_adds_nothing(meeting: Meeting) -> None:
    first = scan(meeting, "n1")

    with beside(meeting) as desk:
        assert scan(desk, "n1") == first

    assert recorded(meeting, EventKind.SIGN_IN) == 1


def test_a_waiting_deputy_is_told_the_same_after_the_word_came(meeting: Meeting) -> None:
    request = SignInRequest(
        "n1", seat_id=meeting.seat_id("陆川"), method=Method.TYPED, deputy=Deputy("陈昇", "股长")
    )
    (first,) = meeting.door.register([request])
    meeting.door.confirm_deputy(meeting.seat_id("陆川"), Deputy("陈昇"), approved=True, approved_by="韩立民")

    assert first.pending
    assert meeting.door.register([request]) == [first]
    verdict = meeting.session.verdict(meeting.seat_id("陆川"))
    assert verdict is not None and verdict.disposition == "approved_deputy"


def test_fifty_scans_of_one_badge_in_a_batch_have_one_winner(meeting: Meeting) -> None:
    badge = meeting.badge(OUYANG)

    outcomes = meeting.door.register([SignInRequest(f"n{n}", badge=badge) for n in range(50)])

    assert [one.code for one in outcomes] == [OutcomeCode.SIGNED_IN] + [OutcomeCode.ALREADY] * 49
    assert {one.event_id for one in outcomes} == {outcomes[0].event_id}


def test_one_nonce_twice_in_a_batch_is_one_entry(meeting: Meeting) -> None:
    request = SignInRequest("n", badge=meeting.badge(OUYANG))

    one, other = meeting.door.register([request, request])

    assert one == other and recorded(meeting, EventKind.SIGN_IN) == 1


def test_two_doors_never_sign_one_person_in_twice(meeting: Meeting) -> None:
    with beside(meeting) as desk:
        scan(desk, "n1")
        outcome = scan(meeting, "n2")

    assert outcome.code is OutcomeCode.ALREADY


# -- undo, deputies, leave ---------------------------------------------------------------------------


def test_an_entry_is_undone_with_a_reason_and_can_be_made_again(meeting: Meeting) -> None:
    entry = scan(meeting, "n1")
    meeting.door.undo(entry.event_id, reason="扫错证件", by="林静")

    verdict = meeting.session.verdict(entry.seat_id)
    assert verdict is not None and verdict.disposition == "absent"
    assert scan(meeting, "n2").code is OutcomeCode.SIGNED_IN
    kinds = [event.kind for event in meeting.session.state.events_about(entry.seat_id)]
    assert kinds == [EventKind.SIGN_IN, EventKind.ANNULLED, EventKind.SIGN_IN]


def test_undoing_wants_a_reason_and_an_entry_that_holds(meeting: Meeting) -> None:
    entry = scan(meeting, "n1")

    with pytest.raises(UserProblem, match="原因"):
        meeting.door.undo(entry.event_id, reason="  ")
    meeting.door.undo(entry.event_id, reason="扫错")
    for event_id in (entry.event_id, "unknown"):
        with pytest.raises(UserProblem, match="不存在或已经撤销"):
            meeting.door.undo(event_id, reason="再撤一次")


def test_leave_at_the_door_after_the_start_waits_for_a_ruling(meeting: Meeting, clock: FixedClock) -> None:
    clock.advance(31 * 60)
    meeting.door.record_leave(
        meeting.seat_id(OUYANG), reason="因病", approval=Approval.APPROVED, approved_by="韩立民"
    )

    verdict = meeting.session.verdict(meeting.seat_id(OUYANG))
    assert verdict is not None
    assert (verdict.disposition, verdict.pending, verdict.counted) == ("on_leave", True, None)


def test_a_leave_that_names_the_deputy_approves_him_at_the_door(meeting: Meeting) -> None:
    seat_id = meeting.seat_id("陆川")
    meeting.door.record_leave(
        seat_id, reason="因公", approval=Approval.APPROVED, deputy=Deputy("陈 昇", "股长")
    )

    outcome = meeting.door.sign_in(seat_id, Method.TYPED, Deputy("陈昇", "股长"))

    assert not outcome.pending
    assert meeting.session.totals().approved_deputy == 1


def test_a_walk_in_can_be_signed_in(meeting: Meeting) -> None:
    badge = make_badge("m", "guest", set())
    guest = Seat("guest", 5, "县融媒体中心", "记者甲", category=Category.STAFF, badge=badge)
    meeting.door.add_walk_in(guest)

    assert scan(meeting, "n1", "记者甲").code is OutcomeCode.SIGNED_IN
    assert (meeting.session.totals().expected, meeting.session.totals().staff_present) == (3, 1)


def test_a_headcount_at_the_door_flags_who_is_gone(meeting: Meeting, clock: FixedClock) -> None:
    scan(meeting, "n1")
    clock.advance(3600)
    meeting.door.count_heads([meeting.seat_id("陆川")], [meeting.seat_id(OUYANG)])

    flags = {one.seat.name: [flag.value for flag in one.flags] for one in meeting.session.verdicts()}
    assert flags[OUYANG] == ["signed_then_gone"] and flags["陆川"] == ["seen_not_signed"]


def test_a_phone_finds_one_person_by_name_and_four_digits(meeting: Meeting) -> None:
    assert [one.name for one in meeting.door.find("欧阳 建", "0001")] == [OUYANG]
    assert (
        meeting.door.find(OUYANG, "0002")
        == meeting.door.find("", "0001")
        == meeting.door.find(OUYANG, "001")
        == []
    )
    assert [one.name for one in meeting.door.find("陆川", meeting.badge("陆川")[-4:])] == ["陆川"]


def test_the_summary_hears_what_others_have_written(meeting: Meeting) -> None:
    with beside(meeting) as desk:
        scan(desk, "n1")

    assert meeting.door.summary()["present"] == 1
    assert meeting.door.meeting().is_open
