"""What a unit's meetings of a year came to, as plain data; PDF and workbook say the same.

It states facts and leaves out what counts, tiers and points: those are the ledger's own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from huifeng_desktop.domain.people import display_name
from huifeng_desktop.exchange.papers.setting.paper import clean
from huifeng_desktop.rules.ledger import Evidence, Ledger, LedgerRow, TrendPoint
from huifeng_desktop.rules.totals import rate
from huifeng_desktop.wording import clock_time, day, evidence_words, ledger_note

TITLES = ("应到", "实到", "请假", "迟到", "早退", "替会", "缺席", "到会率")
CASE_TITLES = ("时间", "会议", "姓名", "情况")
NOTE = "本页只列记录在案的事实，供核对；如有出入，请联系会务更正。"


@dataclass(frozen=True, slots=True)
class UnitYear:
    """One unit: its figures, its meetings, and the seats of which there is something to say."""

    unit: str
    period: str
    figures: tuple[str | int, ...]
    points: tuple[TrendPoint, ...]
    cases: tuple[tuple[str, ...], ...]
    standing: str

    @property
    def title(self) -> str:
        """The line at the top."""
        return f"{self.unit}{self.period.replace(' ', '')}参会情况"


def unit_years(
    found: Ledger, period: str, made_at: datetime, only: LedgerRow | None = None
) -> list[UnitYear]:
    """One for each unit in house order, or for one of them."""
    trends = found.unit_trends()
    standing = (
        f"计入统计的会议 {found.meetings} 次{ledger_note(found)}　　截至 {day(made_at)} {clock_time(made_at)}"
    )
    return [
        UnitYear(
            clean(row.unit),
            period,
            _figures(row),
            tuple(trends.get(row.key, ())),
            tuple(_case(one) for one in row.evidence),
            standing,
        )
        for row in found.units
        if only is None or row.key == only.key
    ]


def _figures(row: LedgerRow) -> tuple[str | int, ...]:
    counts = (row.expected, row.present, row.on_leave, row.late, row.left_early)
    return (*counts, row.unapproved_substitute, row.absent, rate(row.present, row.expected))


def _case(one: Evidence) -> tuple[str, ...]:
    """When, what, who and how; without what it counts."""
    fact = evidence_words(replace(one, in_ladder=False, points=0))
    when = one.start.astimezone()
    return (f"{when:%Y-%m-%d}", clean(one.title), clean(display_name(one.name)), fact)
