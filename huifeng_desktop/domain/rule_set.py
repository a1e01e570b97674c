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
    """All switches with their defaults (DOMAIN §4); `source` names document, year and clause."""

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

    @property
    def has_consequences(self) -> bool:
        """Whether a violation leads to anything (仅统计 does not)."""
        return bool(self.ladder or self.points)

    def counts_convener(self, convener: str) -> bool:
        """Whether a meeting of this convener counts unless somebody says otherwise."""
        return any(name and name in convener for name in self.conveners)

    def contradictions(self) -> list[str]:
        """Why these switches cannot all be meant, as sentences that name them; empty when they can.

        Files and the editor refuse them; a meeting's snapshot is read as it was once taken.
        """
        gone_early = self.gone_at_headcount is GoneAtHeadcount.LEFT_EARLY
        unrecorded = self.left_early is LeftEarlyUse.NOT_RECORDED
        both = sorted(set(self.working_days) & set(self.holidays))
        found = {
            "left_early 是 ladder（早退计入阶梯），但 ladder（各档提示）是空的。": (
                self.left_early is LeftEarlyUse.LADDER and not self.ladder
            ),
            "left_early 是 not_recorded（不记早退），但 points（分值）里有早退。": (
                unrecorded and self.points.get("left_early", 0) > 0
            ),
            (
                "gone_at_headcount 是 left_early（清点不在按早退），"
                "但 left_early 是 not_recorded（不记早退）。"
            ): (gone_early and unrecorded),
            (
                f"very_late_min（迟到 {self.very_late_min} 分钟起算缺席）没有大于 "
                f"grace_min（宽限 {self.grace_min} 分钟）。"
            ): (self.very_late_min is not None and self.very_late_min <= self.grace_min),
            "kinds_separate 是 true（各类分别计次），但 ladder（各档提示）是空的。": (
                self.kinds_separate and not self.ladder
            ),
            "window 是 term（按任期累计），但没有写明 term_from（任期从）和 term_to（任期到）。": (
                self.window is Window.TERM and not (self.term_from and self.term_to)
            ),
            f"term_from（任期从 {self.term_from}）晚于 term_to（任期到 {self.term_to}）。": (
                bool(self.term_from and self.term_to) and self.term_from > self.term_to
            ),
            "points（分值）各项都是 0，等于不扣分。": (bool(self.points) and not any(self.points.values())),
            "exempt（不计的身份）包括所有应到的人，却又设了 ladder（各档提示）或 points（分值）。": (
                {"leader", "member"} <= set(self.exempt) and self.has_consequences
            ),
            f"working_days（调休上班）和 holidays（放假）里都有 {'、'.join(both)}。": bool(both),
        }
        return [sentence for sentence, holds in found.items() if holds]

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
            raise ValueError(f"考勤规则里没有“{unknown[0]}”这一项，请核对拼写。")
        rule_set = cls(**{key: _switch(key, value, hints[key]) for key, value in plain.items()})
        rule_set._check()
        return rule_set

    def _check(self) -> None:
        if not 0 <= self.grace_min <= 30:
            raise ValueError(f"考勤规则的 grace_min 是 {self.grace_min}，只能是 0 到 30 分钟。")
        for key in (
            "left_early_tolerance_min",
            "oral_leave_days",
            "unit_cap",
            "appeal_days",
            "over_tolerance_s",
        ):
            if getattr(self, key) < 0:
                raise ValueError(f"考勤规则的 {key} 不能是负数。")
        if self.very_late_min is not None and self.very_late_min <= 0:
            raise ValueError("考勤规则的 very_late_min 要大于 0；不用这一项请删去。")
        _check_names("points", self.points, ("late", "left_early", "unapproved_substitute", "absent"))
        _check_names("exempt", self.exempt, ("leader", "member", "observer", "staff"))
        terms = [one for one in (self.term_from, self.term_to) if one]
        for key, days in (
            ("term_from、term_to", terms),
            ("working_days", self.working_days),
            ("holidays", self.holidays),
        ):
            _check_days(key, days)
        if self.quorum is not None and not 0 < self.quorum.numerator <= self.quorum.denominator:
            raise ValueError("考勤规则的 quorum 不是 0 到 1 之间的分数，请核对分子和分母。")


@lru_cache(maxsize=1)
def _hints() -> dict[str, Any]:
    return typing.get_type_hints(RuleSet)


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
        return _numbers(key, value)
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
