"""签到表 as a workbook: one sheet for leaders, one for 出席, one for 列席, each with repeated heads.

The rows of a page are as high as the page has room for. Programs that draw wider digits scale the
sheet down to the width of A4; rows are high enough to stay above 10 mm even then.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from itertools import groupby

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from huifeng_desktop.exchange.papers.layout import line_count
from huifeng_desktop.exchange.papers.paper import clean
from huifeng_desktop.exchange.papers.sign_sheet import WALK_IN_ROW, WALK_IN_WORDS, Row, SheetPage, SignSheet
from huifeng_desktop.exchange.papers.workbook import BODY_FONT, HEAD_FONT, NOTE_FONT, OPTIONS, TITLE_FONT

_WIDTHS = (5, 23, 13, 20, 16, 10)
"""In characters; 640 pixels in all, a little less than A4 between the margins."""
_SECTION_PT, _HEAD_PT = 20.0, 26.0
_TITLE_SIZES = (18.0, 14.0, 10.5)
_HEADING_CHARACTERS = 80
"""Half-width characters of 11 points across the table, a little kept back."""
_BODY_PT = 628.0
"""Height of the rows of one page, with something kept back for programs that draw higher."""
_LAST = len(_WIDTHS) - 1
_HEAD_ROWS = 4


def sign_sheet_workbook(sheet: SignSheet) -> bytes:
    """The workbook, complete in memory."""
    buffer = BytesIO()
    workbook = Workbook(buffer, OPTIONS)
    workbook.set_properties({"title": clean(sheet.title)})
    formats = _Formats(workbook)
    for section, pages in groupby(sheet.pages, key=lambda page: page.section):
        _write_section(workbook.add_worksheet(section), sheet, section, list(pages), formats)
    workbook.close()
    return buffer.getvalue()


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


class _Formats:
    """The few ways in which cells are set."""

    def __init__(self, workbook: Workbook) -> None:
        def make(font: str, size: float, **more: object) -> Format:
            plain = {"font_name": font, "font_size": size, "font_charset": 134, "align": "center"}
            return workbook.add_format({**plain, "valign": "vcenter", "text_wrap": True, **more})

        self.titles = [_TitleStyle(size, make(TITLE_FONT, size)) for size in _TITLE_SIZES]
        self.section = make(NOTE_FONT, 14)
        self.heading = make(NOTE_FONT, 11, align="left")
        self.head = make(HEAD_FONT, 12, border=1, bg_color="#E7E6E2")
        self.across = make(NOTE_FONT, 12, border=1)
        text = {"border": 1, "num_format": "@"}
        one_line = {"shrink": True, "text_wrap": False}
        self.cells = (
            make(BODY_FONT, 11, border=1),
            make(BODY_FONT, 11, align="left", **text),
            make(BODY_FONT, 13, **text, **one_line),
            make(BODY_FONT, 11, align="left", **text),
            make(BODY_FONT, 10.5, **text, **one_line),
            make(BODY_FONT, 10, **text),
        )
        self.small = make(BODY_FONT, 7.5, align="left", **text)

    def cell(self, place: int, text: str) -> Format:
        """How a text is set in its column; what would not fit on two lines is set smaller."""
        wrapped = place in (1, 3) and line_count(text, _WIDTHS[place] - 1) > 2
        return self.small if wrapped else self.cells[place]


def _write_section(
    worksheet: Worksheet, sheet: SignSheet, section: str, pages: list[SheetPage], formats: _Formats
) -> None:
    _write_head(worksheet, sheet, section, formats)
    row = _HEAD_ROWS
    for page in pages:
        high = round(_BODY_PT / page.rows_a_page, 1)
        for cells in page.rows:
            worksheet.set_row(row, high)
            _write_row(worksheet, row, cells, formats)
            row += 1
    worksheet.print_area(0, 0, row - 1, _LAST)
    _set_page(worksheet)


def _write_head(worksheet: Worksheet, sheet: SignSheet, section: str, formats: _Formats) -> None:
    for place, width in enumerate(_WIDTHS):
        worksheet.set_column(place, place, width)
    title, heading = clean(sheet.title), clean(sheet.heading)
    style = next((one for one in formats.titles if _lines(title, one) <= 2), formats.titles[-1])
    lines = (
        (title, style.format, style.height(_lines(title, style))),
        (f"（{section}）", formats.section, _SECTION_PT),
        (heading, formats.heading, 8 + 15.0 * line_count(heading, _HEADING_CHARACTERS)),
    )
    for row, (text, cell, high) in enumerate(lines):
        worksheet.set_row(row, high)
        worksheet.merge_range(row, 0, row, _LAST, "", cell)
        worksheet.write_string(row, 0, text, cell)
    worksheet.set_row(3, _HEAD_PT)
    for place, title in enumerate(sheet.columns):
        worksheet.write_string(3, place, title, formats.head)


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


def _set_page(worksheet: Worksheet) -> None:
    worksheet.set_paper(9)
    worksheet.set_portrait()
    worksheet.set_margins(left=0.55, right=0.55, top=0.5, bottom=0.6)
    worksheet.center_horizontally()
    worksheet.repeat_rows(0, _HEAD_ROWS - 1)
    worksheet.fit_to_pages(1, 0)
    worksheet.set_footer('&C&"宋体"&10第 &P 页　共 &N 页', {"margin": 0.25})
    worksheet.freeze_panes(_HEAD_ROWS, 0)
