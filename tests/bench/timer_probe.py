"""How late a timer is noticed by the event loop that it belongs to."""

from __future__ import annotations

import math
import time

from PySide6.QtCore import QObject, Qt, QTimer


class LateWatch:
    """Is told of each tick of a timer and reckons when it was due, as Qt does.

    The next tick is due one period after this one was; after a tick that came more than a period late,
    one period after now. The first tick counts as punctual, and so does one that comes before we thought.
    """

    def __init__(self, period_ms: int) -> None:
        self._period_s = period_ms / 1000
        self._due = math.inf
        self._late_ms: list[float] = []

    def note(self, *_: object) -> None:
        """A tick is here."""
        now = time.monotonic()
        self._due = min(self._due, now)
        self._late_ms.append((now - self._due) * 1000)
        self._due += self._period_s
        if self._due < now:
            self._due = now + self._period_s

    def quantile(self, percent: int) -> float:
        """The lateness in milliseconds that so many per cent of the ticks do not exceed."""
        ordered = sorted(self._late_ms)
        return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]

    def in_words(self) -> str:
        """p50, p99 and the worst."""
        p50, p99, worst = (self.quantile(percent) for percent in (50, 99, 100))
        return f"p50 {p50:.1f} ms, p99 {p99:.1f} ms, max {worst:.1f} ms"


class TimerProbe(QObject):
    """A precise timer of its own, watched."""

    def __init__(self, period_ms: int) -> None:
        super().__init__()
        self.watch = LateWatch(period_ms)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(period_ms)
        self._timer.timeout.connect(self.watch.note)
        self._timer.start()
