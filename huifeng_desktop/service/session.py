"""One meeting, open: its state, its verdicts and the way to state new facts.

A fact is on disk before anybody hears of it: `writing` commits, then publishes. Other writers of
the same file (the desk, a command) are read under the same lock, so that a decision never rests on
a stale state.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from typing import Protocol

from huifeng_desktop.clock import Clock
from huifeng_desktop.domain.events import Event, Fact
from huifeng_desktop.domain.meeting import MeetingPlan
from huifeng_desktop.domain.moments import ClockReading
from huifeng_desktop.domain.state import MeetingState
from huifeng_desktop.domain.touched import EVERYTHING, Touched
from huifeng_desktop.errors import UnknownMeetingProblem, UserProblem
from huifeng_desktop.rules.classify import classify_seat
from huifeng_desktop.rules.context import Context, context_of
from huifeng_desktop.rules.totals import Totals
from huifeng_desktop.rules.verdict import Verdict
from huifeng_desktop.service.bus import Bus, Change
from huifeng_desktop.service.muster import Muster


class LogTransaction(Protocol):
    """The write lock of the log, held."""

    def read(self, meeting: str, after: int) -> tuple[list[Event], int]:
        """Events of the meeting after a position, and the last position."""
        ...

    def append(self, meeting: str, fact: Fact) -> Event:
        """The event that will be on disk when the transaction ends."""
        ...

    @property
    def last_position(self) -> int | None:
        """After the transaction: the position of the last event appended; None if there was none."""
        ...


class EventLog(Protocol):
    """The append-only log of one data folder."""

    def read(self, meeting: str, after: int = 0, most: int = -1) -> tuple[list[Event], int]:
        """Events of the meeting after a position, at most so many of them, and the last position."""
        ...

    def meetings(self) -> list[str]:
        """The ids of all meetings, oldest first."""
        ...

    def rosters_naming(self, text: str) -> list[str]:
        """The meetings whose rosters hold this text, oldest first."""
        ...

    def data_version(self) -> int:
        """A number that changes when another connection has committed."""
        ...

    def transaction(self) -> AbstractContextManager[LogTransaction]:
        """All or nothing; raises StorageProblem."""
        ...


class Writing:
    """Inside `MeetingSession.writing`: the fresh state, and `state_fact` to add to it."""

    def __init__(self, session: MeetingSession, transaction: LogTransaction) -> None:
        self._session = session
        self._transaction = transaction
        self.events: list[Event] = []

    @property
    def state(self) -> MeetingState:
        """The meeting with everything that is committed, and what this block has added."""
        return self._session.state

    def add(self, fact: Fact) -> Event:
        """State a fact; it is durable when the block ends."""
        event = self._transaction.append(self._session.meeting_id, fact)
        self.events.append(event)
        self._session.absorb(event)
        return event


class MeetingSession:
    """A meeting in memory and on disk. Belongs to one thread."""

    def __init__(self, log: EventLog, clock: Clock, meeting_id: str, bus: Bus | None = None) -> None:
        self.meeting_id = meeting_id
        self.clock = clock
        self.bus = bus or Bus()
        self._log = log
        self._load()
        if self.state.plan is None:
            raise UnknownMeetingProblem(f"没有编号为“{meeting_id}”的会议。请用会议列表里的编号。")

    def _load(self) -> None:
        """Everything anew from the log; where it cannot be read now, as soon as it can be."""
        self._must_load = True
        events, position = self._log.read(self.meeting_id)
        self.state, self._position = MeetingState(self.meeting_id), position
        self.state.apply_all(events)
        self._touched = [EVERYTHING]
        self._stale_seats: dict[str, None] = {}
        self._is_all_stale = True
        self._muster = Muster(())
        self._judged_by: object = None
        self._seen_version = self._log.data_version()
        self._is_behind = False
        self._must_load = False

    # -- reading -------------------------------------------------------------------------------

    @property
    def plan(self) -> MeetingPlan:
        """Title, start and so on, as last changed."""
        if self.state.plan is None:
            raise UnknownMeetingProblem(f"没有编号为“{self.meeting_id}”的会议。请用会议列表里的编号。")
        return self.state.plan

    @property
    def position(self) -> int:
        """Up to where of the log this session has read."""
        return self._position

    def now(self) -> ClockReading:
        """The clock, for stamping facts."""
        return self.clock.reading()

    def context(self, as_of: datetime | None = None) -> Context:
        """What seats are judged by, now or at a given moment."""
        return context_of(self.state, as_of or self.now().wall)

    def muster(self) -> Muster:
        """All verdicts and what they add up to, as of now; read it at once, it goes with the meeting."""
        self.judge()
        return self._muster

    def verdicts(self) -> list[Verdict]:
        """A verdict for every seat in house order; only seats that changed are judged again."""
        return self.muster().verdicts()

    def judge(self, most: int | None = None) -> bool:
        """Judge seats that changed, at most so many of them; True while some are left."""
        context = self.context()
        basis = _basis(context)
        if self._is_all_stale or basis != self._judged_by:
            self._muster = Muster(self.state.seats)
            self._stale_seats = dict.fromkeys(seat.seat_id for seat in self.state.seats)
            self._is_all_stale, self._judged_by = False, basis
        for seat_id in list(itertools.islice(self._stale_seats, most)):
            del self._stale_seats[seat_id]
            seat = self.state.seat(seat_id)
            if seat is not None and self._muster.has(seat_id):
                self._muster.put(classify_seat(seat, self.state.facts_of(seat), context))
        return bool(self._stale_seats)

    def verdict(self, seat_id: str) -> Verdict | None:
        """The verdict on one seat, if the roster has it; judges this seat alone."""
        seat = self.state.seat(seat_id)
        return classify_seat(seat, self.state.facts_of(seat), self.context()) if seat else None

    def totals(self) -> Totals:
        """The figures of the meeting now."""
        return self.muster().tally.totals(self.plan.rule_set)

    # -- writing -------------------------------------------------------------------------------

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """State facts on fresh ground; on any failure nothing is on disk and the state is as before."""
        if self._must_load:
            self._load()
        heard: list[Event] = []
        block: Writing | None = None
        try:
            with self._log.transaction() as transaction:
                heard = self._hear(transaction)
                block = Writing(self, transaction)
                yield block
            self._position = transaction.last_position or self._position
        except BaseException:
            if block is not None and block.events:
                self._load()
            raise
        finally:
            touched = self._take_touched()
            self._publish(heard, touched)
        self._publish(block.events, touched, is_own=True)

    def _hear(self, transaction: LogTransaction) -> list[Event]:
        """Take in what others have committed since the last look."""
        events, self._position = transaction.read(self.meeting_id, self._position)
        fresh = [event for event in events if not self.state.knows(event.event_id)]
        for event in fresh:
            self.absorb(event)
        return fresh

    def state_facts(self, facts: Sequence[Fact]) -> list[Event]:
        """State several facts at once, in one transaction."""
        with self.writing() as block:
            return [block.add(fact) for fact in facts]

    def refuse_if_sealed(self) -> None:
        """Raise UserProblem if the record is closed (封存)."""
        if self.state.sealed:
            by = self.state.sealed.body.get("by", "")
            raise UserProblem(f"本次会议已由{by}封存，不能再改。确需更改，请先“撤销封存”并写明原因。")

    def absorb(self, event: Event) -> None:
        """Take a committed (or about to be committed) event into the state."""
        touched = self.state.apply(event)
        self._touched.append(touched)
        self._stale_seats |= dict.fromkeys(touched.seats)
        self._is_all_stale |= touched.everything

    def catch_up(self, *, force: bool = False) -> bool:
        """Read what other writers have committed; True if there was anything."""
        if self._must_load:
            self._load()
        version = self._log.data_version()
        if version == self._seen_version and not force:
            return False
        self._seen_version = version
        return self._take_in(-1)

    def take_in(self, most: int) -> bool:
        """As `catch_up`, at most so many events at a time; True while more may be waiting."""
        if self._must_load:
            self._load()
        version = self._log.data_version()
        if version == self._seen_version and not self._is_behind:
            return False
        self._seen_version = version
        self._take_in(most)
        return self._is_behind

    def _take_in(self, most: int) -> bool:
        events, self._position = self._log.read(self.meeting_id, self._position, most)
        self._is_behind = len(events) == most
        fresh = [event for event in events if not self.state.knows(event.event_id)]
        for event in fresh:
            self.absorb(event)
        if fresh:
            self._publish(fresh, self._take_touched())
        return bool(fresh)

    def _take_touched(self) -> Touched:
        """What was touched since this was last asked for."""
        touched, self._touched = _joined(self._touched), []
        return touched

    def _publish(self, events: Sequence[Event], touched: Touched, *, is_own: bool = False) -> None:
        if events:
            self.bus.publish(Change(self.meeting_id, tuple(events), touched, is_own))


def _basis(context: Context) -> object:
    """What all verdicts hang on beside the facts; equal bases judge alike."""
    return (
        context.rule_set,
        context.start,
        context.opened_at,
        context.adjourned_at,
        context.late_base_choice,
        context.has_begun,
        context.as_of > context.oral_deadline,
    )


def _joined(parts: Sequence[Touched]) -> Touched:
    """What several events have touched together."""
    return Touched(
        frozenset().union(*(one.seats for one in parts)),
        any(one.everything for one in parts),
        any(one.agenda for one in parts),
    )
