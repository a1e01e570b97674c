"""Which events tell of which seat: an index beside the log, so that a long queue of cases opens at once."""

from __future__ import annotations

from collections.abc import Collection

from huifeng_desktop.domain.events import Event, EventKind


class History:
    """Takes events in any order and forgets none, annulled ones included."""

    def __init__(self) -> None:
        self._by_subject: dict[str, list[Event]] = {}
        self._annulments: dict[str, list[Event]] = {}
        self._headcounts: list[tuple[Event, frozenset[str]]] = []

    def add(self, event: Event) -> None:
        """Take an event in, once."""
        if event.kind is EventKind.ANNULLED:
            self._annulments.setdefault(event.subject, []).append(event)
        elif event.kind is EventKind.HEADCOUNT:
            counted = frozenset((*event.body.get("seen", ()), *event.body.get("unseen", ())))
            self._headcounts.append((event, counted))
        else:
            self._by_subject.setdefault(event.subject, []).append(event)

    def of(self, subject: str) -> list[Event]:
        """The events of exactly this subject, in the order of their arrival; "" for those of nobody."""
        return list(self._by_subject.get(subject, ()))

    def about(self, seats: Collection[str]) -> list[Event]:
        """Everything that tells of one of these seats, oldest first: annulments and headcounts too."""
        found = [event for seat in seats for event in self._by_subject.get(seat, ())]
        found += [head for head, counted in self._headcounts if not counted.isdisjoint(seats)]
        found += [one for event in found for one in self._annulments.get(event.event_id, ())]
        return sorted(found, key=lambda event: event.order)
