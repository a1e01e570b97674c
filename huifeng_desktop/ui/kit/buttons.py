"""Buttons that name their key, and the segmented switch."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QShortcutEvent,
)
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from huifeng_desktop.ui import theme
from huifeng_desktop.ui.theme import Tone

_KEY_WORDS = {
    "Space": "空格",
    "Return": "Enter",
    "Enter": "Enter",
    "Backspace": "退格",
    "Left": "←",
    "Right": "→",
    "Up": "↑",
    "Down": "↓",
    "Esc": "Esc",
    "Del": "Del",
}
_GAP = 8
_HINT_PAD = 5


class ButtonKind(StrEnum):
    """How much weight a button has on its page."""

    PRIMARY = "primary"
    """The one next step."""
    NORMAL = "normal"
    """Any other action."""
    DANGER = "danger"
    """Something that is hard to take back."""


def key_words(sequence: QKeySequence) -> str:
    """The keys as printed on a keyboard, in Chinese where they have a word: "空格", "Ctrl Z"."""
    parts = sequence.toString(QKeySequence.SequenceFormat.PortableText).split("+")
    return " ".join(_KEY_WORDS.get(part, part) for part in parts if part)


class KeyButton(QPushButton):
    """A button with its key in a small box behind the words.

    `shortcut` both binds and shows the key; `hint` shows a key that is bound elsewhere.
    """

    def __init__(
        self,
        text: str,
        *,
        hint: str = "",
        shortcut: str | None = None,
        kind: ButtonKind = ButtonKind.NORMAL,
        size: int = theme.TEXT_BODY,
        height: int = 34,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._hint, self._kind, self._size = hint, kind, size
        self._left_aligned = False
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the cursor in the search box
        self.setFont(theme.ui_font(size, bold=kind is ButtonKind.PRIMARY))
        if shortcut:
            self.setShortcut(QKeySequence(shortcut))
            self._hint = hint or key_words(self.shortcut())

    def setText(self, text: str) -> None:
        """Other words, the same key: Qt by itself would take the shortcut away with the old words."""
        shortcut = self.shortcut()
        super().setText(text)
        self.setShortcut(shortcut)
        self.updateGeometry()

    def event(self, event: QEvent) -> bool:
        """A key acts at once: Qt would first show a pressed button for a tenth of a second."""
        if isinstance(event, QShortcutEvent) and not event.isAmbiguous() and self.isEnabled():
            self.click()
            return True
        return super().event(event)

    def hint(self) -> str:
        """The key shown behind the words, or nothing."""
        return self._hint

    def set_left_aligned(self, left: bool) -> None:
        """Words at the left edge, for a column of buttons."""
        self._left_aligned = left
        self.update()

    def sizeHint(self) -> QSize:
        """Words, key box and the padding of the mock-ups."""
        return QSize(self._content_width() + 26, self.height())

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return QSize(self._content_width() + 16, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, words, key box, and a ring for the keyboard focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill, border, ink = self._colours()
        if not self.isEnabled():
            painter.setOpacity(0.55)
        painter.setPen(QPen(border, 1))
        painter.setBrush(fill)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        if self.hasFocus():
            self._paint_focus(painter, ink)
        self._paint_content(painter, ink)

    def _paint_focus(self, painter: QPainter, ink: QColor) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._kind is ButtonKind.PRIMARY:
            painter.setPen(QPen(ink, 1.5))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(3, 3, -3, -3), 4, 4)
        else:
            painter.setPen(QPen(QColor(theme.ACCENT), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)

    def _paint_content(self, painter: QPainter, ink: QColor) -> None:
        font = self._text_font()
        text_width = QFontMetrics(font).horizontalAdvance(self.text())
        left = 13.0 if self._left_aligned else (self.width() - self._content_width()) / 2
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(
            QRectF(left, 0, text_width + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, self.text()
        )
        if self._hint:
            self._paint_hint(painter, left + text_width + _GAP, ink)

    def _paint_hint(self, painter: QPainter, left: float, ink: QColor) -> None:
        shade = QColor(ink)
        shade.setAlphaF(0.72)
        box = QRectF(round(left) + 0.5, round(self.height() / 2 - 9) + 0.5, self._hint_width() - 1, 17)
        painter.setPen(QPen(shade, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 3, 3)
        painter.setFont(theme.sized(self.font(), theme.TEXT_HINT))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._hint)

    def _colours(self) -> tuple[QColor, QColor, QColor]:
        pressed, hover = self.isDown() or self.isChecked(), self.underMouse() and self.isEnabled()
        if self._kind is ButtonKind.PRIMARY:
            fill = QColor(theme.ACCENT_DEEP if pressed or hover else theme.ACCENT)
            return fill, fill, QColor(theme.CARD)
        fill = QColor(theme.TROUGH if pressed else theme.PAPER if hover else theme.CARD)
        if self._kind is ButtonKind.DANGER:
            return (
                QColor(theme.OVER_SOFT) if pressed or hover else fill,
                QColor(theme.OVER),
                QColor(theme.OVER),
            )
        return fill, QColor(theme.BORDER), QColor(theme.INK)

    def _text_font(self) -> QFont:
        return theme.sized(self.font(), self._size, bold=self._kind is ButtonKind.PRIMARY)

    def _hint_width(self) -> int:
        metrics = QFontMetrics(theme.sized(self.font(), theme.TEXT_HINT))
        return metrics.horizontalAdvance(self._hint) + 2 * _HINT_PAD

    def _content_width(self) -> int:
        text_width = QFontMetrics(self._text_font()).horizontalAdvance(self.text())
        return text_width + (_GAP + self._hint_width() if self._hint else 0)


class SegmentButton(QPushButton):
    """One field of a `Segmented`; flat, painted by its place in the row."""

    def __init__(self, text: str, *, compact: bool, parent: QWidget) -> None:
        super().__init__(text, parent)
        self._row = parent
        self._compact = compact
        self._tone = Tone.PLAIN
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.toggled.connect(self._on_toggled)
        self.setFixedHeight(30 if compact else 34)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_tone(self, tone: Tone) -> None:
        """The colour of the words while the field is not chosen."""
        self._tone = tone
        self.update()

    def sizeHint(self) -> QSize:
        """Words and padding."""
        text_width = QFontMetrics(self._text_font(bold=True)).horizontalAdvance(self.text())
        return QSize(text_width + (24 if self._compact else 37), self.height())

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return QSize(self.sizeHint().width() - 12, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field's ground and words; the frame belongs to the row."""
        painter = QPainter(self)
        chosen = self.isChecked()
        if chosen or self.underMouse():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillPath(self._ground(), QColor(theme.ACCENT if chosen else theme.PAPER))
        painter.setFont(self._text_font(bold=chosen))
        painter.setPen(QColor(theme.CARD) if chosen else theme.tone_ink(self._tone))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.CARD if chosen else theme.ACCENT), 1.5))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(4, 4, -4, -4), 3, 3)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right walk along the row; the row does it."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _ground(self) -> QPainterPath:
        """The field, with the row's round corners at both ends."""
        row, field = QPainterPath(), QPainterPath()
        row.addRoundedRect(QRectF(self._row.rect()).translated(-self.pos().x(), -self.pos().y()), 6, 6)
        field.addRect(QRectF(self.rect()))
        return row.intersected(field)

    def _on_toggled(self, chosen: bool) -> None:
        """The row is one stop of the tab key: its chosen field."""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if chosen else Qt.FocusPolicy.NoFocus)

    def _text_font(self, *, bold: bool) -> QFont:
        return theme.sized(self.font(), 13 if self._compact else theme.TEXT_BODY, bold=bold)


class Segmented(QWidget):
    """A row of fields of which one is chosen; a click, ← and → change it."""

    index_changed = Signal(int)

    def __init__(
        self,
        texts: Sequence[str],
        *,
        index: int = 0,
        compact: bool = False,
        expanding: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        for place, text in enumerate(texts):
            button = SegmentButton(text, compact=compact, parent=self)
            self._group.addButton(button, place)
            layout.addWidget(button, 1 if expanding else 0)
        horizontal = QSizePolicy.Policy.Expanding if expanding else QSizePolicy.Policy.Fixed
        self.setSizePolicy(horizontal, QSizePolicy.Policy.Fixed)
        self.set_index(index)
        self._group.idToggled.connect(self._on_toggled)

    def index(self) -> int:
        """The chosen field, from 0."""
        return self._group.checkedId()

    def set_index(self, index: int) -> None:
        """Choose a field; `index_changed` follows if that is a change."""
        self._group.button(index).setChecked(True)

    def button(self, index: int) -> SegmentButton:
        """One field, to bind a shortcut or disable it."""
        button = self._group.button(index)
        assert isinstance(button, SegmentButton)
        return button

    def set_text(self, index: int, text: str, tone: Tone = Tone.PLAIN) -> None:
        """Other words in a field, as when a count changes."""
        self.button(index).setText(text)
        self.button(index).set_tone(tone)
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """← and → move the choice and the focus with it."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        target = min(max(self.index() + step, 0), len(self._group.buttons()) - 1)
        if self.button(target).isEnabled():
            self.set_index(target)
            self.button(target).setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The common frame behind the fields."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QPainterPath()
        frame.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.fillPath(frame, QColor(theme.CARD))
        painter.strokePath(frame, QPen(QColor(theme.BORDER), 1))

    def _on_toggled(self, index: int, checked: bool) -> None:
        if checked:
            self.index_changed.emit(index)
