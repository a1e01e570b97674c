"""The arrival curve: how many of those awaited had come at each minute, and when everybody was there."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from huifeng_desktop.service.door.arrivals import ArrivalCurve
from huifeng_desktop.ui import theme
from huifeng_desktop.wording import clock_time

_LEAST_SPAN = timedelta(minutes=30)
_EDGE_LEFT, _EDGE_RIGHT, _EDGE_TOP, _EDGE_FOOT = 34, 12, 8, 20


def curve_words(curve: ArrivalCurve) -> str:
    """14:12 到一半　14:26 到九成　14:31 到齐; what has not come yet is left out."""
    marks = ((50, "到一半"), (90, "到九成"), (100, "到齐"))
    reached = [(curve.reached(percent), word) for percent, word in marks]
    return "　".join(f"{clock_time(moment)} {word}" for moment, word in reached if moment is not None)


class ArrivalChart(QWidget):
    """Steps from the first arrival to now, the notified start as an upright line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._curve = ArrivalCurve((), 0)
        self._start = self._now = datetime.fromtimestamp(0).astimezone()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_curve(self, curve: ArrivalCurve, start: datetime, now: datetime) -> None:
        """Other figures."""
        self._curve, self._start, self._now = curve, start, now
        self.setAccessibleName(curve_words(curve) or self.tr("到会进度"))
        self.update()

    def sizeHint(self) -> QSize:
        """A strip."""
        return QSize(400, 104)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, full height for everybody, the start, the curve."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.ui_font(theme.TEXT_SMALL))
        room = QRectF(self.rect()).adjusted(_EDGE_LEFT, _EDGE_TOP, -_EDGE_RIGHT, -_EDGE_FOOT)
        self._paint_ground(painter, room)
        self._paint_start(painter, room)
        self._paint_curve(painter, room)

    def _span(self) -> tuple[datetime, datetime]:
        first = min((*self._curve.times[:1], self._start - _LEAST_SPAN))
        last = max((*self._curve.times[-1:], self._start))
        return first, last

    def _x(self, room: QRectF, moment: datetime) -> float:
        first, last = self._span()
        return room.left() + room.width() * ((moment - first) / (last - first))

    def _y(self, room: QRectF, count: int) -> float:
        return room.bottom() - room.height() * count / max(1, self._curve.awaited, len(self._curve.times))

    def _paint_ground(self, painter: QPainter, room: QRectF) -> None:
        painter.setPen(QPen(QColor(theme.LINE_SOFT), 1))
        for count in (0, self._curve.awaited):
            height = round(self._y(room, count)) + 0.5
            painter.drawLine(QPointF(room.left(), height), QPointF(room.right(), height))
        painter.setPen(QColor(theme.MUTE))
        label = QRectF(0, room.top() - 8, _EDGE_LEFT - 6, 16)
        painter.drawText(
            label, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(self._curve.awaited)
        )
        first, _ = self._span()
        foot = QRectF(room.left(), room.bottom() + 3, 60, 16)
        painter.drawText(foot, Qt.AlignmentFlag.AlignLeft, clock_time(first))

    def _paint_start(self, painter: QPainter, room: QRectF) -> None:
        """Named at its foot, so that the line does not stand for its colour alone."""
        place = round(self._x(room, self._start)) + 0.5
        painter.setPen(QPen(QColor(theme.WARN_MARK), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(place, room.top()), QPointF(place, room.bottom()))
        painter.setPen(QColor(theme.MUTE))
        words = f"{clock_time(self._start)} 开会"
        foot = QRectF(min(place - 50, room.right() - 100), room.bottom() + 3, 100, 16)
        side = Qt.AlignmentFlag.AlignRight if foot.left() < place - 50 else Qt.AlignmentFlag.AlignHCenter
        painter.drawText(foot, side, words)

    def _paint_curve(self, painter: QPainter, room: QRectF) -> None:
        if not self._curve.times:
            return
        steps = QPolygonF([QPointF(self._x(room, self._curve.times[0]), room.bottom())])
        for count, moment in enumerate(self._curve.times, 1):
            place = self._x(room, moment)
            steps.append(QPointF(place, self._y(room, count - 1)))
            steps.append(QPointF(place, self._y(room, count)))
        end = min(max(self._now, self._curve.times[-1]), self._span()[1])
        steps.append(QPointF(self._x(room, end), self._y(room, len(self._curve.times))))
        painter.setPen(QPen(QColor(theme.OK), 2))
        painter.drawPolyline(steps)
