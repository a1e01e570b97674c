"""操作记录: every event in words, what held before, and undo with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_office import Meeting, beside, held_by

from huifeng_desktop.clock import FixedClock
from huifeng_desktop.domain.attendance import CallWord, Decision
from huifeng_desktop.domain.events import Event, EventKind, Fact
from huifeng_desktop.domain.imported import Approval
from huifeng_desktop.domain.people import Deputy
from huifeng_desktop.errors import UserProblem
from huifeng_desktop.service.audit.kinds import AuditGroup
from huifeng_desktop.service.audit.trail import Audit, AuditFilter, AuditRow
from huifeng_desktop.service.audit.words import NAMES
from huifeng_desktop.service.door.sign_in import Method


@pytest.fixture
def meeting(data_dir: Path, clock: FixedClock) -> Iterator[Meeting]:
    with held_by(data_dir, clock) as meeting:
        yield meeting


@pytest.fixture
def audit(meeting: Meeting) -> Audit:
    return Audit(meeting.session, meeting.folder.settings.installation())


def rows(audit: Audit, **wanted: object) -> list[AuditRow]:
    """What is found, the newest first."""
    audit.refresh()
    return [audit.row(event) for event in audit.find(AuditFilter(**wanted))]  # type: ignore[arg-type]


def test_every_kind_of_event_has_a_name() -> None:
    assert set(NAMES) == set(EventKind) and len(set(NAMES.values())) == len(NAMES)


def test_who_what_when_and_by_which_device(meeting: Meeting, audit: Audit) -> None:
    meeting.door.sign_in(meeting.seat_id("陆川"), Method.TYPED)
    meeting.door.sign_in(meeting.seat_id("何平"), Method.TYPED, station="东门 刘芳")
    with beside(meeting, "desk") as other:
        other.door.sign_in(other.seat_id("欧阳建"), Method.PHONE, station="phone")
    meeting.session.catch_up(force=True)
    phone, second, typed = rows(audit, group=AuditGroup.DOOR)
    assert (typed.kind, typed.who, typed.before) == ("签到", "陆　川　县林业局", "未到")
    assert typed.what.endswith("签到（键入）") and typed.device == "主窗口"
    assert (second.device, second.by) == ("签到台 东门 刘芳", "东门 刘芳")
    assert (phone.device, phone.by) == ("手机", "")
    assert audit.devices() == ["主窗口", "签到台 东门 刘芳", "手机"]


def test_what_held_before_leaves_out_what_was_undone(meeting: Meeting, audit: Audit) -> None:
    seat = meeting.seat_id("陆川")
    first = meeting.door.record_leave(seat, reason="因公", approval=Approval.ORAL)
    meeting.door.record_leave(seat, reason="因病", approval=Approval.APPROVED, approved_by="王县长")
    assert rows(audit, seat=seat)[0].before == "因公，口头，待补"
    audit.undo(first.event_id, reason="重复登记", by="刘芳")
    meeting.door.record_leave(seat, reason="其他", approval=Approval.APPROVED)
    latest, undo, _, undone = rows(audit, seat=seat)
    assert latest.before == "因病，已批准，批准人：王县长"
    assert (undo.kind, undo.before, undo.why, undo.by) == (
        "撤销",
        "请假：因公，口头，待补",
        "重复登记",
        "刘芳",
    )
    assert undone.undone.endswith("撤销：重复登记")


def test_a_change_of_the_plan_names_the_fields(meeting: Meeting, audit: Audit) -> None:
    meeting.session.state_facts(
        [Fact(EventKind.MEETING_CHANGED, meeting.session.now().wall, body={"place": "二楼"})]
    )
    row = rows(audit, group=AuditGroup.MEETING)[0]
    assert (row.what, row.before) == ("地点：二楼", "地点：无")


def test_filters_by_text_person_and_device_together(meeting: Meeting, audit: Audit) -> None:
    for name in ("欧阳建", "陆川"):
        meeting.door.sign_in(meeting.seat_id(name), Method.TYPED)
        meeting.door.note_call(meeting.seat_id(name), CallWord.COMING, "14:40")
    meeting.door.sign_in(meeting.seat_id("何平"), Method.TICKED, station="东门")
    assert len(rows(audit, text="欧阳")) == 2 and len(rows(audit, text="预计14:40")) == 2
    assert len(rows(audit, text="陆 川")) == 2 and rows(audit, text="没有这样的字") == []
    assert [row.who for row in rows(audit, device="签到台 东门")] == ["何　平　县统计局"]
    assert len(rows(audit, seat=meeting.seat_id("陆川"), group=AuditGroup.LEAVE)) == 1


def test_entries_made_later_say_when(meeting: Meeting, audit: Audit) -> None:
    now = meeting.session.now().wall
    meeting.door.sign_in(
        meeting.seat_id("陆川"), Method.BACKFILL, at=now.replace(hour=9, minute=5), by="刘芳"
    )
    row = rows(audit, group=AuditGroup.DOOR)[0]
    assert "09:05:00（" in row.at and row.at.endswith(" 记）") and row.by == "刘芳"


def test_undo_at_any_time_before_the_seal(meeting: Meeting, audit: Audit) -> None:
    entry = meeting.door.sign_in(meeting.seat_id("陆川"), Method.TYPED)
    audit.refresh()
    with pytest.raises(UserProblem, match="写明原因"):
        audit.undo(entry.event_id, reason=" ", by="刘芳")
    audit.undo(entry.event_id, reason="签错了人", by="刘芳")
    with pytest.raises(UserProblem, match="已经撤销"):
        audit.undo(entry.event_id, reason="再来", by="刘芳")
    assert meeting.session.totals().present == 0
    again = meeting.door.sign_in(meeting.seat_id("陆川"), Method.TYPED)
    now = meeting.session.now().wall
    meeting.session.state_facts([Fact(EventKind.SEALED, now, body={"by": "王磊"})])
    audit.refresh()
    with pytest.raises(UserProblem, match=r"已由王磊封存.*撤销封存"):
        audit.undo(again.event_id, reason="签错了人", by="刘芳")
    meeting.session.state_facts([Fact(EventKind.REOPENED, now, body={"by": "王磊", "reason": "补"})])
    audit.refresh()
    audit.undo(again.event_id, reason="签错了人", by="刘芳")


def test_a_ruling_can_be_undone_and_the_one_before_holds(meeting: Meeting, audit: Audit) -> None:
    seat = meeting.seat_id("陆川")
    for decision in (Decision.ABSENT, Decision.EXCUSED):
        body = {"decision": decision.value, "reason": "", "by": "王磊"}
        meeting.session.state_facts([Fact(EventKind.RULING, meeting.session.now().wall, seat, body)])
    latest = rows(audit, seat=seat)[0]
    assert latest.before == "缺席"
    audit.undo(latest.event_id, reason="认定有误", by="王磊")
    line = meeting.session.state.seat(seat)
    assert line is not None
    ruling = meeting.session.state.facts_of(line).ruling
    assert ruling is not None and ruling.decision is Decision.ABSENT


def test_what_cannot_be_undone_by_itself_says_what_to_do(meeting: Meeting, audit: Audit) -> None:
    entry = meeting.door.sign_in(meeting.seat_id("陆川"), Method.TYPED)
    meeting.door.sign_in("nobody", Method.TYPED)
    audit.refresh()
    audit.undo(entry.event_id, reason="签错了人", by="")
    expected = {
        EventKind.ANNULLED: "撤销本身不能再撤销",
        EventKind.REFUSED: "本来就没有登记",
        EventKind.ROSTER_LOADED: "会前",
        EventKind.MEETING_CREATED: "会前",
    }
    audit.refresh()
    for kind, words in expected.items():
        event = next(one for one in meeting.session.state.log if one.kind is kind)
        with pytest.raises(UserProblem, match=words):
            audit.undo(event.event_id, reason="试试", by="")


def test_timed_steps_go_back_one_by_one_with_what_they_brought(meeting: Meeting, audit: Audit) -> None:
    meeting.add_items(5, 5)
    meeting.podium.declare_opened()
    first = meeting.podium.start()
    second = meeting.podium.finish_and_next()
    audit.refresh()
    with pytest.raises(UserProblem, match="从最后一步起"):
        audit.undo(first.event_id, reason="误操作", by="")
    last = meeting.session.state.log[-1]
    assert second is not None
    audit.undo(last.event_id if "with" not in last.body else second.event_id, reason="误操作", by="")
    current = meeting.session.state.current_item
    assert current is not None and current.title == "议题1"


def test_events_that_arrive_late_are_sorted_in(meeting: Meeting, audit: Audit) -> None:
    meeting.door.sign_in(meeting.seat_id("陆川"), Method.TYPED)
    audit.refresh()
    with beside(meeting, "desk") as other:
        other.door.confirm_deputy(other.seat_id("何平"), Deputy("周明"), approved=True, approved_by="王")
    meeting.session.catch_up(force=True)
    audit.refresh()
    assert audit.count == len(meeting.session.state.log)
    assert [event.event_id for event in audit.find(AuditFilter())] == [
        event.event_id for event in reversed(meeting.session.state.log)
    ]


def test_annulments_of_each_other_by_a_merge_are_listed(meeting: Meeting, audit: Audit) -> None:
    """This program writes none; a copy that was tampered with may bring them."""
    at = meeting.session.now().wall
    first = Event("e" * 32, meeting.session.meeting_id, EventKind.ANNULLED, "f" * 32, at, at, "z", 1, 900, {})
    other = Event("f" * 32, meeting.session.meeting_id, EventKind.ANNULLED, "e" * 32, at, at, "z", 2, 901, {})
    for event in (first, other):
        meeting.session.absorb(event)
    told = rows(audit, group=None)
    assert [one.who for one in told if one.event_id in (first.event_id, other.event_id)] == ["", ""]
    assert rows(audit, seat=meeting.seat_id("欧阳建")) == []
