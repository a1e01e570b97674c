"""Long work in small pieces, between two ticks of the window's clock and never just before one.

In a rush at the door there is always something to read, to judge and to show. The countdown goes before:
a piece is begun only where the next tick leaves it room, and after each the event loop has its turn.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QTimer
from shiboken6 import isValid

Piece = Callable[[], bool]
"""Does a little, and says whether there is more to do."""
PIECE_MS, PICTURE_MS = 8, 30
"""Room that is left free for a piece of reading or judging, and for what makes the window paint."""


@dataclass(frozen=True, slots=True)
class _Work:
    owner: QObject
    piece: Piece
    needs_ms: int


class SpareTime(QObject):
    """Takes turns with the clock that `heed` names; with none, whatever is asked is done at once."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: list[_Work] = []
        self._is_over = False
        self._room_ms: Callable[[], float] = lambda: math.inf
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_turn)

    def heed(self, room_ms: Callable[[], float]) -> None:
        """`room_ms` tells how many milliseconds are left until the next tick."""
        self._room_ms = room_ms

    def ask(self, owner: QObject, piece: Piece, needs_ms: int = PIECE_MS) -> None:
        """Do this piece by piece, soon, as long as the owner is there; what waits already waits once."""
        if self._is_over:
            return
        work = _Work(owner, piece, needs_ms)
        if work not in self._waiting:
            self._waiting.append(work)
        if not self._timer.isActive():
            self._timer.start(0)

    def is_idle(self) -> bool:
        """Whether nothing is waiting."""
        return not self._waiting

    def stop(self) -> None:
        """The window closes: forget what is waiting, and take no more."""
        self._is_over = True
        self._waiting.clear()
        self._timer.stop()

    def _on_turn(self) -> None:
        """One piece of what has waited longest, or wait until the tick is over."""
        self._waiting = [work for work in self._waiting if isValid(work.owner)]
        if not self._waiting:
            return
        room = self._room_ms()
        if room < self._waiting[0].needs_ms:
            self._timer.start(math.ceil(room) + 1)
            return
        self._timer.start(0)
        work = self._waiting.pop(0)
        if work.piece() and work not in self._waiting and not self._is_over:
            self._waiting.insert(0, work)
