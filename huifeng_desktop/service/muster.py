"""All verdicts of a meeting and what they add up to, kept by the difference that each new one makes.

In a rush at the door hundreds of verdicts change between two looks at the screen, out of thousands: who
is missing, who came last, who waits for a word and every figure are kept up to date one verdict at a time.
"""

from __future__ import annotations

import bisect
from collections.abc import Mapping, Sequence
from typing import Any

from huifeng_desktop.domain.people import Category, Seat
from huifeng_desktop.rules.totals import Tally
from huifeng_desktop.rules.verdict import Disposition, Verdict

_MISSED = {Category.LEADER: 0, Category.MEMBER: 1}
"""Who is asked after when nobody came, and in which order."""


class Muster:
    """Verdicts in house order. `put` is told of each that is new; the rest reads."""

    def __init__(self, seats: Sequence[Seat]) -> None:
        self._seats = seats
        self._places = {seat.seat_id: place for place, seat in enumerate(seats)}
        self._leaders = [seat.seat_id for seat in seats if seat.category is Category.LEADER]
        self._by_seat: dict[str, Verdict] = {}
        self._arrivals, self._missing, self._pending = _Ranks(), _Ranks(), _Ranks()
        self.tally = Tally()

    # -- reading -------------------------------------------------------------------------------

    @property
    def by_seat(self) -> Mapping[str, Verdict]:
        """The verdict on each seat; grows and changes with the meeting."""
        return self._by_seat

    def verdicts(self) -> list[Verdict]:
        """Every verdict in house order."""
        return [self._by_seat[seat.seat_id] for seat in self._seats]

    def latest(self, limit: int) -> list[Verdict]:
        """Those who came last, the last first."""
        return [self._by_seat[seat_id] for seat_id in self._arrivals.last(limit)]

    def missing(self) -> list[Seat]:
        """Expected seats without anybody and without leave, leaders first."""
        return [self._by_seat[seat_id].seat for seat_id in self._missing.all()]

    def pending(self) -> list[Verdict]:
        """Who waits for a person's word, in house order."""
        return [self._by_seat[seat_id] for seat_id in self._pending.all()]

    def leaders(self) -> list[Verdict]:
        """The leaders in house order."""
        return [self._by_seat[seat_id] for seat_id in self._leaders]

    # -- changing ------------------------------------------------------------------------------

    def has(self, seat_id: str) -> bool:
        """Whether the roster has this seat."""
        return seat_id in self._places

    def put(self, verdict: Verdict) -> None:
        """A new verdict on its seat, in place of the one before."""
        seat, old = verdict.seat, self._by_seat.get(verdict.seat.seat_id)
        if old is not None:
            self.tally.take_out(old)
        self._by_seat[seat.seat_id] = verdict
        self.tally.put_in(verdict)
        at = verdict.signed_in_at
        self._arrivals.put(seat.seat_id, (at, -seat.seq) if at is not None else None)
        self._pending.put(seat.seat_id, self._places[seat.seat_id] if verdict.pending else None)
        is_missed = verdict.disposition is Disposition.ABSENT and seat.category in _MISSED
        self._missing.put(seat.seat_id, (_MISSED[seat.category], seat.seq) if is_missed else None)


class _Ranks:
    """Seat ids by rank, put in and taken out one at a time."""

    def __init__(self) -> None:
        self._ranked: list[tuple[Any, str]] = []
        self._ranks: dict[str, Any] = {}

    def put(self, seat_id: str, rank: Any) -> None:
        """Give the seat this rank; None takes it out."""
        old = self._ranks.get(seat_id)
        if old == rank:
            return
        if old is not None:
            del self._ranked[bisect.bisect_left(self._ranked, (old, seat_id))]
            del self._ranks[seat_id]
        if rank is not None:
            bisect.insort(self._ranked, (rank, seat_id))
            self._ranks[seat_id] = rank

    def all(self) -> list[str]:
        """Everybody, the lowest rank first."""
        return [seat_id for _, seat_id in self._ranked]

    def last(self, limit: int) -> list[str]:
        """The highest ranks, the highest first."""
        return [seat_id for _, seat_id in self._ranked[: -limit - 1 : -1]]
