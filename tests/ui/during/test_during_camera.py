"""Badges before a camera sign in like scans. Drawn frames and a synthetic film; there is no camera here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from badge_film import Pixel, badge_image, blurred, desk_scene, dimmed, film, frame_of, held, to_pillow
from camera_parts import FakeCameras, Hall
from during_parts import Room
from PySide6.QtCore import QPointF, QUrl
from PySide6.QtGui import QImage, QTransform
from PySide6.QtMultimedia import QMediaPlayer
from pytestqt.qtbot import QtBot

from huifeng_desktop.domain.badge import make_badge
from huifeng_desktop.domain.people import Seat
from huifeng_desktop.exchange.papers.cards import qr_modules
from huifeng_desktop.service.door.sign_in import Method
from huifeng_desktop.ui.stage.code import code_image

_PIXELS = (
    Pixel.Format_YUYV,
    Pixel.Format_UYVY,
    Pixel.Format_NV12,
    Pixel.Format_YUV420P,
    Pixel.Format_Y8,
    Pixel.Format_BGRX8888,
)


@pytest.fixture
def cameras() -> FakeCameras:
    """One camera is plugged in."""
    return FakeCameras("内置摄像头")


@pytest.fixture
def hall(qtbot: QtBot, room: Room, cameras: FakeCameras) -> Iterator[Hall]:
    """The page half an hour before the start, the camera still off."""
    hall = Hall(room, cameras, qtbot)
    yield hall
    hall.link.stop()


@pytest.fixture
def seat(hall: Hall) -> Seat:
    """赵镕 with the badge of the sheets; the camera is on."""
    hall.link.toggle()
    return hall.room.session.state.seats[1]


def signed(hall: Hall) -> list[str]:
    """Who has signed in, as another program reads it from disk."""
    state = hall.room.second_look().state
    return [one.name for one in state.seats if state.facts_of(one).arrival is not None]


def test_a_badge_before_the_camera_signs_in_like_a_scan(hall: Hall, seat: Seat) -> None:
    hall.show(held(badge_image(seat)))
    assert hall.room.greeted == [("赵　镕　已签到", "县财政局　局长")] and signed(hall) == ["赵镕"]
    assert hall.page.door.toast.isVisible() and hall.page.door.toast.title() == "赵　镕　已签到"
    assert [bell.count for bell in hall.room.rings] == [1], "the tone of a scan"
    [entry] = [event for event in hall.room.session.state.log if event.body.get("method")]
    assert entry.body["method"] == Method.BADGE.value


def test_read_near_and_far_and_in_any_direction(hall: Hall, seat: Seat) -> None:
    for width, angle in ((960, 0), (480, 30), (480, 90), (480, 135), (240, 180), (180, 0)):
        sight = hall.show(held(badge_image(seat, width), angle))
        assert [code.text for code in sight.codes] == [seat.badge], (width, angle)
    assert hall.greeted() == ["赵　镕　已签到"]


def test_read_out_of_focus_in_low_light_and_in_a_mirror(hall: Hall, seat: Seat) -> None:
    still = held(badge_image(seat, 600))
    for picture in (blurred(still, 2.5), dimmed(still, 0.15), still.transformed(QTransform().scale(-1, 1))):
        assert [code.text for code in hall.show(picture).codes] == [seat.badge]
    assert len(hall.room.greeted) == 1


def test_every_kind_of_frame_that_cameras_have(hall: Hall, seat: Seat) -> None:
    picture = held(badge_image(seat, 480)).scaled(638, 360)  # a width that leaves gaps between rows
    for pixel in (
        Pixel.Format_YUYV,
        Pixel.Format_UYVY,
        Pixel.Format_NV12,
        Pixel.Format_YUV420P,
        Pixel.Format_Y8,
    ):
        sight = hall.show(frame_of(picture, pixel))
        assert [code.text for code in sight.codes] == [seat.badge], pixel


def test_a_filmed_badge_signs_once(hall: Hall, seat: Seat) -> None:
    read = hall.play(film(badge_image(seat, 560)))
    assert read >= 3, "still enough for half of the way"
    assert hall.greeted() == ["赵　镕　已签到"] and signed(hall) == ["赵镕"]


def test_a_film_that_was_compressed_and_comes_from_a_thread_of_its_own(
    hall: Hall, seat: Seat, qtbot: QtBot, tmp_path: Path
) -> None:
    """As from a USB camera: JPEG for JPEG through FFmpeg, 25 a second, whatever this machine is doing."""
    file = tmp_path / "film.mjpeg"
    frames = [to_pillow(picture) for picture in film(badge_image(seat, 560))]
    with file.open("wb") as output:
        for picture in frames + frames[-1:] * 8:
            picture.save(output, "JPEG", quality=70)
    player = QMediaPlayer()
    player.setVideoSink(hall.cameras.sink)
    player.setLoops(QMediaPlayer.Loops.Infinite)
    player.setSource(QUrl.fromLocalFile(str(file)))
    player.play()
    qtbot.waitUntil(lambda: bool(hall.room.greeted), timeout=60_000)
    player.stop()
    assert hall.greeted() == ["赵　镕　已签到"] and signed(hall) == ["赵镕"]


def test_held_is_one_scan_and_later_it_is_already(hall: Hall, seat: Seat) -> None:
    picture = held(badge_image(seat, 480))
    hall.show(*[picture] * 5, seconds=1)
    assert hall.greeted() == ["赵　镕　已签到"]
    hall.room.clock.advance(20 * 60)
    hall.show(picture)
    assert hall.greeted()[1:] == ["赵　镕　已签到 14:00"]


def test_two_badges_at_one_distance_sign_nobody(hall: Hall, seat: Seat) -> None:
    other = badge_image(hall.room.session.state.seats[2], 480)
    mine = badge_image(seat, 480)
    both = desk_scene((mine, QPointF(320, 360), 4), (other, QPointF(950, 360), -5))
    assert len(hall.show(both, both).codes) == 2
    assert hall.greeted() == ["一次只照一张证件"] and signed(hall) == []
    hall.show(held(mine))
    assert signed(hall) == ["赵镕"]


def test_the_badge_that_is_held_up_goes_before_one_behind_it(hall: Hall, seat: Seat) -> None:
    behind = badge_image(hall.room.session.state.seats[2], 240)
    near = badge_image(seat, 560)
    both = desk_scene((near, QPointF(400, 360), 0), (behind, QPointF(1000, 300), 3))
    assert len(hall.show(both).codes) == 2
    assert hall.greeted() == ["赵　镕　已签到"] and signed(hall) == ["赵镕"]


def test_nothing_to_read_says_nothing(hall: Hall, seat: Seat) -> None:
    sight = hall.show(desk_scene())
    assert sight.codes == [] and sight.preview is not None and hall.room.greeted == []
    assert hall.page.door.camera.words.text().startswith("把证件上的码对着摄像头")


def test_a_code_that_is_no_badge_is_told_once_and_never_beside_a_badge(hall: Hall, seat: Seat) -> None:
    poster = code_image("https://example.cn/s/abc").convertToFormat(QImage.Format.Format_RGB32)
    poster = poster.scaled(300, 300)
    hall.show(held(poster), held(poster))
    assert hall.room.greeted == [("不是本次会议的证件", "这个码不是证件码，请出示会议证件")]
    hall.show(desk_scene((poster, QPointF(200, 360), 0), (badge_image(seat, 480), QPointF(800, 360), 0)))
    assert hall.greeted()[1:] == ["赵　镕　已签到"]


def test_a_badge_of_another_meeting_is_told_as_by_the_scanner(hall: Hall, seat: Seat) -> None:
    strange = replace(seat, badge=make_badge("nowhere", "s1", set()))
    hall.show(held(badge_image(strange)))
    assert hall.greeted() == ["没有签到"] and "不在本次会议名单里" in hall.room.greeted[0][1]
    assert signed(hall) == []


def test_what_the_sheets_print_is_what_is_read(seat: Seat) -> None:
    assert len(qr_modules(seat.badge)) == 21, "digits only: the smallest code there is"


def test_while_somebody_is_searched_for_the_camera_makes_room_and_goes_on(hall: Hall, seat: Seat) -> None:
    door = hall.page.door
    assert door.camera.isVisible() and not door.switch.camera.isVisible()
    door.box.setText("wl")
    assert not door.camera.isVisible()
    hall.show(held(badge_image(seat, 480)))
    assert signed(hall) == ["赵镕"] and door.box.text() == "wl"
    door.box.clear()
    assert door.camera.isVisible()


def test_no_picture_is_kept_when_it_is_switched_off(hall: Hall, seat: Seat, cameras: FakeCameras) -> None:
    door = hall.page.door
    hall.show(held(badge_image(seat, 480)))
    assert door.camera.picture.picture() is not None and cameras.opened == "内置摄像头"
    door.camera.off.click()
    assert door.camera.picture.picture() is None and not cameras.sink.videoFrame().isValid()
    assert cameras.opened == "" and not door.camera.isVisible() and door.switch.camera.isVisible()
    files = [path for path in hall.room.folder.rglob("*") if path.suffix.lower() in (".png", ".jpg", ".bmp")]
    assert files == []
