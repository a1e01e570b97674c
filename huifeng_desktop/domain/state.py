"""What a meeting's events add up to, whatever the order in which they arrived.

`MeetingState.apply` is fed one event at a time. An annulment, or an event older than one already seen (a
merge, a slow desk), folds anew only what hangs on it: the seats of a person, an item's timer, the agenda.
So the state depends on the set of events and never on the order in which they came, and taking one
sign-in back costs the same in a hall of thirty and of three thousand.
"""

from __future__ import annotations

import bisect
from collections.abc import Collection, Iterable, Sequence

from huifeng_desktop.domain.attendance import SeatFacts
from huifeng_desktop.domain.events import TIMER_KINDS, Event, EventKind
from huifeng_desktop.domain.fold import (
    COURSE_KINDS,
    MEETING_KINDS,
    ROSTER_KINDS,
    SEAT_KINDS,
    WHOLE_AGENDA_KINDS,
    Fold,
    counted_in,
)
from huifeng_desktop.domain.history import History
from huifeng_desktop.domain.people import Seat
from huifeng_desktop.domain.phones import PHONE_BOOK_KINDS
from huifeng_desktop.domain.posts import joined
from huifeng_desktop.domain.touched import EVERYTHING, Touched

Order = tuple[int, str, int]


class MeetingState(Fold):
    """One meeting as its events tell it. Read it freely; only `apply` changes it."""

    def __init__(self, meeting_id: str) -> None:
        self.meeting_id = meeting_id
        self.log: list[Event] = []
        self.course: list[Event] = []
        """What was done with meeting, agenda and timer, oldest first, annulled events included."""
        self.annulled: dict[str, Event] = {}
        self.nonces: dict[str, Event] = {}
        self._known: dict[str, Event] = {}
        self._history = History()
        super().__init__()

    # -- reading -------------------------------------------------------------------------------

    def facts_of(self, seat: Seat) -> SeatFacts:
        """Everything stated about the person in this seat, under whichever of two posts."""
        posts = self._posts.get(seat.person_id, (seat.seat_id,))
        if len(posts) == 1:
            return self._facts.get(seat.seat_id) or SeatFacts()
        others = [self._facts[post] for post in posts if post != seat.seat_id and post in self._facts]
        own = self._facts.get(seat.seat_id) or SeatFacts()
        return joined(own, others, self._rank)

    def event(self, event_id: str) -> Event | None:
        """The event of this id, annulled or not."""
        return self._known.get(event_id)

    def knows(self, event_id: str) -> bool:
        """Whether the event was taken in."""
        return event_id in self._known

    def events_about(self, seat_id: str) -> list[Event]:
        """The seat's whole history, annulled events included, oldest first."""
        return self._history.about(self.posts_of(seat_id))

    def events_of(self, subject: str) -> list[Event]:
        """The events of exactly this subject; "" for those that concern everybody."""
        return self._history.of(subject)

    # -- changing ------------------------------------------------------------------------------

    def apply_all(self, events: Iterable[Event]) -> None:
        """Apply many events, reading the log anew at most once."""
        fresh = [event for event in events if event.event_id not in self._known]
        for event in fresh:
            self._known[event.event_id] = event
            self._history.add(event)
        self.log = sorted([*self.log, *fresh], key=_order)
        self.course = [event for event in self.log if event.kind in COURSE_KINDS]
        self._replay()

    def apply(self, event: Event) -> Touched:
        """Take one recorded event in; an event already known changes nothing."""
        if event.event_id in self._known:
            return Touched()
        is_late = bool(self.log) and event.order < self.log[-1].order
        self._keep(event)
        if event.kind is EventKind.ANNULLED:
            return self._annul(event)
        if is_late:
            return self._fold_again(event)
        return self._tell(event) if self._holds(event) else Touched()

    def _keep(self, event: Event) -> None:
        self._known[event.event_id] = event
        self._history.add(event)
        _put_in(self.log, event)
        if event.kind in COURSE_KINDS:
            _put_in(self.course, event)
        self._keep_nonce(event)

    def _keep_nonce(self, event: Event) -> None:
        """Of two events with one nonce, which only a merge can bring, the later answers a repeat."""
        if not event.nonce:
            return
        known = self.nonces.get(event.nonce)
        if known is None or known.order < event.order:
            self.nonces[event.nonce] = event

    def _annul(self, event: Event) -> Touched:
        known, victim = self.annulled.get(event.subject), self._known.get(event.subject)
        if known is None or known.order < event.order:
            self.annulled[event.subject] = event
        return self._fold_again(victim) if known is None and victim is not None else Touched()

    def _holds(self, event: Event) -> bool:
        return event.event_id not in self.annulled

    def _rank(self, event_id: str) -> Order:
        return self._known[event_id].order

    def _replay(self) -> None:
        self.annulled = {e.subject: e for e in self.log if e.kind is EventKind.ANNULLED}
        self.nonces = {event.nonce: event for event in self.log if event.nonce}
        self._forget()
        self._tell_all(self.log)

    def _tell_all(self, events: Iterable[Event]) -> None:
        for event in events:
            if self._holds(event):
                self._tell(event)

    # -- folding a part anew -------------------------------------------------------------------

    def _fold_again(self, event: Event) -> Touched:
        """Fold anew what this event, which came late or was taken back, is a part of."""
        kind = event.kind
        if kind in SEAT_KINDS:
            return self._fold_seats(event)
        if kind is EventKind.HEADCOUNT:
            return self._fold_headcounts(counted_in(event))
        if kind in TIMER_KINDS:
            self.timings.pop(event.subject, None)
            self._tell_all(e for e in self.course if e.kind in TIMER_KINDS and e.subject == event.subject)
            return Touched(agenda=True)
        if kind in WHOLE_AGENDA_KINDS:
            self._forget_agenda()
            self._tell_all(e for e in self.course if e.kind in WHOLE_AGENDA_KINDS)
            return Touched(agenda=True)
        if kind in MEETING_KINDS:
            self._forget_meeting()
            self._tell_all(e for e in self.course if e.kind in MEETING_KINDS)
            return EVERYTHING
        if kind in ROSTER_KINDS or kind in PHONE_BOOK_KINDS:
            self._replay()
            return EVERYTHING
        return Touched()

    def _fold_seats(self, event: Event) -> Touched:
        seats = self._history.kin(event.subject, self.posts_of)
        events = sorted((e for seat in seats for e in self._history.of(seat)), key=_order)
        events = [e for e in events if e.kind in SEAT_KINDS]
        if self._history.tells_of_phones and self._was_seated_since(events, seats):
            self._replay()
            return EVERYTHING
        for seat_id in seats:
            self._forget_seat(seat_id)
        self.phones.forget(events)
        self._tell_all(events)
        self.phones.arrange(self._rank)
        return Touched(seats=frozenset(seats))

    def _forget_seat(self, seat_id: str) -> None:
        """But for the headcounts, on which nothing else hangs."""
        facts = self._facts.pop(seat_id, None)
        if facts is not None and facts.sightings:
            self._facts[seat_id] = SeatFacts(sightings=facts.sightings)

    def _was_seated_since(self, events: Sequence[Event], seats: Collection[str]) -> bool:
        """Whether the roster says otherwise now of these seats than when the first event was told.

        Who else used a telephone is told with the name of that time.
        """
        later = (e for e in self._history.rosters if self._holds(e) and events[0].order < e.order)
        return any(_reseats(e, seats) for e in later)

    def _fold_headcounts(self, counted: Collection[str]) -> Touched:
        """The headcounts anew, and what they say of the seats that were counted."""
        for seat_id in counted:
            facts = self._facts.get(seat_id)
            if facts is not None:
                facts.sightings = []
        self.headcounts = []
        for event in self._history.headcounts():
            if self._holds(event):
                self._count_heads(event, counted)
        for seat_id in counted:
            self._drop_if_untold(seat_id)
        return Touched(seats=frozenset(post for seat_id in counted for post in self.posts_of(seat_id)))

    def _drop_if_untold(self, seat_id: str) -> None:
        facts = self._facts.get(seat_id)
        if facts is None or facts.sightings:
            return
        if not any(e.kind in SEAT_KINDS and self._holds(e) for e in self._history.of(seat_id)):
            del self._facts[seat_id]


def _order(event: Event) -> Order:
    return event.order


def _put_in(events: list[Event], event: Event) -> None:
    if events and event.order < events[-1].order:
        bisect.insort(events, event, key=_order)
    else:
        events.append(event)


def _reseats(event: Event, seats: Collection[str]) -> bool:
    """Whether a roster, or a walk-in, says anything new of one of these seats or their persons."""
    if event.kind is EventKind.ROSTER_LOADED:
        return True
    added = Seat.from_json(event.body["seat"])
    return added.seat_id in seats or added.person_id in seats
