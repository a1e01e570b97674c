"""The speaker's timer as a pure state machine. Time comes in as an argument, nothing is read here.

`ItemTiming` is immutable; each transition returns the next state. The same transitions serve the
live timer and the replay of events, so that a restart cannot disagree with what was on screen.
Only the spoken time of the running stretch hangs on a clock: everything before it is in `elapsed_s`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from huifeng_desktop.domain.moments import ClockReading

WARN_BEFORE_S = 60
"""Amber shows from here to the limit (DOMAIN §5: −1:00), unless the bells of a type say otherwise."""


class Run(StrEnum):
    """Whether an item is waiting, being timed or done."""

    IDLE = "idle"
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    SKIPPED = "skipped"


class Phase(StrEnum):
    """What the colour, the shape and the word say; derived from elapsed time alone."""

    IDLE = "idle"
    NORMAL = "normal"
    AMBER = "amber"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Correction:
    """刚才忘按了, or an actual time edited after the speech; the old value is kept."""

    at: datetime
    was_s: float
    became_s: float
    why: str


@dataclass(frozen=True, slots=True)
class ItemTiming:
    """How far one agenda item has come. Seconds throughout; `granted_s` is apart from the limit."""

    run: Run = Run.IDLE
    elapsed_s: float = 0.0
    anchor: ClockReading | None = None
    granted_s: int = 0
    paused_s: float = 0.0
    started_at: datetime | None = None
    paused_at: datetime | None = None
    pause_anchor: ClockReading | None = None
    finished_at: datetime | None = None
    corrections: tuple[Correction, ...] = ()

    @property
    def is_active(self) -> bool:
        """Whether this is the item before the hall: running or paused."""
        return self.run in (Run.RUNNING, Run.PAUSED)

    @property
    def is_spoken(self) -> bool:
        """Whether there is a speech that must not be lost: running, paused or finished."""
        return self.is_active or self.run is Run.FINISHED

    def elapsed(self, now: ClockReading) -> float:
        """Seconds spoken up to `now`."""
        if self.anchor is None:
            return self.elapsed_s
        return self.elapsed_s + now.seconds_since(self.anchor)

    def waited(self, now: ClockReading) -> float:
        """Seconds paused up to `now`, the pause that still lasts included."""
        if self.paused_at is None:
            return self.paused_s
        if self.pause_anchor is not None:
            return self.paused_s + now.seconds_since(self.pause_anchor)
        return self.paused_s + max(0.0, (now.wall - self.paused_at).total_seconds())

    def started(self, at: datetime, elapsed_s: float, anchor: ClockReading | None) -> ItemTiming:
        """Begin, or begin again after it was finished or skipped."""
        first = self.started_at or at
        fresh = replace(self, run=Run.RUNNING, elapsed_s=elapsed_s, anchor=anchor, started_at=first)
        return replace(fresh, paused_at=None, pause_anchor=None, finished_at=None)

    def paused(self, at: datetime, elapsed_s: float, anchor: ClockReading | None = None) -> ItemTiming:
        """Stop counting; a pause is not a reset."""
        held = replace(self, run=Run.PAUSED, elapsed_s=elapsed_s, anchor=None)
        return replace(held, paused_at=at, pause_anchor=anchor)

    def resumed(self, at: datetime, elapsed_s: float, anchor: ClockReading | None) -> ItemTiming:
        """Count on from where the pause began."""
        went_on = self._pause_ended(at, anchor)
        return replace(went_on, run=Run.RUNNING, elapsed_s=elapsed_s, anchor=anchor)

    def _pause_ended(self, at: datetime, now: ClockReading | None) -> ItemTiming:
        """The pause, if there is one, goes into the sum; by the wall clock where nothing better is known."""
        if self.paused_at is None:
            return self
        waited = self.waited(now or ClockReading(at, 0.0, ""))
        return replace(self, paused_at=None, pause_anchor=None, paused_s=waited)

    def adjusted(self, by_s: int) -> ItemTiming:
        """Time granted by the chair, or taken back; the limit itself stays."""
        return replace(self, granted_s=self.granted_s + by_s)

    def corrected(self, correction: Correction, anchor: ClockReading | None) -> ItemTiming:
        """Set the spoken time right; the old value goes into the record.

        An item that nobody timed is done with it: its time was taken down by hand.
        """
        untimed = self.run in (Run.IDLE, Run.SKIPPED)
        kept = self.noted(correction)
        return replace(
            kept,
            run=Run.FINISHED if untimed else self.run,
            elapsed_s=correction.became_s,
            anchor=anchor if self.run is Run.RUNNING else None,
        )

    def noted(self, correction: Correction) -> ItemTiming:
        """A correction in the record, the time itself being set by another transition."""
        return replace(self, corrections=(*self.corrections, correction))

    def finished(self, at: datetime, elapsed_s: float, now: ClockReading | None = None) -> ItemTiming:
        """The speech is over; `elapsed_s` is what the record shows."""
        done = self._pause_ended(at, now)
        return replace(done, run=Run.FINISHED, elapsed_s=elapsed_s, anchor=None, finished_at=at)

    def skipped(self, at: datetime, now: ClockReading | None = None) -> ItemTiming:
        """The item is passed over, without a spoken time."""
        return replace(self._pause_ended(at, now), run=Run.SKIPPED, anchor=None, finished_at=at)


def usual_amber_s(allowed_s: float | None) -> float:
    """Seconds left at which amber begins where nothing else is set: half the time of very short speeches."""
    return WARN_BEFORE_S if allowed_s is None else min(float(WARN_BEFORE_S), allowed_s / 2)


def phase_of(
    elapsed_s: float, allowed_s: float | None, amber_s: float | None = None, *, active: bool = True
) -> Phase:
    """The phase at `elapsed_s` of `allowed_s` seconds (limit and what was granted).

    `amber_s` is how many seconds before the end amber begins; None: as usual.
    """
    if not active:
        return Phase.IDLE
    before = usual_amber_s(allowed_s) if amber_s is None else amber_s
    if allowed_s is None or elapsed_s < allowed_s - before:
        return Phase.NORMAL
    return Phase.AMBER if elapsed_s < allowed_s else Phase.OVER
