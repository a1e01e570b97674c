"""Pages as marks in millimetres, and the port that turns them into PDF.

Who lays a paper out knows nothing of Qt; who draws it knows nothing of meetings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from huifeng_desktop.domain.signature import Signature
from huifeng_desktop.service.printed.charts import Chart


class Face(StrEnum):
    """The type faces of official papers; each has fallbacks where a machine lacks it."""

    TITLE = "小标宋"
    BODY = "仿宋"
    HEAD = "黑体"
    KAI = "楷体"
    SONG = "宋体"


class Align(StrEnum):
    """Where a text stands in its box; it is always centred in height."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"
    FULL = "full"
    """One line that reaches both edges, its characters a little farther apart."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words in a box. They are never cut: what does not fit is set narrower, or smaller if it `wraps`.

    `turned` stands the box on its head, for the far side of a folded card.
    """

    x: float
    y: float
    width: float
    height: float
    text: str
    size_pt: float
    face: Face = Face.BODY
    align: Align = Align.CENTRE
    wraps: bool = False
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A frame, or a light grey field if `filled`."""

    x: float
    y: float
    width: float
    height: float
    line_mm: float = 0.2
    filled: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line; `dashed` for cutting and folding."""

    x1: float
    y1: float
    x2: float
    y2: float
    line_mm: float = 0.2
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Modules:
    """A QR code: rows of modules, True is dark; the quiet zone is left to the page."""

    x: float
    y: float
    side: float
    rows: tuple[tuple[bool, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart, drawn by the same hand as in the window, at most so wide and so high."""

    x: float
    y: float
    width: float
    height: float
    chart: Chart


@dataclass(frozen=True, slots=True)
class Ink:
    """A signature at its own proportions, as large as its box allows."""

    x: float
    y: float
    width: float
    height: float
    signature: Signature


Mark = Text | Box | Line | Modules | Picture | Ink


@dataclass(frozen=True, slots=True)
class Page:
    """One page of paper, drawn in the order of its marks."""

    width: float
    height: float
    marks: tuple[Mark, ...]


class PdfPrinter(Protocol):
    """Drawing pages; may be called from any one thread."""

    def pdf(self, pages: Sequence[Page], title: str, family: str = "") -> bytes:
        """The pages as one PDF with its fonts inside; `family` stands for `Face.BODY` if it is here."""
        ...

    def png(self, chart: Chart, width_mm: float) -> bytes:
        """A chart as a PNG of this width on paper, as high as the chart wants to be."""
        ...

    def lacking(self, text: str, family: str) -> frozenset[str]:
        """The characters of `text` that this family does not hold."""
        ...

    def undrawable(self, text: str) -> frozenset[str]:
        """The characters that no font of this machine holds: they would print as boxes."""
        ...
