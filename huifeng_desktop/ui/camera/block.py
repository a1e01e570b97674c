"""The camera at the door: a small picture to aim by, which camera it is, and how it stands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from huifeng_desktop.ui import theme
from huifeng_desktop.ui.action_button import ActionButton
from huifeng_desktop.ui.kit.labels import text_label

_PICTURE = QSize(172, 106)
_CORNER = 6


class CameraPicture(QWidget):
    """What the camera sees, the wrong way round like a mirror, so that a hand finds the middle."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: QImage | None = None
        self.setFixedSize(_PICTURE)
        self.setAccessibleName(self.tr("摄像头画面"))

    def picture(self) -> QImage | None:
        """The one picture that is held, or None."""
        return self._picture

    def show_picture(self, picture: QImage | None) -> None:
        """Show another one in place of the last, or nothing."""
        self._picture = picture
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Filled to the corners; dark while nothing is seen."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        card = QPainterPath()
        card.addRoundedRect(QRectF(self.rect()), _CORNER, _CORNER)
        painter.fillPath(card, QColor(theme.INK))
        if self._picture is None:
            return
        painter.setClipPath(card)
        painter.translate(self.width(), 0)
        painter.scale(-1, 1)
        painter.drawImage(self._filling(self._picture.size()), self._picture)

    def _filling(self, size: QSize) -> QRectF:
        """Where the picture goes so that nothing is left free; what is too much is cut."""
        scaled = size.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        left, top = (self.width() - scaled.width()) / 2, (self.height() - scaled.height()) / 2
        return QRectF(left, top, scaled.width(), scaled.height())


class CameraBlock(QWidget):
    """Picture at the left; words, chooser and 关闭 beside it. Hidden while it is off."""

    chosen = Signal(str)
    """The ident of the camera that was picked."""
    close_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_on = self._is_aside = False
        self.picture = CameraPicture(self)
        self.words = text_label("", size=theme.TEXT_SMALL, tone="mute", parent=self)
        self.words.setWordWrap(True)
        self.chooser = QComboBox(self)
        self.chooser.setAccessibleName(self.tr("用哪个摄像头"))
        self.chooser.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.chooser.activated.connect(lambda _: self.chosen.emit(self.chooser.currentData()))
        self.off = ActionButton(self.tr("关闭摄像头"), size=13, height=28, parent=self)
        self.off.clicked.connect(self.close_requested)
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(theme.SPACE_1)
        column.addWidget(self.words, 1)
        column.addWidget(self.chooser)
        column.addWidget(self.off, 0, Qt.AlignmentFlag.AlignLeft)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE_3)
        layout.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(column, 1)

    def is_on(self) -> bool:
        """Whether the camera is switched on."""
        return self._is_on

    def show_on(self, words: str) -> None:
        """Switched on, and how it stands."""
        self._is_on = True
        self.words.setText(words)
        self._show()

    def show_off(self) -> None:
        """Switched off: nothing is left of the last picture."""
        self._is_on = False
        self.picture.show_picture(None)
        self._show()

    def set_aside(self, aside: bool) -> None:
        """Make room while somebody is searched for; the camera goes on."""
        self._is_aside = aside
        self._show()

    def list_cameras(self, found: Sequence[tuple[str, str]], ident: str) -> None:
        """Ident and name of each; there is a choice only between several."""
        self.chooser.clear()
        for one, name in found:
            self.chooser.addItem(name, one)
            self.chooser.setItemData(self.chooser.count() - 1, name, Qt.ItemDataRole.ToolTipRole)
        self.chooser.setCurrentIndex(max(0, self.chooser.findData(ident)))
        self.chooser.setVisible(len(found) > 1)

    def _show(self) -> None:
        self.setVisible(self._is_on and not self._is_aside)
