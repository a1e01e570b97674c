"""Bells by marks: each once, the latest after a stall, absolute or in percent, of each type's own."""

from __future__ import annotations

import pytest

from huifeng_desktop.domain.agenda import ItemKind
from huifeng_desktop.domain.cues import (
    USUAL_MARKS,
    Bell,
    BellTone,
    CuePlan,
    Mark,
    MarkTrack,
    MarkUnit,
    amber_s,
)

SOFT, TWICE = Bell(1), Bell(2)


def rung(allowed: int, marks: tuple[Mark, ...] = USUAL_MARKS, until: int = 1000) -> dict[int, Bell]:
    """The seconds at which something rings."""
    track = MarkTrack()
    heard = [track.poll("i1", second, allowed, marks) for second in range(until)]
    return {second: bell for second, bell in enumerate(heard) if bell}


def test_a_minute_before_the_end_one_stroke_at_the_end_two() -> None:
    assert rung(600) == {540: SOFT, 600: TWICE}


def test_a_very_short_speech_is_warned_at_half_its_time() -> None:
    assert rung(60) == {30: SOFT, 60: TWICE}


def test_any_number_of_marks_before_after_and_in_percent() -> None:
    marks = (
        Mark(MarkUnit.PERCENT, 50, Bell(1, BellTone.LOW)),
        Mark(MarkUnit.BEFORE_END, 120, Bell(2, BellTone.BRIGHT)),
        Mark(MarkUnit.BEFORE_END, 0, Bell(3, BellTone.CHIME)),
        Mark(MarkUnit.AFTER_END, 60, Bell(9, BellTone.CHIME)),
    )

    assert {second: bell.count for second, bell in rung(600, marks).items()} == {
        300: 1,
        480: 2,
        600: 3,
        660: 9,
    }


def test_a_mark_that_lies_before_the_beginning_does_not_ring() -> None:
    assert rung(240, (Mark(MarkUnit.BEFORE_END, 300, SOFT),)) == {}


def test_without_a_limit_nothing_rings() -> None:
    assert MarkTrack().poll("i1", 9999, None, USUAL_MARKS) is None


def test_after_a_stall_only_the_latest_mark_rings() -> None:
    track = MarkTrack()
    track.poll("i1", 10, 600, USUAL_MARKS)

    assert [track.poll("i1", at, 600, USUAL_MARKS) for at in (700, 701)] == [TWICE, None]


def test_granted_time_and_corrections_make_bells_due_once_more() -> None:
    track = MarkTrack()
    track.poll("i1", 605, 600, USUAL_MARKS)

    assert [track.poll("i1", at, 720, USUAL_MARKS) for at in (606, 660, 720)] == [None, SOFT, TWICE]


def test_the_next_item_has_all_its_bells() -> None:
    track = MarkTrack()
    track.poll("i1", 605, 600, USUAL_MARKS)

    assert track.poll("i2", 605, 600, USUAL_MARKS) == TWICE


def test_a_plan_survives_json_and_other_types_keep_the_usual_marks() -> None:
    marks = (Mark(MarkUnit.PERCENT, 90, Bell(3, BellTone.LOW)),)
    plan = CuePlan().with_marks(ItemKind.REPORT, marks)

    assert CuePlan.from_json(plan.to_json()) == plan
    assert plan.marks(ItemKind.REPORT) == marks
    assert plan.marks(ItemKind.ADDRESS) == USUAL_MARKS
    assert CuePlan().with_marks(ItemKind.ADDRESS, ()).marks(ItemKind.ADDRESS) == ()


@pytest.mark.parametrize(
    "kept",
    [
        None,
        [],
        "bells",
        {"report": 5},
        {"report": [{"unit": "percent", "value": 101, "count": 1, "tone": "soft"}]},
        {"report": [{"unit": "before_end", "value": -1, "count": 1, "tone": "soft"}]},
        {"report": [{"unit": "before_end", "value": 60, "count": 0, "tone": "soft"}]},
        {"report": [{"unit": "before_end", "value": 60, "count": 1, "tone": "trumpet"}]},
        {"report": [{"value": 60}]},
    ],
)
def test_what_cannot_be_understood_rings_as_usual(kept: object) -> None:
    assert CuePlan.from_json(kept).marks(ItemKind.REPORT) == USUAL_MARKS


@pytest.mark.parametrize(
    ("marks", "allowed", "left"),
    [
        (USUAL_MARKS, 600, 60),
        (USUAL_MARKS, 45, 22.5),
        ((Mark(MarkUnit.BEFORE_END, 180, SOFT), *USUAL_MARKS), 600, 180),
        ((Mark(MarkUnit.PERCENT, 80, SOFT),), 600, 120),
        ((Mark(MarkUnit.BEFORE_END, 30, SOFT),), 600, 30),
        ((Mark(MarkUnit.PERCENT, 0, SOFT), Mark(MarkUnit.BEFORE_END, 90, SOFT)), 600, 90),
        ((Mark(MarkUnit.BEFORE_END, 0, TWICE), Mark(MarkUnit.AFTER_END, 60, TWICE)), 600, 60),
        ((Mark(MarkUnit.BEFORE_END, 900, SOFT),), 600, 60),
        ((), 600, 60),
    ],
)
def test_amber_comes_with_the_first_bell_before_the_end(
    marks: tuple[Mark, ...], allowed: int, left: float
) -> None:
    assert amber_s(marks, allowed) == pytest.approx(left)
