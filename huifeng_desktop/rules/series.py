"""连开几场: the sessions of one meeting count against a person once, unless the rule set says otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from huifeng_desktop.domain.people import unit_key
from huifeng_desktop.domain.rule_set import RuleSet
from huifeng_desktop.rules.entry import Entry


class Session(Protocol):
    """What is asked of a meeting here."""

    @property
    def series(self) -> str:
        """Shared by the sessions of one meeting."""
        ...

    @property
    def rule_set(self) -> RuleSet:
        """The one that it was judged by."""
        ...


def counted_once(
    meetings: Sequence[Session], entries: Sequence[Sequence[Entry]], person_of: Callable[[Entry], str]
) -> list[Sequence[Entry]]:
    """The entries of each meeting; where sessions belong together only each person's heaviest counts.

    The facts of the other sessions stay: somebody may be late in three and be counted for one.
    """
    found = list(entries)
    for places in _series(meetings):
        heaviest = _heaviest(((place, found[place]) for place in places), person_of)
        for place in places:
            found[place] = [
                one if heaviest.get(person_of(one), place) == place else _uncounted(one)
                for one in found[place]
            ]
    return found


def _series(meetings: Sequence[Session]) -> list[list[int]]:
    """The places of meetings that count as one."""
    together: dict[str, list[int]] = {}
    for place, one in enumerate(meetings):
        if one.series and not one.rule_set.each_session:
            together.setdefault(unit_key(one.series), []).append(place)
    return [places for places in together.values() if len(places) > 1]


def _heaviest(
    sessions: Iterable[tuple[int, Sequence[Entry]]], person_of: Callable[[Entry], str]
) -> dict[str, int]:
    """In which session each person counts: the heaviest, of equals the first."""
    found: dict[str, tuple[int, int]] = {}
    for place, entries in sessions:
        for one in entries:
            if one.counted:
                key, here = person_of(one), (one.weight, place)
                found[key] = min(found.get(key, here), here)
    return {key: place for key, (_, place) in found.items()}


def _uncounted(entry: Entry) -> Entry:
    return entry._replace(violations=(), counted=None)
