"""A rush at the door: figures are made anew once for a burst, and lists change by exact ranges."""

from __future__ import annotations

from during_parts import Room, crowd
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy
from pytestqt.qtbot import QtBot

from huifeng_desktop.service.door.sign_in import Method, SignInRequest
from huifeng_desktop.ui.during.page import DuringPage
from huifeng_desktop.ui.during.people_table import PeopleModel, PersonRow


def test_a_burst_of_sign_ins_is_one_refresh(room: Room, page: DuringPage, qtbot: QtBot) -> None:
    spy = QSignalSpy(page._follow._pause.timeout)
    for seat_id in ("s2", "s3", "s4", "s5", "s6"):
        room.context.door.sign_in(seat_id, Method.TYPED)
    qtbot.waitUntil(lambda: page.brief_row.present.value() == "5", timeout=30_000)
    assert spy.count() == 1


def test_three_hundred_at_once_are_counted_and_the_latest_are_listed(room: Room, qtbot: QtBot) -> None:
    big = Room(room.folder / "big", crowd(300))
    page = big.page()
    qtbot.addWidget(page)
    QAbstractItemModelTester(page.door.lists.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    big.context.door.register([SignInRequest(f"n{n}", seat_id=f"s{n}") for n in range(1, 251)])
    page.refresh()
    assert page.brief_row.present.value() == "250"
    assert len(page.door.lists.model.rows()) == 200
    page.door.lists.which.set_index(1)
    assert len(page.door.lists.model.rows()) == 50
    big.close()


def _row(key: str, name: str = "") -> PersonRow:
    return PersonRow(key, "14:00", name or key, "", "", None, key)


def test_rows_move_in_and_out_without_a_reset(qtbot: QtBot) -> None:
    model = PeopleModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    resets, changes = QSignalSpy(model.modelReset), QSignalSpy(model.dataChanged)
    for keys in ("abcd", "xabcd", "xacdb", "dx", "", "ab"):
        model.set_rows([_row(key) for key in keys])
        assert "".join(row.key for row in model.rows()) == keys
    assert resets.count() == 0 and changes.count() == 0
    model.set_rows([_row("a", "甲"), _row("b")])
    assert changes.count() == 1 and changes.at(0)[0].row() == changes.at(0)[1].row() == 0
    model.set_rows([_row(f"k{number}") for number in range(200)])
    assert resets.count() == 1
