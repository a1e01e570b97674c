"""Named cases: from when 迟到 is reckoned, the grace, when it is too late; each switch in every position."""

from __future__ import annotations

import pytest
from attendance_case import (
    Case,
    base,
    check,
    leave,
    rules,
    several,
    signs,
)

from huifeng_desktop.domain.imported import Approval
from huifeng_desktop.domain.rule_set import (
    LateBase,
)

NOTIFIED, LATER = rules(late_base=LateBase.NOTIFIED), rules(late_base=LateBase.LATER)
WIDE, TEN = rules(grace_min=30), rules(grace_min=10)
VERY, AT_ONCE = rules(very_late_min=30), rules(very_late_min=1)
TEN_VERY = rules(grace_min=10, very_late_min=11)

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
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_said_of(case: Case) -> None:
    check(case)
