"""停止签到 and 恢复签到 by hand."""

from __future__ import annotations

from during_parts import Room

from huifeng_desktop.domain.events import EventKind, Fact
from huifeng_desktop.service.door.sign_in import Method, OutcomeCode
from huifeng_desktop.ui.during.door.switch import STOP_QUESTION
from huifeng_desktop.ui.during.page import DuringPage


def press(page: DuringPage, words: str) -> None:
    """The button of the question that says this."""
    next(one for one in page.question.buttons() if one.text() == words).click()


def is_open(room: Room) -> bool:
    """Whether the door takes entries."""
    return room.session.state.is_sign_in_open


def test_stopping_is_asked_once_and_can_be_taken_back(page: DuringPage, room: Room) -> None:
    room.context.settings.put("operator", "刘芳")
    assert page.door.switch.state.text() == "签到开放"
    page.door.switch.button.click()
    assert page.question.text() == STOP_QUESTION
    press(page, "不停止")
    assert is_open(room)
    page.door.switch.button.click()
    room.at("14:10")
    press(page, "停止签到")
    assert not is_open(room) and room.session.state.log[-1].body["by"] == "刘芳"
    page.refresh()
    assert page.door.switch.state.text() == "签到已停止 14:10"
    assert room.context.door.sign_in("s2", Method.TYPED).code is OutcomeCode.NOT_OPEN
    assert room.context.door.sign_in("s2", Method.BACKFILL).code is OutcomeCode.SIGNED_IN
    page.door.switch.button.click()
    assert room.second_look().state.is_sign_in_open and "签到已恢复" in room.said[-1]


def test_whether_to_stop_is_not_asked_after_the_end(page: DuringPage, room: Room) -> None:
    room.context.podium.declare_opened()
    page.door.switch.button.click()
    page.refresh()
    assert page.question.text() == STOP_QUESTION
    room.clock.advance(60)
    room.context.podium.declare_adjourned()
    assert page.question.text() == ""


def test_after_the_end_there_is_nothing_to_stop(page: DuringPage, room: Room) -> None:
    room.context.podium.declare_opened()
    page.refresh()
    assert page.door.switch.isVisible()
    page.door.box.setText("王")
    assert not page.door.switch.isVisible()
    page.door.box.clear()
    room.at("15:00")
    room.context.podium.declare_adjourned()
    page.refresh()
    assert not page.door.switch.isVisible()


def test_a_sealed_record_refuses_with_a_sentence(page: DuringPage, room: Room) -> None:
    room.session.state_facts([Fact(EventKind.SEALED, room.session.now().wall, body={"by": "王磊"})])
    page.door.switch.stop_requested.emit()
    press(page, "停止签到")
    assert "已由王磊封存" in room.said[-1]
