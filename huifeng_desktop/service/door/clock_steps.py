"""A step of the computer's clock is one fact of the log, whichever process of this machine sees it first.

Window and desk each look at the clock, and either may run alone. Who sees a step reads in the log, within
the transaction that would tell of it, what others have told since his own last look, and adds the rest.
"""

from __future__ import annotations

from huifeng_desktop.clock import PLAYED_BOOT
from huifeng_desktop.domain.events import EventKind, Fact
from huifeng_desktop.domain.moments import ClockReading
from huifeng_desktop.domain.state import MeetingState
from huifeng_desktop.service.session import Writing


class ClockSteps:
    """What one process has seen of the clock; belongs to the thread of its session."""

    def __init__(self, now: ClockReading) -> None:
        self._seen = now

    def heed(self, block: Writing, now: ClockReading) -> None:
        """State a step since the last look that nobody has told; call `keep` once it is on disk.

        Before anybody has signed in nothing hangs on it, and after the seal nothing may be added.
        """
        if now.boot == PLAYED_BOOT or not now.is_step(now.stepped_since(self._seen)):
            return
        untold = now.stepped_since(self._seen) - self._told(block.state, now.boot)
        if now.is_step(untold) and _has_begun(block.state):
            body = {"by_s": round(untold, 1), "mono": now.mono, "boot": now.boot}
            block.add(Fact(EventKind.CLOCK_SET, now.wall, body=body))

    def keep(self, now: ClockReading) -> None:
        """The look that was heeded is the last one from now on."""
        self._seen = now

    def _told(self, state: MeetingState, boot: str) -> float:
        """By how much the log says that this machine's clock was set since the last look."""
        steps = (event.body for event in state.log if event.kind is EventKind.CLOCK_SET)
        return sum(
            float(body.get("by_s", 0))
            for body in steps
            if body.get("boot") == boot and float(body.get("mono", 0)) > self._seen.mono
        )


def _has_begun(state: MeetingState) -> bool:
    return state.sealed is None and any(state.facts_of(seat).arrival for seat in state.seats)
