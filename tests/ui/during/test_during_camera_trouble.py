"""Cameras that are not there, taken, pulled out or dark: one sentence, and everything else goes on."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from badge_film import badge_image, frame_of, held
from camera_parts import FakeCameras, Hall, SlowReader
from during_parts import Room
from PySide6.QtCore import QObject
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QCamera, QVideoFrame, QVideoFrameFormat
from pytestqt.qtbot import QtBot

from huifeng_desktop.ui.camera.cameras import Cameras
from huifeng_desktop.ui.camera.decoder import Decoder
from huifeng_desktop.ui.during.door.camera_link import CHOICE, load_cameras
from huifeng_desktop.ui.during.page import DuringPage


@pytest.fixture
def cameras() -> FakeCameras:
    """Two cameras are plugged in."""
    return FakeCameras("内置摄像头", "门口的摄像头")


@pytest.fixture
def hall(qtbot: QtBot, room: Room, cameras: FakeCameras) -> Iterator[Hall]:
    """The page with the camera switched on by its button."""
    hall = Hall(room, cameras, qtbot)
    hall.page.door.switch.camera.click()
    assert hall.link.is_on() and cameras.opened == "内置摄像头"
    yield hall
    hall.link.stop()


def still_signs(hall: Hall) -> bool:
    """Whether the scanner goes on as if nothing had been."""
    before = len(hall.room.greeted)
    hall.page.door.scan(hall.room.session.state.seats[2].badge)
    return hall.room.greeted[before:] == [("王　磊　已签到", "县水利局　局长")]


def test_a_camera_that_fails_is_told_once_and_can_be_opened_again(hall: Hall, cameras: FakeCameras) -> None:
    cameras.failed.emit()
    cameras.failed.emit()
    assert len(hall.room.said) == 1 and hall.room.said[0].startswith("摄像头打不开")
    assert not hall.link.is_on() and cameras.opened == "" and still_signs(hall)
    hall.link.toggle()
    hall.show(held(badge_image(hall.room.session.state.seats[1], 480)))
    assert hall.greeted()[-1] == "赵　镕　已签到"


def test_a_camera_that_is_pulled_out_is_told_and_another_one_does_no_harm(
    hall: Hall, cameras: FakeCameras
) -> None:
    cameras.names.remove("门口的摄像头")
    cameras.changed.emit()
    assert hall.link.is_on() and not hall.page.door.camera.chooser.isVisible() and hall.room.said == []
    cameras.names.clear()
    cameras.changed.emit()
    assert not hall.link.is_on() and hall.room.said[-1].startswith("摄像头拔掉了")
    hall.link.toggle()
    assert hall.room.said[-1].startswith("没有找到摄像头") and still_signs(hall)


def test_the_camera_that_was_chosen_is_the_one_next_time(hall: Hall, cameras: FakeCameras) -> None:
    chooser = hall.page.door.camera.chooser
    assert [chooser.itemText(row) for row in range(chooser.count())] == ["内置摄像头", "门口的摄像头"]
    chooser.setCurrentIndex(1)
    chooser.activated.emit(1)
    assert cameras.opened == "门口的摄像头"
    assert hall.room.context.settings.get(CHOICE, "") == "门口的摄像头"
    hall.link.stop()
    hall.link.toggle()
    assert cameras.opened == "门口的摄像头" and chooser.currentText() == "门口的摄像头"


def test_a_dark_camera_and_one_that_cannot_be_read_say_so_beside_the_picture(hall: Hall) -> None:
    words = hall.page.door.camera.words
    assert words.text() == "正在打开摄像头…"
    hall.link._patience.timeout.emit()
    assert words.text().startswith("摄像头没有画面")
    strange = QVideoFrame(QVideoFrameFormat(hall.page.size(), QVideoFrameFormat.PixelFormat.Format_AYUV))
    assert hall.show(strange).preview is None
    assert words.text().startswith("这个摄像头的画面读不了") and hall.room.said == []


def test_with_the_end_of_the_meeting_nobody_is_looked_at(hall: Hall, cameras: FakeCameras) -> None:
    hall.room.context.podium.declare_opened()
    hall.page.refresh()
    assert hall.link.is_on()
    hall.room.at("15:00")
    hall.room.context.podium.declare_adjourned()
    hall.page.refresh()
    assert not hall.link.is_on() and cameras.opened == ""
    hall.link.toggle()
    assert not hall.link.is_on() and hall.room.said[-1].startswith("签到已经结束")


def test_frames_are_dropped_while_one_is_looked_at_and_when_they_come_too_fast(
    hall: Hall, qtbot: QtBot
) -> None:
    reader = SlowReader()
    decoder = Decoder(reader, hall.page, every_ms=0)
    frame = QVideoFrame(QVideoFrameFormat(hall.page.size(), QVideoFrameFormat.PixelFormat.Format_Y8))
    assert [decoder.offer(frame) for _ in range(5)] == [True, False, False, False, False]
    with qtbot.waitSignal(decoder.seen, timeout=20_000):
        reader.go_on.set()
    assert decoder.offer(frame)
    decoder.close()
    assert reader.threads == {"camera"}, "never the window's thread"
    slow = Decoder(reader, hall.page, every_ms=3_600_000)
    with qtbot.waitSignal(slow.seen, timeout=20_000):
        assert slow.offer(frame)
    assert not slow.offer(frame)
    slow.close()


def test_a_window_that_goes_with_its_camera_on_ends_the_thread(qtbot: QtBot) -> None:
    home = QObject()
    decoder = Decoder(SlowReader(), home)
    thread = decoder._worker.thread
    assert thread.is_alive()
    home.deleteLater()
    qtbot.waitUntil(lambda: not thread.is_alive(), timeout=20_000)


def test_this_machine_without_a_camera_is_told_so(page: DuringPage, room: Room) -> None:
    if Cameras().found():
        pytest.skip("there is a camera on this machine")
    page.camera.toggle()
    assert room.said[-1].startswith("没有找到摄像头") and not page.camera.is_on()
    heard: list[bool] = []
    real = load_cameras(page)
    real.failed.connect(lambda: heard.append(True))
    real.open("one that was pulled out meanwhile")
    assert heard == [True]


def test_a_camera_in_use_elsewhere_is_let_go(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    cameras, camera = Cameras(), QCamera()
    cameras.failed.connect(cameras.close)
    cameras.start(camera)
    cameras.sink.setVideoFrame(frame_of(held(QImage(90, 54, QImage.Format.Format_RGB32))))
    with qtbot.waitSignal(cameras.failed):
        camera.errorOccurred.emit(QCamera.Error.CameraError, "device busy")
    assert not camera.isActive() and not cameras.sink.videoFrame().isValid()
    assert "device busy" in caplog.text
    cameras.close()


def test_an_extra_that_does_not_load_is_a_sentence(page: DuringPage, room: Room) -> None:
    def broken(_: QObject) -> Cameras:
        raise ImportError("libpulse.so.0: cannot open shared object file")

    page.camera._make_cameras = broken
    page.camera.toggle()
    assert "装了却打不开" in room.said[-1] and not page.camera.is_on()


_BLOCK = """
import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.startswith(("PySide6.QtMultimedia", "zxingcpp")):
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Absent())
"""
_WINDOW = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
application = QApplication([])
from huifeng_desktop.ui import theme
theme.apply_theme(application)
sys.path.insert(0, sys.argv[2])
from during_parts import Room
room = Room(Path(sys.argv[1]))
page = room.page()
page.show()
[entry] = [one for one in page.work.menu.actions() if one.text().startswith("摄像头")]
print(entry.text(), page.door.switch.camera.isVisible(), sep="|")
entry.trigger()
print(room.said[-1])
page.door.scan(room.session.state.seats[1].badge)
print(room.greeted[-1][0], any("QtMultimedia" in name for name in sys.modules), sep="|")
room.close()
"""


def test_without_the_extra_nothing_is_missed(room: Room) -> None:
    lines = _child(room, _BLOCK + _WINDOW)
    assert lines[0] == "摄像头扫码（没有安装，怎么装）|False"
    assert lines[1].startswith("摄像头扫码没有安装") and 'pip install ".[camera]"' in lines[1]
    assert lines[2] == "赵　镕　已签到|False"


def test_with_the_extra_nothing_of_it_is_loaded_before_it_is_switched_on(room: Room) -> None:
    lines = _child(room, _WINDOW.replace("entry.trigger()", "room.said.append('')"))
    assert (lines[0], lines[2]) == ("摄像头扫码|True", "赵　镕　已签到|False")


def _child(room: Room, script: str) -> list[str]:
    """What a program of its own prints that opens the window, scans a badge and is asked for the camera."""
    folder, parts = room.folder.parent / "other", Path(__file__).parent
    command = [sys.executable, "-X", "utf8", "-c", script, str(folder), str(parts)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()
