"""The orders in which people are listed: house, post, 姓氏笔画, pinyin, seat, arrival (DOMAIN §6).

Pure: the stroke table and the times of arrival are handed in. Whoever cannot be placed by the asked
order comes last, in house order; nobody is lost.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from huifeng_desktop.domain.people import MIDDLE_DOT, Category, Seat


class Order(StrEnum):
    """名单排序."""

    HOUSE = "house"
    """单位顺序: as in the roster."""
    POST = "post"
    """职务: heads before deputies before others."""
    STROKES = "strokes"
    """姓氏笔画."""
    PINYIN = "pinyin"
    """拼音."""
    SEAT = "seat"
    """座位."""
    ARRIVAL = "arrival"
    """到会先后."""


Strokes = Mapping[str, str]
"""How a character is written: one digit a stroke, 1 横 2 竖 3 撇 4 点 5 折; 9 where only the number
of strokes is known."""

_COMPOUND = (
    "欧阳上官司马司徒诸葛东方皇甫尉迟公孙令狐长孙慕容宇文夏侯端木万俟闻人赫连澹台公冶宗政濮阳淳于单于"
    "太叔申屠轩辕钟离鲜于闾丘亓官南宫百里东郭西门呼延独孤拓跋乐正"
)
COMPOUND_SURNAMES = frozenset(_COMPOUND[at : at + 2] for at in range(0, len(_COMPOUND), 2))
"""Surnames of two characters, for finding out whether a given name is single."""


@dataclass(frozen=True, slots=True)
class OrderingFacts:
    """What the orders rest on beside the seats themselves."""

    strokes: Strokes = field(default_factory=dict)
    arrivals: Mapping[str, datetime] = field(default_factory=dict)
    """First sign-in by seat id."""
    single_name_first: bool = True
    """A single given name before longer ones of its surname; False: character by character."""


def ordered(seats: Sequence[Seat], order: Order, facts: OrderingFacts) -> list[Seat]:
    """The seats in the asked order; equals stay in house order."""
    house = sorted(seats, key=lambda seat: seat.seq)
    match order:
        case Order.HOUSE:
            return house
        case Order.POST:
            return sorted(
                house, key=lambda seat: (seat.category is not Category.LEADER, post_rank(seat.post))
            )
        case Order.STROKES:
            return sorted(house, key=lambda seat: stroke_key(seat.name, facts))
        case Order.PINYIN:
            return sorted(house, key=lambda seat: (not seat.pinyin, seat.pinyin.split(" ")[0]))
        case Order.SEAT:
            return sorted(house, key=lambda seat: place_key(seat.place))
    last = max(facts.arrivals.values(), default=None)
    return sorted(
        house,
        key=lambda seat: (seat.seat_id not in facts.arrivals, facts.arrivals.get(seat.seat_id, last)),
    )


# -- 姓氏笔画 --------------------------------------------------------------------------------------

StrokeKey = tuple[bool, tuple[tuple[int, str, str], ...]]
_BLANK = (0, "", "")


def stroke_key(name: str, facts: OrderingFacts) -> StrokeKey:
    """Character by character: number of strokes, then their kinds 横竖撇点折, then the character.

    A name that begins with a character the table lacks goes last.
    """
    characters = [char for char in name if char != MIDDLE_DOT]
    keys = [_character_key(char, facts.strokes) for char in characters]
    surname = 2 if name[:2] in COMPOUND_SURNAMES else 1
    if facts.single_name_first and len(characters) == surname + 1 and MIDDLE_DOT not in name:
        keys.insert(surname, _BLANK)
    unknown = not characters or characters[0] not in facts.strokes
    return unknown, tuple(keys)


def _character_key(char: str, strokes: Strokes) -> tuple[int, str, str]:
    written = strokes.get(char)
    return (len(written), written, char) if written else (99, "", char)


# -- post and seat ---------------------------------------------------------------------------------

_DEPUTY = re.compile("副")
_HEAD = re.compile(
    "书记|局长|主任|县长|镇长|乡长|区长|市长|部长|院长|检察长|主席|会长|行长|台长|馆长|校长|社长|总经理|董事长|政委|部队长"
)
_PARTY_HEAD = re.compile("(?<!副)书记")
_OTHERS = re.compile(
    "党组成员|党委委员|总工程师|总经济师|总规划师|调研员|主任科员|办公室主任|股长|科长|队长|站长|所长"
)


def post_rank(post: str) -> int:
    """1 书记, 2 other heads, 3 deputies who run the unit, 4 常务副, 5 deputies, 6 others, 7 unknown."""
    parts = [part for part in re.split(r"[、,，/;；]", post) if part]
    return min((_part_rank(part) for part in parts), default=7)


def _part_rank(part: str) -> int:
    if "主持" in part:
        return 3
    if _DEPUTY.search(part):
        return 4 if "常务" in part else 5
    if _OTHERS.search(part):
        return 6
    if _PARTY_HEAD.search(part):
        return 1
    return 2 if _HEAD.search(part) else 7


def place_key(place: str) -> tuple[bool, tuple[tuple[int, str], ...]]:
    """Numbers in a seat as numbers: 2排10号 after 2排9号; seats without a place last."""
    parts = re.findall(r"\d+|\D+", place)
    return not place, tuple((int(part), "") if part.isdecimal() else (0, part) for part in parts)
