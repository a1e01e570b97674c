"""What is planned for a meeting before anything happens in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self

from huifeng_desktop.domain.rule_set import RuleSet


@dataclass(frozen=True, slots=True)
class MeetingPlan:
    """Title, notified start and so on; `start` and `end` are aware local times."""

    title: str
    start: datetime
    end: datetime | None = None
    place: str = ""
    convener: str = ""
    rule_set: RuleSet = RuleSet()
    counts: bool = False
    """Whether the meeting enters the year's ledger."""
    limit_s: int | None = None
    """How long the whole meeting may take from its opening, in seconds; None: until `end`, if that is set."""
    series: str = ""
    """What the sessions of one meeting (连开几场) share; "" for a meeting by itself."""

    def to_json(self) -> dict[str, Any]:
        """A JSON object of every field."""
        return {
            "title": self.title,
            "start": self.start.isoformat(),
            "end": self.end.isoformat() if self.end else None,
            "place": self.place,
            "convener": self.convener,
            "rule_set": self.rule_set.to_json(),
            "counts": self.counts,
            "limit_s": self.limit_s,
            "series": self.series,
        }

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Self:
        """The plan that `to_json` described."""
        return cls(title=plain["title"], start=datetime.fromisoformat(plain["start"])).changed(plain)

    def changed(self, plain: Mapping[str, Any]) -> Self:
        """The plan with the given fields replaced; the others stay."""
        values: dict[str, Any] = {
            key: plain[key]
            for key in ("title", "place", "convener", "counts", "limit_s", "series")
            if key in plain
        }
        if "start" in plain:
            values["start"] = datetime.fromisoformat(plain["start"])
        if "end" in plain:
            values["end"] = datetime.fromisoformat(plain["end"]) if plain["end"] else None
        if "rule_set" in plain:
            values["rule_set"] = RuleSet.from_json(plain["rule_set"])
        return replace(self, **values)
