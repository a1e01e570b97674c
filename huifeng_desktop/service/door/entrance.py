"""At the door: people come, go and return; leave and deputies are entered; entries are undone.

`Door.register` answers a batch of requests out of one transaction: the desk uses it for rushes, the
window for a single key press. A refusal is an answer, not an exception.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from huifeng_desktop.domain.approval import Approval
from huifeng_desktop.domain.attendance import Arrival, CallWord
from huifeng_desktop.domain.events import Event, EventKind, Fact
from huifeng_desktop.domain.people import Category, Deputy, Seat
from huifeng_desktop.domain.second_factor import NOBODY, answers, is_second_factor
from huifeng_desktop.domain.state import MeetingState
from huifeng_desktop.errors import UserProblem
from huifeng_desktop.rules.classify import deputy_approval, late_minutes
from huifeng_desktop.service.door import phone_entries
from huifeng_desktop.service.door.clock_steps import ClockSteps
from huifeng_desktop.service.door.lookup import Lookup
from huifeng_desktop.service.door.sign_in import (
    Candidate,
    DeskMeeting,
    Method,
    Movement,
    OutcomeCode,
    SignInOutcome,
    SignInRequest,
)
from huifeng_desktop.service.session import MeetingSession, Writing

CLOCK_OFF_S = 60.0
"""A clock that was set by less is not worth a word in a record of minutes."""
_KINDS = {
    Movement.ENTER: EventKind.SIGN_IN,
    Movement.LEAVE: EventKind.EXIT,
    Movement.RETURN: EventKind.RETURN,
}


class Door:
    """Sign-in for one meeting; implements the desk's `Registrar`."""

    def __init__(self, session: MeetingSession) -> None:
        self._session = session
        self._lookup = Lookup()
        self._steps = ClockSteps(session.now())

    # -- signing in ----------------------------------------------------------------------------

    def register(self, requests: Sequence[SignInRequest]) -> list[SignInOutcome]:
        """One outcome for each request; durable ones are on disk when this returns."""
        with self._session.writing() as block:
            now = self._session.now()  # under the lock: no other process tells of a step in between
            self._steps.heed(block, now)
            outcomes = [self._answer(block, request) for request in requests]
        self._steps.keep(now)
        return outcomes

    def sign_in(
        self, seat_id: str, method: Method, deputy: Deputy | None = None, **more: Any
    ) -> SignInOutcome:
        """Sign one seat in (or, with `kind`, out or back in) from the window."""
        nonce = more.pop("nonce", uuid.uuid4().hex)
        request = SignInRequest(nonce=nonce, seat_id=seat_id, method=method, deputy=deputy, **more)
        return self.register([request])[0]

    def _answer(self, block: Writing, request: SignInRequest) -> SignInOutcome:
        state = block.state
        known = state.nonces.get(request.nonce) if request.nonce else None
        if known is not None:
            return self._replayed(state, known)
        seat = state.seat_by_badge(request.badge) if request.badge else state.seat(request.seat_id)
        if seat is None:
            code = OutcomeCode.UNKNOWN_BADGE if request.badge else OutcomeCode.UNKNOWN_PERSON
            return self._refused(block, request, SignInOutcome(code))
        if not _may_enter(state, request):
            return self._refused(block, request, _about(seat, OutcomeCode.NOT_OPEN))
        if seat.category is Category.VACANT:
            return self._refused(block, request, _about(seat, OutcomeCode.VACANT))
        return self._admit(block, request, seat)

    def _admit(self, block: Writing, request: SignInRequest, seat: Seat) -> SignInOutcome:
        first = block.state.facts_of(seat).arrival
        if request.kind is Movement.ENTER and first is not None:
            told = self._judged(seat, first)
            phone_entries.add_signature(block, request, seat, first.event_id, self._session.now().wall)
            refusal = _about(seat, OutcomeCode.ALREADY, at=first.at, event_id=first.event_id, **told)
            return self._refused(block, request, refusal)
        if request.kind is not Movement.ENTER and first is None:
            return self._refused(block, request, _about(seat, OutcomeCode.NOT_IN))
        if phone_entries.only_proposes(block.state, request):
            asked = phone_entries.waiting_for(block.state, seat)
            if asked is not None:
                again = _about(seat, OutcomeCode.PROPOSED, at=asked.at, event_id=asked.event_id)
                return self._refused(block, request, again)
        event = block.add(self._fact(block.state, request, seat))
        phone_entries.add_signature(block, request, seat, event.event_id, event.at)
        return _outcome(seat, event)

    def _fact(self, state: MeetingState, request: SignInRequest, seat: Seat) -> Fact:
        """What is recorded; with a sign-in goes what was answered, so that a repeat hears the same."""
        body: dict[str, Any] = {"method": request.method.value}
        if request.station:
            body["station"] = request.station
        if request.by:
            body["by"] = request.by
        if request.deputy is not None:
            body["deputy"] = {"name": request.deputy.name, "post": request.deputy.post}
            body["deputy_approved"] = request.deputy_approved
        at = request.at or self._session.now().wall
        if request.at is None and abs(state.clock_off_s) >= CLOCK_OFF_S:
            body["clock_off_s"] = state.clock_off_s
        if request.kind is not Movement.ENTER:
            return Fact(_KINDS[request.kind], at, seat.seat_id, body, request.nonce)
        arrival = Arrival(
            "", at, request.method.value, deputy=request.deputy, deputy_approved=request.deputy_approved
        )
        told = self._judged(seat, arrival)
        body |= phone_entries.body_of(state, request)
        told["pending"] |= phone_entries.is_doubtful(state, request, seat)
        asks = phone_entries.only_proposes(state, request)
        kind = EventKind.PHONE_PROPOSED if asks else EventKind.SIGN_IN
        return Fact(kind, at, seat.seat_id, {**body, "told": told}, request.nonce)

    def _judged(self, seat: Seat, arrival: Arrival) -> dict[str, Any]:
        """Late by how much, and whether a deputy waits for a word. Judges no more than it must."""
        facts = self._session.state.facts_of(seat)
        unsaid = arrival.deputy is not None and deputy_approval(arrival, arrival.deputy, facts) is None
        return {
            "late_minutes": late_minutes(arrival.at, self._session.context()),
            "pending": unsaid and seat.category.is_expected,
        }

    def _refused(self, block: Writing, request: SignInRequest, outcome: SignInOutcome) -> SignInOutcome:
        """Keep a refusal as evidence, once for each nonce."""
        body = {
            "outcome": outcome.code.value,
            "badge": request.badge[:32],
            "kind": request.kind.value,
            "method": request.method.value,
            "first": outcome.event_id,
            "told": {"late_minutes": outcome.late_minutes, "pending": outcome.pending},
        }
        now = self._session.now().wall
        block.add(Fact(EventKind.REFUSED, now, outcome.seat_id, body, request.nonce))
        return outcome

    def _replayed(self, state: MeetingState, event: Event) -> SignInOutcome:
        """The same answer as the first time this nonce was seen."""
        seat = state.seat(event.subject)
        if event.kind is not EventKind.REFUSED:
            return _outcome(seat, event) if seat else SignInOutcome(OutcomeCode.UNKNOWN_PERSON)
        code = OutcomeCode(event.body["outcome"])
        if seat is None:
            return SignInOutcome(code)
        first = state.event(event.body["first"])
        if first is None:
            return _about(seat, code)
        return _about(seat, code, at=first.at, event_id=first.event_id, **event.body.get("told", {}))

    # -- what the desk may know ----------------------------------------------------------------

    def summary(self) -> Mapping[str, Any]:
        """The totals of `results --json`, now."""
        self._session.catch_up()
        return self._session.totals().to_json()

    def meeting(self) -> DeskMeeting:
        """Title, time and place for the phone page."""
        self._session.catch_up()
        plan = self._session.plan
        state = self._session.state
        return DeskMeeting(
            self._session.meeting_id,
            plan.title,
            plan.start,
            plan.place,
            state.is_sign_in_open,
            has_pins=self._known_roster().has_pins,
            asks_signature=state.phones.rules.signature,
        )

    def _known_roster(self) -> Lookup:
        self._lookup = self._lookup.of(self._session.state.seats)
        return self._lookup

    def find(self, name: str, second: str) -> list[Candidate]:
        """Persons of exactly this name whose telephone or badge ends in `second`, or whose PIN it is.

        Somebody with two posts is one person, found in the first. A name that nobody has takes the
        same steps as a number that is wrong.
        """
        if not is_second_factor(second):
            return []
        named = self._known_roster().named(name)
        found = {
            seat.person_id: Candidate(seat.seat_id, seat.name, seat.unit, seat.post)
            for seat in reversed(named or [NOBODY])
            if answers(seat, second)
        }
        return list(found.values())

    # -- leave, deputies, undo -----------------------------------------------------------------

    def record_leave(
        self,
        seat_id: str,
        *,
        reason: str,
        approval: Approval,
        approved_by: str = "",
        deputy: Deputy | None = None,
    ) -> Event:
        """请假 at the door: `requested_at` is now, so that a request after the start is seen as one."""
        self._session.refuse_if_sealed()
        now = self._session.now().wall
        body: dict[str, Any] = {
            "reason": reason,
            "approval": approval.value,
            "approved_by": approved_by,
            "requested_at": now.isoformat(),
            "deputy": {"name": deputy.name, "post": deputy.post} if deputy else None,
        }
        return self._session.state_facts([Fact(EventKind.LEAVE_RECORDED, now, seat_id, body)])[0]

    def confirm_deputy(self, seat_id: str, deputy: Deputy, *, approved: bool, approved_by: str) -> Event:
        """Say whether the deputy who came was approved."""
        self._session.refuse_if_sealed()
        body = {
            "deputy": {"name": deputy.name, "post": deputy.post},
            "approved": approved,
            "approved_by": approved_by,
        }
        fact = Fact(EventKind.DEPUTY_RECORDED, self._session.now().wall, seat_id, body)
        return self._session.state_facts([fact])[0]

    def undo(self, event_id: str, *, reason: str, by: str = "") -> Event:
        """Annul an entry; the entry and its annulment both stay in the log."""
        self._session.refuse_if_sealed()
        if not reason.strip():
            raise UserProblem("撤销要写明原因，请填写后再撤销。")
        event = self._session.state.event(event_id)
        if event is None or event_id in self._session.state.annulled:
            raise UserProblem("这条记录不存在或已经撤销，请刷新后再看。")
        body = {"reason": reason.strip(), "by": by}
        fact = Fact(EventKind.ANNULLED, self._session.now().wall, event_id, body)
        return self._session.state_facts([fact])[0]

    def note_call(self, seat_id: str, word: CallWord, expected: str = "") -> Event:
        """A missing person was telephoned; `expected` is when they say they will be there ("14:40")."""
        self._session.refuse_if_sealed()
        body = {"word": word.value, "expected": expected}
        fact = Fact(EventKind.CALLED, self._session.now().wall, seat_id, body)
        return self._session.state_facts([fact])[0]

    def add_walk_in(self, seat: Seat) -> Event:
        """Add somebody who is not on the roster, at its end."""
        self._session.refuse_if_sealed()
        fact = Fact(EventKind.SEAT_ADDED, self._session.now().wall, seat.seat_id, {"seat": seat.to_json()})
        return self._session.state_facts([fact])[0]

    def count_heads(self, seen: Sequence[str], unseen: Sequence[str], at: datetime | None = None) -> Event:
        """会中清点: who of those checked was there and who was not."""
        self._session.refuse_if_sealed()
        body = {"seen": sorted(seen), "unseen": sorted(unseen)}
        fact = Fact(EventKind.HEADCOUNT, at or self._session.now().wall, body=body)
        return self._session.state_facts([fact])[0]

    def heed_clock(self) -> None:
        """Look whether the computer's clock was set since somebody came; who comes from now on is marked."""
        with self._session.writing() as block:
            now = self._session.now()  # under the lock: no other process tells of a step in between
            self._steps.heed(block, now)
        self._steps.keep(now)

    def set_open(self, is_open: bool, by: str = "") -> None:
        """Open or close sign-in by hand, at any time before the seal."""
        self._session.refuse_if_sealed()
        kind = EventKind.SIGN_IN_OPENED if is_open else EventKind.SIGN_IN_CLOSED
        self._session.state_facts([Fact(kind, self._session.now().wall, body={"by": by} if by else {})])


def _outcome(seat: Seat, event: Event) -> SignInOutcome:
    """What is answered to an entry that was taken, now and to any repeat."""
    codes = {
        EventKind.EXIT: OutcomeCode.LEFT,
        EventKind.RETURN: OutcomeCode.RETURNED,
        EventKind.PHONE_PROPOSED: OutcomeCode.PROPOSED,
    }
    code = codes.get(event.kind, OutcomeCode.SIGNED_IN)
    return _about(seat, code, at=event.at, event_id=event.event_id, **event.body.get("told", {}))


def _may_enter(state: MeetingState, request: SignInRequest) -> bool:
    """Whether the door takes this entry; 补签 is possible until the record is sealed."""
    if request.method is Method.BACKFILL:
        return not (state.sealed or state.postponed)
    return state.is_sign_in_open


def _about(
    seat: Seat,
    code: OutcomeCode,
    *,
    at: datetime | None = None,
    event_id: str = "",
    late_minutes: int = 0,
    pending: bool = False,
) -> SignInOutcome:
    return SignInOutcome(
        code,
        seat.seat_id,
        seat.seq,
        seat.name,
        seat.unit,
        seat.post,
        seat.place,
        late_minutes=late_minutes,
        at=at,
        pending=pending,
        event_id=event_id,
    )
