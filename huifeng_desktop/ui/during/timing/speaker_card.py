"""The speaker's card: the face of the timer and the controls under it, each with its key.

Every control calls one service method; the display follows from the state. The primary button is
always the one next step of the meeting.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from huifeng_desktop.domain.agenda import AgendaItem
from huifeng_desktop.domain.moments import ClockReading
from huifeng_desktop.domain.speaker_timer import Run
from huifeng_desktop.service.door.arrivals import speaker_post
from huifeng_desktop.service.podium import TimerView
from huifeng_desktop.service.undoing import undo_target
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.action_button import ActionButton
from huifeng_desktop.ui.attempt import attempt
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.during.question import Answer, QuestionStrip
from huifeng_desktop.ui.during.timing.forgotten import forgotten_menu
from huifeng_desktop.ui.during.timing.running import SpaceGuard, Step, step_of, undo_hint, undo_words
from huifeng_desktop.ui.during.timing.speaker_face import SpeakerFace
from huifeng_desktop.ui.during.words import joined, next_line
from huifeng_desktop.ui.kit.buttons import ButtonKind
from huifeng_desktop.ui.kit.labels import Card, ElidedLabel, separator, text_label
from huifeng_desktop.ui.kit.marks import Mark
from huifeng_desktop.ui.kit.tips import plain_tip
from huifeng_desktop.ui.projection.director import StageDirector
from huifeng_desktop.ui.theme import Tone
from huifeng_desktop.wording import clock_time, minutes_seconds

if TYPE_CHECKING:
    from huifeng_desktop.ui.during.timing.queue_dialog import QueueDialog

_PRIMARY = {
    Step.OPEN: ("宣布开会", "F9"),
    Step.START: ("开始", "Space"),
    Step.NEXT: ("结束，下一项", "Space"),
    Step.FINISH: ("结束发言", "Space"),
    Step.ADJOURN: ("散会", "F10"),
    Step.CLOSED: ("已散会", ""),
}
_HARDLY_BEGUN_S = 5


class SpeakerCard(Card):
    """Face, primary step, adjustments, and what comes next."""

    stepped = Signal()
    """A press of the primary button was carried out."""

    def __init__(
        self,
        context: UiContext,
        director: StageDirector,
        question: QuestionStrip,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, padding=0, spacing=theme.SPACE_2)
        self._context, self._director, self._question = context, director, question
        self._guard = SpaceGuard()
        self._step = Step.OPEN
        self._queue_dialog: QueueDialog | None = None
        self.body.setContentsMargins(20, 14, 20, 12)
        self.face = SpeakerFace(self)
        self.body.addWidget(self.face, 1)
        self.body.addSpacing(4)
        self.body.addLayout(self._make_step_row())
        self.body.addLayout(self._make_time_row())
        self.body.addLayout(self._make_item_row())
        self.body.addWidget(separator(self))
        self.body.addLayout(self._make_next_row())

    # -- building ------------------------------------------------------------------------------

    def _make_step_row(self) -> QHBoxLayout:
        self.primary = ActionButton(
            "", "F9", kind=ButtonKind.PRIMARY, size=theme.TEXT_LEAD, height=48, parent=self
        )
        self.pause = ActionButton(self.tr("暂停"), "P", height=48, parent=self)
        self.primary.clicked.connect(self.take_step)
        self.pause.clicked.connect(self.toggle_pause)
        return _row(self.primary, self.pause, stretch=self.primary)

    def _make_time_row(self) -> QHBoxLayout:
        podium = self._context.podium
        self.times = [
            self._button(self.tr("＋1 分"), "=", lambda: podium.adjust(60)),
            self._button(self.tr("－1 分"), "-", lambda: podium.adjust(-60)),
            self._button(self.tr("＋30 秒"), "]", lambda: podium.adjust(30)),
            self._button(self.tr("－30 秒"), "[", lambda: podium.adjust(-30)),
        ]
        self.bell = self._button(self.tr("铃"), "B", lambda: self._director.ring_bell())
        return _row(*self.times, self.bell, even=True)

    def _make_item_row(self) -> QHBoxLayout:
        podium = self._context.podium
        self.forgot = ActionButton(self.tr("刚才忘按了…"), "F4", size=13, parent=self)
        self.forgot.clicked.connect(self._on_forgot)
        self.end = ActionButton(self.tr("结束"), "End", size=13, parent=self)
        self.end.clicked.connect(self.finish)
        self.skip = self._button(self.tr("跳过"), "F5", podium.skip)
        self.undo = ActionButton(self.tr("撤销"), "Ctrl+Z", size=13, parent=self)
        self.undo.clicked.connect(self.undo_last)
        return _row(self.forgot, self.end, self.skip, self.undo, even=True)

    def _make_next_row(self) -> QHBoxLayout:
        self.next_caption = text_label(self.tr("下一项"), tone="mute", parent=self)
        self.next_title = text_label("", bold=True, parent=self)
        self.next_detail = ElidedLabel(parent=self)
        self.next_detail.setProperty("tone", "mute")
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_3)
        row.addWidget(self.next_caption)
        row.addWidget(self.next_title)
        row.addWidget(self.next_detail, 1)
        self.queue = ActionButton(self.tr("报名发言"), "F11", size=13, height=28, parent=self)
        self.queue.clicked.connect(self.show_queue)
        row.addWidget(self.queue)
        return row

    def _button(self, text: str, key: str, call: Callable[[], object]) -> ActionButton:
        button = ActionButton(text, key, size=13, parent=self)
        button.clicked.connect(lambda: self._do(call))
        return button

    # -- showing -------------------------------------------------------------------------------

    def refresh(self, now: ClockReading) -> None:
        """After a change of the meeting: step, buttons, heading, what comes next."""
        state, timer = self._context.session.state, self._context.podium.view(now)
        self._step = step_of(state, timer)
        self._show_primary(timer)
        self._show_buttons(timer)
        self._show_next(timer)
        if timer is not None:
            self.face.set_post(speaker_post(timer.item, state.seats))
        self.show_time(now)
        if self._queue_dialog is not None and self._queue_dialog.isVisible():
            self._queue_dialog.refresh()

    def show_time(self, now: ClockReading) -> None:
        """Time has passed: the face alone."""
        timer = self._context.podium.view(now)
        if self._step is Step.OPEN:
            self._show_waiting(now)
        elif self._step in (Step.CLOSED, Step.ADJOURN) or timer is None:
            self._show_whole(now)
        else:
            self.face.show_timer(timer)

    def _show_primary(self, timer: TimerView | None) -> None:
        text, key = _PRIMARY[self._step]
        if self._step is Step.START and timer is not None:
            text = f"开始第 {timer.number} 项"
        self.primary.set_words(text, key)
        self.primary.setEnabled(self._step is not Step.CLOSED)

    def _show_buttons(self, timer: TimerView | None) -> None:
        state = self._context.session.state
        active = timer is not None and timer.run in (Run.RUNNING, Run.PAUSED)
        paused = timer is not None and timer.run is Run.PAUSED
        open_now = self._step not in (Step.OPEN, Step.CLOSED)
        self.pause.set_words(self.tr("继续") if paused else self.tr("暂停"))
        for button in (self.pause, self.end, *self.times):
            button.setEnabled(active)
        self.skip.setEnabled(open_now and timer is not None)
        self.forgot.setEnabled(open_now and timer is not None)
        self.bell.setEnabled(open_now)
        waiting = len(state.queue)
        self.queue.set_words(f"发言名单 {waiting} 人" if waiting else self.tr("报名发言"))
        self.queue.setEnabled(open_now)
        last = undo_target(state)
        self.undo.set_words(undo_words(last))
        self.undo.setToolTip(plain_tip(undo_hint(state, last)))
        self.undo.setEnabled(last is not None and state.sealed is None)

    def _show_next(self, timer: TimerView | None) -> None:
        follower = timer.next_item if timer is not None else None
        if self._step is Step.OPEN and timer is not None:
            follower = timer.item
        self.next_caption.setText(self.tr("下一项") if follower else self.tr("后面没有议题了"))
        self.next_title.setText(_short(follower.title) if follower else "")
        self.next_title.setToolTip(plain_tip(follower.title) if follower else "")
        self.next_detail.set_full_text(next_line(follower) if follower else "")

    def _show_waiting(self, now: ClockReading) -> None:
        """Before the opening: how long it is until the notified time, or since."""
        plan = self._context.session.plan
        left = (plan.start - now.wall).total_seconds()
        late = left <= -1
        line = self.tr("已过通知的开会时间") if late else self.tr("距通知的开会时间")
        state = (self.tr("未开会"), Tone.WARN if late else Tone.NEUTRAL, Mark.RING)
        figures = f"+{minutes_seconds(-left)}" if late else minutes_seconds(max(0, math.ceil(left)))
        detail = joined(clock_time(plan.start), plan.place)
        self.face.show_words(line, plan.title, detail, figures, state)

    def _show_whole(self, now: ClockReading) -> None:
        """After the last item: how long the meeting has taken."""
        state = self._context.session.state
        ended = state.adjourned_at
        spent = ((ended or now.wall) - state.opened_at).total_seconds() if state.opened_at else None
        line = self.tr("会议历时")
        figures = minutes_seconds(spent)
        if self._step is Step.ADJOURN:
            words = (self.tr("待散会"), Tone.NEUTRAL, Mark.RING)
            none = self.tr("按 F11 报名发言，或到“会前”添加议题")
            said = (self.tr("议程已全部进行"), "") if state.items else (self.tr("还没有议程"), none)
            self.face.show_words(line, *said, figures, words)
            return
        title = f"会议已于 {clock_time(ended)} 散会" if ended else self.tr("会议已封存")
        hint = self.tr("请到“会后”认定待核实的情况、导出材料")
        self.face.show_words(line, title, hint, figures, (self.tr("已散会"), Tone.NEUTRAL, Mark.SQUARE))

    # -- doing ---------------------------------------------------------------------------------

    def take_step(self) -> None:
        """The primary button or its key; two presses within 0.8 s count once."""
        if not self._guard.passes(self._context.session.now()):
            return
        podium = self._context.podium
        acts: dict[Step, Callable[[], object]] = {
            Step.OPEN: self.declare_opened,
            Step.START: lambda: self._do(podium.start),
            Step.NEXT: lambda: self._do(podium.finish_and_next),
            Step.FINISH: lambda: self._do(podium.finish),
            Step.ADJOURN: lambda: self._do(podium.declare_adjourned),
        }
        act = acts.get(self._step)
        if act is not None:
            act()
            self.stepped.emit()

    def declare_opened(self) -> None:
        """宣布开会; if that is later than notified, ask once from when 迟到 counts."""
        if self._do(self._context.podium.declare_opened) is not None:
            self.ask_late_base()

    def ask_late_base(self) -> None:
        """The one question at a late opening, as long as it has no answer."""
        context = self._context.session.context()
        if not context.must_ask_late_base or context.opened_at is None:
            return
        notified, opened = clock_time(context.start), clock_time(context.opened_at)
        podium = self._context.podium
        self._question.ask(
            f"通知 {notified} 开会，实际 {opened} 宣布开会，迟到从什么时间算起？",
            [
                Answer(f"通知时间 {notified}", lambda: self._do(lambda: podium.choose_late_base("notified"))),
                Answer(f"宣布开会 {opened}", lambda: self._do(lambda: podium.choose_late_base("opened"))),
            ],
            lambda: self._context.session.context().must_ask_late_base,
        )

    def adjourn(self) -> None:
        """散会 at any time after the opening; asks where items are left."""
        podium = self._context.podium
        if self._step in (Step.CLOSED, Step.ADJOURN, Step.OPEN):
            self._do(podium.declare_adjourned)
            return
        left = self._left()
        self._question.ask(
            f"还有 {left} 项没有结束，确定散会吗？",
            [Answer("散会", lambda: self._do(podium.declare_adjourned)), Answer("不散会")],
            lambda: self._left() == left,
        )

    def _left(self) -> int:
        """How many items a meeting that is open has still before it; 0 once it is over."""
        state, unfinished = self._context.session.state, (Run.IDLE, Run.RUNNING, Run.PAUSED)
        if state.opened_at is None or state.adjourned_at is not None:
            return 0
        return sum(state.timing(item.item_id).run in unfinished for item in state.items)

    def _is_current(self, item: AgendaItem) -> bool:
        current = self._context.session.state.current_item
        return current is not None and current.item_id == item.item_id

    def start_item(self, item_id: str) -> None:
        """从这里开始; asks first if another item is being timed."""
        state = self._context.session.state
        item, current = state.item(item_id), state.current_item
        if item is None:
            self._context.voice.say("这项议题已经不在议程里，请另选一项。", Tone.WARN)
            return
        if state.opened_at is None:
            self._context.voice.say("还没有宣布开会。请先按 F9 宣布开会，再开始议题。", Tone.WARN)
            return
        if current is None:
            self._do(lambda: self._context.podium.start(item_id))
            return
        question = f"“{_short(current.title)}”正在计时，要结束它并开始“{_short(item.title)}”吗？"
        start = Answer("结束并开始", lambda: self._do(lambda: self._context.podium.start(item_id)))
        self._question.ask(question, [start, Answer("不改")], lambda: self._is_current(current))

    def show_queue(self) -> QueueDialog:
        """报名发言: the queue of a free discussion, beside the work."""
        from huifeng_desktop.ui.during.timing.queue_dialog import QueueDialog

        if self._queue_dialog is None:
            self._queue_dialog = QueueDialog(self._context, self.window())
        self._queue_dialog.refresh()
        self._queue_dialog.show()
        self._queue_dialog.raise_()
        return self._queue_dialog

    def toggle_pause(self) -> None:
        """Pause, or go on."""
        timer, podium = self._context.podium.view(), self._context.podium
        paused = timer is not None and timer.run is Run.PAUSED
        self._do(podium.resume if paused else podium.pause)

    def undo_last(self) -> None:
        """Take back the last operation on timer or agenda, the opening or the adjournment."""
        self._do(lambda: self._context.podium.undo_last(by=self._context.operator))

    def forgot_menu(self) -> QMenu:
        """刚才忘按了: how long ago, or when, the item really began."""
        podium, now = self._context.podium, self._context.session.now
        return forgotten_menu(
            self,
            lambda: now().wall,
            lambda seconds: self._do(lambda: podium.forgot_to_start(seconds)),
            lambda moment: self._do(lambda: podium.forgot_since(moment)),
        )

    def _on_forgot(self) -> None:
        menu = self.forgot_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.forgot.mapToGlobal(QPoint(0, self.forgot.height() + 2)))

    def finish(self) -> None:
        """结束; asks first where the speech has hardly begun, for that is mostly a slip of the finger."""
        timer, podium = self._context.podium.view(), self._context.podium
        if timer is None or timer.elapsed_s >= _HARDLY_BEGUN_S:
            self._do(podium.finish)
            return
        self._question.ask(
            f"“{_short(timer.item.title)}”才开始 {int(timer.elapsed_s)} 秒，确定结束吗？",
            [Answer("结束", lambda: self._do(podium.finish)), Answer("不结束")],
            lambda: self._is_current(timer.item),
        )

    def _do(self, call: Callable[[], object]) -> object:
        return attempt(self._context.voice, call)


def _row(*widgets: QWidget, stretch: QWidget | None = None, even: bool = False) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.SPACE_2)
    for widget in widgets:
        row.addWidget(widget, 1 if even or widget is stretch else 0)
    return row


def _short(title: str) -> str:
    return title if len(title) <= 14 else title[:13] + "…"
