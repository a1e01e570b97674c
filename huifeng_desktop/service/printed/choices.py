"""What one may choose about the papers, how far they have come, and a quiet copy to make them from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, TypeVar

from huifeng_desktop.errors import UserProblem
from huifeng_desktop.rules.ordering import Order
from huifeng_desktop.service.held import held
from huifeng_desktop.service.session import MeetingSession

Progress = Callable[[int, int, str], bool]
"""Told before each step: how many are done, of how many, what comes now. False stops the work."""


class Split(StrEnum):
    """How the members' pages of the 签到表 are parted."""

    NONE = "none"
    BLOCK = "block"
    """分区: by the section that the seat column names."""
    DESK = "desk"
    """分台: in so many runs of nearly equal length."""


MOST_DESKS = 12


@dataclass(frozen=True, slots=True)
class PaperOptions:
    """How the papers are made; the defaults are those of DOMAIN §6 and §7."""

    order: Order = Order.HOUSE
    """In what order 签到表, 席卡 and badges list people."""
    single_name_first: bool = True
    """姓氏笔画: a single given name goes before longer ones of its surname (空位居先)."""
    circular_names: bool = True
    """通报 names persons; False: units only."""
    body_family: str = "仿宋"
    """The family of the body text; 仿宋_GB2312 lacks many names. PDF takes it where this machine has it."""
    split: Split = Split.NONE
    desks: int = 2
    """How many sign-in desks there are, from 1 to MOST_DESKS; for `Split.DESK`."""

    def to_json(self) -> dict[str, Any]:
        """A JSON object of those options that are not as usual."""
        usual = asdict(PaperOptions())
        return {name: value for name, value in asdict(self).items() if value != usual[name]}

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> PaperOptions:
        """The options that `to_json` described; what makes no sense is as usual."""
        usual = cls()
        return cls(
            _one_of(Order, plain.get("order"), usual.order),
            _like(plain.get("single_name_first"), usual.single_name_first),
            _like(plain.get("circular_names"), usual.circular_names),
            _like(plain.get("body_family"), usual.body_family) or usual.body_family,
            _one_of(Split, plain.get("split"), usual.split),
            min(max(_like(plain.get("desks"), usual.desks), 1), MOST_DESKS),
        )


_Kind = TypeVar("_Kind", bound=StrEnum)
_Value = TypeVar("_Value")


def _one_of(kinds: type[_Kind], value: object, usual: _Kind) -> _Kind:
    return next((one for one in kinds if one.value == value), usual)


def _like(value: object, usual: _Value) -> _Value:
    return value if isinstance(value, type(usual)) else usual


@dataclass(frozen=True, slots=True)
class PaperPart:
    """A page, a card, or a whole paper: what can be printed again by itself.

    `key` stays the same while the content changes: "page 3", a seat id, or "" for the whole.
    """

    key: str
    label: str
    """第 3 页, or who is on the card."""
    digest: str
    """Of everything that is printed on it but the number of pages and the time of printing."""


class ExportStopped(UserProblem):
    """The user stopped the export; nothing was written."""

    def __init__(self) -> None:
        super().__init__("已取消导出，没有写入任何文件。")


def snapshot(session: MeetingSession) -> MeetingSession:
    """The meeting as it stands now, apart from disk and clock, for reading in another thread."""
    return held(session.meeting_id, session.state.log, session.now())
