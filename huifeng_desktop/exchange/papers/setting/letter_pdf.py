"""A letter as pages of A4: 22 lines of 28 characters, broken as a word processor breaks them.

No line begins with a stop or ends with an opening bracket, figures stay whole, a heading stays with
its text, and no line of a paragraph stands alone on a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from huifeng_desktop.exchange.papers.setting.layout import text_width
from huifeng_desktop.exchange.papers.setting.letter import closed_up
from huifeng_desktop.exchange.papers.setting.paper import clean
from huifeng_desktop.service.printed.marks import Align, Face, Mark, Page, Text

_WIDTH, _HEIGHT, _LEFT, _TOP, _MEASURE = 210.0, 297.0, 28.0, 37.0, 156.0
_BOTTOM = _HEIGHT - 35.0
_POINT_MM = 25.4 / 72
_LINE, _TITLE_LINE = 225.0 / 22, 34 * _POINT_MM
_BODY_PT, _TITLE_PT = 16.0, 22.0
_CHARACTERS, _TITLE_CHARACTERS = 28, 20
_INDENT = "　　"
_RIGHT_INDENT = 4 * _BODY_PT * _POINT_MM
_PIECES = re.compile(r"[（“《〔]*(?:[!-~]+|.(?:·.)*)[，。、；：？！）”》〕]*")
"""What is never parted: a character or a figure with the brackets before it and the stops after it."""


@dataclass(frozen=True, slots=True)
class _Strip:
    """One line: how high, what stands on it, and whether it must not be parted from the next."""

    high: float
    marks: tuple[Text, ...] = ()
    """Placed as if the line began at 0."""
    stays: bool = False


class LetterPages:
    """A `Letter` as marks on pages."""

    def __init__(self) -> None:
        self._strips: list[_Strip] = []

    def title(self, text: str) -> None:
        """Centred; a long one on several lines."""
        high = _TITLE_LINE * len(_lines(clean(text), _TITLE_CHARACTERS))
        mark = Text(_LEFT, 0, _MEASURE, high, clean(text), _TITLE_PT, Face.TITLE, wraps=True)
        self._strips.append(_Strip(high, (mark,), stays=True))

    def blank(self) -> None:
        """An empty line."""
        self._strips.append(_Strip(_LINE))

    def heading(self, text: str) -> None:
        """一、"""
        self._write(_INDENT + clean(text), Face.HEAD, stays=True)

    def subheading(self, text: str, follows: str = "") -> None:
        """（一）, in another face as far as its own words go."""
        head = _INDENT + closed_up(clean(text))
        self._write(head + closed_up(clean(follows)), Face.BODY, kai=len(head))

    def body(self, text: str) -> None:
        """Running text."""
        self._write(_INDENT + closed_up(clean(text)), Face.BODY)

    def mark(self, text: str) -> None:
        """A line at the left."""
        self._write(clean(text), Face.HEAD)

    def signed(self, text: str) -> None:
        """At the right."""
        width = _MEASURE - _RIGHT_INDENT
        mark = Text(_LEFT, 0, width, _LINE, clean(text), _BODY_PT, align=Align.RIGHT)
        self._strips.append(_Strip(_LINE, (mark,)))

    def _write(self, text: str, face: Face, *, kai: int = 0, stays: bool = False) -> None:
        """A paragraph; the first `kai` characters are in 楷体."""
        lines = _lines(text, _CHARACTERS)
        for place, line in enumerate(lines):
            is_last = place == len(lines) - 1
            marks = _set(line, face, min(len(line), kai), full=not is_last)
            self._strips.append(_Strip(_LINE, marks, stays if is_last else place in (0, len(lines) - 2)))
            kai = max(0, kai - len(line))

    def pages(self) -> list[Page]:
        """Every page filled, with its number outside."""
        pages: list[list[Mark]] = [[]]
        y = _TOP
        for group in _groups(self._strips):
            if y + sum(strip.high for strip in group) > _BOTTOM + 0.01 and pages[-1]:
                pages.append([])
                y = _TOP
            for strip in group:
                pages[-1] += [replace(mark, y=y) for mark in strip.marks]
                y += strip.high
        return [Page(_WIDTH, _HEIGHT, (*marks, page_number(place))) for place, marks in enumerate(pages, 1)]


def page_number(page: int) -> Text:
    """四号, outside: right on odd pages, left on even ones."""
    align = Align.RIGHT if page % 2 else Align.LEFT
    return Text(_LEFT + 5, _HEIGHT - 28, _MEASURE - 10, 7, f"— {page} —", 14, Face.SONG, align)


def _lines(text: str, characters: int) -> list[str]:
    """The text in lines of so many characters; only what is longer than a line is parted anywhere."""
    lines, room = [""], 2 * characters
    for piece in _PIECES.findall(text):
        width = text_width(piece)
        if lines[-1] and width > room:
            lines.append("")
            room = 2 * characters
        lines[-1] += piece
        room -= width
    return lines


def _set(line: str, face: Face, kai: int, *, full: bool) -> tuple[Text, ...]:
    """A line of which the first `kai` characters are in 楷体; a full one reaches both margins."""
    wide = _MEASURE * min(1.0, text_width(line[:kai]) / (2 * _CHARACTERS))
    align = Align.FULL if full else Align.LEFT
    head = Text(_LEFT, 0, wide or _MEASURE, _LINE, line[:kai], _BODY_PT, Face.KAI, align)
    rest = Text(_LEFT + wide, 0, _MEASURE - wide, _LINE, line[kai:], _BODY_PT, face, align)
    return tuple(text for text in (head, rest) if text.text)


def _groups(strips: Sequence[_Strip]) -> Iterator[list[_Strip]]:
    """Lines that stand on one page."""
    group: list[_Strip] = []
    for strip in strips:
        group.append(strip)
        if not strip.stays:
            yield group
            group = []
    if group:
        yield group
