"""The main window: stages, messages, what other programs commit, leaving, and no English on screen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from during_parts import Room
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from huifeng_desktop.domain.events import EventKind, Fact
from huifeng_desktop.errors import StorageProblem, UserProblem
from huifeng_desktop.service.door.sign_in import Method
from huifeng_desktop.storage.database import DATABASE_NAME, open_database
from huifeng_desktop.storage.event_store import EventStore
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.attempt import attempt
from huifeng_desktop.ui.during.page import DuringPage
from huifeng_desktop.ui.kit.buttons import KeyButton
from huifeng_desktop.ui.shell import AFTER, BEFORE, DURING, MainWindow
from huifeng_desktop.ui.theme import Tone

_LATIN = re.compile(r"[A-Za-z]{2,}")
_KEYS = re.compile(r"\b(Ctrl|Alt|Shift|Enter|Esc|Del|End|F\d{1,2})\b")


class House:
    """A room with its window and what the window asked for."""

    def __init__(self, folder: Path) -> None:
        self.room = Room(folder)
        self.backups: list[Path] = []
        self.director = self.room.director()
        self.page = DuringPage(self.room.context, None, self.director)
        self.window = MainWindow(
            self.room.context, [QWidget(), self.page, QWidget()], None, self.director, back_up=self._back_up
        )

    def _back_up(self) -> Path:
        self.backups.append(self.room.folder / "copy.db")
        return self.backups[-1]


@pytest.fixture
def house(qapp: QApplication, data_dir: Path, qtbot: QtBot) -> Iterator[House]:
    theme.apply_theme(qapp)
    house = House(data_dir)
    qtbot.addWidget(house.window)
    with qtbot.waitExposed(house.window):
        house.window.show()
    house.window.activateWindow()
    qtbot.waitUntil(house.window.isActiveWindow)
    yield house
    house.window._ticker.stop()
    house.room.close()


def test_the_fitting_stage_is_open_and_keys_turn_to_the_others(house: House, qtbot: QtBot) -> None:
    window = house.window
    assert window.stage_index() == DURING
    for key, stage in ((Qt.Key.Key_1, BEFORE), (Qt.Key.Key_3, AFTER), (Qt.Key.Key_2, DURING)):
        QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        assert window.stage_index() == stage and window.top_bar.stages.index() == stage
    window.top_bar.stages.set_index(AFTER)
    assert window.stage_index() == AFTER


def test_what_another_program_commits_is_shown_within_a_moment(house: House, qtbot: QtBot) -> None:
    db = open_database(house.room.folder)
    store = EventStore(db, house.room.folder / DATABASE_NAME, "desk", house.room.clock)
    with store.transaction() as transaction:
        now = house.room.clock.reading().wall
        transaction.append(house.room.meeting_id, Fact(EventKind.SIGN_IN, now, "s3", {"method": "phone"}))
    db.close()
    qtbot.waitUntil(lambda: house.page.brief_row.present.value() == "1", timeout=3000)


def test_the_clock_of_the_bar_is_the_meetings_clock(house: House, qtbot: QtBot) -> None:
    house.room.at("14:57:18")
    qtbot.waitUntil(lambda: house.window.top_bar.clock.text() == "14:57:18", timeout=2000)


def test_a_problem_is_one_sentence_and_the_tag_tells_that_it_was_not_saved(house: House) -> None:
    def fail() -> None:
        raise StorageProblem("磁盘已满，刚才这一笔没有存入。请腾出空间后重做这一步。")

    assert attempt(house.room.context.voice, fail) is None
    assert house.window.notice.text().startswith("磁盘已满")
    assert house.window.top_bar.saved.text() == "没有存盘"
    house.room.context.door.sign_in("s3", Method.TYPED)
    assert house.window.top_bar.saved.text() == "已存盘"


def test_good_news_goes_by_itself_and_bad_news_stays(house: House) -> None:
    house.window.show_notice("已保存。", Tone.OK)
    assert house.window._notice_timer.isActive()
    house.window.show_notice("没有存入。", Tone.OVER)
    assert not house.window._notice_timer.isActive() and house.window.notice.isVisible()


def test_what_was_refused_is_past_with_the_next_thing_that_succeeds(house: House) -> None:
    context, notice = house.room.context, house.window.notice

    def refuse() -> None:
        raise UserProblem("名单里已有县水利局王磊（3 号），请直接签到。")

    attempt(context.voice, refuse)
    with house.room.other_desk() as desk:
        desk.sign_in("s4", Method.BADGE)
    house.room.session.catch_up()
    assert notice.isVisible(), "what others do answers nothing"
    context.door.sign_in("s3", Method.TYPED)
    assert notice.isHidden()


def test_a_warning_goes_when_its_reason_is_gone_and_not_another(house: House, qtbot: QtBot) -> None:
    voice, notice, reasons = house.room.context.voice, house.window.notice, ["会议没有计时"]
    voice.say_while("已有 1 分钟没有计时。", Tone.WARN, lambda: bool(reasons))
    house.room.context.door.sign_in("s3", Method.TYPED)
    assert notice.text() == "已有 1 分钟没有计时。"
    reasons.clear()
    qtbot.waitUntil(notice.isHidden, timeout=3000)
    voice.say_while("投影断开了。", Tone.WARN, lambda: False)
    house.window.show_notice("电脑时钟被拨慢了。", Tone.WARN)
    house.room.context.door.sign_in("s4", Method.TYPED)
    assert notice.text() == "电脑时钟被拨慢了。"


def test_nobody_timed_is_not_said_any_longer_once_somebody_is(house: House) -> None:
    house.room.at("14:30")
    house.director.tick()
    house.room.context.podium.declare_opened()
    for _ in range(18):
        house.director.tick()
        house.room.clock.advance(4)
    assert "没有计时" in house.window.notice.text()
    house.room.context.podium.start("i1")
    assert house.window.notice.isHidden()


def test_a_sign_in_is_answered_on_every_stage(house: House) -> None:
    house.window.show_stage(BEFORE)
    house.room.context.voice.greet("王　磊　已签到", "县水利局", Tone.OK)
    assert house.window.notice.text() == "王　磊　已签到　县水利局"


def test_closing_backs_up(house: House) -> None:
    assert house.window.close()
    assert house.backups == [house.room.folder / "copy.db"]


def test_closing_while_a_speech_is_timed_asks_once(house: House) -> None:
    house.room.context.podium.declare_opened()
    house.room.context.podium.start("i1")
    assert not house.window.close()
    assert house.window.question.text().startswith("正在计时，确定退出吗")
    house.window.question.buttons()[1].click()
    assert not house.window.close(), "who stayed is asked again"
    house.window.question.buttons()[0].click()
    assert not house.window.isVisible() and len(house.backups) == 1


def test_a_window_on_a_running_meeting_comes_back_with_its_timer(
    qapp: QApplication, data_dir: Path, qtbot: QtBot
) -> None:
    theme.apply_theme(qapp)
    room = Room(data_dir)
    room.at("14:30")
    room.context.podium.declare_opened()
    room.context.podium.start("i2")
    room.clock.advance(138)
    page = room.page()
    qtbot.addWidget(page)
    page.show()
    assert page.speaker.face.figures.text() == "3:42"
    room.clock.advance(200)
    page._director.tick()
    assert page.speaker.face.figures.text() == "0:22" and len(room.rings) == 1
    room.close()


def test_the_menu_asks_for_the_list_of_meetings_and_copies_the_data(house: House, qtbot: QtBot) -> None:
    with qtbot.waitSignal(house.window.meetings_requested):
        QTest.keyClick(house.window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(house.window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert len(house.backups) == 1 and "已备份到" in house.window.notice.text()


def _texts(widget: QWidget) -> Iterator[str]:
    for child in [widget, *widget.findChildren(QWidget)]:
        if isinstance(child, QAbstractButton | QLabel):
            yield re.sub(r"<[^>]+>", "", child.text())
        if isinstance(child, QLineEdit):
            yield child.placeholderText()
        if isinstance(child, QTableView) and child.model() is not None:
            model = child.model()
            for column in range(model.columnCount()):
                yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
                for row in range(model.rowCount()):
                    yield str(model.index(row, column).data() or "")
        yield child.toolTip()
        yield child.windowTitle()
        if isinstance(child, KeyButton):
            yield child.hint()
    for action in widget.findChildren(QAction):
        yield action.text()


def test_no_english_is_on_screen(house: House) -> None:
    room, page = house.room, house.page
    room.context.door.sign_in("s3", Method.TYPED)
    room.context.podium.declare_opened()
    room.context.podium.start("i2")
    page.refresh()
    page.door.box.setText("wl")
    sheets: list[QWidget] = [page.show_slip(), page.count_heads(), house.window.show_keys()]
    page.door.ask_deputy()
    page.door.ask_leave()
    page.agenda.insert_before(None)
    for widget in [house.window, *sheets]:
        strange = {text for text in _texts(widget) if _LATIN.search(_KEYS.sub("", text)) and text != "wl"}
        assert strange == set()
    for sheet in sheets:
        sheet.close()


def test_a_clock_that_is_set_while_people_come_is_told_and_recorded(house: House, qtbot: QtBot) -> None:
    house.room.context.door.sign_in("s3", Method.TYPED)
    qtbot.waitUntil(lambda: house.window._watch._last is not None, timeout=3000)
    house.room.clock.step_wall(-3600)
    qtbot.waitUntil(lambda: "拨慢了 1 小时" in house.window.notice.text(), timeout=3000)
    [noted] = [event for event in house.room.session.state.log if event.kind is EventKind.CLOCK_SET]
    assert noted.body["by_s"] == pytest.approx(-3600, abs=5)
