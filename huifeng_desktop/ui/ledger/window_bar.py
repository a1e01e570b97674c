"""The bar above 台账: persons or units, which window of time, sealed only, and whom to look for."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QDate, QLocale, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit, QHBoxLayout, QLineEdit, QWidget

from huifeng_desktop.service.office import year_window
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.kit.buttons import Segmented
from huifeng_desktop.ui.kit.labels import text_label

PERSONS, UNITS = range(2)
_ROLLING, _FREE = "rolling", "free"


class WindowBar(QWidget):
    """Tells what is to be shown; knows no meetings but their years."""

    window_changed = Signal()
    """Other meetings are to be added up."""
    list_changed = Signal()
    """The same sums, shown otherwise."""

    def __init__(self, now: datetime, years: list[int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self.kind = Segmented((self.tr("按人"), self.tr("按单位")), compact=True, parent=self)
        self.period = QComboBox(self)
        self.period.setAccessibleName(self.tr("时间范围"))
        for year in years:
            self.period.addItem(f"{year} 年", year)
        self.period.addItem(self.tr("最近十二个月"), _ROLLING)
        self.period.addItem(self.tr("自选日期"), _FREE)
        self.first, self.last = self._day(now - timedelta(days=90)), self._day(now)
        self._to = text_label(self.tr("至"), tone="mute", parent=self)
        self.sealed_only = QCheckBox(self.tr("只算已封存的会议"), self)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("姓名、单位"))
        self.search.setClearButtonEnabled(True)
        self._lay_out()
        self._connect()
        self._show_days()

    def _day(self, moment: datetime) -> QDateEdit:
        field = QDateEdit(QDate(moment.year, moment.month, moment.day), self)
        field.setCalendarPopup(True)
        field.setLocale(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        field.setDisplayFormat("yyyy-MM-dd")
        field.setMinimumWidth(124)
        return field

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 14, 8)
        row.setSpacing(theme.SPACE_3)
        self.search.setMinimumWidth(150)
        self.search.setMaximumWidth(260)
        self.period.setMinimumWidth(140)
        for widget in (self.kind, self.period, self.first, self._to, self.last, self.sealed_only):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.search, 2)

    def _connect(self) -> None:
        self.kind.index_changed.connect(lambda _: self.list_changed.emit())
        self.search.textChanged.connect(lambda _: self.list_changed.emit())
        self.period.currentIndexChanged.connect(self._on_period)
        self.sealed_only.toggled.connect(lambda _: self.window_changed.emit())
        for field in (self.first, self.last):
            field.dateChanged.connect(lambda _: self.window_changed.emit())

    def _on_period(self) -> None:
        self._show_days()
        self.window_changed.emit()

    def _show_days(self) -> None:
        free = self.period.currentData() == _FREE
        for widget in (self.first, self._to, self.last):
            widget.setVisible(free)

    def span(self) -> tuple[datetime, datetime]:
        """From the first moment to the one after the last, local time."""
        chosen = self.period.currentData()
        if isinstance(chosen, int):
            return year_window(chosen)
        if chosen == _ROLLING:
            return self._now - timedelta(days=365), self._now + timedelta(days=1)
        return _midnight(self.first.date()), _midnight(self.last.date().addDays(1))

    def words(self) -> str:
        """The window in words."""
        if self.period.currentData() != _FREE:
            return self.period.currentText()
        first, last = (field.date().toString("yyyy-MM-dd") for field in (self.first, self.last))
        return f"{first} 至 {last}"


def _midnight(day: QDate) -> datetime:
    return datetime(day.year(), day.month(), day.day()).astimezone()
