"""Two bars: time used against its limit, and how the expected seats divide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from huifeng_desktop.ui import theme
from huifeng_desktop.ui.theme import Tone


class ProgressBar(QWidget):
    """A thin bar with a mark at the amber moment."""

    def __init__(self, *, height: int = 10, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fraction = 0.0
        self._mark: float | None = None
        self._tone = Tone.OK
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def fraction(self) -> float:
        """How much is filled, 0 to 1."""
        return self._fraction

    def set_progress(self, fraction: float, mark: float | None = None, tone: Tone = Tone.OK) -> None:
        """Fill to `fraction` (cut to 0–1); `mark` is where amber begins, on the same scale."""
        state = (min(max(fraction, 0.0), 1.0), mark, tone)
        if state != (self._fraction, self._mark, self._tone):
            self._fraction, self._mark, self._tone = state
            self.update()

    def sizeHint(self) -> QSize:
        """As wide as it gets."""
        return QSize(160, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Trough, filling, mark."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        clip = QPainterPath()
        clip.addRoundedRect(QRectF(self.rect()), self.height() / 2, self.height() / 2)
        painter.setClipPath(clip)
        painter.fillRect(self.rect(), QColor(theme.TROUGH))
        colour = QColor(theme.WARN_MARK) if self._tone is Tone.WARN else theme.tone_ink(self._tone)
        painter.fillRect(QRectF(0, 0, self.width() * self._fraction, self.height()), colour)
        if self._mark is not None:
            mark_colour = QColor(theme.CARD if self._fraction > self._mark else theme.WARN_MARK)
            painter.fillRect(QRectF(round(self.width() * self._mark) - 1, 0, 2, self.height()), mark_colour)


@dataclass(frozen=True, slots=True)
class BarPart:
    """One part of a stacked bar."""

    label: str
    count: int
    colour: str


class DispositionBar(QWidget):
    """A stacked bar, its legend with the counts, and a remark at the right (the identity)."""

    _BAR_HEIGHT = 16
    _LEGEND_TOP = 22
    _LEGEND_HEIGHT = 22
    _SMALLEST = 8.0

    def __init__(self, parts: Sequence[BarPart] = (), note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = tuple(parts)
        self._note = note
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._font = theme.ui_font(13)

    def set_parts(self, parts: Sequence[BarPart], note: str = "") -> None:
        """Show another division."""
        self._parts, self._note = tuple(parts), note
        self.setAccessibleName("，".join(f"{part.label} {part.count}" for part in parts))
        self.update()

    def sizeHint(self) -> QSize:
        """Bar and one line of legend."""
        return QSize(480, self._LEGEND_TOP + self._LEGEND_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """The height is fixed."""
        return QSize(240, self.sizeHint().height())

    def part_widths(self) -> list[float]:
        """Pixels of each part: by count, but a part that exists stays visible; they fill the bar."""
        total = sum(part.count for part in self._parts)
        if not total:
            return [0.0] * len(self._parts)
        room = self.width() - max(0, sum(1 for part in self._parts if part.count) - 1)
        raw = [part.count and max(self._SMALLEST, room * part.count / total) for part in self._parts]
        surplus = sum(raw) - room
        largest = raw.index(max(raw))
        return [width - surplus if place == largest else float(width) for place, width in enumerate(raw)]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Bar, then legend."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_bar(painter)
        self._paint_legend(painter)

    def _paint_bar(self, painter: QPainter) -> None:
        painter.save()
        clip = QPainterPath()
        clip.addRoundedRect(QRectF(0, 0, self.width(), self._BAR_HEIGHT), 4, 4)
        painter.setClipPath(clip)
        widths = self.part_widths()
        ground = theme.CARD if any(widths) else theme.TROUGH
        painter.fillRect(0, 0, self.width(), self._BAR_HEIGHT, QColor(ground))
        left = 0.0
        for part, width in zip(self._parts, widths, strict=True):
            if width:
                painter.fillRect(QRectF(left, 0, width, self._BAR_HEIGHT), QColor(part.colour))
                left += width + 1
        painter.restore()

    def _paint_legend(self, painter: QPainter) -> None:
        plain = theme.sized(self._font, 13)
        bold = theme.sized(self._font, 13, bold=True)
        base = self._LEGEND_TOP + self._LEGEND_HEIGHT / 2 + 5
        left = 0.0
        for part in self._parts:
            left = self._paint_entry(painter, part, QPointF(left, base), (plain, bold)) + 24
        painter.setFont(plain)
        painter.setPen(QColor(theme.MUTE))
        note_width = QFontMetrics(plain).horizontalAdvance(self._note)
        if left + note_width <= self.width():
            painter.drawText(QPointF(self.width() - note_width, base), self._note)

    @staticmethod
    def _paint_entry(painter: QPainter, part: BarPart, at: QPointF, fonts: tuple[QFont, QFont]) -> float:
        """One legend entry; returns its right edge."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(part.colour))
        painter.drawRoundedRect(QRectF(at.x(), at.y() - 10, 11, 11), 2, 2)
        painter.setPen(QColor(theme.INK))
        left = at.x() + 17
        for font, text, gap in ((fonts[0], part.label, 6), (fonts[1], str(part.count), 0)):
            painter.setFont(font)
            painter.drawText(QPointF(left, at.y()), text)
            left += QFontMetrics(font).horizontalAdvance(text) + gap
        return left
