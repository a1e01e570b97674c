"""座位图 as a workbook: a cell for each seat, so that the office can move people about by hand."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from huifeng_desktop.domain.people import Seat
from huifeng_desktop.exchange.papers.setting.paper import clean
from huifeng_desktop.exchange.papers.setting.workbook import BODY_FONT, HEAD_FONT, TITLE_FONT, options
from huifeng_desktop.service.printed.places import place_of

_A4, _SEAT, _LABEL = 9, 13, 6
_TOP = 3
"""Title, rostrum and the seat numbers stand above the first row."""


def seat_plan_workbook(seats: Sequence[Seat], title: str, family: str = BODY_FONT) -> bytes:
    """Rows of the hall as rows, the rostrum at the top; who has no readable place is listed on a sheet."""
    buffer = BytesIO()
    workbook = Workbook(buffer, options(family))
    placed = {place: seat for seat in seats if (place := place_of(seat.place))}
    rows = sorted({place.row for place in placed})
    numbers = sorted({place.number for place in placed})
    style = _Styles(workbook, family)
    sheet = workbook.add_worksheet("座位图")
    _head(sheet, style, clean(title), numbers)
    for line, row in enumerate(rows, _TOP):
        sheet.set_row(line, 58)
        sheet.write_string(line, 0, f"{row} 排", style.label)
    for place, seat in placed.items():
        words = "\n".join(filter(None, (clean(seat.display_name), clean(seat.unit))))
        at = _TOP + rows.index(place.row), 1 + numbers.index(place.number)
        sheet.write_string(*at, words, style.seat)
    _set_page(sheet, _TOP + len(rows) - 1, max(1, len(numbers)))
    if elsewhere := [seat for seat in seats if place_of(seat.place) is None]:
        _list(workbook.add_worksheet("没有座位的人"), style, elsewhere)
    workbook.close()
    return buffer.getvalue()


class _Styles:
    def __init__(self, workbook: Workbook, family: str) -> None:
        middle = {"align": "center", "valign": "vcenter", "text_wrap": True}
        self.title = workbook.add_format({**middle, "font_name": TITLE_FONT, "font_size": 18})
        self.rostrum = workbook.add_format(
            {**middle, "font_name": HEAD_FONT, "font_size": 14, "border": 1, "bg_color": "#E7E6E2"}
        )
        self.label = workbook.add_format({**middle, "font_name": HEAD_FONT, "font_size": 10})
        self.seat = workbook.add_format({**middle, "font_name": family, "font_size": 10.5, "border": 1})


def _head(sheet: Worksheet, style: _Styles, title: str, numbers: Sequence[int]) -> None:
    last = max(1, len(numbers))
    sheet.set_column(0, 0, _LABEL)
    sheet.set_column(1, last, _SEAT)
    sheet.set_row(0, 34)
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
    sheet.set_footer('&C&"宋体"&10第 &P 页　共 &N 页', {"margin": 0.3})
    sheet.freeze_panes(_TOP, 1)


def _list(sheet: Worksheet, style: _Styles, seats: Sequence[Seat]) -> None:
    widths = {"姓名": 14, "单位": 30, "职务": 24, "座位": 18}
    for column, (title, width) in enumerate(widths.items()):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, style.rostrum)
    for line, seat in enumerate(seats, 1):
        for column, text in enumerate((seat.display_name, seat.unit, seat.post, seat.place)):
            sheet.write_string(line, column, clean(text), style.seat)
    sheet.set_paper(_A4)
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)
