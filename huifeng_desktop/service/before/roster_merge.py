"""From the rows of a roster file to the frozen seats: known people keep their seat id and badge."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from huifeng_desktop.domain.badge import make_badge
from huifeng_desktop.domain.imported import RosterRow
from huifeng_desktop.domain.people import Seat, name_key, unit_key
from huifeng_desktop.domain.second_factor import sealed_pin

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
    known = pool.take_all(rows)
    for seq, (row, before) in enumerate(zip(rows, known, strict=True), 1):
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
    """The old seats, each taken by at most one new row.

    Rows that are exactly alike choose first, then those alike in name and unit, then in name and telephone.
    """

    def __init__(self, seats: Iterable[Seat]) -> None:
        self._left = {seat.seat_id: seat for seat in seats}
        self._alike: dict[tuple[str, ...], list[str]] = {}
        for seat in self._left.values():
            for key in _likenesses(seat):
                self._alike.setdefault(key, []).append(seat.seat_id)

    def take_all(self, rows: Sequence[RosterRow]) -> list[Seat | None]:
        """The old seat of each row, None for a new one."""
        taken: list[Seat | None] = [None] * len(rows)
        for level in range(_LEVELS):
            for index, row in enumerate(rows):
                keys = _likenesses(row)
                if taken[index] is None and level < len(keys):
                    taken[index] = self._take(keys[level])
        return taken

    def _take(self, key: tuple[str, ...]) -> Seat | None:
        left = (seat_id for seat_id in self._alike.get(key, ()) if seat_id in self._left)
        seat_id = next(left, None)
        return self._left.pop(seat_id) if seat_id else None

    def left(self) -> list[Seat]:
        return list(self._left.values())


_LEVELS = 3


def _likenesses(one: Seat | RosterRow) -> list[tuple[str, ...]]:
    """By what an old seat and a new row may be the same, the closest first."""
    unit, name = unit_key(one.unit), name_key(one.name)
    keys: list[tuple[str, ...]] = [("post", unit, name, one.post)]
    if name:
        keys.append(("unit", unit, name))
    if name and one.phone:
        keys.append(("phone", name, one.phone))
    return keys


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
    if not badge:  # a vacant post has one too: whoever takes it up finds it ready
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
        pin=sealed_pin(seat_id, row.pin),
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
