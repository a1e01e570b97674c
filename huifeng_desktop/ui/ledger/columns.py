"""The columns of 台账: what each shows, and which meetings stand behind its figure. No widgets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from huifeng_desktop.domain.people import display_name, name_key, unit_key
from huifeng_desktop.rules.ledger import Evidence, Ledger, LedgerRow
from huifeng_desktop.rules.totals import rate
from huifeng_desktop.rules.verdict import Disposition


@dataclass(frozen=True, slots=True)
class Figure:
    """One column: its title, its words in a row, and whether a meeting stands behind its figure."""

    title: str
    words: Callable[[LedgerRow], str]
    behind: Callable[[Evidence], bool]
    width: int = 46
    weight: int = 0


def _number(value: float) -> str:
    return f"{value:g}" if value else "·"


def _is(disposition: Disposition) -> Callable[[Evidence], bool]:
    return lambda one: one.disposition is disposition


def _any(_: Evidence) -> bool:
    return True


def _counts(one: Evidence) -> bool:
    return one.in_ladder


_TIERS = "一二三四五六七八九十"
FIGURES: tuple[Figure, ...] = (
    Figure("单位", lambda row: row.unit, _any, 130, 3),
    Figure("姓名", lambda row: display_name(row.name), _any, 72),
    Figure("应到", lambda row: str(row.expected), _any),
    Figure("实到", lambda row: _number(row.present), lambda one: one.is_present),
    Figure("到会率", lambda row: rate(row.present, row.expected), lambda one: not one.is_present, 64),
    Figure("请假", lambda row: _number(row.on_leave), _is(Disposition.ON_LEAVE)),
    Figure("迟到", lambda row: _number(row.late), lambda one: one.is_late),
    Figure("早退", lambda row: _number(row.left_early), lambda one: one.has_left_early),
    Figure("替会", lambda row: _number(row.unapproved_substitute), _is(Disposition.UNAPPROVED_SUBSTITUTE)),
    Figure("缺席", lambda row: _number(row.absent), _is(Disposition.ABSENT)),
    Figure("计次", lambda row: _number(row.counted), _counts),
    Figure("分", lambda row: _number(row.points), lambda one: one.points > 0),
    Figure("档次", lambda row: f"第{_TIERS[row.tier - 1]}档" if row.tier else "·", _counts, 64),
)
NAME, COUNTED, TIER = 1, 10, 12


def matching(rows: Sequence[LedgerRow], wanted: str) -> list[LedgerRow]:
    """Rows whose name or unit holds the words."""
    name, unit = name_key(wanted), unit_key(wanted)
    return [row for row in rows if name in name_key(row.name) or unit in unit_key(row.unit)]


def heaviest_first(rows: Sequence[LedgerRow]) -> list[LedgerRow]:
    """Those with most counts and points first; among equals the ledger's own order."""
    return sorted(rows, key=lambda row: (-row.tier, -row.counted, -row.points, -row.absent))


def behind(found: Ledger, row: LedgerRow, column: int) -> list[Evidence]:
    """The meetings behind one figure, the latest first."""
    chosen = FIGURES[column].behind
    if FIGURES[column].title == "计次" and found.rule_set is not None and not found.rule_set.ladder:
        chosen = _adds_points
    return [one for one in reversed(found.behind(row)) if chosen(one)]


def _adds_points(one: Evidence) -> bool:
    """Without a ladder a count is whatever has an effect."""
    return one.counted is not None
