"""A paper as an XLSX workbook that prints on A4 in WPS and Excel without further settings.

Every text is written as a string: a name like "=1+1" is a name. Shading is light enough for a
black-and-white printer. WPS replaces fonts that a machine lacks; the named ones come with Windows.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from huifeng_desktop.exchange.papers.layout import (
    column_widths,
    fitted,
    line_count,
    row_heights,
    settled_least,
)
from huifeng_desktop.exchange.papers.paper import Cell, Paper, Setting, clean

_A4 = 9
TITLE_FONT, HEAD_FONT, BODY_FONT, NOTE_FONT = "方正小标宋简体", "黑体", "宋体", "仿宋"
_HEADER_PT, _SIGNATURE_PT = 34.0, 40.0
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    # Columns are measured in digits of this font.
    "default_format_properties": {"font_name": BODY_FONT, "font_size": 10.5, "font_charset": 134},
}


def workbook_bytes(paper: Paper, *more: Paper) -> bytes:
    """The workbook, a sheet for each paper, complete in memory: a full disk never leaves half of one."""
    buffer = BytesIO()
    workbook = Workbook(buffer, OPTIONS)
    if paper.made_at is not None:
        made = paper.made_at.astimezone(UTC).replace(tzinfo=None)
        workbook.set_properties({"title": clean(paper.title), "created": made})
    for one in (paper, *more):
        _Sheet(workbook, one).write()
    workbook.close()
    return buffer.getvalue()


class _Sheet:
    """Writing one paper from top to bottom."""

    def __init__(self, workbook: Workbook, paper: Paper) -> None:
        self._workbook = workbook
        self._paper = paper
        self._sheet: Worksheet = workbook.add_worksheet(paper.name)
        table = [*paper.rows, *paper.sums]
        self._widths = column_widths(paper.columns, table)
        self._last_column = len(paper.columns) - 1
        self._row = 0

    def write(self) -> None:
        paper = self._paper
        self._set_columns()
        self._write_head()
        heights = row_heights(paper.columns, self._widths, paper.rows, 0)
        least = self._settled(heights)
        self._write_table(paper.rows, [max(least, high) for high in heights], bold=False)
        self._write_table(paper.sums, row_heights(paper.columns, self._widths, paper.sums, least), bold=True)
        for line in paper.below:
            self._write_line(line, self._format(NOTE_FONT, 11, align="left"), self._line_height(line))
        if paper.signature:
            self._write_line(paper.signature, self._format(NOTE_FONT, 12, align="left"), _SIGNATURE_PT)
        self._set_page()

    def _set_columns(self) -> None:
        for place, width in enumerate(self._widths):
            self._sheet.set_column(place, place, width)

    def _write_head(self) -> None:
        paper = self._paper
        self._write_line(paper.title, self._format(TITLE_FONT, 18), self._title_height())
        for line in paper.above:
            self._write_line(line, self._format(NOTE_FONT, 11, align="left"), self._line_height(line))
        self._header_row = self._row
        header = self._format(HEAD_FONT, 10.5, border=1, bg_color="#E7E6E2")
        self._sheet.set_row(self._row, _HEADER_PT)
        for place, column in enumerate(paper.columns):
            self._sheet.write_string(self._row, place, column.title, header)
        self._row += 1

    def _write_table(self, rows: Sequence[Sequence[Cell]], heights: Sequence[float], *, bold: bool) -> None:
        columns = self._paper.columns
        texts = [self._cell_format(column.setting, bold=bold, num_format="@") for column in columns]
        numbers = [self._cell_format(column.setting, bold=bold) for column in columns]
        for row, height in zip(rows, heights, strict=True):
            self._sheet.set_row(self._row, height)
            for place, cell in enumerate(row):
                self._write_cell(place, cell, (numbers if isinstance(cell, int) else texts)[place])
            self._row += 1

    def _write_cell(self, place: int, cell: Cell, style: Format) -> None:
        if isinstance(cell, int):
            self._sheet.write_number(self._row, place, cell, style)
        elif cell:
            setting, width = self._paper.columns[place].setting, self._widths[place]
            self._sheet.write_string(self._row, place, fitted(clean(cell), width, setting), style)
        else:
            self._sheet.write_blank(self._row, place, None, style)

    def _write_line(self, text: str, style: Format, height: float) -> None:
        """One line across the table."""
        self._sheet.set_row(self._row, height)
        self._sheet.merge_range(self._row, 0, self._row, self._last_column, "", style)
        self._sheet.write_string(self._row, 0, clean(text), style)
        self._row += 1

    def _settled(self, heights: Sequence[float]) -> float:
        paper = self._paper
        head = self._title_height() + sum(map(self._line_height, paper.above)) + _HEADER_PT
        tail = [
            *row_heights(paper.columns, self._widths, paper.sums, 22),
            *map(self._line_height, paper.below),
        ]
        tail += [_SIGNATURE_PT] if paper.signature else []
        return settled_least(heights, head, _HEADER_PT, tail)

    def _title_height(self) -> float:
        return 14 + 24.0 * line_count(self._paper.title, int(sum(self._widths) * 10.5 / 18))

    def _line_height(self, text: str) -> float:
        return 5 + 15.0 * line_count(text, int(sum(self._widths) * 10.5 / 11))

    def _set_page(self) -> None:
        sheet = self._sheet
        sheet.set_paper(_A4)
        sheet.set_landscape()
        sheet.set_margins(left=0.55, right=0.55, top=0.6, bottom=0.7)
        sheet.center_horizontally()
        sheet.print_area(0, 0, self._row - 1, self._last_column)
        sheet.repeat_rows(self._header_row)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer('&C&"宋体"&10第 &P 页　共 &N 页', {"margin": 0.3})
        sheet.freeze_panes(self._header_row + 1, 0)

    def _cell_format(self, setting: Setting, **more: object) -> Format:
        align = "left" if setting is Setting.LEFT else "center"
        fit = {"shrink": True, "text_wrap": False} if setting is Setting.ONE_LINE else {}
        return self._format(BODY_FONT, 10.5, align=align, border=1, **fit, **more)

    def _format(self, font: str, size: float, **more: object) -> Format:
        plain = {"font_name": font, "font_size": size, "font_charset": 134, "align": "center"}
        return self._workbook.add_format({**plain, "valign": "vcenter", "text_wrap": True, **more})
