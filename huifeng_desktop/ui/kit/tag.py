"""The small coloured word, as a widget and for delegates to paint in a table."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from huifeng_desktop.ui import theme
from huifeng_desktop.ui.kit.marks import Mark, draw_mark
from huifeng_desktop.ui.theme import Tone

PAD_X = 7


def tag_size(text: str, mark: Mark | None, font: QFont, pad_x: int = PAD_X) -> QSize:
    """The room that a tag with this text takes."""
    metrics = QFontMetrics(font)
    mark_width = round(font.pixelSize() * 0.8) + 4 if mark else 0
    return QSize(metrics.horizontalAdvance(text) + 2 * pad_x + mark_width, round(font.pixelSize() * 1.45) + 2)


def paint_tag(
    painter: QPainter, box: QRectF, text: str, tone: Tone, mark: Mark | None, font: QFont, pad_x: int = PAD_X
) -> None:
    """Paint a tag into `box`: soft ground, mark, word; the word is shortened if it must be."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if tone is not Tone.PLAIN:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.tone_soft(tone))
        painter.drawRoundedRect(box, 4, 4)
    inner = box.adjusted(pad_x, 0, -pad_x, 0)
    if mark:
        side = font.pixelSize() * 0.72
        draw_mark(
            painter,
            mark,
            QRectF(inner.left(), inner.center().y() - side / 2, side, side),
            theme.tone_ink(tone),
        )
        inner.setLeft(inner.left() + round(font.pixelSize() * 0.8) + 4)
    painter.setFont(font)
    painter.setPen(theme.tone_ink(tone))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(inner.width()) + 1)
    painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
    painter.restore()


class Tag(QLabel):
    """A state in one word, on a soft ground, with a shape where colour would stand alone."""

    def __init__(
        self,
        text: str = "",
        tone: Tone = Tone.NEUTRAL,
        mark: Mark | None = None,
        *,
        size: int = theme.TEXT_SMALL,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.ui_font(size))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._tone, self._mark = tone, mark
        self._pad_x = PAD_X if size <= theme.TEXT_SMALL else round(size * 0.8)
        self._size = size

    def tone(self) -> Tone:
        """The tone in use."""
        return self._tone

    def set_state(self, text: str, tone: Tone, mark: Mark | None = None) -> None:
        """Say something else."""
        self._tone, self._mark = tone, mark
        self.setText(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for mark and word."""
        size = tag_size(self.text(), self._mark, self._tag_font(), self._pad_x)
        return size if self._size <= theme.TEXT_SMALL else QSize(size.width(), size.height() + 6)

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The shared painting."""
        painter = QPainter(self)
        paint_tag(
            painter, QRectF(self.rect()), self.text(), self._tone, self._mark, self._tag_font(), self._pad_x
        )

    def _tag_font(self) -> QFont:
        return theme.sized(self.font(), self._size)
