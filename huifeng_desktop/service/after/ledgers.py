"""The year behind the meetings: which are listed, which enter the ledger, and what they add up to.

Judging 200 meetings anew takes seconds, so what the ledger keeps of each is put aside (`SumStore`)
under a `basis` that names everything it hangs on: the place and the chain digest of the meeting's last
event (its rule set is in the chain too), the code that judges, and the digest of what was put aside.
It is derived data: thrown away or spoilt at any time, it is reckoned again from the events.
"""

from __future__ import annotations

import gc
import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Protocol

from huifeng_desktop import __version__, domain, rules
from huifeng_desktop.clock import Clock
from huifeng_desktop.domain.events import Event, EventKind, Fact
from huifeng_desktop.domain.fold import VERDICT_KINDS
from huifeng_desktop.domain.state import MeetingState
from huifeng_desktop.errors import StorageProblem
from huifeng_desktop.rules.classify import classify
from huifeng_desktop.rules.context import context_of
from huifeng_desktop.rules.entry import Entry, entries_from_json, entries_of, entries_to_json
from huifeng_desktop.service.session import EventLog

if TYPE_CHECKING:
    from huifeng_desktop.rules.ledger import JudgedMeeting

_OUTLINE = frozenset(
    {
        EventKind.MEETING_CREATED,
        EventKind.MEETING_CHANGED,
        EventKind.OPENED,
        EventKind.ADJOURNED,
        EventKind.SEALED,
        EventKind.REOPENED,
        EventKind.ANNULLED,
    }
)


class OfficeLog(EventLog, Protocol):
    """The log with what concerns all meetings at once."""

    def of_kinds(self, kinds: frozenset[EventKind]) -> list[Event]:
        """The events of these kinds in all meetings, in the order of their arrival."""
        ...

    def of_meeting(self, meeting: str, kinds: frozenset[EventKind], until: int) -> list[Event]:
        """The events of these kinds in one meeting up to a position, in the order of their arrival."""
        ...

    def ends(self) -> dict[str, tuple[int, str]]:
        """Position and chain digest of the last event of every meeting."""
        ...

    def remove(self, meeting: str, fact: Fact, archived: frozenset[str]) -> None:
        """Delete a meeting but for `fact`; raises UserProblem if it holds events that are not `archived`."""
        ...


@dataclass(frozen=True, slots=True)
class KeptSum:
    """What the ledger keeps of one meeting, as JSON, and what it hangs on."""

    basis: str
    content: str


class SumStore(Protocol):
    """Derived data put aside; it may forget anything at any time."""

    def kept(self) -> dict[str, KeptSum]:
        """Everything by meeting."""
        ...

    def bases(self) -> dict[str, str]:
        """What the kept ones hang on, by meeting, without what they say."""
        ...

    def keep(self, sums: Mapping[str, KeptSum]) -> None:
        """Put some aside, in place of what was there; raises StorageProblem."""
        ...

    def forget(self) -> None:
        """Throw all of it away."""
        ...


class Ledgers:
    """Reads all meetings of a folder with as little parsing as their purpose allows."""

    def __init__(self, log: OfficeLog, clock: Clock, sums: SumStore | None = None) -> None:
        self._log, self._clock, self._sums = log, clock, sums

    def outlines(self) -> list[MeetingState]:
        """Plan, opening, adjournment and seal of every meeting; nothing of people and agenda."""
        events: dict[str, list[Event]] = {}
        for event in self._log.of_kinds(_OUTLINE):
            events.setdefault(event.meeting, []).append(event)
        states = []
        for meeting_id in self._log.meetings():
            state = MeetingState(meeting_id)
            state.apply_all(events[meeting_id])
            states.append(state)
        return states

    def judged(self, *, sealed_only: bool = False) -> list[JudgedMeeting]:
        """The adjourned meetings that count, judged as of now."""
        from huifeng_desktop.rules.ledger import JudgedMeeting

        wanted = [one for one in self.outlines() if _enters(one) and (one.sealed or not sealed_only)]
        entries = self._entries(wanted)
        return [
            JudgedMeeting(
                one.meeting_id,
                one.plan.title,
                one.plan.start,
                one.plan.rule_set,
                one.sealed is not None,
                (),
                entries[one.meeting_id],
                one.plan.series,
            )
            for one in wanted
            if one.plan is not None
        ]

    def stale(self) -> list[str]:
        """The meetings that enter the ledger and of which nothing fitting is put aside."""
        if self._sums is None:
            return []
        bases, ends = self._sums.bases(), self._log.ends()
        entering = [one.meeting_id for one in self.outlines() if _enters(one)]
        return [one for one in entering if not bases.get(one, "").startswith(_place(ends[one]))]

    def refresh(self, meetings: Collection[str]) -> None:
        """Put the sums of these meetings aside, where they enter the ledger and are not there already."""
        bases = self._sums.bases() if self._sums is not None else {}
        ends, now = self._log.ends(), self._clock.reading().wall
        fresh: dict[str, KeptSum] = {}
        for meeting_id in ends.keys() & meetings:
            outline, end = MeetingState(meeting_id), ends[meeting_id]
            if bases.get(meeting_id, "").startswith(_place(end)):
                continue
            outline.apply_all(self._log.of_meeting(meeting_id, _OUTLINE, end[0]))
            if _enters(outline):
                _, text = self._reckon(meeting_id, end[0], now)
                fresh[meeting_id] = KeptSum(_basis(end, text), text)
        self._keep(fresh)

    def forget(self) -> None:
        """Throw away what was put aside."""
        if self._sums is not None:
            self._sums.forget()

    def _entries(self, meetings: Sequence[MeetingState]) -> dict[str, Sequence[Entry]]:
        kept = self._sums.kept() if self._sums is not None and meetings else {}
        ends, now = self._log.ends(), self._clock.reading().wall
        found: dict[str, Sequence[Entry]] = {}
        fresh: dict[str, KeptSum] = {}
        for one in meetings:
            entries = _usable(kept.get(one.meeting_id), ends[one.meeting_id], now)
            if entries is None:
                entries, text = self._reckon(one.meeting_id, ends[one.meeting_id][0], now)
                fresh[one.meeting_id] = KeptSum(_basis(ends[one.meeting_id], text), text)
            found[one.meeting_id] = entries
        self._keep(fresh)
        return found

    def _keep(self, fresh: Mapping[str, KeptSum]) -> None:
        if self._sums is not None and fresh:
            with suppress(StorageProblem):  # a read-only folder still has a ledger, only a slower one
                self._sums.keep(fresh)

    def _reckon(self, meeting_id: str, until: int, now: datetime) -> tuple[list[Entry], str]:
        """The entries by what the log says up to this position, and what to put aside of them."""
        state = MeetingState(meeting_id)
        state.apply_all(self._log.of_meeting(meeting_id, VERDICT_KINDS, until))
        entries = entries_of(classify(state, now))
        deadline = context_of(state, now).oral_deadline
        content = {
            "deadline": deadline.isoformat(),
            "expired": now > deadline,
            "entries": entries_to_json(entries),
        }
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        return entries, text


@contextmanager
def garbage_waits() -> Iterator[None]:
    """No search for garbage in here: what a ledger makes by the ten thousand has no circles in it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _enters(state: MeetingState) -> bool:
    return state.plan is not None and state.plan.counts and state.adjourned_at is not None


def _usable(kept: KeptSum | None, end: tuple[int, str], now: datetime) -> list[Entry] | None:
    """The entries, unless meeting, judging code or the term of an oral leave moved on, or they are spoilt."""
    if kept is None or kept.basis != _basis(end, kept.content):
        return None
    content = json.loads(kept.content)
    if (now > datetime.fromisoformat(content["deadline"])) != content["expired"]:
        return None
    return entries_from_json(content["entries"])


def _basis(end: tuple[int, str], content: str) -> str:
    return _place(end) + hashlib.sha256(content.encode()).hexdigest()


def _place(end: tuple[int, str]) -> str:
    """All of a basis but the digest of the content."""
    position, digest = end
    return f"{position}|{digest}|{judgement_fingerprint()}|"


@cache
def judgement_fingerprint() -> str:
    """A digest of the code that judges, so that another version never trusts what this one put aside."""
    import pkgutil
    from importlib.util import find_spec

    digest = hashlib.sha256(__version__.encode())
    for room in (domain, rules):
        for module in pkgutil.iter_modules(room.__path__, f"{room.__name__}."):
            spec = find_spec(module.name)
            source = getattr(spec and spec.loader, "get_source", lambda _: None)(module.name)
            digest.update((source or module.name).encode())
    return digest.hexdigest()[:16]
