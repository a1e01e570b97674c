"""Sleep, a wall clock that is set, a restart: each is told once, and none of them is told for nothing."""

from __future__ import annotations

import pytest
from story import Story, moment

from huifeng_desktop.clock import FixedClock
from huifeng_desktop.domain.agenda import AgendaItem
from huifeng_desktop.domain.events import EventKind
from huifeng_desktop.domain.state import MeetingState
from huifeng_desktop.ui.time_watch import TimeWatch


@pytest.fixture
def clock() -> FixedClock:
    """The moment of the opening."""
    return FixedClock(moment("14:30"))


def timed(clock: FixedClock, *, is_open: bool = True) -> MeetingState:
    """财政工作 is being timed, if the meeting is open."""
    story = Story()
    story.tell(EventKind.AGENDA_LOADED, "08:00", body={"items": [AgendaItem("i1", "财政工作").to_json()]})
    if is_open:
        story.opens()
        body = {"elapsed_s": 0, "anchor": clock.reading().to_json()}
        story.tell(EventKind.TIMER_STARTED, "14:30", "i1", body)
    return story.state()


def test_six_seconds_without_a_tick_are_told_and_five_are_not(clock: FixedClock) -> None:
    state, watch = timed(clock), TimeWatch()
    watch.poll(clock.reading(), state)
    for seconds, told in ((5.0, False), (6.0, True)):
        clock.advance(seconds)
        assert bool(watch.poll(clock.reading(), state)) is told


def test_after_sleep_the_operator_is_told_once_that_time_went_on(clock: FixedClock) -> None:
    state, watch = timed(clock), TimeWatch()
    watch.poll(clock.reading(), state)
    clock.advance(200)

    said = watch.poll(clock.reading(), state)
    clock.advance(0.1)

    assert "3 分 20 秒" in said and "财政工作" in said
    assert watch.poll(clock.reading(), state) == ""
    assert state.timing("i1").elapsed(clock.reading()) == pytest.approx(200.1)


@pytest.mark.parametrize(("step", "word"), [(-3600, "拨慢"), (86400, "拨快")])
def test_a_wall_clock_that_was_set_is_told_with_its_way(clock: FixedClock, step: int, word: str) -> None:
    state, watch = timed(clock), TimeWatch()
    watch.poll(clock.reading(), state)
    clock.step_wall(step)
    clock.advance(0.1)

    assert word in watch.poll(clock.reading(), state)
    clock.advance(0.1)
    assert watch.poll(clock.reading(), state) == ""


def test_hesitations_and_a_meeting_not_yet_open_are_no_news(clock: FixedClock) -> None:
    watch, state = TimeWatch(), timed(clock, is_open=False)
    for seconds in (0.1, 2.0, 4.9, 600):
        clock.advance(seconds)
        assert watch.poll(clock.reading(), state) == ""


def test_a_speech_that_ran_through_a_restart_is_told_at_the_first_look(clock: FixedClock) -> None:
    state = timed(clock)
    clock.reboot("second")

    assert "重新启动" in TimeWatch().poll(clock.reading(), state)
