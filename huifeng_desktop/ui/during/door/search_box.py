"""The one box at the door: names, pinyin, units and scanned badges are all typed here.

The input method is off, so that letters are pinyin and no candidate list ever eats a scan; 汉 in the
box, or Ctrl 空格, turns it on for whoever types characters, until the next change.

An empty box leaves the timer's keys alone, so that 空格 goes on with the agenda while the cursor
stands here; with the first character everything belongs to the box.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from huifeng_desktop.ui import theme

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
_EDITING = frozenset({Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_V, Qt.Key.Key_X, Qt.Key.Key_Z})
"""With Ctrl. Every other letter is the window's, though a line edit would take Ctrl Y, on X11 also Ctrl E."""
_COMMAND_KEYS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
_LONGEST = 40
_SIGN_SIDE = 28


class InputSign(QAbstractButton):
    """拼 or 汉 in a small frame at the right edge of the box, filled while the input method is on."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedSize(_SIGN_SIDE, _SIGN_SIDE)
        self.setFont(theme.ui_font(theme.TEXT_BODY, bold=True))

    def show_state(self, on: bool) -> None:
        """Whether the input method is on."""
        self._on = on
        self.setText(self.tr("汉") if on else self.tr("拼"))
        self.setAccessibleName(self.tr("汉字输入") if on else self.tr("拼音字母输入"))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The character in its frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(theme.ACCENT if self._on else theme.BORDER))
        painter.setBrush(QColor(theme.ACCENT if self._on else theme.CARD))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.setPen(QColor(theme.CARD if self._on else theme.MUTE))
        painter.setFont(theme.sized(self.font(), theme.TEXT_BODY, bold=True))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


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
        self._switch = InputSign(self)
        self._switch.clicked.connect(lambda: self.set_characters(not self.takes_characters()))
        self.setTextMargins(0, 0, _SIGN_SIDE, 0)
        self.set_characters(False)

    def takes_characters(self) -> bool:
        """Whether the input method is on."""
        return self.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)

    def set_characters(self, on: bool) -> None:
        """Characters by the input method, or raw keys: pinyin, digits, scans."""
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on)
        hints = Qt.InputMethodHint.ImhNone if on else Qt.InputMethodHint.ImhLatinOnly
        self.setInputMethodHints(hints)
        self._switch.show_state(on)
        words = (
            self.tr("正在用输入法打汉字，点这里换回拼音字母")
            if on
            else self.tr("直接打拼音字母，点这里换成汉字")
        )
        self._switch.setToolTip(words + self.tr("　Ctrl 空格"))
        self.updateMicroFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sign keeps its place."""
        super().resizeEvent(event)
        self._switch.move(self.width() - _SIGN_SIDE - 10, (self.height() - _SIGN_SIDE) // 2)

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
            if _is_of_the_window(event):
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
        elif key is Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.set_characters(not self.takes_characters())
        elif not self.text() and key in _TIMER_KEYS:
            event.ignore()  # no name begins with a blank or a sign
        else:
            super().keyPressEvent(event)

    def type_text(self, text: str) -> None:
        """Take a character that was typed elsewhere on the page."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.end(False)
        self.insert(text)


def typed_text(event: QKeyEvent) -> str:
    """The character that a key writes; "" for blanks, commands and keys that write none."""
    text = event.text()
    return text if text.isprintable() and text.strip() and not event.modifiers() & _COMMAND_KEYS else ""


def _is_of_the_window(event: QKeyEvent) -> bool:
    """Ctrl with a letter by which nothing is edited."""
    letters = Qt.Key.Key_A <= event.key() <= Qt.Key.Key_Z
    only_ctrl = event.modifiers() == Qt.KeyboardModifier.ControlModifier
    return only_ctrl and letters and event.key() not in _EDITING
