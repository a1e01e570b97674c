"""What the desk asks of a meeting, as one Protocol, and the answers that it draws its pages from.

`Hall` is the real one; tests of the desk hand in a fake.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from huifeng_desktop.domain.moments import ClockReading
from huifeng_desktop.service.door.sign_in import Candidate, DeskMeeting, SignInOutcome, SignInRequest

if TYPE_CHECKING:
    from huifeng_desktop.domain.agenda import AgendaItem
    from huifeng_desktop.service.door.counter import Counter
    from huifeng_desktop.service.door.guests import Guests
    from huifeng_desktop.service.podium import TimerView


@dataclass(frozen=True, slots=True)
class HallFacts:
    """What the desk's stage and remote are drawn from, all as of `now`. Nobody's attendance is in it."""

    now: ClockReading
    title: str
    start: datetime
    place: str
    is_opened: bool
    expected: int
    present: int
    timer: TimerView | None = None
    coming: Sequence[tuple[int, AgendaItem]] = ()
    """The nearest of what waits after the item of the timer, each with its number."""
    following: int = 0
    """How many items come in all."""
    is_sign_in_open: bool = True
    is_adjourned: bool = False
    entries: int = 0
    """How long the log is: what was listed before may be old when it has grown."""

    @property
    def stand(self) -> str:
        """Item and state of its timer in one word: a press made for another stand is refused."""
        return f"{self.timer.item.item_id}:{self.timer.run.value}" if self.timer else ""


class Press(StrEnum):
    """A button of the secretary's remote that changes the timer."""

    GO = "go"
    """Start the waiting item; while one is timed, finish it and start the next."""
    PAUSE = "pause"
    RESUME = "resume"
    MORE = "more"
    """Grant a minute."""
    LESS = "less"
    """Take a minute back."""


@dataclass(frozen=True, slots=True)
class PressOutcome:
    """Whether a press was carried out, and what to say; `done` means that it is on disk."""

    done: bool
    sentence: str


class Registrar(Protocol):
    """The desk's way to the meeting. Used from one writer thread only.

    `register` answers a whole batch out of one committed transaction: when it returns, every
    durable outcome is on disk. It raises only for the environment (`StorageProblem`) or a bug.
    """

    @property
    def counter(self) -> Counter:
        """What a second desk may ask and do."""
        ...

    @property
    def guests(self) -> Guests:
        """What a telephone may see after signing in."""
        ...

    def heed_clock(self) -> None:
        """The computer's clock was set: told in the log, unless somebody else has."""
        ...

    def register(self, requests: Sequence[SignInRequest]) -> list[SignInOutcome]:
        """One outcome for each request, in order."""
        ...

    def summary(self) -> Mapping[str, Any]:
        """The totals of `results --json`, up to date with every committed event."""
        ...

    def meeting(self) -> DeskMeeting:
        """The meeting as it stands now."""
        ...

    def find(self, name: str, second: str) -> list[Candidate]:
        """Persons of exactly this name (normalised) whose telephone or badge ends in `second`.

        Or whose PIN it is. `second` is four to eight digits; anything else finds nobody.
        """
        ...

    def hall(self) -> HallFacts:
        """What is before the hall now, up to date with every committed event."""
        ...

    def press(self, press: Press, stand: str) -> PressOutcome:
        """Carry out a button of the remote, if the hall still is at `stand`; a refusal is an answer."""
        ...
