"""Times of day as attendance lists write them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huifeng_desktop.domain.imported import ProblemCode
from huifeng_desktop.exchange.cells import CellProblem
from huifeng_desktop.exchange.moments import parse_moment
from huifeng_desktop.exchange.table import Cell

DAY = date(2026, 3, 12)

READ: Sequence[tuple[Cell, datetime]] = [
    (cell, datetime(2026, 3, 12, 14, 25))
    for cell in (
        "14:25",
        "14：25",
        "１４：２５",
        "14时25分",
        "14点25分",
        "14点25",
        "下午2:25",
        "下午 2：25",
        "下午2点25分",
        "下午2时25分",
        "2:25 PM",
        "pm2:25",
        "下午14:25",
        "2026-03-12 14:25",
        "2026/3/12 14:25",
        "2026.3.12 14:25",
        "2026年3月12日14:25",
        "2026年3月12日 下午2:25",
        "2026年3月12日（星期四）14:25",
        "3月12日14:25",
        "2026-03-12T14:25:00",
        "26-3-12 14:25",
        datetime(2026, 3, 12, 14, 25),
        time(14, 25),
        timedelta(hours=14, minutes=25),
        datetime(1899, 12, 31, 14, 25),
        0.6006944444444444,
        46093.600694444445,
    )
] + [
    ("14:25:10", datetime(2026, 3, 12, 14, 25, 10)),
    ("2026-03-12 14:25:10", datetime(2026, 3, 12, 14, 25, 10)),
    ("下午2点25分10秒", datetime(2026, 3, 12, 14, 25, 10)),
    ("上午9时5分", datetime(2026, 3, 12, 9, 5)),
    ("上午9点", datetime(2026, 3, 12, 9, 0)),
    ("下午2点半", datetime(2026, 3, 12, 14, 30)),
    ("下午2点一刻", datetime(2026, 3, 12, 14, 15)),
    ("中午12:05", datetime(2026, 3, 12, 12, 5)),
    ("中午1点", datetime(2026, 3, 12, 13, 0)),
    ("晚上7:30", datetime(2026, 3, 12, 19, 30)),
    ("2026-03-13 9:00", datetime(2026, 3, 13, 9, 0)),
    (time(14, 29, 59, 999_900), datetime(2026, 3, 12, 14, 30)),
    (datetime(2026, 3, 12, 14, 29, 59, 700_000), datetime(2026, 3, 12, 14, 30)),
]

REFUSED: Sequence[tuple[Cell, ProblemCode]] = [
    (cell, ProblemCode.UNREADABLE)
    for cell in (
        "√",
        "准时",
        "25:00",
        "14:60",
        "14.25",
        "1425",
        "上午12:05",
        "2026-03-12",
        "14",
        1425,
        2.0,
        True,
    )
] + [
    (date(2026, 3, 12), ProblemCode.UNREADABLE),
    (timedelta(hours=30), ProblemCode.UNREADABLE),
    ("1926-03-12 14:25", ProblemCode.OUT_OF_RANGE),
    ("2126-03-12 14:25", ProblemCode.OUT_OF_RANGE),
    ("2025-03-12 14:25", ProblemCode.OUT_OF_RANGE),
    ("2026-03-15 14:25", ProblemCode.OUT_OF_RANGE),
    (datetime(1926, 3, 12, 14, 25), ProblemCode.OUT_OF_RANGE),
]


@pytest.mark.parametrize(("cell", "moment"), READ)
def test_times_people_write(cell: Cell, moment: datetime) -> None:
    assert parse_moment(cell, DAY) == moment


@pytest.mark.parametrize("cell", ["", " ", "/", "—", "未到", "请假"])
def test_no_time(cell: str) -> None:
    assert parse_moment(cell, DAY) is None


@pytest.mark.parametrize(("cell", "code"), REFUSED)
def test_what_is_no_time_is_refused_with_a_sentence(cell: Cell, code: ProblemCode) -> None:
    with pytest.raises(CellProblem) as caught:
        parse_moment(cell, DAY)
    assert caught.value.code is code
    assert "请" in str(caught.value)


@given(
    moment=st.datetimes(datetime(2026, 3, 10), datetime(2026, 3, 14)).map(lambda m: m.replace(microsecond=0)),
    form=st.sampled_from(["%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y年%m月%d日%H时%M分%S秒"]),
)
def test_a_written_moment_reads_back(moment: datetime, form: str) -> None:
    assert parse_moment(moment.strftime(form), DAY) == moment


@given(text=st.text(max_size=30))
def test_any_text_is_a_moment_blank_or_refused(text: str) -> None:
    try:
        moment = parse_moment(text, DAY)
    except CellProblem:
        return
    assert moment is None or abs((moment.date() - DAY).days) <= 2
