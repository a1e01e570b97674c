"""每单位年度一页 as a workbook: a sheet for each unit, its trend a chart of the workbook's own."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from huifeng_desktop.exchange.papers.setting.workbook import BODY_FONT, HEAD_FONT, TITLE_FONT, options
from huifeng_desktop.exchange.unit_year import CASE_TITLES, NOTE, TITLES, UnitYear
from huifeng_desktop.rules.ledger import TrendPoint
from huifeng_desktop.rules.totals import rate
from huifeng_desktop.service.printed.charts import TrendChart

_A4, _DATA = 9, 9
"""The paper, and the column from which on the figures of the chart stand, beside what is printed."""
_CHART_ROWS, _DOTS_AT_MOST = 14, 60
_BAD_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", ""))


def unit_workbook(years: Iterable[UnitYear], whole: TrendChart | None = None) -> bytes:
    """A sheet for each unit; before them, where it is given, the trend of all meetings."""
    buffer = BytesIO()
    workbook = Workbook(buffer, options(BODY_FONT))
    names: set[str] = set()
    if whole is not None:
        _whole(workbook, workbook.add_worksheet(_sheet_name("全部会议", names)), whole)
    for year in years:
        _Sheet(workbook, workbook.add_worksheet(_sheet_name(year.unit, names)), year).write()
    workbook.close()
    return buffer.getvalue()


def _sheet_name(unit: str, taken: set[str]) -> str:
    """At most 31 characters, none that a sheet's name may not hold, and each only once."""
    plain = unit.translate(_BAD_IN_NAMES).strip()[:31] or "单位"
    name, number = plain, 2
    while name.lower() in taken:
        tail = f"（{number}）"
        name, number = plain[: 31 - len(tail)] + tail, number + 1
    taken.add(name.lower())
    return name


class _Sheet:
    def __init__(self, workbook: Workbook, sheet: Worksheet, year: UnitYear) -> None:
        self._workbook, self._sheet, self._year = workbook, sheet, year
        middle = {"align": "center", "valign": "vcenter", "text_wrap": True}
        self._title = workbook.add_format({**middle, "font_name": TITLE_FONT, "font_size": 18})
        self._line = workbook.add_format({**middle, "font_size": 11})
        self._head = workbook.add_format(
            {**middle, "font_name": HEAD_FONT, "font_size": 10.5, "border": 1, "bg_color": "#E7E6E2"}
        )
        self._cell = workbook.add_format({**middle, "font_size": 10.5, "border": 1, "num_format": "@"})
        self._number = workbook.add_format({**middle, "font_size": 10.5, "border": 1})

    def write(self) -> None:
        """Title, figures, chart, and every case."""
        sheet, year, last = self._sheet, self._year, len(TITLES) - 1
        sheet.set_column(0, last, 11)
        for row, words, style, high in (
            (0, year.title, self._title, 34),
            (1, year.standing, self._line, 20),
        ):
            sheet.set_row(row, high)
            sheet.merge_range(row, 0, row, last, "", style)
            sheet.write_string(row, 0, words, style)
        for place, (title, figure) in enumerate(zip(TITLES, year.figures, strict=True)):
            sheet.write_string(2, place, title, self._head)
            self._put(3, place, figure)
        if year.points:
            write_trend(self._workbook, sheet, TrendChart(year.points), 5)
        end = self._cases(6 + _CHART_ROWS)
        sheet.merge_range(end, 0, end, last, "", self._line)
        sheet.write_string(end, 0, NOTE, self._line)
        _set_page(sheet, end, last)

    def _put(self, row: int, column: int, value: str | int) -> None:
        if isinstance(value, str):
            self._sheet.write_string(row, column, value, self._cell)
        else:
            self._sheet.write_number(row, column, value, self._number)

    def _cases(self, row: int) -> int:
        """The rows of what there is to say; the columns of the figures are joined for them."""
        spans = ((0, 0), (1, 4), (5, 5), (6, 7))
        for number, cells in enumerate([CASE_TITLES, *self._year.cases]):
            style = self._cell if number else self._head
            for (first, last), text in zip(spans, cells, strict=True):
                if first != last:
                    self._sheet.merge_range(row + number, first, row + number, last, "", style)
                self._sheet.write_string(row + number, first, text, style)
        self._sheet.repeat_rows(row)
        end = row + 1 + len(self._year.cases)
        return end if self._year.cases else self._nothing(end)

    def _nothing(self, row: int) -> int:
        self._sheet.merge_range(row, 0, row, len(TITLES) - 1, "", self._line)
        self._sheet.write_string(row, 0, "各次会议均按要求到会。", self._line)
        return row + 1


def write_trend(workbook: Workbook, sheet: Worksheet, trend: TrendChart, row: int) -> None:
    """A line with marks and a dashed mean, black: it reads the same in grey."""
    points = trend.points
    last = len(points)
    for column, title in enumerate(("会议", "到会率", "平均")):
        sheet.write_string(0, _DATA + column, title)
    mean = sum(one.present for one in points) / max(1, sum(one.expected for one in points))
    share = workbook.add_format({"num_format": "0.0%"})
    for number, one in enumerate(points, 1):
        sheet.write_string(number, _DATA, _label(one))
        sheet.write_number(number, _DATA + 1, one.present / one.expected, share)
        sheet.write_number(number, _DATA + 2, mean, share)
    chart = workbook.add_chart({"type": "line"})
    name = sheet.get_name()
    lines = (
        (
            {"color": "#1f3a5f", "width": 1.75},
            {"type": "circle" if last <= _DOTS_AT_MOST else "none", "size": 5},
        ),
        ({"color": "#000000", "width": 1, "dash_type": "dash"}, {"type": "none"}),
    )
    for column, (line, marker) in enumerate(lines, 1):
        chart.add_series(
            {
                "name": [name, 0, _DATA + column],
                "categories": [name, 1, _DATA, last, _DATA],
                "values": [name, 1, _DATA + column, last, _DATA + column],
                "line": line,
                "marker": marker,
            }
        )
    sums = sum(one.present for one in points), sum(one.expected for one in points)
    chart.set_title({"name": f"{trend.name}（平均 {rate(*sums)}）", "name_font": {"size": 12}})
    chart.set_y_axis({"min": trend.lowest / 100, "max": 1, "num_format": "0%", "major_gridlines": _FAINT})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 620, "height": 270})
    sheet.insert_chart(row, 0, chart, {"object_position": 1})


_FAINT = {"visible": True, "line": {"color": "#D0D0D0", "width": 0.5}}


def _label(point: TrendPoint) -> str:
    when = point.start.astimezone()
    return f"{when.month}-{when.day}"


def _whole(workbook: Workbook, sheet: Worksheet, trend: TrendChart) -> None:
    sheet.set_column(0, 7, 11)
    style = workbook.add_format({"font_name": TITLE_FONT, "font_size": 18, "align": "center"})
    sheet.merge_range(0, 0, 0, 7, "", style)
    sheet.write_string(0, 0, trend.name, style)
    if trend.points:
        write_trend(workbook, sheet, trend, 2)
    _set_page(sheet, 2 + _CHART_ROWS, 7)


def _set_page(sheet: Worksheet, last_row: int, last_column: int) -> None:
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.8)
    sheet.center_horizontally()
    sheet.print_area(0, 0, last_row, last_column)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer('&C&"宋体"&10第 &P 页　共 &N 页', {"margin": 0.3})
