"""The bar at the top: which meeting, stage and operator, whether all is saved and projected, the time."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from huifeng_desktop.domain.meeting import MeetingPlan
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.action_button import ActionButton
from huifeng_desktop.ui.kit.buttons import Segmented
from huifeng_desktop.ui.kit.labels import ElidedLabel, text_label
from huifeng_desktop.ui.kit.marks import Mark
from huifeng_desktop.ui.kit.tag import Tag
from huifeng_desktop.ui.theme import Tone
from huifeng_desktop.wording import clock_time, day_and_weekday

_HEIGHT = 52
_LEAST_DETAILS = 176
"""Day and time stay readable beside the longest title."""
_OPERATOR_ROOM = 168
"""操作人 and a name of eight characters."""


class TopBar(QWidget):
    """Left and right share the width evenly, so that the switch stays in the middle."""

    stage_selected = Signal(int)

    def __init__(self, menu: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(_HEIGHT)
        self.title, self.details = ElidedLabel(parent=self), ElidedLabel(parent=self)
        self.title.setFont(theme.ui_font(theme.TEXT_LEAD, bold=True))
        self.details.setProperty("tone", "mute")
        self.stages = Segmented([self.tr("会前"), self.tr("会中"), self.tr("会后")], parent=self)
        self.operator = ElidedLabel(parent=self)
        self.operator.setProperty("tone", "mute")
        self.operator.setFont(theme.ui_font(theme.TEXT_SMALL))
        self.saved = Tag(self.tr("已存盘"), Tone.OK, Mark.DOT, parent=self)
        self.projection = Tag("", Tone.NEUTRAL, parent=self)
        self.clock = text_label("", size=20, bold=True, parent=self)
        self.more = ActionButton(self.tr("更多"), height=32, size=13, parent=self)
        self._menu = menu
        self._lay_out()
        self.stages.index_changed.connect(self.stage_selected)
        self.more.clicked.connect(self._on_more)

    def _lay_out(self) -> None:
        left, right = QWidget(self), QWidget(self)
        before, after = QHBoxLayout(left), QHBoxLayout(right)
        for row in (before, after):
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(14)
        self.title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.details.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.details.setMinimumWidth(_LEAST_DETAILS)
        before.addWidget(self.title)
        before.addWidget(self.details, 1)
        after.addStretch(1)
        self.operator.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        after.addWidget(self.operator)
        for widget in (self.saved, self.projection, self.clock, self.more):
            after.addWidget(widget)
        for side in (left, right):
            side.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 16, 0)
        layout.setSpacing(14)
        layout.addWidget(left, 1)
        layout.addWidget(self.stages)
        layout.addWidget(right, 1)

    def show_plan(self, plan: MeetingPlan) -> None:
        """Title, day, time and place."""
        self.title.set_full_text(plan.title)
        self.title.setMaximumWidth(self.title.sizeHint().width() + 4)
        when = f"{day_and_weekday(plan.start)}　{clock_time(plan.start)}"
        self.details.set_full_text("　".join(part for part in (when, plan.place) if part))

    def show_operator(self, name: str) -> None:
        """Who works this computer; 本机 while nobody was named."""
        self.operator.set_full_text(f"操作人　{name or self.tr('本机')}")
        self.operator.setMaximumWidth(min(_OPERATOR_ROOM, self.operator.sizeHint().width() + 4))

    def show_time(self, now: datetime) -> None:
        """The clock, to the second."""
        text = f"{now.astimezone():%H:%M:%S}"
        if text != self.clock.text():
            self.clock.setText(text)

    def show_saved(self, saved: bool) -> None:
        """Whether the last thing that was to be written is on disk."""
        if saved:
            self.saved.set_state(self.tr("已存盘"), Tone.OK, Mark.DOT)
        else:
            self.saved.set_state(self.tr("没有存盘"), Tone.OVER, Mark.SQUARE)

    def show_projection(self, words: str, tone: Tone) -> None:
        """Where the stage is."""
        self.projection.set_state(words, tone)

    def _on_more(self) -> None:
        self._menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 2)))
