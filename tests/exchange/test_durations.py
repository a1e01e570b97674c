"""Durations: every way of writing that DOMAIN.md and CONTRACT.md name, and the refusals."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huifeng_desktop.domain.imported import ProblemCode
from huifeng_desktop.exchange.cells import CellProblem
from huifeng_desktop.exchange.durations import is_ambiguous, parse_duration, parse_slot
from huifeng_desktop.exchange.table import Cell

READ: list[tuple[Cell, int]] = [
    ("10", 600),
    ("１０", 600),
    ("10分钟", 600),
    ("１０ 分", 600),
    ("10 min", 600),
    ("6.5", 390),
    ("6.5分钟", 390),
    ("6:30", 390),
    ("6：30", 390),
    (" 06:30 ", 390),
    ("0:45:00", 2700),
    ("1:20:05", 4805),
    ("6分30秒", 390),
    ("6 分 30 秒", 390),
    ("６分３０秒", 390),
    ("6分30", 390),
    ("6'30\"", 390),
    ("6′30″", 390),
    ("90秒", 90),
    ("十五分钟", 900),
    ("十五", 900),
    ("二十五分钟", 1500),
    ("两分半", 150),
    ("一分半钟", 90),
    ("半分钟", 30),
    ("半小时", 1800),
    ("半个小时", 1800),
    ("一刻钟", 900),
    ("1小时", 3600),
    ("一个小时", 3600),
    ("一个半小时", 5400),
    ("1小时半", 5400),
    ("1小时30", 5400),
    ("1小时20分30秒", 4830),
    ("1.5小时", 5400),
    ("不超过10分钟", 600),
    ("10分钟以内", 600),
    ("约8分钟", 480),
    (10, 600),
    (10.0, 600),
    (6.5, 390),
    (time(6, 30), 390),
    (time(0, 6, 30), 390),
    (time(0, 45), 2700),
    (time(15, 0), 900),
    (time(6, 29, 59, 999_900), 390),
    (timedelta(hours=30), 1800),
    (timedelta(minutes=6, seconds=30), 390),
    (datetime(1900, 1, 1, 6, 0), 1800),
]

REFUSED: list[tuple[Cell, ProblemCode]] = [
    ("待定", ProblemCode.UNREADABLE),
    ("十来分钟", ProblemCode.UNREADABLE),
    ("15分钟分钟", ProblemCode.UNREADABLE),
    ("6:75", ProblemCode.UNREADABLE),
    ("1:75:00", ProblemCode.UNREADABLE),
    ("-5", ProblemCode.UNREADABLE),
    ("10-15分钟", ProblemCode.UNREADABLE),
    ("分钟", ProblemCode.UNREADABLE),
    ("9" * 12, ProblemCode.UNREADABLE),
    (True, ProblemCode.UNREADABLE),
    (float("nan"), ProblemCode.UNREADABLE),
    (datetime(2026, 3, 12, 14, 30), ProblemCode.UNREADABLE),
    ("0", ProblemCode.OUT_OF_RANGE),
    ("0分钟", ProblemCode.OUT_OF_RANGE),
    (-5, ProblemCode.OUT_OF_RANGE),
    (0, ProblemCode.OUT_OF_RANGE),
    (time(0, 0), ProblemCode.OUT_OF_RANGE),
    ("900", ProblemCode.OUT_OF_RANGE),
    ("13小时", ProblemCode.OUT_OF_RANGE),
]


@pytest.mark.parametrize(("cell", "seconds"), READ)
def test_durations_people_write(cell: Cell, seconds: int) -> None:
    assert parse_duration(cell) == seconds


@pytest.mark.parametrize("cell", ["", "  ", "\u3000"])
def test_a_blank_duration_is_the_types_own_limit(cell: str) -> None:
    assert parse_duration(cell) is None


@pytest.mark.parametrize(("cell", "code"), REFUSED)
def test_what_is_no_duration_is_refused_with_a_sentence(cell: Cell, code: ProblemCode) -> None:
    with pytest.raises(CellProblem) as caught:
        parse_duration(cell)
    assert caught.value.code is code
    assert "请" in str(caught.value)


def test_a_time_cell_of_one_or_two_hours_may_mean_either() -> None:
    assert is_ambiguous(time(1, 30))
    assert not is_ambiguous(time(6, 30))
    assert not is_ambiguous(time(0, 45))
    assert not is_ambiguous("1:30")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("14:30-14:36", 360),
        ("14：30—14：36", 360),
        ("9:00至10:30", 5400),
        ("14:30", None),
        ("15:00-14:00", None),
    ],
)
def test_a_range_of_the_clock_is_a_duration(text: str, seconds: int | None) -> None:
    assert parse_slot(text) == seconds


FORMS = [
    lambda s: f"{s // 60}:{s % 60:02d}",
    lambda s: f"{s // 60}分{s % 60}秒",
    lambda s: f"{s // 3600}:{s // 60 % 60:02d}:{s % 60:02d}",
    lambda s: f"{s // 3600}小时{s // 60 % 60}分{s % 60}秒",
    lambda s: f"{s}秒",
]


@given(seconds=st.integers(min_value=1, max_value=12 * 3600), form=st.sampled_from(FORMS))
def test_a_written_duration_reads_back(seconds: int, form: object) -> None:
    assert callable(form)
    assert parse_duration(form(seconds)) == seconds


@given(text=st.text(max_size=30))
def test_any_text_is_a_duration_blank_or_refused(text: str) -> None:
    try:
        seconds = parse_duration(text)
    except CellProblem:
        return
    assert seconds is None or 0 < seconds <= 12 * 3600
