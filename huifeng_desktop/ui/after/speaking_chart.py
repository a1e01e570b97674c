"""Planned against actual, item by item, as a picture that reads the same in black and white.

The time allowed is an outline, the time spoken a solid bar within it, what ran over is hatched and
carries its figure; nothing hangs on colour.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from huifeng_desktop.rules.speaking import SpeakingRow
from huifeng_desktop.ui import theme
from huifeng_desktop.wording import minutes_seconds

_ROW, _BAR, _TITLE, _FIGURES, _EDGE, _HEAD, _AXIS = 34, 16, 132, 86, 12, 30, 26
_STEPS_MIN = (1, 2, 5, 10, 15, 30, 60, 120, 240)


class SpeakingChart(QWidget):
    """As tall as the agenda; scroll it where there is less room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[SpeakingRow] = []
        self.setAccessibleName(self.tr("计划与实际对照图"))

    def set_rows(self, rows: Sequence[SpeakingRow]) -> None:
        """Draw these; what has neither limit nor time has no bar."""
        self._rows = list(rows)
        self.setFixedHeight(_HEAD + _ROW * len(self._rows) + _AXIS)
        self.setAccessibleDescription("；".join(_words(row) for row in self._rows))
        self.update()

    def sizeHint(self) -> QSize:
        """Wide enough to tell a minute from two."""
        return QSize(440, _HEAD + _ROW * max(1, len(self._rows)) + _AXIS)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Key, scale, and a bar for each item."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.CARD))
        painter.setFont(theme.ui_font(theme.TEXT_SMALL))
        longest = max((max(row.allowed_s or 0, row.spoken_s or 0) for row in self._rows), default=0)
        if not longest:
            return
        left, right = _EDGE + _TITLE, self.width() - _EDGE - _FIGURES
        scale = max(1, right - left) / longest
        self._draw_key(painter, left)
        self._draw_scale(painter, left, longest, scale)
        for place, row in enumerate(self._rows):
            self._draw_row(painter, row, left, right, _HEAD + place * _ROW, scale)

    def _draw_key(self, painter: QPainter, left: int) -> None:
        at = left
        for draw, word in ((_outline, "限时"), (_solid, "实际"), (_hatched, "超出")):
            draw(painter, QRectF(at, 9, 22, 12))
            painter.setPen(QColor(theme.INK))
            painter.drawText(QRectF(at + 27, 4, 40, 22), Qt.AlignmentFlag.AlignVCenter, word)
            at += 70

    def _draw_scale(self, painter: QPainter, left: int, longest: int, scale: float) -> None:
        """Minutes, at most six of them, faint behind the bars."""
        minutes = max(1, longest // 60)
        step = next((one for one in _STEPS_MIN if minutes / one <= 6), _STEPS_MIN[-1])
        bottom = _HEAD + _ROW * len(self._rows)
        for minute in range(0, minutes + 1, step):
            x = round(left + minute * 60 * scale)
            painter.setPen(QPen(QColor(theme.LINE), 1))
            painter.drawLine(x, _HEAD, x, bottom)
            painter.setPen(QColor(theme.MUTE))
            painter.drawText(
                QRectF(x - 30, bottom + 2, 60, 20), Qt.AlignmentFlag.AlignHCenter, f"{minute} 分"
            )

    def _draw_row(
        self, painter: QPainter, row: SpeakingRow, left: int, right: int, top: int, scale: float
    ) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        title = QFontMetrics(painter.font()).elidedText(
            f"{row.seq}. {row.item.title}", Qt.TextElideMode.ElideRight, _TITLE - 8
        )
        painter.setPen(QColor(theme.INK))
        painter.drawText(QRectF(_EDGE, top, _TITLE - 8, _ROW), middle, title)
        y, allowed, spoken = top + (_ROW - _BAR) / 2, row.allowed_s, row.spoken_s or 0
        within = spoken if allowed is None else min(spoken, allowed)
        _solid(painter, QRectF(left, y + 3, within * scale, _BAR - 6))
        if allowed is not None:
            _outline(painter, QRectF(left, y, max(0, allowed) * scale, _BAR))
        if spoken > within:
            _hatched(painter, QRectF(left + within * scale, y, (spoken - within) * scale, _BAR))
        painter.setPen(QColor(theme.INK))
        painter.drawText(QRectF(right + 8, top, _FIGURES, _ROW), middle, _figures(row))


def _outline(painter: QPainter, box: QRectF) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.INK), 1))
    painter.drawRect(box)


def _solid(painter: QPainter, box: QRectF) -> None:
    painter.fillRect(box, QColor(theme.ACCENT))


def _hatched(painter: QPainter, box: QRectF) -> None:
    painter.fillRect(box, QColor(theme.CARD))
    painter.setPen(QPen(QColor(theme.OVER), 1))
    painter.setBrush(QBrush(QColor(theme.OVER), Qt.BrushStyle.BDiagPattern))
    painter.drawRect(box)


def _figures(row: SpeakingRow) -> str:
    if row.spoken_s is None:
        return "—"
    over = f" +{minutes_seconds(row.over_s)}" if row.over_s else ""
    return f"{minutes_seconds(row.spoken_s)}{over}"


def _words(row: SpeakingRow) -> str:
    limit = minutes_seconds(row.allowed_s) or "不限"
    return f"{row.item.title} 限时 {limit} 实际 {_figures(row)}"
