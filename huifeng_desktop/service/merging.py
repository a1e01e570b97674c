"""Merging a colleague's copy of a meeting: what is new, and what a person should look at.

The union itself needs no decision (the earliest sign-in and the latest ruling hold); what the two
copies say differently is listed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from huifeng_desktop.domain.agenda import AgendaItem
from huifeng_desktop.domain.attendance import Arrival, Ruling
from huifeng_desktop.domain.events import Event, EventKind
from huifeng_desktop.domain.people import Seat, display_name, name_key, unit_key
from huifeng_desktop.domain.state import MeetingState
from huifeng_desktop.errors import FileProblem
from huifeng_desktop.service.reading_through import UNSHOWABLE, read_through
from huifeng_desktop.wording import DECISION

SAME_ARRIVAL = timedelta(minutes=1)
"""Two desks that sign the same person in within this time mean the same arrival."""
NAMED = 3
"""How many persons a sentence names before it says 等."""

_ROSTER_KINDS = frozenset({EventKind.ROSTER_LOADED, EventKind.SEAT_ADDED})
_DECLARED = {EventKind.OPENED: "宣布开会", EventKind.ADJOURNED: "散会"}


class HandOverFile(Protocol):
    """A hand-over file that was read and checked."""

    @property
    def name(self) -> str:
        """The file's name."""
        ...

    @property
    def meeting(self) -> str:
        """The id of its meeting."""
        ...

    @property
    def events(self) -> Sequence[Event]:
        """All its events."""
        ...


@dataclass(frozen=True, slots=True)
class Taken:
    """The two parts of a union: the meeting's events that were here, and those that come."""

    before: Sequence[Event]
    added: Sequence[Event]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something the copies say differently, about one seat or (`seat` None) the whole meeting."""

    kind: str
    """sign_in, ruling, roster, agenda, sealed or declared."""
    what: str
    seat: Seat | None = None

    def to_json(self) -> dict[str, Any]:
        """`seat` is the seat's id; for the whole meeting seat, name and unit are ""."""
        seat = self.seat
        return {
            "kind": self.kind,
            "seat": seat.seat_id if seat else "",
            "seq": seat.seq if seat else None,
            "name": seat.name if seat else "",
            "unit": seat.unit if seat else "",
            "what": self.what,
        }


@dataclass(frozen=True, slots=True)
class Merged:
    """The outcome of a merge."""

    meeting: str
    title: str
    added: int
    already: int
    conflicts: Sequence[Conflict]


def merge(taking_in: AbstractContextManager[Taken], file: HandOverFile) -> Merged:
    """Take the file in, all or nothing. `taking_in` holds the transaction; its problems come through.

    Raises FileProblem if the file's facts do not add up to a meeting.
    """
    with taking_in as taken:
        try:
            both = _Copies(file, taken)
            conflicts = list(both.conflicts())
            title = both.title
            if taken.added:
                read_through(file.meeting, [*taken.before, *taken.added], taken.added)
        except UNSHOWABLE as error:
            raise FileProblem(
                f"交接文件 {file.name} 里有本程序看不懂的内容，没有并入任何内容。请两边换用同一版本的程序。"
            ) from error
    added = len(taken.added)
    return Merged(file.meeting, title, added, len(file.events) - added, conflicts)


class _Copies:
    """The meeting three times: as it was here, as the file tells it, and both together."""

    def __init__(self, file: HandOverFile, taken: Taken) -> None:
        self._here = _folded(file.meeting, taken.before)
        self._there = _folded(file.meeting, file.events)
        self._both = _folded(file.meeting, [*taken.before, *taken.added])
        in_file = {event.event_id for event in file.events}
        self._only_here = [event for event in taken.before if event.event_id not in in_file]
        self._added = taken.added
        self._added_ids = {event.event_id for event in taken.added}

    @property
    def title(self) -> str:
        """The title of the meeting; raises ValueError if nobody ever said it."""
        if self._both.plan is None:
            raise ValueError("no plan")
        return self._both.plan.title

    def conflicts(self) -> Iterator[Conflict]:
        """All there is to look at; nothing if the file brings nothing new or all of it is new."""
        if not self._here.log or not self._added:
            return
        yield from self._declared()
        yield from self._sealed()
        yield from self._rosters()
        yield from self._lost()
        yield from self._twice_added()
        yield from self._kept_items()
        for seat in self._both.seats:
            yield from self._signed_in_twice(seat)
            yield from self._ruled_twice(seat)

    # -- seat by seat --------------------------------------------------------------------------

    def _signed_in_twice(self, seat: Seat) -> Iterator[Conflict]:
        arrivals = sorted(self._both.facts_of(seat).arrivals, key=lambda one: (one.at, one.event_id))
        here = next((one for one in arrivals if one.event_id not in self._added_ids), None)
        there = next((one for one in arrivals if one.event_id in self._added_ids), None)
        if here is None or there is None:
            return
        if _who(here) != _who(there):
            pair = f"本机{_arrival(here)}，文件{_arrival(there)}"
        elif abs(here.at - there.at) > SAME_ARRIVAL:
            pair = f"本机 {_time(here)}，文件 {_time(there)}"
        else:
            return
        own = next((one for one in arrivals if one.deputy is None), arrivals[0])
        which = "较早的" if own is arrivals[0] else "本人到会的"
        what = f"两边都签了到：{pair}；以{which} {_time(own)} 为准，请核对。"
        yield Conflict("sign_in", what, seat)

    def _ruled_twice(self, seat: Seat) -> Iterator[Conflict]:
        here, there = self._here.facts_of(seat).ruling, self._there.facts_of(seat).ruling
        if here is None or there is None or here.by == there.by:
            return
        if (
            there.event_id not in self._added_ids
            or {here.event_id, there.event_id} & self._both.annulled.keys()
        ):
            return
        final = self._both.facts_of(seat).ruling or there
        holds = f"以较晚的一次（{final.by}）为准"
        what = f"两边由不同的人认定：本机{_ruling(here)}，文件{_ruling(there)}；{holds}，请核对。"
        yield Conflict("ruling", what, seat)

    # -- the whole meeting ---------------------------------------------------------------------

    def _declared(self) -> Iterator[Conflict]:
        for kind, word in _DECLARED.items():
            if not (_has(self._only_here, {kind}) and _has(self._added, {kind})):
                continue
            here, there, both = (_declared_at(one, kind) for one in (self._here, self._there, self._both))
            if here != there:
                pair = f"本机 {here}，文件 {there}"
                yield Conflict("declared", f"{word}时间两边不同：{pair}；现以 {both} 为准，请核对。")

    def _sealed(self) -> Iterator[Conflict]:
        """A record closed by somebody who did not know what the other copy held."""
        sides = (
            (self._here.sealed, self._only_here, self._added, "本机", "文件里"),
            (self._there.sealed, self._added, self._only_here, "文件", "本机"),
        )
        for seal, own, others, side, other in sides:
            count = sum(event.kind is not EventKind.REFUSED for event in others)
            if seal is None or seal not in own or not count:
                continue
            by = seal.body.get("by", "")
            unseen = f"{other}还有 {count} 条记录是封存时没有的"
            yield Conflict("sealed", f"{side}的记录已由{by}封存，{unseen}；请核对后撤销封存、重新封存。")

    def _rosters(self) -> Iterator[Conflict]:
        """Both copies changed the roster, at least one of them as a whole: the later one holds."""
        if not (_has(self._only_here, _ROSTER_KINDS) and _has(self._added, _ROSTER_KINDS)):
            return
        if not _has([*self._only_here, *self._added], {EventKind.ROSTER_LOADED}):
            return
        here = {seat.seat_id: seat for seat in self._here.seats}
        there = {seat.seat_id: seat for seat in self._there.seats}
        parts = [
            _named("只在本机的", [here[one] for one in here if one not in there]),
            _named("只在文件里的", [there[one] for one in there if one not in here]),
            _named("内容不同的", [here[one] for one in here if one in there and here[one] != there[one]]),
        ]
        if any(parts):
            told = "，".join(filter(None, parts))
            yield Conflict("roster", f"两边的名单不同：{told}；现以后导入的名单为准，请核对。")

    def _lost(self) -> Iterator[Conflict]:
        """Persons with facts whom the roster that holds does not name."""
        held = {seat.seat_id for seat in self._both.seats}
        for seat in {one.seat_id: one for one in (*self._there.seats, *self._here.seats)}.values():
            if seat.seat_id not in held and self._both.has_facts(seat.seat_id):
                what = "合并后的名单里没有此人，他的签到、请假等记录还在，但不计入结果；请补入名单或核对。"
                yield Conflict("roster", what, seat)

    def _kept_items(self) -> Iterator[Conflict]:
        """Items that one copy took off the agenda and the other spoke to: they stay."""
        known = {item.item_id for item in _kept(self._here)}
        for item in _kept(self._both):
            if item.item_id not in known:
                what = f"一边删了议题“{item.title}”，另一边已经发言；议题和用时都保留，请核对议程。"
                yield Conflict("agenda", what)

    def _twice_added(self) -> Iterator[Conflict]:
        """The same walk-in, added at both desks."""
        known = {_person(seat): seat for seat in self._here.seats if seat.name}
        new = {event.subject for event in self._added if event.kind is EventKind.SEAT_ADDED}
        for seat in self._both.seats:
            twin = known.get(_person(seat))
            if seat.seat_id in new and twin is not None and twin.seat_id != seat.seat_id:
                yield Conflict("roster", "两边的名单里都有此人，合并后成了两个席位；请核对是否同一人。", seat)


def _folded(meeting: str, events: Sequence[Event]) -> MeetingState:
    state = MeetingState(meeting)
    state.apply_all(events)
    return state


def _kept(state: MeetingState) -> list[AgendaItem]:
    """What stands on the agenda only because it was spoken to."""
    return [item for item in state.items if item.item_id in state.programme.gone]


def _has(events: Sequence[Event], kinds: frozenset[EventKind] | set[EventKind]) -> bool:
    return any(event.kind in kinds for event in events)


def _person(seat: Seat) -> tuple[str, str]:
    return (unit_key(seat.unit), name_key(seat.name))


def _named(label: str, seats: Sequence[Seat]) -> str:
    if not seats:
        return ""
    names = "、".join(display_name(seat.name) or f"{seat.unit}（空缺）" for seat in seats[:NAMED])
    return f"{label} {len(seats)} 人（{names}{'等' if len(seats) > NAMED else ''}）"


def _who(arrival: Arrival) -> str:
    return name_key(arrival.deputy.name) if arrival.deputy else ""


def _time(arrival: Arrival) -> str:
    return f"{arrival.at.astimezone():%H:%M:%S}"


def _arrival(arrival: Arrival) -> str:
    who = f"由{arrival.deputy.name}代会" if arrival.deputy else "本人到会"
    return f" {_time(arrival)} {who}"


def _ruling(ruling: Ruling) -> str:
    return f"{ruling.by}认定为“{DECISION[ruling.decision]}”"


def _declared_at(state: MeetingState, kind: EventKind) -> str:
    moment = state.opened_at if kind is EventKind.OPENED else state.adjourned_at
    return f"{moment.astimezone():%H:%M:%S}" if moment else "未记"
