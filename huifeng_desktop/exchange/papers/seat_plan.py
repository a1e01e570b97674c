"""座位图: who sits where, as the seat column of the roster says; the rostrum is at the top.

A place is understood as row and number ("3排12号", "3-12", "A区三排十二座"). Anything else is listed below,
and so is who has a place that somebody else has too: nobody is lost.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from huifeng_desktop.domain.people import Seat
from huifeng_desktop.exchange.papers.setting.layout import text_width
from huifeng_desktop.exchange.papers.setting.paper import clean
from huifeng_desktop.service.printed.marks import Align, Box, Face, Mark, Page, Text
from huifeng_desktop.service.printed.places import Place, line_words, place_of

_WIDTH, _HEIGHT, _LEFT = 297.0, 210.0, 10.0
_TOP, _ROW_LABEL = 42.0, 12.0
_MEASURE = _WIDTH - 2 * _LEFT
_ROWS_A_PAGE, _MOST_ACROSS = 10, 24
_BOTTOM = 194.0
_LIST_TOP, _LIST_HEAD, _LIST_LINE = 21.0, 12.0, 6.5
_LIST_WIDTH = 122
"""Half-width characters of 12 points on one line, a little kept back."""


def has_places(seats: Sequence[Seat]) -> bool:
    """Whether there is anything to draw."""
    return any(place_of(seat.place) for seat in seats)


def seated(seats: Sequence[Seat]) -> tuple[dict[Place, Seat], list[Seat]]:
    """Who is drawn at which place, and who cannot be: no readable place, or one that is taken."""
    placed: dict[Place, Seat] = {}
    elsewhere: list[Seat] = []
    for seat in seats:
        place = place_of(seat.place)
        if place is None or place in placed:
            elsewhere.append(seat)
        else:
            placed[place] = seat
    return placed, elsewhere


def seat_plan_pages(seats: Sequence[Seat], title: str) -> list[Page]:
    """Ten rows a page; rows wider than 24 seats go on over pages of their own."""
    placed, elsewhere = seated(seats)
    lines = sorted({place.line for place in placed})
    numbers = sorted({place.number for place in placed})
    pages = [
        _page(title, placed, some_lines, some_numbers)
        for some_numbers in _parts(numbers, _MOST_ACROSS)
        for some_lines in _parts(lines, _ROWS_A_PAGE)
    ]
    if not elsewhere:
        return pages
    words = _elsewhere(elsewhere)
    free = _BOTTOM - _bottom_of(pages[-1]) if pages else 0
    if free >= _list_height(words):
        marks = _list(elsewhere, words, _bottom_of(pages[-1]))
        return [*pages[:-1], replace(pages[-1], marks=(*pages[-1].marks, *marks))]
    return [*pages, Page(_WIDTH, _HEIGHT, (_title(title), *_list(elsewhere, words, _LIST_TOP)))]


_Value = TypeVar("_Value")


def _parts(values: Sequence[_Value], size: int) -> list[list[_Value]]:
    """Parts of nearly equal length, none longer than `size`."""
    count = -(-len(values) // size)
    length = -(-len(values) // count) if count else 1
    return [list(values[at : at + length]) for at in range(0, len(values), length)]


def _page(title: str, placed: dict[Place, Seat], lines: list[tuple[str, int]], numbers: list[int]) -> Page:
    wide = (_MEASURE - _ROW_LABEL) / max(len(numbers), 8)
    high = (_BOTTOM - _TOP) / max(len(lines), 6)
    left = _LEFT + _ROW_LABEL + (_MEASURE - _ROW_LABEL - wide * len(numbers)) / 2
    marks = _head(title)
    for row, line in enumerate(lines):
        top = _TOP + row * high
        marks.append(Text(left - _ROW_LABEL, top, _ROW_LABEL - 1, high, line_words(line), 9, Face.HEAD))
        for column, number in enumerate(numbers):
            if seat := placed.get(Place(line[1], number, line[0])):
                marks += _seat(seat, number, left + column * wide, top, wide, high)
    return Page(_WIDTH, _HEIGHT, tuple(marks))


def _head(title: str) -> list[Mark]:
    middle = _WIDTH / 2
    return [
        _title(title),
        Box(middle - 40, 25, 80, 10, filled=True),
        Box(middle - 40, 25, 80, 10),
        Text(middle - 40, 25, 80, 10, "主　席　台", 14, Face.HEAD),
    ]


def _seat(seat: Seat, number: int, x: float, y: float, wide: float, high: float) -> list[Mark]:
    gap = 0.6
    inner = (x + gap + 0.5, wide - 2 * gap - 1)
    return [
        Box(x + gap, y + gap, wide - 2 * gap, high - 2 * gap),
        Text(inner[0], y + gap + 0.3, inner[1], high * 0.2, str(number), 7, Face.SONG, Align.LEFT),
        Text(inner[0], y + high * 0.22, inner[1], high * 0.36, clean(seat.display_name), 13, Face.HEAD),
        Text(inner[0], y + high * 0.58, inner[1], high * 0.36, clean(seat.unit), 7.5, Face.SONG, wraps=True),
    ]


def _title(title: str) -> Text:
    return Text(_LEFT, 8, _MEASURE, 14, clean(title), 18, Face.TITLE, wraps=True)


# -- those whose seat cannot be drawn ----------------------------------------------------------------


def _bottom_of(page: Page) -> float:
    return max(mark.y + mark.height for mark in page.marks if isinstance(mark, Box))


def _elsewhere(seats: Sequence[Seat]) -> str:
    return clean("、".join(f"{seat.name}（{seat.unit}{seat.place and '，' + seat.place}）" for seat in seats))


def _list_height(words: str) -> float:
    return _LIST_HEAD + _LIST_LINE * math.ceil(text_width(words) / _LIST_WIDTH)


def _list(seats: Sequence[Seat], words: str, top: float) -> list[Mark]:
    """A few lines from `top` on."""
    head = f"没有画进图的 {len(seats)} 人（没有写明几排几号，或与人同座）："
    high = min(_list_height(words), _BOTTOM - top) - _LIST_HEAD
    return [
        Text(_LEFT, top + 4, _MEASURE, _LIST_HEAD - 4, head, 12, Face.HEAD, Align.LEFT),
        Text(_LEFT, top + _LIST_HEAD, _MEASURE, high, words, 12, Face.BODY, Align.LEFT, wraps=True),
    ]
