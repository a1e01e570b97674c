"""图表: how the hall filled, and which units were there. Shapes and figures carry it, colour only helps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from huifeng_desktop.domain.people import unit_key
from huifeng_desktop.rules.totals import rate
from huifeng_desktop.rules.verdict import Verdict
from huifeng_desktop.service.arrivals import arrival_curve
from huifeng_desktop.ui import theme

_LEFT, _RIGHT, _TOP, _BOTTOM, _ROW = 40, 18, 44, 26, 24


@dataclass(frozen=True, slots=True)
class UnitBar:
    """One unit: how many of its expected seats were filled."""

    unit: str
    present: int
    expected: int


def unit_bars(verdicts: Sequence[Verdict]) -> list[UnitBar]:
    """Units with somebody missing first, the emptiest at the top; then the others in house order."""
    found: dict[str, list[Verdict]] = {}
    for one in verdicts:
        if one.is_expected:
            found.setdefault(unit_key(one.seat.unit), []).append(one)
    bars = [
        UnitBar(seats[0].seat.unit, sum(one.is_present for one in seats), len(seats))
        for seats in found.values()
    ]
    return sorted(bars, key=lambda bar: bar.present / bar.expected)


class ArrivalPicture(QWidget):
    """到齐曲线: a stair of arrivals, with the notified start and the opening as dashed lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._times: list[datetime] = []
        self._expected = 0
        self._marks: list[tuple[datetime, str]] = []
        self.setFixedHeight(210)

    def show_arrivals(
        self, times: Sequence[datetime], expected: int, start: datetime, opened: datetime | None
    ) -> None:
        """The sign-ins of the expected seats, and the two moments they are held against."""
        self._times, self._expected = sorted(times), expected
        self._marks = [(start, "通知")]
        if opened is not None and abs(opened - start) >= timedelta(minutes=1):
            self._marks.append((opened, "开会"))
        by_start = sum(one <= start for one in self._times)
        self.setAccessibleName(f"到齐曲线：应到 {expected}，通知时间前签到 {by_start}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Title, axis, stair and marks."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _title(painter, "到齐曲线（应到的人，按签到时间）")
        if not self._times or not self._expected:
            _nothing(painter, self, "还没有人签到")
            return
        plot = QRectF(_LEFT, _TOP, self.width() - _LEFT - _RIGHT, self.height() - _TOP - _BOTTOM)
        self._paint_axis(painter, plot)
        self._paint_marks(painter, plot)
        self._paint_stair(painter, plot)

    def _span(self) -> tuple[datetime, datetime]:
        moments = [*self._times, *(moment for moment, _ in self._marks)]
        edge = timedelta(minutes=2)
        return min(moments) - edge, max(moments) + edge

    def _x(self, plot: QRectF, moment: datetime) -> float:
        first, last = self._span()
        return plot.left() + plot.width() * ((moment - first) / (last - first))

    def _y(self, plot: QRectF, count: int) -> float:
        return plot.bottom() - plot.height() * count / max(self._expected, len(self._times))

    def _paint_axis(self, painter: QPainter, plot: QRectF) -> None:
        painter.setFont(theme.ui_font(theme.TEXT_SMALL))
        for count in sorted({0, self._expected // 2, self._expected}):
            y = self._y(plot, count)
            painter.setPen(QPen(QColor(theme.LINE), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(QColor(theme.MUTE))
            box = QRectF(0, y - 9, _LEFT - 6, 18)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(count))
        for moment, side in ((self._times[0], "left"), (self._times[-1], "right")):
            flag = Qt.AlignmentFlag.AlignLeft if side == "left" else Qt.AlignmentFlag.AlignRight
            word = "最早" if side == "left" else "最后"
            box = QRectF(plot.left() - 16, plot.bottom() + 5, plot.width() + 28, 18)
            painter.drawText(box, flag, f"{word} {moment.astimezone():%H:%M}")

    def _paint_marks(self, painter: QPainter, plot: QRectF) -> None:
        for place, (moment, word) in enumerate(self._marks):
            x = self._x(plot, moment)
            painter.setPen(QPen(QColor(theme.INK), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
            come = sum(one <= moment for one in self._times)
            words = f"{word} {moment.astimezone():%H:%M} 已到 {come}"
            flag = Qt.AlignmentFlag.AlignLeft if place else Qt.AlignmentFlag.AlignRight
            box = (
                QRectF(x + 4, plot.top() - 19, 160, 18)
                if place
                else QRectF(x - 164, plot.top() - 19, 160, 18)
            )
            painter.drawText(box, flag, words)

    def _paint_stair(self, painter: QPainter, plot: QRectF) -> None:
        points = [QPointF(plot.left(), self._y(plot, 0))]
        for count, moment in enumerate(self._times, 1):
            x = self._x(plot, moment)
            points += [QPointF(x, self._y(plot, count - 1)), QPointF(x, self._y(plot, count))]
        points.append(QPointF(plot.right(), self._y(plot, len(self._times))))
        painter.setPen(QPen(QColor(theme.ACCENT), 2))
        painter.drawPolyline(QPolygonF(points))


class UnitsPicture(QWidget):
    """A bar for each unit: filled as far as it was there, hollow where somebody was missing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: list[UnitBar] = []

    def show_bars(self, bars: Sequence[UnitBar]) -> None:
        """Show these units."""
        self._bars = list(bars)
        self.setFixedHeight(30 + _ROW * max(1, len(self._bars)))
        self.setAccessibleDescription(
            "；".join(f"{bar.unit} {bar.present}/{bar.expected}" for bar in self._bars)
        )
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its bars."""
        return QSize(400, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Title and bars."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _title(painter, "各单位到会（缺人的在前）")
        if not self._bars:
            _nothing(painter, self, "名单是空的")
            return
        painter.setFont(theme.ui_font(theme.TEXT_SMALL))
        for place, bar in enumerate(self._bars):
            self._paint_bar(painter, bar, 28.0 + place * _ROW)

    def _paint_bar(self, painter: QPainter, bar: UnitBar, top: float) -> None:
        name_width, figure_width = self.width() * 0.36, 104.0
        name = painter.fontMetrics().elidedText(bar.unit, Qt.TextElideMode.ElideRight, int(name_width) - 10)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(theme.INK))
        painter.drawText(QRectF(4, top, name_width, _ROW), middle, name)
        room = QRectF(name_width, top + 6, self.width() - name_width - figure_width, _ROW - 12)
        painter.fillRect(
            QRectF(room.left(), room.top(), room.width() * bar.present / bar.expected, room.height()),
            QColor(theme.ACCENT),
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.INK), 1))
        painter.drawRect(room.adjusted(0.5, 0.5, -0.5, -0.5))
        words = f"{bar.present}/{bar.expected}　{rate(bar.present, bar.expected)}"
        painter.drawText(QRectF(room.right() + 8, top, figure_width - 8, _ROW), middle, words)


class ChartsPanel(QScrollArea):
    """Both pictures, one below the other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.arrivals, self.units = ArrivalPicture(), UnitsPicture()
        sheet = QWidget(self)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(theme.SPACE_4)
        column.addWidget(self.arrivals)
        column.addWidget(self.units)
        column.addStretch(1)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(sheet)

    def show_meeting(self, verdicts: Sequence[Verdict], start: datetime, opened: datetime | None) -> None:
        """Draw the meeting as it is now."""
        expected = sum(one.is_expected for one in verdicts)
        self.arrivals.show_arrivals(arrival_curve(verdicts).times, expected, start, opened)
        self.units.show_bars(unit_bars(verdicts))


def _title(painter: QPainter, words: str) -> None:
    painter.setFont(theme.ui_font(13, bold=True))
    painter.setPen(QColor(theme.INK))
    painter.drawText(QPointF(4, 16), words)


def _nothing(painter: QPainter, widget: QWidget, words: str) -> None:
    painter.setFont(theme.ui_font(13))
    painter.setPen(QColor(theme.MUTE))
    painter.drawText(widget.rect(), Qt.AlignmentFlag.AlignCenter, words)
