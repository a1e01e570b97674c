"""A meeting of events that are already known, apart from disk and clock: for reading only."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import NoReturn

from huifeng_desktop.clock import FixedClock
from huifeng_desktop.domain.events import Event
from huifeng_desktop.domain.moments import ClockReading
from huifeng_desktop.service.session import LogTransaction, MeetingSession


def held(meeting: str, events: Sequence[Event], now: ClockReading) -> MeetingSession:
    """The meeting that these events add up to, at one moment."""
    return MeetingSession(HeldLog(events), FixedClock(now.wall, now.mono, now.boot), meeting)


class HeldLog:
    """An `EventLog` of events that are already known; it takes no more."""

    def __init__(self, events: Sequence[Event]) -> None:
        self._events = list(events)

    def read(self, meeting: str, after: int = 0, most: int = -1) -> tuple[list[Event], int]:
        """Everything once; then nothing new."""
        return ([] if after else list(self._events)), len(self._events)

    def meetings(self) -> list[str]:
        """The one meeting."""
        return [self._events[0].meeting] if self._events else []

    def rosters_naming(self, text: str) -> list[str]:
        """Only this meeting is known here."""
        return [meeting for meeting in self.meetings() if any(text in str(one.body) for one in self._events)]

    def data_version(self) -> int:
        """Nobody else writes here."""
        return 0

    def transaction(self) -> AbstractContextManager[LogTransaction]:
        """Refused: it is for reading."""
        return self._refuse()

    def _refuse(self) -> NoReturn:
        raise RuntimeError("a held meeting is for reading only")
