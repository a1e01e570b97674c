"""The row of large figures: 应到, 实到, 请假, 未到, two actions, and the leaders."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from huifeng_desktop.service.door.brief import Brief, LeaderPlace
from huifeng_desktop.ui.action_button import ActionButton
from huifeng_desktop.ui.kit.labels import BigNumber, text_label
from huifeng_desktop.ui.kit.leaders_strip import Leader, LeadersStrip, LeaderState
from huifeng_desktop.ui.theme import Tone

_ALL_THE_ROOM = 100
"""Against 1 of the gap before them: at 1366 the leaders need every pixel that the figures leave."""


class BriefRow(QWidget):
    """Shows a `Brief`; asks for the slip (F2), the headcount (F3) and the menu of the door (F12)."""

    brief_requested = Signal()
    count_requested = Signal()
    work_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.expected = BigNumber("0", self.tr("应到"))
        self.present = BigNumber("0", self.tr("实到"), Tone.OK)
        self.leave = BigNumber("0", self.tr("请假"))
        self.absent = BigNumber("0", self.tr("未到"), Tone.OVER)
        self.slip = ActionButton(self.tr("到会情况"), "F2", parent=self)
        self.count = ActionButton(self.tr("会中清点"), "F3", parent=self)
        self.work = ActionButton(self.tr("登记"), "F12", parent=self)
        self.leaders = LeadersStrip(parent=self)
        self.leaders.setMaximumWidth(640)
        self.slip.clicked.connect(self.brief_requested)
        self.count.clicked.connect(self.count_requested)
        self.work.clicked.connect(self.work_requested)
        self._lay_out()

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(22)
        for figure in (self.expected, self.present, self.leave, self.absent):
            layout.addWidget(figure)
        layout.addWidget(self.slip)
        layout.addWidget(self.count)
        layout.addWidget(self.work)
        layout.addStretch(1)
        layout.addWidget(self._make_leader_block())
        layout.addWidget(self.leaders, _ALL_THE_ROOM)

    def _make_leader_block(self) -> QWidget:
        block = QWidget(self)
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.leaders_caption = text_label(self.tr("县领导"), size=12, tone="mute", parent=block)
        self.leaders_value = text_label("", size=15, bold=True, parent=block)
        column.addStretch(1)
        column.addWidget(self.leaders_caption)
        column.addWidget(self.leaders_value)
        column.addStretch(1)
        self.leader_block = block
        return block

    def show_brief(self, brief: Brief) -> None:
        """Other figures."""
        totals = brief.totals
        self.expected.set_value(str(totals.expected))
        rate = totals.attendance_rate.replace("%", " %")
        self.present.set_value(str(totals.present), f"实到　{rate}")
        deputies = f"请假　另代会 {totals.approved_deputy}" if totals.approved_deputy else "请假"
        self.leave.set_value(str(totals.on_leave), deputies)
        self.absent.set_value(str(totals.absent), tone=Tone.OVER if totals.absent else Tone.PLAIN)
        self.leaders.set_leaders([_chip(one) for one in brief.leaders])
        self.leaders_value.setText(f"{brief.leaders_present} / {len(brief.leaders)}")
        self.leader_block.setVisible(bool(brief.leaders))


def _chip(leader: LeaderPlace) -> Leader:
    return Leader(leader.title, LeaderState(leader.place.value), leader.detail, leader.note)
