"""Sections of seats, for a headcount that walks along the rows: 3排05座 and 三排五座 are both of 3排."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from huifeng_desktop.domain.people import Seat

_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_ROW = re.compile(r"^(.*?)第?([0-9]+|[一二三四五六七八九十]+)\s*(排|行|区|桌|组)")
_PLAIN = re.compile(r"^([A-Za-z]?)0*([0-9]+)\s*[-－—_/ 、.．]")
_LETTER = re.compile(r"^([A-Za-z])\s*区?\s*[0-9]*")
UNPLACED = "没有座位号"


def section_of(place: str) -> str:
    """The section of a seat as the roster writes it; 没有座位号 where there is none to be read."""
    text = unicodedata.normalize("NFKC", place).strip()
    if not text:
        return UNPLACED
    row = _ROW.match(text)
    if row is not None:
        return f"{row.group(1).strip()}{number_of(row.group(2))}{row.group(3)}"
    plain = _PLAIN.match(text)
    if plain is not None:
        return f"{plain.group(1).upper()}{int(plain.group(2))}排"
    letter = _LETTER.match(text)
    return f"{letter.group(1).upper()}区" if letter is not None else UNPLACED


def sections(seats: Iterable[Seat]) -> list[str]:
    """Every section there is, in the order of their numbers; those without a place last."""
    found = {section_of(seat.place) for seat in seats}
    return sorted(found, key=lambda name: (name == UNPLACED, _parts(name)))


def _parts(name: str) -> list[tuple[bool, int, str]]:
    pieces = re.findall(r"\d+|\D+", name)
    return [(piece.isdigit(), int(piece) if piece.isdigit() else 0, piece) for piece in pieces]


def number_of(text: str) -> int:
    """A number as seats are numbered: 3, 三, 十, 十二, 二十一."""
    if text.isdigit():
        return int(text)
    tens, found, ones = text.partition("十")
    if not found:
        return int("".join(str(_DIGITS[char]) for char in text))
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
