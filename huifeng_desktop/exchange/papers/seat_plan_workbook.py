"""座位图 as a workbook: a cell for each seat, so that the office can move people about by hand."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from huifeng_desktop.domain.people import Seat
from huifeng_desktop.exchange.papers.seat_plan import seated
from huifeng_desktop.exchange.papers.setting.layout import line_count
from huifeng_desktop.exchange.papers.setting.paper import clean
from huifeng_desktop.exchange.papers.setting.workbook import BODY_FONT, HEAD_FONT, TITLE_FONT, options
from huifeng_desktop.service.printed.places import line_words

_A4, _LABEL = 9, 6
_WIDEST, _NARROWEST, _PAGE_PX = 13, 6, 1000
"""Of a seat, in characters; A4 across holds 1 036 pixels between our margins."""
_NAME_SIZES, _UNIT_SIZES, _SEAT_PT = (10.5, 9.0, 8.0, 7.0, 6.0), (7.5, 6.5, 5.5, 4.5), 62.0
"""Names stand on one line if they can; units are set as large as what is left below them allows."""
_LINE_HEIGHT = 1.3
_FOOTER = '&C&"宋体"&10第 &P 页　共 &N 页'
_TOP = 3
"""Title, rostrum and the seat numbers stand above the first row."""


def seat_plan_workbook(seats: Sequence[Seat], title: str, family: str = BODY_FONT) -> bytes:
    """Rows of the hall as rows, the rostrum at the top; who cannot be drawn is listed on a sheet."""
    buffer = BytesIO()
    workbook = Workbook(buffer, options())
    placed, elsewhere = seated(seats)
    lines = sorted({place.line for place in placed})
    numbers = sorted({place.number for place in placed})
    last = max(1, len(numbers))
    wide = min(_WIDEST, max(_NARROWEST, (_PAGE_PX // last - 5) // 7))
    style = _Styles(workbook, family, wide)
    sheet = workbook.add_worksheet("座位图")
    sheet.set_column(0, 0, _LABEL)
    sheet.set_column(1, last, wide)
    _head(sheet, style, clean(title), numbers, _LABEL + last * wide)
    for row, line in enumerate(lines, _TOP):
        sheet.set_row(row, _SEAT_PT)
        sheet.write_string(row, 0, line_words(line), style.label)
    for place, seat in placed.items():
        _write_seat(sheet, style, _TOP + lines.index(place.line), 1 + numbers.index(place.number), seat)
    _set_page(sheet, _TOP + len(lines) - 1, last)
    if elsewhere:
        _list(workbook.add_worksheet("没有画进图的人"), style, elsewhere)
    workbook.close()
    return buffer.getvalue()


def _write_seat(sheet: Worksheet, style: _Styles, row: int, column: int, seat: Seat) -> None:
    """The name, and below it the unit in smaller type."""
    name, unit = clean(seat.display_name), clean(seat.unit)
    size = next((one for one in _NAME_SIZES if style.lines(name, one) == 1), _NAME_SIZES[-1])
    room = _SEAT_PT - 4 - style.lines(name, size) * size * _LINE_HEIGHT
    below = next(
        (one for one in _UNIT_SIZES if style.lines(unit, one) * one * _LINE_HEIGHT <= room), _UNIT_SIZES[-1]
    )
    if name and unit:
        parts = (style.texts[size], name, style.texts[below], f"\n{unit}")
        sheet.write_rich_string(row, column, *parts, style.seat)
    else:
        sheet.write_string(row, column, name or unit, style.seat)


class _Styles:
    def __init__(self, workbook: Workbook, family: str, wide: int) -> None:
        self._room_pt = (7 * wide - 3) * 72 / 96

        def make(font: str, size: float, **more: object) -> Format:
            middle = {"align": "center", "valign": "vcenter", "text_wrap": True, "font_charset": 134}
            return workbook.add_format({**middle, "font_name": font, "font_size": size, **more})

        self.title = make(TITLE_FONT, 18)
        self.rostrum = make(HEAD_FONT, 14, border=1, bg_color="#E7E6E2")
        self.label = make(HEAD_FONT, 10)
        self.seat = make(family, _NAME_SIZES[0], border=1)
        self.listed = make(family, _NAME_SIZES[0], border=1, num_format="@")
        self.texts = {size: make(family, size) for size in (*_NAME_SIZES, *_UNIT_SIZES)}

    def lines(self, text: str, size: float) -> int:
        """How many lines of a seat's column a text takes at this size."""
        return line_count(text, int(self._room_pt * 2 / size) + 1)


def _head(sheet: Worksheet, style: _Styles, title: str, numbers: Sequence[int], across: int) -> None:
    last = max(1, len(numbers))
    sheet.set_row(0, 10 + 24 * line_count(title, int(across * 10 / 18)))
    sheet.set_row(1, 26)
    for line, words, how in ((0, title, style.title), (1, "主　席　台", style.rostrum)):
        first = 0 if line == 0 else 1 + (last - 1) // 3
        end = last if line == 0 else last - (last - 1) // 3
        if end > first:
            sheet.merge_range(line, first, line, end, "", how)
        sheet.write_string(line, first, words, how)
    for place, number in enumerate(numbers, 1):
        sheet.write_string(2, place, f"{number} 号", style.label)


def _set_page(sheet: Worksheet, last_row: int, last_column: int) -> None:
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.center_horizontally()
    sheet.print_area(0, 0, last_row, last_column)
    sheet.repeat_rows(0, _TOP - 1)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(_FOOTER, {"margin": 0.3})
    sheet.freeze_panes(_TOP, 1)


def _list(sheet: Worksheet, style: _Styles, seats: Sequence[Seat]) -> None:
    widths = {"姓名": 16, "单位": 34, "职务": 26, "座位": 14}
    for column, (title, width) in enumerate(widths.items()):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, style.rostrum)
    for row, seat in enumerate(seats, 1):
        cells = [clean(text) for text in (seat.display_name, seat.unit, seat.post, seat.place)]
        lines = max(line_count(text, width) for text, width in zip(cells, widths.values(), strict=True))
        sheet.set_row(row, 8 + 15 * lines)
        for column, text in enumerate(cells):
            sheet.write_string(row, column, text, style.listed)
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.print_area(0, 0, len(seats), len(widths) - 1)
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(_FOOTER, {"margin": 0.3})
