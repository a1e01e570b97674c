"""Where a seat stands in the hall: the row and number that the seat column of a roster says."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PLACE = re.compile(r"\D*?(\d{1,3})\s*(?:排|[-—－/.、])\s*(\d{1,3})\s*(?:号|座|位)?\s*")


@dataclass(frozen=True, slots=True)
class Place:
    """Row and number, both from 1."""

    row: int
    number: int


def place_of(text: str) -> Place | None:
    """The place that a seat column says ("3排12号", "3-12", "3排12座"), if it can be drawn."""
    found = _PLACE.fullmatch(text.strip())
    return Place(int(found[1]), int(found[2])) if found else None
