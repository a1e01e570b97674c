"""Phones: whether they may sign in, at which address, and the code that leads there."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from huifeng_desktop.ui import theme
from huifeng_desktop.ui.action_button import ActionButton
from huifeng_desktop.ui.deskside.address_menu import ListAddresses
from huifeng_desktop.ui.deskside.code_picture import CodePicture
from huifeng_desktop.ui.kit.labels import ElidedLabel

if TYPE_CHECKING:
    from huifeng_desktop.ui.during.phones.network_dialog import NetworkDialog

PATIENCE_MS = 10_000
"""Nobody has got through for so long: time to say what to do about it."""


class PhoneState(StrEnum):
    """How far the opening has come."""

    CLOSED = "closed"
    OPENING = "opening"
    OPEN = "open"
    FAILED = "failed"


class PhoneBlock(QWidget):
    """One line while closed; code, words and the way to stop it while open.

    Which network is chosen, and what to do where nobody gets through, is said in `NetworkDialog`.
    """

    open_requested = Signal(str)
    """The address that was chosen."""
    close_requested = Signal()

    def __init__(self, list_addresses: ListAddresses, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list_addresses = list_addresses
        self._dialog: NetworkDialog | None = None
        self._state, self._address = PhoneState.CLOSED, ""
        self._visited, self._is_lost = "", False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._show)
        self.code = CodePicture(self)
        self.lines = [ElidedLabel(parent=self) for _ in range(3)]
        for label in self.lines:
            label.setFont(theme.ui_font(12))
            label.setProperty("tone", "mute")
        self.button = ActionButton("", "Ctrl+P", size=13, height=30, parent=self)
        self.button.clicked.connect(self._on_button)
        self.help = ActionButton(self.tr("连得上吗"), size=13, height=30, parent=self)
        self.help.clicked.connect(self.show_dialog)
        self._lay_out()
        self.show_state(PhoneState.CLOSED)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACE_1)
        buttons.addWidget(self.button)
        buttons.addWidget(self.help)
        buttons.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addStretch(1)
        for label in self.lines:
            column.addWidget(label)
        column.addLayout(buttons)
        column.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE_3)
        layout.addWidget(self.code)
        layout.addLayout(column, 1)

    def state(self) -> PhoneState:
        """How far the opening has come."""
        return self._state

    def show_state(self, state: PhoneState, address: str = "") -> None:
        """Closed, opening, or open at `address` (host:port); who got through before is forgotten."""
        is_new = state is not self._state
        self._state, self._address, self._is_lost = state, address, False
        if state is not PhoneState.OPEN:
            self.code.set_payload("")
        if is_new:
            self._visited = ""
            self._patience.start()
        self._show()

    def show_visitors(self, words: str) -> None:
        """Somebody got through."""
        self._visited = words
        self._show()

    def show_lost(self) -> None:
        """The network is gone; the address is kept, for it may come back."""
        self._is_lost = self._state is PhoneState.OPEN
        self._show()

    def set_code(self, payload: str) -> None:
        """The code that is projected now."""
        self.code.set_payload(payload if self._state is PhoneState.OPEN else "")
        if self._dialog is not None:
            self._dialog.set_code(payload)

    def show_dialog(self) -> NetworkDialog:
        """手机连得上吗, beside the work."""
        from huifeng_desktop.ui.during.phones.network_dialog import NetworkDialog

        if self._dialog is None:
            self._dialog = NetworkDialog(self._list_addresses, self.window())
            self._dialog.open_requested.connect(self.open_requested)
            self._dialog.close_requested.connect(self.close_requested)
            self._show()
            self._dialog.set_code(self.code.payload())
        self._dialog.show()
        self._dialog.raise_()
        self._dialog.activateWindow()
        return self._dialog

    def _show(self) -> None:
        """Say it in words; the code is seen only while it leads somewhere."""
        is_open = self._state is PhoneState.OPEN
        self.code.setVisible(is_open)
        for label, text in zip(self.lines, self._words(), strict=True):
            label.set_full_text(text)
            label.setVisible(bool(text))
        stop = self._state in (PhoneState.OPEN, PhoneState.OPENING)
        self.button.set_words(self.tr("停止手机签到") if stop else self.tr("开放手机签到…"))
        self.help.setVisible(is_open)
        if self._dialog is not None and is_open:
            is_quiet = self._is_lost or not self._patience.isActive()
            self._dialog.show_open(self._address, "" if self._is_lost else self._visited, is_quiet)
        elif self._dialog is not None:
            self._dialog.show_closed(is_opening=self._state is PhoneState.OPENING)

    def _words(self) -> tuple[str, str, str]:
        if self._state is PhoneState.OPEN and self._is_lost:
            return self.tr("会场网络断了"), self.tr("恢复后自动继续"), self.tr("地址 ") + self._address
        if self._state is PhoneState.OPEN:
            visited = self._visited or self.tr("还没有手机打开过")
            return self.tr("手机扫大屏上的码签到"), visited, self.tr("地址 ") + self._address
        words = {
            PhoneState.CLOSED: self.tr("手机签到未开放"),
            PhoneState.OPENING: self.tr("正在开放手机签到…"),
            PhoneState.FAILED: self.tr("手机签到没有开放"),
        }[self._state]
        return words, "", ""

    def _on_button(self) -> None:
        if self._state in (PhoneState.OPEN, PhoneState.OPENING):
            self.close_requested.emit()
        else:
            self.show_dialog()
