"""投影与签到: what is ready for the opening, and what is not; only what is known is said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from huifeng_desktop.domain.people import Category
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.before.frame import PanelFoot
from huifeng_desktop.ui.before.panel import Panel
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.kit.labels import separator, text_label
from huifeng_desktop.ui.kit.marks import Mark
from huifeng_desktop.ui.kit.tag import Tag
from huifeng_desktop.ui.theme import Tone


@dataclass(frozen=True, slots=True)
class ScreenSize:
    """A screen as its driver names it, in pixels."""

    name: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class DeskWord:
    """What is known about the sign-in desk; `sentence` is a finished one."""

    sentence: str = "现在只有本机能连签到台；要用手机签到，请到“会中”选好网卡再开放。"
    is_open: bool = False

    @classmethod
    def of(cls, url: str) -> DeskWord:
        """The word on a desk that listens at `url`; "" for one that does not."""
        host = urlsplit(url).hostname
        if host is None:
            return cls()
        if ip_address(host).is_loopback:
            return cls("签到台已打开，只供本机试用；要用手机签到，请在“会中”选会议室的网络重新开放。")
        return cls(f"手机签到已开放，地址 {url.removeprefix('http://')}，扫大屏上的码即可。", is_open=True)


def connected_screens() -> list[ScreenSize]:
    """Every screen there is now, the operator's first."""
    screens = QGuiApplication.screens()
    return [ScreenSize(one.name(), one.size().width(), one.size().height()) for one in screens]


class CheckItem(QWidget):
    """A heading, a sentence, and a tag that says how it stands."""

    def __init__(self, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tag = Tag(parent=self)
        self._sentence = text_label(tone="mute", parent=self)
        self._sentence.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(text_label(heading, bold=True, parent=self))
        words.addWidget(self._sentence)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 14, 24, 14)
        layout.setSpacing(theme.SPACE_4)
        layout.addLayout(words, 1)
        layout.addWidget(self.tag)

    def say(self, sentence: str, tag: str, tone: Tone, mark: Mark) -> None:
        """How it stands."""
        self._sentence.setText(sentence)
        self.tag.set_state(tag, tone, mark)


class ReadyPanel(Panel):
    """A short list to look through before people come."""

    def __init__(
        self,
        context: UiContext,
        screens: Callable[[], Sequence[ScreenSize]] = connected_screens,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, "投影与签到", parent)
        self._screens = screens
        self._desk = DeskWord()
        self.items = {
            name: CheckItem(name, self) for name in ("投影", "签到台", "扫码枪与证件", "名单与议程")
        }
        for item in self.items.values():
            self.body.addWidget(item)
            self.body.addWidget(separator(self))
        self.body.addStretch(1)
        self.foot = PanelFoot(self)
        self.body.addWidget(self.foot)

    def set_desk(self, desk: DeskWord) -> None:
        """What the window knows about the desk."""
        self._desk = desk
        self.refresh()

    def show_state(self) -> None:
        """Look again at screens, desk, badges and lists."""
        self.head.set_words("投影与签到", "开会前看一遍")
        self._show_screens()
        self._show_desk()
        self._show_badges()
        self._show_lists()
        self.foot.say("彩排用示例会议走完全程，不动本次会议的记录。")

    def _show_screens(self) -> None:
        screens = self._screens()
        if len(screens) > 1:
            second = screens[1]
            size = f"{second.width}×{second.height}"
            words = f"第二块屏幕是 {second.name}（{size}），进入会中打开投影后，签到码和发言计时显示在那里。"
            self.items["投影"].say(words, f"{len(screens)} 块屏幕", Tone.OK, Mark.CHECK)
        else:
            words = "只有这一块屏幕。请接上投影仪并设为“扩展”；没有投影仪时，计时画面在单独的窗口里显示。"
            self.items["投影"].say(words, "未接投影", Tone.WARN, Mark.TRIANGLE)

    def _show_desk(self) -> None:
        state = ("已开放", Tone.OK, Mark.CHECK) if self._desk.is_open else ("未开放", Tone.NEUTRAL, Mark.RING)
        self.items["签到台"].say(self._desk.sentence, *state)

    def _show_badges(self) -> None:
        count = sum(bool(seat.badge) for seat in self.context.session.state.seats)
        if count:
            words = f"{count} 席已编证号，在“名单”里按“显示证号”查看；扫码枪当键盘用，插上即可。"
            self.items["扫码枪与证件"].say(words, "已编号", Tone.OK, Mark.CHECK)
        else:
            self.items["扫码枪与证件"].say("名单存入后自动编号。", "待名单", Tone.NEUTRAL, Mark.RING)

    def _show_lists(self) -> None:
        state = self.context.session.state
        vacant = sum(seat.category is Category.VACANT for seat in state.seats)
        expected = sum(seat.category.is_expected for seat in state.seats)
        words = f"应到 {expected} 席，空缺 {vacant} 席不计；议程 {len(state.items)} 项。"
        ready = bool(state.seats and state.items)
        missing = "缺名单" if not state.seats else "缺议程"
        tag = ("已备好", Tone.OK, Mark.CHECK) if ready else (missing, Tone.WARN, Mark.TRIANGLE)
        self.items["名单与议程"].say(words, *tag)
