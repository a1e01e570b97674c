"""The numbered steps of 会前: what is done, what waits, and which page is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from huifeng_desktop.ui import theme
from huifeng_desktop.ui.kit.marks import Mark, draw_mark
from huifeng_desktop.ui.theme import Tone


class StepState(StrEnum):
    """How far a step is."""

    TODO = "todo"
    """Not done: its number in a ring."""
    DONE = "done"
    """Done: a check."""
    ATTENTION = "attention"
    """Done in part, something wants a look: a triangle."""


HEIGHT, LOWEST = 66, 48
"""A row of the mock-up, and one where a desktop enlarged by half leaves 720 lines."""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the list."""

    title: str
    subtitle: str = ""
    state: StepState = StepState.TODO


class StepRow(QAbstractButton):
    """One step; checked while its page is open."""

    def __init__(self, number: int, step: Step, parent: QWidget) -> None:
        super().__init__(parent)
        self._number = number
        self._step = step
        self.setCheckable(True)
        self.setMinimumHeight(LOWEST)
        self.setMaximumHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.toggled.connect(self._on_toggled)
        self.set_step(step)

    def step(self) -> Step:
        """What the row shows."""
        return self._step

    def set_step(self, step: Step) -> None:
        """Show another state of the step."""
        self._step = step
        self.setText(step.title)
        self.setAccessibleDescription(step.subtitle)
        self.update()

    def sizeHint(self) -> QSize:
        """The row of the mock-up."""
        return QSize(260, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, circle, two lines, hairline."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked() or self.underMouse():
            painter.fillRect(self.rect(), QColor(theme.ACCENT_SOFT if self.isChecked() else theme.PAPER))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(theme.LINE_SOFT))
        if self.isChecked():
            painter.fillRect(0, 0, 3, self.height(), QColor(theme.ACCENT))
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.ACCENT), 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(5.5, 3.5, -3.5, -4.5), 4, 4)
        self._paint_circle(painter, QRectF(14, (self.height() - 26) / 2, 26, 26))
        self._paint_words(painter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys walk along the list; the list does it."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _on_toggled(self, chosen: bool) -> None:
        """The list is one stop of the tab key: its open step."""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if chosen else Qt.FocusPolicy.NoFocus)

    def _paint_circle(self, painter: QPainter, box: QRectF) -> None:
        done, attention = self._step.state is StepState.DONE, self._step.state is StepState.ATTENTION
        tone = Tone.OK if done else Tone.WARN if attention else Tone.NEUTRAL
        current = self.isChecked() and not done and not attention
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.ACCENT) if current else theme.tone_soft(tone))
        if not current and self._step.state is StepState.TODO:
            painter.setPen(QPen(QColor("#b9b6ad"), 1.5))
            painter.setBrush(QColor(theme.CARD))
            box = box.adjusted(0.75, 0.75, -0.75, -0.75)
        painter.drawEllipse(box)
        if done or attention:
            mark = Mark.CHECK if done else Mark.TRIANGLE
            draw_mark(painter, mark, box.adjusted(7.5, 7, -7.5, -8), theme.tone_ink(tone))
            return
        painter.setFont(theme.sized(self.font(), theme.TEXT_BODY, bold=True))
        painter.setPen(QColor(theme.CARD if current else theme.MUTE))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(self._number))

    def _paint_words(self, painter: QPainter) -> None:
        room = self.width() - 52 - 12
        lower = (HEIGHT - self.height()) // 2
        for font, colour, text, base in (
            (theme.sized(self.font(), theme.TEXT_BODY, bold=True), theme.INK, self._step.title, 29),
            (theme.sized(self.font(), theme.TEXT_SMALL), theme.MUTE, self._step.subtitle, 49),
        ):
            painter.setFont(font)
            painter.setPen(QColor(colour))
            painter.drawText(
                52, base - lower, painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
            )


class StepList(QWidget):
    """The steps under each other; a click, ↑ and ↓ open one."""

    step_selected = Signal(int)

    def __init__(self, steps: Sequence[Step] = (), *, index: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(1, 1, 1, 0)
        self._layout.setSpacing(0)
        self._group = QButtonGroup(self)
        for place, step in enumerate(steps):
            row = StepRow(place + 1, step, self)
            self._group.addButton(row, place)
            self._layout.addWidget(row)
        if steps:
            self.set_index(index)
        self._group.idToggled.connect(self._on_toggled)

    def index(self) -> int:
        """The open step, from 0."""
        return self._group.checkedId()

    def set_index(self, index: int) -> None:
        """Open a step; `step_selected` follows if that is a change."""
        self._group.button(index).setChecked(True)

    def row(self, index: int) -> StepRow:
        """One row."""
        row = self._group.button(index)
        assert isinstance(row, StepRow)
        return row

    def set_step(self, index: int, step: Step) -> None:
        """Show another state of one step."""
        self.row(index).set_step(step)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """↑ and ↓ that the rows did not take."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        target = self.index() + (step or 0)
        if step is None or not 0 <= target < len(self._group.buttons()):
            super().keyPressEvent(event)
            return
        self.set_index(target)
        self.row(target).setFocus(Qt.FocusReason.TabFocusReason)

    def _on_toggled(self, index: int, checked: bool) -> None:
        if checked:
            self.step_selected.emit(index)
