"""A paper as an XLSX workbook that prints on A4 in WPS and Excel without further settings.

Every text is written as a string: a name like "=1+1" is a name. Shading is light enough for a
black-and-white printer. WPS replaces fonts that a machine lacks; the named ones come with Windows.
Pages end where `layout` says, whatever the program that prints makes of widths and heights.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from huifeng_desktop.exchange.papers.setting.layout import Strip, laid_out
from huifeng_desktop.exchange.papers.setting.paper import Paper, Setting, clean

_A4 = 9
TITLE_FONT, HEAD_FONT, BODY_FONT = "方正小标宋简体", "黑体", "仿宋"


MEASURE, MEASURE_SIZE = "Arial", 10.0
"""The default font, in whose digits columns are measured and nothing is written: every machine has one of
its widths, so that a sheet is not scaled down where the Chinese fonts are missing."""


def options(family: str = MEASURE, size: float = MEASURE_SIZE) -> dict[str, object]:
    """How a workbook is made; columns are measured in digits of its default font."""
    return {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_format_properties": {"font_name": family, "font_size": size},
    }


def workbook_bytes(paper: Paper, *more: Paper, family: str = BODY_FONT) -> bytes:
    """The workbook, a sheet for each paper, complete in memory: a full disk never leaves half of one."""
    buffer = BytesIO()
    workbook = Workbook(buffer, options())
    if paper.made_at is not None:
        made = paper.made_at.astimezone(UTC).replace(tzinfo=None)
        workbook.set_properties({"title": clean(paper.title), "created": made})
    for one in (paper, *more):
        _Writer(workbook, one, family).write()
    workbook.close()
    return buffer.getvalue()


class _Writer:
    """Writing one paper from top to bottom."""

    def __init__(self, workbook: Workbook, paper: Paper, family: str) -> None:
        self._workbook = workbook
        self._paper = paper
        self._family = family
        self._laid = laid_out(paper)
        self._sheet: Worksheet = workbook.add_worksheet(paper.name)
        self._last_column = len(paper.columns) - 1
        self._row = 0

    def write(self) -> None:
        laid, note = self._laid, self._format(self._family, 11, align="left")
        for place, width in enumerate(laid.widths):
            self._sheet.set_column(place, place, width)
        self._write_line(laid.head[0], self._format(TITLE_FONT, 18))
        for strip in laid.head[1:]:
            self._write_line(strip, note)
        self._write_header()
        self._write_table(laid.rows, bold=False)
        self._write_table(laid.sums, bold=True)
        lines = laid.below[:-1] if self._paper.signature else laid.below
        for strip in lines:
            self._write_line(strip, note)
        if self._paper.signature:
            self._write_line(laid.below[-1], self._format(self._family, 12, align="left"))
        self._set_page()

    def _write_header(self) -> None:
        header = self._format(HEAD_FONT, 10.5, border=1, bg_color="#E7E6E2")
        self._sheet.set_row(self._row, self._laid.header_pt)
        for place, column in enumerate(self._paper.columns):
            self._sheet.write_string(self._row, place, column.title, header)
        self._row += 1

    def _write_table(self, strips: Sequence[Strip], *, bold: bool) -> None:
        columns, sheet, number = self._paper.columns, self._sheet, self._row
        texts = [self._cell_format(column.setting, bold=bold, num_format="@") for column in columns]
        numbers = [self._cell_format(column.setting, bold=bold) for column in columns]
        write_string, write_number, write_blank = sheet.write_string, sheet.write_number, sheet.write_blank
        for strip in strips:
            sheet.set_row(number, strip.height)
            for place, cell in enumerate(strip.cells):
                if not isinstance(cell, str):
                    write_number(number, place, cell, numbers[place])
                elif cell:
                    write_string(number, place, cell, texts[place])
                else:
                    write_blank(number, place, None, texts[place])
            number += 1
        self._row = number

    def _write_line(self, strip: Strip, style: Format) -> None:
        """One line across the table."""
        self._sheet.set_row(self._row, strip.height)
        self._sheet.merge_range(self._row, 0, self._row, self._last_column, "", style)
        self._sheet.write_string(self._row, 0, str(strip.cells[0]), style)
        self._row += 1

    def _set_page(self) -> None:
        sheet, header = self._sheet, len(self._laid.head)
        sheet.set_paper(_A4)
        sheet.set_landscape()
        sheet.set_margins(left=0.55, right=0.55, top=0.6, bottom=0.7)
        sheet.center_horizontally()
        sheet.print_area(0, 0, self._row - 1, self._last_column)
        sheet.repeat_rows(header)
        sheet.fit_to_pages(1, 0)
        sheet.set_h_pagebreaks([header + 1 + end for end in self._laid.ends])
        sheet.set_footer('&C&"宋体"&10第 &P 页　共 &N 页', {"margin": 0.3})
        sheet.freeze_panes(header + 1, 0)

    def _cell_format(self, setting: Setting, **more: object) -> Format:
        align = "left" if setting is Setting.LEFT else "center"
        fit = {"shrink": True, "text_wrap": False} if setting is Setting.ONE_LINE else {}
        return self._format(self._family, 10.5, align=align, border=1, **fit, **more)

    def _format(self, font: str, size: float, **more: object) -> Format:
        plain = {"font_name": font, "font_size": size, "font_charset": 134, "align": "center"}
        return self._workbook.add_format({**plain, "valign": "vcenter", "text_wrap": True, **more})
