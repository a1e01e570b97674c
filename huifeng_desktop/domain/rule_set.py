"""A rule set: every question on which offices differ, as a switch with a default (考勤规则).

The presets are TOML files in `resources/rule_sets`. A meeting keeps a snapshot of the set it is
judged by, so that a later edit of the file never re-judges an old meeting silently.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, Self


class LateBase(StrEnum):
    """迟到 is counted from which moment, when the meeting opened later than notified."""

    ASK = "ask"
    """From the notified start, until the operator has answered the question once."""
    NOTIFIED = "notified"
    LATER = "later"
    """The later of the notified start and the actual opening."""


class LeftEarlyUse(StrEnum):
    """What 早退 leads to. It is in the deduction rule (镇 制度) but not in the ladder (县委)."""

    POINTS = "points"
    LADDER = "ladder"
    """In the ladder and in the points."""
    NOT_RECORDED = "not_recorded"


class GoneAtHeadcount(StrEnum):
    """Signed in, not there at the headcount, no exit registered."""

    RULING = "ruling"
    LEFT_EARLY = "left_early"


class SeenUnsigned(StrEnum):
    """Seen at the headcount but never signed in, if nobody rules on it."""

    ABSENT = "absent"
    LATE = "late"


class SubstituteAs(StrEnum):
    """How an unapproved substitute is counted."""

    SUBSTITUTE = "substitute"
    ABSENT = "absent"


class Window(StrEnum):
    """Over what period violations add up."""

    CALENDAR_YEAR = "calendar_year"
    ROLLING_12_MONTHS = "rolling_12_months"
    TERM = "term"


@dataclass(frozen=True, slots=True)
class Quorum:
    """法定人数: `numerator/denominator` of the expected seats; `strict` means more than, else at least."""

    numerator: int
    denominator: int
    strict: bool

    def is_met(self, present: int, expected: int) -> bool:
        """Compared in integers, so that no rounding decides."""
        left, right = present * self.denominator, expected * self.numerator
        return left > right if self.strict else left >= right


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All switches with their defaults (DOMAIN §4); `source` names document, year and clause.

    `sources` does so switch by switch; where no document says anything, it says that.
    """

    key: str = "statistics"
    name: str = "仅统计"
    version: int = 1
    source: str = ""
    late_base: LateBase = LateBase.ASK
    grace_min: int = 0
    """Minutes after the base that are still punctual, 0–30."""
    very_late_min: int | None = None
    """From so many minutes late on it is 缺席; None: it stays 迟到."""
    left_early: LeftEarlyUse = LeftEarlyUse.POINTS
    left_early_tolerance_min: int = 5
    gone_at_headcount: GoneAtHeadcount = GoneAtHeadcount.RULING
    seen_unsigned: SeenUnsigned = SeenUnsigned.ABSENT
    oral_leave_days: int = 3
    """Working days in which an oral leave must be put in writing."""
    substitute_as: SubstituteAs = SubstituteAs.SUBSTITUTE
    in_person_only: bool = False
    """Legal meetings: 实到 is 本人 only."""
    each_counts: bool = False
    """False: one count a meeting, the heaviest; True: every violation counts."""
    each_session: bool = False
    """False: the sessions of one meeting (连开几场) count once, the heaviest; True: each counts."""
    kinds_separate: bool = False
    ladder: tuple[str, ...] = ()
    """The tiers' suggestions, first to last; empty: no ladder."""
    ladder_source: str = ""
    points: Mapping[str, float] = field(default_factory=dict)
    """Points by violation (late, left_early, unapproved_substitute, absent); empty: no points."""
    points_note: str = ""
    window: Window = Window.CALENDAR_YEAR
    term_from: str = ""
    term_to: str = ""
    exempt: tuple[str, ...] = ("leader", "observer", "staff")
    """Categories outside ladder and circular."""
    conveners: tuple[str, ...] = ()
    """A meeting whose convener contains one of these counts unless switched off."""
    unit_cap: int = 2
    """每处室参会不超过 2 人; more is a warning. 0: no cap."""
    appeal_days: int = 3
    over_tolerance_s: int = 10
    quorum: Quorum | None = None
    working_days: tuple[str, ...] = ()
    """Dates (ISO) that are working days although a weekend."""
    holidays: tuple[str, ...] = ()
    """Dates (ISO) that are not working days although a weekday."""
    sources: Mapping[str, str] = field(default_factory=dict)
    """Document and clause of each switch, by its key; a set of an older program has none."""

    @property
    def has_consequences(self) -> bool:
        """Whether a violation leads to anything (仅统计 does not)."""
        return bool(self.ladder or self.points)

    def counts_convener(self, convener: str) -> bool:
        """Whether a meeting of this convener counts unless somebody says otherwise."""
        return any(name and name in convener for name in self.conveners)

    def to_json(self) -> dict[str, Any]:
        """A JSON object of every switch."""
        return asdict(self)

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Self:
        """Read switches from JSON or TOML.

        Raises ValueError with a Chinese sentence that names the key and the allowed values.
        """
        hints = _hints()
        unknown = sorted(set(plain) - {f.name for f in fields(cls)})
        if unknown:
            raise ValueError(_unknown(unknown[0]))
        rule_set = cls(**{key: _switch(key, value, hints[key]) for key, value in plain.items()})
        rule_set._check()
        return rule_set

    def _check(self) -> None:
        for key, (least, most) in LIMITS.items():
            value = getattr(self, key)
            if value is not None and not least <= value <= most:
                unused = "；不用这一项请删去" if least else ""
                raise ValueError(f"考勤规则的 {key} 是 {value}，只能是 {least} 到 {most} 的整数{unused}。")
        _check_names("points", self.points, ("late", "left_early", "unapproved_substitute", "absent"))
        _check_names("exempt", self.exempt, ("leader", "member", "observer", "staff"))
        _check_names("sources", self.sources, SOURCED)
        terms = [one for one in (self.term_from, self.term_to) if one]
        for key, days in (
            ("term_from、term_to", terms),
            ("working_days", self.working_days),
            ("holidays", self.holidays),
        ):
            _check_days(key, days)
        if self.quorum is not None and not 0 < self.quorum.numerator <= self.quorum.denominator:
            raise ValueError("考勤规则的 quorum 不是 0 到 1 之间的分数，请核对分子和分母。")


LIMITS: Mapping[str, tuple[int, int]] = {
    "grace_min": (0, 30),
    "very_late_min": (1, 240),
    "left_early_tolerance_min": (0, 120),
    "oral_leave_days": (0, 60),
    "unit_cap": (0, 999),
    "appeal_days": (0, 90),
    "over_tolerance_s": (0, 600),
}
"""What each number may be, in files and in the window."""
_UNSOURCED = ("key", "name", "version", "source", "ladder_source", "points_note", "term_from", "term_to")
SOURCED: tuple[str, ...] = tuple(
    one.name for one in fields(RuleSet) if one.name not in (*_UNSOURCED, "sources")
)
"""The switches, each of which comes from some document and clause, or from none."""


@lru_cache(maxsize=1)
def _hints() -> dict[str, Any]:
    return typing.get_type_hints(RuleSet)


def _unknown(key: str) -> str:
    """What to say of a switch that there is not, with those that it may have been meant for."""
    import difflib

    alike = difflib.get_close_matches(key, _hints(), 3, 0.5)
    allowed = f"是不是 {'、'.join(alike)}？" if alike else f"只能是：{'、'.join(_hints())}。"
    return f"考勤规则里没有“{key}”这一项，请核对拼写，{allowed}"


def _switch(key: str, value: Any, hint: Any) -> Any:
    """One value turned into the switch's type."""
    options = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
    if value is None and types.NoneType in options:
        return None
    kind = options[0]
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _member(key, value, kind)
    if kind is Quorum:
        return _quorum(value)
    if typing.get_origin(kind) is tuple:
        return _texts(key, value)
    if typing.get_origin(kind) is not None:
        return _words(key, value) if typing.get_args(kind)[1] is str else _numbers(key, value)
    if type(value) is not kind:
        raise ValueError(f"考勤规则的 {key} 是“{value}”，这里应当是{_TYPE_WORDS.get(kind, '别的内容')}。")
    return value


def _quorum(value: Any) -> Quorum:
    wanted = {"numerator": int, "denominator": int, "strict": bool}
    given = {name: type(one) for name, one in value.items()} if isinstance(value, Mapping) else {}
    if given != wanted:
        raise ValueError(
            "考勤规则的 quorum 要写明 numerator（整数）、denominator（整数）和 strict（true 或 false）。"
        )
    return Quorum(**value)


def _texts(key: str, value: Any) -> tuple[str, ...]:
    if isinstance(value, list | tuple) and all(isinstance(one, str) for one in value):
        return tuple(value)
    raise ValueError(f"考勤规则的 {key} 是“{value}”，这里应当是方括号里的一列文字。")


def _words(key: str, value: Any) -> dict[str, str]:
    if isinstance(value, Mapping) and all(isinstance(one, str) for one in value.values()):
        return dict(value)
    raise ValueError(f"考勤规则的 {key} 应当是一张表，每一项写成 {SOURCED[0]} = “文件、年份、条款”。")


def _numbers(key: str, value: Any) -> dict[str, float]:
    numbers = value.values() if isinstance(value, Mapping) else [None]
    if all(isinstance(one, int | float) and not isinstance(one, bool) and one >= 0 for one in numbers):
        return {str(name): float(number) for name, number in value.items()}
    raise ValueError(f"考勤规则的 {key} 里每一项都应当是不小于 0 的数，请核对。")


def _check_names(key: str, names: Iterable[str], allowed: Sequence[str]) -> None:
    wrong = sorted(set(names) - set(allowed))
    if wrong:
        raise ValueError(f"考勤规则的 {key} 里没有“{wrong[0]}”，只能是 {'、'.join(allowed)}。")


def _check_days(key: str, days: Iterable[str]) -> None:
    for day in days:
        try:
            date.fromisoformat(day)
        except ValueError:
            raise ValueError(f"考勤规则的 {key} 里“{day}”不是日期，请写成 2026-10-01。") from None


_TYPE_WORDS: dict[type, str] = {int: "整数", bool: "true 或 false", str: "文字"}


def _member(key: str, value: Any, kind: type[StrEnum]) -> StrEnum:
    try:
        return kind(value)
    except ValueError:
        allowed = "、".join(member.value for member in kind)
        raise ValueError(f"考勤规则的 {key} 是“{value}”，只能是：{allowed}。") from None
