"""请假 in one line, as it is said on the telephone: 县水利局 张三 因公 李四批 口头 代：王五 副局长.

Reading changes nothing. What the line leaves open is said as a doubt, never guessed: without an
approver and without 已批 the leave is 口头, to be made good later.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from huifeng_desktop.domain.imported import Approval
from huifeng_desktop.domain.people import Category, Deputy, Seat, name_key, normalise_name, unit_key

_BLANKS = re.compile(r"[\s,，;；、。]+")
_REASONS = {
    "因公": "因公",
    "公": "因公",
    "出差": "因公",
    "因病": "因病",
    "病": "因病",
    "其他": "其他",
    "因事": "其他",
    "事": "其他",
}
_APPROVALS = {
    "口头": Approval.ORAL,
    "书面": Approval.APPROVED,
    "已批": Approval.APPROVED,
    "未批": Approval.NOT_APPROVED,
    "不批": Approval.NOT_APPROVED,
}
_APPROVER = re.compile(r"^(?:由)?(.+?)(?:已批准|批准|已批|同意|批)$|^批准人:?(.+)$")
_DEPUTY = re.compile(r"^(?:代会人?|派|代)[::]?(.*)$")


@dataclass(frozen=True, slots=True)
class LeaveLine:
    """What a line says; `seat` None or any doubt means that it cannot be stored yet."""

    seat: Seat | None
    reason: str = "其他"
    approval: Approval = Approval.ORAL
    approved_by: str = ""
    deputy: Deputy | None = None
    doubts: tuple[str, ...] = ()

    @property
    def is_clear(self) -> bool:
        """Whether it can be stored as it is."""
        return self.seat is not None and not self.doubts


def read_leave_line(text: str, seats: Sequence[Seat]) -> LeaveLine:
    """The line understood on this roster."""
    words = [word for word in _BLANKS.split(unicodedata.normalize("NFKC", text)) if word]
    reason, approval, approver = "", None, ""
    who: list[str] = []
    deputy: list[str] | None = None
    for word in words:
        found = _DEPUTY.match(word) if deputy is None and who else None
        if word in _REASONS:
            reason = _REASONS[word]
        elif word in _APPROVALS:
            approval = _APPROVALS[word]
        elif who and (said := _APPROVER.match(word)):
            approver = said.group(1) or said.group(2)
        elif found is not None:
            deputy = [found.group(1)] if found.group(1) else []
        elif deputy is not None:
            deputy.append(word)
        else:
            who.append(word)
    seat, doubts = _find(who, seats)
    if deputy is not None and not deputy:
        doubts.append("写了代会，没有写代会人")
    return LeaveLine(
        seat,
        reason or "其他",
        approval or (Approval.APPROVED if approver else Approval.ORAL),
        normalise_name(approver),
        Deputy(normalise_name(deputy[0]), "".join(deputy[1:])) if deputy else None,
        tuple(doubts),
    )


def _find(words: Sequence[str], seats: Iterable[Seat]) -> tuple[Seat | None, list[str]]:
    """The one person whose name is among the words; the other words must fit unit or post."""
    if not words:
        return None, []
    keys = {name_key(word) for word in words}
    held = [seat for seat in seats if seat.category is not Category.VACANT]
    named = [seat for seat in held if name_key(seat.name) in keys]
    named = named or [seat for seat in held if keys & set(seat.pinyin.split())]
    rest = [word for word in words if all(name_key(word) != name_key(seat.name) for seat in named)]
    fitting = [seat for seat in named if all(_fits(word, seat) for word in rest)]
    if len({seat.person_id for seat in fitting}) == 1:
        return fitting[0], []
    if not named:
        return None, [f"名单里没有“{'　'.join(words)}”"]
    return None, [_which(fitting or named)]


def _which(seats: Sequence[Seat]) -> str:
    """What to add first, then where they are: by the unit alone, or by the post within one unit."""
    is_one_unit = len({unit_key(seat.unit) for seat in seats}) == 1
    where = "、".join((seat.post if is_one_unit else seat.unit) or "无职务" for seat in seats[:4])
    more = "等" if len(seats) > 4 else ""
    asked = "职务" if is_one_unit else "单位"
    return f"“{seats[0].name}”有 {len(seats)} 人，请写明{asked}：{where}{more}"


def _fits(word: str, seat: Seat) -> bool:
    key = unit_key(word)
    return key in unit_key(seat.unit + seat.post) or name_key(word) in seat.pinyin.split()
