"""座位图: the hall from above. Filled seats are dark, empty ones hollow and crossed, excused ones hatched."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen

from huifeng_desktop.service.printed.charts import SEAT_HEAD, SEAT_ROW, SeatCell, SeatsChart
from huifeng_desktop.service.printed.places import line_words
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.charts.kit import nothing, title

_WIDEST, _GAP, _SMALLEST = 64.0, 3.0, 7
_NARROWEST = 0.6
"""How far a name may be condensed before it is rather set smaller."""


def paint_seats(painter: QPainter, chart: SeatsChart, size: QSizeF) -> None:
    """Title, rostrum, a row of seats for each row of the hall, and the key."""
    title(painter, chart.name)
    if not chart.cells:
        nothing(painter, size, "名单里没有座位")
        return
    lines, numbers = chart.lines, chart.numbers
    hint = theme.ui_font(theme.TEXT_HINT)
    label = 8 + max(QFontMetricsF(hint).horizontalAdvance(line_words(line)) for line in lines)
    wide = min(_WIDEST, (size.width() - label - 4) / len(numbers))
    left = label + (size.width() - label - 4 - wide * len(numbers)) / 2
    _rostrum(painter, left + wide * len(numbers) / 2)
    font = theme.ui_font(_size_for(chart, wide))
    painter.setFont(hint)
    painter.setPen(QColor(theme.MUTE))
    for row, line in enumerate(lines):
        box = QRectF(left - label, SEAT_HEAD + row * SEAT_ROW, label - 5, SEAT_ROW)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, line_words(line))
    painter.setFont(font)
    for cell in chart.cells:
        x = left + numbers.index(cell.place.number) * wide
        y = SEAT_HEAD + lines.index(cell.place.line) * SEAT_ROW
        inset = min(_GAP, wide / 8)
        _seat(painter, cell, QRectF(x + inset / 2, y + 2, wide - inset, SEAT_ROW - 4))
    _key(painter, left, SEAT_HEAD + len(lines) * SEAT_ROW + 6)


def _size_for(chart: SeatsChart, wide: float) -> int:
    """The largest size at which nine names in ten fit; a longer one is set closer."""
    widths = sorted(len(one.name) for one in chart.cells)
    usual = max(2, widths[len(widths) * 9 // 10 - 1] if len(widths) > 1 else widths[0])
    return max(_SMALLEST, min(theme.TEXT_SMALL, int((wide - _GAP - 2) / usual)))


def _rostrum(painter: QPainter, middle: float) -> None:
    box = QRectF(middle - 80, 28, 160, 26)
    painter.setBrush(QColor(theme.LINE))
    painter.setPen(QPen(QColor(theme.INK), 1))
    painter.drawRect(box)
    painter.setFont(theme.ui_font(13, bold=True))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "主　席　台")


def _seat(painter: QPainter, cell: SeatCell, box: QRectF) -> None:
    painter.setBrush(_brush(cell.filled))
    painter.setPen(QPen(QColor(theme.INK), 1))
    painter.drawRect(box)
    if cell.filled is False:
        painter.drawLine(box.bottomLeft(), box.topRight())
    painter.save()
    width = QFontMetricsF(painter.font()).horizontalAdvance(cell.name)
    room = box.width() - 2
    painter.translate(box.center())
    if width > room:
        closer = room / width
        painter.scale(closer, min(1.0, closer / _NARROWEST))
    if cell.filled is not True:
        _ground(painter, width)
    painter.setPen(QColor("#ffffff" if cell.filled else theme.INK))
    metrics = QFontMetricsF(painter.font())
    painter.drawText(QPointF(-width / 2, (metrics.ascent() - metrics.descent()) / 2), cell.name)
    painter.restore()


def _ground(painter: QPainter, width: float) -> None:
    """White behind a name, so that hatching and stroke do not run through it."""
    high = QFontMetricsF(painter.font()).height()
    painter.fillRect(QRectF(-width / 2 - 1, -high / 2, width + 2, high), QColor("#ffffff"))


def _brush(filled: bool | None) -> QBrush:
    if filled:
        return QBrush(QColor(theme.ACCENT))
    if filled is None:
        return QBrush(QColor(theme.MUTE), Qt.BrushStyle.BDiagPattern)
    return QBrush(Qt.BrushStyle.NoBrush)


def _key(painter: QPainter, left: float, top: float) -> None:
    painter.setFont(theme.ui_font(theme.TEXT_SMALL))
    for place, (filled, word) in enumerate(((True, "到会"), (None, "请假"), (False, "未到"))):
        box = QRectF(left + place * 70, top + 2, 22, 12)
        painter.setBrush(_brush(filled))
        painter.setPen(QPen(QColor(theme.INK), 1))
        painter.drawRect(box)
        if filled is False:
            painter.drawLine(box.bottomLeft(), box.topRight())
        painter.drawText(QRectF(box.right() + 5, top - 2, 40, 20), Qt.AlignmentFlag.AlignVCenter, word)
