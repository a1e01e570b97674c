"""The door's lists for the window: who came last, who waits for a word, how each is to be tagged.

Codes only; the words and colours are the window's.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from huifeng_desktop.domain.agenda import AgendaItem
from huifeng_desktop.domain.people import Category, Seat, name_key, unit_key
from huifeng_desktop.rules.verdict import Disposition, Flag, Verdict


class ArrivalTag(StrEnum):
    """The one word beside a person who came."""

    PUNCTUAL = "punctual"
    LATE = "late"
    APPROVED_DEPUTY = "approved_deputy"
    UNCONFIRMED_DEPUTY = "unconfirmed_deputy"
    """代会 待核实."""
    SUBSTITUTE = "substitute"
    """擅自替会."""
    SHARED_DEVICE = "shared_device"
    """待核实: the second name from one telephone."""
    GONE = "gone"
    """Signed in, not there at the headcount."""
    LEFT = "left"
    """An exit without return is registered."""
    OBSERVER = "observer"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class ArrivalRow:
    """One entry: `name` and `post` are of whoever came, `instead_of` the invited person, or ""."""

    event_id: str
    seat_id: str
    at: datetime
    name: str
    unit: str
    post: str
    tag: ArrivalTag
    minutes: int = 0
    instead_of: str = ""


def latest_arrivals(verdicts: Iterable[Verdict], limit: int = 200) -> list[ArrivalRow]:
    """The latest entries first; a person with two posts appears once."""
    came = ((one.signed_in_at, -one.seat.seq, one) for one in verdicts if one.signed_in_at is not None)
    ranked = heapq.nlargest(limit, came, key=lambda entry: entry[:2])
    return list(_rows(verdict for _, _, verdict in ranked))


def _rows(verdicts: Iterable[Verdict]) -> Iterator[ArrivalRow]:
    seen: set[str] = set()
    for verdict in verdicts:
        row = arrival_row(verdict)
        if row is not None and row.event_id not in seen:
            seen.add(row.event_id)
            yield row


def arrival_row(verdict: Verdict) -> ArrivalRow | None:
    """The entry that stands behind a verdict, if somebody came."""
    if verdict.signed_in_at is None:
        return None
    event_id = next((one.event_id for one in verdict.reasons if one.code == "signed_in"), "")
    seat, deputy = verdict.seat, verdict.stood_in_by
    tag = arrival_tag(verdict)
    return ArrivalRow(
        event_id,
        seat.seat_id,
        verdict.signed_in_at,
        deputy.name if deputy else seat.name,
        seat.unit,
        deputy.post if deputy else seat.post,
        tag,
        verdict.late_minutes if tag is ArrivalTag.LATE else 0,
        seat.name if deputy else "",
    )


def arrival_tag(verdict: Verdict) -> ArrivalTag:
    """The word that matters most to whoever watches the door."""
    if verdict.disposition is Disposition.UNAPPROVED_SUBSTITUTE:
        unconfirmed = Flag.DEPUTY_UNCONFIRMED in verdict.flags and verdict.pending
        return ArrivalTag.UNCONFIRMED_DEPUTY if unconfirmed else ArrivalTag.SUBSTITUTE
    if Flag.DEVICE_SHARED in verdict.flags and verdict.pending:
        return ArrivalTag.SHARED_DEVICE
    if Flag.SIGNED_THEN_GONE in verdict.flags and verdict.pending:
        return ArrivalTag.GONE
    if verdict.left_at is not None:
        return ArrivalTag.LEFT
    if verdict.disposition is Disposition.APPROVED_DEPUTY:
        return ArrivalTag.APPROVED_DEPUTY
    if verdict.seat.category in (Category.OBSERVER, Category.STAFF):
        return ArrivalTag(verdict.seat.category.value)
    return ArrivalTag.LATE if verdict.late_minutes else ArrivalTag.PUNCTUAL


@dataclass(frozen=True, slots=True)
class ArrivalCurve:
    """How the expected came in: `times` in order; `awaited` are those of 应到 who are not on leave."""

    times: tuple[datetime, ...]
    awaited: int

    def reached(self, percent: int) -> datetime | None:
        """When so many of those awaited were there; None if that has not come yet. 100 is 到齐."""
        count = -(-self.awaited * percent // 100)
        return self.times[count - 1] if 0 < count <= len(self.times) else None


def arrival_curve(verdicts: Iterable[Verdict]) -> ArrivalCurve:
    """Of the expected seats; who is on leave and sent nobody is not awaited."""
    expected = [one for one in verdicts if one.is_expected]
    came = sorted(one.signed_in_at for one in expected if one.signed_in_at is not None)
    away = sum(one.disposition is Disposition.ON_LEAVE and one.signed_in_at is None for one in expected)
    return ArrivalCurve(tuple(came), len(expected) - away)


def pending_verdicts(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Who still waits for a person's word, in house order."""
    return [one for one in verdicts if one.pending]


def speaker_post(item: AgendaItem, seats: Sequence[Seat]) -> str:
    """The speaker's post as the roster has it: by name and unit, or by a name that is there once."""
    if not item.speaker:
        return ""
    wanted, unit = name_key(item.speaker), unit_key(item.unit)
    named = [seat for seat in seats if name_key(seat.name) == wanted]
    at_unit = [seat for seat in named if unit_key(seat.unit) == unit]
    if at_unit:
        return at_unit[0].post
    return named[0].post if len(named) == 1 and not unit else ""
