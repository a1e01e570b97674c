"""Messages that do not stop the work: the one-line strip and the large sign-in answer."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from huifeng_desktop.ui import theme
from huifeng_desktop.ui.kit.buttons import KeyButton
from huifeng_desktop.ui.kit.labels import ElidedLabel
from huifeng_desktop.ui.kit.marks import Mark, draw_mark
from huifeng_desktop.ui.theme import Tone

TONE_MARKS = {
    Tone.OK: Mark.CHECK,
    Tone.NEUTRAL: Mark.DOT,
    Tone.PLAIN: Mark.DOT,
    Tone.WARN: Mark.TRIANGLE,
    Tone.OVER: Mark.SQUARE,
}
NOTICE_HEIGHT = 38


class Notice(QFrame):
    """A strip with one sentence and at most one action; hidden while there is nothing to say."""

    action_requested = Signal()
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = Tone.NEUTRAL
        self._label = ElidedLabel(parent=self)
        self._label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._action = KeyButton("", height=28, size=13, parent=self)
        self._close = KeyButton(self.tr("知道了"), height=28, size=13, parent=self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(36, 4, 6, 4)
        layout.setSpacing(theme.SPACE_2)
        layout.addWidget(self._label, 1)
        layout.addWidget(self._action)
        layout.addWidget(self._close)
        self.setFixedHeight(NOTICE_HEIGHT)
        self._action.clicked.connect(self.action_requested)
        self._close.clicked.connect(self.clear)
        self.hide()

    def text(self) -> str:
        """The whole sentence."""
        return self._label.full_text()

    def show_message(self, text: str, tone: Tone = Tone.NEUTRAL, action: str = "") -> None:
        """Say one sentence; `action` names what the button does, if there is something to do."""
        self._tone = tone
        self._label.set_full_text(text)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self.setAccessibleName(text)
        self.show()
        self.update()

    def clear(self) -> None:
        """Say nothing more."""
        if not self.isHidden():
            self.hide()
            self._label.set_full_text("")
            self.dismissed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Soft ground, an edge and a mark of the tone."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = theme.tone_ink(self._tone)
        edge = QColor(ink)
        edge.setAlphaF(0.35)
        painter.setPen(QPen(edge, 1))
        painter.setBrush(theme.tone_soft(self._tone))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        draw_mark(painter, TONE_MARKS[self._tone], QRectF(13, self.height() / 2 - 6, 12, 12), ink)


class Toast(QFrame):
    """The answer to a sign-in in type that can be read standing; it goes by itself.

    It floats at the bottom of its parent, takes no focus, and a click removes it.
    """

    def __init__(self, parent: QWidget, *, height: int = 92) -> None:
        super().__init__(parent)
        self._room = parent
        self._title = self._detail = ""
        self._tone = Tone.OK
        self._title_font = theme.ui_font(26, bold=True)
        self._detail_font = theme.ui_font(theme.TEXT_BODY)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.setFixedHeight(height)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        parent.installEventFilter(self)

    def title(self) -> str:
        """The large line."""
        return self._title

    def detail(self) -> str:
        """The small line."""
        return self._detail

    def tone(self) -> Tone:
        """The tone of the last answer."""
        return self._tone

    def show_outcome(
        self, title: str, detail: str = "", tone: Tone = Tone.OK, duration_ms: int = 3000
    ) -> None:
        """Show an answer for `duration_ms`; a new one replaces the old."""
        self._title, self._detail, self._tone = title, detail, tone
        self.setAccessibleName(f"{title} {detail}")
        self._place()
        self.show()
        self.raise_()
        self.update()
        self._timer.start(duration_ms)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the bottom when the parent changes its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click is enough to be rid of it."""
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Full colour, white words, mark at the left."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.tone_ink(self._tone))
        painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        white = QColor(theme.CARD)
        draw_mark(painter, TONE_MARKS[self._tone], QRectF(18, self.height() / 2 - 14, 28, 28), white)
        painter.setPen(white)
        middle = self.height() / 2
        lines = [
            (self._title_font, self._title, middle + (0 if self._detail else 10)),
            (self._detail_font, self._detail, middle + 26),
        ]
        for font, text, base in lines:
            painter.setFont(font)
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, self.width() - 76)
            painter.drawText(62, round(base), shown)

    def _place(self) -> None:
        room = self._room.rect()
        self.setFixedWidth(max(120, room.width() - 2 * theme.SPACE_3))
        self.move(theme.SPACE_3, room.height() - self.height() - theme.SPACE_3)
