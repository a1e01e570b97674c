"""每单位年度一页: what a unit's meetings of a year came to, in neutral words, as PDF and as a workbook.

The page states facts and leaves out what counts, tiers and points: those are the ledger's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import overload

from huifeng_desktop.exchange.papers.setting.storing import make_folder, put_files
from huifeng_desktop.exchange.unit_year import CASE_TITLES, NOTE, TITLES, UnitYear, unit_years
from huifeng_desktop.paths import safe_file_name
from huifeng_desktop.rules.ledger import Ledger, LedgerRow
from huifeng_desktop.service.printed.charts import WIDTH, TrendChart
from huifeng_desktop.service.printed.choices import ExportStopped, Progress
from huifeng_desktop.service.printed.marks import (
    Align,
    Box,
    Face,
    Line,
    Mark,
    Page,
    PdfPrinter,
    Picture,
    Text,
)

_WIDTH, _HEIGHT, _LEFT, _TOP, _MEASURE = 210.0, 297.0, 28.0, 32.0, 156.0
_BOTTOM, _ROW = _HEIGHT - 40.0, 7.0
_CASE_WIDTHS = (26.0, 62.0, 26.0, 42.0)


def export_unit_pages(
    found: Ledger,
    period: str,
    folder: Path,
    made_at: datetime,
    printer: PdfPrinter,
    only: LedgerRow | None = None,
    progress: Progress | None = None,
) -> list[Path]:
    """Write one PDF and one workbook, for all units or for `only` one; raises FileProblem.

    `progress` is told of each unit, on its page and on its sheet; False stops, and nothing is written.
    """
    from huifeng_desktop.exchange.unit_workbook import unit_workbook  # the library takes a while

    years = unit_years(found, period, made_at, only)
    whole = TrendChart(tuple(found.trend()), f"{period}全部会议的到会率")
    make_folder(folder)
    stem = safe_file_name(f"单位年度页_{period}{'_' + only.unit if only else ''}")
    course = Course(progress, 2 * len(years))
    pages = _Pages(years, course)
    return put_files(
        {
            folder / f"{stem}.pdf": printer.pdf(pages, stem),
            folder / f"{stem}.xlsx": unit_workbook(course.along(years), whole if only is None else None),
        }
    )


class Course:
    """How far the work has come, over pages and sheets alike."""

    def __init__(self, progress: Progress | None, of: int) -> None:
        self._progress, self._of, self._done = progress, of, 0

    def along(self, years: Iterable[UnitYear]) -> Iterator[UnitYear]:
        """The units, each told before it is handed out; raises ExportStopped."""
        for one in years:
            if self._progress is not None and not self._progress(self._done, self._of, one.unit):
                raise ExportStopped
            self._done += 1
            yield one


class _Pages(Sequence[Page]):
    """The pages, each set only when it is about to be drawn."""

    def __init__(self, years: Sequence[UnitYear], course: Course) -> None:
        self._years, self._course = years, course

    def __len__(self) -> int:
        return len(self._years)

    @overload
    def __getitem__(self, place: int) -> Page: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Page]: ...
    def __getitem__(self, place: int | slice) -> Page | Sequence[Page]:
        if isinstance(place, slice):
            return [unit_page(one) for one in self._years[place]]
        return unit_page(self._years[place])

    def __iter__(self) -> Iterator[Page]:
        return map(unit_page, self._course.along(self._years))


def unit_page(year: UnitYear) -> Page:
    """One page; cases that find no room are in the workbook, and the page says how many."""
    marks: list[Mark] = [
        Text(_LEFT, _TOP, _MEASURE, 20, year.title, 22, Face.TITLE, wraps=True),
        Text(_LEFT, _TOP + 22, _MEASURE, 7, year.standing, 12, Face.KAI),
    ]
    y = _TOP + 33
    columns = [_MEASURE / len(TITLES)] * len(TITLES)
    marks += _table(y, columns, [TITLES, [str(one) for one in year.figures]], size_pt=12, row=9)
    y += 24
    chart = TrendChart(year.points)
    high = chart.height * _MEASURE / WIDTH
    marks.append(Picture(_LEFT, y, _MEASURE, high, chart))
    y += high + 6
    marks.append(Text(_LEFT, y, _MEASURE, 8, "有关情况", 14, Face.HEAD, Align.LEFT))
    marks += _cases(year.cases, y + 9)
    marks.append(Text(_LEFT, _BOTTOM + 4, _MEASURE, 7, NOTE, 11, Face.KAI, Align.LEFT))
    return Page(_WIDTH, _HEIGHT, tuple(marks))


def _cases(cases: Sequence[Sequence[str]], y: float) -> list[Mark]:
    if not cases:
        return [Text(_LEFT, y, _MEASURE, 8, "各次会议均按要求到会。", 12, Face.BODY, Align.LEFT)]
    room = int((_BOTTOM - y) / _ROW) - 1
    shown = cases if len(cases) <= room else cases[: room - 1]
    marks = _table(y, _CASE_WIDTHS, [CASE_TITLES, *shown], size_pt=10.5, row=_ROW)
    if rest := len(cases) - len(shown):
        words = f"另有 {rest} 条，见同名工作簿。"
        marks.append(Text(_LEFT, y + _ROW * (len(shown) + 1), _MEASURE, _ROW, words, 10.5, align=Align.LEFT))
    return marks


def _table(
    top: float, widths: Sequence[float], rows: Sequence[Sequence[str]], *, size_pt: float, row: float
) -> list[Mark]:
    """A grid with a grey first row."""
    high = row * len(rows)
    marks: list[Mark] = [Box(_LEFT, top, _MEASURE, row, filled=True), Box(_LEFT, top, _MEASURE, high, 0.35)]
    marks += [Line(_LEFT, top + row * n, _LEFT + _MEASURE, top + row * n) for n in range(1, len(rows))]
    left = _LEFT
    for place, width in enumerate(widths):
        if place:
            marks.append(Line(left, top, left, top + high))
        for number, cells in enumerate(rows):
            face = Face.BODY if number else Face.HEAD
            box = (left + 0.8, top + row * number, width - 1.6, row)
            marks.append(Text(*box, cells[place], size_pt, face))
        left += width
    return marks
