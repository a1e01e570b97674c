"""Where the papers go: names, CSV, and disks and folders that refuse."""

from __future__ import annotations

import csv
import errno
from io import StringIO
from pathlib import Path

import pytest
from fake_printer import FakePrinter
from made_up_meeting import ETHNIC, made_up_meeting, new_session, seats_of, with_agenda
from openpyxl import load_workbook

from huifeng_desktop.errors import FileProblem, UserProblem
from huifeng_desktop.exchange.papers.office_papers import OfficePapers
from huifeng_desktop.exchange.papers.setting.delimited import guarded
from huifeng_desktop.exchange.papers.setting.storing import make_folder, put_files, write_durably
from huifeng_desktop.service.session import MeetingSession


@pytest.fixture
def session(tmp_path: Path) -> MeetingSession:
    session, clock = made_up_meeting(tmp_path / "data")
    with_agenda(session, clock)
    return session


def test_every_format_unless_one_is_asked_for(session: MeetingSession, tmp_path: Path) -> None:
    out = tmp_path / "导出" / "会议材料"
    files = OfficePapers(FakePrinter()).export(session, out)
    assert {file.suffix for file in files} == {".xlsx", ".docx", ".pdf", ".csv"}
    assert sorted(out.iterdir()) == sorted(files)
    for only in ("xlsx", "docx", "pdf", "csv"):
        some = OfficePapers(FakePrinter()).export(session, tmp_path / only, only)
        assert some and {file.suffix for file in some} == {f".{only}"}
        assert [file.name for file in some] == [file.name for file in files if file.suffix == f".{only}"]


def test_without_a_printer_there_is_no_pdf(session: MeetingSession, tmp_path: Path) -> None:
    assert OfficePapers().export(session, tmp_path, "pdf") == []
    with pytest.raises(UserProblem, match="不能导出为“pdf”"):
        OfficePapers().export_one(session, "slip", tmp_path / "a.pdf")


@pytest.mark.parametrize("only", ["doc", "XLSX", ""])
def test_an_unknown_format_is_said_plainly(session: MeetingSession, tmp_path: Path, only: str) -> None:
    with pytest.raises(UserProblem, match="可以导出 xlsx、docx、pdf、csv"):
        OfficePapers().export(session, tmp_path / "out", only)
    assert not (tmp_path / "out").exists()


def test_csv_holds_the_table_and_no_formula(session: MeetingSession, tmp_path: Path) -> None:
    files = OfficePapers().export(session, tmp_path, "csv")
    assert all(file.read_bytes().startswith(b"\xef\xbb\xbf") for file in files)
    tables = [list(csv.reader(StringIO(file.read_bytes().decode("utf-8-sig")))) for file in files]
    details, statistics, speaking, staff = tables
    assert staff[0][:3] == ["序号", "议题", "发言人"]
    assert details[0][:3] == ["序号", "单位", "姓名"] and len(details) == 18
    assert {"王　磊", ETHNIC, "'=1+1", "𬱖　𡋾"} <= {row[2] for row in details}
    assert statistics[-1][1:5] == ["合计", "13", "10", "8"]
    assert speaking[4][1] == "'@议题" and speaking[1][6] == "−0:30"
    assert not any(cell[:1] in tuple("=+-@\t\r") for table in tables for row in table for cell in row if cell)


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+86", "'+86"),
        ("-", "'-"),
        ("@sum", "'@sum"),
        ("\t=1", "'=1"),
        ("\r@x", "'@x"),
        ("＝1", "'＝1"),
        (3, 3),
        ("王　磊", "王　磊"),
        ("a\nb", "a b"),
    ],
)
def test_cells_that_a_spreadsheet_would_reckon_with_are_marked(cell: str | int, written: str | int) -> None:
    assert guarded(cell) == written


def test_one_paper_by_its_ending_or_into_a_folder(session: MeetingSession, tmp_path: Path) -> None:
    papers = OfficePapers()
    assert papers.export_one(session, "details", tmp_path / "a.CSV").read_bytes().startswith(b"\xef\xbb\xbf")
    assert papers.export_one(session, "speaking", tmp_path).name.endswith("发言用时表.xlsx")
    with pytest.raises(UserProblem, match="可以导出 xlsx、csv"):
        papers.export_one(session, "details", tmp_path / "a.docx")
    with pytest.raises(UserProblem, match="签到明细"):
        papers.export_one(session, "nothing", tmp_path / "a.xlsx")


def test_a_title_becomes_a_legal_and_short_file_name(tmp_path: Path) -> None:
    session, _ = new_session(tmp_path / "data", seats_of([]), title="关于“两会”/精神：传达?" + "𠅤" * 180)
    for file in OfficePapers().export(session, tmp_path / "out", "csv"):
        assert len(file.name.encode()) <= 255 - len(".part.")
        assert not set('<>:"/\\|?*') & set(file.name)


def test_a_second_export_replaces_the_first(session: MeetingSession, tmp_path: Path) -> None:
    first = OfficePapers().export(session, tmp_path)
    first[-1].write_text("旧", encoding="utf-8")
    assert OfficePapers().export(session, tmp_path) == first
    assert first[-1].read_text(encoding="utf-8-sig").startswith("序号")


def test_a_file_in_place_of_the_folder_is_said(session: MeetingSession, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("", encoding="utf-8")
    for out in (tmp_path / "out", tmp_path / "out" / "deeper"):
        with pytest.raises(FileProblem, match="是文件，不是文件夹"):
            OfficePapers().export(session, out)


def test_a_folder_in_place_of_a_file_is_said(session: MeetingSession, tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    (target / "inside").mkdir(parents=True)
    with pytest.raises(FileProblem, match="没有写成"):
        put_files({target: b"x"})
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


def test_a_full_disk_leaves_the_old_files_and_no_half_ones(tmp_path: Path) -> None:
    one, two = tmp_path / "一.xlsx", tmp_path / "二.xlsx"
    one.write_bytes(b"old")

    def full(path: Path, data: bytes) -> None:
        write_durably(path, data[: len(data) // 2])
        if "二" in path.name:
            raise OSError(errno.ENOSPC, "no space")

    with pytest.raises(FileProblem, match=r"二\.xlsx.*磁盘已满"):
        put_files({one: b"newer", two: b"newer"}, full)
    assert one.read_bytes() == b"old"
    assert list(tmp_path.glob("*")) + list(tmp_path.glob(".*.part")) == [one]


def test_a_file_open_in_wps_is_named(tmp_path: Path) -> None:
    def locked(part: Path, target: Path) -> None:
        raise PermissionError(errno.EACCES, "in use")

    with pytest.raises(FileProblem, match=r"表\.xlsx.*WPS") as caught:
        put_files({tmp_path / "表.xlsx": b"x"}, rename=locked)
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_open_elsewhere_leaves_the_whole_older_export(tmp_path: Path) -> None:
    one, two = tmp_path / "一.xlsx", tmp_path / "二.xlsx"
    for file in (one, two):
        file.write_bytes(b"old")

    def held(path: Path) -> None:
        if path == two:
            raise PermissionError(errno.EACCES, "in use")

    with pytest.raises(FileProblem, match=r"二\.xlsx.*WPS.*原有文件没有改动"):
        put_files({one: b"newer", two: b"newer"}, touch=held)
    assert [file.read_bytes() for file in (one, two)] == [b"old", b"old"]
    assert sorted(tmp_path.iterdir()) == [one, two]


def test_a_folder_that_vanished_meanwhile_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "优盘"
    make_folder(folder)
    folder.rmdir()
    with pytest.raises(FileProblem, match=r"优盘") as caught:
        put_files({folder / "表.xlsx": b"x"})
    assert "\n" not in str(caught.value) and not folder.exists()


def test_a_title_with_strokes_and_200_characters_is_printed_whole(tmp_path: Path) -> None:
    title = ("关于A/B\\C:“三优先”*？" * 20)[:200]
    session, _ = made_up_meeting(tmp_path / "data", title=title)
    files = OfficePapers().export(session, tmp_path / "out")
    assert len(files) > 10 and all(len(file.name.encode()) < 255 for file in files)
    sheet = load_workbook(next(one for one in files if one.name.endswith("统计表.xlsx"))).active
    assert sheet["A1"].value == f"{title}出席情况统计表" and sheet.row_dimensions[1].height > 100
