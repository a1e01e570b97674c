"""Guests, leave in a line, and a deputy of whom everything is known."""

from __future__ import annotations

from during_parts import Room
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from huifeng_desktop.domain.imported import Approval
from huifeng_desktop.domain.people import Category, Deputy
from huifeng_desktop.rules.verdict import Disposition
from huifeng_desktop.ui.during.door.leave_line_form import LeaveLineForm
from huifeng_desktop.ui.during.door.walk_in_form import WalkInForm
from huifeng_desktop.ui.during.forms import DeputyForm
from huifeng_desktop.ui.during.page import DuringPage


def test_a_guest_is_added_and_signed_in(room: Room, page: DuringPage, qtbot: QtBot) -> None:
    form = WalkInForm(room.context, page)
    form.open()
    form.category.set_index(1)
    form.unit.setText("县融媒体中心")
    form.name.setText("何 静")
    form.post.setText("记者")
    form.confirm()
    seat = room.second_look().state.seats[-1]
    assert (seat.name, seat.category, seat.seq) == ("何静", Category.STAFF, 9)
    assert room.greeted == [("何　静　已签到", "县融媒体中心　记者")]
    assert not form.isVisible()
    # AND the box finds who was not there when the window opened
    page.refresh()
    page.door.search_for("何静")
    assert [row.name for row in page.door.results.model.rows()] == ["何　静"]


def test_one_more_over_the_cap_is_warned_of(room: Room, page: DuringPage, qtbot: QtBot) -> None:
    form = WalkInForm(room.context, page)
    form.open()
    cap = room.session.plan.rule_set.unit_cap
    assert cap == 2
    form.unit.setText("县水利局")
    form.name.setText("何静")
    assert form.warning.text() == "县水利局连这一位是 3 人，超过每单位 2 人" and form.reason.isVisible()
    form.confirm()
    assert form.isVisible() and len(room.session.state.seats) == 8
    qtbot.waitUntil(form.reason.hasFocus)
    form.reason.setText("议题需要")
    form.confirm()
    assert room.second_look().state.log[-2].body["reason"] == "议题需要"


def test_a_leave_told_in_a_line_is_stored(room: Room, page: DuringPage, qtbot: QtBot) -> None:
    form = LeaveLineForm(room.context, page)
    form.open()
    form.line.setText("李伟 因公")
    form.confirm()
    assert room.session.state.log[-1].body.get("reason") is None, "there are two of that name"
    form.line.setText("柳渡镇 李伟 因公 韩立民批 代：王五 副镇长")
    assert (form.who.text(), form.deputy.text()) == ("李　伟　柳渡镇　镇长", "王　五　副镇长")
    form.confirm()
    verdict = room.second_look().verdict("s5")
    assert verdict is not None and verdict.disposition is Disposition.ON_LEAVE
    assert form.isVisible() and form.line.text() == ""


def test_a_deputy_whom_the_leave_names_needs_one_key(room: Room, page: DuringPage, qtbot: QtBot) -> None:
    room.context.door.record_leave(
        "s6", reason="因公", approval=Approval.APPROVED, approved_by="韩立民", deputy=Deputy("陈昇", "股长")
    )
    page.refresh()
    QTest.keyClicks(page.door.box, "lc")
    QTest.keyClick(page, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    form = next(one for one in page.findChildren(DeputyForm) if one.isVisible())
    assert (form.name.text(), form.post.text()) == ("陈昇", "股长") and not form.approved_by.isVisible()
    QTest.keyClick(form, Qt.Key.Key_Return)
    verdict = room.second_look().verdict("s6")
    assert verdict is not None and verdict.disposition is Disposition.APPROVED_DEPUTY and not verdict.pending
