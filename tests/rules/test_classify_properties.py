"""What holds for any facts whatever: the identity, and that neither order nor noise decides."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from story import LADDER, POINTS, Story, moment, seat

from huifeng_desktop.domain.attendance import Decision
from huifeng_desktop.domain.events import Event, EventKind
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
from huifeng_desktop.domain.state import MeetingState
from huifeng_desktop.rules import classify as rules_of_seats
from huifeng_desktop.rules.classify import classify
from huifeng_desktop.rules.totals import total
from huifeng_desktop.rules.verdict import Violation

SEATS = (
    seat("s1", "甲"),
    seat("s2", "乙", category=Category.LEADER),
    seat("s3", "丙"),
    seat("s4", "丙", "县统计局", same_person="s3"),
    seat("s5", "戊", category=Category.OBSERVER),
    seat("s6", "己", category=Category.STAFF),
    seat("s7", "", category=Category.VACANT),
)
IDS = [one.seat_id for one in SEATS]

Telling = Callable[[Story], object]
_ids = st.sampled_from(IDS)
_times = st.times(min_value=moment("14:00").time(), max_value=moment("16:10").time()).map(
    lambda time: time.isoformat()
)
_names = st.sampled_from(["", "丁", "周喆"])
_words = st.sampled_from([None, True, False])


def _telling(name: str, *given: object, **more: object) -> Telling:
    return lambda story: getattr(story, name)(*given, **more)


_tellings: st.SearchStrategy[Telling] = st.one_of(
    st.builds(
        lambda at, who, deputy, word: _telling("signs", at, who, deputy, word), _times, _ids, _names, _words
    ),
    st.builds(lambda at, who, ok: _telling("leaves", at, who, approved=ok), _times, _ids, st.booleans()),
    st.builds(lambda at, who: _telling("returns", at, who), _times, _ids),
    st.builds(
        lambda at, seen, unseen: _telling("count", at, seen, unseen), _times, st.lists(_ids), st.lists(_ids)
    ),
    st.builds(
        lambda approval, who, deputy, at: _telling("leave", approval, who, deputy=deputy, requested=at),
        st.sampled_from(Approval),
        _ids,
        _names,
        st.one_of(st.just(""), _times),
    ),
    st.builds(lambda who, ok: _telling("word", "丁", who, approved=ok), _ids, st.booleans()),
    st.builds(lambda decision, who: _telling("rule", decision, who), st.sampled_from(Decision), _ids),
    st.builds(lambda at: _telling("opens", at), _times),
    st.builds(lambda at: _telling("adjourns", at), _times),
)
_rule_sets = st.builds(
    lambda **switches: replace(LADDER, points=POINTS, **switches),
    late_base=st.sampled_from(LateBase),
    grace_min=st.integers(0, 30),
    very_late_min=st.one_of(st.none(), st.integers(1, 90)),
    left_early=st.sampled_from(LeftEarlyUse),
    left_early_tolerance_min=st.integers(0, 10),
    gone_at_headcount=st.sampled_from(GoneAtHeadcount),
    seen_unsigned=st.sampled_from(SeenUnsigned),
    substitute_as=st.sampled_from(SubstituteAs),
    in_person_only=st.booleans(),
    each_counts=st.booleans(),
)


def _told(tellings: list[Telling], rules: RuleSet = LADDER) -> Story:
    story = Story(*SEATS, rules=rules)
    for tell in tellings:
        tell(story)
    return story


@given(st.lists(_tellings, max_size=25), _rule_sets)
@settings(max_examples=150)
def test_the_identity_holds_for_any_facts(tellings: list[Telling], rules: RuleSet) -> None:
    verdicts = _told(tellings, rules).verdicts()
    totals = total(verdicts, rules)

    assert totals.identity_holds and totals.expected == 4
    assert totals.late <= totals.present and totals.left_early <= totals.present <= totals.expected
    assert totals.leave_all == totals.on_leave + totals.approved_deputy
    for verdict in verdicts:
        assert verdict.counted is None or verdict.counted in verdict.violations
        assert list(verdict.violations) == sorted(verdict.violations, key=list(Violation).index)
        assert not (verdict.violations and verdict.seat.category is not Category.MEMBER)
        assert verdict.is_expected or not verdict.pending
        assert verdict.late_minutes >= 0 and verdict.left_early_minutes >= 0


@given(st.lists(_tellings, max_size=25), st.randoms(use_true_random=False))
@settings(max_examples=100)
def test_the_order_in_which_events_arrive_does_not_matter(
    tellings: list[Telling], chance: random.Random
) -> None:
    story = _told(tellings)
    shuffled = list(story.events)
    chance.shuffle(shuffled)
    state = MeetingState("m")
    for event in shuffled:
        state.apply(event)
        state.apply(event)

    assert state.log == story.events
    assert classify(state, moment("17:00")) == story.verdicts()


@given(st.lists(_tellings, min_size=1, max_size=20), st.data())
@settings(max_examples=100)
def test_annulling_an_event_equals_never_having_had_it(tellings: list[Telling], data: st.DataObject) -> None:
    story = _told(tellings)
    victim = data.draw(st.sampled_from(story.events[2:]))
    without = MeetingState("m")
    without.apply_all(event for event in story.events if event is not victim)

    state = story.state()
    state.apply(story.annul(victim))

    assert classify(state, moment("17:00")) == classify(without, moment("17:00"))


@given(st.lists(_tellings, max_size=15), st.data())
@settings(max_examples=80)
def test_what_concerns_others_changes_nothing_for_one(tellings: list[Telling], data: st.DataObject) -> None:
    story = _told(tellings)
    before = story.verdict("s1")
    stranger = data.draw(st.sampled_from(IDS[1:]))
    story.signs("14:50", stranger)
    story.count("15:05", [stranger])
    story.rule(Decision.ABSENT, stranger)
    story.tell(EventKind.TIMER_PAUSED, "15:00", "nowhere", {"elapsed_s": 3})
    story.tell(EventKind.REFUSED, "15:00", "s1", {"outcome": "already"})

    assert story.verdict("s1") == before


@given(st.lists(_tellings, max_size=15))
@settings(max_examples=60)
def test_one_by_one_and_all_at_once_are_the_same(tellings: list[Telling]) -> None:
    story = _told(tellings)
    one_by_one = MeetingState("m")
    fresh: list[Event] = []
    for event in story.events:
        one_by_one.apply(event)
        fresh.append(event)
        assert one_by_one.log == fresh

    assert classify(one_by_one, moment("17:00")) == story.verdicts()


@given(st.lists(_tellings, max_size=12), _rule_sets)
@settings(max_examples=150)
def test_the_short_way_for_who_came_in_time_says_what_the_long_way_says(
    tellings: list[Telling], rules: RuleSet
) -> None:
    story = _told(tellings, rules)
    by_the_short_way = story.verdicts()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rules_of_seats, "_is_plain", lambda *_: False)
        assert story.verdicts() == by_the_short_way
