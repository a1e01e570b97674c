"""What a second desk asks of the meeting: find a person, list everybody, enter, take back.

The same rules as in the window: the same search, the same door, the same reasons. Of a telephone
number only the last four digits leave this place, and only where two persons share a name.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from huifeng_desktop.domain.approval import Approval
from huifeng_desktop.domain.events import Event, EventKind, Fact
from huifeng_desktop.domain.meeting import MeetingPlan
from huifeng_desktop.domain.people import Deputy, Seat, name_key
from huifeng_desktop.errors import StorageProblem, UserProblem
from huifeng_desktop.rules.verdict import Verdict
from huifeng_desktop.service.door.roll import callable_seats
from huifeng_desktop.service.door.search import SearchIndex
from huifeng_desktop.service.door.sign_in import OutcomeCode, SignInOutcome, SignInRequest
from huifeng_desktop.service.session import MeetingSession

Elsewhere = Callable[[str], MeetingPlan | None]
"""The plan of another meeting on whose roster a badge is."""
Register = Callable[[Sequence[SignInRequest]], list[SignInOutcome]]
_TAIL = 4


@dataclass(frozen=True, slots=True)
class CounterRow:
    """One person as a second desk may see them.

    `tail` are the last digits of the telephone where the name alone does not tell who it is.
    `deputy` is whom an approved leave names.
    """

    seat: Seat
    verdict: Verdict
    tail: str = ""
    deputy: Deputy | None = None


@dataclass(frozen=True, slots=True)
class CounterEntry:
    """One sign-in that holds: who came at which desk."""

    event_id: str
    at: datetime
    name: str
    unit: str
    method: str
    station: str


@dataclass(frozen=True, slots=True)
class CounterAnswer:
    """What became of an entry; `other` is the meeting that an unknown badge belongs to."""

    outcome: SignInOutcome
    other: MeetingPlan | None = None


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Whether an entry was taken back; otherwise one sentence says why not."""

    done: bool
    sentence: str


class Counter:
    """Belongs to the thread of its session; `register` is the door's."""

    def __init__(
        self, session: MeetingSession, register: Register, elsewhere: Elsewhere = lambda badge: None
    ) -> None:
        self._session, self._register, self._elsewhere = session, register, elsewhere
        self._seats: list[Seat] = []
        self._index = SearchIndex([])
        self._namesakes: frozenset[str] = frozenset()

    # -- looking -------------------------------------------------------------------------------

    def seek(self, typed: str, limit: int = 12) -> list[CounterRow]:
        """Whom the search of the window finds for this, the best first."""
        self._read()
        verdicts = (self._session.verdict(seat.seat_id) for seat in self._index.find(typed, limit))
        return [self._row(one) for one in verdicts if one is not None]

    def people(self) -> list[CounterRow]:
        """Everybody who can be ticked, in house order; of a person's two posts the first."""
        self._read()
        verdicts = self._session.verdicts()
        wanted = {seat.seat_id for seat in callable_seats(verdicts, everybody=True)}
        return [self._row(one) for one in verdicts if one.seat.seat_id in wanted]

    def latest(self, limit: int = 30) -> list[CounterEntry]:
        """The latest entries that hold, of all desks."""
        self._session.catch_up()
        entries: list[CounterEntry] = []
        for event in self._sign_ins():
            entries += self._entry(event)
            if len(entries) >= limit:
                break
        return entries

    def _sign_ins(self) -> Iterator[Event]:
        state = self._session.state
        for event in reversed(state.log):
            if event.kind is EventKind.SIGN_IN and event.event_id not in state.annulled:
                yield event

    def _entry(self, event: Event) -> list[CounterEntry]:
        seat = self._session.state.seat(event.subject)
        if seat is None:
            return []
        body = event.body
        deputy = body.get("deputy") or {}
        name = str(deputy.get("name") or seat.name)
        said = (str(body.get("method", "")), str(body.get("station", "")))
        return [CounterEntry(event.event_id, event.at, name, seat.unit, *said)]

    def _read(self) -> None:
        """Take in what has changed; the index is made anew with another roster only."""
        self._session.catch_up()
        seats = self._session.state.seats
        if seats == self._seats:
            return
        self._seats, self._index = list(seats), SearchIndex(seats)
        names = Tally(name_key(name) for name, _ in {(seat.name, seat.person_id) for seat in seats})
        self._namesakes = frozenset(name for name, count in names.items() if name and count > 1)

    def _row(self, verdict: Verdict) -> CounterRow:
        seat = verdict.seat
        tail = seat.phone[-_TAIL:] if name_key(seat.name) in self._namesakes else ""
        leave = self._session.state.facts_of(seat).leave
        named = leave is not None and leave.approval is Approval.APPROVED
        return CounterRow(seat, verdict, tail, leave.deputy if leave is not None and named else None)

    # -- writing -------------------------------------------------------------------------------

    def enter(self, request: SignInRequest, approved_by: str = "") -> CounterAnswer:
        """Carry an entry out, on disk when this returns; the same nonce is the same entry.

        Who approved a deputy is a fact of its own, as in the window.
        """
        outcome = self._register([request])[0]
        other = None
        if outcome.code is OutcomeCode.UNKNOWN_BADGE:
            other = self._elsewhere(request.badge)
        if outcome.code is OutcomeCode.SIGNED_IN and request.deputy_approved is not None and approved_by:
            self._keep_word(request, outcome, approved_by)
        return CounterAnswer(outcome, other)

    def _keep_word(self, request: SignInRequest, outcome: SignInOutcome, approved_by: str) -> None:
        deputy, nonce = request.deputy, f"{request.nonce}-word"
        if deputy is None or nonce in self._session.state.nonces:
            return
        body = {
            "deputy": {"name": deputy.name, "post": deputy.post},
            "approved": request.deputy_approved,
            "approved_by": approved_by,
            "station": request.station,
        }
        now = self._session.now().wall
        self._session.state_facts([Fact(EventKind.DEPUTY_RECORDED, now, outcome.seat_id, body, nonce)])

    def take_back(self, event_id: str, *, reason: str, station: str, nonce: str) -> TakenBack:
        """Annul a sign-in with a reason; a repeated nonce is answered as the first time."""
        try:
            return TakenBack(True, self._annul(event_id, reason.strip(), station, nonce))
        except StorageProblem:
            raise
        except UserProblem as problem:
            return TakenBack(False, str(problem))

    def _annul(self, event_id: str, reason: str, station: str, nonce: str) -> str:
        with self._session.writing() as block:
            state = block.state
            event = state.event(event_id)
            if event is None or event.kind is not EventKind.SIGN_IN:
                raise UserProblem("这条签到不存在，请刷新后再看。")
            if nonce not in state.nonces:
                self._session.refuse_if_sealed()
                if event_id in state.annulled:
                    raise UserProblem("这条签到已经撤销，不用再撤。")
                if not reason:
                    raise UserProblem("撤销要写明原因，请填写后再撤销。")
                body = {"reason": reason, "by": station, "station": station}
                block.add(Fact(EventKind.ANNULLED, self._session.now().wall, event_id, body, nonce))
            entries = self._entry(event)
        return f"已撤销 {entries[0].name} 的签到。" if entries else "已撤销。"
