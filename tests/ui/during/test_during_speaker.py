"""Running the agenda on the 会中 page: keys, countdown, colours, undo, order, opening and closing."""

from __future__ import annotations

from typing import Any

import pytest
from during_parts import Room
from PySide6.QtCore import QMimeData, QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from huifeng_desktop.domain.agenda import ItemKind
from huifeng_desktop.domain.cues import Bell, BellTone, CuePlan, Mark, MarkUnit
from huifeng_desktop.domain.speaker_timer import Run
from huifeng_desktop.ui.during.forms import DurationForm, ItemForm
from huifeng_desktop.ui.during.page import DuringPage
from huifeng_desktop.ui.stage.view import StagePhase, phase_words
from huifeng_desktop.ui.theme import Tone


def _press(
    page: DuringPage, qtbot: QtBot, key: Qt.Key, modifier: Any = Qt.KeyboardModifier.NoModifier
) -> None:
    """A key on whatever has the focus; then the burst of changes is over."""
    QTest.keyClick(QApplication.focusWidget() or page, key, modifier)
    qtbot.waitUntil(lambda: not page._follow.is_waiting and page._context.spare.is_idle())


def _open(room: Room, page: DuringPage, qtbot: QtBot, at: str = "14:30") -> None:
    room.at(at)
    _press(page, qtbot, Qt.Key.Key_F9)
    room.clock.advance(2)


def _tick(room: Room, page: DuringPage, seconds: float) -> None:
    room.clock.advance(seconds)
    page._director.tick()


def _choose(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text().split("\t")[0] == text).trigger()


def test_f9_opens_space_starts_and_goes_on(room: Room, page: DuringPage, qtbot: QtBot) -> None:
    assert page.speaker.primary.text() == "宣布开会"
    _press(page, qtbot, Qt.Key.Key_Space)
    assert room.session.state.opened_at is None, "the space bar never opens a meeting"
    _open(room, page, qtbot)
    assert room.second_look().state.opened_at is not None
    assert page.speaker.primary.text() == "开始第 1 项"
    _press(page, qtbot, Qt.Key.Key_Space)
    assert room.session.state.timing("i1").run is Run.RUNNING
    assert page.speaker.primary.text() == "结束，下一项"
    room.clock.advance(130)
    _press(page, qtbot, Qt.Key.Key_Space)
    state = room.second_look().state
    assert state.timing("i1").elapsed_s == 130 and state.timing("i2").run is Run.RUNNING
    assert page.speaker.face.speaker.full_text() == "县财政局　赵　镕　局长"


def test_space_pressed_twice_in_haste_counts_once(room: Room, page: DuringPage, qtbot: QtBot) -> None:
    _open(room, page, qtbot)
    _press(page, qtbot, Qt.Key.Key_Space)
    room.clock.advance(0.5)
    _press(page, qtbot, Qt.Key.Key_Space)
    assert room.session.state.timing("i1").run is Run.RUNNING
    room.clock.advance(0.4)
    _press(page, qtbot, Qt.Key.Key_Space)
    assert room.session.state.timing("i2").run is Run.RUNNING


def test_space_works_in_the_empty_box_and_not_beside_characters(
    room: Room, page: DuringPage, qtbot: QtBot
) -> None:
    _open(room, page, qtbot)
    page.door.box.setFocus()
    _press(page, qtbot, Qt.Key.Key_Space)
    assert room.session.state.timing("i1").run is Run.RUNNING and page.door.box.text() == ""
    room.clock.advance(5)
    QTest.keyClicks(page.door.box, "wl p")
    assert page.door.box.text() == "wl p"
    assert room.session.state.timing("i1").run is Run.RUNNING


def test_countdown_and_colours_follow_the_clock_not_the_ticks(
    room: Room, page: DuringPage, qtbot: QtBot
) -> None:
    _open(room, page, qtbot)
    room.context.podium.start("i2")
    page.refresh()
    face = page.speaker.face
    assert (face.figures.text(), face.state.text()) == ("6:00", "进行中")
    _tick(room, page, 138)
    assert (face.figures.text(), face.figures.tone()) == ("3:42", Tone.OK)
    assert page.agenda.model.lines()[1].actual == "▶ 2:18"
    _tick(room, page, 162)
    assert (face.figures.text(), face.state.text()) == ("1:00", "剩余不足 1 分钟")
    assert face.figures.tone() is Tone.WARN and room.rings == [Bell(1)]
    _tick(room, page, 60)
    assert (face.figures.text(), face.state.text()) == ("0:00", "已超时")
    _tick(room, page, 35)
    assert (face.figures.text(), face.figures.tone()) == ("+0:35", Tone.OVER)
    assert room.rings == [Bell(1), Bell(2)], "each cue once, however many ticks"
    assert page.agenda.model.lines()[1].over == "+0:35"


def test_amber_comes_with_the_first_bell_of_the_type_everywhere(
    room: Room, page: DuringPage, qtbot: QtBot
) -> None:
    """GIVEN a first bell after 70 % WHEN it rings THEN window and stage turn amber with it."""
    _open(room, page, qtbot)
    first = Mark(MarkUnit.PERCENT, 70, Bell(3, BellTone.CHIME))
    room.context.settings.put("cue_marks", CuePlan().with_marks(ItemKind.REPORT, [first]).to_json())
    director = page._director
    director.read_cues()
    room.context.podium.start("i3")
    _tick(room, page, 209)
    assert director.view().phase is StagePhase.NORMAL and room.rings == []
    _tick(room, page, 1)
    assert room.rings == [Bell(3, BellTone.CHIME)]
    assert page.speaker.face.state.text() == "剩余不足 1 分 30 秒"
    assert page.speaker.face.figures.tone() is Tone.WARN
    assert director.view().phase is StagePhase.AMBER and phase_words(director.view()) == "剩余不足 1 分 30 秒"


def test_a_leaders_overrun_stays_with_the_operator(room: Room, page: DuringPage, qtbot: QtBot) -> None:
    _open(room, page, qtbot)
    room.context.podium.start("i4")
    page.refresh()
    _tick(room, page, 1940)
    assert page.speaker.face.figures.text() == "+2:20"
    assert not page._director.view().show_overrun


def test_time_is_granted_taken_paused_and_set_right(room: Room, page: DuringPage, qtbot: QtBot) -> None:
    _open(room, page, qtbot)
    room.context.podium.start("i2")
    page.refresh()
    face = page.speaker.face
    for key, text in (
        (Qt.Key.Key_Equal, "7:00"),
        (Qt.Key.Key_Minus, "6:00"),
        (Qt.Key.Key_BracketRight, "6:30"),
        (Qt.Key.Key_BracketLeft, "6:00"),
    ):
        _press(page, qtbot, key)
        assert face.figures.text() == text
    _press(page, qtbot, Qt.Key.Key_Equal)
    assert face.line.full_text() == "第 2 项　多媒体汇报　限时 6:00 另加 1:00"
    _press(page, qtbot, Qt.Key.Key_P)
    _tick(room, page, 100)
    assert (face.figures.text(), face.state.text()) == ("7:00", "已暂停")
    _press(page, qtbot, Qt.Key.Key_P)
    _choose(page.speaker.forgot_menu(), "30 秒前")
    page.refresh()
    assert face.figures.text() == "6:30"
    _press(page, qtbot, Qt.Key.Key_B)
    assert room.rings == [Bell(1)]


def test_undo_takes_back_the_last_step_and_names_the_large_ones(
    room: Room, page: DuringPage, qtbot: QtBot
) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    _open(room, page, qtbot)
    _press(page, qtbot, Qt.Key.Key_Space)
    room.clock.advance(60)
    _press(page, qtbot, Qt.Key.Key_Space)
    _press(page, qtbot, Qt.Key.Key_Z, control)
    state = room.session.state
    assert (state.timing("i1").run, state.timing("i2").run) == (Run.RUNNING, Run.IDLE)
    _press(page, qtbot, Qt.Key.Key_Z, control)
    assert page.speaker.undo.text() == "撤销开会"
    _press(page, qtbot, Qt.Key.Key_Z, control)
    assert room.second_look().state.opened_at is None
    assert page.speaker.primary.text() == "宣布开会"


def test_adjourning_early_asks_and_its_undo_lets_the_speech_run_on(
    room: Room, page: DuringPage, qtbot: QtBot
) -> None:
    _open(room, page, qtbot)
    _press(page, qtbot, Qt.Key.Key_Space)
    room.clock.advance(30)
    _press(page, qtbot, Qt.Key.Key_F10, Qt.KeyboardModifier.ControlModifier)
    assert page.question.text() == "还有 4 项没有结束，确定散会吗？"
    page.question.buttons()[0].click()
    page.refresh()
    assert room.second_look().state.adjourned_at is not None
    assert (page.speaker.undo.text(), page.speaker.primary.isEnabled()) == ("撤销散会", False)
    _press(page, qtbot, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    state = room.second_look().state
    assert state.adjourned_at is None and state.timing("i1").run is Run.RUNNING


def test_after_the_last_item_the_step_is_to_adjourn(room: Room, page: DuringPage, qtbot: QtBot) -> None:
    _open(room, page, qtbot)
    for _ in range(5):
        _press(page, qtbot, Qt.Key.Key_Space)
        room.clock.advance(60)
    assert (page.speaker.primary.text(), page.speaker.primary.hint()) == ("散会", "F10")
    _press(page, qtbot, Qt.Key.Key_F10)
    assert room.second_look().state.adjourned_at is not None


def test_a_late_opening_asks_once_from_when_late_counts(room: Room, page: DuringPage, qtbot: QtBot) -> None:
    _open(room, page, qtbot, "14:36")
    assert page.question.text() == "通知 14:30 开会，实际 14:36 宣布开会，迟到从什么时间算起？"
    page.question.buttons()[1].click()
    assert room.second_look().state.late_base_choice == "opened"
    assert page.question.isHidden()
    page.speaker.ask_late_base()
    assert page.question.isHidden(), "answered once is answered"


def test_starting_another_item_asks_while_one_is_timed(room: Room, page: DuringPage, qtbot: QtBot) -> None:
    page.agenda.table.row_activated.emit(2)
    assert "宣布开会" in room.said[-1]
    _open(room, page, qtbot)
    page.agenda.table.row_activated.emit(1)
    assert room.session.state.timing("i2").run is Run.RUNNING
    page.refresh()
    page.agenda.table.row_activated.emit(2)
    assert page.question.text() == "“财政工作”正在计时，要结束它并开始“水利工作”吗？"
    page.question.buttons()[0].click()
    assert room.session.state.timing("i3").run is Run.RUNNING


def test_the_agenda_is_reordered_by_dragging_and_by_the_menu(
    room: Room, page: DuringPage, qtbot: QtBot
) -> None:
    QAbstractItemModelTester(page.agenda.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model = page.agenda.model
    mime = model.mimeData([model.index(3, 0)])
    assert isinstance(mime, QMimeData)
    model.dropMimeData(mime, Qt.DropAction.MoveAction, 1, 0, QModelIndex())
    page.refresh()
    assert [line.item_id for line in model.lines()] == ["i1", "i4", "i2", "i3"]
    menu = page.agenda.menu_for(1)
    _choose(menu, "下移")
    page.refresh()
    assert [item.item_id for item in room.second_look().state.items] == ["i1", "i2", "i4", "i3"]
    assert [line.number for line in model.lines()] == ["1", "2", "3", "4"]


def test_limits_and_actual_times_are_changed_and_items_inserted(
    room: Room, page: DuringPage, qtbot: QtBot
) -> None:
    item = room.session.state.items[1]
    page.agenda.change_limit(item)
    form = page.findChild(DurationForm)
    assert isinstance(form, DurationForm) and form.span.value() == 360
    form.span.set_value(390)
    form.confirm()
    page.agenda.insert_before(item)
    fresh = page.findChild(ItemForm)
    assert isinstance(fresh, ItemForm)
    fresh.confirm()
    assert fresh.isVisible(), "an item needs a title"
    fresh.title.setText("临时发言")
    fresh.confirm()
    state = room.second_look().state
    assert [one.title for one in state.items] == [
        "主持人开场",
        "临时发言",
        "财政工作",
        "水利工作",
        "县领导讲话",
    ]
    assert state.items[2].limit_s == 390 and state.items[1].limit_s == 300


def test_the_pace_is_said_in_figures_and_words(room: Room, page: DuringPage, qtbot: QtBot) -> None:
    assert page.agenda._pace.text() == "未开会"
    _open(room, page, qtbot)
    room.context.podium.start("i1")
    room.clock.advance(238)
    page.refresh()
    assert page.agenda._footer[1].text() == "已用 4:00"
    assert page.agenda._pace.text() == "落后 1 分 00 秒"


@pytest.mark.parametrize(("text", "stage"), [("请控制时间", True), ("撤下提示", False)])
def test_words_to_the_speaker_go_to_the_stage(
    room: Room, page: DuringPage, qtbot: QtBot, text: str, stage: bool
) -> None:
    _open(room, page, qtbot)
    _press(page, qtbot, Qt.Key.Key_Space)
    _choose(page.stage.prompt_menu(), "请控制时间")
    _choose(page.stage.prompt_menu(), text)
    assert bool(page._director.view().message) is stage
    room.clock.advance(5)
    _press(page, qtbot, Qt.Key.Key_Space)
    assert page._director.view().message == "", "they go with the item"


def test_the_base_of_lateness_is_not_asked_once_it_was_chosen_elsewhere(page: DuringPage, room: Room) -> None:
    room.at("14:36")
    page.speaker.declare_opened()
    assert "迟到从什么时间算起" in page.question.text()
    room.context.podium.choose_late_base("notified")
    page.refresh()
    assert page.question.text() == ""


def test_a_question_that_events_have_answered_is_not_asked_any_longer(page: DuringPage, room: Room) -> None:
    podium = room.context.podium
    room.at("14:30")
    podium.declare_opened()
    podium.start("i1")
    # WHEN the end is asked about, and the item ends at the tablet
    room.clock.advance(3)
    page.speaker.finish()
    assert page.question.text().endswith("确定结束吗？")
    podium.finish()
    assert page.question.text() == "", "a click now would have ended another item"
    # AND when the number of items left is not what the question says
    page.speaker.adjourn()
    assert page.question.text() == "还有 3 项没有结束，确定散会吗？"
    podium.start("i2")
    assert page.question.text(), "as many are left as before"
    podium.finish()
    assert page.question.text() == ""
    # AND when another item than the one named is being timed
    podium.start("i3")
    page.speaker.start_item("i4")
    assert "“水利工作”正在计时" in page.question.text()
    podium.start("i4")
    assert page.question.text() == ""
    # AND when the meeting is over
    page.speaker.adjourn()
    assert page.question.text()
    podium.declare_adjourned()
    assert page.question.text() == ""
