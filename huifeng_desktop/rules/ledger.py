"""A year's ledger: what many meetings add up to, per person and per unit (台账).

A person is followed through transfers by name and telephone; without a telephone by name and unit.
The ladder only ever suggests: the decision lies with the competent organ.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from typing import Any, NamedTuple

from huifeng_desktop.domain.people import unit_key
from huifeng_desktop.domain.rule_set import RuleSet
from huifeng_desktop.rules.classify import counts_in_ladder, has_effect
from huifeng_desktop.rules.entry import Entry, entries_of
from huifeng_desktop.rules.identities import Identities
from huifeng_desktop.rules.series import counted_once
from huifeng_desktop.rules.verdict import Disposition, Verdict, Violation


@dataclass(frozen=True, slots=True)
class JudgedMeeting:
    """One adjourned meeting with its verdicts, judged under its own rule set.

    `entries` is what the ledger keeps of verdicts that were reckoned earlier; then `verdicts` is empty.
    """

    meeting_id: str
    title: str
    start: datetime
    rule_set: RuleSet
    sealed: bool
    verdicts: Sequence[Verdict]
    entries: Sequence[Entry] = ()
    series: str = ""
    """Shared by the sessions of one meeting; "" for a meeting by itself."""

    def all_entries(self) -> Sequence[Entry]:
        """One entry for each seat that is not vacant."""
        return self.entries or entries_of(self.verdicts)


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
    name: str = ""
    is_present: bool = False
    is_late: bool = False
    has_left_early: bool = False

    def to_json(self) -> dict[str, Any]:
        """As `ledger --json` shows it; times are local wall times."""
        return {
            "meeting": self.meeting_id,
            "title": self.title,
            "start": self.start.astimezone().replace(tzinfo=None).isoformat(timespec="seconds"),
            "unit": self.unit,
            "name": self.name,
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
    key: str = ""
    """By what `Ledger.behind` finds the row's meetings again."""

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
class TrendPoint:
    """One meeting in the trend of 到会率."""

    title: str
    start: datetime
    expected: int
    present: int


@dataclass(frozen=True, slots=True)
class _Source:
    """What a ledger was added up from."""

    meetings: Sequence[JudgedMeeting]
    entries: Sequence[Sequence[Entry]]
    identify: Identities


@dataclass(frozen=True, slots=True)
class Ledger:
    """Both ledgers and whether any meeting in them is not sealed yet."""

    persons: list[LedgerRow]
    units: list[LedgerRow]
    meetings: int
    provisional: bool
    rule_set: RuleSet | None = field(default=None, compare=False, repr=False)
    """The one that gives the ladder."""
    source: _Source | None = field(default=None, compare=False, repr=False)
    removed: int = 0
    """How many meetings of the window were deleted after archiving; nothing of them is in the sums."""

    def trend(self, row: LedgerRow | None = None) -> list[TrendPoint]:
        """到会率 meeting by meeting, of everybody or of one row."""
        source = self.source
        if source is None:
            return []
        points = []
        for meeting, entries in zip(source.meetings, source.entries, strict=True):
            of_row = [one for one in entries if one.is_expected]
            if row is not None:
                of_row = _entered(entries, row, source.identify)
            if of_row:
                present = sum(_is_present(one, meeting.rule_set) for one in of_row)
                points.append(TrendPoint(meeting.title, meeting.start, len(of_row), present))
        return points

    def unit_trends(self) -> dict[str, list[TrendPoint]]:
        """到会率 meeting by meeting of every unit, by the key of its row; one look at each entry."""
        found: dict[str, list[TrendPoint]] = {}
        if self.source is None:
            return found
        for meeting, entries in zip(self.source.meetings, self.source.entries, strict=True):
            sums: dict[str, list[int]] = {}
            for one in entries:
                if one.is_expected:
                    counts = sums.setdefault(unit_key(one.unit), [0, 0])
                    counts[0] += 1
                    counts[1] += _is_present(one, meeting.rule_set)
            for key, (expected, present) in sums.items():
                point = TrendPoint(meeting.title, meeting.start, expected, present)
                found.setdefault(key, []).append(point)
        return found

    def behind(self, row: LedgerRow) -> list[Evidence]:
        """Every seat behind the figures of a row, oldest first; `row.evidence` leaves out the plain ones."""
        source = self.source
        if source is None:
            return list(row.evidence)
        return [
            _evidence_of(entry, meeting)
            for meeting, entries in zip(source.meetings, source.entries, strict=True)
            for entry in _entered(entries, row, source.identify)
        ]


def ledger(meetings: Iterable[JudgedMeeting], rule_set: RuleSet) -> Ledger:
    """Add meetings up; `rule_set` gives the ladder, each meeting's own decides what counted."""
    ordered = sorted(meetings, key=lambda one: (one.start, one.meeting_id))
    entries = [one.all_entries() for one in ordered]
    identify = Identities(entries)
    entries = counted_once(ordered, entries, identify.person)
    source = _Source(ordered, entries, identify)
    sums = _Sums(source.identify)
    for meeting, held in zip(ordered, entries, strict=True):
        sums.enter(meeting, held)
    for row in sums.persons.values():
        _climb(row, rule_set)
    provisional = any(not one.sealed for one in ordered)
    rows = list(sums.persons.values()), list(sums.units.values())
    return Ledger(*rows, len(ordered), provisional, rule_set, source)


def _entered(entries: Iterable[Entry], row: LedgerRow, identify: Identities) -> list[Entry]:
    """What one meeting has added to a row."""
    if not row.name:
        return [one for one in entries if one.is_expected and unit_key(one.unit) == row.key]
    posts = [one for one in entries if one.is_expected and identify.person(one) == row.key]
    return [min(posts, key=attrgetter("weight"))] if posts else []


class _Sums:
    """The rows of both ledgers while they grow."""

    def __init__(self, identify: Identities) -> None:
        self._identify = identify
        self.persons: dict[str, LedgerRow] = {}
        self.units: dict[str, LedgerRow] = {}

    def enter(self, meeting: JudgedMeeting, entries: Iterable[Entry]) -> None:
        """Add one meeting: a person once, by the heaviest of their posts; a unit for each of its seats."""
        persons: dict[str, tuple[Entry, _Charge | None]] = {}
        for entry in entries:
            if entry.is_expected:
                charge = None if entry.is_plain else _charge_of(entry, meeting)
                _add(self._unit(entry.unit), entry, charge)
                key = self._identify.person(entry)
                if key not in persons or entry.weight < persons[key][0].weight:
                    persons[key] = entry, charge
        for key, (entry, charge) in persons.items():
            row = self._person(key, entry)
            row.unit = entry.unit
            _add(row, entry, charge)

    def _person(self, key: str, entry: Entry) -> LedgerRow:
        row = self.persons.get(key)
        if row is None:
            row = self.persons[key] = LedgerRow(entry.name, entry.unit, key=key)
        return row

    def _unit(self, name: str) -> LedgerRow:
        key = unit_key(name)
        row = self.units.get(key)
        if row is None:
            row = self.units[key] = LedgerRow("", name, key=key)
        return row


class _Charge(NamedTuple):
    """What is to be said of an entry that is not plain: the same for the person and for the unit."""

    evidence: Evidence
    in_ladder: list[Violation]
    counted: int


def _charge_of(entry: Entry, meeting: JudgedMeeting) -> _Charge:
    rules = meeting.rule_set
    counting = _counting(entry, rules)
    in_ladder = [one for one in counting if counts_in_ladder(one, rules)]
    return _Charge(_evidence_of(entry, meeting), in_ladder, len(in_ladder if rules.ladder else counting))


def _add(row: LedgerRow, entry: Entry, charge: _Charge | None) -> None:
    row.expected += 1
    if charge is None:
        row.present += 1
        return
    disposition = entry.disposition
    row.present += charge.evidence.is_present
    row.late += entry.is_late
    row.left_early += entry.has_left_early
    row.unapproved_substitute += disposition is Disposition.UNAPPROVED_SUBSTITUTE
    row.absent += disposition is Disposition.ABSENT
    row.on_leave += disposition is Disposition.ON_LEAVE
    row.counted += charge.counted
    row.by_kind.update(charge.in_ladder)
    row.points += charge.evidence.points
    row.evidence.append(charge.evidence)


def _is_present(entry: Entry, rule_set: RuleSet) -> bool:
    """实到; in a legal meeting 本人 only."""
    return entry.is_present and (not rule_set.in_person_only or entry.disposition is Disposition.IN_PERSON)


def _counting(entry: Entry, rule_set: RuleSet) -> list[Violation]:
    """The violations that this meeting adds: one, the heaviest, unless each counts."""
    effective = [one for one in entry.violations if has_effect(one, rule_set)]
    return effective if rule_set.each_counts else effective[:1]


def _evidence_of(entry: Entry, meeting: JudgedMeeting) -> Evidence:
    counting = _counting(entry, meeting.rule_set)
    return Evidence(
        meeting.meeting_id,
        meeting.title,
        meeting.start,
        entry.disposition,
        entry.late_minutes,
        entry.left_early_minutes,
        entry.counted,
        any(counts_in_ladder(one, meeting.rule_set) for one in counting),
        sum(meeting.rule_set.points.get(one.value, 0) for one in counting),
        not meeting.sealed or entry.pending,
        entry.unit,
        entry.name,
        _is_present(entry, meeting.rule_set),
        entry.is_late,
        entry.has_left_early,
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
