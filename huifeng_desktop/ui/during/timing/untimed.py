"""Says, once in every gap, that the meeting runs and nobody is being timed. Knows no widgets."""

from __future__ import annotations

from huifeng_desktop.domain.moments import ClockReading
from huifeng_desktop.domain.speaker_timer import Run
from huifeng_desktop.domain.state import MeetingState

GAP_S = 60.0


class UntimedWatch:
    """`poll` with every tick; a gap begins when the meeting is open, items wait and none is timed."""

    def __init__(self) -> None:
        self._since: ClockReading | None = None
        self._told = False

    def poll(self, now: ClockReading, state: MeetingState) -> str:
        """The sentence when it is due, else ""."""
        if not is_gap(state):
            self._since, self._told = None, False
            return ""
        self._since = self._since or now
        if self._told or now.seconds_since(self._since) <= GAP_S:
            return ""
        self._told = True
        return "会议正在进行，已有 1 分钟没有计时。发言已经开始的，请按 F4“刚才忘按了”补记。"


def is_gap(state: MeetingState) -> bool:
    """Whether the meeting is open, items wait and nobody is timed."""
    if state.opened_at is None or state.adjourned_at is not None or state.sealed is not None:
        return False
    waiting = any(state.timing(item.item_id).run is Run.IDLE for item in state.items)
    return waiting and state.current_item is None
