"""A paper that is a table, as pages of A4 landscape: the same rows and heights as the workbook."""

from __future__ import annotations

from collections.abc import Sequence

from huifeng_desktop.exchange.papers.layout import (
    PAGE_HEIGHT_PT,
    column_widths,
    fitted,
    line_count,
    row_heights,
)
from huifeng_desktop.exchange.papers.paper import Cell, Paper, Setting, clean
from huifeng_desktop.service.printing import Align, Box, Face, Line, Mark, Page, Text

_WIDTH, _HEIGHT, _LEFT, _TOP = 297.0, 210.0, 14.0, 14.0
_MEASURE = _WIDTH - 2 * _LEFT
_MM = 25.4 / 72
_HEADER_PT, _SIGNATURE_PT, _LEAST_ROW_PT = 30.0, 40.0, 22.0
_COMPANY = 3
"""Table rows that stand with the sums and the signature on the last page."""
_PAD = 1.0


def table_pages(paper: Paper) -> list[Page]:
    """Every page with the header row; sums and signature in company."""
    return _Sheet(paper).pages()


class _Sheet:
    """Laying one paper out from top to bottom, in points below the top margin."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._chars = column_widths(paper.columns, [*paper.rows, *paper.sums])
        pixels = [7 * width + 5 for width in self._chars]
        self._columns = [_MEASURE * width / sum(pixels) for width in pixels]
        self._pages: list[list[Mark]] = [[]]
        self._y = 0.0
        self._table_top = 0.0

    def pages(self) -> list[Page]:
        """Lay out, then number the pages."""
        paper = self._paper
        self._head()
        self._open_table()
        self._rows()
        self._close_table()
        for line in paper.below:
            self._line(line, 11, self._line_height(line))
        if paper.signature:
            self._line(paper.signature, 12, _SIGNATURE_PT)
        return self._numbered()

    def _rows(self) -> None:
        """Rows and sums; the last rows go over to a new page with what follows, if that does not fit."""
        paper = self._paper
        table = [*paper.rows, *paper.sums]
        heights = row_heights(paper.columns, self._chars, table, _LEAST_ROW_PT)
        after = sum(map(self._line_height, paper.below)) + (_SIGNATURE_PT if paper.signature else 0)
        together = max(0, len(table) - _COMPANY - len(paper.sums))
        for place, (row, high) in enumerate(zip(table, heights, strict=True)):
            rest = sum(heights[place:]) + after if place == together else 0
            if place and PAGE_HEIGHT_PT - self._y < rest < PAGE_HEIGHT_PT - _HEADER_PT:
                self._turn_over()
                self._open_table()
            self._row(row, high)

    def _head(self) -> None:
        title = clean(self._paper.title)
        high = 30.0 if line_count(title, 80) == 1 else 52.0
        self._put(Text(_LEFT, self._at(), _MEASURE, high * _MM, title, 18, Face.TITLE, wraps=True))
        self._y += high
        for line in self._paper.above:
            self._line(line, 11, self._line_height(line))

    def _open_table(self) -> None:
        self._table_top = self._at()
        high = _HEADER_PT * _MM
        self._put(Box(_LEFT, self._table_top, _MEASURE, high, filled=True))
        left = _LEFT
        for column, width in zip(self._paper.columns, self._columns, strict=True):
            box = (left + _PAD, self._table_top, width - 2 * _PAD, high)
            self._put(Text(*box, column.title, 10.5, Face.HEAD, wraps=True))
            left += width
        self._y += _HEADER_PT

    def _row(self, row: Sequence[Cell], high: float) -> None:
        if self._y + high > PAGE_HEIGHT_PT:
            self._turn_over()
            self._open_table()
        top = self._at()
        self._put(Line(_LEFT, top, _LEFT + _MEASURE, top))
        left = _LEFT
        for place, cell in enumerate(row):
            self._cell(place, cell, left, top, high * _MM)
            left += self._columns[place]
        self._y += high

    def _cell(self, place: int, cell: Cell, left: float, top: float, high: float) -> None:
        setting, width = self._paper.columns[place].setting, self._columns[place]
        text = fitted(clean(str(cell)), self._chars[place], setting)
        align = Align.LEFT if setting is Setting.LEFT and not isinstance(cell, int) else Align.CENTRE
        box = (left + _PAD, top + 0.3, width - 2 * _PAD, high - 0.6)
        if text:
            self._put(Text(*box, text, 10.5, Face.SONG, align, wraps=setting is not Setting.ONE_LINE))

    def _close_table(self) -> None:
        bottom = self._at()
        self._put(Box(_LEFT, self._table_top, _MEASURE, bottom - self._table_top, 0.35))
        left = _LEFT
        for width in self._columns[:-1]:
            left += width
            self._put(Line(left, self._table_top, left, bottom))

    def _line(self, text: str, size: float, high: float) -> None:
        if self._y + high > PAGE_HEIGHT_PT + 8:
            self._pages.append([])
            self._y = 0.0
        box = (_LEFT, self._at(), _MEASURE, high * _MM)
        self._put(Text(*box, clean(text), size, Face.BODY, Align.LEFT, wraps=True))
        self._y += high

    def _turn_over(self) -> None:
        self._close_table()
        self._pages.append([])
        self._y = 0.0

    def _numbered(self) -> list[Page]:
        count = len(self._pages)
        foot = (_LEFT, _HEIGHT - 13, _MEASURE, 6)
        return [
            Page(_WIDTH, _HEIGHT, (*marks, Text(*foot, f"第 {number} 页　共 {count} 页", 10, Face.SONG)))
            for number, marks in enumerate(self._pages, 1)
        ]

    def _line_height(self, text: str) -> float:
        return 4 + 15.0 * line_count(clean(text), 136)

    def _at(self) -> float:
        return _TOP + self._y * _MM

    def _put(self, mark: Mark) -> None:
        self._pages[-1].append(mark)
