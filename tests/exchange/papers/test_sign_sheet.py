"""签到表 in both formats: rows, pages, spare rows, leaders apart."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from fake_printer import FakePrinter, words
from made_up_meeting import ETHNIC, large_meeting, made_up_meeting
from openpyxl import load_workbook

from huifeng_desktop.domain.people import Category
from huifeng_desktop.exchange.papers.office_papers import OfficePapers
from huifeng_desktop.exchange.papers.sign_sheet import WALK_IN_ROW, rows_a_page, sign_sheet
from huifeng_desktop.exchange.papers.sign_sheet_pdf import sign_sheet_pages
from huifeng_desktop.exchange.papers.sign_sheet_workbook import sign_sheet_workbook
from huifeng_desktop.rules.ordering import Order
from huifeng_desktop.service.papers import PaperOptions
from huifeng_desktop.service.printing import Line
from huifeng_desktop.service.session import MeetingSession


@pytest.fixture
def session(tmp_path: Path) -> MeetingSession:
    return made_up_meeting(tmp_path / "data")[0]


def test_leaders_members_and_observers_sign_on_pages_of_their_own(session: MeetingSession) -> None:
    sheet = sign_sheet(session, session.state.seats)
    assert [page.section for page in sheet.pages] == ["县领导", "出席", "列席、工作人员"]
    leaders, members, others = sheet.pages
    assert leaders.rows == (("1", "县领导", "沈国栋", "县委书记", "", ""),)
    assert [row[2] for row in members.rows[:3]] == ["王　磊", "欧阳建", ETHNIC]
    assert members.rows[12] == WALK_IN_ROW and len(members.rows) == members.rows_a_page == 16
    assert [row[5] for row in others.rows] == ["工作人员", "", ""]
    assert "馆长" not in str(sheet) and "138" not in str(sheet)


@pytest.mark.parametrize("count", [1, 14, 15, 18, 19, 20, 30, 37, 128, 1000])
def test_pages_hold_15_to_18_rows_and_no_lonely_one(count: int) -> None:
    size = rows_a_page(count)
    assert 15 <= size <= 18
    assert count <= size or (count % size or size) >= 3 or count in (19,)


@pytest.mark.parametrize("count", [30, 128, 1000])
def test_the_last_page_is_filled_with_spare_rows(tmp_path: Path, count: int) -> None:
    session, _ = large_meeting(tmp_path / "data", count)
    members = [page for page in sign_sheet(session, session.state.seats).pages if page.section == "出席"]
    rows = [row for page in members for row in page.rows]
    assert all(len(page.rows) == page.rows_a_page for page in members)
    assert len(rows) - rows.index(WALK_IN_ROW) >= 4
    numbers = [int(row[0]) for row in rows if row[0]]
    assert numbers == [seat.seq for seat in session.state.seats if seat.category is Category.MEMBER]


def test_every_pdf_page_says_what_when_where_and_which(session: MeetingSession) -> None:
    pages = sign_sheet_pages(sign_sheet(session, session.state.seats))
    for number, page in enumerate(pages, 1):
        said = words(page)
        assert said[0] == "全县重点工作推进会签到表"
        assert said[2] == (
            "时间：2026 年 3 月 12 日（星期四）14:30　　地点：县行政中心三楼会议室　　召集单位：县委、县政府"
        )
        assert said[3:9] == ["序号", "单位", "姓名", "职务", "本人签名", "备注"]
        assert said[-1] == f"第 {number} 页　共 3 页"
        assert (page.width, page.height) == (210, 297)


@pytest.mark.parametrize("count", [30, 128])
def test_rows_are_ten_millimetres_at_least_and_stay_on_the_page(tmp_path: Path, count: int) -> None:
    session, _ = large_meeting(tmp_path / "data", count)
    for page in sign_sheet_pages(sign_sheet(session, session.state.seats)):
        across = sorted({mark.y1 for mark in page.marks if isinstance(mark, Line) and mark.y1 == mark.y2})
        assert all(low - high >= 10 for high, low in pairwise(across))
        assert across[-1] < 281


def test_the_workbook_repeats_its_head_on_a4(session: MeetingSession) -> None:
    book = load_workbook(BytesIO(sign_sheet_workbook(sign_sheet(session, session.state.seats))))
    assert book.sheetnames == ["县领导", "出席", "列席、工作人员"]
    for sheet in book:
        assert sheet.print_title_rows == "$1:$4" and sheet.page_setup.paperSize == 9
        assert sheet.page_setup.orientation == "portrait" and sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0 and "&P" in sheet.oddFooter.center.text
        assert [cell.value for cell in sheet[4]] == ["序号", "单位", "姓名", "职务", "本人签名", "备注"]
        heights = [sheet.row_dimensions[row].height for row in range(5, sheet.max_row + 1)]
        assert min(heights) >= 28.4 / 0.85
        assert not any(cell.data_type == "f" for row in sheet for cell in row)
    assert [row[2].value for row in book["出席"]["A5:F16"]].count("=1+1") == 1


def test_the_signed_sheet_says_when_and_how(session: MeetingSession) -> None:
    sheet = sign_sheet(session, session.state.seats, signed=True)
    rows = {row[2]: row[4:] for page in sheet.pages for row in page.rows}
    assert rows["沈国栋"] == ("14:20 扫码", "")
    assert rows["尹国华"] == ("14:22 键入", "周　喆（副局长）代会")
    assert rows["吴　堃"] == ("", "") and rows["王　磊"][0] == "3月11日 17:05 补录"
    assert not any(row == WALK_IN_ROW for page in sheet.pages for row in page.rows)


def test_people_may_be_listed_by_strokes(session: MeetingSession, tmp_path: Path) -> None:
    printer = FakePrinter()
    options = PaperOptions(order=Order.STROKES)
    OfficePapers(printer).export_one(session, "sign_sheet", tmp_path / "a.pdf", options=options)
    said = words(printer.pages[1])
    known = [
        name
        for name in said
        if name in ("王　磊", "欧阳建", "尹国华", "陆　川", "黄　敏", "何　平", "史文杰")
    ]
    assert known == ["王　磊", "尹国华", "史文杰", "何　平", "陆　川", "欧阳建", "黄　敏"]
