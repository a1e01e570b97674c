"""The roster by name, made once for each roster: a question by telephone costs no look at every seat."""

from __future__ import annotations

from collections.abc import Sequence

from huifeng_desktop.domain.people import Seat, name_key


class Lookup:
    """Seats by name. `of` makes a new one only where the roster is another list than before."""

    def __init__(self, seats: Sequence[Seat] = ()) -> None:
        self._seats = seats
        self.has_pins = any(seat.pin for seat in seats)
        """Whether the roster gives anybody a PIN."""
        self._by_name: dict[str, list[Seat]] = {}
        for seat in seats:
            if seat.name:
                self._by_name.setdefault(name_key(seat.name), []).append(seat)

    def of(self, seats: Sequence[Seat]) -> Lookup:
        """The lookup of this roster."""
        return self if seats is self._seats else Lookup(seats)

    def named(self, name: str) -> list[Seat]:
        """Everybody of exactly this name, in house order."""
        return list(self._by_name.get(name_key(name), ()))
