"""到齐曲线: a stair of arrivals, with the notified start and the opening as dashed lines."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from huifeng_desktop.service.printed.charts import ArrivalChart
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.charts.kit import nothing, title

_LEFT, _RIGHT, _TOP, _BOTTOM = 40, 18, 44, 26


def paint_arrivals(painter: QPainter, chart: ArrivalChart, size: QSizeF) -> None:
    """Title, axis, stair and marks."""
    title(painter, "到齐曲线（应到的人，按签到时间）")
    if not chart.times or not chart.expected:
        nothing(painter, size, "还没有人签到")
        return
    _Drawing(painter, chart, size).paint()


class _Drawing:
    def __init__(self, painter: QPainter, chart: ArrivalChart, size: QSizeF) -> None:
        self._painter, self._chart = painter, chart
        self._plot = QRectF(_LEFT, _TOP, size.width() - _LEFT - _RIGHT, size.height() - _TOP - _BOTTOM)
        moments = [*chart.times, *(moment for moment, _ in chart.marks)]
        edge = timedelta(minutes=2)
        self._first, self._last = min(moments) - edge, max(moments) + edge

    def paint(self) -> None:
        """Axis first, so that the stair lies above it."""
        self._axis()
        self._marks()
        self._stair()

    def _x(self, moment: datetime) -> float:
        return self._plot.left() + self._plot.width() * ((moment - self._first) / (self._last - self._first))

    def _y(self, count: int) -> float:
        most = max(self._chart.expected, len(self._chart.times))
        return self._plot.bottom() - self._plot.height() * count / most

    def _axis(self) -> None:
        painter, plot, times = self._painter, self._plot, self._chart.times
        painter.setFont(theme.ui_font(theme.TEXT_SMALL))
        for count in sorted({0, self._chart.expected // 2, self._chart.expected}):
            y = self._y(count)
            painter.setPen(QPen(QColor(theme.LINE), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(QColor(theme.MUTE))
            box = QRectF(0, y - 9, _LEFT - 6, 18)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(count))
        box = QRectF(plot.left() - 16, plot.bottom() + 5, plot.width() + 28, 18)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft, f"最早 {times[0].astimezone():%H:%M}")
        painter.drawText(box, Qt.AlignmentFlag.AlignRight, f"最后 {times[-1].astimezone():%H:%M}")

    def _marks(self) -> None:
        painter, plot = self._painter, self._plot
        for place, (moment, word) in enumerate(self._chart.marks):
            x = self._x(moment)
            painter.setPen(QPen(QColor(theme.INK), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
            come = sum(one <= moment for one in self._chart.times)
            words = f"{word} {moment.astimezone():%H:%M} 已到 {come}"
            flag = Qt.AlignmentFlag.AlignLeft if place else Qt.AlignmentFlag.AlignRight
            left = x + 4 if place else x - 164
            painter.drawText(QRectF(left, plot.top() - 19, 160, 18), flag, words)

    def _stair(self) -> None:
        plot = self._plot
        points = [QPointF(plot.left(), self._y(0))]
        for count, moment in enumerate(self._chart.times, 1):
            x = self._x(moment)
            points += [QPointF(x, self._y(count - 1)), QPointF(x, self._y(count))]
        points.append(QPointF(plot.right(), self._y(len(self._chart.times))))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(QPen(QColor(theme.ACCENT), 2))
        self._painter.drawPolyline(QPolygonF(points))
