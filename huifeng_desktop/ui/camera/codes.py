"""What a picture says, whose turn it is, and what was just seen. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from huifeng_desktop.domain.badge import is_badge

AGAIN_S = 3.0
"""A code that stays in the picture, or is back so soon, is one showing."""
_NEARER = 1.4
"""By so much a badge must be larger than the next one to be the one that is held up."""


@dataclass(frozen=True, slots=True)
class Code:
    """What a code says, and its longest side in pixels."""

    text: str
    side: float


class CodeReader(Protocol):
    """Finds codes in a grey picture; called in the decoder's thread."""

    def read(self, grey: memoryview, width: int, height: int) -> Sequence[Code]:
        """`grey` holds one byte a pixel, row by row without gaps."""


class Turn(StrEnum):
    """What is to be done about a picture."""

    NOBODY = "nobody"
    BADGE = "badge"
    SEVERAL = "several"
    """Two badges at the same distance: nobody can know which one was meant."""
    FOREIGN = "foreign"
    """A code, but no badge number."""


def turn_of(codes: Sequence[Code]) -> tuple[Turn, str]:
    """Whose turn it is and what the code says; a badge goes before posters and labels behind it."""
    sides: dict[str, float] = {}
    for code in codes:
        sides[code.text] = max(code.side, sides.get(code.text, 0.0))
    badges = sorted(filter(is_badge, sides), key=lambda text: -sides[text])
    if len(badges) > 1 and sides[badges[0]] < _NEARER * sides[badges[1]]:
        return Turn.SEVERAL, " ".join(sorted(badges[:2]))
    if badges:
        return Turn.BADGE, badges[0]
    return (Turn.FOREIGN, min(sides)) if sides else (Turn.NOBODY, "")


class Sightings:
    """Lets what is seen through once, and again when it was gone from the picture for three seconds."""

    def __init__(self) -> None:
        self._seen: dict[str, float] = {}

    def is_new(self, what: str, mono: float) -> bool:
        """Whether `what` was not there within the last three seconds; seen now in any case."""
        self._seen = {one: at for one, at in self._seen.items() if mono - at < AGAIN_S}
        is_new = what not in self._seen
        self._seen[what] = mono
        return is_new
