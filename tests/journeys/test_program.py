"""Which meeting is open: chosen, changed, remembered; what is said about the desk and about bugs."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hands import Hands
from PySide6.QtCore import qInstallMessageHandler, qWarning
from PySide6.QtWidgets import QMessageBox, QProxyStyle, QStyle
from pytestqt.qtbot import QtBot
from secretary_day import program_on

from huifeng_desktop.app import background
from huifeng_desktop.app.program import LAST_MEETING, only_window
from huifeng_desktop.app.qt_log import qt_messages_logged
from huifeng_desktop.app.window import make_application
from huifeng_desktop.domain.meeting import MeetingPlan
from huifeng_desktop.errors import StorageProblem
from huifeng_desktop.service.podium import Podium
from huifeng_desktop.ui.before.ready_panel import DeskWord
from huifeng_desktop.ui.theme import apply_theme


def test_the_meeting_of_last_time_is_there_again(data_dir: Path, qtbot: QtBot) -> None:
    with program_on(data_dir, "13:00:00") as day:
        first = day.folder.office.create(_plan("一月例会"))
        second = day.folder.office.create(_plan("二月例会"))
        day.program.open_meeting(first)
        day.program.open_meeting(second)
        assert day.parts.context.session.meeting_id == second
    with program_on(data_dir, "13:05:00") as day:
        assert day.program.reopen_last()
        assert day.parts.window.windowTitle().startswith("二月例会")


def test_a_choice_in_the_list_replaces_the_window(data_dir: Path, qtbot: QtBot) -> None:
    hands = Hands(qtbot)
    with program_on(data_dir, "13:00:00") as day:
        for title in ("一月例会", "二月例会"):
            day.program.open_meeting(day.folder.office.create(_plan(title)))
        hands.while_open(lambda: _open_line(hands, "一月例会"), lambda: hands.press("Ctrl+M"))
        assert day.parts.window.windowTitle().startswith("一月例会")
        day.program.open_meeting(day.parts.context.session.meeting_id)
        assert hands.sees("一月例会")


def test_escape_leaves_the_form_then_the_list_and_changes_nothing(data_dir: Path, qtbot: QtBot) -> None:
    hands = Hands(qtbot)

    def look_around() -> None:
        hands.press("Ctrl+N")
        assert hands.sees("涉密会议不要录入本机")
        hands.press("Esc")
        assert hands.sees("还没有会议")
        hands.press("Esc")

    with program_on(data_dir, "13:00:00") as day:
        hands.while_open(look_around, day.program.choose_meeting)
        assert day.program.open_window is None and day.folder.office.cards() == []


def test_the_sample_is_one_key_away_and_never_counts(data_dir: Path, qtbot: QtBot) -> None:
    hands = Hands(qtbot)
    with program_on(data_dir, "13:00:00") as day:
        hands.while_open(lambda: hands.press("F1"), day.program.choose_meeting)
        plan = day.parts.context.session.plan
        assert "示例" in plan.title and not plan.counts
        assert len(day.parts.context.session.state.seats) == 148


def test_changing_the_meeting_while_a_speech_is_timed_asks_first(data_dir: Path, qtbot: QtBot) -> None:
    hands = Hands(qtbot)
    with program_on(data_dir, "13:00:00") as day:
        other = day.folder.office.create(_plan("一月例会"))
        day.program.open_sample()
        sample = day.parts.context.session.meeting_id
        podium = Podium(day.parts.context.session)
        podium.declare_opened()
        podium.start()
        day.program.open_meeting(other)
        assert hands.sees("正在计时，确定退出吗？")
        hands.click("不退出")
        assert day.parts.context.session.meeting_id == sample
        day.program.open_meeting(other)
        hands.click("退出")
        assert day.parts.context.session.meeting_id == other
        assert day.folder.settings.get(LAST_MEETING) == other


def test_the_desk_is_told_to_the_page_before_the_meeting(data_dir: Path, qtbot: QtBot) -> None:
    hands = Hands(qtbot)
    with program_on(data_dir, "13:00:00") as day:
        day.program.open_sample()
        day.parts.window.show_stage(0)
        hands.press("Alt+6")
        hands.wait_for("现在只有本机能连签到台")
        day.parts.during.open_phones("127.0.0.1")
        hands.wait_for("只供本机试用")
        day.parts.during.close_phones()
        hands.wait_for("现在只有本机能连签到台")
    assert DeskWord.of("http://192.168.1.20:8000").is_open


def test_a_bug_in_a_slot_says_one_sentence(data_dir: Path, qtbot: QtBot) -> None:
    hands = Hands(qtbot)
    with program_on(data_dir, "13:00:00") as day:
        day.program.open_meeting(day.folder.office.create(_plan("一月例会")))
        day.program.tell_crash(ZeroDivisionError())
        hands.wait_for("程序出现内部错误（ZeroDivisionError），刚才这一步可能没有完成")
        day.program.tell_crash(StorageProblem("磁盘已满，请清理后再试。"))
        hands.wait_for("磁盘已满，请清理后再试。")


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("import sys; sys.exit('文件夹写不了。')", "彩排没有做完：文件夹写不了。"),
        ("raise SystemExit(3)", "彩排没有做完：没有完成，请重试。"),
        ("print('{}')", "彩排结束，材料和画面在"),
        ("", "彩排没有做完：没有完成，请重试。"),
    ],
    ids=["refused", "crashed", "played", "not started"],
)
def test_a_rehearsal_is_a_program_of_its_own_and_its_end_is_told(
    data_dir: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, script: str, said: str
) -> None:
    started: list[tuple[str, ...]] = []

    def command(*arguments: str) -> list[str]:
        started.append(arguments)
        return [sys.executable, "-c", script] if script else [str(data_dir / "none")]

    monkeypatch.setattr(background, "program_command", command)
    hands = Hands(qtbot)
    with program_on(data_dir, "13:00:00") as day:
        day.program.open_meeting(day.folder.office.create(_plan("一月例会")))
        day.parts.window.show_stage(0)
        hands.press("F9")
        if script:
            hands.wait_for("彩排会在另一个窗口打开，不动本次会议")
        hands.wait_for(said)
    assert [one[2:4] for one in started] == [("rehearse", "--out")]


def test_a_box_shows_no_icon_on_its_buttons(qtbot: QtBot) -> None:
    """GIVEN a desktop that puts icons on the buttons of dialogs WHEN we show a box THEN it has none."""
    with dressed_by(_IconLover()):
        box = QMessageBox(QMessageBox.Icon.Critical, "会风", "磁盘已满。", QMessageBox.StandardButton.Ok)
        qtbot.addWidget(box)
        assert [button.icon().isNull() for button in box.buttons()] == [True]


class _IconLover(QProxyStyle):
    """A desktop's style with icons wherever they may be."""

    def styleHint(self, hint: QStyle.StyleHint, *more: Any) -> int:
        is_it = hint is QStyle.StyleHint.SH_DialogButtonBox_ButtonsHaveIcons
        return 1 if is_it else super().styleHint(hint, *more)


@contextmanager
def dressed_by(style: QStyle) -> Iterator[None]:
    """The program's look over another desktop's style."""
    application = make_application()
    application.setStyle(style)
    application.setStyleSheet(application.styleSheet())
    try:
        yield
    finally:
        apply_theme(application)


def test_qt_speaks_to_the_log(caplog: pytest.LogCaptureFixture) -> None:
    heard: list[str] = []
    before = qInstallMessageHandler(lambda _kind, _context, message: heard.append(message))
    try:
        with qt_messages_logged(), caplog.at_level(logging.WARNING, "qt"):
            qWarning("no such font")
        qWarning("afterwards")
    finally:
        qInstallMessageHandler(before)
    assert heard == ["afterwards"]
    assert [(one.name, one.levelno, one.message) for one in caplog.records] == [
        ("qt", logging.WARNING, "default: no such font")
    ]


def test_one_window_for_a_folder(tmp_path: Path) -> None:
    with (
        only_window(tmp_path),
        pytest.raises(StorageProblem, match="已在另一个窗口中打开"),
        only_window(tmp_path),
    ):
        pass
    with only_window(tmp_path):
        pass


def _plan(title: str) -> MeetingPlan:
    return MeetingPlan(title, datetime(2026, 3, 12, 14, 30).astimezone())


def _open_line(hands: Hands, words: str) -> None:
    hands.click_line(words)
    hands.press("Return")
