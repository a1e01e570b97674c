"""What one may choose about the papers, how far they have come, and a quiet copy to make them from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import NoReturn

from huifeng_desktop.clock import FixedClock
from huifeng_desktop.domain.events import Event
from huifeng_desktop.errors import UserProblem
from huifeng_desktop.rules.ordering import Order
from huifeng_desktop.service.session import LogTransaction, MeetingSession

Progress = Callable[[int, int, str], bool]
"""Told before each step: how many are done, of how many, what comes now. False stops the work."""


@dataclass(frozen=True, slots=True)
class PaperOptions:
    """How the papers are made; the defaults are those of DOMAIN §6 and §7."""

    order: Order = Order.HOUSE
    """In what order 签到表, 席卡 and badges list people."""
    single_name_first: bool = True
    """姓氏笔画: a single given name goes before longer ones of its surname (空位居先)."""
    circular_names: bool = True
    """通报 names persons; False: units only."""
    body_family: str = "仿宋"
    """The family of the body text in DOCX and XLSX; 仿宋_GB2312 lacks many names."""


class ExportStopped(UserProblem):
    """The user stopped the export; nothing was written."""

    def __init__(self) -> None:
        super().__init__("已取消导出，没有写入任何文件。")


def snapshot(session: MeetingSession) -> MeetingSession:
    """The meeting as it stands now, apart from disk and clock, for reading in another thread."""
    reading = session.now()
    clock = FixedClock(reading.wall, reading.mono, reading.boot)
    return MeetingSession(_Memory(tuple(session.state.log)), clock, session.meeting_id)


class _Memory:
    """An `EventLog` of events that are already known; it takes no more."""

    def __init__(self, events: Sequence[Event]) -> None:
        self._events = list(events)

    def read(self, meeting: str, after: int = 0) -> tuple[list[Event], int]:
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
        """Refused: a snapshot is for reading."""
        return self._refuse()

    def _refuse(self) -> NoReturn:
        raise RuntimeError("a snapshot of a meeting is for reading only")
