"""手机待确认 and 同一手机 on the 会中 page, by its keys."""

from __future__ import annotations

import pytest
from during_parts import Room
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from huifeng_desktop.domain.phones import PhoneLevel
from huifeng_desktop.service.door.phones import Phones
from huifeng_desktop.service.door.sign_in import Method, SignInOutcome, SignInRequest
from huifeng_desktop.ui.during.door.lists_panel import PENDING
from huifeng_desktop.ui.during.door.vouch_form import VouchForm
from huifeng_desktop.ui.during.forms import ReasonForm
from huifeng_desktop.ui.during.page import DuringPage

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def phone(room: Room, name: str, device: str = "d1") -> SignInOutcome:
    """Sign in by telephone."""
    seat = next(one for one in room.session.state.seats if one.name == name)
    request = SignInRequest(f"{device}{name}", seat_id=seat.seat_id, method=Method.PHONE, device=device)
    return room.context.door.register([request])[0]


@pytest.fixture
def strict(room: Room, page: DuringPage) -> Phones:
    phones = Phones(room.session)
    phones.set_rules(PhoneLevel.STRICT, signature=False)
    return phones


def present(room: Room) -> int:
    """实到."""
    return room.session.totals().present


def test_the_queue_is_there_only_while_somebody_waits(room: Room, page: DuringPage, strict: Phones) -> None:
    assert not page.door.queue.isVisible()
    phone(room, "赵镕")
    page.refresh()

    queue = page.door.queue
    assert queue.isVisible() and queue.tag.text() == "手机待确认 1"
    (row,) = queue.model.rows()
    assert (row.time, row.name, row.subtitle, row.tag) == ("14:00", "赵　镕", "县财政局　局长", "手机")
    page.door.box.setText("wang")
    assert not queue.isVisible()
    page.door.box.clear()
    assert queue.isVisible()


def test_a_key_confirms_the_oldest_and_the_next_is_chosen(
    room: Room, page: DuringPage, strict: Phones
) -> None:
    phone(room, "赵镕")
    room.at("14:05")
    phone(room, "王磊", "d2")
    page.refresh()
    QTest.keyClick(page, Qt.Key.Key_Return, CONTROL)
    page.refresh()

    assert [row.name for row in page.door.queue.model.rows()] == ["王　磊"]
    assert present(room) == 1
    assert room.said[-1] == "已确认 1 人，签到时间按手机申报的时间记。"
    QTest.keyClick(page, Qt.Key.Key_Return, CONTROL)
    page.refresh()
    assert present(room) == 2 and not page.door.queue.isVisible()


def test_all_are_confirmed_together(room: Room, page: DuringPage, strict: Phones) -> None:
    phone(room, "赵镕")
    phone(room, "王磊")
    page.refresh()
    row = page.door.queue.model.rows()[1]
    assert (row.tag, row.subtitle) == ("同一手机", "此手机 14:00 已用于赵　镕")
    QTest.keyClick(page, Qt.Key.Key_Return, CONTROL | SHIFT)
    page.refresh()
    assert present(room) == 2 and not page.door.queue.isVisible()


def test_no_is_said_with_a_reason(room: Room, page: DuringPage, strict: Phones) -> None:
    phone(room, "赵镕")
    page.refresh()
    QTest.keyClick(page, Qt.Key.Key_Delete, CONTROL)
    form = page.findChild(ReasonForm)
    assert form is not None
    form.confirm()
    page.refresh()
    assert present(room) == 0 and not page.door.queue.isVisible()
    assert room.said[-1] == "没有确认 赵　镕 的手机申报（本人不在会场）。"


@pytest.mark.parametrize(("answer", "count"), [(0, 2), (1, 1)])
def test_a_second_name_is_settled_from_the_list(
    room: Room, page: DuringPage, answer: int, count: int
) -> None:
    phone(room, "赵镕")
    phone(room, "王磊")
    page.refresh()
    lists = page.door.lists
    lists.which.set_index(PENDING)
    (row,) = lists.model.rows()
    assert (row.name, row.tag) == ("王　磊", "同一手机")
    lists.settle_requested.emit(row.seat_id)
    form = page.findChild(VouchForm)
    assert form is not None
    form.answer.set_index(answer)
    form.confirm()
    page.refresh()

    assert lists.model.rows() == [] and present(room) == count
