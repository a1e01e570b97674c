"""Where time comes from. Time is an argument everywhere else.

Only this module asks the operating system for the time. `Clock.reading()` couples wall time
with a monotonic reading and the identity of the boot it belongs to, so that a running timer can
be resumed exactly after a crash (same boot) and sensibly after a restart (wall time).
"""

from __future__ import annotations

import mmap
import struct
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from huifeng_desktop.domain.moments import ClockReading

PLAYED_BOOT = "rehearsal"
"""The boot that a played clock names: its time jumps by nature."""


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


class FileClock:
    """A clock that another process keeps in a file: wall seconds, monotonic seconds, as two doubles.

    The rehearsal plays a meeting faster than life; the desk is another process and must see the
    same moment. `set` is one eight-byte-aligned copy each, so that a reader never sees half a value.
    """

    _FORMAT = struct.Struct("<dd")

    def __init__(self, path: Path, start: datetime | None = None) -> None:
        """Read the clock kept in `path`; with `start`, make the file and keep it."""
        if start is not None:
            path.write_bytes(self._FORMAT.pack(start.timestamp(), 0.0))
        self._file = path.open("r+b")
        self._map = mmap.mmap(self._file.fileno(), self._FORMAT.size)

    def reading(self) -> ClockReading:
        wall, mono = self._FORMAT.unpack(self._map[: self._FORMAT.size])
        return ClockReading(datetime.fromtimestamp(wall).astimezone(), mono, PLAYED_BOOT)

    def set(self, moment: datetime) -> None:
        """Move on to `moment`; time never goes back."""
        wall, mono = self._FORMAT.unpack(self._map[: self._FORMAT.size])
        passed = max(0.0, moment.timestamp() - wall)
        self._map[: self._FORMAT.size] = self._FORMAT.pack(wall + passed, mono + passed)

    def close(self) -> None:
        """Give the file back."""
        self._map.close()
        self._file.close()


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
