"""A decision among few: cards with a title and the reason why, and the evidence they rest on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from huifeng_desktop.ui import theme
from huifeng_desktop.ui.kit.labels import text_label

_LEFT, _PAD, _WRAP = 39, 12, Qt.TextFlag.TextWordWrap


_OFF = 0.6
"""What cannot be chosen any more is still read: paler, not gone."""


class ChoiceCard(QAbstractButton):
    """One option: title, what follows from it, and a line of explanation.

    Cards with the same parent exclude each other; arrow keys walk, space chooses.
    """

    def __init__(
        self, title: str, aside: str = "", explanation: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setText(title)
        self._aside, self._explanation = aside, explanation
        self._title_font = theme.ui_font(bold=True)
        self._plain_font = theme.ui_font()
        self._small_font = theme.ui_font(theme.TEXT_SMALL)
        self.setAccessibleDescription(f"{aside} {explanation}".strip())
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def explanation(self) -> str:
        """The small line."""
        return self._explanation

    def heightForWidth(self, width: int) -> int:
        """One line, or more where the words wrap."""
        return self._head_height(width) + self._explanation_height(width) + 2 * _PAD - 4

    def sizeHint(self) -> QSize:
        """A comfortable width."""
        return QSize(360, self.heightForWidth(360))

    def minimumSizeHint(self) -> QSize:
        """Narrow is possible, the words wrap."""
        return QSize(180, 41)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame, radio, words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.isEnabled():
            painter.setOpacity(_OFF)
        chosen = self.isChecked()
        width = 2 if chosen or self.hasFocus() else 1
        painter.setPen(QPen(QColor(theme.ACCENT if chosen or self.hasFocus() else theme.BORDER), width))
        painter.setBrush(
            QColor(theme.ACCENT_SOFT if chosen else theme.PAPER if self.underMouse() else theme.CARD)
        )
        inset = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 8, 8)
        self._paint_radio(painter, QPointF(22, self.height() / 2))
        self._paint_words(painter)

    def _paint_radio(self, painter: QPainter, centre: QPointF) -> None:
        painter.setBrush(QColor(theme.CARD))
        painter.setPen(QPen(QColor(theme.ACCENT if self.isChecked() else theme.INK), 1.3))
        painter.drawEllipse(centre, 6.5, 6.5)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.ACCENT))
            painter.drawEllipse(centre, 3.6, 3.6)

    def _paint_words(self, painter: QPainter) -> None:
        room, top = self._room(self.width()), _PAD - 2
        painter.setPen(QColor(theme.INK))
        painter.setFont(self._title_font)
        title_width = painter.fontMetrics().horizontalAdvance(self.text()) + 14
        painter.drawText(QRect(_LEFT, top, room, 21), Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.setFont(self._plain_font)
        if self._head_height(self.width()) > 21:
            painter.drawText(
                QRect(_LEFT, top + 22, room, self._head_height(self.width()) - 22), _WRAP, self._aside
            )
        else:
            painter.drawText(
                QRect(_LEFT + title_width, top, room, 21), Qt.AlignmentFlag.AlignVCenter, self._aside
            )
        painter.setFont(self._small_font)
        painter.setPen(QColor(theme.MUTE))
        below = QRect(_LEFT, top + self._head_height(self.width()), room, self.height())
        painter.drawText(below, _WRAP, self._explanation)

    def _room(self, width: int) -> int:
        return width - _LEFT - _PAD

    def _head_height(self, width: int) -> int:
        title = QFontMetrics(self._title_font).horizontalAdvance(self.text())
        plain = QFontMetrics(self._plain_font)
        room = self._room(width)
        if not self._aside or title + 14 + plain.horizontalAdvance(self._aside) <= room:
            return 21
        return 22 + plain.boundingRect(QRect(0, 0, room, 1000), _WRAP, self._aside).height()

    def _explanation_height(self, width: int) -> int:
        if not self._explanation:
            return 0
        box = QRect(0, 0, self._room(width), 1000)
        return QFontMetrics(self._small_font).boundingRect(box, _WRAP, self._explanation).height()


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One fact: when ("14:36", "3 月 9 日", "—") and what."""

    when: str
    text: str


class EvidenceList(QWidget):
    """Facts in the order they happened, along a thin line."""

    def __init__(self, lines: Sequence[EvidenceLine] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(20, theme.SPACE_1, 0, theme.SPACE_1)
        self._grid.setHorizontalSpacing(theme.SPACE_3)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnMinimumWidth(0, 62)
        self._grid.setColumnStretch(1, 1)
        self._lines: tuple[EvidenceLine, ...] = ()
        self.set_lines(lines)

    def lines(self) -> tuple[EvidenceLine, ...]:
        """What is shown."""
        return self._lines

    def set_lines(self, lines: Sequence[EvidenceLine]) -> None:
        """Show these facts."""
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._lines = tuple(lines)
        for row, line in enumerate(self._lines):
            words = text_label(line.text, parent=self)
            words.setWordWrap(True)
            self._grid.addWidget(
                text_label(line.when, tone="mute", parent=self), row, 0, Qt.AlignmentFlag.AlignTop
            )
            self._grid.addWidget(words, row, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line along the facts."""
        if self._lines:
            painter = QPainter(self)
            painter.fillRect(4, 0, 2, self.height(), QColor(theme.LINE))
