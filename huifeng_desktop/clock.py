"""Where time comes from. Time is an argument everywhere else.

Only this module asks the operating system for the time. `Clock.reading()` couples wall time
with a monotonic reading and the identity of the boot it belongs to, so that a running timer can
be resumed exactly after a crash (same boot) and sensibly after a restart (wall time).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from huifeng_desktop.domain.moments import ClockReading


class Clock(Protocol):
    """Anything that can tell the time."""

    def reading(self) -> ClockReading:
        """Wall time, monotonic seconds and boot identity, taken together."""
        ...


class SystemClock:
    """The machine's own clocks.

    On Linux the boot-time clock is used: it goes on while the laptop sleeps, as the meeting does.
    """

    def __init__(self) -> None:
        self._boot = _boot_identity()
        self._mono = _monotonic_source()

    def reading(self) -> ClockReading:
        return ClockReading(datetime.now().astimezone(), self._mono(), self._boot)


class FixedClock:
    """A clock that moves only when told to; for tests and for facts declared after the event."""

    def __init__(self, wall: datetime, mono: float = 1000.0, boot: str = "fixed") -> None:
        self._wall = wall if wall.tzinfo else wall.astimezone()
        self._mono = mono
        self._boot = boot

    def reading(self) -> ClockReading:
        return ClockReading(self._wall, self._mono, self._boot)

    def advance(self, seconds: float) -> None:
        """Let both clocks run on by `seconds`."""
        self._wall += timedelta(seconds=seconds)
        self._mono += seconds

    def step_wall(self, seconds: float) -> None:
        """Set the wall clock by `seconds` without time having passed."""
        self._wall += timedelta(seconds=seconds)

    def reboot(self, boot: str, mono: float = 0.0) -> None:
        """Forget the monotonic past, as after a restart of the machine."""
        self._boot, self._mono = boot, mono


class ScaledClock:
    """A clock that starts at a chosen moment and runs `speed` times as fast as the real one."""

    def __init__(self, start: datetime, speed: float, base: Clock | None = None) -> None:
        self._start = start if start.tzinfo else start.astimezone()
        self._speed = speed
        self._base = base or SystemClock()
        self._zero = self._base.reading()

    def reading(self) -> ClockReading:
        now = self._base.reading()
        passed = now.seconds_since(self._zero) * self._speed
        return ClockReading(self._start + timedelta(seconds=passed), passed, f"scaled-{self._zero.mono}")


def _monotonic_source() -> Callable[[], float]:
    boottime = getattr(time, "CLOCK_BOOTTIME", None)
    if boottime is None:
        return time.monotonic
    return lambda: time.clock_gettime(boottime)


def _boot_identity() -> str:
    """The kernel's boot id; elsewhere the moment of boot rounded to ten seconds."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return f"boot-{round((time.time() - time.monotonic()) / 10)}"
