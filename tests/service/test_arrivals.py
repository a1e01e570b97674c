"""The door's lists: order, tags, and whose name stands there."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from desk_office import Meeting, beside
from story import moment

from huifeng_desktop.domain.agenda import AgendaItem
from huifeng_desktop.domain.attendance import CallWord
from huifeng_desktop.domain.imported import Approval
from huifeng_desktop.domain.people import Category, Deputy, Seat
from huifeng_desktop.rules.verdict import Disposition, Flag, Reason, Verdict
from huifeng_desktop.service.door.arrivals import (
    ArrivalTag,
    arrival_curve,
    arrival_row,
    arrival_tag,
    latest_arrivals,
    pending_verdicts,
    speaker_post,
)
from huifeng_desktop.service.door.search import SearchIndex
from huifeng_desktop.service.door.sign_in import Method

T = datetime(2026, 3, 12, 14, 20).astimezone()


def _came(number: int, minutes: int, event_id: str = "", **more: object) -> Verdict:
    seat = Seat(f"s{number}", number, "县民政局", f"甲{number}", "局长")
    at = T + timedelta(minutes=minutes)
    reason = Reason("signed_in", event_id or f"e{number}", at)
    disposition = more.pop("disposition", Disposition.IN_PERSON)
    return Verdict(seat, disposition, signed_in_at=at, reasons=(reason,), **more)  # type: ignore[arg-type]


def test_the_latest_come_first_and_one_person_with_two_posts_once() -> None:
    absent = Verdict(Seat("s9", 9, "县文联", "乙"), Disposition.ABSENT)
    rows = latest_arrivals([_came(1, 0), _came(2, 5), _came(3, 5, "e2"), absent, _came(4, 2)])
    assert [row.event_id for row in rows] == ["e2", "e4", "e1"]


def test_a_deputy_stands_there_with_the_deputys_own_name_and_post() -> None:
    came = _came(
        1, 0, disposition=Disposition.APPROVED_DEPUTY, stood_in_by=Deputy("周喆", "副局长"), late_minutes=3
    )
    row = arrival_row(came)
    assert row is not None
    assert (row.name, row.post, row.instead_of) == ("周喆", "副局长", "甲1")
    assert (row.tag, row.minutes) == (ArrivalTag.APPROVED_DEPUTY, 0)


@pytest.mark.parametrize(
    ("verdict", "tag"),
    [
        (_came(1, 0), ArrivalTag.PUNCTUAL),
        (_came(1, 0, late_minutes=9), ArrivalTag.LATE),
        (_came(1, 0, late_minutes=9, left_at=T), ArrivalTag.LEFT),
        (_came(1, 0, flags=(Flag.SIGNED_THEN_GONE,), pending=True), ArrivalTag.GONE),
        (_came(1, 0, flags=(Flag.DEVICE_SHARED,), pending=True), ArrivalTag.SHARED_DEVICE),
        (_came(1, 0, flags=(Flag.DEVICE_SHARED,)), ArrivalTag.PUNCTUAL),
        (
            _came(
                1,
                0,
                disposition=Disposition.UNAPPROVED_SUBSTITUTE,
                flags=(Flag.DEPUTY_UNCONFIRMED,),
                pending=True,
            ),
            ArrivalTag.UNCONFIRMED_DEPUTY,
        ),
        (_came(1, 0, disposition=Disposition.UNAPPROVED_SUBSTITUTE), ArrivalTag.SUBSTITUTE),
    ],
)
def test_every_arrival_has_one_word(verdict: Verdict, tag: ArrivalTag) -> None:
    assert arrival_tag(verdict) is tag


def test_pending_keeps_house_order() -> None:
    verdicts = [_came(1, 5, pending=True), _came(2, 0), _came(3, 0, pending=True)]
    assert [one.seat.seat_id for one in pending_verdicts(verdicts)] == ["s1", "s3"]


def test_the_speakers_post_comes_from_the_roster() -> None:
    seats = [
        Seat("s1", 1, "县水利局", "李伟", "副局长"),
        Seat("s2", 2, "柳渡镇", "李伟", "镇长"),
        Seat("s3", 3, "县领导", "沈国栋", "县委书记", Category.LEADER),
    ]
    assert speaker_post(AgendaItem("i", "水利", "李 伟", "县水利局"), seats) == "副局长"
    assert speaker_post(AgendaItem("i", "讲话", "沈国栋"), seats) == "县委书记"
    assert speaker_post(AgendaItem("i", "发言", "李伟"), seats) == ""
    assert speaker_post(AgendaItem("i", "小结"), seats) == ""


def test_search_ranks_names_before_pinyin_before_units_and_forgives_gaps() -> None:
    seats = [
        Seat("s1", 1, "县发展和改革局", "邹永昌", badge="2000000000017", pinyin="zouyongchang zyc"),
        Seat("s2", 2, "县水利局", "王磊", phone="13800000016", pinyin="wanglei wl"),
        Seat("s3", 3, "王家镇", "赵镕", pinyin="zhaorong zr"),
        Seat("s4", 4, "县档案馆", "", category=Category.VACANT),
    ]
    index = SearchIndex(seats)

    def found(typed: str) -> list[str]:
        return [seat.seat_id for seat in index.find(typed)]

    assert found("王") == ["s2", "s3"]
    assert found("ZR") == ["s3"]
    assert found("wang l") == ["s2"]
    assert found("0016") == ["s2"]
    assert found("２００") == ["s1"]
    assert found("发改局") == ["s1"]
    assert found("水利王") == ["s2"]
    assert found("档案") == [] and found(" ") == [] and found("xyz") == []


def test_the_curve_counts_those_awaited_and_tells_when_all_were_there(meeting: Meeting) -> None:
    state, door = meeting.session.state, meeting.door
    expected = [seat for seat in state.seats if seat.category.is_expected and not seat.same_person]
    away, *rest = expected
    door.record_leave(away.seat_id, reason="因公", approval=Approval.APPROVED)
    for minute, seat in enumerate(rest):
        curve = arrival_curve(meeting.session.verdicts())
        assert curve.reached(100) is None
        door.sign_in(seat.seat_id, Method.TYPED, at=moment(f"14:{minute:02}"))
    curve = arrival_curve(meeting.session.verdicts())
    assert curve.reached(100) == max(curve.times) and len(curve.times) == curve.awaited
    assert curve.reached(1) == moment("14:00")


def test_a_call_is_kept_and_the_latest_holds(meeting: Meeting) -> None:
    seat = meeting.session.state.seats[0]
    meeting.door.note_call(seat.seat_id, CallWord.NO_ANSWER)
    meeting.door.note_call(seat.seat_id, CallWord.COMING, "14:40")
    with beside(meeting) as other:
        call = other.session.state.facts_of(seat).call
    assert call is not None and (call.word, call.expected) == (CallWord.COMING, "14:40")
