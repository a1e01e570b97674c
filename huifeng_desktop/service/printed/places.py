"""Where a seat stands in the hall: the area, row and number that the seat column of a roster says."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from huifeng_desktop.service.door.sections import number_of

_NUMBER = r"\d{1,3}|[一二三四五六七八九十]{1,3}"
_PLACE = re.compile(
    rf"(?P<area>.{{0,7}}[^\d\s\-—/.、])??\s*第?\s*(?P<row>{_NUMBER})\s*(?:排|[-—/.、])\s*第?\s*"
    rf"(?P<number>{_NUMBER})\s*(?:号|座|位)*"
)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Row and number, both from 1, in an area of its own where the hall has several ("A区", "二楼")."""

    row: int
    number: int
    area: str = ""

    @property
    def line(self) -> tuple[str, int]:
        """What all seats of one row share; rows of one area follow one another."""
        return (self.area, self.row)


def place_of(text: str) -> Place | None:
    """The place that a seat column says ("3排12号", "3-12", "A区三排十二座"), if it can be drawn."""
    found = _PLACE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        return None
    area = (found["area"] or "").removesuffix("第").strip().upper()
    return Place(number_of(found["row"]), number_of(found["number"]), area)


def line_words(line: tuple[str, int]) -> str:
    """A区 3 排."""
    area, row = line
    return f"{area} {row} 排".strip()
