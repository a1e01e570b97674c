"""Named cases: oral leave, deputies, what counts and for whom; each switch in every position."""

from __future__ import annotations

import pytest
from attendance_case import (
    Case,
    check,
    leave,
    leaves,
    nothing,
    rules,
    several,
    signs,
)
from story import leader, seat

from huifeng_desktop.domain.imported import Approval
from huifeng_desktop.domain.people import Category
from huifeng_desktop.domain.rule_set import (
    LeftEarlyUse,
    RuleSet,
    SubstituteAs,
)

IN_LADDER = rules(left_early=LeftEarlyUse.LADDER)
AS_ABSENT = rules(substitute_as=SubstituteAs.ABSENT)
EACH = rules(each_counts=True, left_early=LeftEarlyUse.LADDER)
NOBODY_EXEMPT = rules(exempt=())
NO_DAYS, LONG = rules(oral_leave_days=0), rules(oral_leave_days=10)
SATURDAY = rules(working_days=("2026-03-14",))
TUESDAY_OFF = rules(holidays=("2026-03-17",))
ORAL, SUBSTITUTE = leave(Approval.ORAL), signs("14:25", deputy="丁", approved=False)
ORAL_FLAG = ("leave_oral",)
LATE_SUBSTITUTE = signs("14:41", deputy="丁", approved=False)

CASES = [
    # 口头请假几天内补手续
    Case(
        "oral leave, no days: open on the day itself",
        ORAL,
        "on_leave",
        flags=ORAL_FLAG,
        rules=NO_DAYS,
        as_of="23:59:59",
    ),
    Case(
        "oral leave, no days: over the day after",
        ORAL,
        "on_leave",
        pending=True,
        flags=ORAL_FLAG,
        rules=NO_DAYS,
        as_of="2026-03-13T00:00:01",
    ),
    Case(
        "oral leave, three days over a weekend: last second",
        ORAL,
        "on_leave",
        flags=ORAL_FLAG,
        as_of="2026-03-17T23:59:59",
    ),
    Case(
        "oral leave, three days over a weekend: over",
        ORAL,
        "on_leave",
        pending=True,
        flags=ORAL_FLAG,
        as_of="2026-03-18T00:00:00",
    ),
    Case(
        "oral leave, a Saturday that is worked",
        ORAL,
        "on_leave",
        pending=True,
        flags=ORAL_FLAG,
        rules=SATURDAY,
        as_of="2026-03-17T00:00:00",
    ),
    Case(
        "oral leave, a Tuesday off",
        ORAL,
        "on_leave",
        flags=ORAL_FLAG,
        rules=TUESDAY_OFF,
        as_of="2026-03-18T23:59:59",
    ),
    Case("oral leave, ten days", ORAL, "on_leave", flags=ORAL_FLAG, rules=LONG, as_of="2026-03-26T23:59:59"),
    Case(
        "oral leave put in writing in time",
        several(ORAL, leave(Approval.APPROVED)),
        "on_leave",
        as_of="2026-04-01T00:00:00",
    ),
    # 未经批准的代会
    Case("substitute as such", SUBSTITUTE, "unapproved_substitute", "unapproved_substitute"),
    Case("substitute as absent", SUBSTITUTE, "absent", "absent", rules=AS_ABSENT),
    Case(
        "nobody has said: pending as a substitute",
        signs("14:25", deputy="丁"),
        "unapproved_substitute",
        "unapproved_substitute",
        pending=True,
        flags=("deputy_unconfirmed",),
    ),
    Case(
        "nobody has said: pending as absent",
        signs("14:25", deputy="丁"),
        "absent",
        "absent",
        pending=True,
        flags=("deputy_unconfirmed",),
        rules=AS_ABSENT,
    ),
    Case(
        "an approved deputy under the switch",
        signs("14:25", deputy="丁", approved=True),
        "approved_deputy",
        rules=AS_ABSENT,
    ),
    Case(
        "a late substitute as absent keeps its minutes",
        LATE_SUBSTITUTE,
        "absent",
        "absent",
        11,
        rules=AS_ABSENT,
    ),
    # 一次会议有几项
    Case(
        "late and early, one counts",
        several(signs("14:41"), leaves("15:00")),
        "in_person",
        "late",
        11,
        55,
        rules=IN_LADDER,
        violations=("late", "left_early"),
    ),
    Case(
        "late and early, each counts",
        several(signs("14:41"), leaves("15:00")),
        "in_person",
        "late",
        11,
        55,
        rules=EACH,
        violations=("late", "left_early"),
    ),
    Case(
        "late and substitute, one counts",
        LATE_SUBSTITUTE,
        "unapproved_substitute",
        "unapproved_substitute",
        11,
        violations=("unapproved_substitute", "late"),
    ),
    Case(
        "late and substitute, each counts",
        LATE_SUBSTITUTE,
        "unapproved_substitute",
        "unapproved_substitute",
        11,
        rules=EACH,
        violations=("unapproved_substitute", "late"),
    ),
    # 不计的身份
    Case("a leader is exempt", signs("14:41"), "in_person", None, 11, flags=("exempt",), who=leader()),
    Case(
        "a leader is not exempt by the switch",
        signs("14:41"),
        "in_person",
        "late",
        11,
        who=leader(),
        rules=NOBODY_EXEMPT,
    ),
    Case("an exempt leader stays away", nothing, "absent", flags=("exempt",), who=leader()),
    Case(
        "a member is exempt by the switch",
        nothing,
        "absent",
        flags=("exempt",),
        rules=rules(exempt=("member",)),
    ),
    Case(
        "an observer counts by the switch",
        nothing,
        "absent",
        "absent",
        who=seat(category=Category.OBSERVER),
        rules=NOBODY_EXEMPT,
    ),
    # consequences
    Case("the ladder counts a lateness", signs("14:41"), "in_person", "late", 11, violations=("late",)),
    Case(
        "without consequences the fact stays, nothing counts",
        signs("14:41"),
        "in_person",
        None,
        11,
        rules=RuleSet(),
        violations=("late",),
    ),
    Case(
        "points of nought for lateness count nothing",
        signs("14:41"),
        "in_person",
        None,
        11,
        rules=RuleSet(points={"absent": 3.0}),
        violations=("late",),
    ),
    Case("points count an absence", nothing, "absent", "absent", rules=RuleSet(points={"absent": 3.0})),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_said_of(case: Case) -> None:
    check(case)
