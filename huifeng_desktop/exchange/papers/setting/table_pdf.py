"""A paper that is a table, as pages of A4 landscape: the rows, heights and page ends of the workbook."""

from __future__ import annotations

from itertools import pairwise

from huifeng_desktop.exchange.papers.setting.layout import Sheet, Strip, laid_out
from huifeng_desktop.exchange.papers.setting.paper import Cell, Column, Paper, Setting
from huifeng_desktop.service.printed.marks import Align, Box, Face, Line, Mark, Page, Text

_WIDTH, _HEIGHT, _LEFT, _TOP = 297.0, 210.0, 14.0, 15.2
_MEASURE = _WIDTH - 2 * _LEFT
_MM = 25.4 / 72
_PAD = 1.0


def table_pages(paper: Paper) -> list[Page]:
    """Every page with the header row and its number."""
    sheet = laid_out(paper)
    bounds = list(pairwise((0, *sheet.ends, len(sheet.strips))))
    return [
        _Drawing(paper, sheet, start, end).page(number, len(bounds))
        for number, (start, end) in enumerate(bounds, 1)
    ]


class _Drawing:
    """One page from top to bottom: the strips from `start` to `end`, in points below the top margin."""

    def __init__(self, paper: Paper, sheet: Sheet, start: int, end: int) -> None:
        self._paper, self._sheet = paper, sheet
        self._start, self._end = start, end
        pixels = [7 * width + 5 for width in sheet.widths]
        self._columns = [_MEASURE * width / sum(pixels) for width in pixels]
        self._marks: list[Mark] = []
        self._y = 0.0

    def page(self, number: int, of: int) -> Page:
        """The page as marks."""
        sheet = self._sheet
        table = len(sheet.rows) + len(sheet.sums)
        if not self._start:
            self._head()
        if self._start < table or not table:
            self._table(self._start, min(self._end, table))
        for place in range(max(self._start, table), self._end):
            is_signature = bool(self._paper.signature) and place == len(sheet.strips) - 1
            self._line(sheet.strips[place], 12 if is_signature else 11)
        foot = (_LEFT, _HEIGHT - 13, _MEASURE, 6)
        self._put(Text(*foot, f"第 {number} 页　共 {of} 页", 10, Face.SONG))
        return Page(_WIDTH, _HEIGHT, tuple(self._marks))

    def _head(self) -> None:
        title, *above = self._sheet.head
        box = (_LEFT, self._at(), _MEASURE, title.height * _MM)
        self._put(Text(*box, str(title.cells[0]), 18, Face.TITLE, wraps=True))
        self._y += title.height
        for strip in above:
            self._line(strip, 11)

    def _table(self, start: int, end: int) -> None:
        """Header and rows; sums are set in 黑体."""
        top = self._at()
        self._header()
        for place, strip in enumerate(self._sheet.strips[start:end], start):
            self._row(strip, Face.BODY if place < len(self._sheet.rows) else Face.HEAD)
        bottom, left = self._at(), _LEFT
        self._put(Box(_LEFT, top, _MEASURE, bottom - top, 0.35))
        for width in self._columns[:-1]:
            left += width
            self._put(Line(left, top, left, bottom))

    def _header(self) -> None:
        high, left = self._sheet.header_pt * _MM, _LEFT
        self._put(Box(_LEFT, self._at(), _MEASURE, high, filled=True))
        for column, width in zip(self._paper.columns, self._columns, strict=True):
            box = (left + _PAD, self._at(), width - 2 * _PAD, high)
            self._put(Text(*box, column.title, 10.5, Face.HEAD, wraps=True))
            left += width
        self._y += self._sheet.header_pt

    def _row(self, strip: Strip, face: Face) -> None:
        top, high, left = self._at(), strip.height * _MM, _LEFT
        self._put(Line(_LEFT, top, _LEFT + _MEASURE, top))
        for column, width, cell in zip(self._paper.columns, self._columns, strip.cells, strict=True):
            if cell != "":
                box = (left + _PAD, top + 0.3, width - 2 * _PAD, high - 0.6)
                self._put(_cell(box, column, cell, face))
            left += width
        self._y += strip.height

    def _line(self, strip: Strip, size: float) -> None:
        box = (_LEFT, self._at(), _MEASURE, strip.height * _MM)
        self._put(Text(*box, str(strip.cells[0]), size, Face.BODY, Align.LEFT, wraps=True))
        self._y += strip.height

    def _at(self) -> float:
        return _TOP + self._y * _MM

    def _put(self, mark: Mark) -> None:
        self._marks.append(mark)


def _cell(box: tuple[float, float, float, float], column: Column, cell: Cell, face: Face) -> Text:
    is_left = column.setting is Setting.LEFT and not isinstance(cell, int)
    align = Align.LEFT if is_left else Align.CENTRE
    return Text(*box, str(cell), 10.5, face, align, wraps=column.setting is not Setting.ONE_LINE)
