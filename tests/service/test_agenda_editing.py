"""The agenda while the meeting runs: postponing, the queue of a free discussion, undo of every change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from desk_office import Meeting, beside
from story import moment

from huifeng_desktop.clock import FixedClock
from huifeng_desktop.domain.agenda import AgendaItem, ItemKind
from huifeng_desktop.domain.speaker_timer import Run
from huifeng_desktop.errors import UserProblem


@pytest.fixture
def items(meeting: Meeting) -> list[str]:
    """Three reports, the meeting open."""
    ids = meeting.add_items(10, 5, 5)
    meeting.podium.declare_opened()
    return ids


def order(meeting: Meeting) -> list[str]:
    """The agenda's titles."""
    return [item.title for item in meeting.session.state.items]


def test_an_item_is_put_off_behind_the_next_one_that_waits(meeting: Meeting, items: list[str]) -> None:
    meeting.podium.start(items[1])
    meeting.podium.postpone(items[0])

    assert order(meeting) == ["议题2", "议题3", "议题1"]


def test_what_runs_or_has_nothing_behind_it_is_not_put_off(meeting: Meeting, items: list[str]) -> None:
    meeting.podium.start()
    with pytest.raises(UserProblem, match="已经开始"):
        meeting.podium.postpone(items[0])
    with pytest.raises(UserProblem, match="后面没有等待"):
        meeting.podium.postpone(items[2])
    with pytest.raises(UserProblem, match="不在议程里"):
        meeting.podium.postpone("gone")


def test_type_and_limit_change_in_mid_speech_and_the_extension_stays_apart(
    meeting: Meeting, clock: FixedClock, items: list[str]
) -> None:
    meeting.podium.start()
    meeting.podium.adjust(60)
    clock.advance(100)
    item = meeting.session.state.items[0]
    meeting.podium.change_item(replace(item, kind=ItemKind.MULTIMEDIA_REPORT, limit_s=900))

    view = meeting.podium.view()
    assert view is not None
    assert (view.run, view.elapsed_s, view.limit_s, view.granted_s) == (Run.RUNNING, 100, 900, 60)


# -- the queue ---------------------------------------------------------------------------------------


def test_who_is_called_speaks_behind_the_last_item_dealt_with_and_is_in_the_record(
    meeting: Meeting, clock: FixedClock, items: list[str]
) -> None:
    meeting.podium.start()
    clock.advance(100)
    meeting.podium.join_queue("陆川", "县林业局")
    meeting.podium.join_queue("何平", "县统计局", 180)
    meeting.podium.start_queued()
    clock.advance(60)
    meeting.podium.start_queued()

    rows = meeting.podium.rows()
    assert [(row.item.speaker, row.spoken_s, row.limit_s) for row in rows[:3]] == [
        ("", 100, 600),
        ("陆川", 60, 300),
        ("何平", 0, 180),
    ]
    assert meeting.podium.queue() == []


def test_undo_puts_a_speaker_back_in_the_queue_and_lets_the_former_go_on(
    meeting: Meeting, clock: FixedClock, items: list[str]
) -> None:
    meeting.podium.start()
    meeting.podium.join_queue("陆川")
    clock.advance(30)
    meeting.podium.start_queued()
    meeting.podium.undo_last()

    assert [one.speaker for one in meeting.podium.queue()] == ["陆川"]
    view = meeting.podium.view()
    assert view is not None and (view.item.item_id, view.run) == (items[0], Run.RUNNING)


def test_who_drops_out_is_gone_until_undone_also_for_another_window(
    meeting: Meeting, items: list[str]
) -> None:
    meeting.podium.join_queue("陆川")
    meeting.podium.leave_queue(meeting.podium.queue()[0].item_id)
    assert meeting.podium.queue() == []
    meeting.podium.undo_last()
    with beside(meeting) as other:
        assert [one.speaker for one in other.podium.queue()] == ["陆川"]


def test_the_queue_refuses_what_makes_no_sense(meeting: Meeting, items: list[str]) -> None:
    podium = meeting.podium
    podium.join_queue("陆川", "县林业局")
    wrong: list[tuple[Callable[[], object], str]] = [
        (lambda: podium.join_queue("陆 川", "县林业局"), "不必重复报名"),
        (lambda: podium.join_queue("  "), "没有写明"),
        (lambda: podium.join_queue("何平", limit_s=0), "1 秒到 12 小时"),
        (lambda: podium.leave_queue("nobody"), "不在发言名单"),
        (lambda: podium.start_queued("nobody"), "没有等待的人"),
    ]
    for press, sentence in wrong:
        with pytest.raises(UserProblem, match=sentence):
            press()


# -- undo --------------------------------------------------------------------------------------------


def test_every_change_of_the_agenda_since_the_opening_can_be_undone(
    meeting: Meeting, items: list[str]
) -> None:
    podium, before = meeting.podium, order(meeting)
    podium.add_item(AgendaItem("", "插播", limit_s=60), before=items[1])
    podium.remove_item(items[2])
    podium.postpone(items[0])
    podium.change_item(replace(meeting.session.state.items[0], limit_s=30))
    for _ in range(4):
        podium.undo_last()

    assert order(meeting) == before
    podium.undo_last()
    assert meeting.session.state.opened_at is None
    with pytest.raises(UserProblem, match="没有可以撤销"):
        podium.undo_last()


def test_undoing_an_adjournment_lets_the_speech_run_on(
    meeting: Meeting, clock: FixedClock, items: list[str]
) -> None:
    clock.advance(10)
    meeting.podium.start()
    clock.advance(60)
    meeting.podium.declare_adjourned()
    clock.advance(5)
    meeting.podium.undo_last()

    view = meeting.podium.view()
    assert meeting.session.state.adjourned_at is None
    assert view is not None and (view.run, view.elapsed_s) == (Run.RUNNING, 65)


# -- a start set to a moment -------------------------------------------------------------------------


def test_a_forgotten_start_is_set_to_a_moment_of_the_day(
    meeting: Meeting, clock: FixedClock, items: list[str]
) -> None:
    clock.advance(600)
    meeting.podium.forgot_since(moment("14:08:30"))
    clock.advance(30)
    meeting.podium.forgot_since(moment("14:07:00"))

    row = meeting.podium.rows()[0]
    assert (row.spoken_s, row.started_at) == (210, moment("14:07"))
    assert [(one.was_s, one.became_s) for one in row.corrections] == [(0, 90), (120, 210)]


def test_a_moment_to_come_or_after_the_start_is_refused(meeting: Meeting, items: list[str]) -> None:
    with pytest.raises(UserProblem, match="还没有到"):
        meeting.podium.forgot_since(moment("14:00:01"))
    meeting.podium.start()
    with pytest.raises(UserProblem, match="只能往前改"):
        meeting.podium.forgot_since(moment("14:00:00"))


def test_the_end_that_was_set_back_is_in_the_record_of_the_former_speaker(
    meeting: Meeting, clock: FixedClock, items: list[str]
) -> None:
    meeting.podium.start()
    clock.advance(300)
    meeting.podium.start(items[1], ago_s=60)

    first, second = (row.corrections[0] for row in meeting.podium.rows()[:2])
    assert (first.was_s, first.became_s) == (300, 240)
    assert (second.was_s, second.became_s) == (0, 60)


# -- bad input ---------------------------------------------------------------------------------------


def test_an_empty_agenda_says_what_to_do(meeting: Meeting) -> None:
    assert meeting.podium.view() is None
    for press in (meeting.podium.start, meeting.podium.finish_and_next):
        with pytest.raises(UserProblem, match=r"议程|没有正在计时"):
            press()
    with pytest.raises(UserProblem, match="没有可以跳过"):
        meeting.podium.skip()


@pytest.mark.parametrize("seconds", [0, -60, 99 * 3600])
def test_senseless_limits_are_refused_everywhere(meeting: Meeting, items: list[str], seconds: int) -> None:
    item = meeting.session.state.items[0]
    presses: list[Callable[[], object]] = [
        lambda: meeting.podium.change_item(replace(item, limit_s=seconds)),
        lambda: meeting.podium.limit_meeting(seconds),
        lambda: meeting.podium.join_queue("陆川", limit_s=seconds),
    ]
    for press in presses:
        with pytest.raises(UserProblem, match="1 秒到 12 小时"):
            press()
