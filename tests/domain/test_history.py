"""The index of events by seat says what a look through the whole log would say."""

from __future__ import annotations

from story import Story, seat

from huifeng_desktop.domain.attendance import Decision
from huifeng_desktop.domain.events import Event, EventKind
from huifeng_desktop.domain.state import MeetingState


def told() -> Story:
    story = Story(seat("s1", "甲"), seat("s2", "乙"), seat("s3", "甲", "县统计局", same_person="s1"))
    story.opens()
    wrong = story.signs("14:31", "s1")
    story.signs("14:29", "s2")
    story.annul(wrong)
    head = story.count("15:00", seen=["s3"], unseen=["s2"])
    story.rule(Decision.ABSENT, "s3")
    story.annul(head)
    return story


def looked_up(log: list[Event], posts: set[str]) -> list[str]:
    """The slow way."""
    about = [one for one in log if one.subject in posts]
    about += [one for one in log if posts & {*one.body.get("seen", ()), *one.body.get("unseen", ())}]
    ids = {one.event_id for one in about}
    about += [one for one in log if one.kind is EventKind.ANNULLED and one.subject in ids]
    return [one.event_id for one in sorted(about, key=lambda one: one.order)]


def test_both_posts_share_one_history_with_annulments_and_headcounts() -> None:
    story = told()
    state = story.state()
    for seat_id, posts in (("s1", {"s1", "s3"}), ("s2", {"s2"}), ("s3", {"s1", "s3"})):
        assert [one.event_id for one in state.events_about(seat_id)] == looked_up(story.events, posts)


def test_the_history_is_the_same_in_whatever_order_events_arrive() -> None:
    story, backwards = told(), MeetingState("m")
    for event in reversed(story.events):
        backwards.apply(event)
        backwards.apply(event)
    assert backwards.events_about("s1") == story.state().events_about("s1")
    assert [one.kind for one in backwards.events_of("")][-1] is EventKind.MEETING_CREATED
