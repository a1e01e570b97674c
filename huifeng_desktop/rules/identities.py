"""Who is one person in the meetings of a year: followed through transfers, told apart from namesakes.

A year names a few hundred persons in 60 000 entries, so each naming of a person is looked at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from huifeng_desktop.domain.people import name_key, unit_key
from huifeng_desktop.rules.entry import Entry


class Identities:
    """Which names in different meetings are one person: joined by unit, telephone or a second post.

    Two namesakes who sit in one meeting for one unit are told apart by telephone, else by post.
    """

    def __init__(self, meetings: Sequence[Sequence[Entry]]) -> None:
        self._parent: dict[str, str] = {}
        self._persons: dict[tuple[Any, ...], str] = {}
        self._namesakes = {key for entries in meetings for key in _namesakes(entries)}
        namings = {_naming(one): one for entries in meetings for one in entries}
        joined = {(self._own(one), _by_phone(one)) for one in namings.values() if one.phone and one.name}
        for entries in meetings:
            joined.update((self._own(one), self._own(other)) for one, other in _second_posts(entries))
        for one, other in sorted(joined):
            self._parent[self._root(one)] = self._root(other)

    def person(self, entry: Entry) -> str:
        """The key that all entries of one person share."""
        naming = _naming(entry)
        key = self._persons.get(naming)
        if key is None:
            key = self._persons[naming] = self._root(self._own(entry))
        return key

    def _own(self, entry: Entry) -> str:
        """The key of this entry before anything is joined."""
        key = _by_unit(entry.name, entry.unit)
        if key not in self._namesakes:
            return key
        return _by_phone(entry) if entry.phone else f"{key}|{entry.post}"

    def _root(self, key: str) -> str:
        while self._parent.get(key, key) != key:
            key = self._parent[key]
        return key


def _naming(entry: Entry) -> tuple[Any, ...]:
    """Name, unit, post and telephone: all by which a person is told."""
    return entry[:4]


@lru_cache(maxsize=1 << 14)
def _by_unit(name: str, unit: str) -> str:
    return f"{name_key(name)}|{unit_key(unit)}"


def _by_phone(entry: Entry) -> str:
    return f"{name_key(entry.name)}|tel|{entry.phone}"


def _namesakes(entries: Iterable[Entry]) -> Iterator[str]:
    """Names that two different persons of one unit bear in one meeting."""
    persons: dict[str, int] = {}
    for entry in entries:
        if entry.name:
            key = _by_unit(entry.name, entry.unit)
            if persons.setdefault(key, entry.person) != entry.person:
                yield key


def _second_posts(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Every second post of a person with the first."""
    firsts: dict[int, Entry] = {}
    for entry in entries:
        first = firsts.setdefault(entry.person, entry)
        if first is not entry:
            yield first, entry
