"""Whether somebody came, who it was, and by what leave nobody did: the first part of every verdict."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import datetime

from huifeng_desktop.domain.approval import Approval
from huifeng_desktop.domain.attendance import Arrival, Leave, SeatFacts
from huifeng_desktop.domain.people import Deputy, Seat, name_key
from huifeng_desktop.domain.phones import PhoneLevel
from huifeng_desktop.rules.context import Context, whole_second
from huifeng_desktop.rules.verdict import Disposition, Flag, Reason, Verdict, noted


def judge_coming(seat: Seat, facts: SeatFacts, context: Context) -> Verdict:
    """Who came and when, or that nobody did.

    The invited person's own coming goes before that of a substitute, whoever signed first.
    """
    first = facts.arrival
    arrival = first if first is None or first.deputy is None else _own_arrival(facts) or first
    if arrival is None:
        return _judge_proposals(_judge_nobody(seat, facts.leave, context), facts)
    late = late_minutes(arrival.at, context)
    verdict = Verdict(
        seat,
        Disposition.IN_PERSON,
        signed_in_at=arrival.at,
        late_minutes=late,
        method=arrival.method,
        reasons=(Reason("signed_in", arrival.event_id, arrival.at, _entry_detail(arrival)),),
    )
    if late:
        verdict = noted(verdict, Reason("late", arrival.event_id, arrival.at, {"minutes": late}))
    if arrival.clock_off_s:
        detail = {"off_s": arrival.clock_off_s}
        verdict = noted(verdict, Reason("clock_set", arrival.event_id, arrival.at, detail), Flag.CLOCK_SET)
    verdict = _judge_device(verdict, arrival, facts)
    if arrival.deputy is not None:
        return _judge_deputy(verdict, arrival, arrival.deputy, facts)
    if facts.leave is not None and facts.leave.approval is not Approval.NOT_APPROVED:
        verdict = noted(verdict, Reason("leave_cancelled", facts.leave.event_id), Flag.LEAVE_CANCELLED)
    return verdict if first is arrival else _judge_stand_in(verdict, facts)


def _own_arrival(facts: SeatFacts) -> Arrival | None:
    """The earliest entry of the invited person."""
    own = (one for one in facts.arrivals if one.deputy is None)
    return min(own, key=lambda one: (one.at, one.event_id), default=None)


def _judge_stand_in(verdict: Verdict, facts: SeatFacts) -> Verdict:
    """Somebody had signed in the person's place before: kept, and without approval a person decides."""
    first = facts.arrival
    if first is None or first.deputy is None or first.at == verdict.signed_in_at:
        return verdict
    detail = {"name": first.deputy.name, "post": first.deputy.post}
    approved = bool(deputy_approval(first, first.deputy, facts))
    verdict = replace(verdict, pending=verdict.pending or not approved)
    reason = Reason("stand_in_before", first.event_id, first.at, detail)
    return noted(verdict, reason, Flag.CAME_AFTER_DEPUTY if approved else Flag.CAME_AFTER_SUBSTITUTE)


def _entry_detail(arrival: Arrival) -> dict[str, object]:
    """How the entry was made; of one made from paper or confirmed, by whom and when."""
    detail: dict[str, object] = {"method": arrival.method}
    if arrival.by:
        detail |= {"by": arrival.by, "entered_at": arrival.entered_at}
    if arrival.confirmed_by:
        detail |= {"confirmed_by": arrival.confirmed_by, "entered_at": arrival.entered_at}
    return detail


def _judge_device(verdict: Verdict, arrival: Arrival, facts: SeatFacts) -> Verdict:
    """A second name from one telephone: noted, and under 标准 a doubt until somebody saw the person."""
    other = arrival.shared_with
    if other is None:
        return verdict
    detail = {"name": other.name, "unit": other.unit, "at": other.at}
    verdict = noted(
        verdict, Reason("device_shared", arrival.event_id, arrival.at, detail), Flag.DEVICE_SHARED
    )
    vouch = next((one for one in facts.vouches if one.entry == arrival.event_id), None)
    if vouch is not None:
        return noted(verdict, Reason("vouched", vouch.event_id, vouch.at, {"by": vouch.by}))
    seen = any(one.seen and one.at >= arrival.at for one in facts.sightings)
    doubtful = arrival.level is PhoneLevel.STANDARD and not (seen or arrival.confirmed_by)
    return replace(verdict, pending=verdict.pending or doubtful)


def _judge_proposals(verdict: Verdict, facts: SeatFacts) -> Verdict:
    """Nobody is 缺席 in silence whose telephone asked to be signed in (严格)."""
    first = min(facts.proposals, key=lambda one: (one.at, one.event_id), default=None)
    if first is None:
        return verdict
    reason = Reason("phone_unconfirmed", first.event_id, first.at)
    return noted(replace(verdict, pending=True), reason, Flag.PHONE_UNCONFIRMED)


def _judge_deputy(verdict: Verdict, arrival: Arrival, deputy: Deputy, facts: SeatFacts) -> Verdict:
    approved = deputy_approval(arrival, deputy, facts)
    detail = {"name": deputy.name, "post": deputy.post}
    verdict = replace(verdict, stood_in_by=deputy)
    if approved:
        verdict = replace(verdict, disposition=Disposition.APPROVED_DEPUTY)
        return noted(verdict, Reason("deputy_approved", arrival.event_id, arrival.at, detail))
    verdict = replace(verdict, disposition=Disposition.UNAPPROVED_SUBSTITUTE)
    if approved is False:
        return noted(verdict, Reason("deputy_refused", arrival.event_id, arrival.at, detail))
    verdict = replace(verdict, pending=True)
    return noted(
        verdict, Reason("deputy_unconfirmed", arrival.event_id, arrival.at, detail), Flag.DEPUTY_UNCONFIRMED
    )


def deputy_approval(arrival: Arrival, deputy: Deputy, facts: SeatFacts) -> bool | None:
    """Approved, refused, or None where nobody has said.

    A word given later about this very deputy goes before the sign-in; then the sign-in itself;
    then an approved leave that names the deputy.
    """
    word = facts.deputy_word
    if word is not None and _same(word.deputy.name, deputy.name):
        return word.approved
    if arrival.deputy_approved is not None:
        return arrival.deputy_approved
    leave = facts.leave
    named = leave is not None and leave.deputy is not None and _same(leave.deputy.name, deputy.name)
    if leave is not None and leave.approval is Approval.APPROVED and named:
        return True
    return None


def _judge_nobody(seat: Seat, leave: Leave | None, context: Context) -> Verdict:
    if leave is None:
        return Verdict(seat, Disposition.ABSENT, reasons=(Reason("no_arrival"), Reason("no_leave")))
    detail: dict[str, object] = {"reason": leave.reason, "approved_by": leave.approved_by}
    if leave.approval is Approval.NOT_APPROVED:
        reasons = (Reason("no_arrival"), Reason("leave_not_approved", leave.event_id, None, detail))
        return Verdict(seat, Disposition.ABSENT, flags=(Flag.LEAVE_NOT_APPROVED,), reasons=reasons)
    verdict = Verdict(seat, Disposition.ON_LEAVE)
    if leave.approval is Approval.ORAL:
        expired = context.as_of > context.oral_deadline
        verdict = replace(verdict, pending=expired)
        detail |= {"expired": expired}
        reason = Reason("leave_oral", leave.event_id, context.oral_deadline, detail)
        verdict = noted(verdict, reason, Flag.LEAVE_ORAL)
    else:
        verdict = noted(verdict, Reason("leave_approved", leave.event_id, None, detail))
    if _asked_in_time(leave, context):
        return verdict
    reason = Reason("leave_after_start", leave.event_id, leave.requested_at, detail)
    return noted(replace(verdict, pending=True), reason, Flag.LEAVE_AFTER_START)


def _asked_in_time(leave: Leave, context: Context) -> bool:
    """Whether the leave was asked for before the notified start; a line of the office's file was."""
    return leave.requested_at is None or whole_second(leave.requested_at) <= context.start


def comes_excused(verdict: Verdict, facts: SeatFacts, context: Context) -> bool:
    """Whether nothing about the coming counts: 销假, or an approved deputy kept the seat until then."""
    leave = facts.leave
    if Flag.CAME_AFTER_DEPUTY in verdict.flags:
        return True
    if leave is None or verdict.disposition is not Disposition.IN_PERSON:
        return False
    return leave.approval is Approval.APPROVED and _asked_in_time(leave, context)


def late_minutes(signed_in_at: datetime, context: Context) -> int:
    """Minutes after the base, rounded up; 0 within the grace. Seconds decide, not fractions."""
    signed = whole_second(signed_in_at)
    if signed <= context.punctual_until:
        return 0
    return math.ceil((signed - context.late_base).total_seconds() / 60)


def _same(one: str, other: str) -> bool:
    return name_key(one) == name_key(other)
