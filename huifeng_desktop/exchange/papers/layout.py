"""Fitting a paper to A4: column widths, row heights, and where pages end. Pure reckoning, no file.

Spreadsheet programs measure columns in digits of the default font and never break a merged or
wrapped row for us alike, so widths and heights are fixed here and the pages reckoned beforehand.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from huifeng_desktop.exchange.papers.paper import Cell, Column, Setting

PAGE_WIDTH_PX = 920
"""A column of `n` characters is 7n + 5 pixels wide where the font's digits are 7, as those of 宋体
10.5 pt are. A4 landscape holds 1016 between our margins; the rest is for fonts with wider digits."""
PAGE_HEIGHT_PT = 500.0
"""Height between our top and bottom margins."""
LINE_PT = 14.8
_PAD_PT = 7.0
_LEAST_ROW_PT = 22.0
_MANY_ROWS, _STEPS, _STEPS_OF_MANY = 100, 17, 9
"""How many half points rows may be stretched by; long tables, which would grow by pages, by less."""
_PAGES = (0.98, 1.0, 1.02, 1.06, 1.1, 1.14)
"""Page heights to be ready for: programs that draw wider digits scale the table down to the width."""
_COMPANY = 3
"""Table rows that stand with the sums and the signature on the last page."""
_BREAKS = {Setting.CENTRE: (("，", "，\n"), ("（", "\n（")), Setting.LEFT: (("；", "；\n"),)}


@lru_cache(maxsize=8192)
def text_width(text: str) -> int:
    """Width in half-width characters; doubtful characters are wide, as Chinese fonts draw them."""
    return sum(1 if unicodedata.east_asian_width(char) in ("N", "Na", "H") else 2 for char in text)


def column_widths(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> list[int]:
    """Widths in characters: as the content needs within each column's bounds, the page filled."""
    widths = [
        _natural_width(column, [str(row[place]) for row in rows]) for place, column in enumerate(columns)
    ]
    growing = [place for place, column in enumerate(columns) if column.grows]
    room = (PAGE_WIDTH_PX - 5 * len(columns)) // 7 - sum(widths)
    while room < 0 and (wide := _most_to_spare(columns, widths)) is not None:
        widths[wide] -= 1
        room += 1
    for step in range(max(0, room) if growing else 0):
        widths[growing[step % len(growing)]] += 1
    return widths


def _natural_width(column: Column, texts: Sequence[str]) -> int:
    longest = max((text_width(text) for text in texts), default=0)
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
    if text_width(text) > width - 1:
        for mark, broken in _BREAKS.get(setting, ()):
            text = text.replace(mark, broken)
    return text.strip()


@lru_cache(maxsize=8192)
def line_count(text: str, width: int) -> int:
    """Lines that a text takes in a cell of this width; a wide character never straddles its edge."""
    room = max(2, width - 1)
    return sum(
        1 if text_width(part) <= room else math.ceil(text_width(part) / max(2, room - 1))
        for part in text.split("\n")
    )


def row_heights(
    columns: Sequence[Column], widths: Sequence[int], rows: Sequence[Sequence[Cell]], least: float
) -> list[float]:
    """Heights in points so that no wrapped cell is cut."""
    wrapping = [place for place, column in enumerate(columns) if column.setting is not Setting.ONE_LINE]

    def lines(row: Sequence[Cell], place: int) -> int:
        width = widths[place]
        return line_count(fitted(str(row[place]), width, columns[place].setting), width)

    return [max(least, LINE_PT * max(lines(row, place) for place in wrapping) + _PAD_PT) for row in rows]


def settled_least(heights: Sequence[float], head: float, repeated: float, tail: Sequence[float]) -> float:
    """The least row height with which the lines below the table do not stand alone on the last page.

    Ready for as many page heights as possible, since programs differ in how they scale.
    """
    steps = _STEPS if len(heights) < _MANY_ROWS else _STEPS_OF_MANY

    def ready_for(least: float) -> tuple[bool, int]:
        rows = [max(least, height) for height in heights]
        ready = [_in_company(rows, head, repeated, tail, PAGE_HEIGHT_PT * page) for page in _PAGES]
        return ready[_PAGES.index(1.0)], sum(ready)

    return max((_LEAST_ROW_PT + step / 2 for step in range(steps)), key=ready_for)


def _in_company(
    rows: Sequence[float], head: float, repeated: float, tail: Sequence[float], page: float
) -> bool:
    """Whether the whole tail stands on one page with at least a few rows of the table."""
    left, here = page - head, 0
    for height in rows:
        if height > left:
            left, here = page - repeated, 0
        left -= height
        here += 1
    return sum(tail) <= left and here >= min(_COMPANY, len(rows))
