"""图表 in 会后: how the hall filled, who sat where, and which units were there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from huifeng_desktop.rules.verdict import Verdict
from huifeng_desktop.service.printed.charts import (
    ArrivalChart,
    SeatsChart,
    UnitsChart,
    arrival_chart,
    seats_chart,
    units_chart,
)
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.charts.painting import ChartView


class ChartsPanel(QScrollArea):
    """The pictures, one below the other; the hall only where the roster says who sits where."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.arrivals, self.units = ChartView(ArrivalChart()), ChartView(UnitsChart())
        self.seats = ChartView(SeatsChart())
        sheet = QWidget(self)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(theme.SPACE_4)
        column.addWidget(self.arrivals)
        column.addWidget(self.seats)
        column.addWidget(self.units)
        column.addStretch(1)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(sheet)

    def show_meeting(self, verdicts: Sequence[Verdict], start: datetime, opened: datetime | None) -> None:
        """Draw the meeting as it is now."""
        self.arrivals.show_chart(arrival_chart(verdicts, start, opened))
        self.units.show_chart(units_chart(verdicts))
        seats = seats_chart(verdicts)
        self.seats.setVisible(bool(seats.cells))
        self.seats.show_chart(seats)
