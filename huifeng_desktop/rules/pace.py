"""Ahead or behind: when the meeting will end if what is left takes as long as planned, and advice.

Lengths come from the monotonic clock where the meeting was opened under it, so that a wall clock that
is set, midnight or a change of zone cannot make the meeting late.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from huifeng_desktop.domain.agenda import ItemKind
from huifeng_desktop.domain.moments import ClockReading
from huifeng_desktop.domain.speaker_timer import Run
from huifeng_desktop.domain.state import MeetingState
from huifeng_desktop.rules.speaking import SpeakingRow

_STEP_S = 30
"""Advice is given in half minutes."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """Ahead or behind: `remaining_s` is what is still planned, `ahead_s` negative when behind.

    `due_at` is when the meeting has to end, `late_s` how much later it will (negative: earlier); both
    None where nobody said when it has to end.
    """

    planned_s: int
    elapsed_s: int
    remaining_s: int
    end_at: datetime
    ahead_s: int
    due_at: datetime | None = None
    late_s: int | None = None


@dataclass(frozen=True, slots=True)
class Trim:
    """Advice for one waiting item: from so many seconds to so many."""

    row: SpeakingRow
    from_s: int
    to_s: int


@dataclass(frozen=True, slots=True)
class Advice:
    """What trimming would bring; `still_late_s` is what no reasonable trimming makes up for."""

    trims: tuple[Trim, ...]
    still_late_s: int


def forecast(
    rows: Sequence[SpeakingRow], opened_at: datetime | None, now: datetime, elapsed_s: float | None = None
) -> Forecast:
    """When the meeting will end; `elapsed_s` where something better than the wall clock knows it."""
    remaining = sum(_remaining(row) for row in rows)
    planned = sum(row.limit_s or 0 for row in rows)
    if elapsed_s is None:
        elapsed_s = (now - opened_at).total_seconds() if opened_at else 0
    elapsed = int(elapsed_s)
    end_at = now + timedelta(seconds=remaining)
    return Forecast(planned, elapsed, remaining, end_at, planned - elapsed - remaining)


def outlook(state: MeetingState, rows: Sequence[SpeakingRow], now: ClockReading) -> Forecast:
    """The forecast of a meeting, against its own limit or the end that was notified.

    After 散会 it stands still. Before the opening the meeting is taken to begin as notified, or now.
    """
    plan, over = state.plan, state.adjourned_at
    moment = over or now.wall
    seen = forecast(rows, state.opened_at, moment, None if over else meeting_elapsed(state, now))
    if plan is None:
        return seen
    if state.opened_at is None:
        begin = max(moment, plan.start)
        seen = _moved(seen, begin - moment)
    if plan.limit_s is not None:
        late = seen.elapsed_s + seen.remaining_s - plan.limit_s
        return _due(seen, seen.end_at - timedelta(seconds=late), late)
    if plan.end is not None:
        return _due(seen, plan.end, int((seen.end_at - plan.end).total_seconds()))
    return seen


def meeting_elapsed(state: MeetingState, now: ClockReading) -> float:
    """Seconds since the opening."""
    if state.opened_anchor is not None:
        return now.seconds_since(state.opened_anchor)
    return (now.wall - state.opened_at).total_seconds() if state.opened_at else 0.0


def advise(rows: Sequence[SpeakingRow], late_s: int) -> Advice:
    """How the waiting items might be shortened, each by the same share and none below half its time.

    Advice only: nothing is changed by it. What a leader will say is not the secretary's to shorten.
    """
    waiting = [
        (row, row.allowed_s)
        for row in rows
        if row.run is Run.IDLE and row.allowed_s and row.kind is not ItemKind.ADDRESS
    ]
    total = sum(allowed for _, allowed in waiting)
    trims, saved = [], 0
    for row, allowed in waiting:
        wanted = math.ceil(max(0, late_s) * allowed / total / _STEP_S) * _STEP_S
        cut = min(wanted, allowed // 2, max(0, late_s - saved))
        saved += cut
        if cut:
            trims.append(Trim(row, allowed, allowed - cut))
    return Advice(tuple(trims), max(0, late_s - saved))


def _remaining(row: SpeakingRow) -> int:
    if row.run in (Run.FINISHED, Run.SKIPPED):
        return 0
    return max(0, (row.allowed_s or 0) - (row.spoken_s or 0))


def _moved(seen: Forecast, by: timedelta) -> Forecast:
    return Forecast(seen.planned_s, seen.elapsed_s, seen.remaining_s, seen.end_at + by, seen.ahead_s)


def _due(seen: Forecast, due_at: datetime, late_s: int) -> Forecast:
    return Forecast(
        seen.planned_s, seen.elapsed_s, seen.remaining_s, seen.end_at, seen.ahead_s, due_at, late_s
    )
