"""会议图表 as DOCX and XLSX: pictures of the charts, and in the workbook the figures behind them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from huifeng_desktop.exchange.papers.chart_paper import HEAD_CHARACTERS, charts_of
from huifeng_desktop.exchange.papers.setting.document import KAI, OfficialDocument
from huifeng_desktop.exchange.papers.setting.layout import at_gaps, text_width
from huifeng_desktop.exchange.papers.setting.paper import PaperKind, clean, heading, paper_title
from huifeng_desktop.exchange.papers.setting.workbook import BODY_FONT, HEAD_FONT, TITLE_FONT, options
from huifeng_desktop.rules.totals import rate
from huifeng_desktop.service.printed.charts import (
    WIDTH,
    ArrivalChart,
    Chart,
    SpeakingChart,
    UnitsChart,
    figures,
    meeting_charts,
)
from huifeng_desktop.service.session import MeetingSession
from huifeng_desktop.wording import minutes_seconds

Draw = Callable[[Chart, float], bytes]
"""A chart as a PNG of so many millimetres."""
_PICTURE_MM, _ROW_PX, _A4 = 156.0, 20, 9
_FOOTER = '&C&"宋体"&10第 &P 页　共 &N 页'
_PICTURE_PX = 590
"""How wide a picture lies on a sheet: 156 mm at 96 dpi."""


def chart_document(session: MeetingSession, draw: Draw, family: str = BODY_FONT) -> bytes:
    """Title, circumstances, and the charts one below the other."""
    title = paper_title(session, PaperKind.CHARTS)
    document = OfficialDocument(title, family, session.now().wall)
    document.title(clean(title))
    for line in (part for words in heading(session) for part in at_gaps(words, HEAD_CHARACTERS)):
        document.line(line, KAI, 12)
    for chart in charts_of(session):
        document.picture(draw(chart, _PICTURE_MM), _PICTURE_MM, chart.words)
    return document.save()


def chart_workbook(session: MeetingSession, draw: Draw, family: str = BODY_FONT) -> bytes:
    """A sheet of pictures that prints on A4, and a sheet with what they are drawn from."""
    buffer = BytesIO()
    workbook = Workbook(buffer, options(family))
    title = clean(paper_title(session, PaperKind.CHARTS))
    _pictures(workbook, workbook.add_worksheet("图表"), title, charts_of(session), draw)
    _data(workbook, workbook.add_worksheet("数据"), meeting_charts(session))
    workbook.close()
    return buffer.getvalue()


def _pictures(workbook: Workbook, sheet: Worksheet, title: str, charts: Sequence[Chart], draw: Draw) -> None:
    head = workbook.add_format({"font_name": TITLE_FONT, "font_size": 18, "align": "center"})
    sheet.set_column(0, 0, 84)
    sheet.set_row(0, 32)
    sheet.write_string(0, 0, title, head)
    row, breaks = 1, []
    room = _rows_of(230)
    used = 0
    for chart in charts:
        rows = _rows_of(chart.height * _PICTURE_MM / WIDTH)
        if used and used + rows > room:
            breaks.append(row)
            used = 0
        for number in range(row, row + rows):
            sheet.set_row_pixels(number, _ROW_PX)
        place_picture(sheet, row, 0, draw(chart, _PICTURE_MM), chart)
        row, used = row + rows + 1, used + rows + 1
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.8)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.print_area(0, 0, row, 0)
    sheet.set_h_pagebreaks(breaks)
    sheet.set_footer(_FOOTER, {"margin": 0.3})


def place_picture(
    sheet: Worksheet, row: int, column: int, png: bytes, chart: Chart, width_px: int = _PICTURE_PX
) -> None:
    """Put a picture of this width on a sheet, told in words for who cannot see it."""
    natural = int.from_bytes(png[16:20], "big")
    scale = width_px / natural
    how = {
        "image_data": BytesIO(png),
        "x_scale": scale,
        "y_scale": scale,
        "description": clean(chart.words)[:255],
        "object_position": 1,
    }
    sheet.insert_image(row, column, f"{chart.name}.png", how)


def _rows_of(high_mm: float) -> int:
    """How many rows of a sheet a picture of this height covers."""
    return int(high_mm * 96 / 25.4 / _ROW_PX) + 1


def _data(workbook: Workbook, sheet: Worksheet, charts: Sequence[Chart]) -> None:
    head = workbook.add_format(
        {"font_name": HEAD_FONT, "font_size": 10.5, "border": 1, "bg_color": "#E7E6E2"}
    )
    cell = workbook.add_format({"font_name": BODY_FONT, "font_size": 10.5, "border": 1, "shrink": True})
    column = longest = 0
    for chart in charts:
        titles, rows = _table(chart)
        if not titles:
            continue
        for place, title in enumerate(titles):
            sheet.write_string(0, column + place, title, head)
            widest = max((text_width(str(row[place])) for row in rows), default=0)
            sheet.set_column(column + place, column + place, min(44, max(10, widest + 2)))
        _write(sheet, column, rows, cell)
        column, longest = column + len(titles) + 1, max(longest, len(rows))
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.print_area(0, 0, max(1, longest), max(0, column - 2))
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(_FOOTER, {"margin": 0.3})
    sheet.freeze_panes(1, 0)


def _write(sheet: Worksheet, column: int, rows: Sequence[Sequence[str | int]], cell: Format) -> None:
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(number, column + place, clean(value), cell)
            else:
                sheet.write_number(number, column + place, value, cell)


def _table(chart: Chart) -> tuple[tuple[str, ...], list[tuple[str | int, ...]]]:
    """Titles and rows of what a chart is drawn from; who sat where is told by 签到明细."""
    match chart:
        case ArrivalChart():
            by_minute = {f"{one.astimezone():%H:%M}": count for count, one in enumerate(chart.times, 1)}
            return ("签到时间", "累计人数"), list(by_minute.items())
        case SpeakingChart():
            return ("议题", "限时", "实际"), [
                (row.item.title, minutes_seconds(row.allowed_s) or "不限", figures(row)) for row in chart.rows
            ]
        case UnitsChart():
            return ("单位", "应到", "实到", "到会率"), [
                (bar.unit, bar.expected, bar.present, rate(bar.present, bar.expected)) for bar in chart.bars
            ]
    return (), []
