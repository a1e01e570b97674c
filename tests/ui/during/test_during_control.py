"""Control beyond start and next: a forgotten start, put off, change, queue, reminder, going on by itself."""

from __future__ import annotations

from typing import Any

import pytest
from during_parts import Room
from PySide6.QtCore import Qt, QTime
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from huifeng_desktop.domain.agenda import ItemKind
from huifeng_desktop.domain.speaker_timer import Run
from huifeng_desktop.ui.during.forms import ItemForm
from huifeng_desktop.ui.during.page import DuringPage
from huifeng_desktop.ui.during.timing.auto_advance import SETTING
from huifeng_desktop.ui.during.timing.forgotten import MomentForm


def _press(
    page: DuringPage, qtbot: QtBot, key: Qt.Key, modifier: Any = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.keyClick(QApplication.focusWidget() or page, key, modifier)
    qtbot.waitUntil(lambda: not page._follow.is_waiting and page._context.spare.is_idle())


def _choose(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text().split("\t")[0] == text).trigger()


def _tick(room: Room, page: DuringPage, seconds: float) -> None:
    room.clock.advance(seconds)
    page._director.tick()


@pytest.fixture
def opened(room: Room, page: DuringPage, qtbot: QtBot) -> DuringPage:
    """The meeting was opened at 14:30:00."""
    room.at("14:30")
    _press(page, qtbot, Qt.Key.Key_F9)
    return page


def _runs(room: Room) -> list[Run]:
    state = room.second_look().state
    return [state.timing(item.item_id).run for item in state.items]


def test_a_forgotten_start_is_given_as_a_time_of_the_day(
    room: Room, opened: DuringPage, qtbot: QtBot
) -> None:
    room.clock.advance(200)
    _choose(opened.speaker.forgot_menu(), "从几点几分起…")
    form = opened.window().findChild(MomentForm)
    assert isinstance(form, MomentForm)
    form.clock.setTime(QTime(14, 31, 40))
    form.confirm()
    row = room.context.podium.rows()[0]
    assert (row.run, row.spoken_s) == (Run.RUNNING, 100)
    assert [one.became_s for one in row.corrections] == [100]


def test_a_time_that_is_still_to_come_today_was_yesterday(room: Room, opened: DuringPage) -> None:
    form = MomentForm("", "", room.session.now().wall, opened)
    given: list[Any] = []
    form.given.connect(given.append)
    form.clock.setTime(QTime(23, 59, 0))
    form.confirm()
    assert f"{given[0]:%m-%d %H:%M}" == "03-11 23:59"


def test_the_end_key_asks_when_the_speech_has_hardly_begun(
    room: Room, opened: DuringPage, qtbot: QtBot
) -> None:
    room.clock.advance(2)
    _press(opened, qtbot, Qt.Key.Key_Space)
    room.clock.advance(3)
    _press(opened, qtbot, Qt.Key.Key_End)
    assert opened.question.text() == "“主持人开场”才开始 3 秒，确定结束吗？"
    assert _runs(room)[0] is Run.RUNNING
    opened.question.buttons()[1].click()
    room.clock.advance(30)
    _press(opened, qtbot, Qt.Key.Key_End)
    assert _runs(room)[0] is Run.FINISHED


def test_nobody_being_timed_is_said_once_in_each_gap(room: Room, opened: DuringPage) -> None:
    def reminders() -> int:
        return sum("没有计时" in words for words in room.said)

    for _ in range(100):
        _tick(room, opened, 1)
    assert reminders() == 1
    room.context.podium.start()
    _tick(room, opened, 100)
    room.context.podium.finish()
    for _ in range(59):
        _tick(room, opened, 1)
    assert reminders() == 1
    _tick(room, opened, 3)
    assert reminders() == 2


def test_no_reminder_before_the_opening_nor_after_the_last_item(room: Room, page: DuringPage) -> None:
    for _ in range(3):
        _tick(room, page, 100)
    room.context.podium.declare_opened()
    for item in room.session.state.items:
        room.context.podium.skip(item.item_id)
    for _ in range(3):
        _tick(room, page, 100)
    assert not any("没有计时" in words for words in room.said)


def test_an_item_is_put_off_with_its_key(room: Room, opened: DuringPage, qtbot: QtBot) -> None:
    opened.agenda.table.selectRow(1)
    _press(opened, qtbot, Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    assert [item.item_id for item in room.second_look().state.items] == ["i1", "i3", "i2", "i4"]
    _press(opened, qtbot, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [item.item_id for item in room.second_look().state.items] == ["i1", "i2", "i3", "i4"]


def test_type_and_limit_are_changed_in_mid_speech(room: Room, opened: DuringPage, qtbot: QtBot) -> None:
    room.context.podium.start("i2")
    room.clock.advance(100)
    _choose(opened.agenda.menu_for(1), "改类型、限时和发言人…")
    form = opened.window().findChild(ItemForm)
    assert isinstance(form, ItemForm) and form.title.text() == "财政工作"
    form.kind.setCurrentIndex(form.kind.findData(ItemKind.REPORT))
    form.confirm()
    opened.refresh()
    assert room.second_look().state.items[1].kind is ItemKind.REPORT
    assert opened.speaker.face.figures.text() == "8:20"


def test_undo_says_beforehand_what_it_takes_back(room: Room, opened: DuringPage) -> None:
    room.context.podium.start("i2")
    opened.refresh()
    assert opened.speaker.undo.toolTip() == "将撤销：开始“财政工作”"


def test_nothing_goes_on_by_itself_unless_it_was_switched_on(room: Room, opened: DuringPage) -> None:
    room.context.podium.start("i2")
    _tick(room, opened, 500)
    assert _runs(room)[1] is Run.RUNNING
    room.context.settings.put(SETTING, True)
    _tick(room, opened, 0.1)
    assert _runs(room)[1:3] == [Run.FINISHED, Run.RUNNING]
    _tick(room, opened, 299)
    assert _runs(room)[2] is Run.RUNNING
    room.context.podium.adjust(60)
    _tick(room, opened, 60)
    assert _runs(room)[2] is Run.RUNNING, "what the chair granted is his"
    _tick(room, opened, 1)
    assert _runs(room)[2] is Run.FINISHED


# -- the queue ---------------------------------------------------------------------------------------


def test_speakers_are_found_put_down_called_and_dropped(room: Room, opened: DuringPage, qtbot: QtBot) -> None:
    _press(opened, qtbot, Qt.Key.Key_F11)
    dialog = opened.speaker.show_queue()
    QTest.keyClicks(dialog.name, "luchuan")
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    QTest.keyClicks(dialog.name, "lw")
    QTest.keyClick(dialog.name, Qt.Key.Key_Down)
    dialog.span.set_value(180)
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    dialog.name.setText("群众代表")
    dialog.add.click()
    lines = [dialog.waiting.item(row).text() for row in range(dialog.waiting.count())]
    assert lines == [
        "1.　陆　川　县林业局　5:00",
        "2.　李　伟　柳渡镇　3:00",
        "3.　群众代表　3:00",
    ]
    dialog.waiting.setCurrentRow(2)
    dialog.drop.click()
    dialog.waiting.setCurrentRow(1)
    dialog.call.click()
    opened.refresh()
    assert opened.speaker.face.speaker.full_text() == "柳渡镇　李　伟　镇长"
    assert opened.speaker.queue.text() == "发言名单 1 人"
    dialog.start.click()
    items = room.second_look().state.items
    assert [item.speaker for item in items[:2]] == ["李伟", "陆川"]
    assert not room.second_look().state.queue
    dialog.close()


def test_the_same_person_twice_is_told_why_not(room: Room, opened: DuringPage, qtbot: QtBot) -> None:
    dialog = opened.speaker.show_queue()
    for _ in range(2):
        dialog.name.setText("陆川")
        dialog.join()
    assert "不必重复报名" in room.said[-1]
    assert dialog.waiting.count() == 1
    dialog.close()


def test_escape_never_touches_the_timer_wherever_one_stands(
    room: Room, opened: DuringPage, qtbot: QtBot
) -> None:
    _tick(room, opened, 1)
    _press(opened, qtbot, Qt.Key.Key_Space)
    before = len(room.session.state.log)
    places = (opened, opened.agenda.table, opened.door.box, opened.stage.black, opened.speaker.primary)
    for place in places:
        place.setFocus()
        _tick(room, opened, 60)
        _press(opened, qtbot, Qt.Key.Key_Escape)
        _press(opened, qtbot, Qt.Key.Key_Escape)
    assert len(room.session.state.log) == before and _runs(room)[0] is Run.RUNNING
    timer = room.context.podium.view()
    assert timer is not None and timer.elapsed_s == 60 * len(places)
