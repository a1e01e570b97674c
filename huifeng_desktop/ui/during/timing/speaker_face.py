"""The item before the hall as the operator sees it: who, how long, how far, in what state."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from huifeng_desktop.domain.people import display_name
from huifeng_desktop.service.podium import TimerView
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.during.words import item_line, joined, state_of
from huifeng_desktop.ui.kit.bars import ProgressBar
from huifeng_desktop.ui.kit.labels import ElidedLabel
from huifeng_desktop.ui.kit.marks import Mark
from huifeng_desktop.ui.kit.tag import Tag
from huifeng_desktop.ui.projection.views import countdown_view, stage_phase
from huifeng_desktop.ui.stage.digits import digits_path
from huifeng_desktop.ui.stage.view import digits_text, progress
from huifeng_desktop.ui.theme import Tone

_TALLEST, _LEAST = 190, 64
"""Pixels: beyond, figures shout; below, they cannot be read standing."""


class Figures(QWidget):
    """The countdown, as large as the card allows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._tone = "", Tone.OK
        self._font = theme.ui_font()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(_LEAST)

    def text(self) -> str:
        """The figures as they stand there."""
        return self._text

    def tone(self) -> Tone:
        """Green, amber or red."""
        return self._tone

    def set_figures(self, text: str, tone: Tone) -> None:
        """Show others; nothing is painted again while they are the same."""
        if (text, tone) != (self._text, self._tone):
            self._text, self._tone = text, tone
            self.setAccessibleName(text)
            self.update()

    def sizeHint(self) -> QSize:
        """The mock-up's."""
        return QSize(300, 150)

    def paintEvent(self, event: QPaintEvent) -> None:
        """One path in the middle."""
        if not self._text:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = min(max(self.height() * 0.68, min(self.height() - 14, _LEAST + 26)), _TALLEST)
        box = QRectF(0, (self.height() - height) / 2, self.width(), height)
        painter.fillPath(digits_path(self._text, self._font, box), theme.tone_ink(self._tone))


class SpeakerFace(QWidget):
    """Heading, figures and bar; `show_timer` is cheap enough to be called ten times a second."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line, self.title, self.speaker = (ElidedLabel(parent=self) for _ in range(3))
        self.line.setProperty("tone", "mute")
        self.title.setFont(theme.ui_font(theme.TEXT_TITLE, bold=True))
        self.speaker.setFont(theme.ui_font(16))
        self.state = Tag(size=15, parent=self)
        self.figures = Figures(self)
        self.bar = ProgressBar(parent=self)
        kept = self.bar.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.bar.setSizePolicy(kept)
        self._post = ""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(self._make_head())
        layout.addWidget(self.figures, 1)
        layout.addWidget(self.bar)

    def _make_head(self) -> QGridLayout:
        head = QGridLayout()
        head.setVerticalSpacing(3)
        head.setHorizontalSpacing(theme.SPACE_3)
        head.addWidget(self.line, 0, 0)
        head.addWidget(self.title, 1, 0)
        head.addWidget(self.speaker, 2, 0, 1, 2)
        head.addWidget(self.state, 0, 1, 2, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head.setColumnStretch(0, 1)
        return head

    def set_post(self, post: str) -> None:
        """The speaker's post, which the agenda itself does not hold."""
        self._post = post

    def show_timer(self, timer: TimerView) -> None:
        """The item at this moment."""
        item, phase = timer.item, stage_phase(timer)
        view = countdown_view(timer, show_leader_overrun=True)
        word, tone, mark = state_of(phase, timer.amber_s)
        _set(self.line, item_line(timer))
        _set(self.title, item.title)
        _set(self.speaker, joined(item.unit, display_name(item.speaker), self._post))
        if self.state.text() != word:
            self.state.set_state(word, tone, mark)
        self.figures.set_figures(digits_text(view), _figure_tone(timer, tone))
        self.bar.show()
        allowed = timer.allowed_s
        amber = None if not allowed else 1 - timer.amber_s / allowed
        self.bar.set_progress(progress(view), amber, _figure_tone(timer, tone))

    def show_words(
        self, line: str, title: str, detail: str, figures: str, state: tuple[str, Tone, Mark]
    ) -> None:
        """Before the first item and after the last: the meeting itself, and a figure of its own."""
        _set(self.line, line)
        _set(self.title, title)
        _set(self.speaker, detail)
        if self.state.text() != state[0]:
            self.state.set_state(*state)
        self.figures.set_figures(figures, Tone.PLAIN if state[1] is Tone.NEUTRAL else state[1])
        self.bar.hide()


def _figure_tone(timer: TimerView, tone: Tone) -> Tone:
    """A pause keeps the colour of the time left; what waits is quiet."""
    if timer.phase.value == "idle":
        return Tone.PLAIN
    return {"normal": Tone.OK, "amber": Tone.WARN, "over": Tone.OVER}.get(timer.phase.value, tone)


def _set(label: ElidedLabel, text: str) -> None:
    if label.full_text() != text:
        label.set_full_text(text)
