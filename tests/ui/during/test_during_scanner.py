"""The scanner: told from hands by its pace, heard wherever the focus is, and nothing else hears it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from during_parts import START, Room, people
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from huifeng_desktop.domain.badge import make_badge
from huifeng_desktop.domain.cues import Bell
from huifeng_desktop.domain.events import EventKind, Fact
from huifeng_desktop.domain.meeting import MeetingPlan
from huifeng_desktop.service.door.sign_in import Method
from huifeng_desktop.ui.during.page import DuringPage

_SLOW_MS = 80


@pytest.fixture
def badge(room: Room) -> str:
    """Of 赵镕."""
    return room.session.state.seats[1].badge


@pytest.mark.usefixtures("scanner_keys")
def test_a_scan_into_a_field_of_a_dialog_signs_in_and_leaves_the_field_alone(
    room: Room, page: DuringPage, qtbot: QtBot, badge: str
) -> None:
    dialog = QDialog(page)
    field = QLineEdit("王", dialog)
    button = QPushButton("确定", dialog)
    button.setDefault(True)
    pressed: list[bool] = []
    button.clicked.connect(pressed.append)
    dialog.open()
    QTest.keyClicks(field, badge)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert room.greeted == [("赵　镕　已签到", "县财政局　局长")]
    assert field.text() == "王" and pressed == [] and dialog.isVisible()
    assert page.door.box.text() == ""


@pytest.mark.usefixtures("scanner_keys")
def test_a_scan_on_a_list_never_reaches_it_nor_its_keys(
    room: Room, page: DuringPage, qtbot: QtBot, badge: str
) -> None:
    fired: list[str] = []
    for key in ("1", "2", "Return"):
        QShortcut(QKeySequence(key), page, lambda key=key: fired.append(key))
    page.agenda.table.setFocus()
    QTest.keyClicks(page.agenda.table, badge)
    QTest.keyClick(page.agenda.table, Qt.Key.Key_Return)
    assert room.greeted == [("赵　镕　已签到", "县财政局　局长")] and fired == []
    QTest.keyClick(page.agenda.table, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: fired == ["2"])


def test_digits_of_hands_go_on_to_the_box(room: Room, page: DuringPage, qtbot: QtBot) -> None:
    page.setFocus()
    for digit in "0002":
        QTest.keyClicks(page.focusWidget(), digit, delay=_SLOW_MS)
    qtbot.waitUntil(lambda: page.door.box.text() == "0002")
    QTest.keyClick(page.door.box, Qt.Key.Key_Return)
    assert room.greeted == [("赵　镕　已签到", "县财政局　局长")], "by the telephone's tail"


def test_slow_digits_are_no_scan(room: Room, page: DuringPage, qtbot: QtBot, badge: str) -> None:
    field = QLineEdit(page)
    field.show()
    for digit in badge[:9]:
        QTest.keyClicks(field, digit, delay=_SLOW_MS)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert room.greeted == [] and field.text() == badge[:9]


@pytest.mark.usefixtures("scanner_keys")
def test_what_is_being_typed_stays_while_somebody_scans(
    room: Room, page: DuringPage, qtbot: QtBot, badge: str
) -> None:
    QTest.keyClicks(page.door.box, "wl")
    QTest.keyClicks(page.door.box, badge)
    QTest.keyClick(page.door.box, Qt.Key.Key_Return)
    assert room.greeted[-1][0] == "赵　镕　已签到" and page.door.box.text() == "wl"
    QTest.keyClick(page.door.box, Qt.Key.Key_Return)
    assert room.greeted[-1][0] == "王　磊　已签到"


def test_a_badge_held_under_the_scanner_is_one_scan(
    room: Room, page: DuringPage, qtbot: QtBot, badge: str
) -> None:
    for seconds in (0, 2, 2):
        room.clock.advance(seconds)
        page.door.scan(badge)
        assert page.door.toast.isVisible() and page.door.toast.title() == "赵　镕　已签到", "the answer stays"
        page.door.toast.hide()  # as the next digits do
    assert len(room.greeted) == 1
    room.clock.advance(20 * 60)
    page.door.scan(badge)
    assert room.greeted[-1] == ("赵　镕　已签到 14:00", "不必重复　县财政局　局长")


def test_a_badge_of_another_meeting_is_told_from_an_unknown_one(
    room: Room, page: DuringPage, qtbot: QtBot
) -> None:
    start = (START + timedelta(days=7)).astimezone()
    other = room.office.open(room.office.create(MeetingPlan("防汛工作会", start)))
    strange = make_badge("other", "s1", set())
    roster = [replace(people()[0], badge=strange).to_json()]
    other.state_facts([Fact(EventKind.ROSTER_LOADED, start, body={"seats": roster})])
    page.door.scan(strange)
    assert room.greeted[-1] == ("这是另一次会议的证件", "3 月 19 日“防汛工作会”")
    page.door.scan(make_badge("nowhere", "s1", set()))
    assert room.greeted[-1][0] == "没有签到" and "不在本次会议名单里" in room.greeted[-1][1]


def test_letters_are_raw_until_characters_are_asked_for(page: DuringPage, qtbot: QtBot) -> None:
    box = page.door.box
    assert not box.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    QTest.keyClick(box, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert box.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled) and box.text() == ""
    QTest.keyClick(box, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert not box.takes_characters()


def test_the_door_sounds_until_the_hall_is_listening(
    room: Room, page: DuringPage, qtbot: QtBot, badge: str
) -> None:
    page.door.scan(badge)
    page.door.scan("2000000000001")
    assert room.rings == [Bell(1), Bell(2)]
    room.context.podium.declare_opened()
    room.context.door.sign_in("s3", Method.TYPED)
    page.door.scan(room.session.state.seats[5].badge)
    assert room.rings == [Bell(1), Bell(2)]


def test_who_had_leave_and_came_is_told_so(room: Room, page: DuringPage, qtbot: QtBot, badge: str) -> None:
    from huifeng_desktop.domain.imported import Approval

    room.context.door.record_leave("s2", reason="因公", approval=Approval.APPROVED)
    page.door.scan(badge)
    assert room.greeted == [("赵　镕　已签到", "已销假　县财政局　局长")]
