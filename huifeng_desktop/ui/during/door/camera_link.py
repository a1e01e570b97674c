"""Between a camera and the door: what it reads takes the way of a scan; whatever it lacks is one sentence.

The extra is loaded when the camera is first switched on; without it the switch is not there, and the entry
in 登记 says how to come by it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from huifeng_desktop.ui.camera.block import CameraBlock
from huifeng_desktop.ui.camera.codes import Sightings, Turn, turn_of
from huifeng_desktop.ui.camera.extra import BROKEN_WORDS, INSTALL_WORDS, is_installed
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.theme import Tone

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QVideoFrame

    from huifeng_desktop.ui.camera.cameras import Cameras
    from huifeng_desktop.ui.camera.decoder import Decoder, Sight

CHOICE = "camera"
"""The setting that remembers which camera was used last."""
PATIENCE_MS = 5000
_AIM = "把证件上的码对着摄像头，\n离二十到四十厘米。"
_OPENING = "正在打开摄像头…"
_DARK = "摄像头没有画面，可能正被别的程序占用，或盖着镜头。"
_UNREADABLE = "这个摄像头的画面读不了，请换一个。"
_NONE_FOUND = "没有找到摄像头；插上以后再打开一次。扫码枪、打字照常签到。"
_OVER = "签到已经结束，不用再开摄像头；漏签的请按签到表补录。"
_FAILED = (
    "摄像头打不开：可能正被别的程序占用，或系统没有允许使用。关掉别的程序再打开一次；扫码枪、打字照常签到。"
)
_GONE = "摄像头拔掉了，已关闭；插好以后再打开一次。扫码枪、打字照常签到。"


class Scan(Protocol):
    """What the door does with the digits of a scan."""

    def __call__(self, digits: str) -> object: ...


def load_cameras(parent: QObject) -> Cameras:
    """The cameras of this machine; ImportError where the extra or what it stands on is missing."""
    from huifeng_desktop.ui.camera.cameras import Cameras

    return Cameras(parent)


def load_decoder(parent: QObject) -> Decoder:
    """A decoder with its thread; ImportError as above."""
    from huifeng_desktop.ui.camera.decoder import Decoder
    from huifeng_desktop.ui.camera.reader import ZxingReader

    return Decoder(ZxingReader(), parent)


class CameraLink(QObject):
    """Switches the camera on and off and carries what it sees to `scan`."""

    switched = Signal()

    def __init__(
        self,
        context: UiContext,
        block: CameraBlock,
        scan: Scan,
        parent: QObject,
        *,
        make_cameras: Callable[[QObject], Cameras] = load_cameras,
        make_decoder: Callable[[QObject], Decoder] = load_decoder,
    ) -> None:
        super().__init__(parent)
        self._context, self._block, self._scan = context, block, scan
        self._make_cameras, self._make_decoder = make_cameras, make_decoder
        self._cameras: Cameras | None = None
        self._decoder: Decoder | None = None
        self._ident, self._sightings = "", Sightings()
        self.is_offered = is_installed()
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._on_dark)
        block.chosen.connect(self._use)
        block.close_requested.connect(self.stop)

    def is_on(self) -> bool:
        """Whether the camera is looking."""
        return self._block.is_on()

    def is_wanted(self) -> bool:
        """Whether a switch for it makes sense: the extra is there, and the camera is off."""
        return self.is_offered and not self.is_on()

    def toggle(self) -> None:
        """On or off; where the extra is missing, how to come by it."""
        if self.is_on():
            self.stop()
        elif not self.is_offered:
            self._context.voice.say(INSTALL_WORDS, Tone.WARN)
        elif self._is_over():
            self._context.voice.say(_OVER, Tone.NEUTRAL)
        else:
            self._start()

    def stop(self) -> None:
        """Let the camera go; nothing of what it saw is left."""
        self._patience.stop()
        if self._cameras is not None:
            self._cameras.close()
        if self._decoder is not None:
            self._decoder.close()
            self._decoder.deleteLater()
            self._decoder = None
        self._block.show_off()
        self.switched.emit()

    def heed_end(self) -> None:
        """When nobody can sign in any more, nobody is looked at any more."""
        if self.is_on() and self._is_over():
            self.stop()

    def _is_over(self) -> bool:
        state = self._context.session.state
        return bool(state.adjourned_at or state.sealed or state.postponed)

    # -- the camera ----------------------------------------------------------------------------

    def _start(self) -> None:
        try:
            cameras = self._cameras or self._load()
            found = [(one.ident, one.name) for one in cameras.found()]
            if not found:
                self._context.voice.say(_NONE_FOUND, Tone.WARN)
                return
            self._decoder = self._make_decoder(self)
        except ImportError:
            self._context.voice.say(BROKEN_WORDS, Tone.WARN)
            return
        self._decoder.seen.connect(self._on_seen)
        last = str(self._context.settings.get(CHOICE, ""))
        idents = [ident for ident, _ in found]
        self._open(last if last in idents else idents[0])

    def _load(self) -> Cameras:
        cameras = self._cameras = self._make_cameras(self)
        cameras.changed.connect(self._on_changed)
        cameras.failed.connect(lambda: self._give_up(_FAILED))
        cameras.sink.videoFrameChanged.connect(self._on_frame)
        return cameras

    def _open(self, ident: str) -> None:
        assert self._cameras is not None
        self._ident = ident
        self._block.list_cameras([(one.ident, one.name) for one in self._cameras.found()], ident)
        self._block.show_on(self.tr(_OPENING))
        self._patience.start()
        self.switched.emit()
        self._cameras.open(ident)

    def _use(self, ident: str) -> None:
        """Another camera was picked, and is the one for the next time."""
        self._context.settings.put(CHOICE, ident)
        self._block.picture.show_picture(None)
        self._open(ident)

    def _on_changed(self) -> None:
        if not self.is_on() or self._cameras is None:
            return
        found = [(one.ident, one.name) for one in self._cameras.found()]
        if self._ident in dict(found):
            self._block.list_cameras(found, self._ident)
        else:
            self._give_up(_GONE)

    def _give_up(self, words: str) -> None:
        """Said once, however often the system complains."""
        if self.is_on():
            self.stop()
            self._context.voice.say(words, Tone.WARN)

    # -- what it sees --------------------------------------------------------------------------

    def _on_frame(self, frame: QVideoFrame) -> None:
        if self._decoder is not None:
            self._decoder.offer(frame)

    def _on_seen(self, sight: Sight) -> None:
        if not self.is_on():
            return
        self._patience.start()
        if sight.preview is None:
            self._block.show_on(self.tr(_UNREADABLE))
            return
        self._block.show_on(self.tr(_AIM))
        self._block.picture.show_picture(sight.preview)
        turn, text = turn_of(sight.codes)
        if turn is not Turn.NOBODY and self._sightings.is_new(text, self._context.session.now().mono):
            self._act(turn, text)

    def _on_dark(self) -> None:
        """Nothing came for a while; a picture that stands still would look like one that lives."""
        self._block.picture.show_picture(None)
        self._block.show_on(self.tr(_DARK))

    def _act(self, turn: Turn, text: str) -> None:
        voice = self._context.voice
        if turn is Turn.BADGE:
            self._scan(text)
        elif turn is Turn.SEVERAL:
            voice.greet(self.tr("一次只照一张证件"), self.tr("画面里有两张证件，都没有签"), Tone.WARN)
        else:
            voice.greet(self.tr("不是本次会议的证件"), self.tr("这个码不是证件码，请出示会议证件"), Tone.OVER)
