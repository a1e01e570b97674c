"""Named cases: late, early, very late, headcounts (DOMAIN §3, §4)."""

from __future__ import annotations

import pytest
from attendance_case import Case, check, rules, seen, several, signs, unseen
from story import POINTS

from huifeng_desktop.domain.rule_set import (
    GoneAtHeadcount,
    LateBase,
    LeftEarlyUse,
    RuleSet,
    SeenUnsigned,
)

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
]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_what_is_said_of(case: Case) -> None:
    check(case)
