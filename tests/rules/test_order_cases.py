"""Named cases: events in every order, taken back, told twice, and merged from another laptop."""

from __future__ import annotations

from itertools import permutations

import pytest
from attendance_case import (
    Case,
    annulled,
    check,
    leave,
    leaves,
    merged,
    nothing,
    returns,
    rule,
    rules,
    seen,
    several,
    signs,
    unseen,
)
from story import seat

from huifeng_desktop.domain.attendance import Decision
from huifeng_desktop.domain.imported import Approval
from huifeng_desktop.domain.people import Category
from huifeng_desktop.domain.rule_set import LeftEarlyUse

IN_LADDER = rules(left_early=LeftEarlyUse.LADDER)
COMES, GOES, IS_BACK = signs("14:20"), leaves("15:00"), returns("15:20")
GONE, RULED = ("signed_then_gone",), ("ruled",)
AFTER_SUBSTITUTE = ("came_after_substitute",)


def in_any_order(name: str, tellings: dict[str, object], **said: object) -> list[Case]:
    """One case for each order in which the same facts are written down: what happened stays the same."""
    return [
        Case(f"{name}, written {'–'.join(order)}", several(*(tellings[one] for one in order)), **said)  # type: ignore[arg-type]
        for order in permutations(tellings)
    ]


CASES = [
    *in_any_order(
        "came, left, came back", {"in": COMES, "out": GOES, "back": IS_BACK}, disposition="in_person"
    ),
    *in_any_order(
        "came, was seen, left",
        {"in": COMES, "seen": seen("14:50"), "out": GOES},
        disposition="in_person",
        counted="left_early",
        early=55,
        rules=IN_LADDER,
    ),
    *in_any_order(
        "came late, was missed, nobody let them out",
        {"in": signs("14:41"), "missed": unseen("15:00")},
        disposition="in_person",
        counted="late",
        late=11,
        pending=True,
        flags=GONE,
    ),
    *in_any_order(
        "was let out, was missed, came back",
        {"in": COMES, "out": GOES, "missed": unseen("15:10"), "back": IS_BACK},
        disposition="in_person",
    ),
    *in_any_order("signed twice", {"late": signs("14:41"), "in time": COMES}, disposition="in_person"),
    # orders in which it happened
    Case(
        "left, and signed again without a return",
        several(COMES, leaves("14:25"), signs("14:28")),
        "in_person",
    ),
    Case(
        "left, missed, then signed again",
        several(COMES, leaves("14:40"), unseen("14:45"), signs("14:50")),
        "in_person",
    ),
    Case(
        "signed again, and left again",
        several(COMES, leaves("14:25"), signs("14:28"), GOES),
        "in_person",
        "left_early",
        early=55,
        rules=IN_LADDER,
    ),
    Case(
        "signed again, then missed",
        several(COMES, leaves("14:25"), signs("14:28"), unseen("15:00")),
        "in_person",
        pending=True,
        flags=GONE,
    ),
    Case(
        "left in the very second of the return",
        several(COMES, leaves("15:00"), returns("15:00")),
        "in_person",
    ),
    Case("returned before ever leaving", several(COMES, returns("14:25")), "in_person"),
    Case("left before 散会, back after it", several(COMES, GOES, returns("15:56")), "in_person"),
    Case("left after 散会", several(COMES, leaves("15:55:01")), "in_person", rules=IN_LADDER),
    Case("an exit of somebody who never signed", GOES, "absent", "absent"),
    Case(
        "missed, seen, missed again",
        several(COMES, unseen("14:40"), seen("14:50"), unseen("15:10")),
        "in_person",
        pending=True,
        flags=GONE,
    ),
    Case(
        "missed twice, seen at last",
        several(COMES, unseen("14:40"), unseen("14:50"), seen("15:10")),
        "in_person",
    ),
    Case(
        "missed in the second of signing",
        several(COMES, unseen("14:20")),
        "in_person",
        pending=True,
        flags=GONE,
    ),
    Case("missed a second before signing", several(unseen("14:19:59"), COMES), "in_person"),
    Case("seen before signing", several(seen("14:19"), COMES), "in_person"),
    Case(
        "out and back, then missed",
        several(COMES, GOES, IS_BACK, unseen("15:30")),
        "in_person",
        pending=True,
        flags=GONE,
    ),
    Case(
        "a permitted exit after a plain one",
        several(COMES, GOES, IS_BACK, leaves("15:30", approved=True)),
        "in_person",
        flags=("left_with_approval",),
        rules=IN_LADDER,
    ),
    Case(
        "a plain exit after a permitted one",
        several(COMES, leaves("15:00", approved=True), IS_BACK, leaves("15:30")),
        "in_person",
        "left_early",
        early=25,
        rules=IN_LADDER,
    ),
    Case(
        "leave after coming is no 销假 of anything",
        several(signs("14:41"), leave(Approval.APPROVED, requested="14:50")),
        "in_person",
        "late",
        11,
        flags=("leave_cancelled",),
    ),
    Case(
        "leave granted, taken back by a refusal",
        several(leave(Approval.APPROVED), leave(Approval.NOT_APPROVED)),
        "absent",
        "absent",
        flags=("leave_not_approved",),
    ),
    Case(
        "leave refused, granted after all",
        several(leave(Approval.NOT_APPROVED), leave(Approval.APPROVED)),
        "on_leave",
    ),
    Case(
        "a substitute signed, then the person came in time: nothing counts, a person decides",
        several(signs("14:25", deputy="丁", approved=False), signs("14:28")),
        "in_person",
        pending=True,
        flags=AFTER_SUBSTITUTE,
    ),
    Case(
        "a substitute signed, then the person came late: late, not 替会, a person decides",
        several(signs("14:25", deputy="丁", approved=False), signs("14:41")),
        "in_person",
        "late",
        11,
        pending=True,
        flags=AFTER_SUBSTITUTE,
    ),
    Case(
        "a substitute signed, then the person came, ruled 替会 all the same",
        several(
            signs("14:25", deputy="丁", approved=False),
            signs("14:41"),
            rule(Decision.UNAPPROVED_SUBSTITUTE),
        ),
        "unapproved_substitute",
        "unapproved_substitute",
        11,
        flags=(*AFTER_SUBSTITUTE, *RULED),
    ),
    Case(
        "a deputy of whom nobody has said anything, then the person",
        several(signs("14:25", deputy="丁"), signs("14:28")),
        "in_person",
        pending=True,
        flags=AFTER_SUBSTITUTE,
    ),
    Case(
        "an approved deputy until the person came: the minutes stay, nothing counts",
        several(signs("14:25", deputy="丁", approved=True), signs("15:10")),
        "in_person",
        None,
        40,
        flags=("came_after_deputy",),
        rules=rules(very_late_min=30),
    ),
    Case(
        "a substitute for an observer, then the observer in time: nobody has to rule",
        several(signs("14:20", deputy="丁", approved=False), signs("14:25")),
        "in_person",
        flags=AFTER_SUBSTITUTE,
        who=seat(category=Category.OBSERVER),
    ),
    Case(
        "a substitute, then the person twice: the first own coming holds",
        several(signs("14:25", deputy="丁", approved=False), signs("14:41"), signs("14:50")),
        "in_person",
        "late",
        11,
        pending=True,
        flags=AFTER_SUBSTITUTE,
    ),
    Case(
        "merged: a substitute at one desk, the person later at another",
        several(signs("14:25", deputy="丁", approved=False), merged(signs("14:41"))),
        "in_person",
        "late",
        11,
        pending=True,
        flags=AFTER_SUBSTITUTE,
    ),
    Case(
        "merged: the person at one desk, a substitute had signed at another",
        several(signs("14:41"), merged(signs("14:25", deputy="丁", approved=False))),
        "in_person",
        "late",
        11,
        pending=True,
        flags=AFTER_SUBSTITUTE,
    ),
    Case(
        "a substitute and the person at the very same second",
        several(signs("14:25"), merged(signs("14:25", deputy="丁", approved=False))),
        "in_person",
    ),
    Case(
        "the person came, then a deputy too",
        several(signs("14:25"), signs("14:28", deputy="丁", approved=False)),
        "in_person",
    ),
    Case(
        "ruled before the headcount",
        several(COMES, rule(Decision.IN_PERSON), unseen("15:00")),
        "in_person",
        flags=(*GONE, *RULED),
    ),
    Case(
        "deferred, then ruled",
        several(rule(Decision.DEFERRED), rule(Decision.ABSENT)),
        "absent",
        "absent",
        flags=RULED,
    ),
    Case(
        "ruled, then deferred",
        several(rule(Decision.ABSENT), rule(Decision.DEFERRED)),
        "absent",
        "absent",
        pending=True,
        flags=("deferred",),
    ),
    # taken back
    Case(
        "the earlier of two sign-ins annulled",
        several(annulled(COMES), signs("14:41")),
        "in_person",
        "late",
        11,
    ),
    Case("the later of two sign-ins annulled", several(COMES, annulled(signs("14:41"))), "in_person"),
    Case("the only sign-in annulled", annulled(COMES), "absent", "absent"),
    Case(
        "a return annulled",
        several(COMES, GOES, annulled(IS_BACK)),
        "in_person",
        "left_early",
        early=55,
        rules=IN_LADDER,
    ),
    Case("a headcount annulled", several(COMES, annulled(unseen("15:00"))), "in_person"),
    Case(
        "a leave annulled: the one before holds",
        several(leave(Approval.ORAL), annulled(leave(Approval.APPROVED))),
        "on_leave",
        flags=("leave_oral",),
    ),
    Case(
        "the last ruling annulled: the one before holds",
        several(rule(Decision.ABSENT), annulled(rule(Decision.EXCUSED))),
        "absent",
        "absent",
        flags=RULED,
    ),
    Case("annulled and told anew", several(annulled(COMES), COMES), "in_person"),
    # merged from a second laptop, older in causal order
    Case("merged: an earlier sign-in", several(signs("14:41"), merged(COMES)), "in_person"),
    Case("merged: a later sign-in", several(COMES, merged(signs("14:41"))), "in_person"),
    Case("merged: the same minute from both desks", several(COMES, merged(COMES)), "in_person"),
    Case(
        "merged: the exit is there, the sign-in here",
        several(COMES, merged(GOES)),
        "in_person",
        "left_early",
        early=55,
        rules=IN_LADDER,
    ),
    Case("merged: the return is there", several(COMES, GOES, merged(IS_BACK)), "in_person"),
    Case(
        "merged: an older leave gives way to the one here",
        several(leave(Approval.NOT_APPROVED), merged(leave(Approval.APPROVED))),
        "absent",
        "absent",
        flags=("leave_not_approved",),
    ),
    Case(
        "merged: an older ruling gives way to the one here",
        several(rule(Decision.EXCUSED), merged(rule(Decision.ABSENT))),
        "absent",
        flags=("ruled", "excused"),
    ),
    Case(
        "merged: a headcount missed them, ours saw them later",
        several(COMES, seen("15:10"), merged(unseen("15:00"))),
        "in_person",
    ),
    Case(
        "merged: a headcount missed them after ours",
        several(COMES, seen("15:00"), merged(unseen("15:10"))),
        "in_person",
        pending=True,
        flags=GONE,
    ),
    Case("merged: nothing but what is known", several(nothing, merged(nothing)), "absent", "absent"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_said_of(case: Case) -> None:
    check(case)
