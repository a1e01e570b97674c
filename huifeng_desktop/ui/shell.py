"""The main window: top bar, the three stages of one meeting, one place for messages, the timer.

It owns time for the whole window: ten times a second, and once more when the second of a speech turns
over, the director is told that time has passed; with every third tick other writers of the data folder
are listened to. What they bring is read and shown in the window's spare time, in pieces between two ticks, so
that a rush at the door never makes the countdown late.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from huifeng_desktop.domain.moments import ClockReading
from huifeng_desktop.domain.speaker_timer import Run
from huifeng_desktop.service.bus import Change
from huifeng_desktop.ui.attempt import attempt
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.deskside.process import DeskProcess
from huifeng_desktop.ui.during.question import Answer, QuestionStrip
from huifeng_desktop.ui.kit.notice import Notice
from huifeng_desktop.ui.projection.director import StageDirector
from huifeng_desktop.ui.stage.placement import Placement
from huifeng_desktop.ui.standing import Standing
from huifeng_desktop.ui.storage_watch import TroubleBar
from huifeng_desktop.ui.theme import Tone
from huifeng_desktop.ui.time_watch import TimeWatch
from huifeng_desktop.ui.top_bar import TopBar

if TYPE_CHECKING:
    from huifeng_desktop.ui.key_sheet import KeySheet
    from huifeng_desktop.ui.operator_form import OperatorForm
    from huifeng_desktop.ui.projection.screen_dialog import ScreenDialog

BEFORE, DURING, AFTER = range(3)
_TICK_MS, _LISTEN_TICKS, _NOTICE_MS = 100, 3, 6000
_EVENTS_AT_ONCE = 32
"""About a millisecond of work."""
_NOTICE_EDGE = 20
_NOTICE_PLACES = {BEFORE: (300, 80, 940), DURING: (16, 12, 940), AFTER: (16, 12, 470)}
"""From the left, from below, width at most: 进入会中, the door's large answers and 认定 stay clear of it."""
_DOOR_FROM = 0.69
"""Where the column of the door begins in 会中, as a part of the whole width."""
_LASTING_TONES = (Tone.WARN, Tone.OVER)


class MainWindow(QMainWindow):
    """`pages` are 会前, 会中, 会后; `back_up` copies the data and returns the copy's path."""

    meetings_requested = Signal()
    cues_requested = Signal()
    """计时与提示音 is asked for."""
    tablets_requested = Signal()
    second_desks_requested = Signal()
    """第二签到台 is asked for."""
    pack_requested = Signal()
    merge_requested = Signal()
    """交接包 is to be written, or one to be taken in."""
    history_requested = Signal()
    """操作记录 is asked for."""
    ledger_requested = Signal()
    archive_requested = Signal()
    """平板与遥控 is asked for."""
    stayed = Signal()
    """It was to be closed, and the operator thought better of it."""
    opened = Signal()
    """It is there for the first time: what was open before a restart may come back."""
    closed = Signal()
    """The window is gone; everything is stored."""

    def __init__(
        self,
        context: UiContext,
        pages: Sequence[QWidget],
        desk: DeskProcess | None,
        director: StageDirector,
        *,
        back_up: Callable[[], Path] | None = None,
    ) -> None:
        super().__init__()
        self._context, self._desk, self._director, self._back_up = context, desk, director, back_up
        self._may_leave = False
        self._menu = QMenu(self)
        self.top_bar = TopBar(self._menu, self)
        self.pages = QStackedWidget(self)
        self.trouble, self.question = TroubleBar(self), QuestionStrip(self)
        self._lay_out(pages)
        self.notice = Notice(self.pages)
        self.standing = Standing(self.notice)
        self._notice_timer = QTimer(self)
        self._notice_timer.setSingleShot(True)
        self._ticker, self._ticks = QTimer(self), 0
        self._watch, self._edge = TimeWatch(), QTimer(self)
        self._fill_menu()
        self._connect()
        context.spare.heed(self._room_ms)
        director.attach(self)
        self.show_meeting()
        self.show_stage(self.fitting_stage())

    # -- building ------------------------------------------------------------------------------

    def _lay_out(self, pages: Sequence[QWidget]) -> None:
        self.setWindowTitle(self.tr("会风"))
        self.resize(1366, 768)
        for page in pages:
            self.pages.addWidget(page)
        body = QWidget(self)
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.top_bar)
        layout.addWidget(self.trouble)
        layout.addWidget(self.question)
        layout.addWidget(self.pages, 1)
        self.setCentralWidget(body)
        self.pages.installEventFilter(self)

    def _fill_menu(self) -> None:
        self._add_action(self.tr("会议列表…"), "Ctrl+M", self.meetings_requested.emit)
        self._add_action(self.tr("投影到哪个屏幕…"), "Ctrl+F7", self.choose_screen)
        self._add_action(self.tr("计时与提示音…"), "Ctrl+F11", self.cues_requested.emit)
        self._add_action(self.tr("平板与遥控…"), "Ctrl+T", self.tablets_requested.emit)
        self._add_action(self.tr("第二签到台…"), "Ctrl+Shift+T", self.second_desks_requested.emit)
        self._menu.addSeparator()
        self._add_action(self.tr("台账…"), "Ctrl+Y", self.ledger_requested.emit)
        self._add_action(self.tr("操作记录…"), "Ctrl+H", self.history_requested.emit)
        self._add_action(self.tr("当前操作人…"), "Ctrl+Shift+U", self.ask_operator)
        self._menu.addSeparator()
        self._add_action(self.tr("导出交接包…"), "Ctrl+Shift+E", self.pack_requested.emit)
        self._add_action(self.tr("并入交接包…"), "Ctrl+Shift+I", self.merge_requested.emit)
        self._add_action(self.tr("归档与保存期…"), "Ctrl+Shift+A", self.archive_requested.emit)
        self._menu.addSeparator()
        self._add_action(self.tr("快捷键"), "F1", self.show_keys)
        self._add_action(self.tr("立即备份"), "Ctrl+B", self.back_up_now)

    def _add_action(self, text: str, key: str, act: Callable[[], object]) -> None:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(key))
        action.setShortcutVisibleInContextMenu(True)
        action.triggered.connect(lambda _=False: act())
        self._menu.addAction(action)
        self.addAction(action)

    def _connect(self) -> None:
        for index in range(self.pages.count()):
            QShortcut(QKeySequence(f"Ctrl+{index + 1}"), self, lambda stage=index: self.show_stage(stage))
        self.top_bar.stage_selected.connect(self.show_stage)
        voice = self._context.voice
        voice.said.connect(self.show_notice)
        voice.held.connect(self.standing.hold)
        voice.refused.connect(self.standing.past_with_the_next)
        self._context.voice.greeted.connect(self._on_greeted)
        self._context.voice.save_failed.connect(lambda _: self.top_bar.show_saved(False))
        self._context.bridge.changed.connect(self._on_changed)
        self._context.at_work.changed.connect(self.top_bar.show_operator)
        self._director.changed.connect(self._show_projection)
        self._director.ticked.connect(self._on_ticked)
        self._notice_timer.timeout.connect(self.notice.clear)
        self.notice.dismissed.connect(lambda: voice.strip_shown.emit(False))
        self.notice.dismissed.connect(lambda: voice.strip_stays.emit(False))
        self._ticker.setTimerType(Qt.TimerType.PreciseTimer)
        self._ticker.setInterval(_TICK_MS)
        self._edge.setTimerType(Qt.TimerType.PreciseTimer)
        self._edge.setSingleShot(True)
        self._edge.timeout.connect(lambda: attempt(self._context.voice, self._director.tick))
        self._ticker.timeout.connect(self._on_tick)

    # -- stages --------------------------------------------------------------------------------

    def fitting_stage(self) -> int:
        """The stage that the meeting itself is in."""
        state = self._context.session.state
        if state.adjourned_at is not None:
            return AFTER
        return DURING if state.opened_at is not None or state.seats else BEFORE

    def stage_index(self) -> int:
        """0 会前, 1 会中, 2 会后."""
        return self.pages.currentIndex()

    def show_stage(self, index: int) -> None:
        """Turn to a stage; nothing in the meeting changes by it, and what was said there has been read."""
        if 0 <= index < self.pages.count():
            if index != self.stage_index():
                self.notice.clear()
            self.pages.setCurrentIndex(index)
            self.top_bar.stages.set_index(index)
            page = self.pages.widget(index)
            if page is not None:
                page.setFocus()
            self._place_notice()

    def show_meeting(self) -> None:
        """Title, time, place and projection in the top bar."""
        plan = self._context.session.plan
        self.top_bar.show_plan(plan)
        self.top_bar.show_operator(self._context.operator)
        self.top_bar.show_time(self._context.session.now().wall)
        self.setWindowTitle(f"{plan.title} — 会风")
        self._show_projection()

    def _show_projection(self) -> None:
        lost = self._director.placement() is Placement.LOST
        self.top_bar.show_projection(self._director.placement_words(), Tone.WARN if lost else Tone.NEUTRAL)

    # -- time ----------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Time runs while the window is there."""
        super().showEvent(event)
        if not self._ticker.isActive():
            self._ticker.start()
            attempt(self._context.voice, self._director.restore)
            self.opened.emit()

    def _on_tick(self) -> None:
        attempt(self._context.voice, self._director.tick)
        self._aim()
        self._ticks += 1
        if self._ticks % _LISTEN_TICKS == 0:
            self.standing.look()
            self._context.spare.ask(self, self._listen)

    def _listen(self) -> bool:
        """A few events of other writers; whether there are more."""
        session = self._context.session
        return bool(attempt(self._context.voice, lambda: session.take_in(_EVENTS_AT_ONCE)))

    def _room_ms(self) -> float:
        """How long it is until one of the two clocks ticks."""
        return min((t.remainingTime() for t in (self._ticker, self._edge) if t.isActive()), default=math.inf)

    def _aim(self) -> None:
        """One more tick where the second of the speech turns over before the next one comes."""
        timer = self._context.podium.view()
        if timer is None or timer.run is not Run.RUNNING:
            return
        left_ms = math.ceil((1 - timer.elapsed_s % 1) * 1000)
        if left_ms < _TICK_MS:
            self._edge.start(left_ms)

    def _on_ticked(self, now: ClockReading) -> None:
        self.top_bar.show_time(now.wall)
        unusual = self._watch.poll(now, self._context.session.state)
        if self._watch.stepped_s:
            attempt(self._context.voice, self._context.door.heed_clock)
        if unusual:
            self._context.voice.say(unusual, Tone.WARN)

    def _on_changed(self, change: Change) -> None:
        self.top_bar.show_saved(True)
        self.standing.heed(change)
        self.question.look()
        if change.touched.everything:
            self.top_bar.show_plan(self._context.session.plan)

    def show_trouble(self, sentence: str) -> None:
        """What keeps entries from being stored, in view until it is over ("")."""
        self.trouble.show_trouble(sentence)
        self.top_bar.show_saved(not sentence)
        if not sentence:
            told = self.tr("又能存盘了，请接着签到；刚才没有存入的请再做一遍。")
            self._context.voice.say(told, Tone.OK)

    # -- messages ------------------------------------------------------------------------------

    def show_notice(self, sentence: str, tone: Tone = Tone.NEUTRAL) -> None:
        """One sentence at the foot of the page; what is wrong stays until it is read."""
        self.notice.show_message(sentence, tone)
        self._place_notice()
        self._context.voice.strip_shown.emit(True)
        self._context.voice.strip_stays.emit(tone in _LASTING_TONES)
        if tone in _LASTING_TONES:
            self._notice_timer.stop()
        else:
            self._notice_timer.start(_NOTICE_MS)

    def _on_greeted(self, headline: str, detail: str, tone: Tone) -> None:
        """Where the door's own large answer cannot be seen, say it here."""
        if self.stage_index() != DURING:
            self.show_notice(f"{headline}　{detail}", tone)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The notice keeps its place when the window changes its size."""
        if watched is self.pages and event.type() == QEvent.Type.Resize:
            self._place_notice()
        return super().eventFilter(watched, event)

    def _place_notice(self) -> None:
        """At the foot, clear of the page's own buttons there."""
        room = self.pages.rect()
        left, lift, most = _NOTICE_PLACES[self.stage_index()]
        width, height = min(most, room.width() - left - _NOTICE_EDGE), self.notice.height()
        if self.stage_index() == DURING:
            width = min(width, int(room.width() * _DOOR_FROM) - left)
        self.notice.setGeometry(left, room.height() - height - lift, width, height)
        self.notice.raise_()

    # -- the menu ------------------------------------------------------------------------------

    def show_keys(self) -> KeySheet:
        """快捷键."""
        from huifeng_desktop.ui.key_sheet import KeySheet

        sheet = KeySheet(self)
        sheet.open()
        return sheet

    def ask_operator(self) -> OperatorForm:
        """当前操作人, as at an AB角 hand-over."""
        from huifeng_desktop.ui.operator_form import OperatorForm

        form = OperatorForm(self._context, self)
        form.open()
        return form

    def back_up_now(self) -> None:
        """Copy the data folder and say so."""
        if self._back_up is None:
            self.show_notice(self.tr("这里没有设置备份。"), Tone.WARN)
            return
        done = attempt(self._context.voice, self._back_up)
        if done is not None:
            self.show_notice(self.tr("已备份到 ") + str(done), Tone.OK)

    def choose_screen(self) -> ScreenDialog:
        """投影到哪个屏幕, with its number on every screen."""
        from huifeng_desktop.ui.projection.screen_dialog import ScreenDialog

        dialog = ScreenDialog(self._director.projector, self)
        dialog.open()
        return dialog

    # -- leaving -------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask once while a speech is timed; then back up, stop the desk, take the stage away."""
        question = self.tr("正在计时，确定退出吗？计时不会丢，重新打开后接着走。")
        if self._is_timing() and not self._may_leave and self.question.text() != question:
            event.ignore()
            answers = [Answer(self.tr("退出"), self._leave), Answer(self.tr("不退出"), self._stay)]
            self.question.ask(question, answers, self._is_timing)
            return
        self._ticker.stop()
        self._edge.stop()
        self._context.spare.stop()
        self._context.bridge.stop()
        if self._desk is not None:
            self._desk.stop()
            self._desk.wait_stopped()
        if self._back_up is not None:
            attempt(self._context.voice, self._back_up)
        self._director.shut_down()
        event.accept()
        self.closed.emit()

    def _leave(self) -> None:
        self._may_leave = True
        self.close()

    def _stay(self) -> None:
        self.stayed.emit()

    def _is_timing(self) -> bool:
        timer = self._context.podium.view()
        return timer is not None and timer.run is Run.RUNNING
