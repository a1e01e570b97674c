"""会前: the steps at the left, the panel of the chosen one at the right."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from huifeng_desktop.domain.touched import Touched
from huifeng_desktop.service.bus import Change
from huifeng_desktop.ui.before.agenda_panel import AgendaPanel
from huifeng_desktop.ui.before.file_panel import ChooseFile, choose_with_dialog
from huifeng_desktop.ui.before.leave_panel import LeavePanel
from huifeng_desktop.ui.before.meeting_panel import MeetingPanel
from huifeng_desktop.ui.before.panel import Panel
from huifeng_desktop.ui.before.phones_panel import PhonesPanel
from huifeng_desktop.ui.before.ready_panel import DeskWord, ReadyPanel, connected_screens
from huifeng_desktop.ui.before.roster_panel import RosterPanel
from huifeng_desktop.ui.before.rules_panel import RulesPanel
from huifeng_desktop.ui.before.steps import StepName, step_of
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.following import Following
from huifeng_desktop.ui.kit.buttons import ButtonKind, KeyButton
from huifeng_desktop.ui.kit.labels import Card
from huifeng_desktop.ui.kit.step_list import Step, StepList, StepState
from huifeng_desktop.ui.papers.reprint_watch import ReprintWatch
from huifeng_desktop.ui.papers.words import count_of

LIST_WIDTH = 262


class BeforePage(QWidget):
    """The page that prepares a meeting. Panels are made when they are first opened."""

    enter_meeting_requested = Signal()
    rehearse_requested = Signal()

    def __init__(
        self,
        context: UiContext,
        *,
        choose_file: ChooseFile | None = None,
        choose_folder: Callable[[], Path | None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._choose_file = choose_file or choose_with_dialog
        self._choose_folder = choose_folder
        self._desk = DeskWord()
        self._panels: dict[StepName, Panel] = {}
        self._is_stale = False
        self.watch = ReprintWatch(context, self)
        self._pages = QStackedWidget(self)
        self.steps = StepList([self._step(name) for name in StepName], index=self._first_step(), parent=self)
        self._lay_out()
        self.steps.step_selected.connect(self._on_step_selected)
        self.watch.found.connect(self._show_steps)
        self._follow = Following(context, self._on_touched, self)
        context.bridge.changed.connect(self._on_meeting_changed)
        self.open_step(StepName(self.steps.index()))

    def _lay_out(self) -> None:
        left, right = Card(self, padding=0), Card(self, padding=0)
        left.setFixedWidth(LIST_WIDTH)
        left.body.addWidget(self.steps)
        left.body.addStretch(1)
        left.body.addLayout(self._buttons())
        right.body.addWidget(self._pages)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(12)
        layout.addWidget(left)
        layout.addWidget(right, 1)
        for name in StepName:
            shortcut = QShortcut(QKeySequence(f"Alt+{name + 1}"), self)
            shortcut.activated.connect(self._opener(name))

    def _buttons(self) -> QVBoxLayout:
        self.rehearse = KeyButton(self.tr("彩排一遍"), shortcut="F9", height=42, parent=self)
        self.enter = KeyButton(
            self.tr("进入会中"), shortcut="F5", kind=ButtonKind.PRIMARY, size=16, height=48, parent=self
        )
        self.rehearse.clicked.connect(self.rehearse_requested)
        self.enter.clicked.connect(self.enter_meeting_requested)
        column = QVBoxLayout()
        column.setContentsMargins(14, 14, 14, 14)
        column.setSpacing(10)
        column.addWidget(self.rehearse)
        column.addWidget(self.enter)
        return column

    # -- for the shell and for tests -----------------------------------------------------------

    def open_step(self, name: StepName) -> None:
        """Show the panel of a step."""
        if self.steps.index() != name:
            self.steps.set_index(name)
            return
        panel = self.panel(name)
        self._pages.setCurrentWidget(panel)
        panel.refresh()

    def panel(self, name: StepName) -> Panel:
        """The panel of a step, made now if it never was open."""
        if name not in self._panels:
            panel = self._make_panel(name)
            panel.step_changed.connect(self._show_steps)
            self._pages.addWidget(panel)
            self._panels[name] = panel
        return self._panels[name]

    def set_desk(self, desk: DeskWord) -> None:
        """Say how the sign-in desk stands; the page cannot know it by itself."""
        self._desk = desk
        panel = self._panels.get(StepName.READY)
        if isinstance(panel, ReadyPanel):
            panel.set_desk(desk)
        self._show_steps()

    # -- inside --------------------------------------------------------------------------------

    def _make_panel(self, name: StepName) -> Panel:
        context = self._context
        makers: dict[StepName, Callable[[], Panel]] = {
            StepName.MEETING: lambda: MeetingPanel(context, self),
            StepName.ROSTER: lambda: RosterPanel(context, self._choose_file, self),
            StepName.AGENDA: lambda: AgendaPanel(context, self._choose_file, self),
            StepName.LEAVE: lambda: LeavePanel(context, self._choose_file, self),
            StepName.RULES: lambda: RulesPanel(context, self),
            StepName.READY: self._make_ready,
            StepName.PHONES: lambda: PhonesPanel(context, parent=self),
            StepName.PAPERS: self._make_papers,
        }
        return makers[name]()

    def _make_papers(self) -> Panel:
        from huifeng_desktop.ui.before.papers_panel import PapersPanel  # with its dialogs, when wanted

        return PapersPanel(self._context, self.watch, self._choose_folder, self)

    def _make_ready(self) -> Panel:
        panel = ReadyPanel(self._context, parent=self)
        panel.set_desk(self._desk)
        return panel

    def _first_step(self) -> int:
        """Begin where something is missing: the roster of a new meeting, else the agenda, else the roster."""
        state = self._context.session.state
        return StepName.AGENDA if state.seats and not state.items else StepName.ROSTER

    def _opener(self, name: StepName) -> Callable[[], None]:
        return lambda: self.open_step(name)

    def _step(self, name: StepName) -> Step:
        panel = self._panels.get(name)
        unfinished = panel.unfinished() if panel is not None else ""
        reprints = count_of(self.watch.dues)
        step = step_of(name, self._context.session, len(connected_screens()), self._desk.is_open, reprints)
        return Step(step.title, unfinished, StepState.TODO) if unfinished else step

    def _show_steps(self) -> None:
        for name in StepName:
            self.steps.set_step(name, self._step(name))

    def _on_step_selected(self, index: int) -> None:
        self.open_step(StepName(index))

    def _on_meeting_changed(self, _: Change) -> None:
        if self.isVisible():
            self.watch.look()

    def _on_touched(self, touched: Touched) -> None:
        """What touches nothing is not shown here; everything else is when the page is."""
        if touched == Touched():
            return
        self._is_stale = True
        if self.isVisible():
            self._refresh()

    def _refresh(self) -> None:
        self._is_stale = False
        self._show_steps()
        current = self._panels.get(StepName(self.steps.index()))
        if current is not None:
            current.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while another page was open."""
        super().showEvent(event)
        self.watch.look()
        if self._is_stale:
            self._refresh()
