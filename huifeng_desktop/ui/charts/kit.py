"""What all charts share: their words, and what stands where there is nothing to draw."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter

from huifeng_desktop.ui import theme


def title(painter: QPainter, words: str) -> None:
    """The line at the top."""
    painter.setFont(theme.ui_font(13, bold=True))
    painter.setPen(QColor(theme.INK))
    painter.drawText(QPointF(4, 16), words)


def nothing(painter: QPainter, size: QSizeF, words: str) -> None:
    """A sentence in the middle."""
    painter.setFont(theme.ui_font(13))
    painter.setPen(QColor(theme.MUTE))
    painter.drawText(QRectF(0, 0, size.width(), size.height()), Qt.AlignmentFlag.AlignCenter, words)
