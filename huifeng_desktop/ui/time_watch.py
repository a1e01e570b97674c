"""Notices when time did something unusual between two looks at the clock, and says so once.

The policy: time goes on while the laptop sleeps, as the meeting does; a speech that is being timed
keeps counting. What the wall clock does never touches a speech. The operator is told of both, because
sign-ins carry the wall time and a speech may have to be set right by hand.
"""

from __future__ import annotations

from huifeng_desktop.clock import PLAYED_BOOT
from huifeng_desktop.domain.moments import ClockReading
from huifeng_desktop.domain.speaker_timer import Run
from huifeng_desktop.domain.state import MeetingState
from huifeng_desktop.wording import clock_step_words, duration_words

JUMP_S = 5.0
"""Ticks come ten times a second; a gap as long as this is no mere hesitation of the machine."""


class TimeWatch:
    """`poll` with every tick; what it returns is to be said."""

    def __init__(self) -> None:
        self._last: ClockReading | None = None
        self.stepped_s = 0.0
        """By how much the wall clock was set between the last two looks; 0.0 if it was not."""

    def poll(self, now: ClockReading, state: MeetingState) -> str:
        """One finished sentence, or "" while time goes as it should."""
        last, self._last, self.stepped_s = self._last, now, 0.0
        if now.boot == PLAYED_BOOT:
            return ""
        if last is None or last.boot != now.boot:
            return _restart_words(now, state)
        passed = now.seconds_since(last)
        stepped = now.stepped_since(last)
        if now.is_step(stepped):
            self.stepped_s = stepped
            return _step_words(stepped)
        if passed > JUMP_S and state.opened_at is not None and state.adjourned_at is None:
            return _gap_words(passed, state)
        return ""


def _restart_words(now: ClockReading, state: MeetingState) -> str:
    """A speech that was running when the machine was started anew goes on by the wall clock."""
    item = state.current_item
    anchor = state.timing(item.item_id).anchor if item else None
    if item is None or anchor is None or anchor.boot in (now.boot, PLAYED_BOOT):
        return ""
    return f"电脑重新启动过，“{item.title}”按电脑时钟接着计时，请核对；有误请在议程里改实际用时。"


def _step_words(stepped_s: float) -> str:
    step = clock_step_words(stepped_s)
    return f"电脑时钟被{step}。发言计时不受影响；签到时间按电脑时钟记，请核对时钟。"


def _gap_words(passed_s: float, state: MeetingState) -> str:
    span = duration_words(round(passed_s))
    item = state.current_item
    if item is None or state.timing(item.item_id).run is not Run.RUNNING:
        return f"电脑停了 {span}（休眠或卡住），会议时间照常走。"
    return f"电脑停了 {span}（休眠或卡住），“{item.title}”的计时照常走；不应计入的请在议程里改实际用时。"
