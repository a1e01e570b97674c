"""Signing in on the 会中 page: typed, scanned, by deputy, undone; on disk before on screen."""

from __future__ import annotations

import pytest
from during_parts import Room
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from huifeng_desktop.domain.approval import Approval
from huifeng_desktop.domain.people import Deputy
from huifeng_desktop.rules.verdict import Disposition
from huifeng_desktop.service.door.sign_in import Method
from huifeng_desktop.ui.during.forms import DeputyForm, LeaveForm, ReasonForm
from huifeng_desktop.ui.during.page import DuringPage
from huifeng_desktop.ui.during.people_table import PeopleModel, PeopleTable, PersonRow
from huifeng_desktop.ui.theme import Tone


def _dialog(page: DuringPage, kind: type[QDialog]) -> QDialog:
    found = [one for one in page.findChildren(kind) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def _settled(room: Room, qtbot: QtBot, page: DuringPage) -> None:
    """Let the coalescing timer run out."""
    qtbot.waitUntil(lambda: not page._follow.is_waiting and page._context.spare.is_idle())


def test_pinyin_and_enter_sign_in_and_it_is_on_disk(room: Room, page: DuringPage, qtbot: QtBot) -> None:
    QTest.keyClicks(page.door.box, "wl")
    QTest.keyClick(page.door.box, Qt.Key.Key_Return)
    verdict = room.second_look().verdict("s3")
    assert verdict is not None and verdict.disposition is Disposition.IN_PERSON
    assert room.greeted == [("王　磊　已签到", "县水利局　局长")]
    assert page.door.box.text() == ""
    _settled(room, qtbot, page)
    assert page.brief_row.present.value() == "1"
    assert [row.name for row in page.door.lists.model.rows()] == ["王　磊"]


def test_letters_typed_anywhere_go_to_the_box(room: Room, page: DuringPage, qtbot: QtBot) -> None:
    for widget in (page, page.agenda.table, page.door.lists.table):
        page.door.box.clear()
        widget.setFocus()
        QTest.keyClicks(widget, "zr")
        assert page.door.box.text() == "zr"
    assert [row.name for row in page.door.results.model.rows()] == ["赵　镕"]


def test_the_cursor_waits_at_the_door_until_the_opening(room: Room, page: DuringPage, qtbot: QtBot) -> None:
    page.agenda.table.setFocus()
    page.setFocus()
    assert page.door.box.hasFocus()
    room.context.podium.declare_opened()
    _settled(room, qtbot, page)
    assert page.hasFocus(), "now P and B belong to the timer"


def test_namesakes_are_never_signed_without_a_choice(room: Room, page: DuringPage, qtbot: QtBot) -> None:
    QTest.keyClicks(page.door.box, "liwei")
    QTest.keyClick(page.door.box, Qt.Key.Key_Return)
    assert room.second_look().totals().present == 0
    assert "同名" in room.greeted[-1][1]
    QTest.keyClick(page.door.box, Qt.Key.Key_Down)
    QTest.keyClick(page.door.box, Qt.Key.Key_Down)
    QTest.keyClick(page.door.box, Qt.Key.Key_Return)
    verdict = room.second_look().verdict("s5")
    assert verdict is not None and verdict.is_present
    assert room.greeted[-1] == ("李　伟　已签到", "柳渡镇　镇长")


def test_unit_and_post_go_on_under_the_tag_where_they_are_long(qtbot: QtBot) -> None:
    # GIVEN a list as narrow as the door's, with a short and a long second line
    model = PeopleModel()
    table = PeopleTable(model)
    qtbot.addWidget(table)
    table.resize(364, 200)
    where = ("团县委　书记", "国网××省电力有限公司禾川县供电公司　总经理")
    rows = [PersonRow(one, "1", "李　伟", one, "未到", Tone.PLAIN, one) for one in where]
    model.set_rows(rows)
    table.show()
    # THEN below the tag there is nothing beside the short one, and the end of the post beside the long one
    inked = []
    for row in (0, 1):
        cell = table.visualRect(model.index(row, 2))
        foot = cell.adjusted(0, cell.height() * 2 // 3, -20, -2)
        image = table.viewport().grab(foot).toImage()
        points = [(x, y) for x in range(image.width()) for y in range(image.height())]
        inked.append(any(image.pixelColor(*point).lightness() < 160 for point in points))
    assert inked == [False, True]


@pytest.mark.usefixtures("scanner_keys")
def test_a_scanned_badge_signs_its_owner_without_a_choice(room: Room, page: DuringPage, qtbot: QtBot) -> None:
    badge = room.session.state.seats[1].badge
    QTest.keyClicks(page, badge)
    QTest.keyClick(page.door.box, Qt.Key.Key_Return)
    assert room.greeted == [("赵　镕　已签到", "县财政局　局长")]
    room.clock.advance(20 * 60)
    QTest.keyClicks(page.door.box, badge)
    QTest.keyClick(page.door.box, Qt.Key.Key_Enter)
    assert room.greeted[-1] == ("赵　镕　已签到 14:00", "不必重复　县财政局　局长")
    verdict = room.second_look().verdict("s2")
    assert verdict is not None and verdict.method == "badge"


def test_a_misread_badge_and_a_strange_one_are_refused_in_words(
    room: Room, page: DuringPage, qtbot: QtBot
) -> None:
    QTest.keyClicks(page.door.box, "2000000000001")
    QTest.keyClick(page.door.box, Qt.Key.Key_Return)
    assert room.greeted[-1] == ("没有扫清楚", "证件码没有读准，请再扫一次")
    QTest.keyClicks(page.door.box, "20000000000")
    QTest.keyClick(page.door.box, Qt.Key.Key_Return)
    assert room.greeted[-1][1] == "扫到 11 位数字，证件码是 13 位，请再扫一次"
    QTest.keyClicks(page.door.box, "4000000000006")
    QTest.keyClick(page.door.box, Qt.Key.Key_Return)
    assert room.greeted[-1][1] == "这个码不在本次会议名单里，请核对证件或按姓名签到"


def test_late_is_said_and_a_long_name_keeps_its_place(room: Room, page: DuringPage, qtbot: QtBot) -> None:
    room.at("14:39")
    QTest.keyClicks(page.door.box, "abdrym")
    QTest.keyClick(page.door.box, Qt.Key.Key_Return)
    assert room.greeted == [("已签到　迟到 9 分钟", "阿布都热依木·阿布都克里木　竹溪乡　党委书记")]
    assert page.door.toast.isVisible() and page.door.toast.tone() is Tone.WARN


def test_escape_empties_the_box_and_brings_the_lists_back(page: DuringPage, qtbot: QtBot) -> None:
    QTest.keyClicks(page.door.box, "w")
    assert page.door.pages.currentWidget() is page.door.results
    QTest.keyClick(page.door.box, Qt.Key.Key_Escape)
    assert page.door.box.text() == "" and page.door.pages.currentWidget() is page.door.lists


def test_a_deputy_is_asked_for_and_stays_unconfirmed_until_somebody_says(
    room: Room, page: DuringPage, qtbot: QtBot
) -> None:
    QTest.keyClicks(page.door.box, "lc")
    QTest.keyClick(page, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    form = _dialog(page, DeputyForm)
    assert isinstance(form, DeputyForm)
    form.name.setText("陈 昇")
    form.post.setText("股长")
    form.confirm()
    verdict = room.second_look().verdict("s6")
    assert verdict is not None and verdict.pending and verdict.stood_in_by is not None
    assert room.greeted[-1] == ("陈　昇　已签到", "代会待核实　县林业局　代 陆　川")
    _settled(room, qtbot, page)
    page.door.lists.which.set_index(2)
    assert [(row.name, row.tag) for row in page.door.lists.model.rows()] == [("陈　昇", "代会 待核实")]
    page.door.settle("s6")
    settle = _dialog(page, DeputyForm)
    assert isinstance(settle, DeputyForm)
    settle.choice.button(0).setChecked(True)
    settle.confirm()
    again = room.second_look().verdict("s6")
    assert again is not None and again.disposition is Disposition.APPROVED_DEPUTY and not again.pending


@pytest.mark.parametrize("approval", [Approval.APPROVED, Approval.ORAL])
def test_of_a_deputy_only_what_is_missing_is_asked(
    room: Room, page: DuringPage, qtbot: QtBot, approval: Approval
) -> None:
    deputy = Deputy("陈昇", "股长")
    room.context.door.record_leave("s6", reason="因公", approval=approval, deputy=deputy)
    QTest.keyClicks(page.door.box, "lc")
    page.door.ask_deputy()
    form = _dialog(page, DeputyForm)
    assert isinstance(form, DeputyForm)
    assert (form.name.text(), form.post.text()) == ("陈昇", "股长")
    assert form.approved_by.isVisible() is (approval is Approval.ORAL)
    QTest.keyClick(form, Qt.Key.Key_Return)
    verdict = room.second_look().verdict("s6")
    assert verdict is not None and verdict.pending is (approval is Approval.ORAL)


def test_leave_at_the_door_is_stored(room: Room, page: DuringPage, qtbot: QtBot) -> None:
    QTest.keyClicks(page.door.box, "zr")
    QTest.keyClick(page, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    form = _dialog(page, LeaveForm)
    assert isinstance(form, LeaveForm)
    form.approved_by.setText("韩立民")
    form.confirm()
    verdict = room.second_look().verdict("s2")
    assert verdict is not None and verdict.disposition is Disposition.ON_LEAVE


def test_going_and_coming_back_are_one_key(room: Room, page: DuringPage, qtbot: QtBot) -> None:
    room.context.door.sign_in("s3", Method.TYPED)
    page.refresh()
    for word in ("已离场", "已返回"):
        room.clock.advance(60)
        QTest.keyClicks(page.door.box, "wl")
        QTest.keyClick(page, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
        assert room.greeted[-1][0] == f"王　磊　{word}"
        page.refresh()


def test_an_entry_is_undone_with_a_reason(room: Room, page: DuringPage, qtbot: QtBot) -> None:
    room.context.door.sign_in("s3", Method.TYPED)
    page.refresh()
    page.door.lists.table.selectRow(0)
    QTest.keyClick(page.door.lists.table, Qt.Key.Key_Delete)
    form = _dialog(page, ReasonForm)
    assert isinstance(form, ReasonForm)
    form.reason.setEditText("")
    form.confirm()
    assert form.isVisible(), "an undo without a reason is refused"
    form.reason.setEditText("签错了人")
    form.confirm()
    assert room.second_look().totals().present == 0
    assert room.said[-1] == "已撤销 王　磊 的签到（签错了人）。"


def test_the_missing_are_listed_with_their_telephone(page: DuringPage) -> None:
    page.door.lists.which.set_index(1)
    rows = page.door.lists.model.rows()
    assert rows[0].time == "县领导" and rows[1].tag == "138 0000 0002"
    assert page.door.lists.which.button(1).text() == "未到 7"


def test_the_headcount_stores_who_is_still_there(room: Room, page: DuringPage, qtbot: QtBot) -> None:
    for seat_id in ("s2", "s3", "s6"):
        room.context.door.sign_in(seat_id, Method.TYPED)
    dialog = page.count_heads()
    ids = [row.seat.seat_id for row in dialog.model.rows()]
    dialog.search.setText("wl")
    assert dialog.shown.rowCount() == 1
    dialog.table.selectRow(0)
    QTest.keyClick(dialog.table, Qt.Key.Key_Space)
    dialog.which.set_index(1)
    dialog.search.setText("")
    assert "s8" not in ids, "staff is not counted"
    dialog.save()
    count = room.second_look().state.headcounts[0]
    assert (sorted(count.seen), sorted(count.unseen)) == (["s2", "s6"], ["s3"])
    assert room.said[-1] == "清点已保存：在场 2 人，1 人签到后不在，已列入待核实。"


@pytest.mark.parametrize("text", ["", "   "])
def test_enter_on_an_empty_box_does_nothing(room: Room, page: DuringPage, qtbot: QtBot, text: str) -> None:
    page.door.box.setText(text)
    QTest.keyClick(page.door.box, Qt.Key.Key_Return)
    assert room.greeted == [] and room.second_look().totals().present == 0
