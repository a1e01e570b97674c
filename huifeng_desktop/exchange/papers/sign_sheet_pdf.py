"""签到表 as pages of A4 portrait, 15 to 18 rows of at least 12 mm."""

from __future__ import annotations

from collections.abc import Sequence

from huifeng_desktop.domain.signature import Signature
from huifeng_desktop.exchange.papers.setting.layout import at_gaps
from huifeng_desktop.exchange.papers.setting.paper import clean
from huifeng_desktop.exchange.papers.sign_sheet import WALK_IN_ROW, WALK_IN_WORDS, SheetPage, SignSheet
from huifeng_desktop.service.printed.marks import Align, Box, Face, Ink, Line, Mark, Page, Text

_WIDTH, _HEIGHT, _LEFT = 210.0, 297.0, 15.0
_COLUMN_MM, _LONG_NAMES_MM = (11.0, 47.0, 28.0, 40.0, 34.0, 20.0), (11.0, 42.0, 42.0, 35.0, 32.0, 18.0)
_TABLE_TOP, _HEAD_MM, _TABLE_BOTTOM = 46.0, 9.0, 281.0
_TABLE_MM = sum(_COLUMN_MM)
_PAD = 1.2
_NAME, _SIGNED = 2, 4
_HEADING_CHARACTERS = 92
"""Half-width characters of 11 points across the table."""
_Box = tuple[float, float, float, float]


def sign_sheet_pages(sheet: SignSheet) -> list[Page]:
    """Every page with the title and the header row."""
    count = len(sheet.pages)
    return [
        Page(_WIDTH, _HEIGHT, tuple([*_head(sheet, page), *_table(sheet, page), _footer(number, count)]))
        for number, page in enumerate(sheet.pages, 1)
    ]


def _head(sheet: SignSheet, page: SheetPage) -> list[Mark]:
    heading = "\n".join(map(clean, at_gaps(sheet.heading, _HEADING_CHARACTERS)))
    return [
        Text(_LEFT, 13, _TABLE_MM, 15, clean(sheet.title), 20, Face.TITLE, wraps=True),
        Text(_LEFT, 28.5, _TABLE_MM, 6, f"（{page.section}）", 14, Face.KAI),
        Text(_LEFT, 35, _TABLE_MM, 10, heading, 11, align=Align.LEFT, wraps=True),
    ]


def _table(sheet: SignSheet, page: SheetPage) -> list[Mark]:
    widths = _LONG_NAMES_MM if sheet.has_long_names else _COLUMN_MM
    high = (_TABLE_BOTTOM - _TABLE_TOP - _HEAD_MM) / page.rows_a_page
    bottom = _TABLE_TOP + _HEAD_MM + high * len(page.rows)
    marks: list[Mark] = [Box(_LEFT, _TABLE_TOP, _TABLE_MM, _HEAD_MM, filled=True)]
    marks += _header(sheet.columns, widths)
    for place, row in enumerate(page.rows):
        top = _TABLE_TOP + _HEAD_MM + high * place
        marks += _walk_in(top, high) if row == WALK_IN_ROW else _cells(page, place, widths, top, high)
        marks.append(Line(_LEFT, top, _LEFT + _TABLE_MM, top))
    marks += _uprights(page, widths, high, bottom)
    marks.append(Box(_LEFT, _TABLE_TOP, _TABLE_MM, bottom - _TABLE_TOP, 0.4))
    return marks


def _lefts(widths: Sequence[float]) -> list[float]:
    return [_LEFT + sum(widths[:place]) for place in range(len(widths))]


def _header(columns: Sequence[str], widths: Sequence[float]) -> list[Mark]:
    return [
        Text(left + _PAD, _TABLE_TOP, width - 2 * _PAD, _HEAD_MM, title, 12, Face.HEAD)
        for title, left, width in zip(columns, _lefts(widths), widths, strict=True)
    ]


def _cells(page: SheetPage, row: int, widths: Sequence[float], top: float, high: float) -> list[Mark]:
    marks: list[Mark] = []
    for place, (cell, left, width) in enumerate(zip(page.rows[row], _lefts(widths), widths, strict=True)):
        box = (left + _PAD, top + 0.6, width - 2 * _PAD, high - 1.2)
        signature = page.signature(row) if place == _SIGNED else None
        marks += _signed(box, cell, signature) if signature else [_cell(box, place, clean(cell))]
    return marks


def _cell(box: _Box, place: int, text: str) -> Mark:
    if place == _NAME:
        return Text(*box, text, 14, Face.BODY)
    align = Align.LEFT if place in (1, 3) else Align.CENTRE
    return Text(*box, text, 12 if place < 4 else 10.5, Face.BODY, align, wraps=place not in (0, _SIGNED))


def _signed(box: _Box, text: str, signature: Signature) -> list[Mark]:
    """What the finger drew, and below it when and how."""
    x, y, width, height = box
    below = 3.6
    return [
        Ink(x + 1, y, width - 2, height - below, signature),
        Text(x, y + height - below, width, below, clean(text), 8, Face.BODY),
    ]


def _walk_in(top: float, high: float) -> list[Mark]:
    return [Text(_LEFT + _PAD, top, _TABLE_MM - 2 * _PAD, high, WALK_IN_WORDS, 12, Face.KAI)]


def _uprights(page: SheetPage, widths: Sequence[float], high: float, bottom: float) -> list[Mark]:
    """Vertical lines, broken where one line of words runs across the table."""
    across = page.rows.index(WALK_IN_ROW) if WALK_IN_ROW in page.rows else None
    start = _TABLE_TOP + _HEAD_MM
    parts = [(_TABLE_TOP, bottom)]
    if across is not None:
        parts = [(_TABLE_TOP, start + high * across), (start + high * (across + 1), bottom)]
    return [Line(x, top, x, end) for x in _lefts(widths)[1:] for top, end in parts if end > top]


def _footer(number: int, count: int) -> Mark:
    return Text(_LEFT, 283, _TABLE_MM, 6, f"第 {number} 页　共 {count} 页", 10.5, Face.SONG)
