"""The slip for the chair: what is read aloud, who is missing, and the leaders' short titles."""

from __future__ import annotations

from dataclasses import replace

import pytest

from huifeng_desktop.domain.people import Category, Deputy, Seat
from huifeng_desktop.domain.rule_set import Quorum, RuleSet
from huifeng_desktop.rules.totals import Totals
from huifeng_desktop.rules.verdict import Disposition, Reason, Verdict
from huifeng_desktop.service.door.brief import Place, brief_of, chair_sentence, short_title

SAMPLE = Totals(
    expected=126,
    present=118,
    in_person=112,
    approved_deputy=4,
    unapproved_substitute=2,
    on_leave=5,
    absent=3,
    leave_all=9,
)


def _seat(number: int, category: Category = Category.MEMBER, **more: str) -> Seat:
    return Seat(f"s{number}", number, "县民政局", f"甲{number}", category=category, **more)


def test_the_sample_meeting_is_read_aloud_as_the_chair_says_it() -> None:
    assert chair_sentence(SAMPLE) == "应到126人，实到118人，请假5人（另有4人经批准派员代会），未到3人。"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"approved_deputy": 0}, "应到126人，实到118人，请假5人，未到3人。"),
        ({"on_leave": 0}, "应到126人，实到118人，4人经批准派员代会，未到3人。"),
        ({"absent": 0}, "应到126人，实到118人，请假5人（另有4人经批准派员代会）。"),
        ({"in_person": 126}, "应到126人，全部到会。"),
        ({"expected": 0}, "名单里还没有应到人员。"),
        (
            {"present": 112, "in_person_only": True},
            "应到126人，实到112人，请假5人（另有4人经批准派员代会，不计入实到），"
            "2人擅自派人顶替（不计入实到），未到3人。",
        ),
    ],
)
def test_parts_that_are_not_there_are_not_said(changes: dict[str, int], sentence: str) -> None:
    assert chair_sentence(replace(SAMPLE, **changes)) == sentence  # type: ignore[arg-type]


def test_the_missing_are_expected_seats_without_anybody_leaders_first() -> None:
    verdicts = [
        Verdict(_seat(1), Disposition.ABSENT),
        Verdict(_seat(2), Disposition.IN_PERSON),
        Verdict(_seat(3), Disposition.ON_LEAVE),
        Verdict(_seat(4, Category.OBSERVER), Disposition.ABSENT),
        Verdict(_seat(5, Category.LEADER), Disposition.ABSENT),
        Verdict(_seat(6, Category.VACANT), None),
    ]
    brief = brief_of(verdicts, RuleSet())
    assert [seat.seat_id for seat in brief.missing] == ["s5", "s1"]
    assert brief.sentence == "应到4人，实到1人，请假1人，未到2人。"
    assert brief.remarks == ("列席1人，到会0人。",)


def test_leaders_are_told_by_short_titles_and_where_they_are() -> None:
    leader = Category.LEADER
    verdicts = [
        Verdict(_seat(1, leader, post="县委书记"), Disposition.IN_PERSON),
        Verdict(_seat(2, leader, post="副县长"), Disposition.ON_LEAVE),
        Verdict(_seat(3, leader, post="县政协主席"), Disposition.APPROVED_DEPUTY, stood_in_by=Deputy("乙")),
        Verdict(_seat(4, leader, post="副县长"), Disposition.ABSENT),
    ]
    brief = brief_of(verdicts, RuleSet())
    assert [(one.title, one.place) for one in brief.leaders] == [
        ("书记", Place.PRESENT),
        ("副县长", Place.LEAVE),
        ("政协主席", Place.DEPUTY),
        ("副县长", Place.AWAITED),
    ]
    assert brief.leaders_present == 1
    assert brief.leaders[1].detail == "甲2　副县长　请假"


@pytest.mark.parametrize(("reason", "note"), [("因公", "因公"), ("因病", "因病"), ("家里有事", "请假")])
def test_why_a_leader_is_on_leave_is_told_in_two_characters(reason: str, note: str) -> None:
    told = (Reason("leave_approved", "e1", None, {"reason": reason}),)
    verdict = Verdict(_seat(1, Category.LEADER, post="副县长"), Disposition.ON_LEAVE, reasons=told)
    assert brief_of([verdict], RuleSet()).leaders[0].note == note


@pytest.mark.parametrize(
    ("post", "short"),
    [
        ("县委副书记、县长", "县长"),
        ("县人大常委会主任", "人大主任"),
        ("县委常委、宣传部部长", "宣传部长"),
        ("县委常委、县纪委书记、县监委主任", "纪委书记"),
        ("县委常委、政法委书记", "政法委书记"),
        ("县委副书记", "副书记"),
        ("县委常委、县委办公室主任", "县委办公室主任"),
        ("经济技术开发区管理委员会主任", "经济技术开发…"),
        ("", ""),
    ],
)
def test_posts_are_shortened_as_colleagues_say_them(post: str, short: str) -> None:
    assert short_title(post) == short


@pytest.mark.parametrize(
    ("strict", "present", "words"),
    [
        (False, 2, "法定人数须达到应到人数的2/3（含2/3），已符合。"),
        (True, 2, "法定人数须超过应到人数的2/3（不含2/3），尚未符合，不能开会。"),
    ],
)
def test_a_quorum_says_whether_equality_is_enough(strict: bool, present: int, words: str) -> None:
    verdicts = [
        Verdict(_seat(number), Disposition.IN_PERSON if number <= present else Disposition.ABSENT)
        for number in (1, 2, 3)
    ]
    assert brief_of(verdicts, RuleSet(quorum=Quorum(2, 3, strict))).remarks == (words,)
