"""当前操作人: shown at the top, changed with one key, the first word wherever one answers for something."""

from __future__ import annotations

from pathlib import Path

import pytest
from during_parts import Room
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from huifeng_desktop.exchange.audit_papers import export_audit
from huifeng_desktop.service.audit.trail import Audit
from huifeng_desktop.service.door.sign_in import Method
from huifeng_desktop.ui.audit.dialog import AuditDialog
from huifeng_desktop.ui.audit.model import BY
from huifeng_desktop.ui.during.door.backfill_dialog import BackfillDialog
from huifeng_desktop.ui.operator_form import OperatorForm
from huifeng_desktop.ui.shell import MainWindow


@pytest.fixture
def window(room: Room, qtbot: QtBot) -> MainWindow:
    window = MainWindow(room.context, (QWidget(), QWidget(), QWidget()), None, room.director())
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def ask(window: MainWindow, qtbot: QtBot) -> OperatorForm:
    """What the key opens."""
    QTest.keyClick(
        window, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    qtbot.waitUntil(lambda: window.findChild(OperatorForm) is not None)
    (form,) = window.findChildren(OperatorForm)
    return form


def test_the_bar_says_who_works_and_the_key_changes_it(window: MainWindow, room: Room, qtbot: QtBot) -> None:
    assert window.top_bar.operator.full_text() == "操作人　本机"
    form = ask(window, qtbot)
    form.name.setCurrentText("  刘 芳 ")
    form.confirm()
    assert window.top_bar.operator.full_text() == "操作人　刘 芳"
    assert room.context.operator == "刘 芳" and "刘 芳" in room.said[-1]


def test_two_who_take_turns_choose_and_need_not_type(window: MainWindow, room: Room, qtbot: QtBot) -> None:
    for name in ("刘芳", "林静", "刘芳"):
        room.context.at_work.change(name)
    form = ask(window, qtbot)
    assert [form.name.itemText(place) for place in range(form.name.count())] == ["刘芳", "林静"]
    assert form.name.currentText() == "刘芳"


def test_nobody_has_to_be_named(window: MainWindow, room: Room, qtbot: QtBot) -> None:
    room.context.at_work.change("刘芳")
    form = ask(window, qtbot)
    form.name.setCurrentText("")
    form.confirm()
    assert window.top_bar.operator.full_text() == "操作人　本机" and room.context.operator == ""


def test_fields_begin_with_the_operator_else_with_the_name_given_last(room: Room, qtbot: QtBot) -> None:
    room.context.at_work.remember_given("王主任")
    dialog = BackfillDialog(room.context)
    qtbot.addWidget(dialog)
    assert dialog.by.text() == "王主任" and room.context.operator == ""
    room.context.at_work.change("刘芳")
    dialog = BackfillDialog(room.context)
    qtbot.addWidget(dialog)
    assert dialog.by.text() == "刘芳"


def test_the_list_is_filtered_by_who_worked(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    for name, seat in (("刘芳", "s2"), ("林静", "s3")):
        room.context.at_work.change(name)
        entry = room.context.door.sign_in(seat, Method.TYPED)
        room.context.door.undo(entry.event_id, reason="误操作", by=name)
    dialog = AuditDialog(
        room.context,
        Audit(room.session),
        None,
        export=export_audit,
        check=lambda tell: None,
        ask_target=lambda name: tmp_path / name,
    )
    qtbot.addWidget(dialog)
    assert dialog.operator.findData("林静") > 0
    dialog.operator.setCurrentIndex(dialog.operator.findData("林静"))
    assert {dialog.model.index(row, BY).data() for row in range(dialog.model.rowCount())} == {"林静"}
    assert dialog.model.rowCount() == 2
