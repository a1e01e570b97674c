"""Where the pages of a table end: reckoned once, the same in workbook and PDF, nobody alone."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pytest
from fake_printer import words
from openpyxl import load_workbook

from huifeng_desktop.exchange.papers.setting.layout import PAGE_HEIGHT_PT, Sheet, fitted, laid_out
from huifeng_desktop.exchange.papers.setting.paper import Column, Paper, PaperKind, Setting
from huifeng_desktop.exchange.papers.setting.table_pdf import table_pages
from huifeng_desktop.exchange.papers.setting.workbook import workbook_bytes

COLUMNS = (Column("序号", 5, 6), Column("单位", 20, 44, Setting.LEFT, grows=True), Column("姓名", 9, 18))
COUNTS = [1, 2, 5, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 40, 128, 1000]


def paper(count: int, below: tuple[str, ...] = ("应到 3 ＝ 本人 3", "请假 0 人")) -> Paper:
    rows = tuple((number, f"单位{number}", f"姓名{number}") for number in range(1, count + 1))
    sums = (("", "合计", ""),)
    return Paper(
        PaperKind.STATISTICS,
        "统计表",
        ("时间：今天",),
        COLUMNS,
        rows,
        sums,
        below,
        "记录人：＿＿　审核人：＿＿",
    )


def parts(sheet: Sheet) -> list[tuple[int, int]]:
    """First and last place of every page."""
    return list(pairwise((0, *sheet.ends, len(sheet.strips))))


@pytest.mark.parametrize("count", COUNTS)
def test_sums_lines_and_signature_stand_with_three_rows(count: int) -> None:
    sheet = laid_out(paper(count))
    start, end = parts(sheet)[-1]
    assert end - start >= 4 + min(3, count) and start <= max(0, count - 3)
    for place, (first, last) in enumerate(parts(sheet)):
        above = sheet.header_pt + (sum(strip.height for strip in sheet.head) if not place else 0)
        assert above + sum(strip.height for strip in sheet.strips[first:last]) <= PAGE_HEIGHT_PT


@pytest.mark.parametrize("count", [5, 17, 128])
def test_a_flood_of_lines_below_ends_with_company_for_the_signature(count: int) -> None:
    below = tuple(f"按单位：{'某某单位 5:00；' * 300}" for _ in range(3))
    sheet = laid_out(paper(count, below))
    assert all(strip.height < 400 for strip in sheet.below)
    assert "".join(str(strip.cells[0]) for strip in sheet.below[:-1]) == "".join(below)
    start, end = parts(sheet)[-1]
    assert end - start >= 2
    assert all(start < len(sheet.strips) for start, _ in parts(sheet))


MANY = "；".join(f"王某{number}迟到 {number % 9 + 1} 分" for number in range(200))


@pytest.mark.parametrize(
    ("words", "title"),
    [(MANY, "统计表"), ("国" * 900, "统计表"), (MANY, "全县深入学习贯彻改进会风推进工作" * 12)],
    ids=["clauses", "one long word", "under a long title"],
)
def test_a_row_that_no_page_could_hold_goes_on_in_rows_of_its_own(words: str, title: str) -> None:
    crowded = replace(paper(3), title=title, rows=((1, words, "甲"), (2, "单位2", "乙"), (3, "单位3", "丙")))
    sheet = laid_out(crowded)
    assert all(strip.height < 400 for strip in sheet.strips)
    for place, (first, last) in enumerate(parts(sheet)):
        above = sheet.header_pt + (sum(strip.height for strip in sheet.head) if not place else 0)
        assert above + sum(strip.height for strip in sheet.strips[first:last]) <= PAGE_HEIGHT_PT
    said = "".join(str(strip.cells[1]).replace("\n", "") for strip in sheet.rows)
    assert said == f"{words}单位2单位3", "没有丢字"
    assert [strip.cells[0] for strip in sheet.rows if strip.cells[0] != ""] == [1, 2, 3]
    assert [strip.cells[2] for strip in sheet.rows if strip.cells[2]] == ["甲", "乙", "丙"]


def test_what_is_a_line_too_high_is_parted_in_the_middle() -> None:
    words = "；".join(f"{'王' * 32}{number}" for number in range(17))
    sheet = laid_out(replace(paper(1), rows=((1, words, "甲"),)))
    first, second = (strip.height for strip in sheet.rows)
    assert second > first / 2


def test_clauses_share_lines_and_are_not_parted() -> None:
    text = fitted("扎西迟到 7 分；王磊准予代会；欧阳建缺席", 32, Setting.LEFT)
    assert text == "扎西迟到 7 分；王磊准予代会；\n欧阳建缺席"


@pytest.mark.parametrize("count", COUNTS)
def test_workbook_and_pdf_end_their_pages_alike(count: int) -> None:
    made = paper(count)
    sheet = load_workbook(BytesIO(workbook_bytes(made))).active
    pages = table_pages(made)
    breaks = sheet.row_breaks.brk
    assert len(pages) == len(breaks) + 1
    for mark, page in zip(breaks, pages[1:], strict=True):
        first = sheet.cell(mark.id + 1, 2).value
        assert words(page)[len(COLUMNS) + 1] == first
    assert words(pages[-1])[-1] == f"第 {len(pages)} 页　共 {len(pages)} 页"
