"""What a meeting's events add up to. The only place that knows how each event changes the state.

`MeetingState.apply` is fed one event at a time. An annulment, or an event older than one already
seen (a merge, a slow desk), makes it read the whole log again in causal order; so the state depends
on the set of events and never on the order in which they arrived.
"""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from huifeng_desktop.domain.agenda import AgendaItem
from huifeng_desktop.domain.attendance import (
    Arrival,
    Call,
    CallWord,
    Decision,
    DeputyWord,
    Headcount,
    Leave,
    Passage,
    Ruling,
    SeatFacts,
    Sighting,
)
from huifeng_desktop.domain.events import Event, EventKind
from huifeng_desktop.domain.history import History
from huifeng_desktop.domain.imported import Approval
from huifeng_desktop.domain.meeting import MeetingPlan
from huifeng_desktop.domain.moments import ClockReading
from huifeng_desktop.domain.people import Deputy, Seat
from huifeng_desktop.domain.phones import PHONE_BOOK_KINDS, PhoneBook, PhoneLevel, Vouch
from huifeng_desktop.domain.posts import joined
from huifeng_desktop.domain.speaker_timer import ItemTiming
from huifeng_desktop.domain.timer_events import TRANSITIONS, anchor_of
from huifeng_desktop.domain.touched import EVERYTHING, Touched


class MeetingState:
    """One meeting as its events tell it. Read it freely; only `apply` changes it."""

    def __init__(self, meeting_id: str) -> None:
        self.meeting_id = meeting_id
        self.log: list[Event] = []
        self.annulled: dict[str, Event] = {}
        self._orders: dict[str, tuple[int, str, int]] = {}
        self._history = History()
        self._forget()

    def _forget(self) -> None:
        self.plan: MeetingPlan | None = None
        self.postponed = False
        self.seats: list[Seat] = []
        self.items: list[AgendaItem] = []
        self.queue: list[AgendaItem] = []
        self.timings: dict[str, ItemTiming] = {}
        self.opened_at: datetime | None = None
        self.opened_anchor: ClockReading | None = None
        self.opened_by: Event | None = None
        self.adjourned_at: datetime | None = None
        self.late_base_choice: str | None = None
        self.sign_in_closed = False
        self.sealed: Event | None = None
        self.headcounts: list[Headcount] = []
        self.nonces: dict[str, Event] = {}
        self.phones = PhoneBook()
        self._facts: dict[str, SeatFacts] = {}
        self._index_seats()

    # -- reading -------------------------------------------------------------------------------

    def seat(self, seat_id: str) -> Seat | None:
        """The seat of this id, if the roster (still) has it."""
        return self._by_id.get(seat_id)

    def seat_by_badge(self, badge: str) -> Seat | None:
        """The seat whose badge this is."""
        return self._by_badge.get(badge)

    def item(self, item_id: str) -> AgendaItem | None:
        """The agenda item of this id, if the agenda (still) has it."""
        return next((item for item in self.items if item.item_id == item_id), None)

    def timing(self, item_id: str) -> ItemTiming:
        """How far the item has come."""
        return self.timings.get(item_id, ItemTiming())

    @property
    def current_item(self) -> AgendaItem | None:
        """The item before the hall: running or paused."""
        return next((item for item in self.items if self.timing(item.item_id).is_active), None)

    @property
    def is_sign_in_open(self) -> bool:
        """Whether the door takes entries: not closed, postponed, adjourned or sealed."""
        return not (self.sign_in_closed or self.postponed or self.adjourned_at or self.sealed)

    def facts_of(self, seat: Seat) -> SeatFacts:
        """Everything stated about the person in this seat, under whichever of two posts."""
        posts = self._posts.get(seat.person_id, (seat.seat_id,))
        if len(posts) == 1:
            return self._facts.get(seat.seat_id) or SeatFacts()
        others = [self._facts[post] for post in posts if post != seat.seat_id and post in self._facts]
        own = self._facts.get(seat.seat_id) or SeatFacts()
        return joined(own, others, self._orders.__getitem__)

    def posts_of(self, seat_id: str) -> tuple[str, ...]:
        """The seat ids of all posts of the person in this seat."""
        seat = self.seat(seat_id)
        return self._posts.get(seat.person_id, (seat_id,)) if seat else (seat_id,)

    def knows(self, event_id: str) -> bool:
        """Whether the event was taken in."""
        return event_id in self._orders

    def has_facts(self, seat_id: str) -> bool:
        """Whether anything was ever stated about this seat."""
        return seat_id in self._facts

    def events_about(self, seat_id: str) -> list[Event]:
        """The seat's whole history, annulled events included, oldest first."""
        return self._history.about(self.posts_of(seat_id))

    def events_of(self, subject: str) -> list[Event]:
        """The events of exactly this subject; "" for those that concern everybody."""
        return self._history.of(subject)

    # -- changing ------------------------------------------------------------------------------

    def apply_all(self, events: Iterable[Event]) -> None:
        """Apply many events, reading the log anew at most once."""
        fresh = [event for event in events if event.event_id not in self._orders]
        for event in fresh:
            self._orders[event.event_id] = event.order
            self._history.add(event)
        self.log = sorted([*self.log, *fresh], key=lambda event: event.order)
        self._replay()

    def apply(self, event: Event) -> Touched:
        """Take one recorded event in; an event already known changes nothing."""
        if event.event_id in self._orders:
            return Touched()
        self._orders[event.event_id] = event.order
        self._history.add(event)
        late = bool(self.log) and event.order < self.log[-1].order
        if late:
            bisect.insort(self.log, event, key=lambda one: one.order)
        else:
            self.log.append(event)
        if late or event.kind is EventKind.ANNULLED:
            self._replay()
            return EVERYTHING
        return self._take(event)

    def _replay(self) -> None:
        self.annulled = {e.subject: e for e in self.log if e.kind is EventKind.ANNULLED}
        self._forget()
        for event in self.log:
            self._take(event)

    def _take(self, event: Event) -> Touched:
        if event.nonce:
            self.nonces[event.nonce] = event
        if event.event_id in self.annulled:
            return Touched()
        handler = _HANDLERS.get(event.kind)
        return handler(self, event) or EVERYTHING if handler else Touched()

    def _index_seats(self) -> None:
        self._by_id = {seat.seat_id: seat for seat in self.seats}
        self._by_badge = {seat.badge: seat for seat in self.seats if seat.badge}
        posts: dict[str, tuple[str, ...]] = {}
        for seat in self.seats:
            posts[seat.person_id] = (*posts.get(seat.person_id, ()), seat.seat_id)
        self._posts = posts

    def _facts_for(self, seat_id: str) -> SeatFacts:
        return self._facts.setdefault(seat_id, SeatFacts())

    def _seat_touched(self, seat_id: str) -> Touched:
        return Touched(seats=frozenset(self.posts_of(seat_id)))

    # one method for each kind of event; None means that everything may have changed

    def _on_created(self, event: Event) -> None:
        self.plan = MeetingPlan.from_json(event.body)

    def _on_changed(self, event: Event) -> None:
        if self.plan is not None:
            self.plan = self.plan.changed(event.body)
        self.postponed = bool(event.body.get("postponed", self.postponed))

    def _on_roster(self, event: Event) -> None:
        self.seats = [Seat.from_json(plain) for plain in event.body["seats"]]
        self._index_seats()

    def _on_seat_added(self, event: Event) -> None:
        seat = Seat.from_json(event.body["seat"])
        rest = [one for one in self.seats if one.seat_id != seat.seat_id]
        self.seats = sorted([*rest, seat], key=lambda one: one.seq)
        self._index_seats()

    def _on_agenda(self, event: Event) -> Touched:
        self.items = [AgendaItem.from_json(plain) for plain in event.body["items"]]
        return Touched(agenda=True)

    def _on_item_changed(self, event: Event) -> Touched:
        item = AgendaItem.from_json(event.body["item"])
        self._leave_queue(item.item_id)
        ids = [one.item_id for one in self.items]
        if item.item_id in ids:
            self.items[ids.index(item.item_id)] = item
            return Touched(agenda=True)
        before = event.body.get("before")
        self.items.insert(ids.index(before) if before in ids else len(ids), item)
        return Touched(agenda=True)

    def _on_item_removed(self, event: Event) -> Touched:
        self.items = [item for item in self.items if item.item_id != event.subject]
        return Touched(agenda=True)

    def _on_queue(self, event: Event) -> Touched:
        self._leave_queue(event.subject)
        if event.kind is EventKind.QUEUE_JOINED:
            self.queue.append(AgendaItem.from_json(event.body["item"]))
        return Touched(agenda=True)

    def _leave_queue(self, item_id: str) -> None:
        self.queue = [one for one in self.queue if one.item_id != item_id]

    def _on_reordered(self, event: Event) -> Touched:
        rank = {item_id: index for index, item_id in enumerate(event.body["order"])}
        self.items.sort(key=lambda item: rank.get(item.item_id, len(rank)))
        return Touched(agenda=True)

    def _on_leave(self, event: Event) -> Touched:
        body = event.body
        requested = body.get("requested_at")
        self._facts_for(event.subject).leave = Leave(
            event_id=event.event_id,
            reason=body.get("reason", ""),
            approval=Approval(body.get("approval", "approved")),
            approved_by=body.get("approved_by", ""),
            deputy=_deputy(body.get("deputy")),
            requested_at=datetime.fromisoformat(requested) if requested else None,
        )
        return self._seat_touched(event.subject)

    def _on_deputy(self, event: Event) -> Touched:
        deputy = _deputy(event.body.get("deputy")) or Deputy("")
        self._facts_for(event.subject).deputy_word = DeputyWord(
            event.event_id, deputy, bool(event.body.get("approved")), event.body.get("approved_by", "")
        )
        return self._seat_touched(event.subject)

    def _on_opened(self, event: Event) -> None:
        self.opened_at, self.opened_anchor, self.opened_by = event.at, anchor_of(event), event

    def _on_adjourned(self, event: Event) -> None:
        self.adjourned_at = event.at

    def _on_late_base(self, event: Event) -> None:
        self.late_base_choice = str(event.body["base"])

    def _on_door(self, event: Event) -> None:
        self.sign_in_closed = event.kind is EventKind.SIGN_IN_CLOSED

    def _on_sign_in(self, event: Event) -> Touched:
        body, seat = event.body, self.seat(event.subject)
        arrival = Arrival(
            event_id=event.event_id,
            at=event.at,
            method=body.get("method", ""),
            writer=event.writer,
            deputy=_deputy(body.get("deputy")),
            deputy_approved=body.get("deputy_approved"),
            by=body.get("by", ""),
            entered_at=event.recorded_at,
            confirmed_by=body.get("confirmed_by", ""),
            shared_with=self.phones.use(body.get("device", ""), seat, event.at),
            level=PhoneLevel(body.get("level", PhoneLevel.STANDARD)),
        )
        self.phones.settle(self.posts_of(event.subject))
        self._facts_for(event.subject).arrivals.append(arrival)
        return self._seat_touched(event.subject)

    def _on_proposed(self, event: Event) -> Touched:
        proposal = self.phones.propose(event, self.seat(event.subject), _deputy(event.body.get("deputy")))
        self._facts_for(event.subject).proposals.append(proposal)
        return self._seat_touched(event.subject)

    def _on_proposal_refused(self, event: Event) -> Touched:
        self.phones.refuse(event)
        facts, named = self._facts_for(event.subject), event.body.get("proposal", "")
        facts.proposals = [one for one in facts.proposals if one.event_id != named]
        return self._seat_touched(event.subject)

    def _on_vouched(self, event: Event) -> Touched:
        vouch = Vouch(event.event_id, event.body.get("entry", ""), event.body.get("by", ""), event.at)
        self._facts_for(event.subject).vouches.append(vouch)
        return self._seat_touched(event.subject)

    def _on_phone_book(self, event: Event) -> Touched:
        self.phones.take(event)
        return Touched()

    def _on_passage(self, event: Event) -> Touched:
        outward = event.kind is EventKind.EXIT
        approved = bool(event.body.get("approved"))
        self._facts_for(event.subject).passages.append(Passage(event.event_id, event.at, outward, approved))
        return self._seat_touched(event.subject)

    def _on_called(self, event: Event) -> Touched:
        word, expected = CallWord(event.body["word"]), str(event.body.get("expected", ""))
        self._facts_for(event.subject).call = Call(event.event_id, word, expected, event.at)
        return self._seat_touched(event.subject)

    def _on_headcount(self, event: Event) -> Touched:
        count = Headcount(
            event.event_id,
            event.at,
            frozenset(event.body.get("seen", ())),
            frozenset(event.body.get("unseen", ())),
        )
        self.headcounts.append(count)
        for seat_id in count.seen | count.unseen:
            sighting = Sighting(event.event_id, event.at, seat_id in count.seen)
            self._facts_for(seat_id).sightings.append(sighting)
        touched = {post for seat_id in count.seen | count.unseen for post in self.posts_of(seat_id)}
        return Touched(seats=frozenset(touched))

    def _on_ruling(self, event: Event) -> Touched:
        body = event.body
        ruling = Ruling(
            event_id=event.event_id,
            decision=Decision(body["decision"]),
            reason=body.get("reason", ""),
            by=body.get("by", ""),
            at=event.at,
            seat_only=bool(body.get("seat_only")),
        )
        facts = self._facts_for(event.subject)
        facts.ruling = ruling
        if not ruling.seat_only:
            facts.shared_ruling = ruling
        return self._seat_touched(event.subject)

    def _on_sealed(self, event: Event) -> Touched:
        self.sealed = event if event.kind is EventKind.SEALED else None
        return Touched()

    def _on_timer(self, event: Event) -> Touched:
        before = self.timing(event.subject)
        self.timings[event.subject] = TRANSITIONS[event.kind](before, event)
        return Touched(agenda=True)


def _deputy(plain: Mapping[str, Any] | None) -> Deputy | None:
    return Deputy(plain["name"], plain.get("post", "")) if plain and plain.get("name") else None


_Handler = Callable[[MeetingState, Event], Touched | None]
_HANDLERS: dict[EventKind, _Handler] = {
    EventKind.MEETING_CREATED: MeetingState._on_created,
    EventKind.MEETING_CHANGED: MeetingState._on_changed,
    EventKind.ROSTER_LOADED: MeetingState._on_roster,
    EventKind.SEAT_ADDED: MeetingState._on_seat_added,
    EventKind.AGENDA_LOADED: MeetingState._on_agenda,
    EventKind.ITEM_CHANGED: MeetingState._on_item_changed,
    EventKind.ITEM_REMOVED: MeetingState._on_item_removed,
    EventKind.AGENDA_REORDERED: MeetingState._on_reordered,
    EventKind.QUEUE_JOINED: MeetingState._on_queue,
    EventKind.QUEUE_LEFT: MeetingState._on_queue,
    EventKind.LEAVE_RECORDED: MeetingState._on_leave,
    EventKind.DEPUTY_RECORDED: MeetingState._on_deputy,
    EventKind.SIGN_IN_OPENED: MeetingState._on_door,
    EventKind.SIGN_IN_CLOSED: MeetingState._on_door,
    EventKind.OPENED: MeetingState._on_opened,
    EventKind.ADJOURNED: MeetingState._on_adjourned,
    EventKind.LATE_BASE_CHOSEN: MeetingState._on_late_base,
    EventKind.SIGN_IN: MeetingState._on_sign_in,
    EventKind.PHONE_PROPOSED: MeetingState._on_proposed,
    EventKind.PROPOSAL_REFUSED: MeetingState._on_proposal_refused,
    EventKind.VOUCHED: MeetingState._on_vouched,
    **dict.fromkeys(PHONE_BOOK_KINDS, MeetingState._on_phone_book),
    EventKind.EXIT: MeetingState._on_passage,
    EventKind.RETURN: MeetingState._on_passage,
    EventKind.CALLED: MeetingState._on_called,
    EventKind.HEADCOUNT: MeetingState._on_headcount,
    EventKind.RULING: MeetingState._on_ruling,
    EventKind.SEALED: MeetingState._on_sealed,
    EventKind.REOPENED: MeetingState._on_sealed,
    **dict.fromkeys(TRANSITIONS, MeetingState._on_timer),
}
