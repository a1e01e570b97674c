"""A picture of the operator's own behind welcome, sign-in and clock, darkened until text can be read."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter

from huifeng_desktop.errors import FileProblem
from huifeng_desktop.ui.stage.scene import GROUND

_MOST_PIXELS = 3840
_BRIGHTEST = 0.026
"""Luminance that leaves the dimmest ink of the stage a contrast of 7:1."""
_PROBE = QSize(160, 90)


def read_picture(path: str) -> QImage:
    """The picture, upright, no larger than the largest stage.

    Raises FileProblem with the reason where it cannot be read.
    """
    name = Path(path).name
    if not Path(path).is_file():
        raise FileProblem(f"背景图片“{name}”找不到了，已用默认底色；请重新选择，图片最好放在本机硬盘上。")
    reader = QImageReader(path)
    reader.setAutoTransform(True)
    reader.setDecideFormatFromContent(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > _MOST_PIXELS:
        bound = QSize(_MOST_PIXELS, _MOST_PIXELS)
        reader.setScaledSize(size.scaled(bound, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull() or image.width() < 2 or image.height() < 2:
        raise FileProblem(
            f"背景图片“{name}”读不出来：不是能识别的图片，或文件已损坏。请另选一张 PNG 或 JPG 图片。"
        )
    return image.convertToFormat(QImage.Format.Format_RGB32)


def backdrop(image: QImage, size: QSize) -> QImage:
    """The picture filling `size`, with so much of the stage's ground over it as reading needs."""
    expanding = Qt.AspectRatioMode.KeepAspectRatioByExpanding
    filled = image.scaled(size, expanding, Qt.TransformationMode.SmoothTransformation)
    spare = QPoint((filled.width() - size.width()) // 2, (filled.height() - size.height()) // 2)
    cut = filled.copy(QRect(spare, size))
    veil = QColor(GROUND)
    veil.setAlphaF(veil_opacity(cut))
    painter = QPainter(cut)
    painter.fillRect(cut.rect(), veil)
    painter.end()
    return cut


def veil_opacity(image: QImage) -> float:
    """How much of the ground must lie over the picture's brightest place, 0 to 1."""
    probe = image.scaled(_PROBE, mode=Qt.TransformationMode.SmoothTransformation)
    places = (probe.pixelColor(x, y) for x in range(probe.width()) for y in range(probe.height()))
    brightest = max(places, key=_luminance)
    low, high = 0.0, 1.0
    for _ in range(8):
        middle = (low + high) / 2
        low, high = (middle, high) if _luminance(_mixed(brightest, middle)) > _BRIGHTEST else (low, middle)
    return high


def _mixed(colour: QColor, opacity: float) -> QColor:
    ground = QColor(GROUND)
    parts = zip(
        (colour.redF(), colour.greenF(), colour.blueF()),
        (ground.redF(), ground.greenF(), ground.blueF()),
        strict=True,
    )
    return QColor.fromRgbF(*(under * (1 - opacity) + over * opacity for under, over in parts))


def _luminance(colour: QColor) -> float:
    """Relative luminance as in WCAG 2."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
