"""申诉 and 通知: filed, decided, shown, and in the way of the seal until decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from huifeng_desktop.app import open_folder
from huifeng_desktop.clock import FixedClock
from huifeng_desktop.domain.attendance import Decision
from huifeng_desktop.domain.events import EventKind, Fact
from huifeng_desktop.domain.meeting import MeetingPlan
from huifeng_desktop.domain.people import Seat
from huifeng_desktop.errors import UserProblem
from huifeng_desktop.rules.verdict import Violation
from huifeng_desktop.service.after.appeals import Appeals, open_appeals
from huifeng_desktop.service.after.rulings import Rulings
from huifeng_desktop.service.session import MeetingSession

START = datetime(2026, 3, 12, 14, 30).astimezone()


@pytest.fixture
def session(data_dir: Path) -> Iterator[MeetingSession]:
    """王磊 was eleven minutes late; the appeal term is over."""
    with open_folder(data_dir, "console", FixedClock(START + timedelta(days=9))) as folder:
        plan = MeetingPlan("例会", START, rule_set=folder.office.rule_set("ladder"), counts=True)
        held = folder.office.open(folder.office.create(plan))
        roster = {"seats": [Seat("s1", 1, "县水利局", "王磊").to_json()]}
        held.state_facts(
            [
                Fact(EventKind.ROSTER_LOADED, START, body=roster),
                Fact(EventKind.SIGN_IN, START + timedelta(minutes=11), "s1", {"method": "badge"}),
                Fact(EventKind.OPENED, START),
                Fact(EventKind.ADJOURNED, START + timedelta(hours=1)),
            ]
        )
        yield held


def rule_late(session: MeetingSession) -> None:
    Rulings(session).rule("s1", Decision.LATE, by="甲")


def counted(session: MeetingSession) -> Violation | None:
    verdict = session.verdict("s1")
    assert verdict is not None
    return verdict.counted


def test_an_open_appeal_keeps_the_record_from_being_sealed(session: MeetingSession) -> None:
    rule_late(session)
    assert Rulings(session).obstacles() == []
    Appeals(session).file("s1", by="王磊", why="电梯故障")
    assert Rulings(session).obstacles() == ["还有 1 件申诉没有处理，暂不能封存。"]
    with pytest.raises(UserProblem, match="申诉没有处理"):
        Rulings(session).seal(by="甲")
    Appeals(session).close("s1", by="乙", why="查无故障记录")
    assert Rulings(session).obstacles() == [] and counted(session) is Violation.LATE


def test_an_appeal_that_succeeds_changes_the_ruling_and_the_log_keeps_both(session: MeetingSession) -> None:
    rule_late(session)
    Appeals(session).file("s1", by="王磊", why="电梯故障")
    Appeals(session).close("s1", by="乙", why="物业证明", decision=Decision.EXCUSED)
    assert counted(session) is None
    case = Rulings(session).case("s1")
    assert case is not None and case.appeal is None
    kinds = [event.kind for event in case.events if event.at > START + timedelta(days=1)]
    assert kinds == [EventKind.RULING, EventKind.APPEAL, EventKind.APPEAL_CLOSED, EventKind.RULING]


def test_an_appeal_itself_changes_no_verdict(session: MeetingSession) -> None:
    rule_late(session)
    before = session.verdict("s1")
    Appeals(session).file("s1", by="王磊", why="电梯故障")
    assert session.verdict("s1") == before


@pytest.mark.parametrize(("by", "why"), [("", "有理由"), ("王磊", " ")])
def test_name_and_reason_are_wanted(session: MeetingSession, by: str, why: str) -> None:
    rule_late(session)
    with pytest.raises(UserProblem, match="申诉人和理由"):
        Appeals(session).file("s1", by=by, why=why)
    assert open_appeals(session.state) == {}


def test_what_was_never_ruled_or_filed_cannot_be_appealed_or_decided(session: MeetingSession) -> None:
    with pytest.raises(UserProblem, match="还没有认定"):
        Appeals(session).file("s1", by="王磊", why="电梯故障")
    with pytest.raises(UserProblem, match="没有等待处理的申诉"):
        Appeals(session).close("s1", by="乙", why="无")
    rule_late(session)
    Appeals(session).file("s1", by="王磊", why="电梯故障")
    with pytest.raises(UserProblem, match="已有申诉"):
        Appeals(session).file("s1", by="王磊", why="再说一次")


def test_a_notice_to_everybody_is_evidence_in_every_case(session: MeetingSession) -> None:
    appeals = Appeals(session)
    appeals.notified("文件", START - timedelta(days=7), by="甲")
    appeals.notified("电话", START - timedelta(days=1), by="甲", seat_id="s1")
    case = Rulings(session).case("s1")
    assert case is not None
    assert [one.body["means"] for one in case.events if one.kind is EventKind.NOTIFIED] == ["文件", "电话"]
    with pytest.raises(UserProblem, match="还没有到"):
        appeals.notified("短信", START + timedelta(days=30), by="甲")


@pytest.fixture
def two_posts(data_dir: Path) -> Iterator[MeetingSession]:
    """王磊 sits for two units and came to neither seat."""
    with open_folder(data_dir, "console", FixedClock(START + timedelta(days=9))) as folder:
        plan = MeetingPlan("例会", START, rule_set=folder.office.rule_set("ladder"), counts=True)
        held = folder.office.open(folder.office.create(plan))
        seats = [
            Seat("s1", 1, "县水利局", "王磊"),
            Seat("s2", 2, "县河长办", "王磊", same_person="s1"),
        ]
        roster = {"seats": [one.to_json() for one in seats]}
        held.state_facts([Fact(EventKind.ROSTER_LOADED, START, body=roster), Fact(EventKind.OPENED, START)])
        held.state_facts([Fact(EventKind.ADJOURNED, START + timedelta(hours=1))])
        yield held


def decided(session: MeetingSession) -> list[Decision | None]:
    """What holds on either seat."""
    rulings = [session.state.facts_of(seat).ruling for seat in session.state.seats]
    return [one.decision if one else None for one in rulings]


def test_the_appeal_of_one_post_leaves_the_other_as_it_was_ruled(two_posts: MeetingSession) -> None:
    # GIVEN one ruling, which holds for both posts
    Rulings(two_posts).rule("s1", Decision.ABSENT, by="甲")
    assert decided(two_posts) == [Decision.ABSENT, Decision.ABSENT]

    # WHEN the appeal of the second post succeeds
    appeals = Appeals(two_posts)
    appeals.file("s2", by="王磊", why="河长办已另派人请假")
    assert set(open_appeals(two_posts.state)) == {"s2"}
    first = Rulings(two_posts).case("s1")
    assert first is not None and first.appeal is None
    appeals.close("s2", by="乙", why="有书面假条", decision=Decision.ON_LEAVE)

    # THEN the first keeps its ruling and its history
    assert decided(two_posts) == [Decision.ABSENT, Decision.ON_LEAVE]
    first, second = (Rulings(two_posts).case(seat) for seat in ("s1", "s2"))
    assert first is not None and second is not None
    assert EventKind.APPEAL not in {event.kind for event in first.events}
    assert [one.kind for one in second.events][-2:] == [EventKind.APPEAL_CLOSED, EventKind.RULING]


def test_a_later_ruling_on_the_other_post_does_not_undo_an_appeal(two_posts: MeetingSession) -> None:
    rulings, appeals = Rulings(two_posts), Appeals(two_posts)
    rulings.rule("s1", Decision.ABSENT, by="甲")
    appeals.file("s2", by="王磊", why="已请假")
    appeals.close("s2", by="乙", why="有假条", decision=Decision.ON_LEAVE)
    rulings.rule("s1", Decision.EXCUSED, by="甲", reason="防汛值班")
    assert decided(two_posts) == [Decision.EXCUSED, Decision.ON_LEAVE]


def test_withdrawing_what_an_appeal_decided_brings_the_common_ruling_back(two_posts: MeetingSession) -> None:
    rulings, appeals = Rulings(two_posts), Appeals(two_posts)
    rulings.rule("s1", Decision.ABSENT, by="甲")
    appeals.file("s2", by="王磊", why="已请假")
    appeals.close("s2", by="乙", why="有假条", decision=Decision.ON_LEAVE)
    rulings.withdraw("s2", by="乙")
    assert decided(two_posts) == [Decision.ABSENT, Decision.ABSENT]
