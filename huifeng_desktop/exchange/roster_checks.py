"""Doubts that show only when the rows of a roster are compared with each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from huifeng_desktop.domain.imported import ProblemCode, RosterRow
from huifeng_desktop.domain.people import Category, name_key, unit_key
from huifeng_desktop.exchange.columns import NAME, UNIT
from huifeng_desktop.exchange.lines import Line

LOOK_ALIKES = (
    "国囯囻圀同",
    "己已巳",
    "未末",
    "佘余",
    "土士",
    "日曰",
    "戊戌戍",
    "候侯",
    "荣茱",
    "晴睛",
    "洁诘",
    "杨扬",
    "沈沉",
    "萍苹",
    "冶治",
    "陈阵",
    "祎袆",
    "禄碌",
    "析折",
    "毫亳",
    "崇祟",
    "汩汨",
    "岚崗岗",
    "璋樟",
    "徽微",
    "博搏",
    "嬴赢",
    "彤形",
    "宇字",
    "涛焘",
    "昊旻",
    "炜玮",
    "铭茗",
    "镕熔",
    "翀冲",
    "喆哲",
    "堃坤",
)
"""Characters that are taken for each other by eye or by an input method."""

_SHAPE = {char: group[0] for group in LOOK_ALIKES for char in group}
_COMPOUND_LENGTH = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """A row with the line that takes its doubts."""

    line: Line
    row: RosterRow


def check_roster(entries: Sequence[Entry], cap: int | None) -> None:
    """Notes duplicates (ERROR), persons of one name, names that look alike, and units over the cap."""
    named = _without_duplicates([entry for entry in entries if entry.row.name])
    _doubt_same_names(named)
    _doubt_near_names(named)
    if cap is not None:
        _doubt_over_cap(named, cap)


def _without_duplicates(entries: Iterable[Entry]) -> list[Entry]:
    first: dict[tuple[str, str, str], Entry] = {}
    kept = []
    for entry in entries:
        row = entry.row
        earlier = first.setdefault((unit_key(row.unit), name_key(row.name), unit_key(row.post)), entry)
        if earlier is entry:
            kept.append(entry)
        else:
            entry.line.refuse(NAME, ProblemCode.DUPLICATE, f"与第 {earlier.row.row} 行重复，请删去一行")
    return kept


def _doubt_same_names(entries: Sequence[Entry]) -> None:
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[name_key(entry.row.name)].append(entry)
    for group in groups.values():
        by_unit: dict[str, list[Entry]] = defaultdict(list)
        for entry in group:
            by_unit[unit_key(entry.row.unit)].append(entry)
        for unit, members in by_unit.items():
            _doubt_within_unit(members)
            _doubt_across_units(members, len(by_unit) - 1, unit)


def _doubt_within_unit(members: Sequence[Entry]) -> None:
    for entry in members:
        others = "、".join(str(other.row.row) for other in members if other is not entry)
        if others:
            entry.line.doubt(NAME, ProblemCode.SAME_NAME, f"与第 {others} 行同单位同名，是否一人两职")


def _doubt_across_units(members: Sequence[Entry], others: int, unit: str) -> None:
    for entry in members:
        if others and unit:
            entry.line.doubt(NAME, ProblemCode.SAME_NAME, f"另有 {others} 人同名")


def _doubt_near_names(entries: Sequence[Entry]) -> None:
    """Long names that look alike anywhere; in one unit short ones too, and those that sound alike."""
    by_shape: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        name = entry.row.name
        scope = "" if len(name) >= _COMPOUND_LENGTH else unit_key(entry.row.unit)
        shape = "".join(_SHAPE.get(char, char) for char in name)
        earlier = by_shape.setdefault((scope, shape), entry)
        if earlier.row.name != name:
            _doubt_near(entry, earlier)
    _doubt_like_sounds(entries)


def _doubt_like_sounds(entries: Sequence[Entry]) -> None:
    """Same unit, three characters or more, one of them different, the same sound."""
    by_pattern: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        name, unit = entry.row.name, unit_key(entry.row.unit)
        if not unit or len(name) < _COMPOUND_LENGTH:
            continue
        for index in range(len(name)):
            earlier = by_pattern.setdefault((unit, f"{name[:index]}_{name[index + 1 :]}"), entry)
            if earlier.row.name != name and _sounds_alike(earlier.row.name[index], name[index]):
                _doubt_near(entry, earlier)


def _sounds_alike(one: str, other: str) -> bool:
    from pypinyin import lazy_pinyin

    return lazy_pinyin(one) == lazy_pinyin(other)


def _doubt_near(entry: Entry, earlier: Entry) -> None:
    if any(problem.code is ProblemCode.NEAR_DUPLICATE for problem in entry.line.problems):
        return
    text = f"与第 {earlier.row.row} 行“{earlier.row.name}”相近，请核对"
    entry.line.doubt(NAME, ProblemCode.NEAR_DUPLICATE, text)


def _doubt_over_cap(entries: Sequence[Entry], cap: int) -> None:
    """Leaders are invited by name and have no cap; a person with two posts counts once."""
    present: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        row, unit = entry.row, unit_key(entry.row.unit)
        if row.category is not Category.MEMBER or unit in ("", "县领导"):
            continue
        present[unit].add(name_key(row.name))
        if len(present[unit]) > cap:
            entry.line.doubt(UNIT, ProblemCode.OVER_CAP, f"超过每单位 {cap} 人")
