"""Who is invited: names as people write them, units, categories and seats.

A *seat* is one line of the roster: a post at a unit and the person who holds it. Names are stored
normalised (王磊) and printed set out (王　磊); matching ignores spaces, width and the kind of dot.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from functools import lru_cache
from typing import Any, Self

from huifeng_desktop.domain.record import record

IDEOGRAPHIC_SPACE = "\u3000"
MIDDLE_DOT = "\u00b7"
_DOTS = dict.fromkeys(map(ord, "・•．.‧∙⋅･●・᛫"), MIDDLE_DOT)
_FULLWIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_INVISIBLE = re.compile(r"[\s\u200b-\u200f\u2028-\u202f\u2060\ufeff]+")
VACANT_WORDS = frozenset({"空缺", "空", "暂缺", "缺", "待定", "(空缺)"})


class Category(StrEnum):
    """身份: how a seat takes part in the meeting."""

    LEADER = "leader"
    """县领导: in 应到, outside the ladder by default."""
    MEMBER = "member"
    """出席: the ordinary participant."""
    OBSERVER = "observer"
    """列席: shown, never in 应到."""
    STAFF = "staff"
    """工作人员: shown, never in 应到."""
    VACANT = "vacant"
    """A post without a holder: never in 应到."""

    @property
    def is_expected(self) -> bool:
        """Whether a seat of this category is in 应到."""
        return self in (Category.LEADER, Category.MEMBER)


def normalise_name(raw: str) -> str:
    """The stored form of a name: no spaces, half-width, every separating dot as U+00B7."""
    text = _INVISIBLE.sub("", raw).translate(_FULLWIDTH).translate(_DOTS)
    return text.strip(MIDDLE_DOT)


def display_name(name: str) -> str:
    """The printed form: two-character Chinese names are set out with one wide space."""
    if len(name) == 2 and all(_is_ideograph(char) for char in name):
        return f"{name[0]}{IDEOGRAPHIC_SPACE}{name[1]}"
    return name


@lru_cache(maxsize=1 << 14)
def name_key(name: str) -> str:
    """What two spellings of one name share."""
    return normalise_name(name).casefold()


@lru_cache(maxsize=1 << 12)
def unit_key(unit: str) -> str:
    """What two spellings of one unit share: width, spaces and brackets ignored."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", unit)).casefold()


def is_vacant_name(raw: str) -> bool:
    """Whether a name cell says that the post has no holder."""
    return _INVISIBLE.sub("", raw).translate(_FULLWIDTH) in VACANT_WORDS


def mask_phone(phone: str) -> str:
    """138****0016: the form in which a telephone number may be seen by others."""
    digits = phone.strip()
    if len(digits) < 7:
        return "****" if digits else ""
    return f"{digits[:3]}****{digits[-4:]}"


def _is_ideograph(char: str) -> bool:
    return unicodedata.name(char, "").startswith("CJK")


@record
class Seat:
    """One line of the frozen roster.

    `seq` is the place in house order, from 1. `badge` is 13 digits, the last a Luhn check digit.
    `pinyin` holds the readings of the name for searching ("ouyangjian oyj"), made at import.
    `pin` is the digest of 口令 (`domain.second_factor`), never the PIN itself. `same_person` is the seat id
    of the first post of a person who holds two (一人两职), else "".
    """

    seat_id: str
    seq: int
    unit: str
    name: str
    post: str = ""
    category: Category = Category.MEMBER
    phone: str = ""
    place: str = ""
    note: str = ""
    badge: str = ""
    pinyin: str = ""
    same_person: str = ""
    pin: str = field(default="", repr=False)

    @property
    def person_id(self) -> str:
        """The seat id that stands for the person: both posts of one person share it."""
        return self.same_person or self.seat_id

    @property
    def display_name(self) -> str:
        """The name as printed; a vacant post says 空缺."""
        return display_name(self.name) if self.name else "空缺"

    def to_json(self) -> dict[str, Any]:
        """A JSON object without the fields that hold their default."""
        plain = asdict(self)
        defaults = {f.name: f.default for f in fields(self)}
        return {key: value for key, value in plain.items() if value != defaults.get(key)}

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Self:
        """The seat that `to_json` described; unknown keys are ignored."""
        values = dict(plain)
        for key in plain.keys() - _SEAT_FIELDS:
            del values[key]
        if "category" in values:
            values["category"] = Category(values["category"])
        return cls(**values)


_SEAT_FIELDS = frozenset(one.name for one in fields(Seat))


@dataclass(frozen=True, slots=True)
class Deputy:
    """Who came instead of the invited person."""

    name: str
    post: str = ""
