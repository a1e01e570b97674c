"""Who came, who came late, who sent whom: the classification of every seat (DOMAIN §3 and §4).

Pure: the same facts, rule set and moment give the same verdict, in whatever order facts arrived.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from huifeng_desktop.domain.attendance import Arrival, Decision, Leave, SeatFacts, Sighting
from huifeng_desktop.domain.imported import Approval
from huifeng_desktop.domain.people import Category, Deputy, Seat, name_key
from huifeng_desktop.domain.phones import PhoneLevel
from huifeng_desktop.domain.rule_set import (
    GoneAtHeadcount,
    LeftEarlyUse,
    RuleSet,
    SeenUnsigned,
    SubstituteAs,
)
from huifeng_desktop.domain.state import MeetingState
from huifeng_desktop.rules.context import Context, context_of, whole_second
from huifeng_desktop.rules.verdict import Disposition, Flag, Reason, Verdict, Violation

__all__ = [
    "Context",
    "classify",
    "classify_seat",
    "context_of",
    "counts_in_ladder",
    "deputy_approval",
    "has_effect",
    "late_minutes",
]

_SEVERITY = tuple(Violation)


def classify(state: MeetingState, as_of: datetime, rule_set: RuleSet | None = None) -> list[Verdict]:
    """A verdict for every seat, in house order."""
    context = context_of(state, as_of, rule_set)
    return [classify_seat(seat, state.facts_of(seat), context) for seat in state.seats]


def classify_seat(seat: Seat, facts: SeatFacts, context: Context) -> Verdict:
    """The verdict on one seat."""
    if seat.category is Category.VACANT:
        return Verdict(seat, None, flags=(Flag.VACANT,), reasons=(Reason("vacant"),))
    verdict = _judge_coming(seat, facts, context)
    verdict = _judge_headcounts(verdict, facts, context)
    verdict = _judge_leaving(verdict, facts, context)
    verdict = _apply_switches(verdict, facts, context)
    verdict = _with_violations(verdict, facts, context)
    verdict = _apply_ruling(verdict, facts, context)
    if verdict.pending and not seat.category.is_expected:
        verdict = replace(verdict, pending=False)
    return _with_counted(verdict, context)


# -- did somebody come, and who --------------------------------------------------------------------


def _judge_coming(seat: Seat, facts: SeatFacts, context: Context) -> Verdict:
    arrival = facts.arrival
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
        verdict = _noted(verdict, Reason("late", arrival.event_id, arrival.at, {"minutes": late}))
    if arrival.clock_off_s:
        detail = {"off_s": arrival.clock_off_s}
        verdict = _noted(verdict, Reason("clock_set", arrival.event_id, arrival.at, detail), Flag.CLOCK_SET)
    verdict = _judge_device(verdict, arrival, facts)
    if arrival.deputy is not None:
        return _judge_deputy(verdict, arrival, arrival.deputy, facts)
    if facts.leave is not None and facts.leave.approval is not Approval.NOT_APPROVED:
        return _noted(verdict, Reason("leave_cancelled", facts.leave.event_id), Flag.LEAVE_CANCELLED)
    return verdict


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
    verdict = _noted(
        verdict, Reason("device_shared", arrival.event_id, arrival.at, detail), Flag.DEVICE_SHARED
    )
    vouch = next((one for one in facts.vouches if one.entry == arrival.event_id), None)
    if vouch is not None:
        return _noted(verdict, Reason("vouched", vouch.event_id, vouch.at, {"by": vouch.by}))
    seen = any(one.seen and one.at >= arrival.at for one in facts.sightings)
    doubtful = arrival.level is PhoneLevel.STANDARD and not (seen or arrival.confirmed_by)
    return replace(verdict, pending=verdict.pending or doubtful)


def _judge_proposals(verdict: Verdict, facts: SeatFacts) -> Verdict:
    """Nobody is 缺席 in silence whose telephone asked to be signed in (严格)."""
    first = min(facts.proposals, key=lambda one: (one.at, one.event_id), default=None)
    if first is None:
        return verdict
    reason = Reason("phone_unconfirmed", first.event_id, first.at)
    return _noted(replace(verdict, pending=True), reason, Flag.PHONE_UNCONFIRMED)


def _judge_deputy(verdict: Verdict, arrival: Arrival, deputy: Deputy, facts: SeatFacts) -> Verdict:
    approved = deputy_approval(arrival, deputy, facts)
    detail = {"name": deputy.name, "post": deputy.post}
    verdict = replace(verdict, stood_in_by=deputy)
    if approved:
        verdict = replace(verdict, disposition=Disposition.APPROVED_DEPUTY)
        return _noted(verdict, Reason("deputy_approved", arrival.event_id, arrival.at, detail))
    verdict = replace(verdict, disposition=Disposition.UNAPPROVED_SUBSTITUTE)
    if approved is False:
        return _noted(verdict, Reason("deputy_refused", arrival.event_id, arrival.at, detail))
    verdict = replace(verdict, pending=True)
    return _noted(
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
    detail = {"reason": leave.reason, "approved_by": leave.approved_by}
    if leave.approval is Approval.NOT_APPROVED:
        reasons = (Reason("no_arrival"), Reason("leave_not_approved", leave.event_id, None, detail))
        return Verdict(seat, Disposition.ABSENT, flags=(Flag.LEAVE_NOT_APPROVED,), reasons=reasons)
    verdict = Verdict(seat, Disposition.ON_LEAVE)
    if leave.approval is Approval.ORAL:
        expired = context.as_of > context.oral_deadline
        verdict = replace(verdict, pending=expired)
        reason = Reason("leave_oral", leave.event_id, context.oral_deadline, detail)
        verdict = _noted(verdict, reason, Flag.LEAVE_ORAL)
    else:
        verdict = _noted(verdict, Reason("leave_approved", leave.event_id, None, detail))
    if _asked_in_time(leave, context):
        return verdict
    reason = Reason("leave_after_start", leave.event_id, leave.requested_at, detail)
    return _noted(replace(verdict, pending=True), reason, Flag.LEAVE_AFTER_START)


def _asked_in_time(leave: Leave, context: Context) -> bool:
    """Whether the leave was asked for before the notified start; a line of the office's file was."""
    return leave.requested_at is None or whole_second(leave.requested_at) <= context.start


def _came_from_leave(verdict: Verdict, facts: SeatFacts, context: Context) -> bool:
    """销假: valid leave, yet the person came; nothing about the coming counts against them."""
    leave = facts.leave
    if leave is None or verdict.disposition is not Disposition.IN_PERSON:
        return False
    return leave.approval is Approval.APPROVED and _asked_in_time(leave, context)


# -- late, gone, early -----------------------------------------------------------------------------


def late_minutes(signed_in_at: datetime, context: Context) -> int:
    """Minutes after the base, rounded up; 0 within the grace. Seconds decide, not fractions."""
    base = context.late_base
    signed = whole_second(signed_in_at)
    if signed <= base + timedelta(minutes=context.rule_set.grace_min):
        return 0
    return math.ceil((signed - base).total_seconds() / 60)


def _judge_headcounts(verdict: Verdict, facts: SeatFacts, context: Context) -> Verdict:
    if verdict.signed_in_at is None:
        return _judge_unsigned(verdict, facts.sightings)
    relevant = [one for one in facts.sightings if one.at >= verdict.signed_in_at]
    last = max(relevant, key=lambda one: (one.at, one.event_id), default=None)
    if last is None:
        return verdict
    if last.seen:
        return _noted(verdict, Reason("seen", last.event_id, last.at))
    if facts.is_out_at(last.at):
        return _noted(verdict, Reason("out_at_headcount", last.event_id, last.at))
    pending = context.rule_set.gone_at_headcount is GoneAtHeadcount.RULING
    verdict = replace(verdict, pending=verdict.pending or pending)
    return _noted(verdict, Reason("signed_then_gone", last.event_id, last.at), Flag.SIGNED_THEN_GONE)


def _judge_unsigned(verdict: Verdict, sightings: Sequence[Sighting]) -> Verdict:
    seen = min((one for one in sightings if one.seen), key=lambda one: (one.at, one.event_id), default=None)
    if seen is None:
        return verdict
    verdict = replace(verdict, pending=True)
    return _noted(verdict, Reason("seen_not_signed", seen.event_id, seen.at), Flag.SEEN_NOT_SIGNED)


def _judge_leaving(verdict: Verdict, facts: SeatFacts, context: Context) -> Verdict:
    left = facts.last_exit()
    if left is None or not verdict.is_present:
        return _gone_as_left_early(verdict, facts, context)
    verdict = replace(verdict, left_at=left.at)
    if left.approved:
        return _noted(verdict, Reason("left", left.event_id, left.at), Flag.LEFT_WITH_APPROVAL)
    minutes = _early_minutes(left.at, context)
    verdict = replace(verdict, left_early_minutes=minutes)
    code = "left_early" if minutes else "left"
    return _noted(verdict, Reason(code, left.event_id, left.at, {"minutes": minutes}))


def _gone_as_left_early(verdict: Verdict, facts: SeatFacts, context: Context) -> Verdict:
    """Where the rule set says so, being gone at the headcount is 早退 from that headcount on."""
    switched = context.rule_set.gone_at_headcount is GoneAtHeadcount.LEFT_EARLY
    if Flag.SIGNED_THEN_GONE not in verdict.flags or not switched:
        return verdict
    return _gone_since(verdict, facts, context)


def _gone_since(verdict: Verdict, facts: SeatFacts, context: Context) -> Verdict:
    """Somebody without a registered exit left, at the latest, when the headcount missed them."""
    if Flag.SIGNED_THEN_GONE not in verdict.flags or verdict.left_at is not None:
        return verdict
    last = max(facts.sightings, key=lambda one: (one.at, one.event_id))
    return replace(verdict, left_at=last.at, left_early_minutes=_early_minutes(last.at, context))


def _early_minutes(left_at: datetime, context: Context) -> int:
    """Minutes before 散会, rounded up; 0 within the tolerance, before 散会, or if not recorded."""
    if context.adjourned_at is None or context.rule_set.left_early is LeftEarlyUse.NOT_RECORDED:
        return 0
    left, end = whole_second(left_at), whole_second(context.adjourned_at)
    if left >= end - timedelta(minutes=context.rule_set.left_early_tolerance_min):
        return 0
    return math.ceil((end - left).total_seconds() / 60)


def _apply_switches(verdict: Verdict, facts: SeatFacts, context: Context) -> Verdict:
    """The switches that turn one disposition into another."""
    rules = context.rule_set
    if (
        verdict.disposition is Disposition.UNAPPROVED_SUBSTITUTE
        and rules.substitute_as is SubstituteAs.ABSENT
    ):
        return replace(verdict, disposition=Disposition.ABSENT)
    in_person = verdict.disposition is Disposition.IN_PERSON
    if in_person and _is_very_late(verdict, context) and not _came_from_leave(verdict, facts, context):
        return _noted(replace(verdict, disposition=Disposition.ABSENT), Reason("very_late"), Flag.VERY_LATE)
    unsigned = Flag.SEEN_NOT_SIGNED in verdict.flags and verdict.disposition is Disposition.ABSENT
    if unsigned and rules.seen_unsigned is SeenUnsigned.LATE:
        return replace(verdict, disposition=Disposition.IN_PERSON)
    return verdict


def _is_very_late(verdict: Verdict, context: Context) -> bool:
    """Late by so many full minutes that the rule set takes it for 缺席; seconds decide."""
    limit, signed = context.rule_set.very_late_min, verdict.signed_in_at
    if limit is None or signed is None or not verdict.late_minutes:
        return False
    return whole_second(signed) >= whole_second(context.late_base) + timedelta(minutes=limit)


# -- what counts -----------------------------------------------------------------------------------


def _with_violations(verdict: Verdict, facts: SeatFacts, context: Context) -> Verdict:
    if verdict.seat.category.value in context.rule_set.exempt:
        return _noted(verdict, None, Flag.EXEMPT) if verdict.is_expected else verdict
    found: set[Violation] = set()
    if verdict.disposition is Disposition.ABSENT and context.has_begun:
        found.add(Violation.ABSENT)
    if verdict.disposition is Disposition.UNAPPROVED_SUBSTITUTE:
        found.add(Violation.UNAPPROVED_SUBSTITUTE)
    excused = verdict.disposition is Disposition.APPROVED_DEPUTY or _came_from_leave(verdict, facts, context)
    if verdict.is_present and not excused:
        found |= _manner(verdict)
    return replace(verdict, violations=_sorted(found)) if found else verdict


def _manner(verdict: Verdict) -> set[Violation]:
    """Late and early, for somebody who came."""
    found: set[Violation] = set()
    if verdict.late_minutes or Flag.SEEN_NOT_SIGNED in verdict.flags:
        found.add(Violation.LATE)
    if verdict.left_early_minutes:
        found.add(Violation.LEFT_EARLY)
    return found


_RULED: dict[Decision, tuple[Disposition, tuple[Violation, ...]]] = {
    Decision.IN_PERSON: (Disposition.IN_PERSON, ()),
    Decision.LATE: (Disposition.IN_PERSON, (Violation.LATE,)),
    Decision.LEFT_EARLY: (Disposition.IN_PERSON, (Violation.LEFT_EARLY,)),
    Decision.APPROVED_DEPUTY: (Disposition.APPROVED_DEPUTY, ()),
    Decision.UNAPPROVED_SUBSTITUTE: (Disposition.UNAPPROVED_SUBSTITUTE, (Violation.UNAPPROVED_SUBSTITUTE,)),
    Decision.ON_LEAVE: (Disposition.ON_LEAVE, ()),
    Decision.ABSENT: (Disposition.ABSENT, (Violation.ABSENT,)),
}
_KEEP_MANNER = (Decision.LATE, Decision.LEFT_EARLY, Decision.UNAPPROVED_SUBSTITUTE)
"""Decisions on one doubt of somebody who came: the other undoubted facts stay beside it."""


def _apply_ruling(verdict: Verdict, facts: SeatFacts, context: Context) -> Verdict:
    ruling = facts.ruling
    if ruling is None:
        return verdict
    detail = {"decision": ruling.decision.value, "by": ruling.by, "reason": ruling.reason}
    verdict = _noted(verdict, Reason("ruling", ruling.event_id, ruling.at, detail))
    if ruling.decision is Decision.DEFERRED:
        return _noted(replace(verdict, pending=True), None, Flag.DEFERRED)
    verdict = _noted(replace(verdict, pending=False), None, Flag.RULED)
    if ruling.decision is Decision.EXCUSED:
        return _noted(replace(verdict, violations=()), None, Flag.EXCUSED)
    disposition, violations = _RULED[ruling.decision]
    if verdict.seat.category.value in context.rule_set.exempt:
        violations = ()
    kept = set(violations)
    if ruling.decision in _KEEP_MANNER:
        kept |= {Violation.LATE, Violation.LEFT_EARLY} & set(verdict.violations)
    if ruling.decision is Decision.LEFT_EARLY:
        verdict = _gone_since(verdict, facts, context)
    if ruling.decision is Decision.IN_PERSON:
        verdict = replace(verdict, late_minutes=0, left_early_minutes=0)
    return replace(verdict, disposition=disposition, violations=_sorted(kept))


def counts_in_ladder(violation: Violation, rule_set: RuleSet) -> bool:
    """Whether a violation of this kind moves somebody up the ladder."""
    if not rule_set.ladder:
        return False
    return violation is not Violation.LEFT_EARLY or rule_set.left_early is LeftEarlyUse.LADDER


def has_effect(violation: Violation, rule_set: RuleSet) -> bool:
    """Whether a violation of this kind leads to anything under the rule set."""
    return counts_in_ladder(violation, rule_set) or rule_set.points.get(violation.value, 0) > 0


def _with_counted(verdict: Verdict, context: Context) -> Verdict:
    """One count a meeting, the heaviest label; the facts are all kept."""
    effective = [one for one in verdict.violations if has_effect(one, context.rule_set)]
    return replace(verdict, counted=effective[0]) if effective else verdict


def _noted(verdict: Verdict, reason: Reason | None, *flags: Flag) -> Verdict:
    reasons = verdict.reasons if reason is None else (*verdict.reasons, reason)
    fresh = tuple(flag for flag in flags if flag not in verdict.flags)
    return replace(verdict, reasons=reasons, flags=verdict.flags + fresh)


def _sorted(violations: set[Violation]) -> tuple[Violation, ...]:
    return tuple(sorted(violations, key=_SEVERITY.index))


def _same(one: str, other: str) -> bool:
    return name_key(one) == name_key(other)
