"""When a bell is due in a speech and what it sounds like. Plain reckoning; nothing is played here.

Defaults (DOMAIN §5): one soft tone a minute before the end, two at the end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

from huifeng_desktop.domain.agenda import ItemKind
from huifeng_desktop.domain.speaker_timer import WARN_BEFORE_S, usual_amber_s

MOST_BELLS, MOST_MARKS = 9, 8
_FARTHEST_S = 12 * 3600


class BellTone(StrEnum):
    """Which sound."""

    SOFT = "soft"
    """柔和."""
    BRIGHT = "bright"
    """清亮."""
    LOW = "low"
    """低沉."""
    CHIME = "chime"
    """钟声."""


@dataclass(frozen=True, slots=True)
class Bell:
    """So many strokes of one tone."""

    count: int = 1
    tone: BellTone = BellTone.SOFT


class MarkUnit(StrEnum):
    """What the figure of a mark counts."""

    BEFORE_END = "before_end"
    """Seconds before the end; 0 is the end itself."""
    AFTER_END = "after_end"
    """Seconds over time."""
    PERCENT = "percent"
    """Percent of the time allowed, extension included."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment of a speech and its bell."""

    unit: MarkUnit
    value: int
    bell: Bell

    def due_at(self, allowed_s: float) -> float | None:
        """Seconds spoken at which the bell is due; None where the speech is too short for it.

        The last minute of a very short speech begins at half its time, with the amber light.
        """
        if self.unit is MarkUnit.PERCENT:
            return allowed_s * self.value / 100
        if self.unit is MarkUnit.AFTER_END:
            return allowed_s + self.value
        if 0 < self.value <= WARN_BEFORE_S:
            return allowed_s - min(self.value, allowed_s / 2)
        return allowed_s - self.value if self.value < allowed_s else None

    def to_json(self) -> dict[str, Any]:
        """A JSON object."""
        return {
            "unit": self.unit.value,
            "value": self.value,
            "count": self.bell.count,
            "tone": self.bell.tone.value,
        }

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Self:
        """The mark that `to_json` described; raises ValueError or KeyError where it makes no sense."""
        mark = cls(
            MarkUnit(plain["unit"]),
            int(plain["value"]),
            Bell(int(plain["count"]), BellTone(plain["tone"])),
        )
        most = 100 if mark.unit is MarkUnit.PERCENT else _FARTHEST_S
        if not (0 <= mark.value <= most and 1 <= mark.bell.count <= MOST_BELLS):
            raise ValueError(f"no such mark: {mark}")
        return mark


USUAL_MARKS = (
    Mark(MarkUnit.BEFORE_END, WARN_BEFORE_S, Bell(1)),
    Mark(MarkUnit.BEFORE_END, 0, Bell(2)),
)


def amber_s(marks: Sequence[Mark], allowed_s: float | None) -> float:
    """Seconds left at which the amber light comes on: with the first bell before the end.

    A bell at the very beginning warns of nothing; without any other, amber comes as usual.
    """
    if allowed_s is None:
        return usual_amber_s(None)
    due = [at for mark in marks if (at := mark.due_at(allowed_s)) is not None and 0 < at < allowed_s]
    return allowed_s - min(due) if due else usual_amber_s(allowed_s)


@dataclass(frozen=True, slots=True)
class CuePlan:
    """The marks of each type of item; a type that is not named has the usual ones."""

    by_kind: Mapping[ItemKind, tuple[Mark, ...]] = field(default_factory=dict)

    def marks(self, kind: ItemKind) -> tuple[Mark, ...]:
        """What rings in a speech of this type."""
        return self.by_kind.get(kind, USUAL_MARKS)

    def with_marks(self, kind: ItemKind, marks: Sequence[Mark]) -> CuePlan:
        """The plan with other marks for one type."""
        return CuePlan({**self.by_kind, kind: tuple(marks)})

    def to_json(self) -> dict[str, Any]:
        """A JSON object."""
        return {kind.value: [mark.to_json() for mark in marks] for kind, marks in self.by_kind.items()}

    @classmethod
    def from_json(cls, plain: object) -> CuePlan:
        """What was kept; a type whose marks cannot be understood has the usual ones."""
        known: dict[ItemKind, tuple[Mark, ...]] = {}
        for kind in ItemKind:
            try:
                known[kind] = tuple(Mark.from_json(one) for one in plain[kind.value])  # type: ignore[index]
            except (KeyError, TypeError, ValueError):
                continue
        return cls(known)


class MarkTrack:
    """Which marks of the current item have rung; `poll` is idempotent and catches up."""

    def __init__(self) -> None:
        self._item = ""
        self._rung: set[Mark] = set()

    def poll(
        self, item_id: str, elapsed_s: float, allowed_s: float | None, marks: Sequence[Mark]
    ) -> Bell | None:
        """The bell that is due now, or None. After a stall only the latest mark rings.

        A correction backwards, or time granted, makes a bell due once more.
        """
        if item_id != self._item:
            self._item, self._rung = item_id, set()
        due = {mark: at for mark in marks if (at := _due(mark, allowed_s)) is not None and elapsed_s >= at}
        fresh = [mark for mark in due if mark not in self._rung]
        self._rung = set(due)
        return max(fresh, key=lambda mark: due[mark]).bell if fresh else None


def _due(mark: Mark, allowed_s: float | None) -> float | None:
    return None if allowed_s is None else mark.due_at(allowed_s)
