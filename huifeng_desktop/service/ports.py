"""What the services and the desk need from the outside, as Protocols.

The composition root (`app.py`) hands in the real ones; tests hand in fakes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from huifeng_desktop.service.sign_in import SignInOutcome, SignInRequest


@dataclass(frozen=True, slots=True)
class DeskMeeting:
    """What the desk may say about the meeting on its own pages."""

    meeting_id: str
    title: str
    start: datetime
    place: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person found by full name and second factor; never part of a list of the roster."""

    seat_id: str
    name: str
    unit: str
    post: str


class Registrar(Protocol):
    """The desk's way to the meeting. Used from one writer thread only.

    `register` answers a whole batch out of one committed transaction: when it returns, every
    durable outcome is on disk. It raises only for the environment (`StorageProblem`) or a bug.
    """

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

        `second` is four digits; anything else finds nobody.
        """
        ...
