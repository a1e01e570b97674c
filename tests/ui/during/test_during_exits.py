"""Who is out of the hall and since when; a headcount along the rows of seats."""

from __future__ import annotations

from dataclasses import replace

from during_parts import Room, people
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from huifeng_desktop.service.door.sign_in import Method, Movement
from huifeng_desktop.ui.during.door.exits_dialog import ExitsDialog
from huifeng_desktop.ui.during.door.headcount_dialog import HeadcountDialog, count_rows
from huifeng_desktop.ui.during.page import DuringPage


def test_out_and_back_by_name_and_enter(room: Room, qtbot: QtBot) -> None:
    for seat_id in ("s2", "s3", "s6"):
        room.context.door.sign_in(seat_id, Method.TYPED)
    dialog = ExitsDialog(room.context)
    qtbot.addWidget(dialog)
    assert dialog.caption.text() == "没有人离场" and not dialog.act.isEnabled()
    room.at("14:50")
    for name in ("wl", "zr"):
        QTest.keyClicks(dialog.search, name)
        QTest.keyClick(dialog.search, Qt.Key.Key_Return)
        room.clock.advance(300)
    dialog._show()
    rows = [(row.time, row.name, row.tag) for row in dialog.model.rows()]
    assert rows == [("14:50", "王　磊", "出去 10 分钟"), ("14:55", "赵　镕", "出去 5 分钟")]
    assert dialog.caption.text() == "现在有 2 人离场"
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)  # a second Enter brings nobody back
    assert len(dialog.model.rows()) == 2
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(dialog.search, key)
    assert [row.name for row in dialog.model.rows()] == ["王　磊"]
    verdict = room.second_look().verdict("s2")
    assert verdict is not None and verdict.left_at is None


def test_of_two_in_the_hall_only_the_arrows_choose(room: Room, qtbot: QtBot) -> None:
    # GIVEN two 李伟 in the hall, one of them out and chosen in the list
    for seat_id in ("s4", "s5"):
        room.context.door.sign_in(seat_id, Method.TYPED)
    room.context.door.sign_in("s4", Method.TYPED, kind=Movement.LEAVE)
    dialog = ExitsDialog(room.context)
    qtbot.addWidget(dialog)
    QTest.keyClick(dialog.search, Qt.Key.Key_Down)
    assert dialog.act.isEnabled()
    # WHEN the name is typed THEN Enter does nothing until one of the two is chosen
    QTest.keyClicks(dialog.search, "lw")
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert dialog.search.text() == "lw" and dialog.caption.text() == "用 ↑↓ 选定是哪一位，再按 Enter"
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(dialog.search, key)
    left = {one.seat.seat_id for one in room.second_look().verdicts() if one.left_at is not None}
    assert left == {"s4", "s5"}


def test_a_namesake_who_never_came_is_in_nobodys_way(room: Room, qtbot: QtBot) -> None:
    room.context.door.sign_in("s5", Method.TYPED)
    dialog = ExitsDialog(room.context)
    qtbot.addWidget(dialog)
    QTest.keyClicks(dialog.search, "lw")
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    verdict = room.second_look().verdict("s5")
    assert verdict is not None and verdict.left_at is not None


def test_nobody_goes_who_never_came(room: Room, qtbot: QtBot) -> None:
    dialog = ExitsDialog(room.context)
    qtbot.addWidget(dialog)
    QTest.keyClicks(dialog.search, "wl")
    assert not dialog.act.isEnabled() and dialog.caption.text() == "还没有签到，不用登记离场"
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert room.second_look().verdict("s3") == room.session.verdict("s3")
    room.context.door.sign_in("s3", Method.TYPED)
    room.context.door.sign_in("s3", Method.TYPED, kind=Movement.LEAVE)
    dialog.search.clear()
    assert dialog.caption.text() == "现在有 1 人离场"


def test_a_headcount_goes_along_the_rows(room: Room, qtbot: QtBot) -> None:
    places = ("1排1座", "1排2座", "2排1座", "2排2座", "", "2排3座", "1排3座", "")
    seats = [replace(seat, place=place) for seat, place in zip(people(), places, strict=True)]
    big = Room(room.folder / "rows", seats)
    for number in (1, 2, 3, 4, 6):
        big.context.door.sign_in(f"s{number}", Method.TYPED)
    dialog = HeadcountDialog(big.session.verdicts())
    qtbot.addWidget(dialog)
    assert [dialog.sections.itemText(n) for n in range(4)] == ["全场", "1排", "2排", "没有座位号"]
    dialog.sections.setCurrentIndex(2)
    assert dialog.shown.rowCount() == 3
    dialog.table.selectRow(1)
    QTest.keyClick(dialog.table, Qt.Key.Key_Space)
    assert dialog.summary.text() == "2排 2/3　全场在场 4 人　签到后不在 1 人"
    counted: list[tuple[list[str], list[str]]] = []
    dialog.counted.connect(lambda seen, unseen: counted.append((seen, unseen)))
    dialog.save()
    assert counted == [(["s1", "s2", "s3", "s6"], ["s4"])]
    big.close()


def test_who_is_out_by_the_register_is_nobodys_case(room: Room, page: DuringPage, qtbot: QtBot) -> None:
    # GIVEN three who signed in, one of them out by the register
    for seat_id in ("s2", "s3", "s6"):
        room.context.door.sign_in(seat_id, Method.TYPED)
    room.context.door.sign_in("s6", Method.TYPED, kind=Movement.LEAVE)
    room.context.podium.declare_opened()
    room.clock.advance(60)
    dialog = page.count_heads()
    assert dialog.summary.text() == "在场 2 人　签到后不在 0 人　已登记离场 1 人"
    rows = [dialog.model.row(number).seat.seat_id for number in range(dialog.model.rowCount())]
    assert dialog.model.index(rows.index("s6"), 0).data() == "离场"
    # WHEN one more is not there, and one is who never signed
    for seat_id in ("s3", "s4"):
        dialog.model.toggle(rows.index(seat_id))
    dialog.save()
    # THEN the two are told as cases, and so they are
    told = "清点已保存：在场 2 人，1 人签到后不在，1 人在场未签到，已列入待核实；1 人已登记离场。"
    assert room.said[-1] == told
    assert [one.seat.seat_id for one in room.session.muster().pending()] == ["s3", "s4"]


def test_who_holds_two_posts_is_counted_once(room: Room) -> None:
    seats = [replace(seat, same_person="s4") if seat.seat_id == "s5" else seat for seat in people()]
    other = Room(room.folder / "posts", seats)
    other.context.door.sign_in("s4", Method.TYPED)
    rows = [row for row in count_rows(other.session.verdicts()) if row.seat.name == "李伟"]
    assert [(row.seat.seat_id, row.here) for row in rows] == [("s4", True)]
    other.close()


def test_without_places_nothing_is_asked(room: Room, qtbot: QtBot) -> None:
    dialog = HeadcountDialog(room.session.verdicts())
    qtbot.addWidget(dialog)
    assert dialog.sections.isHidden()
