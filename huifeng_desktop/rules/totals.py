"""Figures of one meeting, with the identity that must always hold.

应到 = 本人 + 准予代会 + 擅自替会 + 请假(未派人) + 缺席. Rates have one decimal, half up; 应到 0 gives "—".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal, NamedTuple

from huifeng_desktop.domain.people import Category
from huifeng_desktop.domain.rule_set import RuleSet
from huifeng_desktop.rules.verdict import Disposition, Verdict

NO_RATE = "—"
_EXPECTED = tuple(category for category in Category if category.is_expected)
_FILLED = tuple(disposition for disposition in Disposition if disposition.is_filled)


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts of seats; `leave_all` is 请假 including those who sent an approved deputy."""

    expected: int = 0
    present: int = 0
    in_person: int = 0
    approved_deputy: int = 0
    unapproved_substitute: int = 0
    on_leave: int = 0
    absent: int = 0
    late: int = 0
    left_early: int = 0
    leave_all: int = 0
    observers: int = 0
    observers_present: int = 0
    staff: int = 0
    staff_present: int = 0
    vacant: int = 0
    pending: int = 0
    in_person_only: bool = False

    @property
    def attendance_rate(self) -> str:
        """到会率 = 实到 ÷ 应到."""
        return rate(self.present, self.expected)

    @property
    def in_person_rate(self) -> str:
        """本人到会率 = 本人 ÷ 应到."""
        return rate(self.in_person, self.expected)

    @property
    def punctual_rate(self) -> str:
        """准时率 = (实到 − 迟到) ÷ 实到."""
        return rate(self.present - self.late, self.present)

    @property
    def identity_holds(self) -> bool:
        """Whether the five dispositions add up to 应到."""
        parts = self.in_person + self.approved_deputy + self.unapproved_substitute
        return self.expected == parts + self.on_leave + self.absent

    def to_json(self) -> dict[str, Any]:
        """Counts and rates as `results --json` gives them."""
        plain = asdict(self)
        del plain["in_person_only"]
        return plain | {
            "attendance_rate": self.attendance_rate,
            "in_person_rate": self.in_person_rate,
            "punctual_rate": self.punctual_rate,
        }


def rate(part: int, whole: int) -> str:
    """A percentage with one decimal, half up, reckoned in integers; "—" where whole is 0."""
    if whole <= 0:
        return NO_RATE
    tenths = (part * 2000 + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10}%"


class Tally:
    """Counts verdicts one at a time, in and out again, so that in a rush nobody is counted twice."""

    def __init__(self, verdicts: Iterable[Verdict] = ()) -> None:
        self._counts: Counter[_Kind] = Counter()
        for verdict in verdicts:
            self.put_in(verdict)

    def put_in(self, verdict: Verdict) -> None:
        """Count this one too."""
        self._counts[_kind(verdict)] += 1

    def take_out(self, verdict: Verdict) -> None:
        """Count one that was put in no longer."""
        self._counts[_kind(verdict)] -= 1

    def totals(self, rule_set: RuleSet) -> Totals:
        """The figures. Under a legal meeting's rules 实到 is 本人 only."""
        by = {which: self._count(_EXPECTED, (which,)) for which in Disposition}
        filling = (Disposition.IN_PERSON,) if rule_set.in_person_only else _FILLED
        return Totals(
            expected=self._count(_EXPECTED),
            present=sum(by[which] for which in filling),
            **{which.value: number for which, number in by.items()},
            late=self._count(_EXPECTED, filling, "late"),
            left_early=self._count(_EXPECTED, filling, "left_early"),
            leave_all=by[Disposition.ON_LEAVE] + by[Disposition.APPROVED_DEPUTY],
            observers=self._count((Category.OBSERVER,)),
            observers_present=self._count((Category.OBSERVER,), _FILLED),
            staff=self._count((Category.STAFF,)),
            staff_present=self._count((Category.STAFF,), _FILLED),
            vacant=self._count((Category.VACANT,)),
            pending=sum(number for kind, number in self._counts.items() if kind.pending),
            in_person_only=rule_set.in_person_only,
        )

    def _count(
        self,
        categories: Collection[Category],
        dispositions: Collection[Disposition] | None = None,
        manner: Literal["late", "left_early"] | None = None,
    ) -> int:
        """How many seats of these categories ended so; None for all of them."""
        return sum(
            number
            for kind, number in self._counts.items()
            if kind.category in categories
            and (dispositions is None or kind.disposition in dispositions)
            and (manner is None or getattr(kind, manner))
        )


class _Kind(NamedTuple):
    """All of a verdict that is counted."""

    category: Category
    disposition: Disposition | None
    pending: bool
    late: bool
    left_early: bool


def _kind(one: Verdict) -> _Kind:
    noted = bool(one.late_minutes or one.left_early_minutes or one.violations)
    late, early = noted and one.is_late, noted and one.has_left_early
    return _Kind(one.seat.category, one.disposition, one.pending, late, early)


def total(verdicts: Iterable[Verdict], rule_set: RuleSet) -> Totals:
    """Count verdicts, in one look at each."""
    return Tally(verdicts).totals(rule_set)
