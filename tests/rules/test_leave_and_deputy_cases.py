"""Named cases: leave, deputies, rulings, what was undone, who is exempt (DOMAIN §3, §4)."""

from __future__ import annotations

import pytest
from attendance_case import Case, check, leave, nothing, rule, rules, seen, several, signs, unseen
from story import leader, seat

from huifeng_desktop.domain.attendance import Decision
from huifeng_desktop.domain.imported import Approval
from huifeng_desktop.domain.people import Category
from huifeng_desktop.domain.rule_set import (
    LeftEarlyUse,
    SubstituteAs,
)

ORAL, APPROVED, REFUSED = Approval.ORAL, Approval.APPROVED, Approval.NOT_APPROVED
IN_LADDER = rules(left_early=LeftEarlyUse.LADDER)
VERY_LATE = rules(very_late_min=30)

CASES = [
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
    check(case)
