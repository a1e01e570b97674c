"""A look at the clock as a value, so that domain code can reckon with time without reading it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

STEP_S = 5.0
"""A wall clock that differs by more from the time that has passed was set."""


@dataclass(frozen=True, slots=True)
class ClockReading:
    """Aware local wall time, monotonic seconds, and the identity of the boot they belong to."""

    wall: datetime
    mono: float
    boot: str

    def seconds_since(self, earlier: ClockReading) -> float:
        """Seconds that have passed: monotonic within one boot, wall time across a restart."""
        if self.boot == earlier.boot:
            return max(0.0, self.mono - earlier.mono)
        return max(0.0, (self.wall - earlier.wall).total_seconds())

    def stepped_since(self, earlier: ClockReading) -> float:
        """By how many seconds the wall clock was set meanwhile; 0 across a restart, where nobody can tell."""
        if self.boot != earlier.boot:
            return 0.0
        return (self.wall - earlier.wall).total_seconds() - (self.mono - earlier.mono)

    @staticmethod
    def is_step(seconds: float) -> bool:
        """Whether the clock was set by a hand, and not held true by the network a little at a time."""
        return abs(seconds) > STEP_S

    def to_json(self) -> dict[str, Any]:
        """A JSON object."""
        return {"wall": self.wall.isoformat(), "mono": round(self.mono, 4), "boot": self.boot}

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Self:
        """The reading that `to_json` described."""
        return cls(datetime.fromisoformat(plain["wall"]), float(plain["mono"]), str(plain["boot"]))
