"""Files of every format and every kind of damage."""

from __future__ import annotations

import os
import random
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office_files import add_sheet, csv_text, write_xls, write_xlsx

from huifeng_desktop.domain.imported import FileKind
from huifeng_desktop.errors import FileProblem
from huifeng_desktop.exchange.roster import read_roster
from huifeng_desktop.exchange.source import MAX_ROWS, read_table, table_from_text
from huifeng_desktop.exchange.table import Table

ROWS = [
    ["全县重点工作推进会参会名单", "", ""],
    ["", "", ""],
    ["单位", "姓 名", "职务"],
    ["县水利局", "王 磊", "局长"],
    ["县水利局", "李伟", "副局长"],
]
RARE = [
    ["单位", "姓名", "职务"],
    ["县档案馆", "陈䶮", "馆长"],
    ["县文联", "㛃𬱖", "主席"],
    ["县司法局", "周喆", ""],
]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def cells(table: Table) -> list[tuple[int, list[object]]]:
    """Row numbers and what is filled in each row."""
    return [(row.number, [cell for cell in row.cells if cell != ""]) for row in table.rows]


EXPECTED = [
    (1, ["全县重点工作推进会参会名单"]),
    (3, ["单位", "姓 名", "职务"]),
    (4, ["县水利局", "王 磊", "局长"]),
    (5, ["县水利局", "李伟", "副局长"]),
]


def test_one_table_in_every_format_keeps_the_files_row_numbers(tmp_path: Path) -> None:
    paths = [write_xlsx(tmp_path / "a.xlsx", ROWS), write_xls(tmp_path / "a.xls", ROWS)]
    for number, separator in enumerate((",", "\t", ";", "，", "|")):
        paths.append(tmp_path / f"{number}.csv")
        paths[-1].write_text(csv_text(ROWS, separator), encoding="utf-8")
    for path in paths:
        assert cells(read_table(path)) == EXPECTED, path.name


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_rare_characters_survive_every_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "名单.csv"
    path.write_bytes(csv_text(RARE).encode(encoding))
    assert [row.name for row in read_roster(read_table(path)).rows] == ["陈䶮", "㛃𬱖", "周喆"]


def test_rare_characters_survive_workbooks(tmp_path: Path) -> None:
    for path in (write_xlsx(tmp_path / "a.xlsx", RARE), write_xls(tmp_path / "a.xls", RARE)):
        assert [row.name for row in read_roster(read_table(path)).rows] == ["陈䶮", "㛃𬱖", "周喆"]


def test_merged_cells_come_down_in_xlsx_and_xls(tmp_path: Path) -> None:
    rows = [["单位", "姓名"], ["县水利局", "王磊"], ["", "李伟"], ["县司法局", "周喆"]]
    for path in (
        write_xlsx(tmp_path / "a.xlsx", rows, ["A2:A3"]),
        write_xls(tmp_path / "a.xls", rows, [(1, 2, 0, 0)]),
    ):
        table = read_table(path)
        assert table.rows[2].cells[:2] == ("县水利局", "李伟")
        assert table.rows[2].carried == {0}


def test_a_table_that_begins_in_the_middle_of_the_sheet(tmp_path: Path) -> None:
    rows = [["", "", ""], ["", "单位", "姓名"], ["", "县水利局", "王磊"], ["", "", "李伟"]]
    path = write_xlsx(tmp_path / "a.xlsx", rows, ["B3:B4"])
    assert [(row.number, row.cells) for row in read_table(path).rows] == [
        (2, ("单位", "姓名")),
        (3, ("县水利局", "王磊")),
        (4, ("县水利局", "李伟")),
    ]


def test_dates_and_numbers_come_typed(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "a.xlsx", [["姓名", "签到时间", "电话"], ["王磊", datetime(2026, 3, 12, 14, 25), 1]]
    )
    assert read_table(path).rows[1].cells == ("王磊", datetime(2026, 3, 12, 14, 25), 1)


@pytest.mark.parametrize("name", ["名单.xls", "名单.csv", "名单.doc", "名单"])
def test_a_renamed_workbook_is_read_by_its_content(tmp_path: Path, name: str) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", ROWS)
    assert cells(read_table(path.rename(tmp_path / name))) == EXPECTED


def test_csv_and_web_tables_named_xls_are_read(tmp_path: Path) -> None:
    path = tmp_path / "名单.xls"
    path.write_text(csv_text(ROWS, "\t"), encoding="gb18030")
    assert cells(read_table(path)) == EXPECTED
    path.write_text(
        "<html><body><table><tr><td colspan=2>名单</td></tr><tr><th>单位<th>姓名</tr>"
        "<tr><td rowspan=2>县水利局</td><td>王<br>磊</td></tr><tr><td>李伟</td></tr></table>",
        encoding="gb18030",
    )
    reading = read_roster(read_table(path))
    assert [(row.row, row.unit, row.name) for row in reading.rows] == [
        (3, "县水利局", "王磊"),
        (4, "县水利局", "李伟"),
    ]


def test_the_first_sheet_with_a_fitting_header_is_taken_and_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    add_sheet(book, "说明", [["请各单位按要求填写"]])
    add_sheet(book, "议程", [["议题", "时长"], ["开场", "3:00"]])
    add_sheet(book, "名单", ROWS)
    add_sheet(book, "县领导", RARE)
    book.save(tmp_path / "会议.xlsx")
    table = read_table(tmp_path / "会议.xlsx", FileKind.ROSTER)
    assert (table.sheet, table.unread) == ("名单", ("县领导",))
    reading = read_roster(table)
    assert "会议.xlsx" in reading.source and "名单" in reading.source
    assert [problem.value for problem in reading.problems if problem.column == "工作表"] == ["县领导"]
    assert read_table(tmp_path / "会议.xlsx", FileKind.AGENDA).sheet == "议程"


def test_a_pasted_table_with_line_breaks_in_cells() -> None:
    table = table_from_text('单位\t姓名\t职务\r\n县水利局\t王磊\t"党组书记、\n局长"\r\n\t李伟\t副局长\r\n')
    rows = read_roster(table).rows
    assert [(row.row, row.unit, row.name, row.post) for row in rows] == [
        (2, "县水利局", "王磊", "党组书记、 局长"),
        (3, "县水利局", "李伟", "副局长"),
    ]


def test_an_unpaired_quotation_mark_swallows_nothing() -> None:
    table = table_from_text('单位\t姓名\n县水利局\t王磊\n"县文联\t李伟\n县司法局\t周喆\n')
    assert [row.name for row in read_roster(table).rows] == ["王磊", "李伟", "周喆"]


@pytest.mark.parametrize("text", ["", "  \n \t "])
def test_an_empty_clipboard_is_a_problem(text: str) -> None:
    with pytest.raises(FileProblem, match="剪贴板"):
        table_from_text(text)


def test_half_a_character_on_the_clipboard_becomes_a_lost_one() -> None:
    reading = read_roster(table_from_text("姓名\t单位\n王\ud86c\t县水利局\n李伟\t县水利局\n"))
    assert [row.name for row in reading.rows] == ["李伟"]


def _locked_xls(path: Path) -> Path:
    """An .xls whose stream begins with the record that says "encrypted" (FILEPASS)."""

    class Locked(xlwt.Workbook):  # type: ignore[misc]
        def get_biff_data(self) -> bytes:
            data: bytes = super().get_biff_data()
            end = 4 + int.from_bytes(data[2:4], "little")
            return data[:end] + b"\x2f\x00\x06\x00\x00\x00\x59\xb3\x0a\x9a" + data[end:]

    book = Locked(encoding="utf-8")
    book.add_sheet("a").write(0, 0, "姓名")
    book.save(str(path))
    return path


def _zip(path: Path, *members: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for member in members:
            archive.writestr(member, "<x/>")
    return path


def bad_file(case: str, folder: Path) -> Path:
    """One file that cannot be read, by the name of what is wrong with it."""
    path = folder / "甲.xlsx"
    contents = {
        "空文件": b"",
        "全是空白": b" \r\n\t\n",
        "加密的": OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
        "旧文档": OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le"),
        "坏的旧表": OLE + b"\0" * 600 + "Workbook".encode("utf-16-le"),
        "扫描件": b"%PDF-1.7\n...",
        "照片": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        "乱码": bytes(range(256)) * 8,
        "半个压缩包": b"PK\x03\x04" + bytes(range(200)),
        "网页存档": b"MIME-Version: 1.0\nX-Document-Type: Workbook\n",
        "旧 XML 表": b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
    }
    match case:
        case "不存在":
            return path
        case "文件夹":
            path.mkdir()
        case "有密码的旧表":
            return _locked_xls(path)
        case "新文档":
            return _zip(path, "[Content_Types].xml", "word/document.xml")
        case "别的压缩包":
            return _zip(path, "readme.txt")
        case "截断的":
            whole = write_xlsx(folder / "whole", ROWS * 40).read_bytes()
            path.write_bytes(whole[: len(whole) * 2 // 3])
        case "没有内容的":
            return write_xlsx(path, [])
        case "太长的":
            path.write_text("单位,姓名\n" + "县水利局,王磊\n" * (MAX_ROWS + 1), encoding="utf-8")
        case "太大的":
            with path.open("wb") as file:
                file.truncate(51 * 1024 * 1024)
        case _:
            path.write_bytes(contents[case])
    return path


BAD = {
    "不存在": "找不到",
    "文件夹": "文件夹",
    "空文件": "空文件",
    "全是空白": "空文件",
    "加密的": "密码",
    "有密码的旧表": "密码",
    "旧文档": "文字文档",
    "新文档": "文字文档",
    "坏的旧表": "损坏",
    "扫描件": "PDF",
    "照片": "图片",
    "乱码": "不是能读的表格",
    "半个压缩包": "损坏",
    "别的压缩包": "损坏",
    "截断的": "损坏",
    "没有内容的": "没有内容",
    "太长的": "20000 行",
    "太大的": "50 MB",
    "网页存档": "网页存档",
    "旧 XML 表": "XML 格式的表格，这里读不了",
}


@pytest.mark.parametrize(("case", "word"), BAD.items())
def test_a_bad_file_is_one_sentence_that_names_it(tmp_path: Path, case: str, word: str) -> None:
    path = bad_file(case, tmp_path)
    with pytest.raises(FileProblem) as caught:
        read_table(path)
    sentence = str(caught.value)
    assert f"“{path.name}”" in sentence
    assert word in sentence
    assert "请" in sentence and sentence.endswith("。") and "\n" not in sentence


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "名单.xlsx", ROWS)
    path.chmod(0)
    with pytest.raises(FileProblem, match="没有读取权限"):
        read_table(path)


def test_a_far_away_cell_does_not_end_the_program(tmp_path: Path) -> None:
    """The library would ask for 550 GB and abort; that must stay a sentence."""
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "姓名", "x"
    book.save(tmp_path / "名单.xlsx")
    with pytest.raises(FileProblem, match="损坏"):
        read_table(tmp_path / "名单.xlsx")


def test_a_stray_cell_far_below_is_no_long_table(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A2"], book.active["B900000"] = "姓名", "王磊", " "
    book.save(tmp_path / "名单.xlsx")
    assert len(read_table(tmp_path / "名单.xlsx").rows) == 2


@pytest.mark.parametrize("suffix", ["xlsx", "xls"])
def test_a_damaged_workbook_is_read_or_refused(tmp_path: Path, suffix: str) -> None:
    whole = (write_xlsx if suffix == "xlsx" else write_xls)(tmp_path / f"a.{suffix}", ROWS).read_bytes()
    path = tmp_path / "坏.xls"
    for seed in range(12):
        dice = random.Random(seed)
        broken = bytearray(whole)
        for _ in range(dice.choice((1, 5, 30))):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        path.write_bytes(bytes(broken))
        try:
            read_table(path)
        except FileProblem as problem:
            assert "坏.xls" in str(problem)


MAGICS = [
    b"",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"%PDF",
    b"<table>",
    "姓名,单位\n".encode(),
    "姓名\t".encode("gb18030"),
]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(magic=st.sampled_from(MAGICS), data=st.binary(max_size=300))
def test_random_bytes_raise_nothing_but_a_file_problem(tmp_path: Path, magic: bytes, data: bytes) -> None:
    path = tmp_path / "什么.csv"
    path.write_bytes(magic + data)
    try:
        read_roster(read_table(path, FileKind.ROSTER))
    except FileProblem as problem:
        assert "什么.csv" in str(problem)
