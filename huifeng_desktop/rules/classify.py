"""Who came, who came late, who sent whom: the classification of every seat (DOMAIN §3 and §4).

Pure: the same facts, rule set and moment give the same verdict, in whatever order facts arrived.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from huifeng_desktop.domain.attendance import Decision, SeatFacts, Sighting
from huifeng_desktop.domain.people import Category, Seat
from huifeng_desktop.domain.rule_set import (
    GoneAtHeadcount,
    LeftEarlyUse,
    RuleSet,
    SeenUnsigned,
    SubstituteAs,
)
from huifeng_desktop.domain.state import MeetingState
from huifeng_desktop.rules.coming import comes_excused, deputy_approval, judge_coming, late_minutes
from huifeng_desktop.rules.context import Context, context_of, whole_second
from huifeng_desktop.rules.verdict import Disposition, Flag, Reason, Verdict, Violation, noted

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
    verdict = judge_coming(seat, facts, context)
    if _is_plain(verdict, facts):
        return _exempted(verdict) if _is_exempt(seat, context) else verdict
    verdict = _judge_headcounts(verdict, facts, context)
    verdict = _judge_leaving(verdict, facts, context)
    verdict = _apply_switches(verdict, facts, context)
    verdict = _with_violations(verdict, facts, context)
    verdict = _apply_ruling(verdict, facts, context)
    if verdict.pending and not seat.category.is_expected:
        verdict = replace(verdict, pending=False)
    return _with_counted(verdict, context)


def _is_plain(verdict: Verdict, facts: SeatFacts) -> bool:
    """Whether somebody came in time and nothing else is told of them: no rule has more to say.

    So it is with nine in ten, and a year's ledger judges 60 000.
    """
    if verdict.disposition is not Disposition.IN_PERSON or verdict.late_minutes or verdict.flags:
        return False
    return not (facts.sightings or facts.passages or facts.ruling)


# -- late, gone, early -----------------------------------------------------------------------------


def _judge_headcounts(verdict: Verdict, facts: SeatFacts, context: Context) -> Verdict:
    if not facts.sightings:
        return verdict
    if verdict.signed_in_at is None:
        return _judge_unsigned(verdict, facts.sightings)
    relevant = [one for one in facts.sightings if one.at >= verdict.signed_in_at]
    last = max(relevant, key=lambda one: (one.at, one.event_id), default=None)
    if last is None:
        return verdict
    if last.seen:
        return noted(verdict, Reason("seen", last.event_id, last.at))
    if facts.is_out_at(last.at):
        return noted(verdict, Reason("out_at_headcount", last.event_id, last.at))
    pending = context.rule_set.gone_at_headcount is GoneAtHeadcount.RULING
    verdict = replace(verdict, pending=verdict.pending or pending)
    return noted(verdict, Reason("signed_then_gone", last.event_id, last.at), Flag.SIGNED_THEN_GONE)


def _judge_unsigned(verdict: Verdict, sightings: Sequence[Sighting]) -> Verdict:
    seen = min((one for one in sightings if one.seen), key=lambda one: (one.at, one.event_id), default=None)
    if seen is None:
        return verdict
    verdict = replace(verdict, pending=True)
    return noted(verdict, Reason("seen_not_signed", seen.event_id, seen.at), Flag.SEEN_NOT_SIGNED)


def _judge_leaving(verdict: Verdict, facts: SeatFacts, context: Context) -> Verdict:
    left = facts.last_exit()
    if left is None or not verdict.is_present:
        return _gone_as_left_early(verdict, facts, context)
    verdict = replace(verdict, left_at=left.at)
    if left.approved:
        return noted(verdict, Reason("left", left.event_id, left.at), Flag.LEFT_WITH_APPROVAL)
    minutes = _early_minutes(left.at, context)
    verdict = replace(verdict, left_early_minutes=minutes)
    code = "left_early" if minutes else "left"
    return noted(verdict, Reason(code, left.event_id, left.at, {"minutes": minutes}))


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
    if in_person and _is_very_late(verdict, context) and not comes_excused(verdict, facts, context):
        return noted(replace(verdict, disposition=Disposition.ABSENT), Reason("very_late"), Flag.VERY_LATE)
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
    if _is_exempt(verdict.seat, context):
        return _exempted(verdict)
    found: set[Violation] = set()
    if verdict.disposition is Disposition.ABSENT and context.has_begun:
        found.add(Violation.ABSENT)
    if verdict.disposition is Disposition.UNAPPROVED_SUBSTITUTE:
        found.add(Violation.UNAPPROVED_SUBSTITUTE)
    manner = _manner(verdict) if verdict.is_present else set()
    if manner and not _is_excused(verdict, facts, context):
        found |= manner
    return replace(verdict, violations=_sorted(found)) if found else verdict


def _is_exempt(seat: Seat, context: Context) -> bool:
    """Whether nothing is ever charged to this seat."""
    return seat.category.value in context.rule_set.exempt


def _exempted(verdict: Verdict) -> Verdict:
    """Observers and staff are outside anyway; of the others it is said."""
    return noted(verdict, None, Flag.EXEMPT) if verdict.is_expected else verdict


def _is_excused(verdict: Verdict, facts: SeatFacts, context: Context) -> bool:
    """Whether being late or leaving early is nothing to be charged."""
    return verdict.disposition is Disposition.APPROVED_DEPUTY or comes_excused(verdict, facts, context)


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
    verdict = noted(verdict, Reason("ruling", ruling.event_id, ruling.at, detail))
    if ruling.decision is Decision.DEFERRED:
        until = context.explain_until(ruling.at)
        due = Reason("explanation_due", "", until, {"expired": context.as_of > until})
        return noted(replace(verdict, pending=True), due, Flag.DEFERRED)
    verdict = noted(replace(verdict, pending=False), None, Flag.RULED)
    if ruling.decision is Decision.EXCUSED:
        return noted(replace(verdict, violations=()), None, Flag.EXCUSED)
    disposition, violations = _RULED[ruling.decision]
    if _is_exempt(verdict.seat, context):
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


def _sorted(violations: set[Violation]) -> tuple[Violation, ...]:
    return tuple(sorted(violations, key=_SEVERITY.index))
