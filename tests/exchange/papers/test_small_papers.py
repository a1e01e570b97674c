"""请假单, 主持稿 and 证件 in the formats in which one wants them, and the titles of papers."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Pt
from fake_printer import FakePrinter, words
from made_up_meeting import PEOPLE, made_up_meeting, new_session, seats_of, with_agenda
from openpyxl import load_workbook

from huifeng_desktop.exchange.papers.office_papers import OfficePapers
from huifeng_desktop.exchange.papers.setting.paper import PaperKind, paper_title
from huifeng_desktop.service.printed.marks import Box
from huifeng_desktop.service.session import MeetingSession


@pytest.fixture
def session(tmp_path: Path) -> MeetingSession:
    session, clock = made_up_meeting(tmp_path / "data")
    with_agenda(session, clock)
    return session


def test_the_leave_form_can_be_printed_as_it_is(session: MeetingSession, tmp_path: Path) -> None:
    printer = FakePrinter()
    OfficePapers(printer).export_one(session, "leave_form", tmp_path / "a.pdf")
    (page,) = printer.pages
    said = words(page)
    assert (
        said[:3] == ["会议请假单", "会议名称", "全县重点工作推进会"] and "□ 因公　　□ 因病　　□ 其他" in said
    )
    boxes = [mark for mark in page.marks if isinstance(mark, Box)]
    assert {round(box.x + box.width) for box in boxes if box.x > 28 + 28} <= {184, 106, 134}
    assert max(box.y + box.height for box in boxes) < 297 - 35


@pytest.mark.parametrize(("title", "size"), [("全县推进会", 14), ("深入学习贯彻改进会风" * 18, 10.5)])
def test_a_long_title_does_not_push_the_leave_form_over_its_page(
    tmp_path: Path, title: str, size: float
) -> None:
    session, _ = made_up_meeting(tmp_path / "data", title=title)
    file = OfficePapers().export_one(session, "leave_form", tmp_path / "form.docx")
    cell = Document(str(file)).tables[0].cell(0, 1)
    assert cell.text == title and cell.paragraphs[0].runs[0].font.size == Pt(size)


def test_the_chairs_script_can_be_printed(session: MeetingSession, tmp_path: Path) -> None:
    printer = FakePrinter()
    OfficePapers(printer).export_one(session, "script", tmp_path / "a.pdf")
    said = words(printer.pages[0])
    assert said[0] == "全县重点工作推进会主持稿参考" and said[1] == "　　同志们："


def test_badge_numbers_can_be_handed_to_a_print_shop(tmp_path: Path) -> None:
    seats = [replace(seat, badge=f"{seat.seq:013d}") for seat in seats_of(PEOPLE)]
    session, _ = new_session(tmp_path / "data", seats)
    papers = OfficePapers()
    rows = list(
        csv.reader(StringIO(papers.export_one(session, "badges", tmp_path / "a.csv").read_text("utf-8-sig")))
    )
    assert rows[0] == ["序号", "单位", "姓名", "职务", "身份", "座位", "证号"]
    assert rows[1][-1] == "0000000000001" and len(rows) == 17
    sheet = load_workbook(papers.export_one(session, "badges", tmp_path / "a.xlsx")).active
    assert "0000000000001" in {row[6] for row in sheet.values}


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        ("全县重点工作推进会", "全县重点工作推进会议程"),
        ("县委常委会会议", "县委常委会会议议程"),
        ("经济形势分析", "经济形势分析会议议程"),
    ],
)
def test_a_title_does_not_stammer(tmp_path: Path, title: str, printed: str) -> None:
    session, _ = new_session(tmp_path / "data", [], title=title)
    assert paper_title(session, PaperKind.AGENDA) == printed
