"""What the director puts before the hall, and what it remembers."""

from __future__ import annotations

from pathlib import Path

import pytest
from during_parts import Room
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from huifeng_desktop.domain.cues import Bell
from huifeng_desktop.errors import StorageProblem
from huifeng_desktop.storage.database import DATABASE_NAME, open_database
from huifeng_desktop.storage.settings import SettingsStore
from huifeng_desktop.ui.during.door.roll_call_dialog import RollCallDialog
from huifeng_desktop.ui.during.door.work import WORK
from huifeng_desktop.ui.during.page import DuringPage
from huifeng_desktop.ui.during.timing.stage_menu import StageMenu
from huifeng_desktop.ui.projection.director import StageDirector
from huifeng_desktop.ui.sounds.bells import MARKS
from huifeng_desktop.ui.sounds.cues_dialog import CuesDialog
from huifeng_desktop.ui.stage.placement import Placement
from huifeng_desktop.ui.stage.view import StageMode, digits_text


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


def test_the_agenda_shows_what_still_waits(room: Room) -> None:
    room.context.podium.declare_opened()
    room.context.podium.start("i1")
    room.context.podium.skip("i2")
    director = room.director()
    director.set_mode(StageMode.AGENDA)
    view = director.view()
    assert (view.mode, view.title) == (StageMode.AGENDA, "主持人开场")
    assert [(one.number, one.title, one.limit_s) for one in view.coming] == [
        (3, "水利工作", 300),
        (4, "县领导讲话", 1800),
    ]


def test_the_one_who_is_called_is_shown_only_by_wish_and_not_after_a_restart(room: Room) -> None:
    director = room.director()
    seat = room.session.state.seats[6]
    director.show_called(seat)
    view = director.view()
    assert view.mode is StageMode.ROLL_CALL
    assert (view.speaker, view.unit) == ("阿布都热依木·阿布都克里木", "竹溪乡")
    again = room.director()
    again.refresh()
    assert again.view().mode is StageMode.SIGN_IN
    director.show_called(None)
    assert director.view().mode is StageMode.SIGN_IN


def test_a_leaders_overrun_is_switched_from_the_menu_and_kept(page: DuringPage, room: Room) -> None:
    menu = StageMenu(room.context, page._director, page)
    action = next(one for one in menu.actions() if "领导超时" in one.text())
    assert action.isCheckable() and not action.isChecked()
    action.trigger()
    assert page._director.shows_leader_overrun() and room.director().shows_leader_overrun()


def test_words_can_fill_the_screen_and_go_with_the_speech(room: Room) -> None:
    room.context.podium.declare_opened()
    room.context.podium.start("i2")
    director = room.director()
    director.set_message("请控制时间")
    assert (director.view().mode, director.view().message) == (StageMode.COUNTDOWN, "请控制时间")
    director.set_mode(StageMode.MESSAGE)
    assert director.view().mode is StageMode.MESSAGE
    director.set_message("")
    assert director.view().mode is StageMode.COUNTDOWN


def test_a_background_that_cannot_be_read_is_said_and_the_old_one_stays(
    page: DuringPage, room: Room, tmp_path: Path
) -> None:
    good, bad = tmp_path / "good.png", tmp_path / "坏图.png"
    QImage(40, 30, QImage.Format.Format_RGB32).save(str(good))
    bad.write_bytes(b"no picture")
    for path in (good, bad):
        menu = StageMenu(room.context, page._director, page, choose_file=lambda *_, path=path: path)
        next(one for one in menu.actions() if one.text() == "背景图片…").trigger()
    assert page._director.background() == str(good)
    assert room.said[-1].startswith("背景图片“坏图.png”读不出来")


def test_the_display_is_kept_awake_from_opening_to_adjournment(room: Room) -> None:
    class Fake:
        def __init__(self) -> None:
            self.asked: list[str] = []

        def hold(self) -> None:
            self.asked.append("hold")

        def release(self) -> None:
            self.asked.append("release")

    fake = Fake()
    director = StageDirector(room.context, awake=fake)
    assert fake.asked == []
    room.context.podium.declare_opened()
    room.context.podium.start("i2")
    assert fake.asked == ["hold"]
    room.clock.advance(60)
    room.context.podium.finish()
    room.context.podium.declare_adjourned()
    assert fake.asked == ["hold", "release"]
    director.open_stage()
    director.shut_down()
    assert fake.asked[2] == "hold" and fake.asked[-1] == "release"


def test_the_field_of_the_card_names_the_picture_from_the_menu(page: DuringPage) -> None:
    page._director.set_mode(StageMode.WELCOME)
    assert (page.stage.modes.index(), page.stage.modes.button(1).text()) == (1, "欢迎")
    page.stage.modes.button(1).click()
    assert page._director.mode() is StageMode.SIGN_IN
    page._director.set_mode(StageMode.WELCOME)
    page.stage.modes.set_index(0)
    assert page._director.mode() is StageMode.COUNTDOWN
    assert page.stage.modes.button(1).text() == "签到码"


def test_the_roll_call_reaches_the_hall_only_while_it_is_wished(page: DuringPage, qtbot: QtBot) -> None:
    words, _, make = next(entry for entry in WORK if entry[0].startswith("点名"))
    dialog = page.work.open(words, make)
    assert isinstance(dialog, RollCallDialog)
    director = page._director
    assert director.view().mode is StageMode.SIGN_IN
    QTest.keyClick(dialog, Qt.Key.Key_5)
    qtbot.waitUntil(lambda: director.view().mode is StageMode.ROLL_CALL)
    assert director.view().speaker == "严学军"
    QTest.keyClick(dialog, Qt.Key.Key_Space)
    assert director.view().speaker == "赵　镕"
    dialog.close()
    assert director.view().mode is StageMode.SIGN_IN


def test_words_and_blackout_are_on_disk_before_the_stage_is_told(room: Room) -> None:
    """GIVEN somebody who listens to the director WHEN he is told THEN another program can read it already."""
    director = room.director()
    other = open_database(room.folder)
    settings = SettingsStore(other, room.folder / DATABASE_NAME)
    told: list[tuple[str, bool]] = []

    def read() -> None:
        kept = settings.get(f"stage:{room.meeting_id}", {})
        told.append((kept.get("message"), kept.get("blackout")))

    director.changed.connect(read)
    director.set_message("请控制时间")
    director.set_blackout(True)
    other.close()
    assert told == [("请控制时间", False), ("请控制时间", True)]


def test_what_cannot_be_stored_is_not_shown_but_the_stage_goes_dark_all_the_same(room: Room) -> None:
    director = room.director()
    room.db.execute("PRAGMA query_only = ON")
    with pytest.raises(StorageProblem):
        director.set_message("请控制时间")
    assert director.message() == "" and director.view().message == ""
    with pytest.raises(StorageProblem):
        director.set_blackout(True)
    assert director.is_black() and director.view().mode is StageMode.BLACKOUT


def test_marks_leaders_and_background_are_on_disk_before_anybody_is_told(room: Room, tmp_path: Path) -> None:
    director = room.director()
    picture = tmp_path / "good.png"
    QImage(40, 30, QImage.Format.Format_RGB32).save(str(picture))
    other = open_database(room.folder)
    settings = SettingsStore(other, room.folder / DATABASE_NAME)
    names = ("show_leader_overrun", "stage_background", MARKS)
    told: list[list[object]] = []
    director.changed.connect(lambda: told.append([settings.get(name) for name in names]))
    dialog = CuesDialog(room.context.settings, lambda bell, sound: None, [])
    dialog.accepted.connect(director.read_cues)
    director.show_leader_overrun(True)
    director.set_background(str(picture))
    dialog.add.click()
    dialog.accept()
    dialog.deleteLater()
    other.close()
    marks = room.context.settings.get(MARKS)
    assert len(marks["report"]) == 3
    assert told == [[True, None, None], [True, str(picture), None], [True, str(picture), marks]]


def test_a_picture_that_cannot_be_stored_is_said_and_the_field_shows_what_still_holds(
    page: DuringPage, room: Room
) -> None:
    before = page.stage.modes.index()
    room.db.execute("PRAGMA query_only = ON")
    page.stage.modes.button(2).click()
    assert (page.stage.modes.index(), page._director.mode()) == (before, StageMode.SIGN_IN)
    page.stage.black.click()
    assert page.stage.black.isChecked() and page._director.is_black(), "dark all the same"
    next(one for one in page.stage.prompt_menu().actions() if one.text() == "请控制时间").trigger()
    assert page._director.message() == ""
    assert len(room.said) >= 3 and all("没有存入" in words for words in room.said)


def test_the_columns_stay_where_they_are_whatever_the_buttons_say(page: DuringPage) -> None:
    def columns() -> list[int]:
        return [part.geometry().left() for part in (page.speaker, page.stage, page.door)]

    before = columns()
    page.stage.black.click()
    QTest.qWait(0)
    assert page.stage.black.text().startswith("取消黑屏") and columns() == before


def test_words_to_the_speaker_go_with_the_speaker(room: Room) -> None:
    """GIVEN words while nobody speaks THEN they stay with the first; given to a speaker they go with him."""
    room.context.podium.declare_opened()
    director = room.director()
    director.set_message("请就座，会议即将继续")
    room.context.podium.start()
    assert director.view().message == "请就座，会议即将继续"
    director.set_message("请控制时间")
    room.context.podium.pause()
    assert director.view().message == "请控制时间"
    room.context.podium.finish_and_next()
    assert (director.message(), director.view().message) == ("", "")
    assert room.director().message() == "", "not after a restart either"
