"""Planned against actual, item by item, as a picture that reads the same in black and white.

The time allowed is an outline, the time spoken a solid bar within it, what ran over is hatched and
carries its figure; nothing hangs on colour.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPen

from huifeng_desktop.rules.speaking import SpeakingRow
from huifeng_desktop.service.printed.charts import SPEECH_HEAD, SPEECH_ROW, SpeakingChart, figures
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.charts.kit import title

_BAR, _FIGURES, _EDGE = 16, 86, 12
_STEPS_MIN = (1, 2, 5, 10, 15, 30, 60, 120, 240)


def paint_speeches(painter: QPainter, chart: SpeakingChart, size: QSizeF) -> None:
    """Title, key, scale, and a bar for each item; what has neither limit nor time has no bar."""
    title(painter, chart.name)
    painter.setFont(theme.ui_font(theme.TEXT_SMALL))
    if chart.longest_s:
        _Drawing(painter, chart, size.width()).paint()


class _Drawing:
    def __init__(self, painter: QPainter, chart: SpeakingChart, width: float) -> None:
        self._painter, self._rows, self._longest = painter, chart.rows, chart.longest_s
        self._title = max(132, int(width * 0.3))
        self._left, self._right = _EDGE + self._title, width - _EDGE - _FIGURES
        self._scale = max(1.0, self._right - self._left) / self._longest

    def paint(self) -> None:
        """From the top to the bottom."""
        self._key()
        self._minutes()
        for place, row in enumerate(self._rows):
            self._row(row, SPEECH_HEAD + place * SPEECH_ROW)

    def _key(self) -> None:
        at = self._left
        for draw, word in ((_outline, "限时"), (_solid, "实际"), (_hatched, "超出")):
            draw(self._painter, QRectF(at, 9, 22, 12))
            self._painter.setPen(QColor(theme.INK))
            self._painter.drawText(QRectF(at + 27, 4, 40, 22), Qt.AlignmentFlag.AlignVCenter, word)
            at += 70

    def _minutes(self) -> None:
        """At most six of them, faint behind the bars."""
        painter, minutes = self._painter, max(1, self._longest // 60)
        step = next((one for one in _STEPS_MIN if minutes / one <= 6), _STEPS_MIN[-1])
        bottom = SPEECH_HEAD + SPEECH_ROW * len(self._rows)
        for minute in range(0, minutes + 1, step):
            x = round(self._left + minute * 60 * self._scale)
            painter.setPen(QPen(QColor(theme.LINE), 1))
            painter.drawLine(x, SPEECH_HEAD, x, bottom)
            painter.setPen(QColor(theme.MUTE))
            box = QRectF(x - 30, bottom + 2, 60, 20)
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, f"{minute} 分")

    def _row(self, row: SpeakingRow, top: int) -> None:
        painter, middle, left, scale = self._painter, Qt.AlignmentFlag.AlignVCenter, self._left, self._scale
        words = f"{row.seq}. {row.item.title}"
        title = QFontMetrics(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, self._title - 8)
        painter.setPen(QColor(theme.INK))
        painter.drawText(QRectF(_EDGE, top, self._title - 8, SPEECH_ROW), middle, title)
        y, allowed, spoken = top + (SPEECH_ROW - _BAR) / 2, row.allowed_s, row.spoken_s or 0
        within = spoken if allowed is None else min(spoken, allowed)
        _solid(painter, QRectF(left, y + 3, within * scale, _BAR - 6))
        if allowed is not None:
            _outline(painter, QRectF(left, y, max(0, allowed) * scale, _BAR))
        if spoken > within:
            _hatched(painter, QRectF(left + within * scale, y, (spoken - within) * scale, _BAR))
        painter.setPen(QColor(theme.INK))
        painter.drawText(QRectF(self._right + 8, top, _FIGURES, SPEECH_ROW), middle, figures(row))


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
