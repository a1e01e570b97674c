"""Phones: whether they may sign in, at which address, and the code that leads there."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from huifeng_desktop.ui import theme
from huifeng_desktop.ui.action_button import ActionButton
from huifeng_desktop.ui.kit.labels import ElidedLabel
from huifeng_desktop.ui.stage.code import code_image

_CODE_SIDE = 110
_QUIET_CUT = 3
"""Modules of the quiet zone that the white card gives for free."""
ListAddresses = Callable[[], list[tuple[str, str]]]
"""Name of the network card and IPv4 address, the likeliest first."""


class PhoneState(StrEnum):
    """How far the opening has come."""

    CLOSED = "closed"
    OPENING = "opening"
    OPEN = "open"
    FAILED = "failed"


class CodePicture(QWidget):
    """The code in small, with whole pixels for each module."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._payload = ""
        self._image: QImage | None = None
        self.setFixedSize(QSize(_CODE_SIDE, _CODE_SIDE))
        self.setAccessibleName(self.tr("手机签到码"))

    def payload(self) -> str:
        """What the code says."""
        return self._payload

    def set_payload(self, payload: str) -> None:
        """Show another code, or none."""
        if payload != self._payload:
            self._payload = payload
            self._image = code_image(payload) if payload else None
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """White ground; whole pixels for each module, so that every edge is sharp."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.CARD))
        if self._image is None:
            return
        ratio, modules = self.devicePixelRatioF(), self._image.width() - 2 * _QUIET_CUT
        side = max(1, int(self.width() * ratio / modules)) * modules / ratio
        top = round((self.height() - side) / 2 * ratio) / ratio
        part = QRectF(_QUIET_CUT, _QUIET_CUT, modules, modules)
        painter.drawImage(QRectF(0, top, side, side), self._image, part)


class PhoneBlock(QWidget):
    """One line while closed; code, words and the way to stop it while open."""

    open_requested = Signal(str)
    """The address that was chosen."""
    close_requested = Signal()

    def __init__(self, list_addresses: ListAddresses, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list_addresses = list_addresses
        self._state = PhoneState.CLOSED
        self.code = CodePicture(self)
        self.lines = [ElidedLabel(parent=self) for _ in range(3)]
        for label in self.lines:
            label.setFont(theme.ui_font(12))
            label.setProperty("tone", "mute")
        self.button = ActionButton("", "Ctrl+P", size=13, height=30, parent=self)
        self.button.clicked.connect(self._on_button)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addStretch(1)
        for label in self.lines:
            column.addWidget(label)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE_3)
        layout.addWidget(self.code)
        layout.addLayout(column, 1)
        self.show_state(PhoneState.CLOSED)

    def state(self) -> PhoneState:
        """How far the opening has come."""
        return self._state

    def show_state(self, state: PhoneState, address: str = "") -> None:
        """Say it in words; the code is seen only while it leads somewhere."""
        self._state = state
        is_open = state is PhoneState.OPEN
        if not is_open:
            self.code.set_payload("")
        self.code.setVisible(is_open)
        words = {
            PhoneState.CLOSED: (self.tr("手机签到未开放"), "", ""),
            PhoneState.OPENING: (self.tr("正在开放手机签到…"), "", ""),
            PhoneState.OPEN: (self.tr("手机扫大屏上的码签到"), self.tr("已开放，每 15 秒更换"), address),
            PhoneState.FAILED: (self.tr("手机签到没有开放"), "", ""),
        }[state]
        for label, text in zip(self.lines, words, strict=True):
            label.set_full_text(text)
            label.setVisible(bool(text))
        stop = state in (PhoneState.OPEN, PhoneState.OPENING)
        self.button.set_words(self.tr("停止手机签到") if stop else self.tr("开放手机签到…"))

    def set_code(self, payload: str) -> None:
        """The code that is projected now."""
        self.code.set_payload(payload if self._state is PhoneState.OPEN else "")

    def address_menu(self) -> QMenu:
        """Which network the phones are in; this machine alone is offered for trying it out."""
        menu = QMenu(self)
        found = self._list_addresses()
        if not found:
            none = QAction(self.tr("没有可用的网络，请连接会议室网络，或改用键入、扫码"), menu)
            none.setEnabled(False)
            menu.addAction(none)
        for name, address in [*found, (self.tr("仅本机试用"), "127.0.0.1")]:
            action = QAction(f"{name}　{address}" if name else address, menu)
            action.triggered.connect(lambda _=False, chosen=address: self.open_requested.emit(chosen))
            menu.addAction(action)
        return menu

    def _on_button(self) -> None:
        if self._state in (PhoneState.OPEN, PhoneState.OPENING):
            self.close_requested.emit()
            return
        menu = self.address_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.button.mapToGlobal(QPoint(0, self.button.height() + 2)))
