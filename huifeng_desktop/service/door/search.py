"""Finding a person while typing: name, pinyin, initials, both mixed, unit, seat, badge, telephone tail."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from huifeng_desktop.domain.people import Category, Seat, name_key, normalise_name, unit_key
from huifeng_desktop.service.door.spelling import spelled_out, typed_pattern

_RANKS = 8
_BREAK = "\n"
"""Between the parts of an entry's text; nobody can type it."""


@dataclass(frozen=True, slots=True)
class _Entry:
    seat: Seat
    name: str
    readings: tuple[str, ...]
    unit: str
    digits: tuple[str, ...]
    text: str
    """Everything together: one look tells whether the parts are worth ranking."""
    spelled: str
    """The readings with their syllables marked, for letters that leave out parts of them."""
    heads: str
    """With what the readings begin: who begins otherwise is not looked at any closer."""


class SearchIndex:
    """All seats prepared once; each key press is one pass over plain strings."""

    def __init__(self, seats: Sequence[Seat]) -> None:
        seated = (seat for seat in seats if seat.category is not Category.VACANT)
        self._entries = [_entry(seat) for seat in sorted(seated, key=lambda seat: seat.seq)]

    def find(self, typed: str, limit: int = 20) -> list[Seat]:
        """The best matches first: whole name, start of the name, pinyin, then unit; house order within.

        Where nothing matches, characters left out are forgiven: 发改局 finds 县发展和改革局.
        """
        needle = name_key(typed)
        if not needle:
            return []
        pattern = typed_pattern(needle)
        spells = pattern.search if pattern is not None else _nothing
        head = needle[0]
        near = [
            entry
            for entry in self._entries
            if needle in entry.text or (head in entry.heads and spells(entry.spelled))
        ]
        found = _ranked(near, lambda entry: _rank(entry, needle, spells), limit)
        if not found and len(needle) > 1 and not needle.isascii():
            found = _ranked(self._entries, lambda entry: _loose_rank(entry, needle), limit)
        return found


def _nothing(_: str) -> None:
    """What is no spelling is found in none."""


def _ranked(entries: Iterable[_Entry], rank: Callable[[_Entry], int | None], limit: int) -> list[Seat]:
    """One pass; entries are in house order already, so that each rank's list is, too."""
    by_rank: list[list[Seat]] = [[] for _ in range(_RANKS)]
    for entry in entries:
        place = rank(entry)
        if place is not None:
            by_rank[place].append(entry.seat)
    return list(islice(chain.from_iterable(by_rank), limit))


def _entry(seat: Seat) -> _Entry:
    digits = tuple(filter(None, (seat.badge, seat.phone[-4:], normalise_name(seat.place).casefold())))
    name, readings, unit = name_key(seat.name), tuple(seat.pinyin.split()), unit_key(seat.unit)
    text = _BREAK.join((name, *readings, unit, *digits))
    heads = "".join(reading[0] for reading in readings)
    return _Entry(seat, name, readings, unit, digits, text, spelled_out(readings), heads)


def _rank(entry: _Entry, needle: str, spells: Callable[[str], object]) -> int | None:
    """0 is best; None does not match."""
    if entry.name == needle:
        return 0
    if entry.name.startswith(needle):
        return 1
    if needle in entry.readings:
        return 2
    for reading in entry.readings:
        if reading.startswith(needle):
            return 3
    if needle in entry.name:
        return 4
    for digits in entry.digits:
        if digits.startswith(needle):
            return 5
    if needle in entry.unit:
        return 6
    return 7 if spells(entry.spelled) else None


def _loose_rank(entry: _Entry, needle: str) -> int | None:
    """Whether all characters occur in this order: in the unit, or in unit and name together."""
    if _in_order(needle, entry.unit):
        return 0
    return 1 if _in_order(needle, entry.unit + entry.name) else None


def _in_order(needle: str, text: str) -> bool:
    rest = iter(text)
    return all(char in rest for char in needle)


# -- lists that are narrowed ------------------------------------------------------------------------


def search_text(seat: Seat) -> str:
    """What a line is found by, made once: its readings each behind a line break, then name and unit."""
    readings = seat.pinyin.split()
    spoken = "".join(f"{_BREAK}{reading}" for reading in readings)
    return f"{spoken}{spelled_out(readings)}\t{name_key(seat.name)}\t{unit_key(seat.unit)}"


def narrowing(typed: str) -> Callable[[str], bool]:
    """Whether a reading begins with what is typed, or name or unit holds it; asked of `search_text`s."""
    needle = name_key(typed)
    pattern = typed_pattern(needle)
    spells = pattern.search if pattern is not None else _nothing

    def is_meant(text: str) -> bool:
        held = f"{_BREAK}{needle}" in text or (needle in text and needle in text.partition("\t")[2])
        return held or spells(text) is not None

    return is_meant
