"""每单位年度一页: the ledger's figures, neutral words, one page and one sheet for each unit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from fake_printer import FakePrinter, words
from story import LADDER, POINTS, Story, seat

from huifeng_desktop.exchange.unit_pages import export_unit_pages, unit_page
from huifeng_desktop.exchange.unit_year import NOTE, UnitYear, unit_years
from huifeng_desktop.rules.ledger import JudgedMeeting, Ledger, ledger
from huifeng_desktop.service.printed.marks import Box, Picture, Text

RULES = replace(LADDER, points=POINTS)
MADE = datetime(2026, 12, 31, 17, 0).astimezone()
SEATS = (
    seat("s1", "王磊", "县水利局"),
    seat("s2", "欧阳建", "县审计局"),
    seat("s3", "赵镕", "县审计局"),
    seat("s4", "=1+1", "县档案馆[史志]/"),
)


def meeting(number: int) -> JudgedMeeting:
    """王磊 comes, 欧阳建 is late, 赵镕 stays away, the archive comes."""
    day = date(2026, 1, 5) + timedelta(weeks=number)
    story = Story(*SEATS, rules=RULES, day=day).held()
    story.signs("14:20", "s1")
    story.signs("14:41", "s2")
    story.signs("14:20", "s4")
    start = story.events[0].at.replace(hour=14, minute=30)
    return JudgedMeeting(f"m{number}", f"例会{number}", start, RULES, True, story.verdicts())


@pytest.fixture
def year() -> Ledger:
    return ledger([meeting(number) for number in range(3)], RULES)


def test_a_page_says_what_the_ledger_says_and_nothing_of_tiers(year: Ledger) -> None:
    found = {one.unit: one for one in unit_years(year, "2026 年", MADE)}
    audit = found["县审计局"]
    assert audit.figures == (6, 3, 0, 3, 0, 0, 3, "50.0%")
    assert [(one.expected, one.present) for one in audit.points] == [(2, 1)] * 3
    assert audit.cases[0] == ("2026-01-05", "例会0", "欧阳建", "本人到会，迟到 11 分")
    assert len(audit.cases) == 6 and found["县水利局"].cases == ()
    said = "".join(words(unit_page(audit)))
    assert "县审计局2026年参会情况" in said and NOTE in said
    assert not any(word in said for word in ("档", "通报", "扣", "计 1 次", "批评"))


def test_a_unit_of_which_there_is_nothing_to_say_is_told_so(year: Ledger) -> None:
    water = next(one for one in unit_years(year, "2026 年", MADE) if one.unit == "县水利局")
    page = unit_page(water)
    assert "各次会议均按要求到会。" in words(page)
    assert sum(isinstance(mark, Picture) for mark in page.marks) == 1


def test_a_long_year_stays_on_its_page_and_says_what_is_left_out() -> None:
    cases = tuple((f"2026-01-{n:02}", "例会", "王磊", "缺席") for n in range(1, 31))
    page = unit_page(UnitYear("县水利局", "2026 年", (30, 0, 0, 0, 0, 0, 30, "0.0%"), (), cases, ""))
    (left,) = [text for text in words(page) if text.startswith("另有")]
    shown = sum(text.startswith("2026-01-") for text in words(page))
    assert left == f"另有 {30 - shown} 条，见同名工作簿。" and shown >= 10
    assert all(one.y + one.height < 277 for one in page.marks if isinstance(one, Text | Box | Picture))


def test_all_units_are_one_pdf_and_one_workbook_without_formulas(year: Ledger, tmp_path: Path) -> None:
    printer = FakePrinter()
    pdf, book_path = export_unit_pages(year, "2026 年", tmp_path / "out", MADE, printer)
    assert pdf.suffix == ".pdf" and len(printer.pages) == 3
    book = openpyxl.load_workbook(book_path)
    assert book.sheetnames == ["全部会议", "县水利局", "县审计局", "县档案馆史志"]
    audit = book["县审计局"]
    assert [cell.value for cell in audit[4]][:8] == [6, 3, 0, 3, 0, 0, 3, "50.0%"]
    assert audit.print_area and audit.page_setup.paperSize == 9 and audit.print_title_rows
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    assert [len(sheet._charts) for sheet in book] == [1, 1, 1, 1]


def test_one_unit_is_one_page_and_one_sheet(year: Ledger, tmp_path: Path) -> None:
    printer = FakePrinter()
    water = next(row for row in year.units if row.unit == "县水利局")
    files = export_unit_pages(year, "2026 年", tmp_path, MADE, printer, water)
    assert [file.name for file in files] == [
        "单位年度页_2026 年_县水利局.pdf",
        "单位年度页_2026 年_县水利局.xlsx",
    ]
    assert len(printer.pages) == 1
    assert openpyxl.load_workbook(files[1]).sheetnames == ["县水利局"]


def test_the_trends_of_all_units_at_once_are_those_of_each(year: Ledger) -> None:
    assert year.unit_trends() == {row.key: year.trend(row) for row in year.units}
