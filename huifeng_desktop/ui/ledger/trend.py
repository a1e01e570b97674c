"""到会率 over meetings as a line with dots and a dashed mean: it reads the same printed in black."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from huifeng_desktop.rules.ledger import TrendPoint
from huifeng_desktop.rules.totals import rate
from huifeng_desktop.ui import theme

_LEFT, _RIGHT, _TOP, _BOTTOM = 42, 16, 26, 26
_DOTS_AT_MOST = 60


class TrendPicture(QWidget):
    """Shares of 0–100 % over meetings, oldest at the left; the axis begins at a round figure below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: tuple[TrendPoint, ...] = ()
        self._title = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(150)

    def show_points(self, points: Sequence[TrendPoint], title: str) -> None:
        """Draw these meetings."""
        self._points, self._title = tuple(points), title
        self.setAccessibleName(title)
        self.setAccessibleDescription(
            "；".join(f"{one.start:%m-%d} {rate(one.present, one.expected)}" for one in points)
        )
        self.update()

    def sizeHint(self) -> QSize:
        """A low, wide picture."""
        return QSize(380, 190)

    def lowest(self) -> int:
        """Where the axis begins: the multiple of ten below the lowest share."""
        shares = [100 * one.present // one.expected for one in self._points]
        return max(0, min(90, min(shares, default=90) // 10 * 10))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Title, axis, mean, line, dots, and the last figure."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.ui_font(13, bold=True))
        painter.setPen(QColor(theme.INK))
        painter.drawText(QPointF(4, 16), self._title)
        if not self._points:
            painter.setFont(theme.ui_font(13))
            painter.setPen(QColor(theme.MUTE))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.tr("没有可画的会议"))
            return
        plot = QRectF(_LEFT, _TOP, self.width() - _LEFT - _RIGHT, self.height() - _TOP - _BOTTOM)
        self._paint_axis(painter, plot)
        self._paint_mean(painter, plot)
        self._paint_line(painter, plot)
        self._paint_days(painter, plot)

    def _y(self, plot: QRectF, present: float, expected: float) -> float:
        low = self.lowest()
        return plot.bottom() - (100 * present / expected - low) / (100 - low) * plot.height()

    def _x(self, plot: QRectF, place: int) -> float:
        steps = max(1, len(self._points) - 1)
        return plot.left() + plot.width() * (place / steps if len(self._points) > 1 else 0.5)

    def _paint_axis(self, painter: QPainter, plot: QRectF) -> None:
        painter.setFont(theme.ui_font(theme.TEXT_SMALL))
        low = self.lowest()
        for share in range(low, 101, 10 if low >= 50 else 25 if low % 25 == 0 else 20):
            y = self._y(plot, share, 100)
            painter.setPen(QPen(QColor(theme.LINE), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(QColor(theme.MUTE))
            box = QRectF(0, y - 9, _LEFT - 6, 18)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{share}%")

    def _paint_mean(self, painter: QPainter, plot: QRectF) -> None:
        present, expected = (sum(one.present for one in self._points), sum(o.expected for o in self._points))
        y = self._y(plot, present, expected)
        painter.setPen(QPen(QColor(theme.INK), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        painter.setPen(QColor(theme.INK))
        words = f"- - 平均 {rate(present, expected)}　最近 {self._last()}"
        painter.drawText(QRectF(0, 2, self.width() - _RIGHT, 18), Qt.AlignmentFlag.AlignRight, words)

    def _last(self) -> str:
        last = self._points[-1]
        return rate(last.present, last.expected)

    def _paint_line(self, painter: QPainter, plot: QRectF) -> None:
        dots = [
            QPointF(self._x(plot, place), self._y(plot, one.present, one.expected))
            for place, one in enumerate(self._points)
        ]
        painter.setPen(QPen(QColor(theme.ACCENT), 1.8))
        painter.drawPolyline(QPolygonF(dots))
        painter.setBrush(QColor(theme.ACCENT))
        for dot in dots if len(dots) <= _DOTS_AT_MOST else dots[-1:]:
            painter.drawEllipse(dot, 2.6, 2.6)

    def _paint_days(self, painter: QPainter, plot: QRectF) -> None:
        painter.setPen(QColor(theme.MUTE))
        first, last = self._points[0].start, self._points[-1].start
        box = QRectF(plot.left() - 20, plot.bottom() + 5, plot.width() + 30, 18)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft, f"{first.month} 月 {first.day} 日")
        if len(self._points) > 1:
            painter.drawText(box, Qt.AlignmentFlag.AlignRight, f"{last.month} 月 {last.day} 日")
            middle = f"{len(self._points)} 次会议"
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, middle)
