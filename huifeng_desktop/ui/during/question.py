"""A question that does not stop the work: one sentence and its answers in a strip."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from huifeng_desktop.ui import theme
from huifeng_desktop.ui.kit.buttons import KeyButton
from huifeng_desktop.ui.kit.labels import ElidedLabel
from huifeng_desktop.ui.kit.marks import Mark, draw_mark
from huifeng_desktop.ui.theme import Tone


@dataclass(frozen=True, slots=True)
class Answer:
    """One button; `act` None only closes the strip."""

    text: str
    act: Callable[[], object] | None = None


def _always() -> bool:
    return True


class QuestionStrip(QFrame):
    """Hidden while nothing is asked; a new question replaces the old one. Esc answers nothing.

    What has been answered by events, at a tablet or another desk, is not asked any longer: `look` finds out.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = ElidedLabel(parent=self)
        self._label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(36, 4, 6, 4)
        self._layout.setSpacing(theme.SPACE_2)
        self._layout.addWidget(self._label, 1)
        self._buttons: list[KeyButton] = []
        self._stands: Callable[[], bool] = _always
        self.setFixedHeight(40)
        self.hide()

    def text(self) -> str:
        """The question being asked, or nothing."""
        return "" if self.isHidden() else self._label.full_text()

    def buttons(self) -> list[KeyButton]:
        """The answers, in order."""
        return list(self._buttons)

    def ask(self, question: str, answers: Sequence[Answer], stands: Callable[[], bool] | None = None) -> None:
        """Ask; the strip closes with whichever answer is given, or when the question `stands` no more."""
        self._clear()
        self._stands = stands or _always
        self._label.set_full_text(question)
        self.setAccessibleName(question)
        for answer in answers:
            button = KeyButton(answer.text, height=30, size=13, parent=self)
            button.clicked.connect(lambda _=False, chosen=answer: self._on_answer(chosen))
            self._layout.addWidget(button)
            self._buttons.append(button)
        self.show()

    def look(self) -> None:
        """After a change of the meeting: ask nothing that has no sense any more."""
        if not self.isHidden() and not self._stands():
            self.close_question()

    def close_question(self) -> None:
        """Ask nothing more."""
        self._clear()
        self.hide()

    def _clear(self) -> None:
        for button in self._buttons:
            self._layout.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []

    def _on_answer(self, answer: Answer) -> None:
        self.close_question()
        if answer.act is not None:
            answer.act()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes without an answer."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_question()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Amber ground with a triangle: something waits."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.WARN_MARK), 1))
        painter.setBrush(theme.tone_soft(Tone.WARN))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        draw_mark(
            painter, Mark.TRIANGLE, QRectF(13, self.height() / 2 - 6, 12, 12), theme.tone_ink(Tone.WARN)
        )
