"""How late the window's event loop comes to a timer that is due."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, Qt, QTimer

PROBE_MS = 20
"""Denser than the window's own 100 ms, for the same lateness in more samples."""


class TimerProbe(QObject):
    """A precise timer that notes how much later than due it was; a tick that was lost counts as well."""

    def __init__(self) -> None:
        super().__init__()
        self._late_ms: list[float] = []
        self._due = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(PROBE_MS)
        self._timer.timeout.connect(self._on_tick)

    def start(self) -> None:
        """Forget what was and begin."""
        self._late_ms = []
        self._due = time.monotonic() + PROBE_MS / 1000
        self._timer.start()

    def stop(self) -> list[float]:
        """How late each tick was in milliseconds, in order of size."""
        self._timer.stop()
        return sorted(self._late_ms)

    def _on_tick(self) -> None:
        now = time.monotonic()
        while self._due <= now:
            self._late_ms.append((now - self._due) * 1000)
            self._due += PROBE_MS / 1000


def in_words(late_ms: list[float]) -> str:
    """p50, p99 and the worst."""
    return f"p50 {quantile(late_ms, 50):.1f} ms, p99 {quantile(late_ms, 99):.1f} ms, max {late_ms[-1]:.1f} ms"


def quantile(ordered: list[float], percent: int) -> float:
    """The value that so many per cent do not exceed."""
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]
