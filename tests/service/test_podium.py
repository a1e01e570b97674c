"""The agenda and its timers: nothing is lost, whoever presses what."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from desk_office import Meeting, beside
from story import moment

from huifeng_desktop.clock import FixedClock
from huifeng_desktop.domain.agenda import AgendaItem, ItemKind
from huifeng_desktop.domain.events import EventKind
from huifeng_desktop.domain.speaker_timer import Phase, Run
from huifeng_desktop.errors import UserProblem


@pytest.fixture
def items(meeting: Meeting) -> list[str]:
    """Three reports of ten, five and five minutes."""
    return meeting.add_items(10, 5, 5)


def spoken(meeting: Meeting) -> list[int | None]:
    """The spoken seconds of every item."""
    return [row.spoken_s for row in meeting.podium.rows()]


def runs(meeting: Meeting) -> list[Run]:
    """How far every item has come."""
    return [row.run for row in meeting.podium.rows()]


def test_what_follows_is_counted_however_few_are_named(meeting: Meeting) -> None:
    meeting.add_items(*[5] * 6)
    meeting.podium.start()
    assert (len(meeting.podium.coming()), meeting.podium.following()) == (3, 5)
    meeting.podium.skip(meeting.podium.coming()[0][1].item_id)
    assert meeting.podium.following() == 4


def test_the_view_follows_the_current_item_and_then_the_next(
    meeting: Meeting, clock: FixedClock, items: list[str]
) -> None:
    waiting = meeting.podium.view()
    meeting.podium.start()
    clock.advance(541)
    running = meeting.podium.view()

    assert waiting is not None and running is not None
    assert (waiting.number, waiting.run, waiting.phase) == (1, Run.IDLE, Phase.IDLE)
    assert (running.elapsed_s, running.phase, running.allowed_s) == (541, Phase.AMBER, 600)
    assert running.next_item is not None and running.next_item.item_id == items[1]


def test_starting_finishes_the_running_item_in_one_transaction(
    meeting: Meeting, clock: FixedClock, items: list[str]
) -> None:
    heard: list[list[EventKind]] = []
    meeting.session.bus.subscribe(lambda change: heard.append([event.kind for event in change.events]))
    meeting.podium.start()
    clock.advance(100)
    meeting.podium.start(items[2])

    assert heard[-1] == [EventKind.TIMER_FINISHED, EventKind.TIMER_STARTED]
    assert runs(meeting) == [Run.FINISHED, Run.IDLE, Run.RUNNING]
    assert spoken(meeting)[0] == 100


def test_a_running_item_is_not_started_again(meeting: Meeting, items: list[str]) -> None:
    meeting.podium.start()

    with pytest.raises(UserProblem, match="已在计时"):
        meeting.podium.start(items[0])


def test_a_pause_is_not_a_reset(meeting: Meeting, clock: FixedClock, items: list[str]) -> None:
    meeting.podium.start()
    clock.advance(90)
    meeting.podium.pause()
    clock.advance(300)
    meeting.podium.resume()
    clock.advance(10)

    view = meeting.podium.view()
    assert view is not None and view.elapsed_s == 100
    assert meeting.podium.rows()[0].paused_s == 300


def test_next_finishes_the_last_item(meeting: Meeting, clock: FixedClock, items: list[str]) -> None:
    for _ in range(4):
        meeting.podium.finish_and_next()
        clock.advance(60)

    assert runs(meeting) == [Run.FINISHED] * 3
    assert spoken(meeting) == [60, 60, 60]
    assert meeting.podium.view() is None


def test_undoing_next_brings_the_former_speaker_back_with_the_time_going_on(
    meeting: Meeting, clock: FixedClock, items: list[str]
) -> None:
    meeting.podium.start()
    clock.advance(100)
    meeting.podium.finish_and_next()
    clock.advance(5)
    meeting.podium.undo_last()
    clock.advance(5)

    view = meeting.podium.view()
    assert view is not None and (view.number, view.run, view.elapsed_s) == (1, Run.RUNNING, 110)
    assert runs(meeting)[1] is Run.IDLE


def test_undoing_a_start_leaves_what_was_finished_before_it(
    meeting: Meeting, clock: FixedClock, items: list[str]
) -> None:
    meeting.podium.start()
    clock.advance(100)
    meeting.podium.finish()
    meeting.podium.start()
    meeting.podium.undo_last()

    assert runs(meeting) == [Run.FINISHED, Run.IDLE, Run.IDLE]
    assert spoken(meeting)[0] == 100


def test_every_operation_can_be_undone_one_after_another(
    meeting: Meeting, clock: FixedClock, items: list[str]
) -> None:
    for press in (meeting.podium.start, meeting.podium.pause, meeting.podium.resume):
        press()
        clock.advance(10)
    meeting.podium.adjust(60)

    for expected in (Run.RUNNING, Run.PAUSED, Run.RUNNING, Run.IDLE):
        meeting.podium.undo_last()
        assert runs(meeting)[0] is expected
    with pytest.raises(UserProblem, match="没有可以撤销"):
        meeting.podium.undo_last()


def test_forgotten_to_start_sets_the_start_back(
    meeting: Meeting, clock: FixedClock, items: list[str]
) -> None:
    meeting.podium.forgot_to_start(40)
    clock.advance(20)
    meeting.podium.forgot_to_start(30)

    row = meeting.podium.rows()[0]
    assert (row.spoken_s, row.started_at) == (90, moment("13:58:50"))
    assert [(one.was_s, one.became_s) for one in row.corrections] == [(0, 40), (60, 90)]
    assert {one.why for one in row.corrections} == {"刚才忘按了"}


def test_a_start_set_back_ends_the_former_speaker_at_the_same_moment(
    meeting: Meeting, clock: FixedClock, items: list[str]
) -> None:
    meeting.podium.start()
    clock.advance(300)
    meeting.podium.start(items[1], ago_s=60)

    assert spoken(meeting)[:2] == [240, 60]


@pytest.mark.parametrize("seconds", [-1, 12 * 3600 + 1])
def test_a_senseless_start_is_refused(meeting: Meeting, items: list[str], seconds: int) -> None:
    for press in (meeting.podium.forgot_to_start, lambda s: meeting.podium.start(ago_s=s)):
        with pytest.raises(UserProblem, match="0 到 12 小时"):
            press(seconds)
    assert runs(meeting)[0] is Run.IDLE


def test_a_finished_item_is_corrected_and_the_old_value_kept(
    meeting: Meeting, clock: FixedClock, items: list[str]
) -> None:
    meeting.podium.start()
    clock.advance(700)
    meeting.podium.finish()
    meeting.podium.correct(items[0], 395, why="提前结束，忘按")

    row = meeting.podium.rows()[0]
    assert (row.spoken_s, row.over_s, row.run) == (395, 0, Run.FINISHED)
    assert (row.corrections[0].was_s, row.corrections[0].became_s) == (700, 395)


def test_a_running_item_goes_on_from_its_correction(
    meeting: Meeting, clock: FixedClock, items: list[str]
) -> None:
    meeting.podium.start()
    clock.advance(50)
    meeting.podium.correct(items[0], 20, why="多计了")
    clock.advance(5)

    assert spoken(meeting)[0] == 25


def test_a_time_taken_down_by_hand_shows_for_an_item_that_nobody_timed(
    meeting: Meeting, items: list[str]
) -> None:
    meeting.podium.correct(items[0], 372, why="手工记录")
    meeting.podium.skip(items[1])
    meeting.podium.correct(items[1], 100, why="补记")

    assert spoken(meeting)[:2] == [372, 100]
    assert runs(meeting)[:2] == [Run.FINISHED, Run.FINISHED]


def test_a_finished_item_can_be_taken_up_again(meeting: Meeting, clock: FixedClock, items: list[str]) -> None:
    meeting.podium.start()
    clock.advance(100)
    meeting.podium.finish()
    clock.advance(1000)
    meeting.podium.start(items[0])
    clock.advance(10)

    assert spoken(meeting)[0] == 110


def test_granted_time_is_recorded_apart_and_never_falls_below_zero(
    meeting: Meeting, items: list[str]
) -> None:
    meeting.podium.start()
    meeting.podium.adjust(60)
    meeting.podium.adjust(-30)
    row = meeting.podium.rows()[0]

    assert (row.limit_s, row.granted_s, row.allowed_s) == (600, 30, 630)
    with pytest.raises(UserProblem, match="零以下"):
        meeting.podium.adjust(-630)
    with pytest.raises(UserProblem, match="12 小时以上"):
        meeting.podium.adjust(12 * 3600)
    assert meeting.podium.rows()[0].granted_s == 30


def test_skipping_passes_over_and_never_takes_a_spoken_time_away(
    meeting: Meeting, clock: FixedClock, items: list[str]
) -> None:
    meeting.podium.skip()
    meeting.podium.start()
    clock.advance(100)
    meeting.podium.finish()

    assert runs(meeting) == [Run.SKIPPED, Run.FINISHED, Run.IDLE]
    with pytest.raises(UserProblem, match="已有发言用时"):
        meeting.podium.skip(items[1])


def test_the_order_changes_and_the_times_stay_with_their_items(
    meeting: Meeting, clock: FixedClock, items: list[str]
) -> None:
    meeting.podium.start()
    clock.advance(100)
    meeting.podium.reorder([items[2], items[0], items[1]])

    assert [item.item_id for item in meeting.session.state.items] == [items[2], items[0], items[1]]
    assert spoken(meeting) == [None, 100, None]
    following = meeting.podium.next_item()
    assert following is not None and following.item_id == items[1]


def test_an_item_comes_before_another(meeting: Meeting, items: list[str]) -> None:
    meeting.podium.add_item(AgendaItem("", "插播", kind=ItemKind.OTHER, limit_s=390), before=items[1])

    assert [item.title for item in meeting.session.state.items] == ["议题1", "插播", "议题2", "议题3"]


@pytest.mark.parametrize("limit", [0, -5, 12 * 3600 + 1])
def test_an_impossible_limit_is_refused(meeting: Meeting, limit: int) -> None:
    with pytest.raises(UserProblem, match="1 秒到 12 小时"):
        meeting.podium.add_item(AgendaItem("", "发言", limit_s=limit))


def test_neither_a_running_nor_a_finished_item_can_be_removed(
    meeting: Meeting, clock: FixedClock, items: list[str]
) -> None:
    meeting.podium.start()
    with pytest.raises(UserProblem, match="正在计时"):
        meeting.podium.remove_item(items[0])
    meeting.podium.finish()
    with pytest.raises(UserProblem, match="已有发言用时"):
        meeting.podium.remove_item(items[0])
    meeting.podium.remove_item(items[1])

    assert [item.title for item in meeting.session.state.items] == ["议题1", "议题3"]


def test_keys_without_a_running_item_say_so(meeting: Meeting, items: list[str]) -> None:
    presses: list[Callable[[], object]] = [
        meeting.podium.pause,
        meeting.podium.resume,
        meeting.podium.finish,
        lambda: meeting.podium.adjust(60),
    ]
    for press in presses:
        with pytest.raises(UserProblem, match="没有"):
            press()
    assert not any(event.subject in items and "timer" in event.kind for event in meeting.session.state.log)


# -- opening and adjourning --------------------------------------------------------------------------


def test_adjourning_finishes_the_item_before_the_hall(
    meeting: Meeting, clock: FixedClock, items: list[str]
) -> None:
    meeting.podium.declare_opened()
    meeting.podium.start()
    clock.advance(120)
    meeting.podium.declare_adjourned()
    clock.advance(3600)

    assert (runs(meeting)[0], spoken(meeting)[0]) == (Run.FINISHED, 120)


def test_adjourning_afterwards_ends_the_speech_with_the_meeting(
    meeting: Meeting, clock: FixedClock, items: list[str]
) -> None:
    meeting.podium.declare_opened()
    meeting.podium.start()
    clock.advance(1800)
    meeting.podium.declare_adjourned(moment("14:10"))

    assert spoken(meeting)[0] == 600


def test_a_meeting_ends_after_it_began(meeting: Meeting) -> None:
    with pytest.raises(UserProblem, match="还没有宣布开会"):
        meeting.podium.declare_adjourned()
    meeting.podium.declare_opened(moment("14:30"))
    with pytest.raises(UserProblem, match="不晚于开会时间 14:30"):
        meeting.podium.declare_adjourned(moment("14:30"))
    meeting.podium.declare_adjourned(moment("15:55"))
    with pytest.raises(UserProblem, match="不早于散会时间"):
        meeting.podium.declare_opened(moment("15:55"))


# -- after a restart ---------------------------------------------------------------------------------


def test_the_running_timer_is_back_after_the_window_was_killed(
    meeting: Meeting, clock: FixedClock, items: list[str]
) -> None:
    meeting.podium.start()
    clock.advance(60)
    clock.step_wall(-7200)
    with beside(meeting, "console") as again:
        view = again.podium.view()

    assert view is not None and (view.run, view.elapsed_s, view.number) == (Run.RUNNING, 60, 1)


def test_after_a_reboot_the_wall_clock_fills_the_gap(
    meeting: Meeting, clock: FixedClock, items: list[str]
) -> None:
    meeting.podium.start()
    clock.advance(60)
    clock.step_wall(45)
    clock.reboot("second", mono=3.0)
    with beside(meeting, "console") as again:
        clock.advance(5)
        view = again.podium.view()
        again.podium.pause()
        clock.advance(100)

    assert view is not None and view.elapsed_s == 110
    meeting.session.catch_up(force=True)
    assert spoken(meeting)[0] == 110
