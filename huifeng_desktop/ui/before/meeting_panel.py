"""会议: what is planned."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from huifeng_desktop.domain.meeting import MeetingPlan
from huifeng_desktop.errors import UserProblem
from huifeng_desktop.service.office import check_plan
from huifeng_desktop.ui.before.frame import PanelFoot, succeeds
from huifeng_desktop.ui.before.panel import Panel
from huifeng_desktop.ui.before.plan_form import PlanForm
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.kit.buttons import ButtonKind, KeyButton
from huifeng_desktop.ui.theme import Tone

_FORM_WIDTH = 720


class MeetingPanel(Panel):
    """The plan in fields; what cannot be meant is said while it is typed, saving is one key."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(context, "会议", parent)
        self._stored: MeetingPlan | None = None
        self.form = PlanForm(self)
        self.form.setMaximumWidth(_FORM_WIDTH)
        self.foot = PanelFoot(self)
        self.save_button = KeyButton(self.tr("保存"), shortcut="Ctrl+S", kind=ButtonKind.PRIMARY, parent=self)
        self.foot.add(self.save_button)
        middle = QVBoxLayout()
        middle.setContentsMargins(24, 24, 24, 24)
        middle.addWidget(self.form)
        middle.addStretch(1)
        self.body.addLayout(middle, 1)
        self.body.addWidget(self.foot)
        self.form.changed.connect(self._on_changed)
        self.save_button.clicked.connect(self.save)

    def show_state(self) -> None:
        """The stored plan, unless the fields say something that is not stored yet."""
        plan = self.context.session.plan
        if plan != self._stored and not self._is_touched():
            self.form.set_plan(plan)
        self._stored = plan
        self.form.setEnabled(not self.is_sealed)
        self.head.set_words("会议", f"编号 {self.context.session.meeting_id}")
        self._on_changed()

    def save(self) -> None:
        """Store what the fields say."""
        plan = self.form.plan()
        if not self._is_touched():
            return
        preparation, voice = self.context.preparation, self.context.voice
        if not succeeds(voice, lambda: preparation.change_plan(plan)):
            return
        self._stored = self.context.session.plan
        voice.say("会议信息已存入。")
        self._on_changed()
        self.step_changed.emit()

    def unfinished(self) -> str:
        """有改动未保存."""
        return "有改动，未保存" if self._is_touched() else ""

    def _is_touched(self) -> bool:
        return self._stored is not None and self.form.plan() != _with_minutes(self._stored)

    def _on_changed(self) -> None:
        touched = self._is_touched()
        try:
            check_plan(self.form.plan())
            problem = ""
        except UserProblem as error:
            problem = str(error)
        if problem and touched:
            self.foot.say(problem, Tone.OVER)
        elif touched:
            self.foot.say(self.tr("有改动，还没有保存。"), Tone.WARN)
        else:
            self.foot.say(self.tr("改动时间后，迟到按新的通知时间计算。"))
        self.save_button.setEnabled(touched and not problem and not self.is_sealed)
        self.step_changed.emit()


def _with_minutes(plan: MeetingPlan) -> MeetingPlan:
    """The plan as the fields can show it: whole minutes, local time, no blanks around words."""
    form_end = plan.end.astimezone().replace(second=0, microsecond=0) if plan.end else None
    return replace(
        plan,
        title=plan.title.strip(),
        start=plan.start.astimezone().replace(second=0, microsecond=0),
        end=form_end,
        place=plan.place.strip(),
        convener=plan.convener.strip(),
        series=plan.series.strip(),
    )
