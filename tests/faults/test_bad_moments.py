"""Things that go wrong while the window is open: disk, network, port, backup."""

from __future__ import annotations

import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from hall import fill, make_folder
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_kit import put_away

from huifeng_desktop.app import Folder, desk_command, open_folder
from huifeng_desktop.app.window import OpenWindow, build_window, make_application
from huifeng_desktop.clock import SystemClock
from huifeng_desktop.desk.network import cards as network
from huifeng_desktop.errors import StorageBusyProblem
from huifeng_desktop.storage.database import DATABASE_NAME, set_patience
from huifeng_desktop.ui.during.phones.block import PhoneState

ROOT = Path(__file__).resolve().parent.parent.parent
_ROOMY = 2**30
_ELSEWHERE = "203.0.113.9"
"""An address of nobody (RFC 5737), so never one of this machine."""


@dataclass(frozen=True, slots=True)
class Office:
    """A window on a meeting, with its folder."""

    folder: Folder
    parts: OpenWindow

    def sign_in(self, seat: int) -> None:
        """Type a badge and press Enter."""
        box = self.parts.during.door.box
        box.clear()
        QTest.keyClicks(box, self.parts.context.session.state.seats[seat].badge)
        QTest.keyClick(box, Qt.Key.Key_Return)

    def present(self) -> int:
        """Who is there by the state of the window."""
        return self.parts.context.session.totals().present

    def saved(self) -> str:
        """The tag in the top bar."""
        return self.parts.window.top_bar.saved.text()

    def trouble(self) -> str:
        """The bar across the window, "" while all is well."""
        return self.parts.window.trouble.text()

    def notice(self) -> str:
        """The sentence at the foot of the page, "" while there is none."""
        notice = self.parts.window.notice
        return "" if notice.isHidden() else notice.text()


@pytest.fixture
def office(data_dir: Path, qapp: QApplication, scanner_keys: None) -> Iterator[Office]:
    make_application()
    with open_folder(data_dir, "console", SystemClock()) as folder:
        meeting = fill(folder, 300)
        parts = build_window(folder, folder.office.open(meeting), desk_command(data_dir, meeting))
        parts.window.show()
        yield Office(folder, parts)
        put_away(parts)


def test_a_full_disk_is_told_and_nobody_is_shown_as_signed_in(office: Office, qtbot: QtBot) -> None:
    # GIVEN a disk that takes no more pages
    db = office.folder.db
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    db.execute(f"PRAGMA max_page_count = {pages}").fetchone()
    # WHEN people sign in until one cannot be stored
    seat = 0
    while office.saved() == "已存盘" and seat < 200:
        office.sign_in(seat)
        seat += 1
    # THEN the window says so, and he is not there
    stored = seat - 1
    assert "磁盘已满" in office.notice() and "腾出空间" in office.notice()
    assert office.saved() == "没有存盘"
    assert office.trouble().startswith("磁盘已满") and "已存的都在" in office.trouble()
    assert QApplication.activeModalWidget() is None
    assert office.present() == stored
    qtbot.waitUntil(lambda: office.parts.during.brief_row.present.value() == str(stored))
    # AND it stays in view whatever is done: looking again, other pages, other messages; finding goes on
    office.parts.window.trouble.button.click()
    for stage in (2, 1):
        office.parts.window.show_stage(stage)
    office.parts.window.show_notice("已复制。")
    office.parts.during.door.box.setText("王")
    assert office.parts.during.door.results.model.rows() and office.trouble()
    # WHEN there is room again THEN it is seen without a hand, the same step works, and nothing was lost
    db.execute(f"PRAGMA max_page_count = {_ROOMY}").fetchone()
    qtbot.waitUntil(lambda: not office.trouble(), timeout=15_000)
    assert office.saved() == "已存盘" and "又能存盘了" in office.notice()
    office.sign_in(stored)
    assert office.saved() == "已存盘" and office.present() == stored + 1
    assert office.folder.verify().ok


def test_a_file_that_may_only_be_read_is_told(office: Office) -> None:
    office.folder.db.execute("PRAGMA query_only = ON")
    office.sign_in(0)
    assert "只读" in office.notice() and "请取消只读" in office.notice()
    assert "数据存不进去" in office.trouble() and office.present() == 0
    office.folder.db.execute("PRAGMA query_only = OFF")
    office.parts.window.trouble.button.click()
    assert not office.trouble()
    office.sign_in(0)
    assert office.present() == 1 and office.folder.verify().ok


def test_a_file_that_another_program_holds_is_told(office: Office) -> None:
    set_patience(office.folder.db, 0.05)
    with closing(sqlite3.connect(office.folder.path / DATABASE_NAME, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        office.sign_in(0)
        assert "正被另一个程序占用" in office.notice() and office.present() == 0
        office.parts.window.trouble.button.click()
        assert "另一个程序" in office.trouble()
        other.execute("ROLLBACK")
    office.parts.window.trouble.button.click()
    assert not office.trouble()
    office.sign_in(0)
    assert office.present() == 1 and office.folder.verify().ok


def test_what_the_desk_cannot_store_is_told_in_the_window(office: Office) -> None:
    with closing(sqlite3.connect(office.folder.path / DATABASE_NAME, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        office.parts.desk.storage_changed.emit(StorageBusyProblem.standing)
        assert "另一个程序" in office.trouble() and office.saved() == "没有存盘"
        office.parts.desk.storage_changed.emit("")
        assert office.trouble(), "the desk may store again, but the window cannot"
        other.execute("ROLLBACK")
    office.parts.desk.storage_changed.emit("")
    assert not office.trouble() and office.saved() == "已存盘"


def test_a_backup_that_fails_does_not_keep_the_window_open(office: Office) -> None:
    (office.folder.path / "backups").write_text("in the way")
    closed = QSignalSpy(office.parts.window.closed)
    assert office.parts.window.close()
    assert closed.count() == 1 and not office.parts.window.isVisible()


def test_without_a_network_the_phones_block_says_what_to_do(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network, "list_addresses", list)
    dialog = office.parts.during.door.phones.show_dialog()
    assert dialog.choice.none.isVisible() and "没有可用的网络" in dialog.choice.none.text()
    assert [card.text() for card in dialog.choice.cards()] == ["仅本机试用"]


def test_an_address_that_went_away_is_told_and_the_window_goes_on(office: Office, qtbot: QtBot) -> None:
    office.parts.during.open_phones(_ELSEWHERE)
    phones = office.parts.during.door.phones
    qtbot.waitUntil(lambda: phones.state() is PhoneState.FAILED, timeout=15_000)
    assert _ELSEWHERE in office.notice() and "检查网络连接" in office.notice()
    office.sign_in(0)
    assert office.present() == 1


def test_a_port_in_use_is_one_sentence_and_status_1(data_dir: Path) -> None:
    meeting = make_folder(data_dir, 3)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        desk = ["--data", str(data_dir), "desk", meeting, "--port", str(port)]
        command = [sys.executable, "-m", "huifeng_desktop", *desk]
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=20)
    assert done.returncode == 1 and not done.stdout
    assert f"端口 {port} 已被别的程序占用" in done.stderr and len(done.stderr.splitlines()) == 1
