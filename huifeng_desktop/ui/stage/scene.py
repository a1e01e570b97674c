"""Where everything of a picture stands: placed texts and the boxes of figures, bar, mark and code.

A scene is computed once for a view and a size; the canvas only paints it, and tests can ask
whether anything is cut or overlaps.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF

from huifeng_desktop.ui import theme
from huifeng_desktop.ui.stage.fit import Fitted, fit_text

GROUND = "#0d1827"
WHITE = "#ffffff"
MUTE = "#bbbfc3"
NORMAL = "#eaf6ee"
AMBER = "#ffcf70"
OVER = "#ff9a8f"
TROUGH = "#2d3849"
PANEL = "#18263a"

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter

_REFERENCE_HEIGHT = 1080
_COMPACT_BELOW = 300
_SMALLEST_PX, _SMALLEST_PREVIEW_PX = 6.0, 10.0


@dataclass(frozen=True)
class TextRun:
    """One line of text in its box."""

    text: str
    font: QFont
    box: QRectF
    colour: str
    align: Qt.AlignmentFlag = LEFT


@dataclass(frozen=True)
class Plate:
    """A filled ground behind some of the texts."""

    box: QRectF
    colour: str
    radius: float = 0.0


@dataclass(frozen=True)
class Scene:
    """A whole picture; boxes are None where the picture has no such thing."""

    runs: tuple[TextRun, ...] = ()
    digits: QRectF | None = None
    bar: QRectF | None = None
    mark: QRectF | None = None
    code: QRectF | None = None
    ground: str = GROUND
    plates: tuple[Plate, ...] = ()
    opacity: float = 1.0
    """Of the ground; below 1 only over somebody else's slides."""
    rounded: bool = False


@dataclass(frozen=True)
class Frame:
    """The sheet that scenes are set on; lengths are given for a height of 1080 and scaled."""

    size: QSizeF
    base_font: QFont

    @property
    def width(self) -> float:
        """Pixels across."""
        return self.size.width()

    @property
    def height(self) -> float:
        """Pixels down."""
        return self.size.height()

    @property
    def compact(self) -> bool:
        """Whether this is the small preview, which shows less in relatively larger type."""
        return self.height < _COMPACT_BELOW

    @property
    def margin(self) -> float:
        """Free edge at left and right."""
        return self.width / 24

    @property
    def room(self) -> float:
        """Width between the edges."""
        return self.width - 2 * self.margin

    def px(self, length: float) -> float:
        """A length of the reference picture in pixels of this one."""
        return length * self.height / _REFERENCE_HEIGHT

    @property
    def _floor(self) -> float:
        """No type is smaller, in pixels of the desktop: a projector may be scaled to 200 %."""
        return _SMALLEST_PREVIEW_PX if self.compact else _SMALLEST_PX

    def font(self, size: float, *, bold: bool = False) -> QFont:
        """The stage's font; type in the preview stays legible."""
        return theme.sized(self.base_font, round(max(self.px(size), self._floor)), bold=bold)

    def fit(
        self, text: str, size: float, width: float, *, smallest: float, bold: bool = False, max_lines: int = 2
    ) -> Fitted:
        """`fit_text` with sizes of the reference picture."""
        floor = max(self.px(smallest), self._floor)
        return fit_text(text, self.font(size, bold=bold), width, floor, max_lines)


def advance(text: str, font: QFont) -> float:
    """Width of a line in pixels, with a little to spare for rounding."""
    return QFontMetricsF(font).horizontalAdvance(text) + 1


def stacked(
    fitted: Fitted, left: float, top: float, width: float, colour: str, align: Qt.AlignmentFlag = LEFT
) -> list[TextRun]:
    """The lines of a block under each other."""
    step = fitted.line_height
    return [
        TextRun(line, fitted.font, QRectF(left, top + row * step, width, step), colour, align)
        for row, line in enumerate(fitted.lines)
    ]
