"""Rate limits per address and per person, never for everybody together.

Pure: time is an argument in monotonic seconds. A token bucket for each key; keys whose bucket is
full again are forgotten, so the memory is bounded by those who were busy lately.
"""

from __future__ import annotations

import math

_SWEEP_AT = 4096
_SWEEP_EVERY_S = 1.0
_KEEP_AT_MOST = 16384


class RateLimit:
    """`burst` attempts at once for each key, then `per_second` of them."""

    def __init__(self, burst: float, per_second: float) -> None:
        self._burst = burst
        self._per_second = per_second
        self._levels: dict[str, tuple[float, float]] = {}
        self._swept = -math.inf

    @property
    def tracked(self) -> int:
        """How many keys are remembered."""
        return len(self._levels)

    def has_room(self, key: str, now: float) -> bool:
        """Whether another attempt would be allowed; takes nothing."""
        return self._level(key, now) >= 1

    def take(self, key: str, now: float) -> bool:
        """Take one attempt; False when none is left."""
        level = self._level(key, now)
        if level < 1:
            return False
        self._levels[key] = (level - 1, now)
        self._sweep(now)
        return True

    def give_back(self, key: str, now: float) -> None:
        """Undo one `take`."""
        self._levels[key] = (min(self._burst, self._level(key, now) + 1), now)

    def retry_after(self, key: str, now: float) -> int:
        """Whole seconds until the next attempt is allowed, at least 1."""
        missing = max(0.0, 1 - self._level(key, now))
        return max(1, math.ceil(missing / self._per_second))

    def _level(self, key: str, now: float) -> float:
        level, since = self._levels.get(key, (self._burst, now))
        return min(self._burst, level + max(0.0, now - since) * self._per_second)

    def _sweep(self, now: float) -> None:
        """Forget full buckets once a second at most; under a flood the oldest rather than grow."""
        while len(self._levels) > _KEEP_AT_MOST:
            del self._levels[next(iter(self._levels))]
        if len(self._levels) >= _SWEEP_AT and now >= self._swept + _SWEEP_EVERY_S:
            self._swept = now
            for key in [key for key in self._levels if self._level(key, now) >= self._burst]:
                del self._levels[key]
