"""What another rule set would change in a meeting: a look, never a change."""

from __future__ import annotations

from dataclasses import dataclass

from huifeng_desktop.domain.rule_set import RuleSet
from huifeng_desktop.rules.classify import classify, has_effect
from huifeng_desktop.rules.totals import Totals, total
from huifeng_desktop.rules.verdict import Verdict
from huifeng_desktop.service.session import MeetingSession


@dataclass(frozen=True, slots=True)
class RuleChange:
    """One expected seat that would be judged otherwise, and its points before and after."""

    before: Verdict
    after: Verdict
    points_before: float
    points_after: float


@dataclass(frozen=True, slots=True)
class RulePreview:
    """The seats that would change, and the meeting's figures under the other set."""

    changes: tuple[RuleChange, ...]
    totals: Totals

    @property
    def gained(self) -> int:
        """How many would count who do not count now."""
        return sum(one.before.counted is None and one.after.counted is not None for one in self.changes)

    @property
    def lost(self) -> int:
        """How many count now who would not."""
        return sum(one.before.counted is not None and one.after.counted is None for one in self.changes)


def preview_rules(session: MeetingSession, rule_set: RuleSet) -> RulePreview:
    """Judge the meeting's facts by another set, beside the one in force."""
    now, used = session.now().wall, session.plan.rule_set
    after = classify(session.state, now, rule_set)
    changes = [
        RuleChange(old, new, _points(old, used), _points(new, rule_set))
        for old, new in zip(session.verdicts(), after, strict=True)
        if old.is_expected
    ]
    return RulePreview(tuple(one for one in changes if _differs(one)), total(after, rule_set))


def _differs(change: RuleChange) -> bool:
    return _judged(change.before, change.points_before) != _judged(change.after, change.points_after)


def _judged(verdict: Verdict, points: float) -> object:
    return (
        verdict.disposition,
        verdict.violations,
        verdict.counted,
        verdict.pending,
        verdict.late_minutes,
        verdict.left_early_minutes,
        points,
    )


def _points(verdict: Verdict, rule_set: RuleSet) -> float:
    counting = [one for one in verdict.violations if has_effect(one, rule_set)]
    counting = counting if rule_set.each_counts else counting[:1]
    return sum(rule_set.points.get(one.value, 0) for one in counting)
