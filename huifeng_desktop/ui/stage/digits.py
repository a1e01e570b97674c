"""The large figures as one path: equal cells, a centred colon, squeezed only as the width demands.

Paths give the exact height that the last row needs, in any font and at any size.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPainterPath, QTransform

from huifeng_desktop.ui import theme

_EM = 1000
_TIGHTER = 17
_PLUS_SCALE = 0.62


def digits_path(text: str, font: QFont, box: QRectF) -> QPainterPath:
    """`text` centred in `box`; its figures are as high as the box, at most as wide."""
    em_font = theme.sized(font, _EM, bold=True)
    flat = _glyph("1", em_font).boundingRect().height()
    path, width = _line(text, em_font, flat)
    tall = box.height() / flat
    wide = min(tall, box.width() / width)
    left = box.center().x() - width * wide / 2
    return QTransform(wide, 0, 0, tall, left, box.bottom()).map(path)


def _line(text: str, font: QFont, flat: float) -> tuple[QPainterPath, float]:
    """The glyphs beside each other on the base line, and the width of their cells."""
    metrics = QFontMetricsF(font)
    cell = metrics.horizontalAdvance("0")
    path, left = QPainterPath(), 0.0
    for character in text:
        glyph = _glyph(character, font)
        bounds = glyph.boundingRect()
        advance = (cell if character.isdigit() else metrics.horizontalAdvance(character)) - _TIGHTER
        place = QTransform.fromTranslate(left, 0)
        if character == ":":
            place.translate((advance - bounds.width()) / 2 - bounds.left(), -flat / 2 - bounds.center().y())
        elif character == "+":
            advance *= _PLUS_SCALE
            place.translate(0, -flat / 2 - bounds.center().y() * _PLUS_SCALE)
            place.scale(_PLUS_SCALE, _PLUS_SCALE)
        path.addPath(place.map(glyph))
        left += advance
    return path, max(left, 1.0)


def _glyph(character: str, font: QFont) -> QPainterPath:
    path = QPainterPath()
    path.addText(0, 0, font, character)
    return path
