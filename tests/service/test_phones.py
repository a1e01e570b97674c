"""Telephones: the three levels, a second name from one device, proposals, signatures."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from desk_office import PEOPLE, Meeting, beside, reading
from hypothesis import given, settings
from hypothesis import strategies as st
from story import Story, moment, seat

from huifeng_desktop.clock import FixedClock
from huifeng_desktop.domain.attendance import Decision
from huifeng_desktop.domain.events import EventKind
from huifeng_desktop.domain.imported import RosterRow
from huifeng_desktop.domain.people import Deputy
from huifeng_desktop.domain.phones import PhoneLevel
from huifeng_desktop.domain.state import MeetingState
from huifeng_desktop.errors import UserProblem
from huifeng_desktop.rules.classify import classify
from huifeng_desktop.rules.verdict import Disposition, Flag, Verdict
from huifeng_desktop.service.after.rulings import choices_for
from huifeng_desktop.service.door.phones import Phones
from huifeng_desktop.service.door.sign_in import Method, OutcomeCode, SignInOutcome, SignInRequest
from huifeng_desktop.service.door.signatures import Signatures
from huifeng_desktop.wording import reason_sentence

OUYANG, LU = "欧阳建", "陆川"
DRAWN = "0a0k5k0u5u3c-8c14bo5kge6e"
OTHER = "0a0k5k0u5u3c-8c14bo5kge6d"


def phone(
    meeting: Meeting, name: str, device: str = "d1", *, nonce: str = "", **more: object
) -> SignInOutcome:
    """Sign in by telephone."""
    request = SignInRequest(
        nonce or f"{device}-{name}",
        seat_id=meeting.seat_id(name),
        method=Method.PHONE,
        device=device,
        **more,  # type: ignore[arg-type]
    )
    return meeting.door.register([request])[0]


def verdict(meeting: Meeting, name: str) -> Verdict:
    """How the seat is judged now."""
    found = meeting.session.verdict(meeting.seat_id(name))
    assert found is not None
    return found


def sentences(meeting: Meeting, name: str) -> list[str]:
    """The evidence in words."""
    return [reason_sentence(one) for one in verdict(meeting, name).reasons]


@pytest.fixture
def phones(meeting: Meeting) -> Phones:
    return Phones(meeting.session)


# -- the device --------------------------------------------------------------------------------------


def test_a_second_name_from_one_telephone_waits_for_a_word(meeting: Meeting, phones: Phones) -> None:
    first, second = phone(meeting, OUYANG), phone(meeting, LU)

    assert (first.code, first.pending) == (OutcomeCode.SIGNED_IN, False)
    assert (second.code, second.pending) == (OutcomeCode.SIGNED_IN, True)
    assert not verdict(meeting, OUYANG).flags
    doubt = verdict(meeting, LU)
    assert (doubt.disposition, doubt.flags, doubt.pending) == (
        Disposition.IN_PERSON,
        (Flag.DEVICE_SHARED,),
        True,
    )
    assert "这部手机 14:00 已为县审计局欧阳建签到" in sentences(meeting, LU)
    assert meeting.rulings.cases()[0].verdict.seat.name == LU
    assert choices_for(doubt)[0] is Decision.IN_PERSON


def test_two_telephones_raise_no_doubt(meeting: Meeting, phones: Phones) -> None:
    phone(meeting, OUYANG, "d1")
    assert not phone(meeting, LU, "d2").pending
    assert not verdict(meeting, LU).flags


def test_under_lenient_it_is_only_noted(meeting: Meeting, phones: Phones) -> None:
    phones.set_rules(PhoneLevel.LENIENT, signature=False)
    phone(meeting, OUYANG)

    assert not phone(meeting, LU).pending
    noted = verdict(meeting, LU)
    assert (noted.flags, noted.pending, noted.is_case) == ((Flag.DEVICE_SHARED,), False, False)


def test_the_level_of_the_moment_counts(meeting: Meeting, phones: Phones) -> None:
    phone(meeting, OUYANG)
    phone(meeting, LU)
    phones.set_rules(PhoneLevel.LENIENT, signature=False)
    assert verdict(meeting, LU).pending


def test_who_was_seen_needs_no_word(meeting: Meeting, phones: Phones, clock: FixedClock) -> None:
    phone(meeting, OUYANG)
    phone(meeting, LU)
    clock.advance(60)
    meeting.door.count_heads([meeting.seat_id(LU)], [])
    assert not verdict(meeting, LU).pending


def test_a_person_at_the_desk_can_vouch(meeting: Meeting, phones: Phones) -> None:
    phone(meeting, OUYANG)
    phone(meeting, LU)
    phones.vouch(meeting.seat_id(LU), by="刘芳")

    assert not verdict(meeting, LU).pending
    assert "14:00 刘芳核实本人在场" in sentences(meeting, LU)
    with pytest.raises(UserProblem, match="已经撤销"):
        phones.vouch(meeting.seat_id("何平"))


def test_when_the_first_entry_is_undone_the_second_is_clean(meeting: Meeting, phones: Phones) -> None:
    wrong = phone(meeting, OUYANG)
    phone(meeting, LU)
    meeting.door.undo(wrong.event_id, reason="点错了人")
    assert not verdict(meeting, LU).flags


# -- 严格 --------------------------------------------------------------------------------------------


@pytest.fixture
def strict(phones: Phones) -> Phones:
    phones.set_rules(PhoneLevel.STRICT, signature=True, by="刘芳")
    return phones


def test_under_strict_a_telephone_only_proposes(meeting: Meeting, strict: Phones) -> None:
    asked = phone(meeting, OUYANG)

    assert (asked.code, asked.is_durable, asked.at) == (OutcomeCode.PROPOSED, True, moment("14:00"))
    with beside(meeting) as other:
        assert [row.seat.name for row in Phones(other.session).waiting()] == [OUYANG]
    pending = verdict(meeting, OUYANG)
    assert (pending.disposition, pending.pending) == (Disposition.ABSENT, True)
    assert "14:00 用手机申报签到，没有确认" in sentences(meeting, OUYANG)


def test_other_ways_of_signing_in_need_no_word(meeting: Meeting, strict: Phones) -> None:
    phone(meeting, OUYANG)
    outcome = meeting.door.sign_in(meeting.seat_id(OUYANG), Method.TYPED)
    assert outcome.code is OutcomeCode.SIGNED_IN
    assert strict.waiting() == [] and not verdict(meeting, OUYANG).pending


def test_the_time_of_the_proposal_counts(meeting: Meeting, strict: Phones, clock: FixedClock) -> None:
    clock.advance(29 * 60)
    asked = phone(meeting, OUYANG)
    clock.advance(5 * 60)

    assert strict.confirm([asked.event_id], by="刘芳") == 1

    came = verdict(meeting, OUYANG)
    assert (came.signed_in_at, came.late_minutes, came.pending) == (moment("14:29"), 0, False)
    assert "14:29 签到（手机申报时间，刘芳 14:34 确认）" in sentences(meeting, OUYANG)
    assert strict.confirm([asked.event_id]) == 0, "only once"


def test_all_can_be_confirmed_together(meeting: Meeting, strict: Phones) -> None:
    phone(meeting, OUYANG)
    phone(meeting, LU)
    rows = strict.waiting()
    assert [row.shared_with and row.shared_with.name for row in rows] == [None, OUYANG]

    assert strict.confirm([row.proposal for row in rows]) == 2

    confirmed = verdict(meeting, LU)
    assert (confirmed.flags, confirmed.pending) == ((Flag.DEVICE_SHARED,), False)
    assert strict.waiting() == []


def test_a_refused_proposal_leaves_no_entry(meeting: Meeting, strict: Phones) -> None:
    asked = phone(meeting, OUYANG)
    with pytest.raises(UserProblem, match="写明原因"):
        strict.refuse(asked.event_id, reason=" ")
    strict.refuse(asked.event_id, reason="本人不在会场")

    assert strict.waiting() == []
    refused = verdict(meeting, OUYANG)
    assert (refused.disposition, refused.pending) == (Disposition.ABSENT, False)
    with pytest.raises(UserProblem, match="已经处理过"):
        strict.refuse(asked.event_id, reason="再来一次")
    assert phone(meeting, OUYANG, nonce="later").code is OutcomeCode.PROPOSED, "may ask again"


def test_asking_twice_is_one_line(meeting: Meeting, strict: Phones, clock: FixedClock) -> None:
    first = phone(meeting, OUYANG)
    clock.advance(60)
    again, repeated = phone(meeting, OUYANG, nonce="n2"), phone(meeting, OUYANG, nonce="n2")

    assert (again.code, again.at, again.event_id) == (OutcomeCode.PROPOSED, first.at, first.event_id)
    assert repeated == again and phone(meeting, OUYANG) == first
    assert len(strict.waiting()) == 1


def test_an_unanswered_proposal_holds_up_the_seal(
    meeting: Meeting, strict: Phones, clock: FixedClock
) -> None:
    phone(meeting, OUYANG)
    case = meeting.rulings.case(meeting.seat_id(OUYANG))
    assert case is not None and case.is_open
    assert case.choices[:2] == (Decision.ABSENT, Decision.IN_PERSON)
    meeting.podium.declare_opened()
    clock.advance(60)
    meeting.podium.declare_adjourned()
    assert strict.confirm([strict.waiting()[0].proposal]) == 1, "also after the end"


# -- signatures --------------------------------------------------------------------------------------


@pytest.fixture
def signatures(meeting: Meeting, phones: Phones) -> Signatures:
    phones.set_rules(PhoneLevel.STANDARD, signature=True)
    return Signatures(meeting.session)


def test_a_signature_belongs_to_the_entry_that_holds(meeting: Meeting, signatures: Signatures) -> None:
    outcome = phone(meeting, OUYANG, signature=DRAWN)
    seat_id = meeting.seat_id(OUYANG)
    written = signatures.signature_of(seat_id)

    assert written is not None and written.signature.to_text() == DRAWN
    assert list(signatures.all()) == [seat_id]
    meeting.door.undo(outcome.event_id, reason="不是本人")
    assert signatures.signature_of(seat_id) is None
    meeting.door.sign_in(seat_id, Method.TYPED)
    assert signatures.signature_of(seat_id) is None


def test_who_signed_in_by_badge_can_sign_by_telephone(meeting: Meeting, signatures: Signatures) -> None:
    seat_id = meeting.seat_id(OUYANG)
    meeting.door.sign_in(seat_id, Method.TYPED)
    assert phone(meeting, OUYANG, signature=DRAWN).code is OutcomeCode.ALREADY
    phone(meeting, OUYANG, nonce="n2", signature=OTHER, deputy=Deputy("李想"))

    written = signatures.signature_of(seat_id)
    assert written is not None and written.signature.to_text() == DRAWN, "not that of somebody else"


def test_another_telephone_does_not_write_over_a_signature(
    meeting: Meeting, signatures: Signatures, clock: FixedClock
) -> None:
    """Name and four digits are known to colleagues; what is printed in the 签名 column is not theirs."""
    phone(meeting, OUYANG, "his", signature=DRAWN)
    clock.advance(60)
    phone(meeting, OUYANG, "another", signature=OTHER)
    kept = signatures.signature_of(meeting.seat_id(OUYANG))
    clock.advance(60)
    phone(meeting, OUYANG, "his", nonce="again", signature=OTHER)
    anew = signatures.signature_of(meeting.seat_id(OUYANG))
    assert kept is not None and kept.signature.to_text() == DRAWN
    assert anew is not None and anew.signature.to_text() == OTHER


def test_a_deputy_signs_with_his_own_hand(meeting: Meeting, signatures: Signatures) -> None:
    phone(meeting, OUYANG, signature=DRAWN, deputy=Deputy("李想", "股长"))
    written = signatures.signature_of(meeting.seat_id(OUYANG))
    assert written is not None and written.signer == "李想"


def test_a_signature_counts_once_the_proposal_is_confirmed(
    meeting: Meeting, signatures: Signatures, strict: Phones
) -> None:
    asked = phone(meeting, OUYANG, signature=DRAWN)
    seat_id = meeting.seat_id(OUYANG)
    assert signatures.signature_of(seat_id) is None
    strict.confirm([asked.event_id])
    assert signatures.signature_of(seat_id) is not None


@pytest.mark.parametrize("drawn", ["", "0a0k", "nonsense"])
def test_nonsense_and_blanks_are_no_signature(meeting: Meeting, signatures: Signatures, drawn: str) -> None:
    assert phone(meeting, OUYANG, signature=drawn).code is OutcomeCode.SIGNED_IN
    assert signatures.all() == {}


def test_signatures_are_not_kept_unless_asked_for(meeting: Meeting, phones: Phones) -> None:
    phone(meeting, OUYANG, signature=DRAWN)
    assert Signatures(meeting.session).all() == {}


# -- the second thing --------------------------------------------------------------------------------


def with_pin(pin: str) -> list[RosterRow]:
    """The roster in which 陆川 has a PIN."""
    return [replace(row, pin=pin) if row.name == LU else row for row in PEOPLE]


def test_a_pin_of_the_roster_opens_too(meeting: Meeting) -> None:
    meeting.load(*with_pin("824601"))

    assert [one.name for one in meeting.door.find(LU, "824601")] == [LU]
    assert [one.name for one in meeting.door.find(LU, meeting.badge(LU)[-4:])] == [LU]
    assert meeting.door.find(LU, "824602") == meeting.door.find(OUYANG, "824601") == []


def test_a_pin_is_kept_as_a_digest_and_shown_nowhere(meeting: Meeting) -> None:
    meeting.load(*with_pin("824601"))
    loaded = json.dumps([dict(event.body) for event in meeting.session.state.log], ensure_ascii=False)

    assert "824601" not in loaded
    assert "824601" not in repr(meeting.session.state.seats) + repr(replace(PEOPLE[1], pin="824601"))
    assert meeting.session.state.seats[1].pin not in ("", "824601")
    assert meeting.preparation.preview_roster(reading(with_pin("824601"))).facts == []


def test_a_wrong_name_takes_the_same_steps_as_a_wrong_number(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[tuple[bytes, bytes]] = []

    def counted(known: bytes, given: bytes) -> bool:
        compared.append((known, given))
        return known == given

    monkeypatch.setattr("huifeng_desktop.domain.second_factor.hmac.compare_digest", counted)
    for name, second in ((OUYANG, "9999"), ("没有此人", "9999"), (LU, "9999")):
        compared.clear()
        assert meeting.door.find(name, second) == []
        assert len(compared) == 3


# -- the same in whatever order ----------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_order_in_which_events_arrive_does_not_matter(data: st.DataObject) -> None:
    story = Story(seat("s1", "甲"), seat("s2", "乙"), seat("s3", "丙"))
    shared = {"method": "phone", "device": "d1", "level": "standard"}
    asked = [
        story.tell(EventKind.PHONE_PROPOSED, "14:00", one, {**shared, "level": "strict"})
        for one in ("s1", "s2", "s3")
    ]
    confirmed = {**shared, "proposal": asked[1].event_id, "confirmed_by": "刘芳"}
    story.tell(EventKind.SIGN_IN, "14:00", "s2", confirmed)
    refusal = {"proposal": asked[2].event_id, "by": "刘芳", "reason": "不在"}
    story.tell(EventKind.PROPOSAL_REFUSED, "14:01", "s3", refusal)
    first = story.tell(EventKind.SIGN_IN, "14:02", "s1", shared)
    story.tell(EventKind.SIGN_IN, "14:03", "s3", shared)
    story.tell(EventKind.VOUCHED, "14:04", "s3", {"entry": "e00009", "by": "刘芳"})
    story.annul(data.draw(st.sampled_from([asked[0], asked[1], first])))

    told, mixed = MeetingState("m"), MeetingState("m")
    for event in story.events:
        told.apply(event)
    for event in data.draw(st.permutations(story.events)):
        mixed.apply(event)

    at = moment("15:00")
    assert classify(mixed, at) == classify(told, at)
    assert list(mixed.phones.waiting) == list(told.phones.waiting)
