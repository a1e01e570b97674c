"""The list of meetings, and how one is made."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from before_parts import START, latin_words, make_office, typed, words_on
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from huifeng_desktop.clock import FixedClock
from huifeng_desktop.domain.meeting import MeetingPlan
from huifeng_desktop.service.office import Office
from huifeng_desktop.service.podium import Podium
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.records.meetings_dialog import MeetingsDialog, proposed_start


@pytest.fixture
def office(tmp_path: Path, clock: FixedClock, qapp: QApplication) -> Office:
    theme.apply_theme(qapp)
    return make_office(tmp_path / "office", clock)[0]


def _dialog(office: Office, qtbot: QtBot) -> MeetingsDialog:
    dialog = MeetingsDialog(office)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def test_the_first_start_is_friendly_and_offers_the_sample(office: Office, qtbot: QtBot) -> None:
    dialog = _dialog(office, qtbot)
    assert "还没有会议" in words_on(dialog)
    assert latin_words(words_on(dialog)) == []
    with qtbot.waitSignal(dialog.sample_requested, timeout=1000):
        QTest.keyClick(dialog, Qt.Key.Key_F1)


@pytest.mark.parametrize(
    ("now", "proposed"),
    [
        ("12T12:30", "12T14:00"),
        ("12T18:59", "12T20:00"),
        ("12T19:10", "13T09:00"),
        ("12T23:40", "13T09:00"),
        ("13T05:59", "13T09:00"),
    ],
)
def test_no_meeting_is_proposed_at_night(now: str, proposed: str) -> None:
    start = proposed_start(datetime.fromisoformat(f"2026-03-{now}").astimezone())
    assert f"{start:%dT%H:%M}" == proposed


def test_a_meeting_is_made_with_the_keyboard(office: Office, qtbot: QtBot) -> None:
    dialog = _dialog(office, qtbot)
    QTest.keyClick(dialog, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert any("涉密" in text for text in words_on(dialog))
    QTest.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert office.cards() == [] and any("会议名称是空的" in text for text in words_on(dialog))
    typed(dialog.form.title, "全县防汛工作会议")
    dialog.rules.setCurrentIndex(dialog.rules.findData("ladder"))
    typed(dialog.form.convener, "县委")
    assert dialog.form.counts.isChecked()
    with qtbot.waitSignal(dialog.meeting_chosen, timeout=1000) as chosen:
        QTest.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    [card] = office.cards()
    assert chosen.args == [card.meeting_id] and card.title == "全县防汛工作会议"
    plan = office.open(card.meeting_id).plan
    assert plan.rule_set.key == "ladder" and plan.counts


def test_a_word_of_the_operator_on_counting_is_kept(office: Office, qtbot: QtBot) -> None:
    dialog = _dialog(office, qtbot)
    dialog.begin_new()
    dialog.rules.setCurrentIndex(dialog.rules.findData("ladder"))
    typed(dialog.form.convener, "县委")
    dialog.form.counts.click()
    typed(dialog.form.convener, "办公室")
    assert not dialog.form.counts.isChecked()


def test_the_list_says_how_far_each_meeting_is_and_enter_opens_one(
    office: Office, clock: FixedClock, qtbot: QtBot
) -> None:
    first = office.create(MeetingPlan("一月例会", START.replace(month=1)))
    running = office.create(MeetingPlan("三月例会", START))
    podium = Podium(office.open(first))
    podium.declare_opened(START.replace(month=1))
    podium.declare_adjourned(START.replace(month=1, hour=16))
    Podium(office.open(running)).declare_opened()
    office.create(MeetingPlan("二月例会", START.replace(month=2)))
    dialog = _dialog(office, qtbot)
    lines = dialog.table.rows_model.lines()
    assert [(line.cells[0].text, line.cells[3].tags[0].text) for line in lines] == [
        ("三月例会", "正在开会"),
        ("二月例会", "未开"),
        ("一月例会", "已散会"),
    ]
    with qtbot.waitSignal(dialog.meeting_chosen, timeout=1000) as chosen:
        QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    assert chosen.args == [running]
