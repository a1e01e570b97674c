"""A signature drawn by finger: pen strokes on a small grid, and the compact text that is stored.

The text comes from a telephone, so it is read strictly: `parse` takes a signature or nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

WIDTH, HEIGHT = 600, 240
"""The grid that a signature is drawn on; its lower right corner is left out."""
MOST_STROKES, MOST_POINTS = 80, 1200
TEXT_LIMIT = MOST_POINTS * 4 + MOST_STROKES
"""Characters of the longest text: under 5 KB."""
_LEAST_POINTS, _LEAST_EXTENT = 6, 40
"""Less is a slip of the finger, not a name."""
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_TEXT = re.compile(r"(?:[0-9a-z]{4})+(?:-(?:[0-9a-z]{4})+)*", re.ASCII)

Point = tuple[int, int]
Stroke = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """Strokes in the order in which they were drawn; x grows to the right, y downwards."""

    strokes: tuple[Stroke, ...]

    @classmethod
    def parse(cls, text: str) -> Signature | None:
        """The signature of a text: strokes parted by "-", each point two base-36 digits for x and for y.

        None for anything else: too long, outside the grid, or too small to be a name.
        """
        if len(text) > TEXT_LIMIT or not _TEXT.fullmatch(text):
            return None
        drawn = cls(tuple(_stroke(part) for part in text.split("-")))
        return drawn if drawn._is_name() else None

    def to_text(self) -> str:
        """The text that `parse` reads."""
        return "-".join("".join(_pair(x) + _pair(y) for x, y in stroke) for stroke in self.strokes)

    @property
    def bounds(self) -> tuple[int, int, int, int]:
        """Left, top, right and bottom of the ink."""
        xs = [x for stroke in self.strokes for x, _ in stroke]
        ys = [y for stroke in self.strokes for _, y in stroke]
        return min(xs), min(ys), max(xs), max(ys)

    def _is_name(self) -> bool:
        points = sum(map(len, self.strokes))
        if len(self.strokes) > MOST_STROKES or not _LEAST_POINTS <= points <= MOST_POINTS:
            return False
        left, top, right, bottom = self.bounds
        return right < WIDTH and bottom < HEIGHT and max(right - left, bottom - top) >= _LEAST_EXTENT


def _stroke(text: str) -> Stroke:
    points = (text[start : start + 4] for start in range(0, len(text), 4))
    return tuple((int(point[:2], 36), int(point[2:], 36)) for point in points)


def _pair(number: int) -> str:
    return _DIGITS[number // 36] + _DIGITS[number % 36]
