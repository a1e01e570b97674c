"""The files of a newcomer's first day: each is understood, or says in a sentence why not."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from office_files import Grid, table, texts, write_xlsx

from huifeng_desktop.domain.agenda import ItemKind
from huifeng_desktop.domain.imported import FileKind, Severity
from huifeng_desktop.errors import FileProblem
from huifeng_desktop.exchange.agenda import read_agenda
from huifeng_desktop.exchange.gateway import FileImports
from huifeng_desktop.exchange.roster import read_roster
from huifeng_desktop.exchange.source import read_table
from huifeng_desktop.exchange.workbook_child import marks_of

HEAD: list[Any] = ["序号", "单位", "姓名", "职务", "电话"]
ROWS: list[list[Any]] = [
    [1, "县水利局", "王磊", "局长", "13800001111"],
    [2, "县水利局", "李想", "副局长", "13800001112"],
    [3, "县民政局", "周喆", "局长", "13800001113"],
]


def book_of(*rows: list[Any]) -> tuple[Any, Any]:
    """A workbook and its only sheet."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return book, book.active


def saved(book: Any, folder: Path) -> Path:
    book.save(folder / "名单.xlsx")
    return folder / "名单.xlsx"


def test_rows_and_columns_that_the_file_hides_are_read_and_told(tmp_path: Path) -> None:
    book, sheet = book_of(["参会名单"], HEAD, *ROWS)
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["A"].hidden = True
    sheet.column_dimensions.group("D", "E", hidden=True)
    reading = read_roster(read_table(saved(book, tmp_path)))
    assert [row.name for row in reading.rows] == ["王磊", "李想", "周喆"]
    assert texts(reading, 2) == [
        "“职务”一栏在原表里是隐藏的，也读入了；请核对是否有用",
        "“电话”一栏在原表里是隐藏的，也读入了；请核对是否有用",
    ]
    assert texts(reading, 4) == ["原表中此行隐藏，请核对"]
    assert not texts(reading, 3) and not texts(reading, 5)


def test_a_formula_that_ends_in_nothing_is_a_blank_cell() -> None:
    """As the office programs write =IF(A1="","",A1)."""
    blank = b'<row r="2"><c r="B2" s="1" t="str"><f>IF(A2="","",A2)</f><v></v></c></row>'
    none = b'<x:row r="3"><x:c r="AA3"><x:f>A2</x:f><x:v/></x:c></x:row>'
    assert (marks_of(blank)["unknown"], marks_of(none)["unknown"]) == ([], [(3, 26)])


def test_marks_are_found_whichever_quotes_the_program_writes() -> None:
    sheet = (
        b'<cols><col min="2" max="3" hidden="1"/></cols><row r="3" hidden="1"><c r="A3"><f>B3</f></c>'
        b'<c r="B3" t="e"><v>#REF!</v></c><c r="C3" t="str"><f>A1</f><v></v></c></row>'
    )
    found = marks_of(sheet)
    assert found == {"hidden_rows": [3], "hidden_columns": [(1, 2)], "unknown": [(3, 0), (3, 1)]}
    assert marks_of(sheet.replace(b'"', b"'")) == found


def test_marks_are_found_in_a_sheet_that_begins_in_the_middle(tmp_path: Path) -> None:
    book, sheet = book_of([], [], *[[None, None, *row] for row in [HEAD, *ROWS]])
    sheet["D5"] = "=B9"
    sheet.column_dimensions["F"].hidden = True
    reading = read_roster(read_table(saved(book, tmp_path)))
    assert texts(reading, 3) == ["“职务”一栏在原表里是隐藏的，也读入了；请核对是否有用"]
    assert [(one.column, one.text) for one in reading.problems if one.row == 5] == [
        ("单位", "公式没有结果，请补")
    ]


def test_a_unit_whose_formula_has_no_result_is_not_taken_from_above(tmp_path: Path) -> None:
    book, sheet = book_of(HEAD, *ROWS)
    sheet["B4"] = '="县民政"&"局"'
    sheet["A4"] = "=ROW()-1"
    reading = read_roster(read_table(saved(book, tmp_path)))
    assert [row.unit for row in reading.rows] == ["县水利局", "县水利局", ""]
    assert texts(reading, 4) == ["公式没有结果，请补"]


def test_a_formula_without_a_result_is_mended_in_place(tmp_path: Path) -> None:
    book, sheet = book_of(HEAD, *ROWS)
    sheet["C4"] = '=TRIM("周喆")'
    source = FileImports().open_file(saved(book, tmp_path), FileKind.ROSTER)
    assert [problem.severity for problem in source.roster(2).problems] == [Severity.WARNING, Severity.ERROR]
    mended = source.with_cell(FileKind.ROSTER, 4, "姓名", "周喆").roster(2)
    assert (mended.problems, mended.rows[2].name) == ([], "周喆")


@pytest.mark.parametrize("column", ["C", "ABCDE"])
def test_a_list_of_formulas_without_results_says_so(tmp_path: Path, column: str) -> None:
    book, sheet = book_of(HEAD, *ROWS)
    for row in range(1 if len(column) > 1 else 2, 5):
        for letter in column:
            sheet[f"{letter}{row}"] = "=Z99"
    with pytest.raises(FileProblem, match="没有算出结果的公式；请用 WPS 打开、保存一次后再试"):
        read_roster(read_table(saved(book, tmp_path)))


def test_formulas_with_results_are_read_and_errors_are_told(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "名单.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, ROWS[0])
        sheet.write_formula(1, 2, '=TRIM("王磊")', None, "王磊")
        sheet.write_formula(1, 3, "=VLOOKUP(A1,Z:Z,1,0)", None, "#N/A")
    reading = read_roster(read_table(path))
    assert reading.rows[0].name == "王磊"
    assert [(one.column, one.text[:6]) for one in reading.problems] == [("职务", "公式没有结果")]


@pytest.mark.parametrize(
    ("written", "stored", "told"),
    [
        (13800001111.0, "13800001111", ""),
        ("13800110000", "13800110000", ""),
        ("１３８ ００００ １１１１", "13800001111", ""),
        ("1.38E+10", "", "科学记数丢了后几位，没有读入，请补"),
        ("1.38000E+10", "", "科学记数丢了后几位，没有读入，请补"),
        (1.38e10, "13800000000", "末尾一串 0，像丢了数字，请核对"),
    ],
)
def test_telephones_that_a_sheet_program_took_for_numbers(written: Any, stored: str, told: str) -> None:
    reading = read_roster(table(HEAD, [1.0, "县水利局", "王磊", "局长", written]))
    assert reading.rows[0].phone == stored
    assert texts(reading, 2) == ([told] if told else [])


@pytest.mark.parametrize(
    "foot", ["领导签字：", "单位盖章：", "制表人：赵六", "主要领导签字:", "报送时间：3月9日"]
)
def test_signatures_at_the_foot_are_no_vacant_posts(foot: str) -> None:
    reading = read_roster(table(HEAD, *ROWS, [foot, "", "", "盖章：", ""]))
    assert (reading.row_count, reading.problems) == (3, [])


def test_unit_and_post_in_one_column_is_told_once() -> None:
    reading = read_roster(
        table(["姓名", "性别", "单位及职务"], ["王磊", "男", "县水利局局长"], ["李想", "女", ""])
    )
    assert [(one.row, one.column) for one in reading.problems] == [(1, "单位")]


def test_a_header_of_two_lines(tmp_path: Path) -> None:
    rows: Grid = [["序号", "单位", "参会人员", None, None], [None, None, "姓名", "职务", "电话"], *ROWS]
    path = write_xlsx(tmp_path / "名单.xlsx", rows, ["A1:A2", "B1:B2", "C1:E1"])
    reading = read_roster(read_table(path))
    assert ([row.unit for row in reading.rows][::2], reading.problems) == (["县水利局", "县民政局"], [])


@pytest.mark.parametrize(
    ("title", "kind", "told"),
    [
        ("县财政局多媒体汇报", ItemKind.MULTIMEDIA_REPORT, "类型按议题读作多媒体汇报，请核对"),
        ("ppt演示：招商引资", ItemKind.MULTIMEDIA_REPORT, "类型按议题读作多媒体汇报，请核对"),
        ("县民政局汇报", ItemKind.REPORT, "类型按议题读作汇报，请核对"),
        ("赵县长讲话", ItemKind.ADDRESS, "类型按议题读作讲话，请核对"),
        ("民政工作", ItemKind.OTHER, "没有类型，按其他发言 5 分钟"),
    ],
)
def test_an_item_without_a_type_never_takes_one_silently(title: str, kind: ItemKind, told: str) -> None:
    reading = read_agenda(table(["议题", "发言人"], [title, "王磊"]))
    assert ([row.kind for row in reading.rows], texts(reading, 2)) == ([kind], [told])


@pytest.mark.parametrize(
    ("column", "written", "limit", "told"),
    [
        ("时间", "10分钟", 600, ""),
        ("时间", "十分钟", 600, ""),
        ("时间", "10'", 600, ""),
        ("时间", 10, 600, "按 10 分 00 秒读取"),
        ("时间", "14:30", None, ""),
        ("时间", time(14, 30), None, ""),
        ("时间", "下午2点30分开始", None, ""),
        ("时间", "另行通知", None, "“另行通知”看不出时长，没有读入"),
        ("发言时间", "14:30—14:40", 600, ""),
        ("发言时间", timedelta(minutes=10), 600, ""),
        ("发言时间", "5-8分钟", "refused", "时长“5-8分钟”看不懂，请写成 10分钟 或 6:30"),
    ],
)
def test_times_as_agendas_write_them(column: str, written: Any, limit: object, told: str) -> None:
    reading = read_agenda(table(["议题", "类型", column], ["财政工作", "汇报", written]))
    assert [row.limit_s for row in reading.rows] == ([] if limit == "refused" else [limit])
    assert texts(reading, 2) == ([told] if told else [])


@pytest.mark.parametrize(
    ("times", "is_told"),
    [
        (["9:00", "9:10", "9：20"], True),
        ([time(14, 30), time(14, 40), time(15, 0)], True),
        (["5:00", "6:30", "8:00"], False),
        (["10:00", "9:00", "12:00"], False),
        (["9:00", "9:10"], False),
        (["70:00", "80:00", "90:00"], False),
        (["9:00", "9:10", "10分钟"], False),
    ],
)
def test_a_column_of_starting_times_is_not_taken_for_durations(times: list[Any], is_told: bool) -> None:
    rows = [[f"议题{number}", "讲话", cell] for number, cell in enumerate(times)]
    reading = read_agenda(table(["议题", "类型", "发言时间"], *rows))
    told = [one.text for one in reading.problems if one.text.startswith("像几点开始")]
    assert len(told) == (len(times) if is_told else 0)
