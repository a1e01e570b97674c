"""What the ledger keeps of one verdict: enough to add up, small enough to be kept aside as JSON.

A year is 60 000 verdicts; most of them say that somebody was there. Such an entry is six fields.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from huifeng_desktop.domain.people import Category
from huifeng_desktop.rules.verdict import Disposition, Verdict, Violation


class Entry(NamedTuple):
    """One seat of one meeting. `person` is the same number for all posts of one person in it."""

    name: str
    unit: str
    post: str
    phone: str
    person: int
    is_expected: bool
    disposition: Disposition = Disposition.IN_PERSON
    late_minutes: int = 0
    left_early_minutes: int = 0
    is_late: bool = False
    has_left_early: bool = False
    violations: tuple[Violation, ...] = ()
    counted: Violation | None = None
    pending: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether the person was there and nothing is to be said: no evidence is kept of that."""
        remarks = self.violations or self.late_minutes or self.left_early_minutes
        remarks = remarks or self.is_late or self.has_left_early
        return self.disposition is Disposition.IN_PERSON and not remarks

    @property
    def is_present(self) -> bool:
        """Whether the seat is filled."""
        return self.disposition.is_filled

    @property
    def weight(self) -> int:
        """How heavily it counts: the smaller the heavier."""
        return _WEIGHTS[self.counted] if self.counted else len(_WEIGHTS)


_WEIGHTS = {violation: place for place, violation in enumerate(Violation)}
_PLAIN_FIELDS = Entry._fields.index("disposition")


def entries_of(verdicts: Iterable[Verdict]) -> list[Entry]:
    """The entries of one meeting; vacant posts have none."""
    numbers: dict[str, int] = {}
    return [
        _entry(one, one.disposition, numbers.setdefault(one.seat.person_id, len(numbers)))
        for one in verdicts
        if one.disposition is not None and one.seat.category is not Category.VACANT
    ]


def _entry(verdict: Verdict, disposition: Disposition, person: int) -> Entry:
    seat = verdict.seat
    return Entry(
        seat.name,
        seat.unit,
        seat.post,
        seat.phone,
        person,
        verdict.is_expected,
        disposition,
        verdict.late_minutes,
        verdict.left_early_minutes,
        verdict.is_late,
        verdict.has_left_early,
        verdict.violations,
        verdict.counted,
        verdict.pending,
    )


def entries_to_json(entries: Iterable[Entry]) -> list[list[Any]]:
    """Lists of fields; those of a plain entry end where the defaults begin."""
    return [list(one[:_PLAIN_FIELDS] if one.is_plain and not one.pending else one) for one in entries]


def entries_from_json(rows: Sequence[Sequence[Any]]) -> list[Entry]:
    """The entries that `entries_to_json` described."""
    return [Entry._make([*row, *_DEFAULTS]) if len(row) == _PLAIN_FIELDS else _full(row) for row in rows]


_DEFAULTS = tuple(Entry._field_defaults.values())


def _full(row: Sequence[Any]) -> Entry:
    raw = Entry._make(row)
    return raw._replace(
        disposition=Disposition(raw.disposition),
        violations=tuple(map(Violation, raw.violations)),
        counted=Violation(raw.counted) if raw.counted else None,
    )
