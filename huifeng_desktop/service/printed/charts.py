"""Charts as plain data: what they show and how large they want to be. They are drawn once, in `ui/charts`,
for the window and for paper alike; sizes are in pixels at 96 dpi.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from huifeng_desktop.domain.people import unit_key
from huifeng_desktop.rules.ledger import TrendPoint
from huifeng_desktop.rules.speaking import SpeakingRow, speaking
from huifeng_desktop.rules.totals import rate
from huifeng_desktop.rules.verdict import Disposition, Verdict
from huifeng_desktop.service.door.arrivals import arrival_curve
from huifeng_desktop.service.printed.places import Place, place_of
from huifeng_desktop.service.session import MeetingSession
from huifeng_desktop.wording import minutes_seconds

WIDTH = 640
"""How wide a chart wants to be on paper."""
UNIT_ROW, UNIT_HEAD = 24, 30
SEAT_ROW, SEAT_HEAD, SEAT_FOOT = 34, 66, 28
SPEECH_ROW, SPEECH_HEAD, SPEECH_AXIS = 34, 30, 26


@dataclass(frozen=True, slots=True)
class ArrivalChart:
    """到齐曲线: the sign-ins of the expected seats, and the moments they are held against."""

    times: tuple[datetime, ...] = ()
    expected: int = 0
    marks: tuple[tuple[datetime, str], ...] = ()

    name = "到齐曲线"

    @property
    def height(self) -> int:
        """Always the same."""
        return 210

    @property
    def words(self) -> str:
        """The picture told in a sentence."""
        start = self.marks[0][0] if self.marks else None
        by_start = sum(one <= start for one in self.times) if start else 0
        return f"到齐曲线：应到 {self.expected}，通知时间前签到 {by_start}"


@dataclass(frozen=True, slots=True)
class UnitBar:
    """One unit: how many of its expected seats were filled."""

    unit: str
    present: int
    expected: int


@dataclass(frozen=True, slots=True)
class UnitsChart:
    """A bar for each unit."""

    bars: tuple[UnitBar, ...] = ()
    name: str = "各单位到会（缺人的在前）"

    @property
    def height(self) -> int:
        """As high as its bars."""
        return UNIT_HEAD + UNIT_ROW * max(1, len(self.bars))

    @property
    def words(self) -> str:
        """The picture told in a sentence."""
        return "；".join(f"{bar.unit} {bar.present}/{bar.expected}" for bar in self.bars)


@dataclass(frozen=True, slots=True)
class SpeakingChart:
    """Planned against spoken time, item by item."""

    rows: tuple[SpeakingRow, ...] = ()

    name = "计划与实际对照"

    @property
    def height(self) -> int:
        """As tall as the agenda."""
        return SPEECH_HEAD + SPEECH_ROW * max(1, len(self.rows)) + SPEECH_AXIS

    @property
    def longest_s(self) -> int:
        """The longest time allowed or spoken."""
        return max((max(row.allowed_s or 0, row.spoken_s or 0) for row in self.rows), default=0)

    @property
    def words(self) -> str:
        """The picture told in a sentence."""
        return "；".join(_speech_words(row) for row in self.rows)


@dataclass(frozen=True, slots=True)
class TrendChart:
    """到会率 over meetings, oldest at the left."""

    points: tuple[TrendPoint, ...] = ()
    name: str = "到会率"

    @property
    def height(self) -> int:
        """Low and wide."""
        return 210

    @property
    def lowest(self) -> int:
        """Where the axis begins: the multiple of ten below the lowest share."""
        shares = [100 * one.present // one.expected for one in self.points]
        return max(0, min(90, min(shares, default=90) // 10 * 10))

    @property
    def words(self) -> str:
        """The picture told in a sentence."""
        return "；".join(f"{one.start:%m-%d} {rate(one.present, one.expected)}" for one in self.points)


@dataclass(frozen=True, slots=True)
class SeatCell:
    """One seat of the hall: who it is for, and whether it is filled (True), excused (None) or empty."""

    place: Place
    name: str
    filled: bool | None


@dataclass(frozen=True, slots=True)
class SeatsChart:
    """座位图: the hall from above, the rostrum at the top."""

    cells: tuple[SeatCell, ...] = ()
    name: str = "座位图（按名单里的座位）"

    @property
    def lines(self) -> list[tuple[str, int]]:
        """The rows there are, area by area."""
        return sorted({one.place.line for one in self.cells})

    @property
    def numbers(self) -> list[int]:
        """The seat numbers there are."""
        return sorted({one.place.number for one in self.cells})

    @property
    def height(self) -> int:
        """As high as its rows."""
        return SEAT_HEAD + SEAT_ROW * max(1, len(self.lines)) + SEAT_FOOT

    @property
    def words(self) -> str:
        """The picture told in a sentence."""
        filled = sum(one.filled is True for one in self.cells)
        empty = [one for one in self.cells if one.filled is False]
        names = "、".join(f"{one.place.area}{one.place.row}排{one.place.number}号{one.name}" for one in empty)
        return f"有座位的 {len(self.cells)} 人，到会 {filled} 人" + (f"，未到：{names}" if names else "")


Chart = ArrivalChart | UnitsChart | SpeakingChart | TrendChart | SeatsChart


def arrival_chart(verdicts: Sequence[Verdict], start: datetime, opened: datetime | None) -> ArrivalChart:
    """How the hall filled; an opening within a minute of the notice is not marked apart."""
    marks = [(start, "通知")]
    if opened is not None and abs(opened - start) >= timedelta(minutes=1):
        marks.append((opened, "开会"))
    expected = sum(one.is_expected for one in verdicts)
    return ArrivalChart(arrival_curve(verdicts).times, expected, tuple(marks))


def units_chart(verdicts: Sequence[Verdict]) -> UnitsChart:
    """Units with somebody missing first, the emptiest at the top; then the others in house order."""
    found: dict[str, list[Verdict]] = {}
    for one in verdicts:
        if one.is_expected:
            found.setdefault(unit_key(one.seat.unit), []).append(one)
    bars = [
        UnitBar(seats[0].seat.unit, sum(one.is_present for one in seats), len(seats))
        for seats in found.values()
    ]
    return UnitsChart(tuple(sorted(bars, key=lambda bar: bar.present / bar.expected)))


def seats_chart(verdicts: Sequence[Verdict]) -> SeatsChart:
    """Everybody whose seat column can be read, observers and staff too; of two on one seat the first."""
    cells: dict[Place, SeatCell] = {}
    for one in verdicts:
        place = place_of(one.seat.place)
        if place is not None and one.disposition is not None:
            excused = one.disposition is Disposition.ON_LEAVE
            filled = None if excused else one.is_present
            cells.setdefault(place, SeatCell(place, one.seat.display_name, filled))
    return SeatsChart(tuple(cells[place] for place in sorted(cells, key=lambda p: (p.line, p.number))))


def meeting_charts(session: MeetingSession) -> list[Chart]:
    """What can be shown of one meeting, in the order of a paper; nothing that would be empty."""
    verdicts, state = session.verdicts(), session.state
    rows = speaking(state, session.now(), session.plan.rule_set.over_tolerance_s)
    arrivals = arrival_chart(verdicts, session.plan.start, state.opened_at)
    speeches, units = SpeakingChart(tuple(rows)), units_chart(verdicts)
    found: list[Chart] = [arrivals] if arrivals.times else []
    found += [speeches] if any(row.spoken_s is not None for row in rows) else []
    seats = seats_chart(verdicts)
    return [*found, *([units] if units.bars else []), *([seats] if seats.cells else [])]


def figures(row: SpeakingRow) -> str:
    """Spoken time, and what ran over."""
    if row.spoken_s is None:
        return "—"
    over = f" +{minutes_seconds(row.over_s)}" if row.over_s else ""
    return f"{minutes_seconds(row.spoken_s)}{over}"


def _speech_words(row: SpeakingRow) -> str:
    limit = minutes_seconds(row.allowed_s) or "不限"
    return f"{row.item.title} 限时 {limit} 实际 {figures(row)}"
