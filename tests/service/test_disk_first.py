"""Disk before display: whoever is told of an operation finds it committed, by another connection."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import timedelta

import pytest
from desk_office import Meeting, beside

from huifeng_desktop.clock import FixedClock
from huifeng_desktop.service.bus import Change

Step = Callable[[Meeting], object]


def _first(meeting: Meeting) -> str:
    return meeting.session.state.items[0].item_id


def _last(meeting: Meeting) -> str:
    return meeting.session.state.items[-1].item_id


def _half_as_long(meeting: Meeting) -> object:
    item = meeting.session.state.items[0]
    return meeting.podium.change_item(dataclasses.replace(item, limit_s=300))


def _turned_round(meeting: Meeting) -> object:
    return meeting.podium.reorder([item.item_id for item in reversed(meeting.session.state.items)])


def _three_minutes_ago(meeting: Meeting) -> object:
    return meeting.podium.forgot_since(meeting.session.now().wall - timedelta(minutes=3))


OPERATIONS: dict[str, tuple[list[Step], Step]] = {
    "open": ([], lambda m: m.podium.declare_opened()),
    "limit the meeting": ([], lambda m: m.podium.limit_meeting(85 * 60)),
    "start": ([], lambda m: m.podium.start()),
    "jump": ([], lambda m: m.podium.start(_last(m))),
    "next": ([lambda m: m.podium.start()], lambda m: m.podium.finish_and_next()),
    "pause": ([lambda m: m.podium.start()], lambda m: m.podium.pause()),
    "resume": ([lambda m: m.podium.start(), lambda m: m.podium.pause()], lambda m: m.podium.resume()),
    "extend": ([lambda m: m.podium.start()], lambda m: m.podium.adjust(60)),
    "finish": ([lambda m: m.podium.start()], lambda m: m.podium.finish()),
    "skip": ([], lambda m: m.podium.skip()),
    "postpone": ([], lambda m: m.podium.postpone(_first(m))),
    "remove": ([], lambda m: m.podium.remove_item(_last(m))),
    "insert": ([], lambda m: m.add_items(5)),
    "drag": ([], _turned_round),
    "change the limit": ([lambda m: m.podium.start()], _half_as_long),
    "correct": (
        [lambda m: m.podium.start(), lambda m: m.podium.finish()],
        lambda m: m.podium.correct(_first(m), 240, why="看错了表"),
    ),
    "forgotten, seconds": ([lambda m: m.podium.start()], lambda m: m.podium.forgot_to_start(30)),
    "forgotten, moment": ([lambda m: m.podium.start()], _three_minutes_ago),
    "undo": ([lambda m: m.podium.start()], lambda m: m.podium.undo_last()),
    "join the queue": ([], lambda m: m.podium.join_queue("陆川")),
    "leave the queue": (
        [lambda m: m.podium.join_queue("陆川")],
        lambda m: m.podium.leave_queue(m.podium.queue()[0].item_id),
    ),
    "speak from the queue": ([lambda m: m.podium.join_queue("陆川")], lambda m: m.podium.start_queued()),
    "adjourn": ([lambda m: m.podium.declare_opened()], lambda m: m.podium.declare_adjourned()),
}


@pytest.mark.parametrize("name", OPERATIONS)
def test_who_is_told_of_an_operation_finds_it_on_disk(meeting: Meeting, clock: FixedClock, name: str) -> None:
    """GIVEN a display that listens WHEN it is told THEN a second connection already reads the same events."""
    before, operation = OPERATIONS[name]
    meeting.add_items(10, 5, 5)
    for step in before:
        step(meeting)
        clock.advance(120)
    told: list[bool] = []
    with beside(meeting) as other:

        def look(change: Change) -> None:
            other.session.catch_up(force=True)
            told.append(all(other.session.state.knows(event.event_id) for event in change.events))

        meeting.session.bus.subscribe(look)
        operation(meeting)
    assert told and all(told)
