"""Named cases of attendance: one small story each, with what is to be said of it (DOMAIN §3, §4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from story import LADDER, POINTS, Story, leader, moment, seat

from huifeng_desktop.domain.attendance import Decision
from huifeng_desktop.domain.events import EventKind
from huifeng_desktop.domain.imported import Approval
from huifeng_desktop.domain.people import Category, Seat
from huifeng_desktop.domain.rule_set import (
    GoneAtHeadcount,
    LateBase,
    LeftEarlyUse,
    RuleSet,
    SeenUnsigned,
    SubstituteAs,
)
from huifeng_desktop.rules.context import context_of
from huifeng_desktop.rules.totals import total

HELD = {"opened": "14:30", "adjourned": "15:55"}


@dataclass(frozen=True)
class Case:
    """A story and the facts of its verdict that matter; `rules` are switches turned."""

    name: str
    tell: Callable[[Story], object]
    disposition: str | None
    counted: str | None = None
    late: int = 0
    early: int = 0
    pending: bool = False
    flags: tuple[str, ...] = ()
    rules: RuleSet = LADDER
    who: Seat = seat()
    as_of: str = "17:00"
    opened: str = "14:30"


def rules(**switches: object) -> RuleSet:
    """The ladder with some switches turned."""
    return replace(LADDER, **switches)  # type: ignore[arg-type]


def several(*tellings: Callable[[Story], object]) -> Callable[[Story], object]:
    """One telling after another."""
    return lambda story: [tell(story) for tell in tellings]


def signs(at: str, **more: object) -> Callable[[Story], object]:
    return lambda story: story.signs(at, **more)  # type: ignore[arg-type]


def leave(approval: Approval, **more: str) -> Callable[[Story], object]:
    return lambda story: story.leave(approval, **more)


def seen(at: str) -> Callable[[Story], object]:
    return lambda story: story.count(at, seen=["s1"])


def unseen(at: str) -> Callable[[Story], object]:
    return lambda story: story.count(at, unseen=["s1"])


def rule(decision: Decision) -> Callable[[Story], object]:
    return lambda story: story.rule(decision)


def nothing(story: Story) -> None:
    """Nobody comes and nobody says anything."""


ORAL, APPROVED, REFUSED = Approval.ORAL, Approval.APPROVED, Approval.NOT_APPROVED
IN_LADDER = rules(left_early=LeftEarlyUse.LADDER)
NO_EARLY = rules(left_early=LeftEarlyUse.NOT_RECORDED, points=POINTS)
GRACE = rules(grace_min=10)
VERY_LATE = rules(very_late_min=30)

CASES = [
    # 迟到, to the second
    Case("at 14:30:00 one is punctual", signs("14:30:00"), "in_person"),
    Case("at 14:30:00.9 one still is", signs("14:30:00.900"), "in_person"),
    Case("at 14:30:01 one is a minute late", signs("14:30:01"), "in_person", "late", 1),
    Case("at 14:31:00 it is still one", signs("14:31:00"), "in_person", "late", 1),
    Case("at 14:31:01 it is two", signs("14:31:01"), "in_person", "late", 2),
    Case("an early bird", signs("13:05"), "in_person"),
    Case("within the grace", signs("14:40:00"), "in_person", rules=GRACE),
    Case("past the grace all minutes count", signs("14:40:01"), "in_person", "late", 11, rules=GRACE),
    Case("the earlier of two sign-ins holds", several(signs("14:41"), signs("14:25")), "in_person"),
    Case("仅统计 counts nothing", signs("14:41"), "in_person", None, 11, rules=RuleSet()),
    # the base of 迟到 when the opening was late
    Case("opened later, not asked yet: notified", signs("14:36"), "in_person", "late", 6, opened="14:40:00"),
    Case(
        "always notified",
        signs("14:36"),
        "in_person",
        "late",
        6,
        opened="14:40",
        rules=rules(late_base=LateBase.NOTIFIED),
    ),
    Case(
        "the later of the two",
        signs("14:36"),
        "in_person",
        opened="14:40",
        rules=rules(late_base=LateBase.LATER),
    ),
    Case(
        "the later of the two, and later still",
        signs("14:40:01"),
        "in_person",
        "late",
        1,
        opened="14:40",
        rules=rules(late_base=LateBase.LATER),
    ),
    Case(
        "opened too early changes nothing",
        signs("14:29"),
        "in_person",
        opened="14:20",
        rules=rules(late_base=LateBase.LATER),
    ),
    # very late
    Case("29:59 late is late", signs("14:59:59"), "in_person", "late", 30, rules=VERY_LATE),
    Case(
        "30:00 late is absent",
        signs("15:00:00"),
        "absent",
        "absent",
        30,
        flags=("very_late",),
        rules=VERY_LATE,
    ),
    Case("without the switch it stays late", signs("15:20:00"), "in_person", "late", 50),
    Case(
        "a very late substitute stays a substitute",
        signs("15:20:00", deputy="丁", approved=False),
        "unapproved_substitute",
        "unapproved_substitute",
        50,
        rules=VERY_LATE,
    ),
    # 早退
    Case(
        "exit at 15:50:00 is within the tolerance",
        several(signs("14:20"), lambda s: s.leaves("15:50:00")),
        "in_person",
    ),
    Case(
        "exit at 15:49:59 is six minutes early, outside the ladder",
        several(signs("14:20"), lambda s: s.leaves("15:49:59")),
        "in_person",
        early=6,
    ),
    Case(
        "the switch takes it into the ladder",
        several(signs("14:20"), lambda s: s.leaves("15:49:59")),
        "in_person",
        "left_early",
        early=6,
        rules=IN_LADDER,
    ),
    Case(
        "points count it without a ladder",
        several(signs("14:20"), lambda s: s.leaves("15:00")),
        "in_person",
        "left_early",
        early=55,
        rules=RuleSet(points=POINTS),
    ),
    Case(
        "the switch leaves it unrecorded",
        several(signs("14:20"), lambda s: s.leaves("15:00")),
        "in_person",
        rules=NO_EARLY,
    ),
    Case(
        "an exit and a return",
        several(signs("14:20"), lambda s: s.leaves("15:00"), lambda s: s.returns("15:10")),
        "in_person",
        rules=IN_LADDER,
    ),
    Case(
        "out, back and out again",
        several(
            signs("14:20"),
            lambda s: s.leaves("14:50"),
            lambda s: s.returns("15:10"),
            lambda s: s.leaves("15:20"),
        ),
        "in_person",
        "left_early",
        early=35,
        rules=IN_LADDER,
    ),
    Case(
        "a permitted exit",
        several(signs("14:20"), lambda s: s.leaves("15:00", approved=True)),
        "in_person",
        flags=("left_with_approval",),
        rules=IN_LADDER,
    ),
    Case(
        "late and early: one count, the heavier",
        several(signs("14:41"), lambda s: s.leaves("15:00")),
        "in_person",
        "late",
        11,
        55,
        rules=IN_LADDER,
    ),
    # headcounts
    Case("seen at the headcount", several(signs("14:20"), seen("15:05")), "in_person"),
    Case(
        "signed in and gone",
        several(signs("14:20"), unseen("15:05")),
        "in_person",
        pending=True,
        flags=("signed_then_gone",),
    ),
    Case(
        "signed in and gone, as the switch says 早退 from the headcount on",
        several(signs("14:20"), unseen("15:05")),
        "in_person",
        "left_early",
        early=50,
        flags=("signed_then_gone",),
        rules=rules(gone_at_headcount=GoneAtHeadcount.LEFT_EARLY, left_early=LeftEarlyUse.LADDER),
    ),
    Case(
        "missed by a headcount before arriving",
        several(signs("14:41"), unseen("14:35")),
        "in_person",
        "late",
        11,
    ),
    Case(
        "out at the headcount, and registered so",
        several(signs("14:20"), lambda s: s.leaves("15:00"), unseen("15:05"), lambda s: s.returns("15:09")),
        "in_person",
        rules=IN_LADDER,
    ),
    Case(
        "gone after a return that was registered",
        several(signs("14:20"), lambda s: s.leaves("14:50"), lambda s: s.returns("15:00"), unseen("15:05")),
        "in_person",
        pending=True,
        flags=("signed_then_gone",),
    ),
    Case(
        "missed once, seen at the next", several(signs("14:20"), unseen("15:05"), seen("15:30")), "in_person"
    ),
    Case(
        "seen but never signed in",
        seen("15:05"),
        "absent",
        "absent",
        pending=True,
        flags=("seen_not_signed",),
    ),
    Case(
        "seen but never signed in, as the switch says late",
        seen("15:05"),
        "in_person",
        "late",
        pending=True,
        flags=("seen_not_signed",),
        rules=rules(seen_unsigned=SeenUnsigned.LATE),
    ),
    Case("not seen and not signed in is plainly absent", unseen("15:05"), "absent", "absent"),
    # leave
    Case("nobody came", nothing, "absent", "absent"),
    Case("leave approved", leave(APPROVED), "on_leave"),
    Case("leave refused", leave(REFUSED), "absent", "absent", flags=("leave_not_approved",)),
    Case("oral leave, to be put in writing", leave(ORAL), "on_leave", flags=("leave_oral",)),
    Case(
        "oral leave on the last second of the third working day",
        leave(ORAL),
        "on_leave",
        flags=("leave_oral",),
        as_of="2026-03-17T23:59:59",
    ),
    Case(
        "oral leave after that waits for a ruling",
        leave(ORAL),
        "on_leave",
        pending=True,
        flags=("leave_oral",),
        as_of="2026-03-18T00:00:00",
    ),
    Case(
        "leave asked for after the start",
        leave(APPROVED, requested="14:31"),
        "on_leave",
        pending=True,
        flags=("leave_after_start",),
    ),
    Case("leave asked for just in time", leave(APPROVED, requested="14:30:00"), "on_leave"),
    Case(
        "oral leave asked for after the start",
        leave(ORAL, requested="14:45"),
        "on_leave",
        pending=True,
        flags=("leave_oral", "leave_after_start"),
    ),
    Case("销假", several(leave(APPROVED), signs("14:25")), "in_person", flags=("leave_cancelled",)),
    Case(
        "销假 and late: the minutes stay, no violation",
        several(leave(APPROVED), signs("15:10")),
        "in_person",
        None,
        40,
        flags=("leave_cancelled",),
        rules=VERY_LATE,
    ),
    Case(
        "leave refused, came late",
        several(leave(REFUSED), signs("14:41")),
        "in_person",
        "late",
        11,
    ),
    Case(
        "an oral leave does not excuse being late",
        several(leave(ORAL), signs("14:41")),
        "in_person",
        "late",
        11,
        flags=("leave_cancelled",),
    ),
    Case(
        "leave granted, and seen without a signature",
        several(leave(APPROVED), seen("15:05")),
        "on_leave",
        pending=True,
        flags=("seen_not_signed",),
    ),
    # deputies
    Case("approved at the door", signs("14:25", deputy="丁", approved=True), "approved_deputy"),
    Case(
        "approved by the leave that names him",
        several(leave(APPROVED, deputy="周 喆"), signs("14:25", deputy="周喆")),
        "approved_deputy",
    ),
    Case(
        "the leave names somebody else",
        several(leave(APPROVED, deputy="周喆"), signs("14:25", deputy="丁")),
        "unapproved_substitute",
        "unapproved_substitute",
        pending=True,
        flags=("deputy_unconfirmed",),
    ),
    Case(
        "an oral leave that names him does not approve him",
        several(leave(ORAL, deputy="丁"), signs("14:25", deputy="丁")),
        "unapproved_substitute",
        "unapproved_substitute",
        pending=True,
        flags=("deputy_unconfirmed",),
    ),
    Case(
        "nobody has said",
        signs("14:25", deputy="丁"),
        "unapproved_substitute",
        "unapproved_substitute",
        pending=True,
        flags=("deputy_unconfirmed",),
    ),
    Case(
        "approved by a later word",
        several(signs("14:25", deputy="丁"), lambda s: s.word("丁", approved=True)),
        "approved_deputy",
    ),
    Case(
        "a later word goes before the door's",
        several(signs("14:25", deputy="丁", approved=True), lambda s: s.word("丁", approved=False)),
        "unapproved_substitute",
        "unapproved_substitute",
    ),
    Case(
        "a word about somebody else says nothing",
        several(signs("14:25", deputy="丁"), lambda s: s.word("戊", approved=True)),
        "unapproved_substitute",
        "unapproved_substitute",
        pending=True,
        flags=("deputy_unconfirmed",),
    ),
    Case(
        "refused at the door",
        signs("14:25", deputy="丁", approved=False),
        "unapproved_substitute",
        "unapproved_substitute",
    ),
    Case(
        "refused, counted as absent by the switch",
        signs("14:25", deputy="丁", approved=False),
        "absent",
        "absent",
        rules=rules(substitute_as=SubstituteAs.ABSENT),
    ),
    Case(
        "late and substitute: one count, the fact is kept",
        signs("14:41", deputy="陈昇", approved=False),
        "unapproved_substitute",
        "unapproved_substitute",
        11,
    ),
    Case(
        "a late approved deputy is charged to nobody",
        signs("14:41", deputy="丁", approved=True),
        "approved_deputy",
        None,
        11,
    ),
    # rulings
    Case(
        "ruled absent", several(signs("14:25"), rule(Decision.ABSENT)), "absent", "absent", flags=("ruled",)
    ),
    Case("ruled on leave", rule(Decision.ON_LEAVE), "on_leave", flags=("ruled",)),
    Case(
        "ruled excused: the facts stay",
        several(signs("14:41"), rule(Decision.EXCUSED)),
        "in_person",
        None,
        11,
        flags=("ruled", "excused"),
    ),
    Case(
        "ruled absent with good reason",
        rule(Decision.EXCUSED),
        "absent",
        None,
        flags=("ruled", "excused"),
    ),
    Case(
        "ruled late",
        several(seen("15:05"), rule(Decision.LATE)),
        "in_person",
        "late",
        flags=("seen_not_signed", "ruled"),
    ),
    Case(
        "ruled punctual",
        several(signs("14:41"), rule(Decision.IN_PERSON)),
        "in_person",
        flags=("ruled",),
    ),
    Case(
        "ruled early after being gone at the headcount",
        several(signs("14:20"), unseen("15:05"), rule(Decision.LEFT_EARLY)),
        "in_person",
        "left_early",
        early=50,
        flags=("signed_then_gone", "ruled"),
        rules=IN_LADDER,
    ),
    Case(
        "a ruling on the exit leaves the lateness",
        several(signs("14:41"), unseen("15:05"), rule(Decision.LEFT_EARLY)),
        "in_person",
        "late",
        11,
        50,
        flags=("signed_then_gone", "ruled"),
    ),
    Case(
        "ruled an approved deputy",
        several(signs("14:25", deputy="丁"), rule(Decision.APPROVED_DEPUTY)),
        "approved_deputy",
        flags=("deputy_unconfirmed", "ruled"),
    ),
    Case(
        "ruled a substitute",
        several(signs("14:41", deputy="丁"), rule(Decision.UNAPPROVED_SUBSTITUTE)),
        "unapproved_substitute",
        "unapproved_substitute",
        11,
        flags=("deputy_unconfirmed", "ruled"),
    ),
    Case(
        "deferred: it waits",
        several(signs("14:25", deputy="丁"), rule(Decision.DEFERRED)),
        "unapproved_substitute",
        "unapproved_substitute",
        pending=True,
        flags=("deputy_unconfirmed", "deferred"),
    ),
    Case(
        "the latest ruling holds",
        several(signs("14:41"), rule(Decision.EXCUSED), rule(Decision.LATE)),
        "in_person",
        "late",
        11,
        flags=("ruled",),
    ),
    # undone
    Case("an annulled sign-in", lambda s: s.annul(s.signs("14:25")), "absent", "absent"),
    Case(
        "an annulled exit",
        several(signs("14:20"), lambda s: s.annul(s.leaves("15:00"))),
        "in_person",
        rules=IN_LADDER,
    ),
    Case(
        "an annulled ruling",
        several(signs("14:41"), lambda s: s.annul(s.rule(Decision.EXCUSED))),
        "in_person",
        "late",
        11,
    ),
    # who is outside the ladder
    Case(
        "a leader's lateness counts nowhere",
        signs("14:41"),
        "in_person",
        None,
        11,
        flags=("exempt",),
        who=leader(),
    ),
    Case(
        "a leader is counted when the switch says so",
        signs("14:41"),
        "in_person",
        "late",
        11,
        who=leader(),
        rules=rules(exempt=()),
    ),
    Case("an observer stays away", nothing, "absent", who=seat(category=Category.OBSERVER)),
    Case(
        "an observer's case waits for nobody",
        several(signs("14:20"), unseen("15:05")),
        "in_person",
        flags=("signed_then_gone",),
        who=seat(category=Category.OBSERVER),
    ),
    Case("staff come late", signs("14:41"), "in_person", None, 11, who=seat(category=Category.STAFF)),
    Case("a vacant post", nothing, None, flags=("vacant",), who=seat(name="", category=Category.VACANT)),
]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_what_is_said_of(case: Case) -> None:
    story = Story(case.who, rules=case.rules)
    story.opens(case.opened)
    case.tell(story)
    story.adjourns()

    verdict = story.verdict(as_of=case.as_of)

    assert verdict.disposition == case.disposition
    assert verdict.counted == case.counted
    assert (verdict.late_minutes, verdict.left_early_minutes) == (case.late, case.early)
    assert verdict.pending is case.pending
    assert tuple(flag.value for flag in verdict.flags) == case.flags


def test_the_names_of_the_cases_differ() -> None:
    assert len({case.name for case in CASES}) == len(CASES)


# -- before the end, and what totals make of it ------------------------------------------------------


def test_nobody_is_counted_absent_before_the_start() -> None:
    story = Story()

    assert story.verdict(as_of="14:29:59").counted is None
    assert story.verdict(as_of="14:30:00").counted == "absent"


def test_opening_ahead_of_time_does_not_wait_for_the_clock() -> None:
    story = Story()
    story.opens("14:20")

    assert story.verdict(as_of="14:21").counted == "absent"


def test_nobody_has_left_early_before_adjournment() -> None:
    story = Story(rules=IN_LADDER)
    story.opens()
    story.signs("14:20")
    story.leaves("15:00")

    assert story.verdict(as_of="15:30").left_early_minutes == 0
    assert story.verdict(as_of="15:30").left_at == moment("15:00")


def test_adjourning_in_the_middle_of_a_second_keeps_the_tolerance_to_the_second() -> None:
    story = Story()
    story.opens()
    story.signs("14:20")
    story.leaves("15:50:00.900")
    story.adjourns("15:55:00.950")

    assert story.verdict().left_early_minutes == 0


def test_the_question_about_the_base_is_asked_once_and_answered() -> None:
    story = Story()
    story.signs("14:36")
    story.opens("14:40")
    asked = context_of(story.state(), moment("14:41"))
    story.tell(EventKind.LATE_BASE_CHOSEN, "14:41", body={"base": "opened"})
    answered = context_of(story.state(), moment("14:42"))

    assert asked.must_ask_late_base and not answered.must_ask_late_base
    assert asked.late_base == moment("14:30") and answered.late_base == moment("14:40")
    assert story.verdict().late_minutes == 0


def test_an_opening_on_time_raises_no_question() -> None:
    story = Story()
    story.opens("14:30:00.500")

    assert not context_of(story.state(), moment("14:41")).must_ask_late_base


def test_one_person_with_two_posts_fills_both_seats_with_one_signature() -> None:
    story = Story(
        seat("s1", "刘海波", "县委办公室"), seat("s2", "刘海波", "县直机关工委", same_person="s1")
    ).held()
    story.signs("14:25", "s2")

    assert [one.disposition for one in story.verdicts()] == ["in_person", "in_person"]
    assert total(story.verdicts(), LADDER).expected == 2


def test_the_latest_ruling_on_either_post_holds_for_both() -> None:
    story = Story(
        seat("s1", "刘海波", "县委办公室"), seat("s2", "刘海波", "县直机关工委", same_person="s1")
    ).held()
    story.signs("14:41", "s1")
    story.rule(Decision.ABSENT, "s2")
    story.rule(Decision.EXCUSED, "s1")

    assert [(one.disposition, one.counted) for one in story.verdicts()] == [("in_person", None)] * 2


def test_people_late_by_word_or_by_clock_are_among_the_late() -> None:
    story = Story(*(seat(f"s{n}", name) for n, name in enumerate("甲乙丙丁戊", 1))).held()
    story.signs("14:41", "s1")
    story.count("15:05", seen=["s2"])
    story.rule(Decision.LATE, "s2")
    story.signs("14:41", "s3", deputy="股长甲", approved=False)
    story.signs("14:41", "s4")
    story.rule(Decision.IN_PERSON, "s4")
    story.signs("14:20", "s5")
    story.count("15:05", unseen=["s5"])
    story.rule(Decision.LEFT_EARLY, "s5")

    totals = total(story.verdicts(), LADDER)

    assert (totals.late, totals.left_early, totals.present) == (2, 1, 5)


def test_a_legal_meeting_is_attended_in_person_only() -> None:
    legal = replace(LADDER, in_person_only=True)
    story = Story(seat("s1"), seat("s2", "乙"), rules=legal).held()
    story.signs("14:20", "s1")
    story.signs("14:20", "s2", deputy="丁", approved=True)

    totals = total(story.verdicts(), legal)

    assert (totals.expected, totals.present, totals.approved_deputy) == (2, 1, 1)
    assert totals.identity_holds
