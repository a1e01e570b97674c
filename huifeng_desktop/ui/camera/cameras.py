"""The cameras of this machine, by QtMultimedia: which there are, and the frames of the one that is open."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtMultimedia import (
    QCamera,
    QCameraDevice,
    QCameraFormat,
    QMediaCaptureSession,
    QMediaDevices,
    QVideoFrame,
    QVideoFrameFormat,
    QVideoSink,
)

_WANTED_PIXELS = 1280 * 720
_LEAST_RATE = 9.5
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Found:
    """One camera: what the system knows it by, and what it is called."""

    ident: str
    name: str


class Cameras(QObject):
    """Holds at most one camera open; its frames come out of `sink`."""

    changed = Signal()
    """One was plugged in or pulled out."""
    failed = Signal()
    """The open one was denied, is in use elsewhere, or broke."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sink = QVideoSink(self)
        self._session = QMediaCaptureSession(self)
        self._session.setVideoSink(self.sink)
        self._camera: QCamera | None = None
        self._devices = QMediaDevices(self)
        self._devices.videoInputsChanged.connect(self.changed)

    def found(self) -> list[Found]:
        """Those that are plugged in, the system's own choice first."""
        usual = QMediaDevices.defaultVideoInput().id()
        devices = sorted(QMediaDevices.videoInputs(), key=lambda one: one.id() != usual)
        return [Found(_ident(one), one.description()) for one in devices]

    def open(self, ident: str) -> None:
        """Start this one and stop any other; what goes wrong is told by `failed`, perhaps later."""
        self.close()
        device = next((one for one in QMediaDevices.videoInputs() if _ident(one) == ident), None)
        if device is None:
            self.failed.emit()
            return
        camera = QCamera(device, self)
        formats = sorted(device.videoFormats(), key=_fitness)
        if formats:
            camera.setCameraFormat(formats[0])
        self.start(camera)

    def start(self, camera: QCamera) -> None:
        """Take the frames of this one; it may fail at once, and is then closed already."""
        self._camera = camera
        camera.errorOccurred.connect(self._on_error)
        self._session.setCamera(camera)
        if self._camera is camera:
            camera.start()

    def close(self) -> None:
        """Let the camera go, and the last frame with it."""
        camera, self._camera = self._camera, None
        if camera is not None:
            camera.errorOccurred.disconnect(self._on_error)
            camera.stop()
            self._session.setCamera(None)  # type: ignore[arg-type]
            camera.deleteLater()
        self.sink.setVideoFrame(QVideoFrame())

    def _on_error(self, error: QCamera.Error, words: str) -> None:
        _log.warning("the camera: %s %s", error.name, words)
        if error is not QCamera.Error.NoError:
            self.failed.emit()


def _ident(device: QCameraDevice) -> str:
    return bytes(device.id().data()).decode("utf-8", "replace")


def _fitness(offered: QCameraFormat) -> tuple[bool, int, bool]:
    """Fast enough first, then nearest to 720p, then what needs no unpacking."""
    size = offered.resolution()
    away = abs(size.width() * size.height() - _WANTED_PIXELS)
    packed = offered.pixelFormat() is QVideoFrameFormat.PixelFormat.Format_Jpeg
    return offered.maxFrameRate() < _LEAST_RATE, away, packed
