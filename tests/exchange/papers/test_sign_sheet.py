"""签到表 in both formats: rows, pages, spare rows, leaders apart."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from itertools import accumulate, groupby, pairwise
from pathlib import Path

import pytest
from fake_printer import FakePrinter, words
from made_up_meeting import ETHNIC, large_meeting, made_up_meeting, new_session, seats_of
from openpyxl import load_workbook

from huifeng_desktop.domain.events import EventKind, Fact
from huifeng_desktop.domain.people import Category, Seat
from huifeng_desktop.domain.signature import Signature
from huifeng_desktop.exchange.papers.office_papers import OfficePapers
from huifeng_desktop.exchange.papers.sign_sheet import WALK_IN_ROW, _groups, rows_a_page, sign_sheet
from huifeng_desktop.exchange.papers.sign_sheet_pdf import sign_sheet_pages
from huifeng_desktop.exchange.papers.sign_sheet_workbook import sign_sheet_workbook
from huifeng_desktop.rules.ordering import Order
from huifeng_desktop.service.printed.choices import PaperOptions, Split
from huifeng_desktop.service.printed.marks import Ink, Line, Text
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
            "时间：2026 年 3 月 12 日（星期四）14:30　　地点：县行政中心三楼会议室\n召集单位：县委、县政府"
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


@pytest.mark.parametrize(("first", "names"), [(True, ["王　磊", "王一磊"]), (False, ["王一磊", "王　磊"])])
def test_a_single_given_name_goes_first_or_by_its_strokes(
    tmp_path: Path, first: bool, names: list[str]
) -> None:
    people = [("县水利局", name, "局长", Category.MEMBER) for name in ("王一磊", "王磊")]
    session, _ = new_session(tmp_path / "data", seats_of(people))
    options = PaperOptions(order=Order.STROKES, single_name_first=first)
    printer = FakePrinter()
    OfficePapers(printer).export_one(session, "sign_sheet", tmp_path / "a.pdf", options=options)
    assert [text for text in words(printer.pages[0]) if text in names] == names


def test_a_long_remark_is_set_smaller_than_the_others_and_not_cut(session: MeetingSession) -> None:
    sheet = sign_sheet(session, session.state.seats, signed=True)
    (page, *_) = (one for one in sheet.pages if one.section == "出席")
    words = "阿卜杜外力·买买提（办公室副主任）代会"
    row = (*page.rows[0][:5], words)
    sheet = replace(sheet, pages=(replace(page, rows=(row, *page.rows[1:])),))
    cells = load_workbook(BytesIO(sign_sheet_workbook(sheet)))["出席"]
    usual, small = cells["F6"].font.size, cells["F5"].font.size
    room = int(10 * usual / small) * 2 - 2
    assert cells["F5"].value == words and small < usual
    assert 2 * len(words) / room * small * 1.35 < cells.row_dimensions[5].height


# -- signatures drawn by finger --------------------------------------------------------------------

DRAWN = Signature((((10, 20), (90, 160), (200, 30), (240, 150)), ((40, 90), (150, 80), (260, 100))))


def sign_by_finger(session: MeetingSession, seat_id: str) -> None:
    seat = session.state.seat(seat_id)
    assert seat is not None
    arrival = session.state.facts_of(seat).arrival
    assert arrival is not None
    signer = arrival.deputy.name if arrival.deputy else ""
    body = {"strokes": DRAWN.to_text(), "signer": signer, "entry": arrival.event_id}
    session.state_facts([Fact(EventKind.SIGNATURE, arrival.at, seat_id, body)])


def test_a_signature_stands_where_it_was_asked_for_with_when_and_how_below(session: MeetingSession) -> None:
    sign_by_finger(session, "s1")
    sheet = sign_sheet(session, session.state.seats, signed=True)
    assert sheet.pages[0].signatures == (DRAWN,) and not any(sheet.pages[1].signatures)
    (page, *others) = sign_sheet_pages(sheet)
    (ink,) = [mark for mark in page.marks if isinstance(mark, Ink)]
    below = next(mark for mark in page.marks if isinstance(mark, Text) and mark.text == "14:20 扫码")
    assert ink.y + ink.height <= below.y and not any(isinstance(m, Ink) for p in others for m in p.marks)


def test_a_signature_is_a_picture_inside_its_cell_of_the_workbook(session: MeetingSession) -> None:
    sign_by_finger(session, "s1")
    sign_by_finger(session, "s7")
    sheet = sign_sheet(session, session.state.seats, signed=True)
    book = load_workbook(BytesIO(sign_sheet_workbook(sheet)))
    (picture,) = book["县领导"]._images
    assert (picture.anchor._from.row, picture.anchor._from.col) == (4, 4)
    assert (picture.anchor.to.row, picture.anchor.to.col) == (4, 4)
    assert book["县领导"]["E5"].value == "14:20 扫码" and len(book["出席"]._images) == 1


def test_the_sheet_to_be_signed_shows_no_signature(session: MeetingSession) -> None:
    sign_by_finger(session, "s1")
    assert not any(any(page.signatures) for page in sign_sheet(session, session.state.seats).pages)


# -- desks and blocks ------------------------------------------------------------------------------


@pytest.mark.parametrize("desks", [1, 2, 3, 12])
def test_each_desk_has_pages_of_its_own_with_spare_rows(tmp_path: Path, desks: int) -> None:
    session, _ = large_meeting(tmp_path / "data", 128)
    sheet = sign_sheet(session, session.state.seats, split=Split.DESK, desks=desks)
    groups = [
        list(pages) for name, pages in groupby(sheet.pages, key=lambda page: page.section) if "台" in name
    ]
    assert len(groups) == desks
    seen = []
    for number, pages in enumerate(groups, 1):
        rows = [row for page in pages for row in page.rows]
        numbers = [int(row[0]) for row in rows if row[0]]
        assert pages[0].section == f"出席　第{number}签到台　{numbers[0]}—{numbers[-1]}号"
        assert WALK_IN_ROW in rows and len(rows) - rows.index(WALK_IN_ROW) >= 4
        seen += numbers
    assert seen == [seat.seq for seat in session.state.seats if seat.category is Category.MEMBER]


def test_desks_are_parted_between_units_and_not_within_one() -> None:
    seats = [Seat(f"s{n}", n, f"单位{(n - 1) // 3}", f"张{n}") for n in range(1, 101)]
    groups = [group for _, group in _groups(seats, Split.DESK, 2) if group]
    first, second = groups[0], groups[1]
    assert abs(len(first) - len(second)) <= 4 and first[-1].unit != second[0].unit


def test_more_desks_than_people_leave_desks_out() -> None:
    seats = [Seat(f"s{n}", n, f"单位{n}", f"张{n}") for n in range(1, 3)]
    assert [len(group) for _, group in _groups(seats, Split.DESK, 5)] == [1, 1]


def test_blocks_are_those_of_the_seat_column(session: MeetingSession) -> None:
    seats = [
        replace(seat, place=f"{'AB'[seat.seq % 2]}区{seat.seq}号" if seat.seq != 4 else "")
        for seat in session.state.seats
    ]
    sheet = sign_sheet(session, seats, split=Split.BLOCK)
    sections = list(dict.fromkeys(page.section for page in sheet.pages))
    assert sections == ["县领导", "出席　A区", "出席　B区", "出席　没有座位号", "列席、工作人员"]
    book = load_workbook(BytesIO(sign_sheet_workbook(sheet)))
    assert book.sheetnames == [name.replace("　", " ") for name in sections]


def test_the_workbook_ends_its_pages_where_the_sheet_does(tmp_path: Path) -> None:
    session, _ = large_meeting(tmp_path / "data", 128)
    sheet = sign_sheet(session, session.state.seats, split=Split.DESK, desks=3)
    book = load_workbook(BytesIO(sign_sheet_workbook(sheet)))
    number = 1
    for worksheet in book:
        pages = [page for page in sheet.pages if page.section.replace("　", " ") == worksheet.title]
        ends = [mark.id for mark in worksheet.row_breaks.brk]
        assert [end - 4 for end in ends] == list(accumulate(len(page.rows) for page in pages))[:-1]
        assert (worksheet.page_setup.firstPageNumber or 1) == number
        assert f"共 {len(sheet.pages)} 页" in worksheet.oddFooter.center.text
        head = sum(worksheet.row_dimensions[row].height for row in range(1, 5))
        heights = [worksheet.row_dimensions[row].height for row in range(5, worksheet.max_row + 1)]
        for page, start in zip(pages, [0, *(end - 4 for end in ends)], strict=True):
            assert head + sum(heights[start : start + len(page.rows)]) <= 745
        number += len(pages)
