"""The fields of a meeting's plan, used where one is made and where it is changed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QDate, QLocale, Qt, QTime, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QTimeEdit,
    QWidget,
)

from huifeng_desktop.domain.meeting import MeetingPlan
from huifeng_desktop.domain.rule_set import RuleSet
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.kit.labels import text_label

_DEFAULT_END = timedelta(minutes=90)


class PlanForm(QWidget):
    """Title, day, times, place, convener and whether the meeting counts."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._days = 0
        self._plan: MeetingPlan | None = None
        self._make_fields()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.SPACE_4)
        self._grid.setVerticalSpacing(theme.SPACE_3)
        self._grid.setColumnMinimumWidth(0, 76)
        self._grid.setColumnStretch(1, 1)
        self._secrecy = text_label(
            self.tr("涉密会议不要录入本机，名称也不要写。"), size=13, tone="warn", parent=self
        )
        self.add_row(self.tr("会议名称"), self.title)
        self._grid.addWidget(self._secrecy, 1, 1)
        self.add_row(self.tr("时间"), self._time_row())
        self.add_row(self.tr("地点"), self.place)
        self.add_row(self.tr("召集单位"), self.convener)
        self.add_row(self.tr("连开几场"), self.series)
        self._grid.addWidget(self.counts, self._grid.rowCount(), 1)
        self._wire()

    def add_row(self, name: str, field: QWidget) -> None:
        """A further field below the others."""
        row = self._grid.rowCount()
        field.setAccessibleName(name)
        self._grid.addWidget(text_label(name, tone="mute", parent=self), row - (row == 1), 0)
        self._grid.addWidget(field, row - (row == 1), 1)

    def _make_fields(self) -> None:
        self.title, self.place, self.convener = QLineEdit(self), QLineEdit(self), QLineEdit(self)
        self.title.setPlaceholderText(self.tr("例如：全县重点工作推进会"))
        self.convener.setPlaceholderText(self.tr("例如：县委、县政府"))
        self.series = QLineEdit(self)
        self.series.setPlaceholderText(self.tr("一次会议分几场开时，各场填同一个名称；一般不填"))
        self.day = QDateEdit(self)
        self.day.setCalendarPopup(True)
        self.day.setLocale(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        self.day.setDisplayFormat("yyyy 年 M 月 d 日 dddd")
        self.day.setMinimumWidth(232)
        self.begin, self.end = QTimeEdit(self), QTimeEdit(self)
        for field in (self.begin, self.end):
            field.setDisplayFormat("HH:mm")
            field.setAlignment(Qt.AlignmentFlag.AlignCenter)
            field.setFixedWidth(84)
        self.has_end = QCheckBox(self.tr("预计结束"), self)
        self.counts = QCheckBox(self.tr("计入年度台账（迟到、替会、缺席按考勤规则累计）"), self)

    def _time_row(self) -> QWidget:
        box = QWidget(self)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_3)
        row.addWidget(self.day)
        row.addWidget(self.begin)
        row.addWidget(text_label(self.tr("开始"), tone="mute", parent=box))
        row.addSpacing(theme.SPACE_2)
        row.addWidget(self.has_end)
        row.addWidget(self.end)
        self._day_note = text_label(tone="mute", parent=box)
        row.addWidget(self._day_note)
        row.addStretch(1)
        return box

    def _wire(self) -> None:
        for field in (self.title, self.place, self.convener, self.series):
            field.textEdited.connect(self.changed)
        self.day.dateChanged.connect(self.changed)
        self.begin.timeChanged.connect(self._on_begin)
        self.end.timeChanged.connect(self.changed)
        self.has_end.toggled.connect(self._on_has_end)
        self.counts.toggled.connect(self.changed)

    def set_plan(self, plan: MeetingPlan) -> None:
        """Fill every field."""
        start = plan.start.astimezone()
        end = plan.end.astimezone() if plan.end else start + _DEFAULT_END
        self._plan = plan
        self._days = (end.date() - start.date()).days if plan.end else 0
        self.title.setText(plan.title)
        self.place.setText(plan.place)
        self.convener.setText(plan.convener)
        self.series.setText(plan.series)
        self.day.setDate(QDate(start.year, start.month, start.day))
        self.begin.setTime(QTime(start.hour, start.minute))
        self.has_end.setChecked(plan.end is not None)
        self.end.setTime(QTime(end.hour, end.minute))
        self.end.setVisible(plan.end is not None)
        self._day_note.setText(f"（第 {self._days + 1} 天）" if self._days else "")
        self.counts.setChecked(plan.counts)
        self.title.setCursorPosition(0)

    def plan(self) -> MeetingPlan:
        """What the fields say; nothing is checked here."""
        day = self.day.date()
        when = date(day.year(), day.month(), day.day())
        start = _moment(when, self.begin.time())
        end = _moment(when + timedelta(days=self._days), self.end.time())
        return MeetingPlan(
            title=self.title.text().strip(),
            start=start,
            end=end if self.has_end.isChecked() else None,
            place=self.place.text().strip(),
            convener=self.convener.text().strip(),
            rule_set=self._plan.rule_set if self._plan else RuleSet(),
            counts=self.counts.isChecked(),
            limit_s=self._plan.limit_s if self._plan else None,
            series=self.series.text().strip(),
        )

    def _on_begin(self) -> None:
        """A later start takes an end that was not given yet with it."""
        if not self.has_end.isChecked():
            self.end.setTime(self.begin.time().addSecs(int(_DEFAULT_END.total_seconds())))
        self.changed.emit()

    def _on_has_end(self, given: bool) -> None:
        self.end.setVisible(given)
        self.changed.emit()


def _moment(day: date, at: QTime) -> datetime:
    return datetime.combine(day, time(at.hour(), at.minute())).astimezone()
