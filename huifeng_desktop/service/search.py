"""Finding a person while typing: name, full pinyin, initials, unit, seat, badge, telephone tail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from huifeng_desktop.domain.people import Category, Seat, name_key, normalise_name, unit_key


@dataclass(frozen=True, slots=True)
class _Entry:
    seat: Seat
    name: str
    readings: tuple[str, ...]
    unit: str
    digits: tuple[str, ...]


class SearchIndex:
    """All seats prepared once; each key press is one pass over plain strings."""

    def __init__(self, seats: Sequence[Seat]) -> None:
        self._entries = [_entry(seat) for seat in seats if seat.category is not Category.VACANT]

    def find(self, typed: str, limit: int = 20) -> list[Seat]:
        """The best matches first: whole name, start of the name, pinyin, then unit; house order within."""
        needle = name_key(typed)
        if not needle:
            return []
        ranked = []
        for entry in self._entries:
            rank = _rank(entry, needle)
            if rank is not None:
                ranked.append((rank, entry.seat.seq, entry.seat))
        ranked.sort(key=lambda one: one[:2])
        return [seat for _, _, seat in ranked[:limit]]


def _entry(seat: Seat) -> _Entry:
    digits = tuple(filter(None, (seat.badge, seat.phone[-4:], normalise_name(seat.place).casefold())))
    return _Entry(seat, name_key(seat.name), tuple(seat.pinyin.split()), unit_key(seat.unit), digits)


def _rank(entry: _Entry, needle: str) -> int | None:
    """0 is best; None does not match."""
    if entry.name == needle:
        return 0
    if entry.name.startswith(needle):
        return 1
    if needle in entry.readings:
        return 2
    if any(reading.startswith(needle) for reading in entry.readings):
        return 3
    if needle in entry.name:
        return 4
    if any(one.startswith(needle) for one in entry.digits):
        return 5
    return 6 if needle in entry.unit else None
