"""签到表 as a workbook: one sheet for leaders, one for 出席, one for 列席, each with repeated heads.

The rows of a page are as high as the page has room for, and every page ends where the sheet says, as in
the PDF: what is called page 3 is page 3 on paper. Programs that draw wider digits scale the sheet down
to the width of A4; rows are high enough to stay above 10 mm even then.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from huifeng_desktop.domain.signature import Signature
from huifeng_desktop.exchange.papers.setting.layout import at_gaps, line_count
from huifeng_desktop.exchange.papers.setting.paper import clean
from huifeng_desktop.exchange.papers.setting.workbook import BODY_FONT, HEAD_FONT, TITLE_FONT, options
from huifeng_desktop.exchange.papers.sign_sheet import WALK_IN_ROW, WALK_IN_WORDS, Row, SheetPage, SignSheet
from huifeng_desktop.exchange.signature_picture import signature_png

_WIDTHS, _LONG_NAMES = (5, 23, 13, 20, 16, 10), (5, 20, 21, 17, 15, 9)
"""In characters; 640 pixels in all, a little less than A4 between the margins."""
_SMALLER, _SMALLEST = (9.0, 7.5), 6.0
"""Sizes for texts that would not fit on two lines of 11 points; the smallest is for remarks alone."""
_SECTION_PT, _HEAD_PT = 20.0, 26.0
_TITLE_SIZES = (18.0, 14.0, 10.5)
_HEADING_CHARACTERS = 80
"""Half-width characters of 11 points across the table, a little kept back."""
_TIGHT_CHARACTERS = 100
"""As many as may stand on one line set a little smaller, so that no single character goes over."""
_LOWEST_ROW_PT = 34.0
_PAGE_PT = 738.0
"""What a page is filled to; A4 holds 762 between our margins, the rest is for printers' own."""
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\\u3000]+")
_NAME_LIMIT = 28
_LAST = len(_WIDTHS) - 1
_HEAD_ROWS = 4
_WRAPPED, _NOTE = (1, 3, 5), 5
"""The columns of running text: unit, post, remarks."""
_SIGNED, _BELOW_PT = 4, 11.0
"""The column of signatures, and the room that the words below one take."""


def sign_sheet_workbook(sheet: SignSheet, family: str = BODY_FONT) -> bytes:
    """The workbook, complete in memory."""
    buffer = BytesIO()
    workbook = Workbook(buffer, options())
    workbook.set_properties({"title": clean(sheet.title)})
    formats = _Formats(workbook, family, _LONG_NAMES if sheet.has_long_names else _WIDTHS)
    first = 1
    for number, (section, group) in enumerate(groupby(sheet.pages, key=lambda page: page.section), 1):
        pages = list(group)
        worksheet = workbook.add_worksheet(_sheet_name(section, number))
        row = _write_section(worksheet, sheet, pages, formats)
        _set_page(worksheet, row, first, len(sheet.pages))
        first += len(pages)
    workbook.close()
    return buffer.getvalue()


def _sheet_name(section: str, number: int) -> str:
    """A name that spreadsheets take; the number keeps long ones apart."""
    name = _NOT_IN_A_NAME.sub(" ", section).strip()
    return name if len(name) <= _NAME_LIMIT else f"{name[: _NAME_LIMIT - 3]} {number}"


@dataclass(frozen=True, slots=True)
class _TitleStyle:
    """One size of the title."""

    size: float
    format: Format

    def height(self, lines: int) -> float:
        """Of so many lines, in points."""
        return 14 + 1.35 * self.size * lines


def _lines(title: str, style: _TitleStyle) -> int:
    return line_count(title, int(_HEADING_CHARACTERS * 11 / style.size))


def _lines_of(size: float) -> int:
    """How many lines of a size the lowest row holds."""
    return int(_LOWEST_ROW_PT / (1.35 * size))


class _Formats:
    """The few ways in which cells are set, in columns of these widths."""

    def __init__(self, workbook: Workbook, family: str, widths: Sequence[int]) -> None:
        self.widths = widths

        def make(font: str, size: float, **more: object) -> Format:
            plain = {"font_name": font, "font_size": size, "font_charset": 134, "align": "center"}
            return workbook.add_format({**plain, "valign": "vcenter", "text_wrap": True, **more})

        self.titles = [_TitleStyle(size, make(TITLE_FONT, size)) for size in _TITLE_SIZES]
        self.section = make(family, 14)
        self.heading = make(family, 11, align="left")
        self.tight_heading = make(family, 11, align="left", shrink=True, text_wrap=False)
        self.head = make(HEAD_FONT, 12, border=1, bg_color="#E7E6E2")
        self.across = make(family, 12, border=1)
        text = {"border": 1, "num_format": "@"}
        one_line = {"shrink": True, "text_wrap": False}
        self.cells = (
            make(family, 11, border=1),
            make(family, 11, align="left", **text),
            make(family, 13, **text, **one_line),
            make(family, 11, align="left", **text),
            make(family, 10.5, **text, **one_line),
            make(family, 10, **text),
        )
        self.below = make(family, 8, **{**text, "valign": "bottom"})
        self.smaller = [(size, make(family, size, align="left", **text)) for size in _SMALLER]
        self.smaller_notes = [(size, make(family, size, **text)) for size in (*_SMALLER, _SMALLEST)]

    def cell(self, place: int, text: str) -> Format:
        """How a text is set in its column; what would not fit on two lines is set smaller."""
        room = self.widths[place] - 1
        if place not in _WRAPPED or line_count(text, room) <= 2:
            return self.cells[place]
        smaller = self.smaller_notes if place == _NOTE else self.smaller
        fits = (
            style for size, style in smaller if line_count(text, int(room * 11 / size)) <= _lines_of(size)
        )
        return next(fits, smaller[-1][1])


def _write_section(worksheet: Worksheet, sheet: SignSheet, pages: list[SheetPage], formats: _Formats) -> int:
    """The pages of one section; returns the row below them."""
    body = _PAGE_PT - _write_head(worksheet, sheet, pages[0].section, formats)
    row = _HEAD_ROWS
    ends: list[int] = []
    for page in pages:
        high = int(body / page.rows_a_page * 10) / 10
        for place, cells in enumerate(page.rows):
            worksheet.set_row(row, high)
            _write_row(worksheet, row, cells, formats)
            if (signature := page.signature(place)) is not None:
                _draw_signature(worksheet, row, high, clean(cells[_SIGNED]), signature, formats)
            row += 1
        ends.append(row)
    worksheet.set_h_pagebreaks(ends[:-1])
    return row


def _write_head(worksheet: Worksheet, sheet: SignSheet, section: str, formats: _Formats) -> float:
    """The rows that every page repeats; returns their height in points."""
    for place, width in enumerate(formats.widths):
        worksheet.set_column(place, place, width)
    title = clean(sheet.title)
    heading = "\n".join(map(clean, at_gaps(sheet.heading, _TIGHT_CHARACTERS)))
    style = next((one for one in formats.titles if _lines(title, one) <= 2), formats.titles[-1])
    lines = (
        (title, style.format, style.height(_lines(title, style))),
        (f"（{clean(section)}）", formats.section, _SECTION_PT),
        (heading, formats.heading, 8 + 15.0 * line_count(heading, _HEADING_CHARACTERS))
        if line_count(heading, _TIGHT_CHARACTERS) > 1
        else (heading, formats.tight_heading, 23.0),
    )
    for row, (text, cell, high) in enumerate(lines):
        worksheet.set_row(row, high)
        worksheet.merge_range(row, 0, row, _LAST, "", cell)
        worksheet.write_string(row, 0, text, cell)
    worksheet.set_row(3, _HEAD_PT)
    for place, title in enumerate(sheet.columns):
        worksheet.write_string(3, place, title, formats.head)
    return _HEAD_PT + sum(high for _, _, high in lines)


def _write_row(worksheet: Worksheet, row: int, cells: Row, formats: _Formats) -> None:
    if cells == WALK_IN_ROW:
        worksheet.merge_range(row, 0, row, _LAST, "", formats.across)
        worksheet.write_string(row, 0, WALK_IN_WORDS, formats.across)
        return
    for place, cell in enumerate(cells):
        style = formats.cell(place, cell)
        if not cell:
            worksheet.write_blank(row, place, None, style)
        elif place == 0:
            worksheet.write_number(row, place, int(cell), style)
        else:
            worksheet.write_string(row, place, clean(cell), style)


def _draw_signature(
    worksheet: Worksheet, row: int, high: float, words: str, signature: Signature, formats: _Formats
) -> None:
    """In the upper part of the cell; when and how is said below it."""
    picture = signature_png(signature)
    wide, tall = struct.unpack(">II", picture[16:24])  # where a PNG says its size
    room = (7 * formats.widths[_SIGNED] + 5 - 8, (high - _BELOW_PT) * 96 / 72)
    scale = min(room[0] / wide, room[1] / tall)
    worksheet.write_string(row, _SIGNED, words, formats.below)
    how = {
        "image_data": BytesIO(picture),
        "x_scale": scale,
        "y_scale": scale,
        "x_offset": 4 + (room[0] - wide * scale) / 2,
        "y_offset": 1,
        "object_position": 1,
        "description": "手写签名",
    }
    worksheet.insert_image(row, _SIGNED, "signature.png", how)


def _set_page(worksheet: Worksheet, rows: int, first: int, of: int) -> None:
    """Print settings of one section, whose first page has the number `first` of all pages."""
    worksheet.set_paper(9)
    worksheet.set_portrait()
    worksheet.set_margins(left=0.55, right=0.55, top=0.5, bottom=0.6)
    worksheet.center_horizontally()
    worksheet.print_area(0, 0, rows - 1, _LAST)
    worksheet.repeat_rows(0, _HEAD_ROWS - 1)
    worksheet.fit_to_pages(1, 0)
    worksheet.set_start_page(first)
    worksheet.set_footer(f'&C&"宋体"&10第 &P 页　共 {of} 页', {"margin": 0.25})
    worksheet.freeze_panes(_HEAD_ROWS, 0)
