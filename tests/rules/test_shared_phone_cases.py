"""One telephone for two names: what makes it a doubt, and what settles the doubt."""

from __future__ import annotations

import pytest
from story import Story, moment, seat

from huifeng_desktop.domain.events import EventKind
from huifeng_desktop.domain.phones import PhoneLevel
from huifeng_desktop.rules.verdict import Flag, Verdict


def shared(level: PhoneLevel = PhoneLevel.STANDARD) -> Story:
    """甲 signs in at 14:20, and 乙 from the same telephone at 14:25."""
    story = Story(seat("s1", "甲"), seat("s2", "乙")).held()
    for at, who in (("14:20", "s1"), ("14:25", "s2")):
        body = {"method": "phone", "device": "d", "level": level.value}
        story.tell(EventKind.SIGN_IN, at, who, body)
    return story


def doubted(story: Story) -> Verdict:
    first, second = story.verdicts()
    assert not first.pending and Flag.DEVICE_SHARED not in first.flags
    assert Flag.DEVICE_SHARED in second.flags
    return second


@pytest.mark.parametrize(
    ("level", "is_pending"),
    [(PhoneLevel.LENIENT, False), (PhoneLevel.STANDARD, True), (PhoneLevel.STRICT, False)],
)
def test_the_second_name_is_a_doubt_under_the_standard_level_alone(
    level: PhoneLevel, is_pending: bool
) -> None:
    assert doubted(shared(level)).pending is is_pending


@pytest.mark.parametrize(("at", "is_pending"), [("14:24:59", True), ("14:25:00", False), ("15:00", False)])
def test_a_headcount_settles_it_only_from_the_signing_on(at: str, is_pending: bool) -> None:
    story = shared()
    story.count(at, seen=["s2"])
    assert doubted(story).pending is is_pending


def test_a_headcount_that_missed_the_person_settles_nothing() -> None:
    story = shared()
    story.count("15:00", unseen=["s2"])
    assert doubted(story).pending


def test_a_word_for_this_very_entry_settles_it() -> None:
    story = shared()
    story.tell(EventKind.VOUCHED, "14:40", "s2", {"entry": "another", "by": "刘芳"})
    assert doubted(story).pending
    entry = next(one for one in story.events if one.kind is EventKind.SIGN_IN and one.subject == "s2")
    story.tell(EventKind.VOUCHED, "14:41", "s2", {"entry": entry.event_id, "by": "刘芳"})
    assert not doubted(story).pending


def test_who_was_confirmed_at_the_desk_is_no_doubt() -> None:
    story = shared()
    body = {"method": "phone", "device": "d", "confirmed_by": "刘芳"}
    story.tell(EventKind.SIGN_IN, "14:21", "s2", body)
    assert not doubted(story).pending


def test_who_asked_twice_and_was_never_answered_is_told_of_by_the_first_time() -> None:
    story = Story().held()
    for at in ("14:26", "14:22"):
        story.tell(EventKind.PHONE_PROPOSED, at, "s1", {"method": "phone", "device": "d"})

    verdict = story.verdict()
    (reason,) = [one for one in verdict.reasons if one.code == "phone_unconfirmed"]
    assert verdict.pending and reason.at == moment("14:22")
