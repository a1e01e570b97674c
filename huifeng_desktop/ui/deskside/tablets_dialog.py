"""平板与遥控: the stage on a tablet before the speaker, and the secretary's telephone as a remote.

Both are closed until they are opened here, on an address that is chosen, and closed here at any time.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from huifeng_desktop.ui import theme
from huifeng_desktop.ui.action_button import ActionButton
from huifeng_desktop.ui.deskside.address_menu import ListAddresses, address_menu
from huifeng_desktop.ui.deskside.code_picture import CodePicture
from huifeng_desktop.ui.deskside.process import DeskProcess
from huifeng_desktop.ui.deskside.screens import DeskScreen
from huifeng_desktop.ui.kit.labels import Card, text_label

_CODE_SIDE = 148
_PIN_GROUP = 3


class ScreenCard(Card):
    """One screen: closed a sentence and a button, open the code, the address and the PIN."""

    def __init__(
        self,
        desk: DeskProcess,
        screen: DeskScreen,
        words: tuple[str, str, str],
        list_addresses: ListAddresses,
        parent: QWidget,
    ) -> None:
        super().__init__(parent, padding=18, spacing=theme.SPACE_2)
        self._desk, self._screen, self._words, self._list_addresses = desk, screen, words, list_addresses
        self._is_open = False
        self.code = CodePicture(self)
        self.code.setFixedSize(QSize(_CODE_SIDE, _CODE_SIDE))
        self.code.setAccessibleName(words[0])
        self.state = text_label("", size=13, tone="mute", parent=self)
        self.address = text_label("", size=15, bold=True, parent=self)
        self.address.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.pin = text_label("", size=26, bold=True, parent=self)
        self.advice = text_label("", size=13, tone="mute", parent=self)
        for label in (self.state, self.advice):
            label.setWordWrap(True)
        self.button = ActionButton("", "", size=13, parent=self)
        self.button.clicked.connect(self._on_button)
        self._lay_out()
        self.show_screen("", "")

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(5)
        column.addWidget(text_label(self._words[0], size=16, bold=True, parent=self))
        for label in (self.state, self.address, self.pin, self.advice):
            column.addWidget(label)
        column.addSpacing(theme.SPACE_2)
        column.addStretch(1)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout()
        row.setSpacing(18)
        row.addLayout(column, 1)
        row.addWidget(self.code, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)

    def is_open(self) -> bool:
        """Whether an address is shown."""
        return self._is_open

    def show_screen(self, url: str, pin: str) -> None:
        """Open at `url`, or closed."""
        self._is_open = bool(url)
        self.code.set_payload(url)
        self.code.setVisible(self._is_open)
        self.state.setText(self.tr("已打开，扫码或输入地址：") if url else self._words[1])
        self.address.setText(url.removeprefix("http://"))
        self.address.setVisible(self._is_open)
        self.pin.setText(f"PIN  {pin[:_PIN_GROUP]} {pin[_PIN_GROUP:]}")
        self.pin.setVisible(bool(pin))
        self.advice.setText(self._words[2])
        self.advice.setVisible(self._is_open)
        self.button.set_words(self.tr("关闭") if url else self.tr("打开…"))

    def address_menu(self) -> QMenu:
        """Which network the tablet or telephone is in."""
        return address_menu(
            self, self._list_addresses(), lambda chosen: self._desk.open_screen(self._screen, chosen)
        )

    def _on_button(self) -> None:
        if self._is_open:
            self._desk.close_screen(self._screen)
            self.show_screen("", "")
            return
        menu = self.address_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.button.mapToGlobal(QPoint(0, self.button.height() + 2)))


class TabletsDialog(QDialog):
    """Not modal: the meeting goes on beside it, and what is open stays open when it is closed."""

    def __init__(self, desk: DeskProcess, list_addresses: ListAddresses, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("平板与遥控"))
        stage = (
            self.tr("发言席平板"),
            self.tr("把大屏的画面放到发言人面前的平板上，只能看，不能操作。"),
            self.tr("请把平板的自动锁屏关掉；点一下屏幕可全屏。"),
        )
        remote = (
            self.tr("手机遥控"),
            self.tr("用自己的手机按开始、下一项、暂停、加减 1 分钟和铃。"),
            self.tr("PIN 只在这里显示，不要告诉别人；会场网络不可信时请不要打开。"),
        )
        self.cards = {
            DeskScreen.STAGE: ScreenCard(desk, DeskScreen.STAGE, stage, list_addresses, self),
            DeskScreen.REMOTE: ScreenCard(desk, DeskScreen.REMOTE, remote, list_addresses, self),
        }
        desk.screen_changed.connect(self._on_screen)
        desk.screen_closed.connect(lambda screen: self._on_screen(screen, "", ""))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(theme.SPACE_3)
        for screen, card in self.cards.items():
            card.show_screen(*desk.address(screen))
            card.setMinimumHeight(_CODE_SIDE + 36)
            layout.addWidget(card)
        self.setFixedWidth(560)

    def _on_screen(self, screen: DeskScreen, url: str, pin: str) -> None:
        self.cards[screen].show_screen(url, pin)
