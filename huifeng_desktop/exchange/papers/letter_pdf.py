"""Plain lines under a title as pages of A4 with the margins of GB/T 9704."""

from __future__ import annotations

import math
from collections.abc import Sequence

from huifeng_desktop.exchange.papers.layout import text_width
from huifeng_desktop.exchange.papers.paper import clean
from huifeng_desktop.service.printing import Align, Face, Mark, Page, Text

_WIDTH, _HEIGHT, _LEFT, _TOP, _MEASURE = 210.0, 297.0, 28.0, 37.0, 156.0
_BOTTOM = _HEIGHT - 35.0
_LINE = 225.0 / 22
_HALF_WIDTHS = 54
"""Half-width characters of 16 points on one line, a little kept back."""


def letter_pages(
    title: str, circumstances: Sequence[str], lines: Sequence[str], *, indented: bool = False
) -> list[Page]:
    """The title, when and where, then a line for each entry; entries are never parted.

    `indented` is for running text: every entry begins two characters in.
    """
    indent = "　　" if indented else ""
    pages: list[list[Mark]] = [[Text(_LEFT, _TOP, _MEASURE, 22, clean(title), 22, Face.TITLE, wraps=True)]]
    y = _TOP + 28
    blocks = [(line, Face.KAI) for line in circumstances] + [("", Face.BODY)]
    entries = [(f"{indent}{clean(line)}", Face.BODY) for line in lines]
    for text, face in [*[(clean(line), face) for line, face in blocks], *entries]:
        high = _LINE * max(1, math.ceil(text_width(text) / _HALF_WIDTHS))
        if y + high > _BOTTOM:
            pages.append([])
            y = _TOP
        pages[-1].append(Text(_LEFT, y, _MEASURE, high, text, 16, face, Align.LEFT, wraps=True))
        y += high
    return [Page(_WIDTH, _HEIGHT, (*marks, _number(place))) for place, marks in enumerate(pages, 1)]


def _number(page: int) -> Text:
    align = Align.RIGHT if page % 2 else Align.LEFT
    return Text(_LEFT + 5, _HEIGHT - 28, _MEASURE - 10, 7, f"— {page} —", 14, Face.SONG, align)
