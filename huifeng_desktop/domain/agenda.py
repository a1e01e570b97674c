"""The agenda: items, their types and how long each may take.

Limits by type come from 武汉 2011: 汇报 10 minutes, 多媒体汇报 15, 其他发言 5 ("原则上").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self


class ItemKind(StrEnum):
    """类型: what an agenda item is; the default limit hangs on it."""

    REPORT = "report"
    """汇报发言, 10 minutes."""
    MULTIMEDIA_REPORT = "multimedia_report"
    """多媒体汇报, 15 minutes."""
    OTHER = "other"
    """其他发言, 5 minutes."""
    ADDRESS = "address"
    """讲话 of a leader; the limit follows from the script or is given."""
    HOSTING = "hosting"
    """主持: opening and closing words of the chair."""
    CUSTOM = "custom"
    """自定义: the item carries its own limit."""

    @property
    def default_limit_s(self) -> int | None:
        """Seconds allowed by the rules, or None where the item must say so itself."""
        return _DEFAULT_LIMITS.get(self)

    @property
    def is_report(self) -> bool:
        """Whether the item counts among the reports (汇报 and 多媒体汇报)."""
        return self in (ItemKind.REPORT, ItemKind.MULTIMEDIA_REPORT)


_DEFAULT_LIMITS = {
    ItemKind.REPORT: 600,
    ItemKind.MULTIMEDIA_REPORT: 900,
    ItemKind.OTHER: 300,
    ItemKind.HOSTING: 300,
}

LONGEST_LIMIT_S = 12 * 3600


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One line of the agenda; `limit_s` is in seconds, None where nothing is limited."""

    item_id: str
    title: str
    speaker: str = ""
    unit: str = ""
    kind: ItemKind = ItemKind.OTHER
    limit_s: int | None = None

    def to_json(self) -> dict[str, Any]:
        """A JSON object of every field."""
        return asdict(self)

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Self:
        """The item that `to_json` described."""
        return cls(
            item_id=str(plain["item_id"]),
            title=str(plain["title"]),
            speaker=str(plain.get("speaker", "")),
            unit=str(plain.get("unit", "")),
            kind=ItemKind(plain.get("kind", "other")),
            limit_s=plain.get("limit_s"),
        )
