"""手机连得上吗: choose the network, see the address in large type, and see whether a telephone got through.

Not modal: the meeting goes on beside it. It shows what the door's block of phones tells it.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from huifeng_desktop.service.door.networks import NetworkAddress
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.action_button import ActionButton
from huifeng_desktop.ui.deskside.address_menu import ListAddresses
from huifeng_desktop.ui.deskside.code_picture import CodePicture
from huifeng_desktop.ui.during.phones.network_words import (
    FALLBACKS,
    Advice,
    firewall_advice,
    network_hint,
    network_name,
    what_to_try,
)
from huifeng_desktop.ui.kit.buttons import ButtonKind
from huifeng_desktop.ui.kit.choice import ChoiceCard
from huifeng_desktop.ui.kit.labels import Card, text_label
from huifeng_desktop.ui.kit.marks import Mark
from huifeng_desktop.ui.kit.tag import Tag
from huifeng_desktop.ui.theme import Tone

LOOPBACK = NetworkAddress("", "127.0.0.1")
_WIDTH, _CODE_SIDE, _LEFT = 820, 200, 340


class NetworkChoice(Card):
    """The networks of this machine, the best for telephones on top."""

    def __init__(self, list_addresses: ListAddresses, parent: QWidget) -> None:
        super().__init__(parent)
        self._list_addresses = list_addresses
        self._cards: list[tuple[ChoiceCard, NetworkAddress]] = []
        self._found: list[NetworkAddress] | None = None
        self._place = QVBoxLayout()
        self._place.setSpacing(theme.SPACE_2)
        self.none = text_label(self.tr("没有可用的网络：请连会议室网络，或打开本机热点。"), parent=self)
        self.none.setWordWrap(True)
        self.open_button = ActionButton("", kind=ButtonKind.PRIMARY, parent=self)
        self.stop_button = ActionButton(self.tr("停止手机签到"), parent=self)
        self.body.addWidget(text_label(self.tr("选会议室的网络"), size=16, bold=True, parent=self))
        self.body.addWidget(self.none)
        self.body.addLayout(self._place)
        self.body.addStretch(1)
        self.body.addSpacing(theme.SPACE_1)
        self.body.addWidget(self.open_button)
        self.body.addWidget(self.stop_button)
        self.setFixedWidth(_LEFT)

    def look(self, chosen: str = "") -> None:
        """Ask again which networks there are; `chosen` is the address to mark, the best one without."""
        found = [NetworkAddress(name, address) for name, address in self._list_addresses()]
        if found != self._found:
            self._show(found)
        if chosen or not any(card.isChecked() for card, _ in self._cards):
            self.choose(chosen or self._cards[0][1].address)

    def _show(self, found: list[NetworkAddress]) -> None:
        for card, _ in self._cards:
            card.hide()
            card.deleteLater()
        self._found = found
        self.none.setVisible(not found)
        self._cards = [(self._card(one), one) for one in (*found, LOOPBACK)]

    def choose(self, address: str) -> None:
        """Mark a network."""
        for card, one in self._cards:
            card.setChecked(one.address == address)

    def chosen(self) -> NetworkAddress:
        """The network that is marked."""
        return next((one for card, one in self._cards if card.isChecked()), self._cards[0][1])

    def cards(self) -> list[ChoiceCard]:
        """The networks from above to below."""
        return [card for card, _ in self._cards]

    def _card(self, one: NetworkAddress) -> ChoiceCard:
        if one == LOOPBACK:
            card = ChoiceCard(self.tr("仅本机试用"), "", self.tr("只有这台电脑打得开"), self)
        else:
            card = ChoiceCard(network_name(one), one.address, network_hint(one), self)
        self._place.addWidget(card)
        card.show()
        return card


class ReachCard(Card):
    """The address in large type with its code, and whether anybody got through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.address = text_label("", size=28, bold=True, parent=self)
        self.address.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.code = CodePicture(self)
        self.code.setFixedSize(QSize(_CODE_SIDE, _CODE_SIDE))
        self.state = Tag(size=15, parent=self)
        self.words = text_label("", size=13, tone="mute", parent=self)
        self.words.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_4)
        row.addWidget(self.code, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(text_label(self.tr("用一部手机试一下"), size=16, bold=True, parent=self))
        self.body.addWidget(self.address)
        self.body.addWidget(self.state, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addSpacing(theme.SPACE_1)
        self.body.addLayout(row)
        self.body.addStretch(1)

    def set_code(self, payload: str) -> None:
        """The code that leads there; "" while nothing does."""
        self.code.set_payload(payload)
        self.code.setVisible(bool(payload))

    def show_closed(self) -> None:
        """Nothing to reach yet."""
        self.address.hide()
        self.set_code("")
        self.state.set_state(self.tr("未开放"), Tone.NEUTRAL, Mark.RING)
        self.words.setText(self.tr("选好网络，按左边的按钮。开放之前，只有这台电脑自己连得上签到台。"))

    def show_open(self, address: str, visited: str, is_quiet: bool, is_trial: bool) -> None:
        """Open at `address`; `visited` says who got through, "" nobody yet."""
        self.address.setText(address)
        self.address.show()
        if is_trial:
            self.state.set_state(self.tr("仅本机试用"), Tone.NEUTRAL, Mark.DOT)
            self.words.setText(self.tr("手机连不上这个地址。正式签到前，请停止后改选会议室的网络。"))
        elif visited:
            self.state.set_state(visited, Tone.OK, Mark.CHECK)
            self.words.setText(self.tr("手机连得上。大屏上的码每 15 秒更换，扫大屏签到即可。"))
        elif is_quiet:
            self.state.set_state(self.tr("还没有设备打开过"), Tone.WARN, Mark.TRIANGLE)
            self.words.setText(self.tr("扫了码却打不开？按下面的次序试。"))
        else:
            self.state.set_state(self.tr("等第一部手机"), Tone.NEUTRAL, Mark.RING)
            self.words.setText(
                self.tr("用手机扫这个码，或在手机浏览器里输入上面的地址；打开了，这里会马上显示。")
            )


class AdviceCard(Card):
    """What to try, numbered; a command may be copied."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown: list[Advice] = []
        self._rows: list[QWidget] = []

    def show_advice(self, advice: Sequence[Advice]) -> None:
        """Show these, in this order."""
        if list(advice) == self._shown:
            return
        self._shown = list(advice)
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = [self._row(number, one) for number, one in enumerate(advice, 1)]
        for row in self._rows:
            self.body.addWidget(row)
            row.show()

    def words(self) -> str:
        """All of it as text."""
        return "\n".join(f"{one.words}{one.command}" for one in self._shown)

    def _row(self, number: int, advice: Advice) -> QWidget:
        row = QWidget(self)
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_1)
        words = text_label(f"{number}. {advice.words}", size=13, parent=row)
        words.setWordWrap(True)
        column.addWidget(words)
        if advice.command:
            column.addLayout(self._command(advice.command, row))
        return row

    def _command(self, command: str, row: QWidget) -> QLayout:
        line = QHBoxLayout()
        label = text_label(command, size=13, bold=True, tone="neutral", parent=row)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setWordWrap(True)
        copy = ActionButton(self.tr("复制"), size=13, height=28, parent=row)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(command))
        line.setContentsMargins(18, 0, 0, 0)
        line.addWidget(label, 1)
        line.addWidget(copy)
        return line


class NetworkDialog(QDialog):
    """The three cards, and always the way without telephones."""

    open_requested = Signal(str)
    """The address that was chosen."""
    close_requested = Signal()

    def __init__(self, list_addresses: ListAddresses, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("手机连得上吗"))
        self.choice, self.reach = NetworkChoice(list_addresses, self), ReachCard(self)
        self.advice = AdviceCard(self)
        self._is_open = False
        self.choice.open_button.clicked.connect(
            lambda: self.open_requested.emit(self.choice.chosen().address)
        )
        self.choice.stop_button.clicked.connect(self.close_requested)
        top = QHBoxLayout()
        top.setSpacing(theme.SPACE_3)
        top.addWidget(self.choice)
        top.addWidget(self.reach, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(theme.SPACE_3)
        layout.addLayout(top)
        layout.addWidget(self.advice)
        fallbacks = text_label(FALLBACKS, size=13, parent=self)
        fallbacks.setContentsMargins(theme.SPACE_4, 0, 0, 0)
        layout.addWidget(fallbacks)
        self.setFixedWidth(_WIDTH)
        self.choice.look()
        self.show_closed()

    def showEvent(self, event: QShowEvent) -> None:
        """Look which networks there are now."""
        super().showEvent(event)
        if not self._is_open:
            self.choice.look()

    def show_closed(self, is_opening: bool = False) -> None:
        """Phones are kept out, or about to be let in."""
        self._is_open = False
        self.reach.show_closed()
        self.advice.hide()
        self.choice.open_button.setEnabled(not is_opening)
        words = self.tr("正在开放…") if is_opening else self.tr("在这个网络开放")
        self.choice.open_button.set_words(words, "Return")
        self._show_buttons()

    def show_open(self, address: str, visited: str, is_quiet: bool) -> None:
        """Phones may come to `address` (host:port); `is_quiet`: nobody has for a while."""
        self._is_open = True
        host, _, port = address.rpartition(":")
        self.choice.look(host)
        network = self.choice.chosen()
        is_trial = network == LOOPBACK
        self.reach.show_open(address, visited, is_quiet, is_trial)
        firewall = firewall_advice(sys.platform, has_program, int(port))
        self.advice.show_advice(what_to_try(network, firewall))
        self.advice.setVisible(is_quiet and not visited and not is_trial)
        self._show_buttons()

    def set_code(self, payload: str) -> None:
        """The code that is projected now."""
        self.reach.set_code(payload if self._is_open else "")
        self._fit()

    def _show_buttons(self) -> None:
        """Another network is chosen only after phones have been stopped."""
        self.choice.open_button.setVisible(not self._is_open)
        self.choice.stop_button.setVisible(self._is_open)
        for card in self.choice.cards():
            card.setEnabled(not self._is_open)
        self._fit()

    def _fit(self) -> None:
        """As high as what is shown."""
        layout = self.layout()
        assert layout is not None
        for card in (self.choice, self.reach, self.advice):
            card.body.activate()
        layout.activate()
        self.resize(_WIDTH, layout.totalHeightForWidth(_WIDTH))


def has_program(name: str) -> bool:
    """Whether the system has a program, where ordinary users do not look for it either."""
    return shutil.which(name) is not None or shutil.which(name, path="/usr/sbin:/sbin") is not None
