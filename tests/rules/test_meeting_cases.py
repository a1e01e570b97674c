"""Whole meetings: before the end, two posts of one person, and what totals make of verdicts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from attendance_case import rules
from story import LADDER, Story, leader, moment, seat

from huifeng_desktop.domain.attendance import Decision
from huifeng_desktop.domain.events import EventKind
from huifeng_desktop.domain.rule_set import LateBase, LeftEarlyUse
from huifeng_desktop.rules.context import context_of
from huifeng_desktop.rules.totals import total

IN_LADDER = rules(left_early=LeftEarlyUse.LADDER)

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


@pytest.mark.parametrize("base", [LateBase.NOTIFIED, LateBase.LATER])
def test_rules_that_answer_it_raise_no_question(base: LateBase) -> None:
    story = Story(rules=rules(late_base=base))
    story.opens("14:40")

    assert not context_of(story.state(), moment("14:41")).must_ask_late_base


def test_who_never_signed_is_told_of_by_the_first_headcount_that_saw_them() -> None:
    story = Story().held()
    story.count("15:20", seen=["s1"])
    story.count("15:05", seen=["s1"])
    story.count("15:00", unseen=["s1"])

    (reason,) = [one for one in story.verdict().reasons if one.code == "seen_not_signed"]
    assert reason.at == moment("15:05")


def test_an_explanation_is_due_with_the_appeal_window_or_three_working_days_on() -> None:
    story = Story(rules=rules(appeal_days=10)).held()
    context = context_of(story.state(), moment("17:00"))

    assert context.explain_until(moment("16:30")) == context.appeal_deadline
    assert context.appeal_deadline == moment("2026-03-26T23:59:59")
    assert context.explain_until(moment("2026-03-26T23:59:59")) == moment("2026-03-31T23:59:59")


@pytest.mark.parametrize(
    ("as_of", "is_expired"), [("2026-03-17T23:59:59", False), ("2026-03-18T00:00:00", True)]
)
def test_a_deferral_runs_out_to_the_second(as_of: str, is_expired: bool) -> None:
    story = Story().held()
    story.rule(Decision.DEFERRED)

    verdict = story.verdict(as_of=as_of)
    (due,) = [one for one in verdict.reasons if one.code == "explanation_due"]
    assert due.detail["expired"] is is_expired and verdict.pending


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


def test_a_leader_whom_nothing_is_charged_is_among_the_late_and_those_who_left_early() -> None:
    story = Story(leader("s1"), leader("s2")).held()
    story.signs("14:41", "s1")
    story.signs("14:20", "s2")
    story.leaves("15:00", "s2")

    totals = total(story.verdicts(), LADDER)
    assert (totals.late, totals.left_early) == (1, 1)


def test_a_legal_meeting_is_attended_in_person_only() -> None:
    legal = replace(LADDER, in_person_only=True)
    story = Story(seat("s1"), seat("s2", "乙"), rules=legal).held()
    story.signs("14:20", "s1")
    story.signs("14:20", "s2", deputy="丁", approved=True)

    totals = total(story.verdicts(), legal)

    assert (totals.expected, totals.present, totals.approved_deputy) == (2, 1, 1)
    assert totals.in_person_only and not total(story.verdicts(), LADDER).in_person_only
    assert totals.identity_holds
