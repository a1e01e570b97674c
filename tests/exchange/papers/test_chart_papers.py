"""会议图表 and 座位图: what stands on the pages and in the workbooks, reopened by a library."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from fake_printer import FakePrinter, words
from made_up_meeting import large_meeting, large_people, made_up_meeting, new_session, seats_of, with_agenda
from openpyxl import load_workbook

from huifeng_desktop.domain.people import Seat
from huifeng_desktop.exchange.papers.chart_paper import BARS_A_PAGE, ROWS_A_PAGE, chart_pages, charts_of
from huifeng_desktop.exchange.papers.office_papers import OfficePapers
from huifeng_desktop.exchange.papers.seat_plan_workbook import seat_plan_workbook
from huifeng_desktop.service.printed.charts import (
    WIDTH,
    ArrivalChart,
    SeatsChart,
    SpeakingChart,
    UnitsChart,
    arrival_chart,
    meeting_charts,
)
from huifeng_desktop.service.printed.marks import Picture
from huifeng_desktop.service.session import MeetingSession


@pytest.fixture
def session(tmp_path: Path) -> MeetingSession:
    """The made-up meeting with its agenda spoken."""
    session, clock = made_up_meeting(tmp_path / "data")
    with_agenda(session, clock)
    return session


def test_a_meeting_has_its_three_charts_on_paper(session: MeetingSession) -> None:
    pages = chart_pages(session)
    charts = [mark.chart for page in pages for mark in page.marks if isinstance(mark, Picture)]
    assert [type(one) for one in charts] == [ArrivalChart, SpeakingChart, UnitsChart]
    assert words(pages[0])[0] == "全县重点工作推进会图表"
    units = charts[-1]
    assert isinstance(units, UnitsChart)
    assert sum(bar.expected for bar in units.bars) == session.totals().expected
    assert sum(bar.present for bar in units.bars) == session.totals().present


def test_many_units_go_over_pages_and_none_is_lost(tmp_path: Path) -> None:
    session, _ = large_meeting(tmp_path / "data", 300)
    (whole,) = [one for one in meeting_charts(session) if isinstance(one, UnitsChart)]
    lacking = [bar for bar in whole.bars if bar.present < bar.expected]
    parts = [one for one in charts_of(session) if isinstance(one, UnitsChart)]
    assert all(len(one.bars) <= BARS_A_PAGE for one in parts) and len(whole.bars) > BARS_A_PAGE
    assert [bar for one in parts for bar in one.bars] == lacking
    rest = len(whole.bars) - len(lacking)
    assert parts[0].name == f"各单位到会（缺人的 {len(lacking)} 个，其余 {rest} 个单位全部到齐）"
    for page in chart_pages(session):
        ends = [mark.y + mark.height for mark in page.marks if isinstance(mark, Picture)]
        assert max(ends, default=0) <= 297 - 35 + 0.1


def test_a_deep_hall_goes_over_pages_and_no_seat_is_lost(tmp_path: Path) -> None:
    people = large_people(120)
    seats = [replace(seat, place=f"{seat.seq // 2 + 1}排{seat.seq % 2 + 1}号") for seat in seats_of(people)]
    session, _ = new_session(tmp_path / "data", seats)
    halls = [one for one in charts_of(session) if isinstance(one, SeatsChart)]
    assert len(halls) == 3 and all(len(one.lines) <= ROWS_A_PAGE for one in halls)
    (whole,) = [one for one in meeting_charts(session) if isinstance(one, SeatsChart)]
    assert [cell for one in halls for cell in one.cells] == list(whole.cells)
    assert [one.name.endswith("（续）") for one in halls] == [False, True, True]
    (picture, *_) = (
        mark
        for page in chart_pages(session)
        for mark in page.marks
        if isinstance(mark, Picture) and isinstance(mark.chart, SeatsChart)
    )
    assert picture.height >= picture.chart.height * picture.width / WIDTH - 0.1, "不缩小也放得下"


@pytest.mark.parametrize(("seconds", "marks"), [(0, 1), (59, 1), (-59, 1), (60, 2), (-120, 2)])
def test_an_opening_at_the_notified_minute_is_not_marked_apart(
    session: MeetingSession, seconds: int, marks: int
) -> None:
    start = session.plan.start
    chart = arrival_chart(session.verdicts(), start, start + timedelta(seconds=seconds))
    assert [words for _, words in chart.marks] == ["通知", "开会"][:marks]


def test_documents_and_workbooks_hold_the_pictures_and_the_figures(
    session: MeetingSession, tmp_path: Path
) -> None:
    papers = OfficePapers(FakePrinter())
    document = Document(str(papers.export_one(session, "charts", tmp_path / "c.docx")))
    assert len(document.inline_shapes) == 3
    assert "到齐曲线：应到" in document.inline_shapes[0]._inline.docPr.get("descr")
    book = load_workbook(papers.export_one(session, "charts", tmp_path / "c.xlsx"))
    pictures, data = book["图表"], book["数据"]
    assert len(pictures._images) == 3 and pictures.page_setup.paperSize == 9
    titles = [cell.value for cell in data[1]]
    assert titles[:2] == ["签到时间", "累计人数"] and "限时" in titles and "到会率" in titles
    expected = titles.index("应到")
    total = sum(row[expected] for row in data.iter_rows(min_row=2, values_only=True) if row[expected])
    assert total == session.totals().expected
    assert all(cell.data_type != "f" for row in data.iter_rows() for cell in row)


def test_the_seat_grid_is_a_cell_for_each_seat_and_lists_who_has_none() -> None:
    seats = [
        Seat("s1", 1, "县水利局", "王磊", place="1排2号"),
        Seat("s2", 2, "县审计局", "=1+1", place="2-4"),
        Seat("s3", 3, "县统计局", "何平", place="主席台旁"),
    ]
    book = load_workbook(BytesIO(seat_plan_workbook(seats, "座位图")))
    grid, rest = book["座位图"], book["没有画进图的人"]
    assert [[cell.value for cell in row] for row in grid.iter_rows(min_row=3)] == [
        [None, "2 号", "4 号"],
        ["1 排", "王　磊\n县水利局", None],
        ["2 排", None, "=1+1\n县审计局"],
    ]
    assert grid.page_setup.orientation == "landscape" and grid.print_title_rows
    assert [cell.value for cell in rest[2]] == ["何　平", "县统计局", "", "主席台旁"]
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_a_wide_hall_prints_names_on_one_line_and_cuts_no_unit() -> None:
    unit = "国网××省电力有限公司禾川县供电公司（电力行政执法办公室）"
    seats = [Seat(f"s{n}", n, unit, "欧阳建", place=f"1排{n}号") for n in range(1, 21)]
    book = load_workbook(BytesIO(seat_plan_workbook(seats, "座位图" * 40)), rich_text=True)
    sheet = book["座位图"]
    room = (7 * sheet.column_dimensions["A"].width - 8) * 0.75
    name, below = sheet["B4"].value
    assert name.font.sz * 3 <= room and str(name) == "欧阳建"
    lines = math.ceil(len(unit) / (room // below.font.sz))
    assert name.font.sz * 1.3 + lines * below.font.sz * 1.3 <= sheet.row_dimensions[4].height
    assert 21 * sheet.column_dimensions["A"].width * 7 <= 1036, "一张横放 A4 放得下，不必缩小"
    assert sheet.row_dimensions[1].height > 60, "长标题不被截断"
