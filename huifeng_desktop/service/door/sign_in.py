"""The vocabulary of the door: what is asked and what is answered. Refusals are values.

Shared by the window, the desk and the command line, so that one sentence fits all three.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from huifeng_desktop.domain.people import Deputy


class Movement(StrEnum):
    """Which way somebody goes through the door."""

    ENTER = "enter"
    LEAVE = "leave"
    RETURN = "return"


class Method(StrEnum):
    """签到方式: how an entry was made; recorded with it."""

    BADGE = "badge"
    PHONE = "phone"
    TYPED = "typed"
    TICKED = "ticked"
    ROLL_CALL = "roll_call"
    BACKFILL = "backfill"
    FILE = "file"


class OutcomeCode(StrEnum):
    """How a request at the door was answered."""

    SIGNED_IN = "signed_in"
    ALREADY = "already"
    LEFT = "left"
    RETURNED = "returned"
    NOT_IN = "not_in"
    """Leaving or returning without ever having signed in."""
    UNKNOWN_BADGE = "unknown_badge"
    UNKNOWN_PERSON = "unknown_person"
    NOT_OPEN = "not_open"
    """Sign-in is closed, or the meeting is sealed or postponed."""
    PROPOSED = "proposed"
    """A telephone has asked, and a person at the desk will confirm (严格)."""
    VACANT = "vacant"
    """The post has no holder."""


@dataclass(frozen=True, slots=True)
class SignInRequest:
    """One request at the door.

    Exactly one of `badge` and `seat_id` is given. `nonce` makes a repeated request harmless: the
    same nonce gets the same answer again. `at` is for facts entered later; None means now.
    `deputy` is the person who came instead; `deputy_approved` None means that nobody has said.
    `by` is who entered it from paper (补录). `device` is the random name of the telephone, `signature`
    what was drawn on it, as `domain.signature` writes it.
    """

    nonce: str
    badge: str = ""
    seat_id: str = ""
    kind: Movement = Movement.ENTER
    method: Method = Method.BADGE
    station: str = ""
    deputy: Deputy | None = None
    deputy_approved: bool | None = None
    at: datetime | None = None
    by: str = ""
    device: str = ""
    signature: str = ""


@dataclass(frozen=True, slots=True)
class SignInOutcome:
    """The answer; for SIGNED_IN, ALREADY, LEFT, RETURNED and PROPOSED it is durable on disk.

    `at` is when this entry (for ALREADY: the first one) was made. `late_minutes` is rounded up,
    0 for punctual. `event_id` names the entry so that it can be undone, "" for refusals.
    """

    code: OutcomeCode
    seat_id: str = ""
    seq: int = 0
    name: str = ""
    unit: str = ""
    post: str = ""
    place: str = ""
    late_minutes: int = 0
    at: datetime | None = None
    pending: bool = False
    event_id: str = ""

    @property
    def is_durable(self) -> bool:
        """Whether the answer stands for a fact on disk."""
        return self.code in (
            OutcomeCode.SIGNED_IN,
            OutcomeCode.ALREADY,
            OutcomeCode.LEFT,
            OutcomeCode.RETURNED,
            OutcomeCode.PROPOSED,
        )


@dataclass(frozen=True, slots=True)
class DeskMeeting:
    """What the desk may say about the meeting on its own pages."""

    meeting_id: str
    title: str
    start: datetime
    place: str
    is_open: bool
    has_pins: bool = False
    """Whether the roster gives anybody a PIN."""
    asks_signature: bool = False
    """Whether the page asks for a signature drawn by finger."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person found by full name and second factor; never part of a list of the roster."""

    seat_id: str
    name: str
    unit: str
    post: str
