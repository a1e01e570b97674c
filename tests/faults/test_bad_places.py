"""A window that cannot be opened says why in one sentence, in a box and to whoever called it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hall import make_folder
from PySide6.QtWidgets import QApplication

from huifeng_desktop.app import program
from huifeng_desktop.app.program import only_window, run_window
from huifeng_desktop.errors import StorageProblem
from huifeng_desktop.storage.database import DATABASE_NAME


def a_file(folder: Path) -> None:
    folder.write_text("not a folder")


def below_a_file(folder: Path) -> None:
    folder.parent.write_text("not a folder")


def another_programs_file(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / DATABASE_NAME).write_bytes(b"PK\x03\x04 something that a person renamed" * 99)


def a_later_versions_file(folder: Path) -> None:
    make_folder(folder, 3)
    with closing(sqlite3.connect(folder / DATABASE_NAME)) as database:
        database.execute("PRAGMA user_version = 99")


def nobody_may_write(folder: Path) -> None:
    make_folder(folder, 3)
    folder.chmod(0o500)


AS_ROOT = pytest.mark.skipif(
    os.name != "posix" or os.geteuid() == 0, reason="permissions do not bind this user"
)


@pytest.fixture
def boxes(monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> list[str]:
    """What the box would say, on a machine that has a screen."""
    said: list[str] = []
    monkeypatch.setattr(program, "has_screen", lambda: True)
    monkeypatch.setattr(program, "show_box", said.append)
    return said


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        pytest.param(a_file, ("文件",), id="a file"),
        pytest.param(below_a_file, ("文件",), id="below a file"),
        pytest.param(another_programs_file, ("没有改动它", "备份"), id="no database"),
        pytest.param(a_later_versions_file, ("更新版本", "没有改动它", "新版程序"), id="newer"),
        pytest.param(nobody_may_write, ("权限",), id="read-only", marks=AS_ROOT),
    ],
)
def test_the_window_says_why_it_does_not_open(
    spoil: Callable[[Path], None], words: tuple[str, ...], tmp_path: Path, boxes: list[str]
) -> None:
    folder = tmp_path / "office" / "data"
    if spoil is not below_a_file:
        folder.parent.mkdir()
    spoil(folder)
    before = _content(folder)
    with pytest.raises(StorageProblem) as raised:
        run_window(folder)
    sentence = str(raised.value)
    assert boxes == [sentence] and sentence.endswith("。") and "\n" not in sentence
    assert all(word in sentence for word in words) and str(folder.parent) in sentence
    assert _content(folder) == before


def _content(folder: Path) -> bytes:
    file = folder / DATABASE_NAME
    return file.read_bytes() if file.exists() else b""


def test_a_second_window_on_the_folder_is_refused(tmp_path: Path, boxes: list[str]) -> None:
    folder = tmp_path / "data"
    make_folder(folder, 3)
    with only_window(folder):
        with pytest.raises(StorageProblem, match="已在另一个窗口中打开"):
            run_window(folder)
        assert boxes and "切换到那个窗口" in boxes[0]
