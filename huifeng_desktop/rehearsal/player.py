"""Plays timed steps on a clock that runs faster than life but never past a step that is not done.

So every fact of the rehearsal carries exactly the moment that the scenario names, however slow the
machine is, and the speaker's timer runs on the same clock as the desk in its other process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from huifeng_desktop.clock import FileClock


@dataclass(order=True, slots=True)
class Step:
    """Something to be done at a moment; steps of one moment keep their order."""

    at: datetime
    order: int
    do: Callable[[], bool] = field(compare=False)
    """False: not possible yet, time stands still until the next try."""
    jump: bool = field(default=False, compare=False)
    """Whether the time before it may be skipped."""


class Player:
    """Advances the rehearsal's clock and does what is due."""

    def __init__(self, clock: FileClock, speed: float, steps: Iterable[Step]) -> None:
        self._clock = clock
        self._speed = speed
        self._steps = sorted(steps, reverse=True)
        self._now = clock.reading().wall

    @property
    def is_done(self) -> bool:
        """Whether every step was done."""
        return not self._steps

    def advance(self, real_seconds: float) -> None:
        """Let `real_seconds` of real time pass; at most one step is done, so that a window can paint."""
        if not self._steps:
            return
        step = self._steps[-1]
        target = self._now + timedelta(seconds=real_seconds * self._speed)
        if step.jump or step.at <= target:
            self._move_to(step.at)
            if step.do():
                self._steps.pop()
        else:
            self._move_to(target)

    def _move_to(self, moment: datetime) -> None:
        self._now = max(self._now, moment)
        self._clock.set(self._now)
