"""Fitting a paper to A4: column widths, row heights, and where pages end. Pure reckoning, no file.

Spreadsheet programs measure columns in digits of the default font and never break a merged or
wrapped row for us alike, so widths and heights are fixed here and the pages reckoned beforehand.
Workbook and PDF are drawn from the same `Sheet`, so that page 3 of one is page 3 of the other.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from operator import getitem

from huifeng_desktop.exchange.papers.setting.paper import GAP, Cell, Column, Paper, Setting, clean

PAGE_WIDTH_PX = 920
"""A column of `n` characters is 7n + 5 pixels wide where the font's digits are 7, as those of 宋体
10.5 pt are. A4 landscape holds 1016 between our margins; the rest is for fonts with wider digits."""
PAGE_HEIGHT_PT = 484.0
"""What pages are filled to; A4 landscape holds 501 between our margins, the rest is for printers' own."""
LINE_PT = 14.8
_PAD_PT = 7.0
_LEAST_ROW_PT = 22.0
_HEADER_PT, _SIGNATURE_PT = 30.0, 40.0
_TITLE_SIZE, _NOTE_SIZE, _CELL_SIZE = 18, 11, 10.5
_MOST_LINES = 16
"""Lines of a cell in one row of the table; what is longer goes on in rows of its own: a spreadsheet's row
cannot be higher than 409 points, nor a printed one than what a long title leaves of its page."""
_COMPANY = 3
"""Table rows that stand with the sums and the signature on the last page."""
_NOTE_LINES = 8
"""Lines of running text in one row; spreadsheet rows cannot be higher than 409 points."""
_CENTRE_BREAKS = (("，", "，\n"), ("（", "\n（"))
_ASIDE = re.compile("(?<=；)")
_WIDE = frozenset("WFA")


@dataclass(frozen=True, slots=True)
class Strip:
    """One row across or along the table, as high as it has to be, in points."""

    cells: tuple[Cell, ...]
    height: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper fitted to A4 landscape. `ends` are the places in `strips` at which a new page begins."""

    widths: tuple[int, ...]
    """Of the columns, in half-width characters."""
    head: tuple[Strip, ...]
    """Title and the lines above the table, each of one cell."""
    header_pt: float
    rows: tuple[Strip, ...]
    sums: tuple[Strip, ...]
    below: tuple[Strip, ...]
    """Lines below the table; the last one is to be signed if the paper has a signature."""
    ends: tuple[int, ...]

    @property
    def strips(self) -> tuple[Strip, ...]:
        """Everything below the header row, in order."""
        return (*self.rows, *self.sums, *self.below)


def laid_out(paper: Paper) -> Sheet:
    """The paper with its widths, its texts broken where they read best, its heights and its pages."""
    widths = column_widths(paper.columns, [*paper.rows, *paper.sums])
    setters = [_Setter(column, width) for column, width in zip(paper.columns, widths, strict=True)]
    line = int(sum(widths) * _CELL_SIZE / _NOTE_SIZE)
    title = clean(paper.title)
    title_lines = line_count(title, int(sum(widths) * _CELL_SIZE / _TITLE_SIZE))
    above = [part for text in paper.above for part in at_gaps(text, line - 1)]
    head = [Strip((title,), 14 + 24.0 * title_lines), *(_note(text, line) for text in above)]
    rows, sums = _strips(setters, paper.rows), _strips(setters, paper.sums)
    below = [_note(part, line) for text in paper.below for part in _parted(text, line)]
    if paper.signature:
        below.append(Strip((clean(paper.signature),), _SIGNATURE_PT))
    ends = _ends(sum(strip.height for strip in head), [strip.height for strip in (*rows, *sums, *below)])
    ends = _in_company(ends, [strip.height for strip in (*rows, *sums, *below)], len(rows), len(below))
    return Sheet(tuple(widths), tuple(head), _HEADER_PT, rows, sums, tuple(below), ends)


def _note(text: str, line: int) -> Strip:
    return Strip((clean(text),), 5 + 15.0 * line_count(clean(text), line))


def _parted(text: str, line: int) -> list[str]:
    """A long line as several, parted after semicolons."""
    parts = [""]
    for words in _ASIDE.split(text):
        if parts[-1] and text_width(parts[-1] + words) > _NOTE_LINES * (line - 2):
            parts.append("")
        parts[-1] += words
    return parts


def at_gaps(text: str, width: int) -> list[str]:
    """Time, place and convener as lines of at most this width, parted between two of them where needed."""
    lines = [""]
    for part in text.split(GAP):
        longer = f"{lines[-1]}{GAP}{part}" if lines[-1] else part
        if lines[-1] and text_width(longer) > width:
            lines.append(part)
        else:
            lines[-1] = longer
    return lines


# -- pages -----------------------------------------------------------------------------------------


def _ends(head: float, heights: Sequence[float]) -> tuple[int, ...]:
    """Where pages end if every one is filled."""
    ends, room = [], PAGE_HEIGHT_PT - head - _HEADER_PT
    for place, height in enumerate(heights):
        if height > room and place:
            ends.append(place)
            room = PAGE_HEIGHT_PT - _HEADER_PT
        room -= height
    return tuple(ends)


def _in_company(ends: tuple[int, ...], heights: Sequence[float], rows: int, below: int) -> tuple[int, ...]:
    """The ends moved so that sums, lines below and signature never stand without rows of the table.

    Where the lines below are too many for that, the last of them stay together with the signature.
    """
    room = PAGE_HEIGHT_PT - _HEADER_PT
    for start in (max(0, rows - _COMPANY), max(0, len(heights) - below - 1), max(0, len(heights) - 2)):
        if sum(heights[start:]) <= room:
            parted = any(end > start for end in ends)
            return (*(end for end in ends if end < start), start) if parted and start else ends
    return ends


# -- widths and heights ----------------------------------------------------------------------------


@lru_cache(maxsize=8192)
def text_width(text: str) -> int:
    """Width in half-width characters; doubtful characters are wide, as Chinese fonts draw them."""
    if text.isascii():
        return len(text)
    return len(text) + sum(unicodedata.east_asian_width(char) in _WIDE for char in text)


def column_widths(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> list[int]:
    """Widths in characters: as the content needs within each column's bounds, the page filled."""
    texts: Sequence[Sequence[Cell]] = list(zip(*rows, strict=True)) or [()] * len(columns)
    widths = [_natural_width(column, set(cells)) for column, cells in zip(columns, texts, strict=True)]
    growing = [place for place, column in enumerate(columns) if column.grows]
    room = (PAGE_WIDTH_PX - 5 * len(columns)) // 7 - sum(widths)
    while room < 0 and (wide := _most_to_spare(columns, widths)) is not None:
        widths[wide] -= 1
        room += 1
    for step in range(max(0, room) if growing else 0):
        widths[growing[step % len(growing)]] += 1
    return widths


def _natural_width(column: Column, cells: set[Cell]) -> int:
    longest = max((text_width(str(cell)) for cell in cells), default=0)
    return min(max(column.least, longest + 2), column.most)


def _most_to_spare(columns: Sequence[Column], widths: Sequence[int]) -> int | None:
    """The column that can best give a character up; names come last, as they cannot wrap."""
    spare = [
        (column.setting is not Setting.ONE_LINE, width - column.least, place)
        for place, (column, width) in enumerate(zip(columns, widths, strict=True))
        if width > column.least
    ]
    return max(spare)[2] if spare else None


@lru_cache(maxsize=8192)
def fitted(text: str, width: int, setting: Setting) -> str:
    """The text with line breaks where it reads best, if it does not fit on one line."""
    if text_width(text) <= width - 1:
        return text.strip()
    if setting is Setting.LEFT:
        return "\n".join(_packed(_ASIDE.split(text), width - 1)).strip()
    if setting is Setting.CENTRE:
        for mark, broken in _CENTRE_BREAKS:
            text = text.replace(mark, broken)
    return text.strip()


def _packed(parts: Sequence[str], room: int) -> list[str]:
    """As many parts on a line as have room there; one that is longer has lines of its own."""
    lines = [""]
    for part in parts:
        if lines[-1] and text_width(lines[-1] + part) > room:
            lines.append("")
        lines[-1] += part
    return lines


@lru_cache(maxsize=8192)
def line_count(text: str, width: int) -> int:
    """Lines that a text takes in a cell of this width; a wide character never straddles its edge."""
    room = max(2, width - 1)
    return sum(
        1 if text_width(part) <= room else math.ceil(text_width(part) / max(2, room - 1))
        for part in text.split("\n")
    )


class _Setter(dict[Cell, tuple[Cell, int]]):
    """The cells of one column as they are written, and how many lines each takes; every text once."""

    def __init__(self, column: Column, width: int) -> None:
        super().__init__()
        self._setting, self._width = column.setting, width

    def __missing__(self, cell: Cell) -> tuple[Cell, int]:
        known = self[cell] = self._set(cell)
        return known

    def _set(self, cell: Cell) -> tuple[Cell, int]:
        if isinstance(cell, int):
            return cell, 1
        text = fitted(clean(cell), self._width, self._setting)
        return text, 1 if self._setting is Setting.ONE_LINE else line_count(text, self._width)

    def parted(self, cell: Cell) -> list[tuple[Cell, int]]:
        """A cell as it is set, in parts of nearly equal height, parted after a break if it can be."""
        text, lines = self[cell]
        if lines <= _MOST_LINES:
            return [(text, lines)]
        fair = min(_MOST_LINES, math.ceil(lines / math.ceil(lines / _MOST_LINES)) + 1)
        most = (self._width - 2) // 2 * fair
        parts = [""]
        for line in str(text).split("\n"):
            for piece in (line[at : at + most] for at in range(0, len(line), most)):
                longer = f"{parts[-1]}\n{piece}" if parts[-1] else piece
                fits = line_count(longer, self._width) <= fair
                parts[-1:] = [longer] if fits else [parts[-1], piece]
        return [(part, line_count(part, self._width)) for part in parts]


def _strips(setters: Sequence[_Setter], rows: Sequence[Sequence[Cell]]) -> tuple[Strip, ...]:
    """Rows in which no wrapped cell is cut."""
    strips = []
    for row in rows:
        texts, lines = zip(*map(getitem, setters, row), strict=True)
        if max(lines) > _MOST_LINES:
            strips += _parted_row(setters, row)
        else:
            strips.append(_strip(texts, max(lines)))
    return tuple(strips)


def _strip(cells: Sequence[Cell], lines: int) -> Strip:
    return Strip(tuple(cells), max(_LEAST_ROW_PT, LINE_PT * lines + _PAD_PT))


def _parted_row(setters: Sequence[_Setter], cells: Sequence[Cell]) -> list[Strip]:
    """One row as several, the short cells in the first of them."""
    parts = [setter.parted(cell) for setter, cell in zip(setters, cells, strict=True)]
    rows = list(zip_longest(*parts, fillvalue=("", 1)))
    return [_strip([cell for cell, _ in row], max(lines for _, lines in row)) for row in rows]
