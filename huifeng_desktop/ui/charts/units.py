"""A bar for each unit: filled as far as it was there, hollow where somebody was missing."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from huifeng_desktop.rules.totals import rate
from huifeng_desktop.service.printed.charts import UNIT_ROW, UnitBar, UnitsChart
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.charts.kit import nothing, title

_FIGURES, _TOP = 104.0, 28.0


def paint_units(painter: QPainter, chart: UnitsChart, size: QSizeF) -> None:
    """Title and bars."""
    title(painter, chart.name)
    if not chart.bars:
        nothing(painter, size, "名单是空的")
        return
    painter.setFont(theme.ui_font(theme.TEXT_SMALL))
    for place, bar in enumerate(chart.bars):
        _paint_bar(painter, bar, _TOP + place * UNIT_ROW, size.width())


def _paint_bar(painter: QPainter, bar: UnitBar, top: float, width: float) -> None:
    name_width, middle = width * 0.36, Qt.AlignmentFlag.AlignVCenter
    name = painter.fontMetrics().elidedText(bar.unit, Qt.TextElideMode.ElideRight, int(name_width) - 10)
    painter.setPen(QColor(theme.INK))
    painter.drawText(QRectF(4, top, name_width, UNIT_ROW), middle, name)
    room = QRectF(name_width, top + 6, width - name_width - _FIGURES, UNIT_ROW - 12)
    filled = QRectF(room.topLeft(), room.size())
    filled.setWidth(room.width() * bar.present / bar.expected)
    painter.fillRect(filled, QColor(theme.ACCENT))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.INK), 1))
    painter.drawRect(room.adjusted(0.5, 0.5, -0.5, -0.5))
    words = f"{bar.present}/{bar.expected}　{rate(bar.present, bar.expected)}"
    painter.drawText(QRectF(room.right() + 8, top, _FIGURES - 8, UNIT_ROW), middle, words)
