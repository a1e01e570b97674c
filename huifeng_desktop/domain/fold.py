"""How each kind of event changes what is known of a meeting. The only place that knows it.

A `Fold` is told events in causal order, and only those that hold; who takes care of that, and folds a
part anew where an event comes late or is taken back, is `MeetingState`. The kinds are grouped by what
they change: events of one group never change what another group has made, but for a roster, on which
everything hangs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any

from huifeng_desktop.domain.agenda import AgendaItem
from huifeng_desktop.domain.approval import Approval
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
from huifeng_desktop.domain.events import AGENDA_KINDS, TIMER_KINDS, Event, EventKind
from huifeng_desktop.domain.meeting import MeetingPlan
from huifeng_desktop.domain.moments import ClockReading
from huifeng_desktop.domain.people import Deputy, Seat
from huifeng_desktop.domain.phones import PHONE_BOOK_KINDS, PhoneBook, PhoneLevel, Vouch
from huifeng_desktop.domain.programme import Programme
from huifeng_desktop.domain.speaker_timer import ItemTiming
from huifeng_desktop.domain.timer_events import TRANSITIONS, anchor_of
from huifeng_desktop.domain.touched import EVERYTHING, Touched


class Fold:
    """A meeting, told event by event in causal order. Read it freely."""

    def __init__(self) -> None:
        self._forget()

    def _forget(self) -> None:
        self.seats: list[Seat] = []
        self.timings: dict[str, ItemTiming] = {}
        self.headcounts: list[Headcount] = []
        self.phones = PhoneBook()
        self._facts: dict[str, SeatFacts] = {}
        self._forget_meeting()
        self._forget_agenda()
        self._index_seats()

    def _forget_agenda(self) -> None:
        self.programme = Programme()

    def _forget_meeting(self) -> None:
        self.plan: MeetingPlan | None = None
        self.postponed = False
        self.opened_at: datetime | None = None
        self.opened_anchor: ClockReading | None = None
        self.opened_by: Event | None = None
        self.adjourned_at: datetime | None = None
        self.late_base_choice: str | None = None
        self.clock_off_s = 0.0
        self.sign_in_closed = False
        self.sealed: Event | None = None

    # -- reading -------------------------------------------------------------------------------

    def seat(self, seat_id: str) -> Seat | None:
        """The seat of this id, if the roster (still) has it."""
        return self._by_id.get(seat_id)

    def seat_by_badge(self, badge: str) -> Seat | None:
        """The seat whose badge this is."""
        return self._by_badge.get(badge)

    @property
    def items(self) -> list[AgendaItem]:
        """The agenda in its order; do not change it."""
        return self.programme.standing(lambda item_id: self.timing(item_id).is_spoken)

    @property
    def queue(self) -> list[AgendaItem]:
        """Who waits to speak; do not change it."""
        return self.programme.queue

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

    def posts_of(self, seat_id: str) -> tuple[str, ...]:
        """The seat ids of all posts of the person in this seat."""
        seat = self.seat(seat_id)
        return self._posts.get(seat.person_id, (seat_id,)) if seat else (seat_id,)

    def has_facts(self, seat_id: str) -> bool:
        """Whether anything was ever stated about this seat."""
        return seat_id in self._facts

    # -- changing ------------------------------------------------------------------------------

    def _tell(self, event: Event) -> Touched:
        """Let an event that holds change what it changes."""
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
        facts = self._facts.get(seat_id)
        if facts is None:
            facts = self._facts[seat_id] = SeatFacts()
        return facts

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
        self.programme.load(AgendaItem.from_json(plain) for plain in event.body["items"])
        return Touched(agenda=True)

    def _on_item_changed(self, event: Event) -> Touched:
        self.programme.put(AgendaItem.from_json(event.body["item"]), event.body.get("before"))
        return Touched(agenda=True)

    def _on_item_removed(self, event: Event) -> Touched:
        self.programme.take_off(event.subject)
        return Touched(agenda=True)

    def _on_queue(self, event: Event) -> Touched:
        if event.kind is EventKind.QUEUE_JOINED:
            self.programme.join_queue(AgendaItem.from_json(event.body["item"]))
        else:
            self.programme.leave_queue(event.subject)
        return Touched(agenda=True)

    def _on_reordered(self, event: Event) -> Touched:
        self.programme.reorder(event.body["order"])
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

    def _on_clock_set(self, event: Event) -> Touched:
        self.clock_off_s += float(event.body.get("by_s", 0))
        return Touched()

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
            proposal=body.get("proposal", ""),
            shared_with=self.phones.use(body.get("device", ""), seat, event.at),
            level=PhoneLevel(body["level"]) if "level" in body else PhoneLevel.STANDARD,
            clock_off_s=float(body.get("clock_off_s", 0)),
        )
        if self.phones.waiting:
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
        counted = counted_in(event)
        self._count_heads(event, counted)
        return Touched(seats=frozenset(post for seat_id in counted for post in self.posts_of(seat_id)))

    def _count_heads(self, event: Event, seats: Collection[str]) -> None:
        """Keep a headcount, and what it says of these seats."""
        body = event.body
        seen, unseen = frozenset(body.get("seen", ())), frozenset(body.get("unseen", ()))
        self.headcounts.append(Headcount(event.event_id, event.at, seen, unseen))
        for seat_id in (seen | unseen) & frozenset(seats):
            sighting = Sighting(event.event_id, event.at, seat_id in seen)
            self._facts_for(seat_id).sightings.append(sighting)

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


def counted_in(event: Event) -> frozenset[str]:
    """The seats that a headcount tells of."""
    return frozenset((*event.body.get("seen", ()), *event.body.get("unseen", ())))


def _deputy(plain: Mapping[str, Any] | None) -> Deputy | None:
    return Deputy(plain["name"], plain.get("post", "")) if plain and plain.get("name") else None


_Handler = Callable[[Fold, Event], Touched | None]
_HANDLERS: dict[EventKind, _Handler] = {
    EventKind.MEETING_CREATED: Fold._on_created,
    EventKind.MEETING_CHANGED: Fold._on_changed,
    EventKind.ROSTER_LOADED: Fold._on_roster,
    EventKind.SEAT_ADDED: Fold._on_seat_added,
    EventKind.AGENDA_LOADED: Fold._on_agenda,
    EventKind.ITEM_CHANGED: Fold._on_item_changed,
    EventKind.ITEM_REMOVED: Fold._on_item_removed,
    EventKind.AGENDA_REORDERED: Fold._on_reordered,
    EventKind.QUEUE_JOINED: Fold._on_queue,
    EventKind.QUEUE_LEFT: Fold._on_queue,
    EventKind.LEAVE_RECORDED: Fold._on_leave,
    EventKind.DEPUTY_RECORDED: Fold._on_deputy,
    EventKind.SIGN_IN_OPENED: Fold._on_door,
    EventKind.SIGN_IN_CLOSED: Fold._on_door,
    EventKind.OPENED: Fold._on_opened,
    EventKind.ADJOURNED: Fold._on_adjourned,
    EventKind.LATE_BASE_CHOSEN: Fold._on_late_base,
    EventKind.CLOCK_SET: Fold._on_clock_set,
    EventKind.SIGN_IN: Fold._on_sign_in,
    EventKind.PHONE_PROPOSED: Fold._on_proposed,
    EventKind.PROPOSAL_REFUSED: Fold._on_proposal_refused,
    EventKind.VOUCHED: Fold._on_vouched,
    **dict.fromkeys(PHONE_BOOK_KINDS, Fold._on_phone_book),
    EventKind.EXIT: Fold._on_passage,
    EventKind.RETURN: Fold._on_passage,
    EventKind.CALLED: Fold._on_called,
    EventKind.HEADCOUNT: Fold._on_headcount,
    EventKind.RULING: Fold._on_ruling,
    EventKind.SEALED: Fold._on_sealed,
    EventKind.REOPENED: Fold._on_sealed,
    **dict.fromkeys(TRANSITIONS, Fold._on_timer),
}
ROSTER_KINDS = frozenset({EventKind.ROSTER_LOADED, EventKind.SEAT_ADDED})
MEETING_KINDS = frozenset(
    {
        EventKind.MEETING_CREATED,
        EventKind.MEETING_CHANGED,
        EventKind.SIGN_IN_OPENED,
        EventKind.SIGN_IN_CLOSED,
        EventKind.OPENED,
        EventKind.ADJOURNED,
        EventKind.LATE_BASE_CHOSEN,
        EventKind.CLOCK_SET,
        EventKind.SEALED,
        EventKind.REOPENED,
    }
)
"""What changes plan, opening, adjournment and seal."""
WHOLE_AGENDA_KINDS = AGENDA_KINDS | {EventKind.AGENDA_LOADED}
"""What changes items and queue; how far each item has come is the timer's."""
COURSE_KINDS = MEETING_KINDS | WHOLE_AGENDA_KINDS | TIMER_KINDS
"""Few events in any meeting, however many people come."""
SEAT_KINDS = frozenset(
    {
        EventKind.LEAVE_RECORDED,
        EventKind.DEPUTY_RECORDED,
        EventKind.SIGN_IN,
        EventKind.PHONE_PROPOSED,
        EventKind.PROPOSAL_REFUSED,
        EventKind.VOUCHED,
        EventKind.EXIT,
        EventKind.RETURN,
        EventKind.CALLED,
        EventKind.RULING,
    }
)
"""What is stated about the seat that is the event's subject, and what its telephone was used for."""
VERDICT_KINDS = MEETING_KINDS | ROSTER_KINDS | SEAT_KINDS | {EventKind.HEADCOUNT, EventKind.ANNULLED}
"""All that seats are judged by; signatures, documents, prints, agenda and timer are not among it."""
