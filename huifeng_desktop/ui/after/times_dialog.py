"""Opening and adjournment declared, or set right, after the fact."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QCheckBox, QWidget

from huifeng_desktop.service.session import MeetingSession
from huifeng_desktop.ui.after.case_forms import CaseForm
from huifeng_desktop.ui.after.moment_field import MomentField


class TimesDialog(CaseForm):
    """Asks for two moments; the page declares them."""

    def __init__(self, session: MeetingSession, parent: QWidget | None = None) -> None:
        remark = "迟到、早退按这里的时间重新计算；原来的记录都保留。"
        super().__init__("开会和散会时间", remark, parent)
        state, plan = session.state, session.plan
        self._known = (state.opened_at, state.adjourned_at)
        self.opened = MomentField(state.opened_at or plan.start, self)
        self.is_adjourned = QCheckBox(self.tr("已散会"), self)
        self.is_adjourned.setChecked(True)
        self.is_adjourned.setEnabled(state.adjourned_at is None)
        self.adjourned = MomentField(state.adjourned_at or plan.end or session.now().wall, self)
        self.is_adjourned.toggled.connect(self.adjourned.setEnabled)
        self.add(self.tr("开会时间"), self.opened)
        self.add("", self.is_adjourned)
        self.add(self.tr("散会时间"), self.adjourned)

    def moments(self) -> tuple[datetime | None, datetime | None]:
        """Opening and adjournment where they differ from what is recorded, else None."""
        opened, adjourned = self._known
        wanted = self.adjourned.moment() if self.is_adjourned.isChecked() else None
        return _changed(self.opened.moment(), opened), _changed(wanted, adjourned)


def _changed(wanted: datetime | None, known: datetime | None) -> datetime | None:
    same = wanted is not None and known is not None and wanted == known.replace(second=0, microsecond=0)
    return None if same else wanted
