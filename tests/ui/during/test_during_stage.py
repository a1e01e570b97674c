"""What the director puts before the hall, and what it remembers."""

from __future__ import annotations

from during_parts import Room
from pytestqt.qtbot import QtBot

from huifeng_desktop.domain.cues import Bell
from huifeng_desktop.ui.during.page import DuringPage
from huifeng_desktop.ui.stage.view import StageMode, digits_text
from huifeng_desktop.ui.stage.placement import Placement


def test_before_the_opening_the_hall_sees_the_code_and_the_figures(room: Room) -> None:
    director = room.director()
    director.set_figures(126, 19)
    director.set_code("http://192.168.1.20:41233/s/abc")
    view = director.view()
    assert (view.mode, view.qr_payload) == (StageMode.SIGN_IN, "http://192.168.1.20:41233/s/abc")
    assert (view.expected, view.present, view.meeting_title) == (126, 19, "全县重点工作推进会")


def test_the_opening_brings_the_countdown_whatever_was_chosen(room: Room) -> None:
    director = room.director()
    director.set_mode(StageMode.CLOCK)
    assert director.view().clock_text == "14:00"
    room.context.podium.declare_opened()
    director.refresh()
    assert director.mode() is StageMode.COUNTDOWN
    room.context.podium.start("i2")
    room.clock.advance(138)
    director.tick()
    view = director.view()
    assert (digits_text(view), view.title, view.speaker) == ("3:42", "财政工作", "赵　镕")
    assert view.next_title == "水利工作　县水利局"


def test_choices_are_back_after_a_crash(room: Room) -> None:
    room.context.podium.declare_opened()
    room.context.podium.start("i2")
    first = room.director()
    first.set_mode(StageMode.CLOCK)
    first.set_message("请控制时间")
    first.set_blackout(True)
    second = room.director()
    assert (second.mode(), second.message(), second.is_black()) == (StageMode.CLOCK, "请控制时间", True)
    second.refresh()
    assert second.view().mode is StageMode.BLACKOUT
    second.set_blackout(False)
    assert (second.view().mode, second.view().message) == (StageMode.MESSAGE, "请控制时间")


def test_a_leaders_overrun_is_shown_only_if_switched_on(room: Room) -> None:
    room.context.podium.declare_opened()
    room.context.podium.start("i4")
    room.clock.advance(1940)
    director = room.director()
    director.refresh()
    assert digits_text(director.view()) == "0:00"
    room.context.settings.put("show_leader_overrun", True)
    switched = room.director()
    switched.refresh()
    assert digits_text(switched.view()) == "+2:20"


def test_no_old_tone_is_played_after_a_restart_and_a_new_one_is(room: Room) -> None:
    room.context.podium.declare_opened()
    room.context.podium.start("i2")
    room.clock.advance(320)
    director = room.director()
    director.tick()
    assert room.rings == []
    room.clock.advance(40)
    director.tick()
    director.tick()
    assert room.rings == [Bell(2)]


def test_the_projection_is_opened_closed_and_named(page: DuringPage, qtbot: QtBot) -> None:
    director = page._director
    assert director.placement_words() == "投影未打开"
    page.stage.projector.click()
    assert director.placement() is Placement.CORNER and director.placement_words() == "投影：小窗"
    assert page.stage.projector.text() == "关闭投影"
    page.stage.projector.click()
    assert not director.is_open() and page.stage.projector.text() == "打开投影"


def test_the_preview_shows_what_the_hall_sees(page: DuringPage) -> None:
    page.stage.modes.set_index(2)
    assert page.stage.preview.view() == page._director.view()
    assert page.stage.preview.view().mode is StageMode.CLOCK
    page.stage.black.click()
    assert page.stage.preview.view().mode is StageMode.BLACKOUT
    assert page.stage.black.text() == "取消黑屏"
