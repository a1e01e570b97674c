"""点名, 勾选 and 补录 as the secretary's hands do them; everything is on disk at once and can be undone."""

from __future__ import annotations

from dataclasses import replace

from during_parts import Room, crowd, people
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from huifeng_desktop.domain.people import Category
from huifeng_desktop.rules.verdict import Disposition
from huifeng_desktop.service.door.sign_in import Method
from huifeng_desktop.ui.during.door.backfill_dialog import BackfillDialog
from huifeng_desktop.ui.during.door.exits_dialog import ExitsDialog
from huifeng_desktop.ui.during.door.roll_call_dialog import RollCallDialog
from huifeng_desktop.ui.during.door.tick_dialog import TickDialog
from huifeng_desktop.ui.during.door.work import WORK
from huifeng_desktop.ui.during.forms import DeputyForm, LeaveForm
from huifeng_desktop.ui.during.page import DuringPage


def _method(room: Room, seat_id: str) -> str:
    verdict = room.second_look().verdict(seat_id)
    return verdict.method if verdict is not None else ""


def _roll_call(room: Room, qtbot: QtBot) -> RollCallDialog:
    dialog = RollCallDialog(room.context)
    qtbot.addWidget(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.show()
    return dialog


def _form(dialog: QDialog, kind: type[QDialog]) -> QDialog:
    return next(one for one in dialog.findChildren(kind) if one.isVisible())


def test_each_key_is_an_answer_and_on_disk(room: Room, qtbot: QtBot) -> None:
    dialog = _roll_call(room, qtbot)
    assert dialog.name.text() == "严学军" and dialog.place.text() == "第 1 人，共 7 人"
    QTest.keyClick(dialog, Qt.Key.Key_Space)
    assert _method(room, "s1") == "roll_call" and dialog.name.text() == "赵　镕"
    QTest.keyClick(dialog, Qt.Key.Key_2)
    QTest.keyClick(dialog, Qt.Key.Key_1)
    assert (_method(room, "s2"), _method(room, "s3")) == ("", "roll_call")
    assert dialog.counts.text() == "已到 2　还没到 5"


def test_observers_are_called_and_counted_apart(room: Room, qtbot: QtBot) -> None:
    seats = [replace(seat, category=Category.OBSERVER) if seat.seq > 5 else seat for seat in people()]
    other = Room(room.folder / "observers", seats)
    assert _roll_call(other, qtbot).place.text() == "第 1 人，共 8 人，含列席 3 人"
    other.close()


def test_who_holds_two_posts_is_called_and_ticked_once(room: Room, qtbot: QtBot) -> None:
    seats = [replace(seat, same_person="s4") if seat.seat_id == "s5" else seat for seat in people()]
    other = Room(room.folder / "posts", seats)
    dialog = _roll_call(other, qtbot)
    assert dialog.place.text() == "第 1 人，共 6 人"
    ticks = TickDialog(other.context)
    qtbot.addWidget(ticks)
    ticks.search.setText("lw")
    assert ticks.model.rowCount() == 1
    ticks.toggle(0)
    totals = other.second_look().totals()
    assert (totals.present, totals.expected) == (2, 7), "one presence satisfies both posts"
    other.close()


def test_a_wrong_answer_is_mended_by_going_back(room: Room, qtbot: QtBot) -> None:
    dialog = _roll_call(room, qtbot)
    QTest.keyClick(dialog, Qt.Key.Key_1)
    QTest.keyClick(dialog, Qt.Key.Key_Left)
    assert dialog.name.text() == "严学军" and dialog.state.text() == "14:00 已签"
    QTest.keyClick(dialog, Qt.Key.Key_2)
    look = room.second_look()
    assert look.totals().present == 0 and len(look.state.annulled) == 1
    undone = next(iter(look.state.annulled.values()))
    assert undone.body["reason"] == "点名时更正"


def test_deputy_and_leave_are_asked_for_and_the_next_name_comes(room: Room, qtbot: QtBot) -> None:
    dialog = _roll_call(room, qtbot)
    QTest.keyClick(dialog, Qt.Key.Key_3)
    form = _form(dialog, DeputyForm)
    assert isinstance(form, DeputyForm)
    form.name.setText("陈昇")
    form.confirm()
    assert dialog.name.text() == "赵　镕" and _method(room, "s1") == "roll_call"
    QTest.keyClick(dialog, Qt.Key.Key_4)
    leave = _form(dialog, LeaveForm)
    assert isinstance(leave, LeaveForm)
    leave.confirm()
    verdict = room.second_look().verdict("s2")
    assert verdict is not None and verdict.disposition is Disposition.ON_LEAVE
    assert dialog.name.text() == "王　磊"


def test_the_end_is_said_and_the_last_can_be_mended(room: Room, qtbot: QtBot) -> None:
    dialog = _roll_call(room, qtbot)
    for _ in range(9):
        QTest.keyClick(dialog, Qt.Key.Key_1)
    assert dialog.name.text() == "点名完毕" and room.second_look().totals().present == 7
    QTest.keyClick(dialog, Qt.Key.Key_Left)
    assert dialog.place.text() == "第 7 人，共 7 人"
    QTest.keyClick(dialog, Qt.Key.Key_F11)
    assert dialog.isFullScreen()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible() and not dialog.isFullScreen()


def test_ticks_sign_in_at_once_and_are_taken_back(room: Room, qtbot: QtBot) -> None:
    dialog = TickDialog(room.context)
    qtbot.addWidget(dialog)
    QAbstractItemModelTester(dialog.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    dialog.table.selectRow(2)
    dialog.tick_unit()
    assert {_method(room, one) for one in ("s3", "s4")} == {"ticked"}
    units = [dialog.model.index(row, 1).data() for row in (2, 3)]
    assert units == ["县水利局　2/2", "县水利局"]
    QTest.keyClick(dialog.table, Qt.Key.Key_Space)
    assert _method(room, "s3") == "" and _method(room, "s4") == "ticked"
    dialog.search.setText("lw")
    dialog.which.set_index(1)
    assert [dialog.model.index(row, 1).data() for row in range(dialog.model.rowCount())] == ["柳渡镇　0/1"]


def test_the_space_bar_leaves_nobody_out_where_the_ticked_go(room: Room, qtbot: QtBot) -> None:
    dialog = TickDialog(room.context)
    qtbot.addWidget(dialog)
    dialog.which.set_index(1)
    dialog.table.selectRow(1)
    for _ in range(3):
        QTest.keyClick(dialog.table, Qt.Key.Key_Space)
    assert [_method(room, one) for one in ("s1", "s2", "s3", "s4", "s5")] == ["", *["ticked"] * 3, ""]
    assert dialog.table.selected_row() == 1


def test_letters_go_to_the_search_and_the_arrow_to_the_list(room: Room, qtbot: QtBot) -> None:
    dialog = TickDialog(room.context)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.search.hasFocus)
    # GIVEN the list with the focus WHEN a name is typed THEN it is looked for
    dialog.table.setFocus()
    QTest.keyClicks(dialog.table, "w")
    QTest.keyClicks(dialog.search, "anglei")
    assert dialog.search.text() == "wanglei" and dialog.model.rowCount() == 1
    QTest.keyClick(dialog.search, Qt.Key.Key_Down)
    assert dialog.table.hasFocus() and dialog.table.selected_row() == 0
    QTest.keyClick(dialog.table, Qt.Key.Key_Space)
    assert _method(room, "s3") == "ticked" and _method(room, "s4") == ""


def test_a_walk_in_joins_the_open_lists(room: Room, qtbot: QtBot) -> None:
    ticks, exits = TickDialog(room.context), ExitsDialog(room.context)
    for dialog in (ticks, exits):
        qtbot.addWidget(dialog)
    guest = room.context.preparation.add_walk_in("何静", "县残联", "主任", Category.MEMBER)
    room.context.door.sign_in(guest.seat_id, Method.TYPED)
    assert ticks.model.rowCount() == 8 and ticks.summary.text() == "已到 1 人　还没到 7 人"
    exits.search.setText("何静")
    assert [row.name for row in exits.model.rows()] == ["何　静"] and exits.act.isEnabled()


def test_a_whole_unit_is_ticked_by_a_key_that_nothing_else_means(room: Room, qtbot: QtBot) -> None:
    dialog = TickDialog(room.context)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.search.hasFocus)
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(dialog.search, Qt.Key.Key_Return, control)
    assert room.second_look().totals().present == 0, "nobody is chosen"
    dialog.search.setText("水利")
    for key in (Qt.Key.Key_A, Qt.Key.Key_Return):
        QTest.keyClick(dialog.search, key, control)
    assert room.second_look().totals().present == 2


def test_what_others_enter_is_taken_in_by_its_own_row(room: Room, qtbot: QtBot) -> None:
    # GIVEN the list with its third line chosen
    dialog = TickDialog(room.context)
    qtbot.addWidget(dialog)
    dialog.table.selectRow(2)
    changed: list[tuple[int, int]] = []
    dialog.model.dataChanged.connect(lambda first, last, _: changed.append((first.row(), last.row())))
    # WHEN another writer signs two people in, one behind the other
    with room.other_desk() as desk:
        for seat_id in ("s5", "s6"):
            desk.sign_in(seat_id, Method.BADGE)
    room.session.catch_up()
    # THEN it waits for the window's spare time, is shown together, and only there
    assert changed == []
    qtbot.waitUntil(lambda: changed == [(4, 5)])
    assert dialog.summary.text() == "已到 2 人　还没到 5 人" and dialog.table.selected_row() == 2


def test_sixty_names_off_a_sheet_are_seen_first_and_stored_together(room: Room, qtbot: QtBot) -> None:
    big = Room(room.folder / "big", crowd(300))
    big.context.door.sign_in("s16", Method.TYPED)
    big.at("14:30")
    big.context.podium.declare_opened()
    big.at("16:05")
    big.context.podium.declare_adjourned()
    dialog = BackfillDialog(big.context)
    qtbot.addWidget(dialog)
    QTest.keyClicks(dialog.numbers, "12 15-74 !17 999")
    assert dialog.numbers.nextInFocusChain() is not dialog.by, "the fields are walked through as they stand"
    assert dialog.summary.text() == "将补录 59 人，1 人已签过，不重复录"
    assert dialog.doubts.text() == "名单里没有 999 号" and dialog.model.rowCount() == 60
    QTest.keyClick(dialog.numbers, Qt.Key.Key_Return)
    assert "录入人" in dialog.doubts.text() and big.second_look().totals().present == 1
    dialog.by.setText("刘芳")
    QTest.keyClick(dialog.by, Qt.Key.Key_Return)
    verdict = big.second_look().verdict("s12")
    assert verdict is not None and (verdict.method, verdict.late_minutes) == ("backfill", 0)
    assert big.second_look().totals().present == 60 and big.said[-1] == "已补录 59 人。"
    big.close()


def test_the_menu_opens_each_once(page: DuringPage, qtbot: QtBot) -> None:
    actions = page.work.menu.actions()[: len(WORK)]  # behind them is the camera's
    words = [action.text() for action in actions]
    assert words[:3] == ["点名…", "逐单位勾选…", "按签到表序号补录…"]
    for action in actions:
        action.trigger()
        action.trigger()
    shown = [one for one in page.findChildren(QDialog) if one.isVisible()]
    assert len(shown) == len(words)
    for one in shown:
        one.close()
