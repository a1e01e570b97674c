"""A page whose cameras are plugged in by tests, and hands that hold pictures before them."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from functools import partial

from badge_film import frame_of
from during_parts import Room
from PySide6.QtCore import QObject
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QVideoFrame
from pytestqt.qtbot import QtBot

from huifeng_desktop.ui.camera.cameras import Cameras, Found
from huifeng_desktop.ui.camera.codes import Code
from huifeng_desktop.ui.camera.decoder import Decoder, Sight
from huifeng_desktop.ui.camera.reader import ZxingReader
from huifeng_desktop.ui.during.page import DuringPage


class FakeCameras(Cameras):
    """The real sink; only the devices behind it are invented."""

    def __init__(self, *names: str) -> None:
        super().__init__()
        self.names, self.opened = list(names), ""

    def found(self) -> list[Found]:
        """What a test has plugged in."""
        return [Found(name, name) for name in self.names]

    def open(self, ident: str) -> None:
        """As if its light went on."""
        self.close()
        self.opened = ident

    def close(self) -> None:
        """As if its light went off."""
        self.opened = ""
        super().close()


class Hall:
    """The page with a camera at its door; `show` waits until a picture has been looked at."""

    def __init__(self, room: Room, cameras: FakeCameras, qtbot: QtBot) -> None:
        self.room, self.cameras, self._qtbot = room, cameras, qtbot
        self.page: DuringPage = self.room.page()
        qtbot.addWidget(self.page)
        self.link = self.page.camera
        self.sights: list[Sight] = []
        self.link._make_cameras = lambda _: cameras
        self.link._make_decoder = self._decoder
        self.page.resize(1366, 716)
        with qtbot.waitExposed(self.page):
            self.page.show()

    def _decoder(self, parent: QObject) -> Decoder:
        decoder = Decoder(ZxingReader(), parent, every_ms=0)
        decoder.seen.connect(self.sights.append)
        return decoder

    @property
    def badge(self) -> str:
        """Of 赵镕."""
        return self.room.session.state.seats[1].badge

    def greeted(self) -> list[str]:
        """The large lines that were shown, in turn."""
        return [headline for headline, _ in self.room.greeted]

    def show(self, *pictures: QImage | QVideoFrame, seconds: float = 0.1) -> Sight:
        """Hold them before the camera one after the other; what was seen in the last."""
        for picture in pictures:
            wanted = len(self.sights) + 1
            frame = frame_of(picture) if isinstance(picture, QImage) else picture
            self.cameras.sink.setVideoFrame(frame)
            self._qtbot.waitUntil(partial(self._has_seen, wanted), timeout=20_000)
            self.room.clock.advance(seconds)
        return self.sights[-1]

    def _has_seen(self, wanted: int) -> bool:
        return len(self.sights) >= wanted

    def play(self, film: Iterable[QImage]) -> int:
        """Show every frame; in how many of them a code was read."""
        return sum(bool(self.show(picture).codes) for picture in film)


class SlowReader:
    """Looks at a picture until it may go on; notes in which thread."""

    def __init__(self) -> None:
        self.go_on, self.threads = threading.Event(), set[str]()

    def read(self, grey: memoryview, width: int, height: int) -> list[Code]:
        """Nothing is in it."""
        assert len(grey) == width * height
        self.threads.add(threading.current_thread().name)
        assert self.go_on.wait(20)
        return []
