"""会议图表: how the hall filled, planned against spoken time, which units were there; they read in grey.

PDF has the drawings themselves, DOCX and XLSX pictures of them; the workbook holds the figures too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from huifeng_desktop.exchange.papers.setting.layout import at_gaps
from huifeng_desktop.exchange.papers.setting.paper import PaperKind, clean, heading, paper_title
from huifeng_desktop.service.printed.charts import (
    WIDTH,
    Chart,
    SeatsChart,
    UnitsChart,
    meeting_charts,
)
from huifeng_desktop.service.printed.marks import Align, Face, Mark, Page, Picture, Text
from huifeng_desktop.service.session import MeetingSession

_WIDTH, _HEIGHT, _LEFT, _TOP, _MEASURE = 210.0, 297.0, 28.0, 37.0, 156.0
_BOTTOM = _HEIGHT - 35.0
_GAP, _HEAD_LINE = 8.0, 7.0
HEAD_CHARACTERS = 70
"""Half-width characters of 12 points on a line."""
BARS_A_PAGE = 30
"""Units under one another that fill a page of a letter."""
ROWS_A_PAGE = 24
"""Rows of the hall that do."""


def charts_of(session: MeetingSession) -> list[Chart]:
    """The meeting's charts, each in parts that fit a page."""
    return [part for chart in meeting_charts(session) for part in _parts(chart)]


def _parts(chart: Chart) -> list[Chart]:
    """A chart as it goes on pages: units of which somebody was missing, and so many rows of the hall."""
    if isinstance(chart, SeatsChart):
        return _hall_parts(chart)
    return _unit_parts(chart)


def _hall_parts(chart: SeatsChart) -> list[Chart]:
    lines = chart.lines
    starts = range(0, len(lines), ROWS_A_PAGE)
    parts = (set(lines[at : at + ROWS_A_PAGE]) for at in starts)
    return [
        replace(
            chart,
            cells=tuple(cell for cell in chart.cells if cell.place.line in part),
            name=f"{chart.name}{'（续）' if at else ''}",
        )
        for at, part in zip(starts, parts, strict=True)
    ]


def _unit_parts(chart: Chart) -> list[Chart]:
    """Of more units than a page takes, only those of which somebody was missing: the others are a number."""
    if not isinstance(chart, UnitsChart) or len(chart.bars) <= BARS_A_PAGE:
        return [chart]
    lacking = tuple(bar for bar in chart.bars if bar.present < bar.expected)
    rest = len(chart.bars) - len(lacking)
    name = f"各单位到会（缺人的 {len(lacking)} 个，其余 {rest} 个单位全部到齐）"
    starts = range(0, max(1, len(lacking)), BARS_A_PAGE)
    return [UnitsChart(lacking[at : at + BARS_A_PAGE], f"{name}{'（续）' if at else ''}") for at in starts]


def chart_pages(session: MeetingSession) -> list[Page]:
    """Title, circumstances, and as many charts as a page takes."""
    charts = charts_of(session)
    if not charts:
        return []
    title = Text(_LEFT, _TOP - 4, _MEASURE, 20, clean(paper_title(session, PaperKind.CHARTS)), 22, Face.TITLE)
    marks: list[list[Mark]] = [[replace(title, wraps=True)]]
    y = _TOP + 20
    for line in (part for words in heading(session) for part in at_gaps(words, HEAD_CHARACTERS)):
        text = Text(_LEFT, y, _MEASURE, _HEAD_LINE, clean(line), 12, Face.KAI, Align.LEFT)
        marks[0].append(text)
        y += _HEAD_LINE
    y += 4
    for chart in charts:
        high = chart.height * _MEASURE / WIDTH
        if y + high > _BOTTOM and y > _TOP:
            marks.append([])
            y = _TOP
        room = min(high, _BOTTOM - _TOP)
        marks[-1].append(Picture(_LEFT, y, _MEASURE, room, chart))
        y += room + _GAP
    return [_page(place, page) for place, page in enumerate(marks, 1)]


def _page(number: int, marks: Sequence[Mark]) -> Page:
    align = Align.RIGHT if number % 2 else Align.LEFT
    foot = Text(_LEFT + 5, _HEIGHT - 28, _MEASURE - 10, 7, f"— {number} —", 14, Face.SONG, align)
    return Page(_WIDTH, _HEIGHT, (*marks, foot))


def height_mm(chart: Chart, width_mm: float) -> float:
    """How high a chart is at this width."""
    return chart.height * width_mm / WIDTH
