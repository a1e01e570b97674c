"""From the rows of a roster file to the frozen seats: known people keep their seat id and badge."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from huifeng_desktop.domain.badge import make_badge
from huifeng_desktop.domain.imported import RosterRow
from huifeng_desktop.domain.people import Category, Seat, name_key, unit_key

Transliterate = Callable[[str], str]


@dataclass(slots=True)
class RosterChanges:
    """What a roster file would change: seats as they would be, and the differences."""

    seats: list[Seat] = field(default_factory=list)
    added: list[Seat] = field(default_factory=list)
    removed: list[Seat] = field(default_factory=list)
    changed: list[tuple[Seat, Seat]] = field(default_factory=list)
    kept: list[Seat] = field(default_factory=list)
    """Not in the file but already with facts: they stay at the end of the roster."""

    @property
    def is_empty(self) -> bool:
        """Whether the file says what the meeting already knows."""
        return not (self.added or self.removed or self.changed)


def merge_roster(
    meeting_id: str,
    rows: Sequence[RosterRow],
    old: Sequence[Seat],
    has_facts: Callable[[str], bool],
    transliterate: Transliterate,
) -> RosterChanges:
    """Seats in the order of the file; `seq` counts from 1."""
    pool = _Pool(old)
    changes = RosterChanges()
    taken = {seat.badge for seat in old}
    for seq, row in enumerate(rows, 1):
        before = pool.take(row)
        seat = _seat(meeting_id, seq, row, before, taken, transliterate)
        changes.seats.append(seat)
    for seat in pool.left():
        (changes.kept if has_facts(seat.seat_id) else changes.removed).append(seat)
    after = len(changes.seats)
    changes.seats += [replace(seat, seq=after + index) for index, seat in enumerate(changes.kept, 1)]
    changes.seats = _with_same_persons(changes.seats)
    _compare(changes, {seat.seat_id: seat for seat in old})
    return changes


class _Pool:
    """The old seats, each taken by at most one new row: exactly alike first, then by name and unit."""

    def __init__(self, seats: Iterable[Seat]) -> None:
        self._left = {seat.seat_id: seat for seat in seats}
        self._exact: dict[tuple[str, str, str], list[str]] = {}
        self._loose: dict[tuple[str, str], list[str]] = {}
        for seat in self._left.values():
            loose = (unit_key(seat.unit), name_key(seat.name))
            self._exact.setdefault((*loose, seat.post), []).append(seat.seat_id)
            if seat.name:
                self._loose.setdefault(loose, []).append(seat.seat_id)

    def take(self, row: RosterRow) -> Seat | None:
        loose = (unit_key(row.unit), name_key(row.name))
        for seat_id in (*self._exact.get((*loose, row.post), ()), *self._loose.get(loose, ())):
            if seat_id in self._left:
                return self._left.pop(seat_id)
        return None

    def left(self) -> list[Seat]:
        return list(self._left.values())


def _seat(
    meeting_id: str,
    seq: int,
    row: RosterRow,
    before: Seat | None,
    taken: set[str],
    transliterate: Transliterate,
) -> Seat:
    seat_id = before.seat_id if before else uuid.uuid4().hex[:12]
    badge = before.badge if before else ""
    if row.category is not Category.VACANT and not badge:
        badge = make_badge(meeting_id, seat_id, taken)
        taken.add(badge)
    pinyin = before.pinyin if before and before.pinyin else transliterate(row.name)
    return Seat(
        seat_id=seat_id,
        seq=seq,
        unit=row.unit,
        name=row.name,
        post=row.post,
        category=row.category,
        phone=row.phone,
        place=row.place,
        note=row.note,
        badge=badge,
        pinyin=pinyin,
    )


def _with_same_persons(seats: list[Seat]) -> list[Seat]:
    """一人两职: the same name with the same telephone, or with a note 兼 that names the other unit."""
    firsts: dict[str, list[Seat]] = {}
    linked: list[Seat] = []
    for seat in seats:
        alike = firsts.setdefault(name_key(seat.name), []) if seat.name else []
        first = next((one for one in alike if _is_same_person(one, seat)), None)
        if first is None:
            alike.append(seat)
        linked.append(replace(seat, same_person=first.seat_id if first else ""))
    return linked


def _is_same_person(one: Seat, other: Seat) -> bool:
    if one.phone and one.phone == other.phone:
        return True
    return any(
        a.note.startswith("兼") and b.unit and b.unit in a.note for a, b in ((one, other), (other, one))
    )


def _compare(changes: RosterChanges, old: dict[str, Seat]) -> None:
    for seat in changes.seats:
        before = old.get(seat.seat_id)
        if before is None:
            changes.added.append(seat)
        elif before != seat:
            changes.changed.append((before, seat))
