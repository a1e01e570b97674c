"""Named cases: every switch that the classifier reads, in each of its positions, at its boundaries."""

from __future__ import annotations

import pytest
from attendance_case import (
    Case,
    base,
    check,
    leave,
    leaves,
    nothing,
    rule,
    rules,
    seen,
    several,
    signs,
    unseen,
)
from story import POINTS, leader, seat

from huifeng_desktop.domain.attendance import Decision
from huifeng_desktop.domain.imported import Approval
from huifeng_desktop.domain.people import Category
from huifeng_desktop.domain.rule_set import (
    GoneAtHeadcount,
    LateBase,
    LeftEarlyUse,
    RuleSet,
    SeenUnsigned,
    SubstituteAs,
)

NOTIFIED, LATER = rules(late_base=LateBase.NOTIFIED), rules(late_base=LateBase.LATER)
WIDE, TEN = rules(grace_min=30), rules(grace_min=10)
VERY, AT_ONCE = rules(very_late_min=30), rules(very_late_min=1)
TEN_VERY = rules(grace_min=10, very_late_min=11)
POINTED, IN_LADDER = RuleSet(points=POINTS), rules(left_early=LeftEarlyUse.LADDER)
UNRECORDED = rules(left_early=LeftEarlyUse.NOT_RECORDED)
NO_TOLERANCE = rules(left_early=LeftEarlyUse.LADDER, left_early_tolerance_min=0)
WIDE_TOLERANCE = rules(left_early=LeftEarlyUse.LADDER, left_early_tolerance_min=30)
GONE_EARLY = rules(gone_at_headcount=GoneAtHeadcount.LEFT_EARLY, left_early=LeftEarlyUse.LADDER)
SEEN_LATE = rules(seen_unsigned=SeenUnsigned.LATE)
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
    # 迟到从什么时候算
    Case("ask, opened on time", signs("14:30:01"), "in_person", "late", 1),
    Case(
        "ask, answered notified",
        several(base("notified"), signs("14:36")),
        "in_person",
        "late",
        6,
        opened="14:40",
    ),
    Case("ask, answered opened", several(base("opened"), signs("14:40:00")), "in_person", opened="14:40"),
    Case(
        "ask, answered opened, and later still",
        several(base("opened"), signs("14:40:01")),
        "in_person",
        "late",
        1,
        opened="14:40",
    ),
    Case(
        "ask, the later answer holds",
        several(base("opened"), base("notified"), signs("14:36")),
        "in_person",
        "late",
        6,
        opened="14:40",
    ),
    Case(
        "always notified ignores the answer",
        several(base("opened"), signs("14:36")),
        "in_person",
        "late",
        6,
        rules=NOTIFIED,
        opened="14:40",
    ),
    Case("always notified, to the second", signs("14:30:00"), "in_person", rules=NOTIFIED, opened="14:40"),
    Case(
        "the later of the two ignores the answer",
        several(base("notified"), signs("14:40:00")),
        "in_person",
        rules=LATER,
        opened="14:40",
    ),
    Case("the later of the two, opened on time", signs("14:30:01"), "in_person", "late", 1, rules=LATER),
    Case(
        "the later of the two, opened half a second late",
        signs("14:30:01"),
        "in_person",
        "late",
        1,
        rules=LATER,
        opened="14:30:00.500",
    ),
    # 宽限
    Case("no grace, on the second", signs("14:30:00"), "in_person"),
    Case("grace of ten, on its last second", signs("14:40:00"), "in_person", rules=TEN),
    Case("grace of ten, a second on", signs("14:40:01"), "in_person", "late", 11, rules=TEN),
    Case("grace of thirty, on its last second", signs("15:00:00"), "in_person", rules=WIDE),
    Case("grace of thirty, a second on", signs("15:00:01"), "in_person", "late", 31, rules=WIDE),
    Case(
        "grace after a late opening",
        several(base("opened"), signs("14:50:00")),
        "in_person",
        rules=TEN,
        opened="14:40",
    ),
    # 迟到多久按缺席
    Case("very late at 29:59", signs("14:59:59"), "in_person", "late", 30, rules=VERY),
    Case("very late at 30:00", signs("15:00:00"), "absent", "absent", 30, flags=("very_late",), rules=VERY),
    Case("very late at 30:01", signs("15:00:01"), "absent", "absent", 31, flags=("very_late",), rules=VERY),
    Case("very late from one minute: 59 s", signs("14:30:59"), "in_person", "late", 1, rules=AT_ONCE),
    Case(
        "very late from one minute: 60 s",
        signs("14:31:00"),
        "absent",
        "absent",
        1,
        flags=("very_late",),
        rules=AT_ONCE,
    ),
    Case("very late beside a grace: inside it", signs("14:40:00"), "in_person", rules=TEN_VERY),
    Case("very late beside a grace: between", signs("14:40:30"), "in_person", "late", 11, rules=TEN_VERY),
    Case(
        "very late beside a grace: past both",
        signs("14:41:00"),
        "absent",
        "absent",
        11,
        flags=("very_late",),
        rules=TEN_VERY,
    ),
    Case("without the switch nobody is too late", signs("15:54:59"), "in_person", "late", 85),
    Case(
        "very late, an approved deputy is charged to nobody",
        signs("15:20", deputy="丁", approved=True),
        "approved_deputy",
        None,
        50,
        rules=VERY,
    ),
    Case(
        "very late from leave that holds: 销假",
        several(leave(Approval.APPROVED), signs("15:20")),
        "in_person",
        None,
        50,
        flags=("leave_cancelled",),
        rules=VERY,
    ),
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
