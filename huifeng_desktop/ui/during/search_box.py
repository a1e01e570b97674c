"""The one box at the door: names, pinyin, units and scanned badges are all typed here.

An empty box leaves the timer's keys alone, so that 空格 goes on with the agenda while the cursor
stands here; with the first character everything belongs to the box.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

_TIMER_KEYS = frozenset(
    {
        Qt.Key.Key_Space,
        Qt.Key.Key_Equal,
        Qt.Key.Key_Minus,
        Qt.Key.Key_BracketLeft,
        Qt.Key.Key_BracketRight,
        Qt.Key.Key_End,
    }
)
_LONGEST = 40


class SearchBox(QLineEdit):
    """Emits what the hands do; what it means is the card's business."""

    entered = Signal()
    stepped = Signal(int)
    """−1 for ↑, 1 for ↓."""
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("find")
        self.setMaxLength(_LONGEST)
        self.setPlaceholderText(self.tr("姓名、拼音、单位，或直接扫码"))
        self.setAccessibleName(self.tr("签到查找"))

    def event(self, event: QEvent) -> bool:
        """While empty, the timer's keys are not ours."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.KeypadModifier,
            )
            if plain and not self.text().strip() and event.key() in _TIMER_KEYS:
                event.ignore()
                return False
            if event.matches(QKeySequence.StandardKey.Undo) and not self.text():
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Enter and Esc work the list below."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(-1 if key is Qt.Key.Key_Up else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif key is Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif not self.text() and key in _TIMER_KEYS:
            event.ignore()  # no name begins with a blank or a sign
        else:
            super().keyPressEvent(event)

    def type_text(self, text: str) -> None:
        """Take a character that was typed elsewhere on the page."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.end(False)
        self.insert(text)
