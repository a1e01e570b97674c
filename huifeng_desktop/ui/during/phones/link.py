"""Between the desk and the door's block of phones: opened, closed, reached, lost, over.

With 散会 everything that was opened to others is closed: what was handed out dies with the meeting. The
network that the secretary chose is kept until the desk is stopped in order: after a power cut at the door the
code is back by itself, after a program that was closed nothing is open.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from PySide6.QtCore import QObject

from huifeng_desktop.ui.attempt import attempt
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.deskside.address_menu import ListAddresses
from huifeng_desktop.ui.deskside.process import DeskProcess
from huifeng_desktop.ui.deskside.screens import DeskScreen
from huifeng_desktop.ui.during.phones.block import PhoneBlock, PhoneState
from huifeng_desktop.ui.during.phones.network_words import turn_words, visitors_words
from huifeng_desktop.ui.projection.director import StageDirector
from huifeng_desktop.ui.theme import Tone

_OWN = "127.0.0.1"


class PhonesLink(QObject):
    """Carries wishes to the desk and news back; the projected code follows."""

    def __init__(
        self,
        context: UiContext,
        desk: DeskProcess,
        director: StageDirector,
        block: PhoneBlock,
        list_addresses: ListAddresses,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._context, self._desk, self._director, self._block = context, desk, director, block
        self._list_addresses = list_addresses
        self._was_over = context.session.state.adjourned_at is not None
        block.open_requested.connect(self.open)
        block.close_requested.connect(self.close)
        desk.ready.connect(self._on_ready)
        desk.code_changed.connect(self._on_code)
        desk.failed.connect(self._on_failed)
        desk.stopped.connect(self._on_stopped)
        desk.restarted.connect(self._on_restarted)
        desk.visited.connect(self._on_visited)
        desk.network_turned.connect(self._on_network)

    def open(self, address: str) -> None:
        """开放手机签到 on one of this machine's addresses."""
        self._block.show_state(PhoneState.OPENING)
        self._desk.start(address)

    def close(self) -> None:
        """停止手机签到: nothing listens any more."""
        self._desk.stop()

    def restore(self) -> None:
        """After a crash or a power cut: open as it was, if the network chosen then is still there."""
        kept = self._context.settings.get(self._key)
        if not isinstance(kept, str) or self._was_over:
            return
        if kept != _OWN and kept not in (address for _, address in self._list_addresses()):
            self._keep(None)
            gone = f"上次手机签到用的网络（{kept}）现在没有了，请重新开放手机签到。"
            self._context.voice.say(gone, Tone.WARN)
            return
        self.open(kept)
        self._context.voice.say("手机签到仍按上次选的网络开放；不需要时按“停止手机签到”。", Tone.NEUTRAL)

    def _keep(self, address: str | None) -> None:
        """A desk says now and then that it is open; what is known already is not written again."""

        def put() -> None:
            if address != self._context.settings.get(self._key):
                self._context.settings.put(self._key, address)

        attempt(self._context.voice, put)

    @property
    def _key(self) -> str:
        return f"phones:{self._context.session.meeting_id}"

    def heed_end(self) -> None:
        """With 散会 keep everybody out; once, for the secretary may open again what she still needs."""
        is_over = self._context.session.state.adjourned_at is not None
        if is_over and not self._was_over:
            screens = [screen for screen in DeskScreen if self._desk.place(screen) is not None]
            for screen in screens:
                self._desk.close_screen(screen)
            if screens:
                self._context.voice.say("已散会，平板和遥控已关闭，原来的地址和 PIN 作废。", Tone.NEUTRAL)
        if is_over and self._block.state() is PhoneState.OPEN:
            self.close()
        self._was_over = is_over

    def _on_ready(self, *_: str) -> None:
        self._block.show_state(PhoneState.OPEN, self._address())
        self._keep(urlsplit(self._desk.url()).hostname)

    def _address(self) -> str:
        return self._desk.url().removeprefix("http://")

    def _on_code(self, payload: str) -> None:
        self._block.set_code(payload)
        self._director.set_code(payload)

    def _on_visited(self, count: int, at: str) -> None:
        self._block.show_visitors(visitors_words(count, at))

    def _on_network(self, turn: str, at: str) -> None:
        """Said once for each turn; a new address has been told before."""
        is_open = self._block.state() is PhoneState.OPEN
        if turn == "lost":
            self._block.show_lost()
        elif is_open:
            self._on_ready()
        tones = {"lost": Tone.OVER, "back": Tone.OK}
        if words := turn_words(turn, at, is_open):
            self._context.voice.say(words, tones.get(turn, Tone.WARN))

    def _on_failed(self, sentence: str) -> None:
        self._keep(None)
        self._block.show_state(PhoneState.FAILED)
        self._director.set_code("")
        self._context.voice.say(sentence, Tone.OVER)

    def _on_stopped(self) -> None:
        self._keep(None)
        self._block.show_state(PhoneState.CLOSED)
        self._director.set_code("")

    def _on_restarted(self) -> None:
        self._block.show_state(PhoneState.OPENING)
        self._director.set_code("")
        attempt(self._context.voice, lambda: self._context.session.catch_up(force=True))
        self._context.voice.say_while(
            "签到服务刚才中断，正在自动恢复；已签到的都在。",
            Tone.WARN,
            lambda: self._block.state() is PhoneState.OPENING,
        )
