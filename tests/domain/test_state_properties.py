"""Folding only what an event hangs on says what reading the whole log anew would say.

Two desks write, each in a chain of its own; their events arrive mixed, late and twice, and any of them,
annulments included, may be annulled before or after it has come.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from story import moment, seat
from whole_state import content

from huifeng_desktop.domain.agenda import AgendaItem, ItemKind
from huifeng_desktop.domain.events import Event, EventKind
from huifeng_desktop.domain.fold import SEAT_KINDS
from huifeng_desktop.domain.meeting import MeetingPlan
from huifeng_desktop.domain.state import MeetingState
from huifeng_desktop.rules.classify import classify

SEATS = [seat("s1", "甲"), seat("s2", "乙"), seat("s3", "甲", "县统计局", same_person="s1"), seat("s4", "丁")]
IDS = [one.seat_id for one in SEATS] + ["s9"]
ITEMS = [AgendaItem(f"i{number}", f"议题{number}", "", "", ItemKind.REPORT, 300) for number in range(3)]
START = moment("14:30")


@dataclass
class Teller:
    """Makes random events of two writers; each knows of all events before, as within one data folder."""

    chance: random.Random
    events: list[Event] = field(default_factory=list)

    def tell(self, kind: EventKind, subject: str = "", **body: Any) -> None:
        """One more event, at the same Lamport time as another now and then: told apart from each other."""
        writer = self.chance.choice("ab")
        own = sum(one.writer == writer for one in self.events)
        lamport = len(self.events) + 1 - self.chance.randrange(2)
        number = len(self.events)
        at = START + timedelta(seconds=self.chance.randrange(-900, 3600))
        nonce = f"n{self.chance.randrange(12)}" if self.chance.random() < 0.3 else ""
        event = Event(f"e{number:04}", "m", kind, subject, at, at, writer, own + 1, lamport, body, nonce)
        self.events.append(event)

    def tell_any(self) -> None:
        """Whatever can happen in a meeting."""
        tellings = {
            self._annul: 5,
            self._sign: 5,
            self._about_seat: 4,
            self._phone: 5,
            self._count: 2,
            self._timer: 5,
            self._agenda: 3,
            self._meeting: 3,
            self._roster: 1,
        }
        self.chance.choices(list(tellings), list(tellings.values()))[0]()

    def _one_of(self, *tellings: Callable[[], None]) -> None:
        self.chance.choice(tellings)()

    def _pick(self, *kinds: EventKind) -> Event | None:
        known = [one for one in self.events if one.kind in kinds]
        return self.chance.choice(known) if known else None

    def _annul(self) -> None:
        """Mostly what was told, sometimes what nobody has told (yet)."""
        ids = [one.event_id for one in self.events] + [f"e{len(self.events) + 5:04}"]
        self.tell(EventKind.ANNULLED, self.chance.choice(ids), reason="误操作")

    def _sign(self) -> None:
        deputy = {"name": "代", "post": "股长"} if self.chance.random() < 0.3 else None
        self.tell(EventKind.SIGN_IN, self.chance.choice(IDS), method="badge", deputy=deputy)

    def _phone(self) -> None:
        subject, device = self.chance.choice(IDS), self.chance.choice(["d1", "d2", "d3"])
        proposal = self._pick(EventKind.PHONE_PROPOSED)
        tellings: list[Callable[[], None]] = [
            lambda: self.tell(EventKind.SIGN_IN, subject, method="phone", device=device),
            lambda: self.tell(EventKind.PHONE_PROPOSED, subject, method="phone", device=device),
            lambda: self.tell(EventKind.PHONES_SET, level=self.chance.choice(["strict", "lenient"])),
            lambda: self.tell(EventKind.VOUCHED, subject, entry="e0005", by="林静"),
            lambda: self.tell(EventKind.DOCUMENT_ADDED, "doc", name="甲.pdf", size=3, sha256="0"),
            lambda: self.tell(EventKind.DOCUMENT_APPROVED, "doc", approved_by="林静"),
        ]
        if proposal is not None:
            refuse = {"proposal": proposal.event_id, "by": "林静", "reason": "不在场"}
            tellings.append(lambda: self.tell(EventKind.PROPOSAL_REFUSED, proposal.subject, **refuse))
        self._one_of(*tellings)

    def _about_seat(self) -> None:
        subject, deputy = self.chance.choice(IDS), {"name": "代", "post": "股长"}
        approval = self.chance.choice(["approved", "oral", "not_approved"])
        decision = self.chance.choice(["late", "absent", "excused"])
        self._one_of(
            lambda: self.tell(EventKind.LEAVE_RECORDED, subject, approval=approval, reason="因公"),
            lambda: self.tell(EventKind.DEPUTY_RECORDED, subject, deputy=deputy, approved=True),
            lambda: self.tell(EventKind.EXIT, subject),
            lambda: self.tell(EventKind.RETURN, subject),
            lambda: self.tell(EventKind.CALLED, subject, word="coming", expected="14:40"),
            lambda: self.tell(EventKind.RULING, subject, decision=decision, seat_only=approval == "oral"),
            lambda: self.tell(EventKind.REFUSED, subject, outcome="already"),
            lambda: self.tell(EventKind.NOTIFIED, subject, means="电话"),
        )

    def _count(self) -> None:
        seen = self.chance.sample(IDS, 2)
        self.tell(EventKind.HEADCOUNT, seen=seen, unseen=[one for one in IDS[:3] if one not in seen])

    def _timer(self) -> None:
        item, spoken = self.chance.choice(ITEMS).item_id, float(self.chance.randrange(600))
        self._one_of(
            lambda: self.tell(EventKind.TIMER_STARTED, item, elapsed_s=0.0),
            lambda: self.tell(EventKind.TIMER_PAUSED, item, elapsed_s=spoken),
            lambda: self.tell(EventKind.TIMER_RESUMED, item, elapsed_s=spoken),
            lambda: self.tell(EventKind.TIMER_ADJUSTED, item, by_s=60),
            lambda: self.tell(EventKind.TIMER_CORRECTED, item, elapsed_s=spoken, was_s=1.0),
            lambda: self.tell(EventKind.TIMER_FINISHED, item, elapsed_s=spoken),
            lambda: self.tell(EventKind.ITEM_SKIPPED, item),
        )

    def _agenda(self) -> None:
        item, order = self.chance.choice(ITEMS), self.chance.sample([one.item_id for one in ITEMS], 3)
        plain, some = item.to_json(), ITEMS[: self.chance.randrange(1, 4)]
        self._one_of(
            lambda: self.tell(EventKind.AGENDA_LOADED, items=[one.to_json() for one in some]),
            lambda: self.tell(EventKind.ITEM_CHANGED, item.item_id, item=plain, before=order[0]),
            lambda: self.tell(EventKind.ITEM_REMOVED, item.item_id),
            lambda: self.tell(EventKind.AGENDA_REORDERED, order=order),
            lambda: self.tell(EventKind.QUEUE_JOINED, item.item_id, item=plain),
            lambda: self.tell(EventKind.QUEUE_LEFT, item.item_id),
        )

    def _meeting(self) -> None:
        self._one_of(
            lambda: self.tell(EventKind.OPENED),
            lambda: self.tell(EventKind.ADJOURNED),
            lambda: self.tell(EventKind.MEETING_CHANGED, title="改过的", postponed=True),
            lambda: self.tell(EventKind.LATE_BASE_CHOSEN, base="opened"),
            lambda: self.tell(EventKind.SIGN_IN_CLOSED),
            lambda: self.tell(EventKind.SIGN_IN_OPENED),
            lambda: self.tell(EventKind.SEALED, by="林静"),
            lambda: self.tell(EventKind.REOPENED, by="林静", reason="补正"),
        )

    def _roster(self) -> None:
        some = self.chance.sample(SEATS, 3)
        walk_in = seat("s9", "壬", same_person=self.chance.choice(["", "s2"]))
        self._one_of(
            lambda: self.tell(EventKind.ROSTER_LOADED, seats=[one.to_json() for one in some]),
            lambda: self.tell(EventKind.SEAT_ADDED, "s9", seat=walk_in.to_json()),
        )


def told(chance: random.Random, count: int) -> list[Event]:
    """A meeting with a roster and an agenda, and so many things that happened in it."""
    teller = Teller(chance)
    teller.tell(EventKind.MEETING_CREATED, **MeetingPlan("例会", START).to_json())
    teller.tell(EventKind.ROSTER_LOADED, seats=[one.to_json() for one in SEATS])
    teller.tell(EventKind.AGENDA_LOADED, items=[one.to_json() for one in ITEMS])
    for _ in range(count):
        teller.tell_any()
    return teller.events


def anew(events: list[Event]) -> MeetingState:
    """The slow way: the whole log at once."""
    state = MeetingState("m")
    state.apply_all(events)
    return state


@given(st.randoms(use_true_random=False), st.integers(1, 60), st.integers(0, 12))
@settings(max_examples=70, deadline=None)
def test_every_part_folded_anew_equals_the_whole_log_read_anew(
    chance: random.Random, count: int, shuffled: int
) -> None:
    events = told(chance, count)
    arriving = sorted(events, key=lambda one: (one.order[0] + chance.uniform(0, shuffled), one.event_id))
    state, heard = MeetingState("m"), list[Event]()
    for event in arriving:
        state.apply(event)
        heard.append(event)
        if chance.random() < 0.1:
            state.apply(chance.choice(heard))
            assert content(state) == content(anew(heard))
    assert content(state) == content(anew(events))


@given(st.randoms(use_true_random=False), st.integers(1, 60))
@settings(max_examples=60, deadline=None)
def test_what_was_spoken_to_stays_on_the_agenda_whoever_took_it_off(
    chance: random.Random, count: int
) -> None:
    """In whatever order the copies are merged, no item with a speech is lost."""
    events = told(chance, count)
    state, arriving = MeetingState("m"), chance.sample(events, len(events))
    for event in arriving:
        state.apply(event)
    ever = {one["item_id"] for one in _items_told(state)}
    shown = [one.item_id for one in state.items]
    assert len(shown) == len(set(shown))
    assert {item_id for item_id, timing in state.timings.items() if timing.is_spoken} & ever <= set(shown)
    assert shown == [one.item_id for one in anew(events).items]


def _items_told(state: MeetingState) -> Iterator[dict[str, Any]]:
    """Every item that an event puts on the agenda, unless it was taken back."""
    for event in state.log:
        if event.event_id in state.annulled:
            continue
        if event.kind is EventKind.AGENDA_LOADED:
            yield from event.body["items"]
        elif event.kind is EventKind.ITEM_CHANGED:
            yield event.body["item"]


@pytest.mark.parametrize("order", [*itertools.permutations(range(5))])
def test_an_item_that_the_other_laptop_took_off_while_it_was_spoken_to_keeps_its_place(
    order: tuple[int, ...],
) -> None:
    teller = Teller(random.Random(5))
    teller.tell(EventKind.AGENDA_LOADED, items=[one.to_json() for one in ITEMS])
    teller.tell(EventKind.ITEM_REMOVED, "i0")
    teller.tell(EventKind.ITEM_REMOVED, "i1")
    teller.tell(EventKind.TIMER_STARTED, "i1", elapsed_s=0.0)
    teller.tell(EventKind.TIMER_FINISHED, "i1", elapsed_s=312.0)
    state = MeetingState("m")
    for number in order:
        state.apply(teller.events[number])
    assert [one.item_id for one in state.items] == ["i1", "i2"]
    assert state.timing("i1").elapsed_s == 312.0


@given(st.randoms(use_true_random=False), st.integers(1, 30))
@settings(max_examples=100, deadline=None)
def test_whatever_is_judged_otherwise_was_touched(chance: random.Random, count: int) -> None:
    """A seat that is not named as touched keeps its verdict, so that only the others are judged again."""
    state, arriving = MeetingState("m"), told(chance, count)
    head, rest = arriving[:3], arriving[3:]
    state.apply_all(head)
    chance.shuffle(rest)
    for event in rest:
        before = _judged(state)
        touched = state.apply(event)
        after = _judged(state)
        if not touched.everything:
            changed = {seat_id for seat_id in after if before.get(seat_id) != after[seat_id]}
            assert changed <= touched.seats, event.kind


def _judged(state: MeetingState) -> dict[str, Any]:
    return {one.seat.seat_id: one for one in classify(state, moment("17:00"))} if state.plan else {}


def test_taking_one_sign_in_back_tells_only_its_own_person_again() -> None:
    """What is done grows with the person's own events, not with the meeting's."""
    many = [seat(f"s{number}", f"人{number}") for number in range(1, 400)]
    teller = Teller(random.Random(1))
    teller.tell(EventKind.MEETING_CREATED, **MeetingPlan("例会", START).to_json())
    teller.tell(EventKind.ROSTER_LOADED, seats=[one.to_json() for one in many])
    for one in many:
        teller.tell(EventKind.SIGN_IN, one.seat_id, method="phone", device=f"of {one.seat_id}")
    state = anew(teller.events)
    kept = {one.seat_id: state.facts_of(one) for one in many}
    teller.tell(EventKind.ANNULLED, teller.events[-1].event_id)

    touched = state.apply(teller.events[-1])

    assert touched.seats == {"s399"} and not touched.everything
    assert all(state.facts_of(one) is kept[one.seat_id] for one in many[:-1])
    assert state.facts_of(many[-1]).arrivals == []


def test_every_kind_about_seats_is_told_here() -> None:
    kinds = {one.kind for seed in range(40) for one in told(random.Random(seed), 60)}
    assert kinds >= SEAT_KINDS


def test_a_headcount_taken_back_leaves_nothing_behind() -> None:
    teller = Teller(random.Random(2), told(random.Random(2), 0))
    teller.tell(EventKind.HEADCOUNT, seen=["s4"], unseen=["s2"])
    state = anew(teller.events)
    assert state.has_facts("s4") and len(state.headcounts) == 1
    teller.tell(EventKind.ANNULLED, teller.events[-1].event_id)
    state.apply(teller.events[-1])
    assert not state.has_facts("s4") and state.headcounts == []


def test_proposals_keep_the_order_of_their_coming_when_one_is_told_again() -> None:
    teller = Teller(random.Random(3), told(random.Random(3), 0))
    for seat_id in ("s2", "s4"):
        teller.tell(EventKind.PHONE_PROPOSED, seat_id, device=f"of {seat_id}")
    teller.tell(EventKind.CALLED, "s2", word="coming")
    state, proposals = anew(teller.events), [one.event_id for one in teller.events[3:5]]
    teller.tell(EventKind.ANNULLED, teller.events[-1].event_id)
    state.apply(teller.events[-1])
    assert list(state.phones.waiting) == proposals
