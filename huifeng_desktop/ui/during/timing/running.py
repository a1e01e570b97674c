"""What the operator may do with the meeting at this moment, decided without widgets.

`Step` is the one next thing; `SpaceGuard` swallows the second of two hasty presses; `undo_words`
and `undo_hint` name what 撤销 would take back.
"""

from __future__ import annotations

from enum import StrEnum

from huifeng_desktop.domain.events import Event, EventKind
from huifeng_desktop.domain.moments import ClockReading
from huifeng_desktop.domain.state import MeetingState
from huifeng_desktop.service.podium import TimerView

GUARD_S = 0.8


class Step(StrEnum):
    """The next step of the meeting."""

    OPEN = "open"
    """宣布开会."""
    START = "start"
    """The next item waits."""
    NEXT = "next"
    """Finish the current item and start the next."""
    FINISH = "finish"
    """Finish the last item."""
    ADJOURN = "adjourn"
    """Nothing is left."""
    CLOSED = "closed"
    """Adjourned or sealed."""


def step_of(state: MeetingState, timer: TimerView | None) -> Step:
    """What comes next; an item being timed goes before everything."""
    if state.adjourned_at is not None or state.sealed is not None:
        return Step.CLOSED
    if state.current_item is not None:
        return Step.NEXT if timer is not None and timer.next_item is not None else Step.FINISH
    if state.opened_at is None:
        return Step.OPEN
    return Step.ADJOURN if timer is None else Step.START


class SpaceGuard:
    """Lets a press through unless another went through within the last 0.8 seconds."""

    def __init__(self, wait_s: float = GUARD_S) -> None:
        self._wait_s = wait_s
        self._last: ClockReading | None = None

    def passes(self, now: ClockReading) -> bool:
        """Whether this press counts; it then starts the waiting time."""
        if self._last is not None and now.seconds_since(self._last) < self._wait_s:
            return False
        self._last = now
        return True


def undo_words(event: Event | None) -> str:
    """The words on the button: an opening or adjournment is named, so that nobody undoes it unawares."""
    if event is not None and event.kind is EventKind.OPENED:
        return "撤销开会"
    if event is not None and event.kind is EventKind.ADJOURNED:
        return "撤销散会"
    return "撤销"


_UNDONE = {
    EventKind.OPENED: "宣布开会",
    EventKind.ADJOURNED: "散会",
    EventKind.TIMER_STARTED: "开始",
    EventKind.TIMER_PAUSED: "暂停",
    EventKind.TIMER_RESUMED: "继续",
    EventKind.TIMER_ADJUSTED: "加减时间",
    EventKind.TIMER_CORRECTED: "更正用时",
    EventKind.TIMER_FINISHED: "结束",
    EventKind.ITEM_SKIPPED: "跳过",
    EventKind.ITEM_CHANGED: "插入或改动",
    EventKind.ITEM_REMOVED: "删除议题",
    EventKind.AGENDA_REORDERED: "调整顺序",
    EventKind.QUEUE_JOINED: "报名发言",
    EventKind.QUEUE_LEFT: "放弃发言",
}


def undo_hint(state: MeetingState, event: Event | None) -> str:
    """What 撤销 would take back now: 将撤销：开始“财政工作”."""
    if event is None:
        return "没有可以撤销的操作"
    item = state.item(event.subject)
    name = f"“{item.title}”" if item else ""
    return f"将撤销：{_UNDONE.get(event.kind, '上一步')}{name}"
