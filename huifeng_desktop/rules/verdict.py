"""The words of a judgement: dispositions, violations, flags and reasons (DOMAIN §3).

Codes only; the Chinese sentences are made in `huifeng_desktop.wording`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from huifeng_desktop.domain.people import Category, Deputy, Seat
from huifeng_desktop.domain.record import record


class Disposition(StrEnum):
    """The five ways in which an expected seat can end; they add up to 应到."""

    IN_PERSON = "in_person"
    APPROVED_DEPUTY = "approved_deputy"
    UNAPPROVED_SUBSTITUTE = "unapproved_substitute"
    ON_LEAVE = "on_leave"
    ABSENT = "absent"

    @property
    def is_filled(self) -> bool:
        """Whether somebody sat there (实到)."""
        return self in _FILLED


_FILLED = frozenset({Disposition.IN_PERSON, Disposition.APPROVED_DEPUTY, Disposition.UNAPPROVED_SUBSTITUTE})


class Violation(StrEnum):
    """What may count against the invited person, heaviest first: 缺席 > 替会 > 迟到 > 早退."""

    ABSENT = "absent"
    UNAPPROVED_SUBSTITUTE = "unapproved_substitute"
    LATE = "late"
    LEFT_EARLY = "left_early"


class Flag(StrEnum):
    """Marks that a reader of the sheet should see."""

    SIGNED_THEN_GONE = "signed_then_gone"
    """签到后离场: signed in, not there at the headcount, no exit registered."""
    SEEN_NOT_SIGNED = "seen_not_signed"
    """清点在场，未签到."""
    LEAVE_CANCELLED = "leave_cancelled"
    """销假: leave was approved, the person came."""
    LEAVE_ORAL = "leave_oral"
    """口头请假，待补手续."""
    LEAVE_NOT_APPROVED = "leave_not_approved"
    LEAVE_AFTER_START = "leave_after_start"
    """Asked for after the meeting had begun."""
    DEPUTY_UNCONFIRMED = "deputy_unconfirmed"
    """代会 待核实: nobody has said whether the deputy was approved."""
    CAME_AFTER_SUBSTITUTE = "came_after_substitute"
    """替会者先签到，本人后到: somebody without approval had signed in the person's place before."""
    CAME_AFTER_DEPUTY = "came_after_deputy"
    """The same, but the deputy was approved: nothing is to be settled."""
    DEVICE_SHARED = "device_shared"
    """Signed in from a telephone that somebody else had used before."""
    PHONE_UNCONFIRMED = "phone_unconfirmed"
    """A telephone asked for the sign-in, nobody has confirmed or refused it."""
    CLOCK_SET = "clock_set"
    """Signed in after the computer's clock had been set: the time may be wrong."""
    VERY_LATE = "very_late"
    LEFT_WITH_APPROVAL = "left_with_approval"
    EXCUSED = "excused"
    """A person ruled that there was a good reason (有正当理由)."""
    DEFERRED = "deferred"
    RULED = "ruled"
    VACANT = "vacant"
    EXEMPT = "exempt"


@record
class Reason:
    """One piece of evidence: a code, its parameters, and the event that it stands on."""

    code: str
    event_id: str = ""
    at: datetime | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)


@record
class Verdict:
    """What is to be said of one seat on the evidence so far."""

    seat: Seat
    disposition: Disposition | None
    signed_in_at: datetime | None = None
    left_at: datetime | None = None
    late_minutes: int = 0
    left_early_minutes: int = 0
    flags: tuple[Flag, ...] = ()
    pending: bool = False
    counted: Violation | None = None
    violations: tuple[Violation, ...] = ()
    """Every violation that the evidence shows, heaviest first, exempt and excused ones left out."""
    stood_in_by: Deputy | None = None
    reasons: tuple[Reason, ...] = ()
    method: str = ""

    @property
    def is_present(self) -> bool:
        """Whether the seat is filled."""
        return self.disposition is not None and self.disposition.is_filled

    @property
    def is_expected(self) -> bool:
        """Whether the seat is in 应到."""
        return self.seat.category.is_expected

    @property
    def is_late(self) -> bool:
        """Whether the seat is among the 迟到, by the clock or by a person's word.

        One label a seat, and 替会 is the heavier one.
        """
        late = self.late_minutes > 0 or Violation.LATE in self.violations
        return late and self._bears_manner

    @property
    def has_left_early(self) -> bool:
        """Whether the seat is among the 早退; as with 迟到, 替会 is the heavier label."""
        early = self.left_early_minutes > 0 or Violation.LEFT_EARLY in self.violations
        return early and self._bears_manner

    @property
    def _bears_manner(self) -> bool:
        return self.is_present and self.disposition is not Disposition.UNAPPROVED_SUBSTITUTE

    @property
    def is_case(self) -> bool:
        """Whether there is anything that a person may rule on."""
        doubtful = self.pending or bool(self.violations) or Flag.RULED in self.flags
        return doubtful or (self.seat.category is Category.MEMBER and Flag.LEAVE_ORAL in self.flags)


def noted(verdict: Verdict, reason: Reason | None, *flags: Flag) -> Verdict:
    """The verdict with one more piece of evidence, and flags that it did not bear yet."""
    reasons = verdict.reasons if reason is None else (*verdict.reasons, reason)
    fresh = tuple(flag for flag in flags if flag not in verdict.flags)
    return replace(verdict, reasons=reasons, flags=verdict.flags + fresh)
