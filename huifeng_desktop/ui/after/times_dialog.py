"""Opening and adjournment declared, or set right, after the fact."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QDate, QLocale, Qt, QTime
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from huifeng_desktop.service.session import MeetingSession
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.kit.buttons import ButtonKind, KeyButton
from huifeng_desktop.ui.kit.labels import text_label


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


class TimesDialog(QDialog):
    """Asks for two moments; the page declares them."""

    def __init__(self, session: MeetingSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        state, plan = session.state, session.plan
        self._known = (state.opened_at, state.adjourned_at)
        self.setWindowTitle(self.tr("开会和散会时间"))
        self.setMinimumWidth(420)
        self.opened = MomentField(state.opened_at or plan.start, self)
        self.is_adjourned = QCheckBox(self.tr("已散会"), self)
        self.is_adjourned.setChecked(True)
        self.is_adjourned.setEnabled(state.adjourned_at is None)
        self.adjourned = MomentField(state.adjourned_at or plan.end or session.now().wall, self)
        self.is_adjourned.toggled.connect(self.adjourned.setEnabled)
        self._lay_out()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(theme.SPACE_4)
        form.setVerticalSpacing(theme.SPACE_3)
        form.addRow(text_label(self.tr("开会时间"), tone="mute", parent=self), self.opened)
        form.addRow("", self.is_adjourned)
        form.addRow(text_label(self.tr("散会时间"), tone="mute", parent=self), self.adjourned)
        cancel = KeyButton(self.tr("取消"), hint="Esc", parent=self)
        self.store = KeyButton(self.tr("存入"), shortcut="Ctrl+S", kind=ButtonKind.PRIMARY, parent=self)
        cancel.clicked.connect(self.reject)
        self.store.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.store)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 18)
        layout.setSpacing(theme.SPACE_3)
        layout.addWidget(text_label(self.tr("开会和散会时间"), size=16, bold=True, parent=self))
        layout.addLayout(form)
        note = text_label(
            self.tr("迟到、早退按这里的时间重新计算；原来的记录都保留。"), size=13, tone="mute", parent=self
        )
        layout.addWidget(note)
        layout.addLayout(buttons)

    def moments(self) -> tuple[datetime | None, datetime | None]:
        """Opening and adjournment where they differ from what is recorded, else None."""
        opened, adjourned = self._known
        wanted = self.adjourned.moment() if self.is_adjourned.isChecked() else None
        return _changed(self.opened.moment(), opened), _changed(wanted, adjourned)


def _changed(wanted: datetime | None, known: datetime | None) -> datetime | None:
    same = wanted is not None and known is not None and wanted == known.replace(second=0, microsecond=0)
    return None if same else wanted
