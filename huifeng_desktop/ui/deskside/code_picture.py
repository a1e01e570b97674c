"""A QR code in small, beside the words that say where it leads."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from huifeng_desktop.ui import theme
from huifeng_desktop.ui.stage.code import code_image

_CODE_SIDE = 110
_QUIET_CUT = 3
"""Modules of the quiet zone that the white card gives for free."""


class CodePicture(QWidget):
    """The code in small, with whole pixels for each module."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._payload = ""
        self._image: QImage | None = None
        self.setFixedSize(QSize(_CODE_SIDE, _CODE_SIDE))
        self.setAccessibleName(self.tr("手机签到码"))

    def payload(self) -> str:
        """What the code says."""
        return self._payload

    def set_payload(self, payload: str) -> None:
        """Show another code, or none."""
        if payload != self._payload:
            self._payload = payload
            self._image = code_image(payload) if payload else None
            self.setFixedWidth(math.ceil(self._side()))  # beside it there is never room enough
            self.update()

    def _side(self) -> float:
        """Of the largest code as high as this whose modules are whole pixels."""
        if self._image is None:
            return self.height()
        ratio, modules = self.devicePixelRatioF(), self._image.width() - 2 * _QUIET_CUT
        return max(1, int(self.height() * ratio / modules)) * modules / ratio

    def paintEvent(self, event: QPaintEvent) -> None:
        """White ground; whole pixels for each module, so that every edge is sharp."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.CARD))
        if self._image is None:
            return
        ratio, modules, side = self.devicePixelRatioF(), self._image.width() - 2 * _QUIET_CUT, self._side()
        top = round((self.height() - side) / 2 * ratio) / ratio
        part = QRectF(_QUIET_CUT, _QUIET_CUT, modules, modules)
        painter.drawImage(QRectF(0, top, side, side), self._image, part)
