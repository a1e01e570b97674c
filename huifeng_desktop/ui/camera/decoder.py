"""Looking for codes in a thread beside the window's: one frame at a time, the others are dropped.

Nothing of a frame is kept: the thread forgets it with the answer, of which a small grey picture goes to
the preview.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QElapsedTimer, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QVideoFrame

from huifeng_desktop.ui.camera.codes import Code, CodeReader
from huifeng_desktop.ui.camera.luma import luma_of

EVERY_MS = 100
"""Ten pictures a second are plenty for a badge in a hand."""
PREVIEW = QSize(352, 198)
_ASK_MS = 20
"""How often the window looks whether the thread is through."""
_JOIN_S = 5.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sight:
    """What was seen in a frame; without a preview it could not be read at all."""

    codes: Sequence[Code] = ()
    preview: QImage | None = None


class Decoder(QObject):
    """Takes frames in the window's thread and answers there."""

    seen = Signal(object)
    """A `Sight`."""

    def __init__(self, reader: CodeReader, parent: QObject, *, every_ms: int = EVERY_MS) -> None:
        super().__init__(parent)
        self._every_ms, self._since = every_ms, QElapsedTimer()
        self._worker = _Worker(reader)
        self._asking = QTimer(self)
        self._asking.setInterval(_ASK_MS)
        self._asking.timeout.connect(self._ask)
        self.destroyed.connect(self._worker.end)

    def offer(self, frame: QVideoFrame) -> bool:
        """Whether the frame is taken: not while another is being looked at, nor too soon after it."""
        too_soon = self._since.isValid() and self._since.elapsed() < self._every_ms
        if self._asking.isActive() or too_soon or not frame.isValid():
            return False
        self._since.start()
        self._worker.frames.put(frame)
        self._asking.start()
        return True

    def close(self) -> None:
        """End the thread; the answer to the frame it still has goes nowhere."""
        self._asking.stop()
        self._worker.end()
        self._worker.thread.join(_JOIN_S)

    def _ask(self) -> None:
        try:
            sight = self._worker.sights.get_nowait()
        except queue.Empty:
            return
        self._asking.stop()
        self.seen.emit(sight)


class _Worker:
    """The thread. It knows no object of Qt's that the window might take away under it."""

    def __init__(self, reader: CodeReader) -> None:
        self._reader = reader
        self.frames: queue.SimpleQueue[QVideoFrame | None] = queue.SimpleQueue()
        self.sights: queue.SimpleQueue[Sight] = queue.SimpleQueue()
        self.thread = threading.Thread(target=self._work, name="camera", daemon=True)
        self.thread.start()

    def end(self, *_: object) -> None:
        """After the frame it has."""
        self.frames.put(None)

    def _work(self) -> None:
        while (frame := self.frames.get()) is not None:
            self.sights.put(self._look(frame))
            del frame  # not held while waiting for the next

    def _look(self, frame: QVideoFrame) -> Sight:
        try:
            return sight_of(frame, self._reader)
        except Exception:
            # Whatever a driver's frame does to the libraries: scanning by camera must never end the door.
            _log.exception("a camera's frame could not be read")
            return Sight()


def sight_of(frame: QVideoFrame, reader: CodeReader) -> Sight:
    """What is seen in a frame, in whatever thread."""
    grey = luma_of(frame)
    return Sight() if grey is None else Sight(_codes_in(grey, reader), _small(grey))


def _codes_in(grey: QImage, reader: CodeReader) -> Sequence[Code]:
    width, height, stride = grey.width(), grey.height(), grey.bytesPerLine()
    plane = memoryview(grey.constBits())
    if stride != width:
        plane = memoryview(b"".join(plane[row * stride : row * stride + width] for row in range(height)))
    return reader.read(plane, width, height)


def _small(grey: QImage) -> QImage:
    return grey.scaled(PREVIEW, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.FastTransformation)
