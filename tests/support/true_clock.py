"""True time, and a machine whose clocks tell it wrongly: wall steps, time zones, restarts."""

from __future__ import annotations

from datetime import UTC, datetime, timezone
from zoneinfo import ZoneInfo

from huifeng_desktop.domain.moments import ClockReading


class TrueClock:
    """`passed_s` is the truth; `reading` is what a machine makes of it."""

    def __init__(self, start: datetime, zone: str) -> None:
        self._start_s = start.replace(tzinfo=ZoneInfo(zone)).timestamp()
        self.passed_s = 0.0
        self.wrong_s = 0.0
        self.zone = zone
        self._boots, self._booted_s = 0, -5000.0

    def reading(self) -> ClockReading:
        """Wall time in the machine's zone with a fixed offset, as `SystemClock` gives it."""
        wall = datetime.fromtimestamp(self._start_s + self.passed_s + self.wrong_s, ZoneInfo(self.zone))
        fixed = wall.astimezone(timezone(wall.utcoffset() or UTC.utcoffset(None)))
        return ClockReading(fixed, self.passed_s - self._booted_s, f"boot-{self._boots}")

    def advance(self, seconds: float) -> None:
        """Time passes."""
        self.passed_s += seconds

    def reboot(self) -> None:
        """The monotonic clock begins again."""
        self._boots, self._booted_s = self._boots + 1, self.passed_s
