"""What makes no sense is answered with one sentence in the window, and changes nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from during_parts import Room
from PySide6.QtCore import QMimeData, QModelIndex, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from huifeng_desktop.domain.agenda import ItemKind
from huifeng_desktop.domain.speaker_timer import Run
from huifeng_desktop.ui.during.forms import DurationForm, ItemForm, ReasonForm
from huifeng_desktop.ui.during.page import DuringPage
from huifeng_desktop.ui.during.timing.stage_card import MOST_CHARACTERS


def _limit_form(page: DuringPage, room: Room, seconds: int) -> DurationForm:
    page.agenda.change_limit(room.session.state.items[1])
    form = page.findChild(DurationForm)
    assert isinstance(form, DurationForm)
    form.span.set_value(seconds)
    form.confirm()
    return form


def test_a_limit_of_zero_is_refused_in_the_form(room: Room, page: DuringPage) -> None:
    form = _limit_form(page, room, 0)
    assert form.isVisible() and form._hint.text() == "时长是 0，请填写分或秒。"
    assert room.session.state.items[1].limit_s == 360
    form.reject()


def test_more_than_twelve_hours_is_refused_with_the_items_name(room: Room, page: DuringPage) -> None:
    _limit_form(page, room, 12 * 3600 + 59)
    assert room.said[-1] == "“财政工作”的限时要在 1 秒到 12 小时之间，请重新填写。"
    assert room.session.state.items[1].limit_s == 360


@pytest.mark.parametrize("typed", ["-5", "99999"])
def test_a_field_of_minutes_takes_neither_a_minus_nor_99_hours(
    room: Room, page: DuringPage, typed: str
) -> None:
    page.agenda.change_limit(room.session.state.items[1])
    form = page.findChild(DurationForm)
    assert isinstance(form, DurationForm)
    form.span.minutes.selectAll()
    QTest.keyClicks(form.span.minutes, typed)
    assert 0 <= form.span.value() <= 12 * 3600
    form.reject()


@pytest.mark.parametrize(("kind", "is_taken"), [(ItemKind.OTHER, False), (ItemKind.CUSTOM, True)])
def test_a_speech_of_no_time_is_refused_unless_its_type_has_no_limit(
    room: Room, page: DuringPage, kind: ItemKind, is_taken: bool
) -> None:
    page.agenda.insert_before(None)
    form = page.findChild(ItemForm)
    assert isinstance(form, ItemForm)
    form.title.setText("临时发言")
    form.kind.setCurrentIndex(form.kind.findData(kind))
    form.span.set_value(0)
    form.confirm()
    assert len(room.session.state.items) == (5 if is_taken else 4)
    if not is_taken:
        assert form._hint.text() == "限时是 0，请填写分或秒；不限时的请把类型改为“自定义”。"
        form.reject()


def test_with_an_empty_agenda_the_window_says_what_to_do(room: Room, page: DuringPage, qtbot: QtBot) -> None:
    for item in list(room.session.state.items):
        room.context.podium.remove_item(item.item_id)
    room.at("14:30")
    room.context.podium.declare_opened()
    page.refresh()
    assert page.agenda.model.rowCount() == 0
    assert page.speaker.face.title.full_text() == "还没有议程"
    assert page.speaker.face.speaker.full_text() == "按 F11 报名发言，或到“会前”添加议题"
    QTest.keyClick(page, Qt.Key.Key_Space)
    assert room.session.state.adjourned_at is None, "the space bar never ends a meeting"
    page.speaker.start_item("i1")
    assert room.said[-1] == "这项议题已经不在议程里，请另选一项。"


def test_words_to_the_speaker_end_where_they_would_be_cut(room: Room, page: DuringPage) -> None:
    page.stage._ask_words()
    form = page.findChild(ReasonForm)
    assert isinstance(form, ReasonForm)
    line = form.reason.lineEdit()
    assert line is not None
    line.clear()
    QTest.keyClicks(line, "a" * (MOST_CHARACTERS + 5))
    form.confirm()
    assert page._director.message() == "a" * MOST_CHARACTERS


def test_the_item_before_the_hall_cannot_be_deleted(room: Room, page: DuringPage) -> None:
    room.context.podium.start("i2")
    page.refresh()
    actions = {action.text(): action for action in page.agenda.menu_for(1).actions()}
    assert not actions["删除"].isEnabled()
    page.agenda.remove(room.session.state.items[1])
    assert room.said[-1] == "“财政工作”正在计时，不能删除。请先结束或撤销计时。"
    assert room.session.state.timing("i2").run is Run.RUNNING


def test_the_agenda_is_dragged_while_a_speech_runs(room: Room, page: DuringPage, qtbot: QtBot) -> None:
    """GIVEN the second item runs WHEN the last is dragged before it THEN it runs on with its time."""
    room.context.podium.start("i2")
    room.clock.advance(30)
    page.refresh()
    model = page.agenda.model
    mime = model.mimeData([model.index(3, 0)])
    assert isinstance(mime, QMimeData)
    model.dropMimeData(mime, Qt.DropAction.MoveAction, 1, 0, QModelIndex())
    page.refresh()
    view = room.context.podium.view()
    assert view is not None and (view.item.item_id, view.number, view.elapsed_s) == ("i2", 3, 30)
    assert model.current_row() == 2
    assert replace(view, item=view.item).run is Run.RUNNING
