"""Speaking times: limit, granted, spoken, paused and over; planned against actual; totals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from huifeng_desktop.domain.agenda import AgendaItem, ItemKind
from huifeng_desktop.domain.moments import ClockReading
from huifeng_desktop.domain.speaker_timer import Correction, Run
from huifeng_desktop.domain.state import MeetingState


@dataclass(frozen=True, slots=True)
class SpeakingRow:
    """One agenda item in the 发言用时表. Whole seconds; `spoken_s` None if it was never timed."""

    seq: int
    item: AgendaItem
    run: Run
    limit_s: int | None
    granted_s: int
    spoken_s: int | None
    over_s: int
    paused_s: int
    corrections: tuple[Correction, ...]
    started_at: datetime | None

    @property
    def kind(self) -> ItemKind:
        """类型."""
        return self.item.kind

    @property
    def allowed_s(self) -> int | None:
        """The limit and what the chair granted."""
        return None if self.limit_s is None else self.limit_s + self.granted_s


@dataclass(frozen=True, slots=True)
class SpeakingTotals:
    """Sums in seconds. Reports are 汇报 and 多媒体汇报."""

    planned_s: int
    spoken_s: int
    reports_planned_s: int
    reports_spoken_s: int
    over_count: int


@dataclass(frozen=True, slots=True)
class Share:
    """What one unit, person or type has taken; whole seconds, `count` speeches that were timed."""

    name: str
    count: int
    allowed_s: int
    spoken_s: int
    over_s: int


def limit_of(item: AgendaItem) -> int | None:
    """The item's own limit, else its type's."""
    return item.limit_s if item.limit_s is not None else item.kind.default_limit_s


def speaking(state: MeetingState, now: ClockReading, over_tolerance_s: int = 10) -> list[SpeakingRow]:
    """A row for every agenda item, in the order of the agenda."""
    return [_row(seq, item, state, now, over_tolerance_s) for seq, item in enumerate(state.items, 1)]


def _row(seq: int, item: AgendaItem, state: MeetingState, now: ClockReading, tolerance: int) -> SpeakingRow:
    timing = state.timing(item.item_id)
    limit = limit_of(item)
    timed = timing.run not in (Run.IDLE, Run.SKIPPED)
    spoken = int(timing.elapsed(now) + 0.5) if timed else None
    over = 0
    if spoken is not None and limit is not None:
        beyond = spoken - limit - timing.granted_s
        over = beyond if beyond > tolerance else 0
    return SpeakingRow(
        seq,
        item,
        timing.run,
        limit,
        timing.granted_s,
        spoken,
        over,
        int(timing.waited(now) + 0.5),
        timing.corrections,
        timing.started_at,
    )


def speaking_totals(rows: Sequence[SpeakingRow]) -> SpeakingTotals:
    """Sums over all rows; an item without a limit plans nothing."""
    reports = [row for row in rows if row.kind.is_report]
    return SpeakingTotals(
        planned_s=sum(row.limit_s or 0 for row in rows),
        spoken_s=sum(row.spoken_s or 0 for row in rows),
        reports_planned_s=sum(row.limit_s or 0 for row in reports),
        reports_spoken_s=sum(row.spoken_s or 0 for row in reports),
        over_count=sum(row.over_s > 0 for row in rows),
    )


def shares(rows: Sequence[SpeakingRow], name_of: Callable[[SpeakingRow], str]) -> list[Share]:
    """Totals by what `name_of` says, in the order of the agenda; "" and untimed items are left out."""
    groups: dict[str, list[SpeakingRow]] = {}
    for row in rows:
        if row.spoken_s is not None and name_of(row):
            groups.setdefault(name_of(row), []).append(row)
    return [
        Share(
            name,
            len(group),
            sum(row.allowed_s or 0 for row in group),
            sum(row.spoken_s or 0 for row in group),
            sum(row.over_s for row in group),
        )
        for name, group in groups.items()
    ]
