"""Named cases: 早退 and its tolerance, and what a headcount says; each switch in every position."""

from __future__ import annotations

import pytest
from attendance_case import (
    Case,
    check,
    leave,
    leaves,
    rule,
    rules,
    seen,
    several,
    signs,
    unseen,
)
from story import POINTS

from huifeng_desktop.domain.attendance import Decision
from huifeng_desktop.domain.imported import Approval
from huifeng_desktop.domain.rule_set import (
    GoneAtHeadcount,
    LeftEarlyUse,
    RuleSet,
    SeenUnsigned,
)

POINTED, IN_LADDER = RuleSet(points=POINTS), rules(left_early=LeftEarlyUse.LADDER)
UNRECORDED = rules(left_early=LeftEarlyUse.NOT_RECORDED)
NO_TOLERANCE = rules(left_early=LeftEarlyUse.LADDER, left_early_tolerance_min=0)
WIDE_TOLERANCE = rules(left_early=LeftEarlyUse.LADDER, left_early_tolerance_min=30)
GONE_EARLY = rules(gone_at_headcount=GoneAtHeadcount.LEFT_EARLY, left_early=LeftEarlyUse.LADDER)
SEEN_LATE = rules(seen_unsigned=SeenUnsigned.LATE)

CASES = [
    # 早退 and its tolerance
    Case(
        "早退 records only",
        several(signs("14:20"), leaves("15:49:59")),
        "in_person",
        early=6,
        violations=("left_early",),
    ),
    Case(
        "早退 in the ladder",
        several(signs("14:20"), leaves("15:49:59")),
        "in_person",
        "left_early",
        early=6,
        rules=IN_LADDER,
    ),
    Case(
        "早退 with points",
        several(signs("14:20"), leaves("15:49:59")),
        "in_person",
        "left_early",
        early=6,
        rules=POINTED,
    ),
    Case(
        "早退 unrecorded",
        several(signs("14:20"), leaves("15:00")),
        "in_person",
        rules=UNRECORDED,
        violations=(),
    ),
    Case(
        "no tolerance, on the second",
        several(signs("14:20"), leaves("15:55:00")),
        "in_person",
        rules=NO_TOLERANCE,
    ),
    Case(
        "no tolerance, a second before",
        several(signs("14:20"), leaves("15:54:59")),
        "in_person",
        "left_early",
        early=1,
        rules=NO_TOLERANCE,
    ),
    Case(
        "tolerance of five, on the second",
        several(signs("14:20"), leaves("15:50:00")),
        "in_person",
        rules=IN_LADDER,
    ),
    Case(
        "tolerance of thirty, on the second",
        several(signs("14:20"), leaves("15:25:00")),
        "in_person",
        rules=WIDE_TOLERANCE,
    ),
    Case(
        "tolerance of thirty, a second before",
        several(signs("14:20"), leaves("15:24:59")),
        "in_person",
        "left_early",
        early=31,
        rules=WIDE_TOLERANCE,
    ),
    # 签到后清点不在
    Case(
        "gone: a person rules",
        several(signs("14:20"), unseen("15:00")),
        "in_person",
        pending=True,
        flags=("signed_then_gone",),
    ),
    Case(
        "gone: 早退 from the headcount on",
        several(signs("14:20"), unseen("15:00")),
        "in_person",
        "left_early",
        early=55,
        flags=("signed_then_gone",),
        rules=GONE_EARLY,
    ),
    Case(
        "gone: seen at the headcount before, gone since the last",
        several(signs("14:20"), seen("14:50"), unseen("15:00")),
        "in_person",
        "left_early",
        early=55,
        flags=("signed_then_gone",),
        rules=GONE_EARLY,
    ),
    Case(
        "gone within the tolerance: nothing",
        several(signs("14:20"), unseen("15:50:00")),
        "in_person",
        flags=("signed_then_gone",),
        rules=GONE_EARLY,
    ),
    Case(
        "gone, the registered exit says when",
        several(signs("14:20"), unseen("15:00"), leaves("15:20")),
        "in_person",
        "left_early",
        early=35,
        flags=("signed_then_gone",),
        rules=GONE_EARLY,
    ),
    Case(
        "gone and late: the heavier label",
        several(signs("14:41"), unseen("15:00")),
        "in_person",
        "late",
        11,
        55,
        flags=("signed_then_gone",),
        rules=GONE_EARLY,
        violations=("late", "left_early"),
    ),
    # 清点在场、没有签到
    Case(
        "seen unsigned: absent until somebody rules",
        seen("15:00"),
        "absent",
        "absent",
        pending=True,
        flags=("seen_not_signed",),
    ),
    Case(
        "seen unsigned: late by the switch",
        seen("15:00"),
        "in_person",
        "late",
        pending=True,
        flags=("seen_not_signed",),
        rules=SEEN_LATE,
    ),
    Case(
        "seen unsigned by the switch, ruled absent",
        several(seen("15:00"), rule(Decision.ABSENT)),
        "absent",
        "absent",
        flags=("seen_not_signed", "ruled"),
        rules=SEEN_LATE,
    ),
    Case(
        "seen unsigned on leave stays on leave",
        several(leave(Approval.APPROVED), seen("15:00")),
        "on_leave",
        pending=True,
        flags=("seen_not_signed",),
        rules=SEEN_LATE,
    ),
    Case(
        "not seen, not signed: the switch does nothing", unseen("15:00"), "absent", "absent", rules=SEEN_LATE
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_said_of(case: Case) -> None:
    check(case)
