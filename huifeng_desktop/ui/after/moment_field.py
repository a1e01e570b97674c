"""A moment that is typed or picked: the day, and the time to the minute."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QDate, QLocale, Qt, QTime
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QTimeEdit, QWidget

from huifeng_desktop.ui import theme


class MomentField(QWidget):
    """A day and a time to the minute."""

    def __init__(self, moment: datetime, parent: QWidget) -> None:
        super().__init__(parent)
        local = moment.astimezone()
        self.day = QDateEdit(QDate(local.year, local.month, local.day), self)
        self.day.setCalendarPopup(True)
        self.day.setLocale(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        self.day.setDisplayFormat("yyyy 年 M 月 d 日")
        self.day.setMinimumWidth(180)
        self.clock = QTimeEdit(QTime(local.hour, local.minute), self)
        self.clock.setDisplayFormat("HH:mm")
        self.clock.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.clock.setFixedWidth(84)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_2)
        row.addWidget(self.day)
        row.addWidget(self.clock)
        row.addStretch(1)

    def moment(self) -> datetime:
        """What the fields say, in the machine's own zone."""
        day, clock = self.day.date(), self.clock.time()
        return datetime(day.year(), day.month(), day.day(), clock.hour(), clock.minute()).astimezone()
