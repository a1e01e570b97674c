"""A picture of the operator's own behind welcome, sign-in and clock, darkened until text can be read."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter

from huifeng_desktop.errors import FileProblem
from huifeng_desktop.service.veil import PROBE, Colour, veil_over
from huifeng_desktop.ui.stage.scene import GROUND

_MOST_PIXELS = 3840


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
    veil.setAlphaF(_veil_over(cut))
    painter = QPainter(cut)
    painter.fillRect(cut.rect(), veil)
    painter.end()
    return cut


def _veil_over(image: QImage) -> float:
    probe = image.scaled(QSize(*PROBE), mode=Qt.TransformationMode.SmoothTransformation)
    places = (probe.pixelColor(x, y) for x in range(probe.width()) for y in range(probe.height()))
    return veil_over((_parts(place) for place in places), _parts(QColor(GROUND)))


def _parts(colour: QColor) -> Colour:
    return colour.red(), colour.green(), colour.blue()
