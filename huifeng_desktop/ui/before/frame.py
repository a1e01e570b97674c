"""The head, the foot and the empty state that all panels of 会前 share. Layout only."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QMimeData, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from huifeng_desktop.errors import UserProblem
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.context import Voice
from huifeng_desktop.ui.kit.buttons import ButtonKind, KeyButton
from huifeng_desktop.ui.kit.labels import ElidedLabel, text_label
from huifeng_desktop.ui.kit.marks import Mark
from huifeng_desktop.ui.kit.tag import Tag
from huifeng_desktop.ui.theme import Tone

ResultT = TypeVar("ResultT")
SIDE = 14


def attempt(voice: Voice, action: Callable[[], ResultT]) -> ResultT | None:
    """What `action` returns; None when it met a problem the user can act on, which is then said."""
    try:
        return action()
    except UserProblem as problem:
        voice.say(str(problem), Tone.OVER)
        return None


def succeeds(voice: Voice, action: Callable[[], object]) -> bool:
    """Whether `action` went through; what stood against it is said."""
    return attempt(voice, lambda: (action(),)) is not None


def dropped_file(data: QMimeData) -> Path | None:
    """The one local file that is being dragged, if it is one."""
    urls = data.urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    return Path(urls[0].toLocalFile())


class PanelHead(QWidget):
    """Title, a grey remark, then tags and buttons at the right."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(56)
        self._title = text_label(title, size=16, bold=True, parent=self)
        self._detail = ElidedLabel(parent=self)
        self._detail.setProperty("tone", "mute")
        self._detail.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(SIDE, 0, SIDE, 0)
        self._layout.setSpacing(theme.SPACE_3)
        self._layout.addWidget(self._title)
        self._layout.addWidget(self._detail, 1)

    def add(self, widget: QWidget) -> None:
        """Put a tag or a button at the right end."""
        self._layout.addWidget(widget)

    def set_words(self, title: str, detail: str = "") -> None:
        """Title and remark."""
        self._title.setText(title)
        self._detail.set_full_text(detail)

    def words(self) -> str:
        """Title and remark as they stand."""
        return f"{self._title.text()}　{self._detail.full_text()}"


class PanelFoot(QWidget):
    """A remark at the left, buttons at the right, a hairline above."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(59)
        self.remark = ElidedLabel(parent=self)
        self.remark.setProperty("tone", "mute")
        self.remark.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(SIDE, 1, SIDE, 0)
        self._layout.setSpacing(SIDE)
        self._layout.addWidget(self.remark, 1)

    def add(self, widget: QWidget) -> None:
        """Put a button at the right end."""
        self._layout.addWidget(widget)

    def say(self, text: str, tone: Tone | None = None) -> None:
        """The remark, grey unless it has a tone."""
        self.remark.setProperty("tone", tone.value if tone else "mute")
        self.remark.style().unpolish(self.remark)
        self.remark.style().polish(self.remark)
        self.remark.set_full_text(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The hairline."""
        QPainter(self).fillRect(0, 0, self.width(), 1, QColor(theme.LINE))


class EmptyState(QWidget):
    """Where a file can be dropped: what to do, which columns are understood, what went wrong."""

    def __init__(self, title: str, help_text: str, columns: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_target = False
        self.choose = KeyButton(
            self.tr("选择文件…"), shortcut="Ctrl+O", kind=ButtonKind.PRIMARY, height=42, parent=self
        )
        self.paste = KeyButton(self.tr("粘贴表格"), shortcut="Ctrl+V", height=42, parent=self)
        self._problem = _centred(text_label(tone=Tone.OVER.value, parent=self))
        self._problem.hide()
        self.setFocusProxy(self.choose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(48, 48, 48, 48)
        layout.setSpacing(theme.SPACE_3)
        layout.addStretch(2)
        layout.addWidget(_centred(text_label(title, size=theme.TEXT_LEAD, bold=True, parent=self)))
        layout.addWidget(_centred(text_label(help_text, tone="mute", parent=self)))
        layout.addSpacing(theme.SPACE_2)
        layout.addLayout(self._buttons())
        layout.addSpacing(theme.SPACE_2)
        layout.addWidget(_centred(text_label(columns, size=13, tone="mute", parent=self)))
        layout.addWidget(self._problem)
        layout.addStretch(3)

    def say(self, problem: str) -> None:
        """Say what was wrong with the last file; "" takes it back."""
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))

    def problem(self) -> str:
        """The sentence about the last file, if any."""
        return self._problem.text()

    def set_target(self, is_target: bool) -> None:
        """Show that a dragged file would be taken."""
        self._is_target = is_target
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A dashed frame, stronger while a file is above it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = QColor(theme.ACCENT if self._is_target else theme.BORDER)
        painter.setPen(QPen(colour, 2 if self._is_target else 1, Qt.PenStyle.DashLine))
        painter.setBrush(QColor(theme.ACCENT_SOFT) if self._is_target else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(SIDE, SIDE, -SIDE, -SIDE), 8, 8)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_3)
        row.addStretch(1)
        row.addWidget(self.choose)
        row.addWidget(self.paste)
        row.addStretch(1)
        return row


class CheckTags(QWidget):
    """n 处须改, n 处请看, n 行无误."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE_3)
        self._over, self._warn, self._ok = Tag(parent=self), Tag(parent=self), Tag(parent=self)
        for tag in (self._over, self._warn, self._ok):
            layout.addWidget(tag)

    def set_counts(self, errors: int, doubts: int, clean: int) -> None:
        """Show the counts; a count of nothing wrong is not shown."""
        self._over.set_state(self.tr("%n 处须改", "", errors), Tone.OVER, Mark.SQUARE)
        self._warn.set_state(self.tr("%n 处请看", "", doubts), Tone.WARN, Mark.TRIANGLE)
        self._ok.set_state(self.tr("%n 行无误", "", clean), Tone.OK, Mark.CHECK)
        self._over.setVisible(errors > 0)
        self._warn.setVisible(doubts > 0)


def _centred(label: QLabel) -> QLabel:
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setWordWrap(True)
    return label
