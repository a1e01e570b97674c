"""What is known about one seat: arrivals, exits, leave, sightings and rulings, in plain records.

`SeatFacts` is what the classifier judges. Every record names the event it came from, so that each
conclusion can show its evidence.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from huifeng_desktop.domain.approval import Approval
from huifeng_desktop.domain.people import Deputy
from huifeng_desktop.domain.phones import DeviceUse, PhoneLevel, Proposal, Vouch
from huifeng_desktop.domain.record import record


@record
class Arrival:
    """One 签到; `deputy` is who came instead, `deputy_approved` None if nobody has said.

    `by` and `entered_at`: who entered it from paper (补录), and when. `confirmed_by`: who confirmed, at
    `entered_at`, what a telephone had proposed in the event `proposal`. `shared_with`: who had used the
    same telephone before, and `level` how far telephones were trusted then. `clock_off_s`: by how much the
    computer's clock had been set since the first sign-ins; what `at` says hangs on that.
    """

    event_id: str
    at: datetime
    method: str
    writer: str = ""
    deputy: Deputy | None = None
    deputy_approved: bool | None = None
    by: str = ""
    entered_at: datetime | None = None
    confirmed_by: str = ""
    proposal: str = ""
    shared_with: DeviceUse | None = None
    level: PhoneLevel = PhoneLevel.STANDARD
    clock_off_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Passage:
    """One 离场 (`outward`) or 返回; `approved` marks a permitted early exit."""

    event_id: str
    at: datetime
    outward: bool
    approved: bool = False


@dataclass(frozen=True, slots=True)
class Leave:
    """请假 as last recorded. `requested_at` None: entered from the office's file, taken as in time."""

    event_id: str
    reason: str
    approval: Approval
    approved_by: str
    deputy: Deputy | None = None
    requested_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DeputyWord:
    """What was said about a deputy apart from the sign-in: approved or not, and by whom."""

    event_id: str
    deputy: Deputy
    approved: bool
    approved_by: str = ""


@dataclass(frozen=True, slots=True)
class Sighting:
    """Whether the seat was filled at one headcount (会中清点)."""

    event_id: str
    at: datetime
    seen: bool


@dataclass(frozen=True, slots=True)
class Headcount:
    """One 会中清点."""

    event_id: str
    at: datetime
    seen: frozenset[str]
    unseen: frozenset[str]


class CallWord(StrEnum):
    """What came of telephoning somebody who is missing."""

    REACHED = "reached"
    """已联系."""
    COMING = "coming"
    """在路上."""
    NO_ANSWER = "no_answer"
    """没接通."""


@dataclass(frozen=True, slots=True)
class Call:
    """The last telephone call about a missing person; `expected` is a time of day ("14:40") or ""."""

    event_id: str
    word: CallWord
    expected: str
    at: datetime


class Decision(StrEnum):
    """What a person can rule on a case."""

    IN_PERSON = "in_person"
    """本人到会，不计."""
    LATE = "late"
    """本人到会，按迟到."""
    LEFT_EARLY = "left_early"
    """本人到会，按早退."""
    APPROVED_DEPUTY = "approved_deputy"
    """有正当理由，准予代会."""
    UNAPPROVED_SUBSTITUTE = "unapproved_substitute"
    """擅自替会."""
    ON_LEAVE = "on_leave"
    """准假."""
    ABSENT = "absent"
    """缺席."""
    EXCUSED = "excused"
    """事实不变，有正当理由，不计."""
    DEFERRED = "deferred"
    """暂缓，要求书面说明."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """认定: the last word of a person on the case, with the reason."""

    event_id: str
    decision: Decision
    reason: str
    by: str
    at: datetime
    seat_only: bool = False
    """Decided on the appeal of one seat: the person's other posts keep what was ruled on them."""


@dataclass(slots=True)
class SeatFacts:
    """Everything stated about one seat, annulled facts left out. Lists are in no special order."""

    arrivals: list[Arrival] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    sightings: list[Sighting] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    """What a telephone asked for and nobody has refused."""
    vouches: list[Vouch] = field(default_factory=list)
    leave: Leave | None = None
    deputy_word: DeputyWord | None = None
    ruling: Ruling | None = None
    shared_ruling: Ruling | None = None
    """The last ruling that holds for all posts of the person."""
    call: Call | None = None

    @property
    def arrival(self) -> Arrival | None:
        """The arrival that holds: the earliest, whichever desk recorded it."""
        if len(self.arrivals) < 2:
            return self.arrivals[0] if self.arrivals else None
        return min(self.arrivals, key=lambda one: (one.at, one.event_id))

    def is_out_at(self, moment: datetime) -> bool:
        """Whether an exit without return was registered at `moment`."""
        last = max((one for one in self.passages if one.at <= moment), key=_passage_order, default=None)
        return last is not None and last.outward and not self._signed_again(last.at, moment)

    def last_exit(self) -> Passage | None:
        """The exit after which the person did not come back, if any."""
        if not self.passages:
            return None
        last = max(self.passages, key=_passage_order)
        if not last.outward or self._signed_again(last.at):
            return None
        return last

    def _signed_again(self, after: datetime, until: datetime | None = None) -> bool:
        """Whether a later sign-in, at whichever desk, shows that somebody who had left is back."""
        return any(one.at > after and (until is None or one.at <= until) for one in self.arrivals)


def _passage_order(passage: Passage) -> tuple[datetime, bool, str]:
    return (passage.at, not passage.outward, passage.event_id)
