"""到会率 over meetings as a line with dots and a dashed mean: it reads the same printed in black."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from huifeng_desktop.rules.totals import rate
from huifeng_desktop.service.printed.charts import TrendChart
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.charts.kit import nothing, title

_LEFT, _RIGHT, _TOP, _BOTTOM = 42, 16, 26, 26
_DOTS_AT_MOST = 60


def paint_trend(painter: QPainter, chart: TrendChart, size: QSizeF) -> None:
    """Title, axis, mean, line, dots, and the last figure; the axis begins at a round figure below."""
    title(painter, chart.name)
    if not chart.points:
        nothing(painter, size, "没有可画的会议")
        return
    _Drawing(painter, chart, size).paint()


class _Drawing:
    def __init__(self, painter: QPainter, chart: TrendChart, size: QSizeF) -> None:
        self._painter, self._points, self._low = painter, chart.points, chart.lowest
        self._plot = QRectF(_LEFT, _TOP, size.width() - _LEFT - _RIGHT, size.height() - _TOP - _BOTTOM)

    def paint(self) -> None:
        """Axis first, so that the line lies above it."""
        self._axis()
        self._mean()
        self._line()
        self._days()

    def _y(self, present: float, expected: float) -> float:
        share = 100 * present / expected
        return self._plot.bottom() - (share - self._low) / (100 - self._low) * self._plot.height()

    def _x(self, place: int) -> float:
        steps = max(1, len(self._points) - 1)
        share = place / steps if len(self._points) > 1 else 0.5
        return self._plot.left() + self._plot.width() * share

    def _axis(self) -> None:
        painter, low = self._painter, self._low
        painter.setFont(theme.ui_font(theme.TEXT_SMALL))
        for share in range(low, 101, 10 if low >= 50 else 25 if low % 25 == 0 else 20):
            y = self._y(share, 100)
            painter.setPen(QPen(QColor(theme.LINE), 1))
            painter.drawLine(QPointF(self._plot.left(), y), QPointF(self._plot.right(), y))
            painter.setPen(QColor(theme.MUTE))
            box = QRectF(0, y - 9, _LEFT - 6, 18)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{share}%")

    def _mean(self) -> None:
        painter, last = self._painter, self._points[-1]
        present, expected = (sum(one.present for one in self._points), sum(o.expected for o in self._points))
        y = self._y(present, expected)
        painter.setPen(QPen(QColor(theme.INK), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(self._plot.left(), y), QPointF(self._plot.right(), y))
        painter.setPen(QColor(theme.INK))
        words = f"- - 平均 {rate(present, expected)}　最近 {rate(last.present, last.expected)}"
        painter.drawText(QRectF(0, 2, self._plot.right(), 18), Qt.AlignmentFlag.AlignRight, words)

    def _line(self) -> None:
        painter = self._painter
        dots = [
            QPointF(self._x(place), self._y(one.present, one.expected))
            for place, one in enumerate(self._points)
        ]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.ACCENT), 1.8))
        painter.drawPolyline(QPolygonF(dots))
        painter.setBrush(QColor(theme.ACCENT))
        for dot in dots if len(dots) <= _DOTS_AT_MOST else dots[-1:]:
            painter.drawEllipse(dot, 2.6, 2.6)

    def _days(self) -> None:
        painter, plot = self._painter, self._plot
        painter.setPen(QColor(theme.MUTE))
        first, last = self._points[0].start, self._points[-1].start
        box = QRectF(plot.left() - 20, plot.bottom() + 5, plot.width() + 30, 18)
        is_one = len(self._points) == 1
        where = Qt.AlignmentFlag.AlignHCenter if is_one else Qt.AlignmentFlag.AlignLeft
        painter.drawText(box, where, f"{first.month} 月 {first.day} 日")
        if not is_one:
            painter.drawText(box, Qt.AlignmentFlag.AlignRight, f"{last.month} 月 {last.day} 日")
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, f"{len(self._points)} 次会议")
