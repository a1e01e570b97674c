"""Bad calls and bad worlds: one clear line, the right status, nothing half-written."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from command import SAMPLE_MEETING, call, done, new_meeting
from desk_office import Meeting

from huifeng_desktop.app import open_folder
from huifeng_desktop.clock import FixedClock
from huifeng_desktop.storage.database import DATABASE_NAME

PEOPLE = "单位,姓名,职务\n县审计局,欧阳建,局长\n"


@pytest.mark.parametrize(
    "command", [("results",), ("badges",), ("declare", "--opened", "2026-03-12T14:30"), ("desk",)], ids=str
)
def test_an_unknown_meeting_is_told_with_those_that_exist(command: tuple[str, ...]) -> None:
    known = new_meeting()

    called = call(command[0], "20991231-zzz", *command[1:])

    assert (called.status, called.out) == (1, "")
    assert "20991231-zzz" in called.complaint and known in called.complaint


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: None, "找不到文件"),
        (lambda path: path.mkdir(), "是一个文件夹"),
        (lambda path: path.write_bytes(b""), "是空文件"),
        (lambda path: path.write_bytes(b"PK\x03\x04 truncated"), "r.xlsx"),
        (lambda path: path.write_text("一句话，没有表头\n", encoding="utf-8"), "r.xlsx"),
    ],
    ids=["missing", "directory", "empty", "truncated", "no header"],
)
def test_a_file_that_cannot_be_loaded_is_told_and_adds_nothing(
    tmp_path: Path, make: object, words: str
) -> None:
    meeting = new_meeting()
    make(tmp_path / "r.xlsx")  # type: ignore[operator]
    before = done("verify")["events"]

    called = call("load", meeting, tmp_path / "r.xlsx", "--as", "roster", "--json")

    assert (called.status, called.out) == (1, "") and words in called.complaint
    assert done("verify")["events"] == before


def test_a_roster_without_a_usable_row_leaves_the_old_one(tmp_path: Path) -> None:
    meeting = new_meeting()
    (tmp_path / "good.csv").write_text(PEOPLE, encoding="utf-8")
    (tmp_path / "lost.csv").write_text("单位,姓名,职务\n县审计局,欧?建,局长\n", encoding="gb18030")
    done("load", meeting, tmp_path / "good.csv", "--as", "roster")

    called = call("load", meeting, tmp_path / "lost.csv", "--as", "roster")

    assert called.status == 1 and "没有存入任何内容" in called.complaint
    assert [one["name"] for one in done("badges", meeting)] == ["欧阳建"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("new", "--title", "会", "--start", "1026-03-12T14:30"), "1026 年"),
        (("new", "--title", "会", "--start", "9999-12-31T23:59"), "9999 年"),
        (("new", "--title", "  ", "--start", "2026-03-12T14:30"), "会议名称是空的"),
        (("new", "--title", "会\udcff", "--start", "2026-03-12T14:30"), "不能显示的字符"),
        (("new", *SAMPLE_MEETING, "--end", "2026-03-12T14:00"), "不晚于开始时间"),
        (("new", *SAMPLE_MEETING, "--rule-set", "严格"), "没有名为“严格”"),
        (("ledger", "--year", "1999"), "1999"),
        (("ledger", "--from", "2026-01-01"), "--to"),
        (("ledger", "--from", "2026-02-01", "--to", "2026-01-01"), "晚于"),
    ],
)
def test_what_cannot_be_meant_is_a_problem_to_act_on(arguments: tuple[str, ...], words: str) -> None:
    called = call(*arguments)

    assert (called.status, called.out) == (1, "")
    assert words in called.complaint


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ((), "没有给出时间"),
        (("--adjourned", "2026-03-12T15:55"), "还没有开会时间"),
        (("--opened", "2026-03-12T15:55", "--adjourned", "2026-03-12T15:55"), "不晚于开会时间"),
        (("--opened", "1926-03-12T14:30"), "1926"),
    ],
)
def test_a_declaration_that_cannot_be_meant_records_nothing(options: tuple[str, ...], words: str) -> None:
    meeting = new_meeting()

    called = call("declare", meeting, *options)

    assert called.status == 1 and words in called.complaint
    assert done("results", meeting)["meeting"]["opened"] is None


@pytest.mark.parametrize(
    "arguments",
    [
        ("unheard",),
        ("new",),
        ("new", "--title", "会", "--start", "tomorrow"),
        ("new", "--title", "会", "--start", "2026-03-12"),
        ("load", "m", "f.csv", "--as", "photo"),
        ("load", "m", "f.csv"),
        ("ledger", "--year", "MMXXVI"),
        ("ledger", "--from", "0001-01-01", "--to", "9999-12-31"),
        ("results", "m", "--fast"),
        ("desk", "m", "--port", "99999"),
    ],
    ids=" ".join,
)
def test_wrong_usage_has_a_status_of_its_own(arguments: tuple[str, ...]) -> None:
    called = call(*arguments)

    assert (called.status, called.out) == (2, "")
    assert called.complaint.startswith("用法不对：") and "--help" in called.complaint


def test_a_sealed_meeting_takes_nothing_more(data_dir: Path, tmp_path: Path) -> None:
    meeting = new_meeting()
    (tmp_path / "r.csv").write_text(PEOPLE, encoding="utf-8")
    done("declare", meeting, "--opened", "2026-03-12T14:30", "--adjourned", "2026-03-12T15:55")
    with open_folder(data_dir, "console", FixedClock(datetime(2026, 4, 1))) as folder:
        Meeting(folder, meeting).rulings.seal(by="林静")
    before = done("verify")["events"]

    for arguments in (
        ("load", meeting, tmp_path / "r.csv", "--as", "roster"),
        ("headcount", meeting, tmp_path / "r.csv"),
        ("declare", meeting, "--adjourned", "2026-03-12T16:00"),
    ):
        called = call(*arguments)
        assert called.status == 1 and "已由林静封存" in called.complaint
    assert done("verify")["events"] == before
    assert done("results", meeting)["meeting"]["sealed"] is True


# -- the data folder ---------------------------------------------------------------------------------


def test_a_data_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    called = call("--data", tmp_path / "file", "list")

    assert called.status == 1 and "不是文件夹" in called.complaint


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="permissions do not bind this user")
def test_a_data_folder_without_permission_is_told(tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o500)

    called = call("--data", tmp_path / "locked", "list")

    assert called.status == 1 and "没有写入权限" in called.complaint


def test_a_newer_database_is_refused_unchanged(data_dir: Path) -> None:
    new_meeting()
    with closing(sqlite3.connect(data_dir / DATABASE_NAME)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = (data_dir / DATABASE_NAME).read_bytes()

    called = call("list")

    assert called.status == 1 and "更新版本的程序" in called.complaint
    assert (data_dir / DATABASE_NAME).read_bytes() == before


def test_a_file_in_place_of_the_database_is_refused_unchanged(data_dir: Path) -> None:
    data_dir.mkdir()
    (data_dir / DATABASE_NAME).write_bytes(b"this is a letter, not a database\n" * 100)

    called = call("list")

    assert called.status == 1 and "不是本程序的文件" in called.complaint


def test_a_tampered_log_is_told_with_the_first_broken_event(data_dir: Path) -> None:
    new_meeting()
    with closing(sqlite3.connect(data_dir / DATABASE_NAME)) as connection:
        connection.execute("DROP TRIGGER events_no_update")
        connection.execute("UPDATE events SET at = '2020-01-01T00:00:00+08:00'")
        connection.commit()

    called = call("verify", "--json")

    assert called.status == 1 and "从备份恢复" in called.complaint
    assert called.document["ok"] is False and called.document["broken"]["position"] == 1


# -- as a process of its own -------------------------------------------------------------------------


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The program as the shell calls it."""
    command = [sys.executable, "-m", "huifeng_desktop", *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60, check=False)


def test_the_module_ends_with_the_status_of_the_command(tmp_path: Path) -> None:
    made = run("--data", str(tmp_path / "d"), "new", *SAMPLE_MEETING)
    unknown = run("--data", str(tmp_path / "d"), "results", "nope", "--json")
    misused = run("results")

    assert (made.returncode, made.stderr) == (0, "") and made.stdout.startswith("20260312-")
    assert (unknown.returncode, unknown.stdout, len(unknown.stderr.splitlines())) == (1, "", 1)
    assert (misused.returncode, misused.stdout, len(misused.stderr.splitlines())) == (2, "", 1)
