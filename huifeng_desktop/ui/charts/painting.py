"""Which hand draws which chart, and a widget that shows one."""

from __future__ import annotations

from PySide6.QtCore import QSize, QSizeF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from huifeng_desktop.service.printed.charts import (
    ArrivalChart,
    Chart,
    SeatsChart,
    SpeakingChart,
    TrendChart,
    UnitsChart,
)
from huifeng_desktop.ui.charts.arrivals import paint_arrivals
from huifeng_desktop.ui.charts.seats import paint_seats
from huifeng_desktop.ui.charts.speeches import paint_speeches
from huifeng_desktop.ui.charts.trend import paint_trend
from huifeng_desktop.ui.charts.units import paint_units


def paint_chart(painter: QPainter, chart: Chart, size: QSizeF) -> None:
    """Draw it from the painter's origin on, in pixels at 96 dpi, whatever they are on the paper."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    match chart:
        case ArrivalChart():
            paint_arrivals(painter, chart, size)
        case UnitsChart():
            paint_units(painter, chart, size)
        case SpeakingChart():
            paint_speeches(painter, chart, size)
        case TrendChart():
            paint_trend(painter, chart, size)
        case SeatsChart():
            paint_seats(painter, chart, size)


class ChartView(QWidget):
    """One chart, as high as it wants to be where it is `fixed`."""

    def __init__(self, chart: Chart, parent: QWidget | None = None, *, fixed: bool = True) -> None:
        super().__init__(parent)
        self._fixed = fixed
        self.show_chart(chart)

    def show_chart(self, chart: Chart) -> None:
        """Draw this one."""
        self.chart = chart
        self.setAccessibleName(chart.words if isinstance(chart, ArrivalChart) else chart.name)
        self.setAccessibleDescription(chart.words)
        if self._fixed:
            self.setFixedHeight(chart.height)
        self.update()

    def sizeHint(self) -> QSize:
        """Wide enough to tell a minute from two."""
        return QSize(440, self.chart.height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The chart over the whole widget."""
        paint_chart(QPainter(self), self.chart, QSizeF(self.size()))
