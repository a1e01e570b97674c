"""A year's ledger: what many meetings add up to, per person and per unit (台账).

A person is followed through transfers by name and telephone; without a telephone by name and unit.
The ladder only ever suggests: the decision lies with the competent organ.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from huifeng_desktop.domain.people import Category, Seat, name_key, unit_key
from huifeng_desktop.domain.rule_set import RuleSet
from huifeng_desktop.rules.classify import counts_in_ladder, has_effect
from huifeng_desktop.rules.verdict import Disposition, Verdict, Violation


@dataclass(frozen=True, slots=True)
class JudgedMeeting:
    """One adjourned meeting with its verdicts, judged under its own rule set."""

    meeting_id: str
    title: str
    start: datetime
    rule_set: RuleSet
    sealed: bool
    verdicts: Sequence[Verdict]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One meeting behind a figure."""

    meeting_id: str
    title: str
    start: datetime
    disposition: Disposition
    late_minutes: int
    left_early_minutes: int
    counted: Violation | None
    in_ladder: bool
    points: float
    provisional: bool
    unit: str

    def to_json(self) -> dict[str, Any]:
        """As `ledger --json` shows it; times are local wall times."""
        return {
            "meeting": self.meeting_id,
            "title": self.title,
            "start": self.start.astimezone().replace(tzinfo=None).isoformat(timespec="seconds"),
            "unit": self.unit,
            "disposition": self.disposition.value,
            "late_minutes": self.late_minutes,
            "left_early_minutes": self.left_early_minutes,
            "counted": self.counted.value if self.counted else None,
            "points": _number(self.points),
            "provisional": self.provisional,
        }


@dataclass(slots=True)
class LedgerRow:
    """The sums of one person or one unit. `counted` is what moves along the ladder."""

    name: str
    unit: str
    expected: int = 0
    present: int = 0
    late: int = 0
    left_early: int = 0
    unapproved_substitute: int = 0
    absent: int = 0
    on_leave: int = 0
    counted: int = 0
    tier: int = 0
    suggestion: str = ""
    points: float = 0
    evidence: list[Evidence] = field(default_factory=list)
    by_kind: Counter[Violation] = field(default_factory=Counter)

    def to_json(self) -> dict[str, Any]:
        """As `ledger --json` shows it."""
        keys = (
            "name",
            "unit",
            "expected",
            "present",
            "late",
            "left_early",
            "unapproved_substitute",
            "absent",
        )
        plain: dict[str, Any] = {key: getattr(self, key) for key in (*keys, "on_leave", "counted", "tier")}
        plain |= {"suggestion": self.suggestion or None, "points": _number(self.points)}
        return plain | {"evidence": [one.to_json() for one in self.evidence]}


@dataclass(frozen=True, slots=True)
class Ledger:
    """Both ledgers and whether any meeting in them is not sealed yet."""

    persons: list[LedgerRow]
    units: list[LedgerRow]
    meetings: int
    provisional: bool


def ledger(meetings: Iterable[JudgedMeeting], rule_set: RuleSet) -> Ledger:
    """Add meetings up; `rule_set` gives the ladder, each meeting's own decides what counted."""
    ordered = sorted(meetings, key=lambda one: (one.start, one.meeting_id))
    persons: dict[str, LedgerRow] = {}
    units: dict[str, LedgerRow] = {}
    identify = _Identities(ordered)
    for meeting in ordered:
        for person, verdicts in _by_person(meeting, identify).items():
            _enter(persons, units, person, meeting, verdicts)
    for row in persons.values():
        _climb(row, rule_set)
    provisional = any(not one.sealed for one in ordered)
    return Ledger(list(persons.values()), list(units.values()), len(ordered), provisional)


class _Identities:
    """Which names in different meetings are one person: joined by unit, telephone or a second post.

    Two namesakes who sit in one meeting for one unit are told apart by telephone, else by post.
    """

    def __init__(self, meetings: Sequence[JudgedMeeting]) -> None:
        self._parent: dict[str, str] = {}
        self._namesakes = {key for meeting in meetings for key in _namesakes(meeting.verdicts)}
        for meeting in meetings:
            for verdict in meeting.verdicts:
                if verdict.seat.phone and verdict.seat.name:
                    self._join(self._own(verdict), _by_phone(verdict.seat))
            for one, other in _second_posts(meeting.verdicts):
                self._join(self._own(one), self._own(other))

    def of(self, verdict: Verdict) -> str:
        """The key that all entries of one person share."""
        return self._root(self._own(verdict))

    def _own(self, verdict: Verdict) -> str:
        seat, key = verdict.seat, _by_unit(verdict.seat)
        if key not in self._namesakes:
            return key
        return _by_phone(seat) if seat.phone else f"{key}|{seat.post}"

    def _root(self, key: str) -> str:
        while self._parent.get(key, key) != key:
            key = self._parent[key]
        return key

    def _join(self, one: str, other: str) -> None:
        self._parent[self._root(one)] = self._root(other)


def _by_unit(seat: Seat) -> str:
    return f"{name_key(seat.name)}|{unit_key(seat.unit)}"


def _by_phone(seat: Seat) -> str:
    return f"{name_key(seat.name)}|tel|{seat.phone}"


def _namesakes(verdicts: Iterable[Verdict]) -> Iterator[str]:
    """Names that two different persons of one unit bear in one meeting."""
    persons: dict[str, str] = {}
    for seat in (verdict.seat for verdict in verdicts if verdict.seat.name):
        key = _by_unit(seat)
        if persons.setdefault(key, seat.person_id) != seat.person_id:
            yield key


def _second_posts(verdicts: Iterable[Verdict]) -> Iterator[tuple[Verdict, Verdict]]:
    """Every second post of a person with the first."""
    firsts: dict[str, Verdict] = {}
    for verdict in verdicts:
        first = firsts.setdefault(verdict.seat.person_id, verdict)
        if first is not verdict:
            yield first, verdict


def _by_person(meeting: JudgedMeeting, identify: _Identities) -> dict[str, list[Verdict]]:
    """The expected seats of a meeting by person: two posts of one person come together."""
    persons: dict[str, list[Verdict]] = {}
    posts: dict[str, str] = {}
    for verdict in meeting.verdicts:
        if verdict.seat.category in (Category.LEADER, Category.MEMBER):
            key = posts.setdefault(verdict.seat.person_id, identify.of(verdict))
            persons.setdefault(key, []).append(verdict)
    return persons


def _enter(
    persons: dict[str, LedgerRow],
    units: dict[str, LedgerRow],
    person: str,
    meeting: JudgedMeeting,
    verdicts: list[Verdict],
) -> None:
    heaviest = min(verdicts, key=_weight) if len(verdicts) > 1 else verdicts[0]
    row = persons.setdefault(person, LedgerRow(heaviest.seat.name, heaviest.seat.unit))
    row.unit = heaviest.seat.unit
    _add(row, heaviest, meeting)
    for verdict in verdicts:
        unit = units.setdefault(unit_key(verdict.seat.unit), LedgerRow("", verdict.seat.unit))
        _add(unit, verdict, meeting)


def _weight(verdict: Verdict) -> int:
    order = list(Violation)
    return order.index(verdict.counted) if verdict.counted else len(order)


def _add(row: LedgerRow, verdict: Verdict, meeting: JudgedMeeting) -> None:
    disposition = verdict.disposition
    if disposition is None:
        return
    row.expected += 1
    if _is_plain(verdict):
        row.present += 1
        return
    row.present += verdict.is_present
    row.late += verdict.is_late
    row.left_early += verdict.has_left_early
    row.unapproved_substitute += disposition is Disposition.UNAPPROVED_SUBSTITUTE
    row.absent += disposition is Disposition.ABSENT
    row.on_leave += disposition is Disposition.ON_LEAVE
    counting = _counting(verdict, meeting.rule_set)
    in_ladder = [one for one in counting if counts_in_ladder(one, meeting.rule_set)]
    points = sum(meeting.rule_set.points.get(one.value, 0) for one in counting)
    row.counted += len(in_ladder) if meeting.rule_set.ladder else len(counting)
    row.by_kind.update(in_ladder)
    row.points += points
    row.evidence.append(_evidence(verdict, disposition, meeting, bool(in_ladder), points))


def _is_plain(verdict: Verdict) -> bool:
    """Whether the person was there and nothing is to be said: no evidence is kept of that."""
    remarks = verdict.violations or verdict.late_minutes or verdict.left_early_minutes
    return verdict.disposition is Disposition.IN_PERSON and not remarks


def _counting(verdict: Verdict, rule_set: RuleSet) -> list[Violation]:
    """The violations that this meeting adds: one, the heaviest, unless each counts."""
    effective = [one for one in verdict.violations if has_effect(one, rule_set)]
    if rule_set.each_counts:
        return effective
    return effective[:1]


def _evidence(
    verdict: Verdict, disposition: Disposition, meeting: JudgedMeeting, in_ladder: bool, points: float
) -> Evidence:
    return Evidence(
        meeting.meeting_id,
        meeting.title,
        meeting.start,
        disposition,
        verdict.late_minutes,
        verdict.left_early_minutes,
        verdict.counted,
        in_ladder,
        points,
        not meeting.sealed or verdict.pending,
        verdict.seat.unit,
    )


def _climb(row: LedgerRow, rule_set: RuleSet) -> None:
    """The tier and its suggestion; beyond the last tier the number is shown."""
    if not rule_set.ladder:
        return
    number = max(row.by_kind.values(), default=0) if rule_set.kinds_separate else row.counted
    row.tier = min(number, len(rule_set.ladder))
    if row.tier:
        row.suggestion = rule_set.ladder[row.tier - 1]
    if number > len(rule_set.ladder):
        row.suggestion += f"（第{number}次）"


def _number(value: float) -> float | int:
    return int(value) if value == int(value) else value
