"""Run as a program: the desk of a meeting without a window, on a clock that a hand may set.

The arguments are the data folder, the meeting and a file that says by how many seconds the clock was set.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from huifeng_desktop.app import open_registrar
from huifeng_desktop.clock import SystemClock
from huifeng_desktop.desk.server import run_desk
from huifeng_desktop.domain.moments import ClockReading


class SettableClock(SystemClock):
    """The machine's clock, and what the hand has done to it."""

    def __init__(self, hand: Path) -> None:
        super().__init__()
        self._hand = hand

    def reading(self) -> ClockReading:
        now = super().reading()
        by_s = float(self._hand.read_text(encoding="ascii") or 0) if self._hand.exists() else 0.0
        return replace(now, wall=now.wall + timedelta(seconds=by_s))


def main() -> int:
    folder, meeting, clock = Path(sys.argv[1]), sys.argv[2], SettableClock(Path(sys.argv[3]))
    return run_desk(lambda: open_registrar(folder, meeting, clock), clock=clock)


if __name__ == "__main__":
    sys.exit(main())
