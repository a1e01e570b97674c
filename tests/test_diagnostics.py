"""Crashes are written down in full, shown in one line, and never with a telephone number."""

from __future__ import annotations

import errno
import subprocess
import sys
from pathlib import Path

import pytest

from huifeng_desktop.diagnostics import explain, mask_numbers
from huifeng_desktop.errors import DeskProblem

_CRASH_EVERYWHERE = """
import logging, pathlib, sys, threading
from huifeng_desktop.diagnostics import install

log_file = install(pathlib.Path(sys.argv[1]), "trial", on_crash=lambda e: print("crash", e.args[0][:2]))
logging.getLogger("desk").info("signed in from %s", "13812345678")
worker = threading.Thread(target=lambda: {}["甲 139 1234 5678"], name="writer")
worker.start()
worker.join()
print(log_file)
raise ValueError("乙 0728-3222222")
"""


def _crash(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-X", "utf8", "-c", _CRASH_EVERYWHERE, str(folder)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60, check=False)


def test_crashes_of_both_kinds_of_thread_are_logged_and_told(data_dir: Path) -> None:
    log_file = data_dir / "logs" / "trial.log"

    done = _crash(data_dir)

    assert done.stdout.splitlines() == ["crash 甲 ", str(log_file), "crash 乙 "]
    assert (done.returncode, done.stderr) == (1, "")
    logged = log_file.read_text(encoding="utf-8")
    assert "uncaught in thread writer" in logged and "KeyError: '甲 *** **** ****'" in logged
    assert "uncaught in the main thread" in logged and "ValueError: 乙 ****-*******" in logged
    assert "signed in from ***********" in logged


def test_a_folder_without_room_for_logs_stops_nothing(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")

    done = _crash(in_the_way)

    assert done.stdout.splitlines() == ["crash 甲 ", "None", "crash 乙 "]
    assert "138" not in done.stderr


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("电话13812345678。", "电话***********。"),
        ("+86 138-1234-5678", "+86 ***-****-****"),
        ("１３８１２３４５６７８", "***********"),
        ("11010519491231002X", "******************"),
        ("badge 2026031200017", "badge *************"),
        ("2026-03-12 14:30:00,123 port 8080", "2026-03-12 14:30:00,123 port 8080"),
        ("20260312 rows 12345678", "20260312 rows 12345678"),
    ],
)
def test_only_personal_numbers_are_masked(text: str, masked: str) -> None:
    assert mask_numbers(text) == masked


def test_a_known_problem_is_its_own_sentence() -> None:
    assert (
        explain(DeskProblem("端口 8080 已被占用，\n请换一个端口。")) == "端口 8080 已被占用， 请换一个端口。"
    )


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (
            OSError(errno.ENOSPC, "No space left on device"),
            "数据无法读写：磁盘已满，请清理磁盘后再试。",
        ),
        (
            FileNotFoundError(errno.ENOENT, "No such file", "名单.xlsx"),
            "“名单.xlsx”无法读写：文件或文件夹不存在，请检查路径是否正确。",
        ),
        (KeyboardInterrupt(), "操作已中断，此前确认过的记录都已保存。"),
    ],
)
def test_what_the_system_refuses_is_told_in_chinese(error: BaseException, line: str) -> None:
    assert explain(error) == line


def test_a_bug_names_the_log_and_shows_no_traceback(caplog: pytest.LogCaptureFixture) -> None:
    line = explain(ZeroDivisionError("division by zero"), Path("logs") / "huifeng.log")
    assert line.startswith("程序出现内部错误（ZeroDivisionError）") and "huifeng.log" in line
    assert "\n" not in line
    assert "a bug ended the command" in caplog.text
