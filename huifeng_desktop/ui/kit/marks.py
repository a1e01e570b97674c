"""Small shapes that say in form what colour says beside them, drawn as paths so they stay crisp.

Fonts on old machines lack half of these signs; a path never turns into a box.
"""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF


class Mark(StrEnum):
    """The shapes in use."""

    DOT = "dot"
    """● running, in order."""
    TRIANGLE = "triangle"
    """▲ attention, little time left."""
    SQUARE = "square"
    """■ at the end, stop."""
    PAUSE = "pause"
    """Two bars: held."""
    RING = "ring"
    """○ not begun."""
    CHECK = "check"
    """✓ here, done."""
    DASH = "dash"
    """— nothing yet."""


def draw_mark(painter: QPainter, mark: Mark, box: QRectF, colour: QColor) -> None:
    """Draw `mark` filling the square `box`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if mark in (Mark.RING, Mark.CHECK, Mark.DASH):
        _draw_stroked(painter, mark, box, colour)
    else:
        _draw_filled(painter, mark, box, colour)
    painter.restore()


def _draw_filled(painter: QPainter, mark: Mark, box: QRectF, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    if mark is Mark.DOT:
        painter.drawEllipse(box)
    elif mark is Mark.TRIANGLE:
        painter.drawPolygon(
            QPolygonF([QPointF(box.center().x(), box.top()), box.bottomRight(), box.bottomLeft()])
        )
    elif mark is Mark.SQUARE:
        painter.drawRect(box)
    else:
        bar = box.width() * 0.34
        painter.drawRect(QRectF(box.left(), box.top(), bar, box.height()))
        painter.drawRect(QRectF(box.right() - bar, box.top(), bar, box.height()))


def _draw_stroked(painter: QPainter, mark: Mark, box: QRectF, colour: QColor) -> None:
    pen = QPen(colour, max(1.4, box.width() * 0.15))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inner = box.adjusted(pen.widthF() / 2, pen.widthF() / 2, -pen.widthF() / 2, -pen.widthF() / 2)
    if mark is Mark.RING:
        painter.drawEllipse(inner)
    elif mark is Mark.DASH:
        painter.drawLine(
            QPointF(inner.left(), inner.center().y()), QPointF(inner.right(), inner.center().y())
        )
    else:
        low = QPointF(inner.left() + inner.width() * 0.36, inner.bottom() - inner.height() * 0.12)
        painter.drawPolyline(
            [
                QPointF(inner.left(), inner.center().y() + inner.height() * 0.04),
                low,
                QPointF(inner.right(), inner.top() + inner.height() * 0.08),
            ]
        )
