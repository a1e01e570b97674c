"""While nothing can be stored: a bar that stays in view, and a look every few seconds whether it is over.

A dialog would stand in the way of the queue at the door, and a notice goes with the next message.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from huifeng_desktop.errors import StorageProblem
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.kit.buttons import KeyButton
from huifeng_desktop.ui.kit.marks import Mark, draw_mark
from huifeng_desktop.ui.theme import Tone

LOOK_MS = 3000


class StorageWatch(QObject):
    """`prove` writes something and takes it back, or raises the StorageProblem that an entry would meet."""

    changed = Signal(str)
    """What stands, in one sentence; "" as soon as entries can be stored again."""

    def __init__(self, prove: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._prove = prove
        self._standing = ""
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)

    def report(self, standing: str) -> None:
        """Something could not be stored, by the window or by its desk; "" asks to look whether it is over."""
        if standing:
            self._set(standing)
            self._timer.start()
        elif self._standing:
            self.look()

    def look(self) -> None:
        """Try to store something."""
        try:
            self._prove()
        except StorageProblem as problem:
            self._set(problem.standing)
        else:
            self._timer.stop()
            self._set("")

    def _set(self, standing: str) -> None:
        if standing != self._standing:
            self._standing = standing
            self.changed.emit(standing)


class TroubleBar(QFrame):
    """White words on red across the window, with a button to look at once."""

    look_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = QLabel(self)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setFont(theme.ui_font(theme.TEXT_BODY, bold=True))
        self._label.setStyleSheet(f"color: {theme.CARD}")
        self._label.setWordWrap(True)
        self.button = KeyButton(self.tr("现在再试"), height=30, size=13, parent=self)
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(44, 6, 16, 6)
        layout.setSpacing(theme.SPACE_3)
        layout.addWidget(self._label, 1)
        layout.addWidget(self.button)
        self.button.clicked.connect(self.look_requested)
        self.hide()

    def text(self) -> str:
        """The sentence that stands; "" while all is well."""
        return "" if self.isHidden() else self._label.text()

    def show_trouble(self, sentence: str) -> None:
        """Show it until it is over; "" hides the bar."""
        self._label.setText(sentence)
        self.setAccessibleName(sentence)
        self.setVisible(bool(sentence))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground, and the square that stands for trouble."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.tone_ink(Tone.OVER))
        draw_mark(painter, Mark.SQUARE, QRectF(18, self.height() / 2 - 7, 14, 14), QColor(theme.CARD))
