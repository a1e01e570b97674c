"""Which events tell of which seat: an index beside the log, so that a long queue of cases opens at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from huifeng_desktop.domain.events import Event, EventKind

_PROPOSALS = (EventKind.PHONE_PROPOSED, EventKind.PROPOSAL_REFUSED)
_ROSTERS = (EventKind.ROSTER_LOADED, EventKind.SEAT_ADDED)


class History:
    """Takes events in any order and forgets none, annulled ones included."""

    def __init__(self) -> None:
        self._by_subject: dict[str, list[Event]] = {}
        self._by_device: dict[str, list[Event]] = {}
        self._annulments: dict[str, list[Event]] = {}
        self._headcounts: list[tuple[Event, frozenset[str]]] = []
        self.rosters: list[Event] = []
        """Everything that said who sits where."""
        self.tells_of_phones = False
        """Whether a telephone was used for anybody."""

    def add(self, event: Event) -> None:
        """Take an event in, once."""
        if event.kind is EventKind.ANNULLED:
            self._annulments.setdefault(event.subject, []).append(event)
        elif event.kind is EventKind.HEADCOUNT:
            counted = frozenset((*event.body.get("seen", ()), *event.body.get("unseen", ())))
            self._headcounts.append((event, counted))
        else:
            self._by_subject.setdefault(event.subject, []).append(event)
            self._add_kin(event)

    def _add_kin(self, event: Event) -> None:
        device = event.body.get("device")
        if device:
            self._by_device.setdefault(device, []).append(event)
        if device or event.kind in _PROPOSALS:
            self.tells_of_phones = True
        if event.kind in _ROSTERS:
            self.rosters.append(event)

    def of(self, subject: str) -> list[Event]:
        """The events of exactly this subject, in the order of their arrival; "" for those of nobody."""
        return list(self._by_subject.get(subject, ()))

    def headcounts(self) -> list[Event]:
        """Every headcount, oldest first."""
        return sorted((event for event, _ in self._headcounts), key=_order)

    def about(self, seats: Collection[str]) -> list[Event]:
        """Everything that tells of one of these seats, oldest first: annulments and headcounts too."""
        found = [event for seat in seats for event in self._by_subject.get(seat, ())]
        found += [head for head, counted in self._headcounts if not counted.isdisjoint(seats)]
        found += [one for event in found for one in self._annulments.get(event.event_id, ())]
        return sorted(found, key=_order)

    def kin(self, seat_id: str, posts_of: Callable[[str], Iterable[str]]) -> set[str]:
        """The seat with all that hang on it: the person's other posts, and whom the same telephone signed."""
        seats: set[str] = set()
        waiting = [seat_id]
        while waiting:
            one = waiting.pop()
            if one not in seats:
                seats.add(one)
                waiting += [*posts_of(one), *self._phoned_with(one)]
        return seats

    def _phoned_with(self, seat_id: str) -> list[str]:
        """Who was signed or proposed from a telephone that this seat was signed or proposed from."""
        told = self._by_subject.get(seat_id, ())
        devices = {event.body["device"] for event in told if event.body.get("device")}
        return [event.subject for device in devices for event in self._by_device[device]]


def _order(event: Event) -> tuple[int, str, int]:
    return event.order
