"""The card at the top: how many should have come, how many came, and how the seats divide."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from huifeng_desktop.domain.rule_set import LateBase
from huifeng_desktop.rules.totals import Totals
from huifeng_desktop.rules.verdict import Disposition
from huifeng_desktop.service.session import MeetingSession
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.kit.bars import BarPart, DispositionBar
from huifeng_desktop.ui.kit.buttons import KeyButton, Segmented
from huifeng_desktop.ui.kit.labels import BigNumber, Card, text_label
from huifeng_desktop.ui.kit.tag import Tag
from huifeng_desktop.wording import DISPOSITION, clock_time

_FIGURE_SIZE = 26


def identity_words(totals: Totals) -> str:
    """126 = 112 + 4 + 2 + 5 + 3."""
    parts = " + ".join(str(getattr(totals, one.value)) for one in Disposition)
    return f"{totals.expected} = {parts}"


class FiguresCard(Card):
    """Figures, the divided bar with its identity, times and rule set of the meeting."""

    times_requested = Signal()
    late_base_chosen = Signal(str)
    """"notified" or "opened": from when 迟到 is counted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, padding=14, spacing=theme.SPACE_2)
        self.body.setContentsMargins(18, 10, 18, 10)
        self.figures = [
            BigNumber(caption=self.tr(caption), size=_FIGURE_SIZE, inline=True, parent=self)
            for caption in ("应到", "实到", "到会率", "本人到会率")
        ]
        self.late = [
            BigNumber(caption=self.tr(caption), size=theme.TEXT_BODY, inline=True, parent=self)
            for caption in ("迟到", "早退", "列席")
        ]
        self.bar = DispositionBar(parent=self)
        self.times = text_label(tone="mute", parent=self)
        self.correct_times = KeyButton(self.tr("更正时间…"), height=28, size=13, parent=self)
        self.rules = Tag(parent=self)
        self.late_base = Segmented(("通知时间", "宣布开会"), compact=True, parent=self)
        self._lay_out()
        self.correct_times.clicked.connect(self.times_requested)
        self.late_base.index_changed.connect(
            lambda index: self.late_base_chosen.emit("opened" if index else "notified")
        )

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(26)
        for figure in self.figures:
            row.addWidget(figure)
        row.addStretch(1)
        row.addLayout(self._right_side())
        self.late_row = QWidget(self)
        below = QHBoxLayout(self.late_row)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(theme.SPACE_2)
        below.addWidget(text_label(self.tr("会议比通知晚开，迟到从哪个时间算？"), parent=self))
        below.addWidget(self.late_base)
        below.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(self.bar)
        self.body.addWidget(self.late_row)

    def _right_side(self) -> QHBoxLayout:
        right = QHBoxLayout()
        right.setSpacing(theme.SPACE_3)
        for figure in self.late:
            right.addWidget(figure)
        right.addSpacing(theme.SPACE_3)
        right.addWidget(self.times)
        right.addWidget(self.correct_times)
        right.addSpacing(theme.SPACE_3)
        right.addWidget(text_label(self.tr("考勤规则"), tone="mute", parent=self))
        right.addWidget(self.rules)
        return right

    def show_figures(self, totals: Totals, session: MeetingSession) -> None:
        """Show the meeting as it stands."""
        values = (
            str(totals.expected),
            str(totals.present),
            totals.attendance_rate.replace("%", " %"),
            totals.in_person_rate.replace("%", " %"),
        )
        for figure, value in zip(self.figures, values, strict=True):
            figure.set_value(value)
        late = (str(totals.late), str(totals.left_early), f"{totals.observers_present}/{totals.observers}")
        for figure, value in zip(self.late, late, strict=True):
            figure.set_value(value)
        parts = [
            BarPart(DISPOSITION[one], getattr(totals, one.value), theme.DISPOSITION_COLOURS[one.value])
            for one in Disposition
        ]
        self.bar.set_parts(parts, identity_words(totals))
        self._show_times(session)

    def _show_times(self, session: MeetingSession) -> None:
        state, plan = session.state, session.plan
        opened = f"开会 {clock_time(state.opened_at)}" if state.opened_at else "没有宣布开会"
        adjourned = f"散会 {clock_time(state.adjourned_at)}" if state.adjourned_at else "尚未散会"
        self.times.setText(f"{opened}　{adjourned}")
        self.correct_times.setEnabled(state.sealed is None)
        self.rules.set_state(plan.rule_set.name, self.rules.tone())
        asks = plan.rule_set.late_base is LateBase.ASK
        opened_late = asks and state.opened_at is not None and state.opened_at > plan.start
        self.late_row.setVisible(opened_late and state.sealed is None)
        self.late_base.blockSignals(True)
        self.late_base.set_index(int(state.late_base_choice == "opened"))
        self.late_base.blockSignals(False)
