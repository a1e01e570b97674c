"""Pages drawn with QPainter into a PDF in memory: the `PdfPrinter` port.

Works in whatever thread it is called from, as long as an application lives somewhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QImage,
    QImageWriter,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
    QTextOption,
)
from PySide6.QtWidgets import QApplication

from huifeng_desktop.service.printed.charts import WIDTH, Chart
from huifeng_desktop.service.printed.marks import (
    Align,
    Box,
    Face,
    Ink,
    Line,
    Mark,
    Modules,
    Page,
    Picture,
    Text,
)
from huifeng_desktop.ui.charts.painting import paint_chart
from huifeng_desktop.ui.printing import faces

DOTS_A_MM = 20
"""Resolution of the drawing; 508 dpi, so that 0.05 mm is one unit."""
_INCH_MM = 25.4
_POINT_MM = _INCH_MM / 72
_SMALLEST = 0.35
"""How far a wrapped text may shrink before it rather runs out of its box."""
_NARROWEST = 0.65
"""How far a line may be condensed before it is rather set smaller."""
_FARTHEST = 0.15
"""How much wider a line may be set to reach both edges."""
_PEN_MM = 0.45
"""Of signatures."""
_FIELD = QColor("#ECEBE7")
_ALIGN = {
    Align.LEFT: Qt.AlignmentFlag.AlignLeft,
    Align.CENTRE: Qt.AlignmentFlag.AlignHCenter,
    Align.RIGHT: Qt.AlignmentFlag.AlignRight,
    Align.FULL: Qt.AlignmentFlag.AlignJustify,
}


class QtPdfPrinter:
    """Makes an application of its own where there is none, as on the command line."""

    def __init__(self) -> None:
        self._application = QGuiApplication.instance() or QApplication(["会风"])

    def pdf(self, pages: Sequence[Page], title: str, family: str = "") -> bytes:
        """Every page at its own size."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setTitle(title)
        writer.setCreator("会风")
        writer.setResolution(round(DOTS_A_MM * _INCH_MM))
        painter: QPainter | None = None
        for page in pages:
            _set_size(writer, page)
            if painter is None:
                painter = QPainter(writer)
            else:
                writer.newPage()
            _draw(painter, page.marks, family)
        if painter is not None:
            painter.end()
        buffer.close()
        return bytes(buffer.data().data())

    def png(self, chart: Chart, width_mm: float) -> bytes:
        """On white at 200 dpi: sharp on paper, and quick enough to be made with all other papers."""
        scale = width_mm / _INCH_MM * 200 / WIDTH
        image = QImage(round(WIDTH * scale), round(chart.height * scale), QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painter.scale(scale, scale)
        paint_chart(painter, chart, QSizeF(WIDTH, chart.height))
        painter.end()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"png")).write(image)
        return bytes(buffer.data().data())

    def lacking(self, text: str, family: str) -> frozenset[str]:
        """Characters that the family does not hold."""
        return faces.lacking(text, family)

    def undrawable(self, text: str) -> frozenset[str]:
        """Characters that no installed font holds."""
        return faces.undrawable(text)


def draw_page(painter: QPainter, page: Page, family: str = "") -> None:
    """A page on something else than a PDF, in units of which DOTS_A_MM make a millimetre."""
    _draw(painter, page.marks, family)


def _set_size(writer: QPdfWriter, page: Page) -> None:
    size = QPageSize(QSizeF(page.width, page.height), QPageSize.Unit.Millimeter)
    layout = QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF())
    layout.setMode(QPageLayout.Mode.FullPageMode)
    writer.setPageLayout(layout)


def _draw(painter: QPainter, marks: Sequence[Mark], family: str) -> None:
    for mark in marks:
        match mark:
            case Text():
                _draw_text(painter, mark, family)
            case Box():
                _draw_box(painter, mark)
            case Line():
                painter.setPen(_pen(mark.line_mm, mark.dashed))
                painter.drawLine(_point(mark.x1, mark.y1), _point(mark.x2, mark.y2))
            case Modules():
                _draw_modules(painter, mark)
            case Picture():
                _draw_picture(painter, mark)
            case Ink():
                _draw_ink(painter, mark)


def _draw_box(painter: QPainter, box: Box) -> None:
    painter.setPen(Qt.PenStyle.NoPen if box.filled else _pen(box.line_mm))
    painter.setBrush(QBrush(_FIELD) if box.filled else QBrush(Qt.BrushStyle.NoBrush))
    painter.drawRect(_rect(box.x, box.y, box.width, box.height))


def _draw_modules(painter: QPainter, code: Modules) -> None:
    """Runs of dark modules as one rectangle each, so that no hair lines show between them."""
    side = code.side / max(1, len(code.rows))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(Qt.GlobalColor.black))
    for row, modules in enumerate(code.rows):
        start: int | None = None
        for column, dark in enumerate((*modules, False)):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                x, y = code.x + start * side, code.y + row * side
                painter.drawRect(_rect(x, y, (column - start) * side, side))
                start = None


def _draw_picture(painter: QPainter, picture: Picture) -> None:
    """The chart at its own proportions, as large as its box allows."""
    chart = picture.chart
    scale = min(picture.width / WIDTH, picture.height / chart.height) * DOTS_A_MM
    painter.save()
    painter.translate(_point(picture.x, picture.y))
    painter.scale(scale, scale)
    paint_chart(painter, chart, QSizeF(WIDTH, chart.height))
    painter.restore()


def _draw_ink(painter: QPainter, ink: Ink) -> None:
    """The strokes in the middle of the box, in one width of pen however large they were drawn."""
    left, top, right, bottom = ink.signature.bounds
    wide, high = max(1, right - left), max(1, bottom - top)
    scale = min(ink.width / wide, ink.height / high)
    x = ink.x + (ink.width - wide * scale) / 2 - left * scale
    y = ink.y + (ink.height - high * scale) / 2 - top * scale
    pen = QPen(Qt.GlobalColor.black, _PEN_MM * DOTS_A_MM)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    for stroke in ink.signature.strokes:
        painter.drawPolyline([_point(x + place[0] * scale, y + place[1] * scale) for place in stroke])


def _draw_text(painter: QPainter, text: Text, family: str) -> None:
    if not text.text:
        return
    box = QRectF(0, 0, text.width * DOTS_A_MM, text.height * DOTS_A_MM)
    painter.save()
    painter.translate(_point(text.x, text.y))
    if text.turned:
        painter.translate(box.width(), box.height())
        painter.rotate(180)
    painter.setPen(QPen(Qt.GlobalColor.black))
    if text.wraps:
        _draw_wrapped(painter, text, box, family)
    else:
        _draw_line_of_text(painter, text, box, family)
    painter.restore()


def _draw_line_of_text(painter: QPainter, text: Text, box: QRectF, family: str) -> None:
    """One line, set narrower where it is too long, and smaller where that would squeeze it."""
    size = text.size_pt * _POINT_MM * DOTS_A_MM
    width = QFontMetricsF(faces.font_of(text.face, size, family)).horizontalAdvance(text.text)
    scale = min(1.0, box.width() / width) if width else 1.0
    if scale < _NARROWEST:
        size *= scale / _NARROWEST
    font = faces.font_of(text.face, size, family)
    metrics = QFontMetricsF(font)
    width = metrics.horizontalAdvance(text.text)
    scale = min(1.0, box.width() / width) if width else 1.0
    spare = box.width() - width * scale
    if text.align is Align.FULL and 0 < spare <= width * _FARTHEST:
        font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 100 * box.width() / width)
    painter.setFont(font)
    left = {Align.CENTRE: spare / 2, Align.RIGHT: spare}.get(text.align, 0.0)
    painter.translate(left, (box.height() + metrics.capHeight()) / 2 + _sink(text.face, metrics))
    painter.scale(scale, 1.0)
    painter.drawText(QPointF(0, 0), text.text)


def _sink(face: Face, metrics: QFontMetricsF) -> float:
    """Ideographs reach a little below the baseline, so their middle lies under that of capitals."""
    return 0.06 * metrics.capHeight()


def _draw_wrapped(painter: QPainter, text: Text, box: QRectF, family: str) -> None:
    """Several lines, the whole set smaller until it fits."""
    option = QTextOption(_ALIGN[text.align] | Qt.AlignmentFlag.AlignVCenter)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    flags = int(Qt.TextFlag.TextWrapAnywhere) | int(_ALIGN[text.align].value)
    size = text.size_pt
    while True:
        font = faces.font_of(text.face, size * _POINT_MM * DOTS_A_MM, family)
        needed = QFontMetricsF(font).boundingRect(box, flags, text.text)
        fits = needed.height() <= box.height() and needed.width() <= box.width() + 1
        if fits or size <= text.size_pt * _SMALLEST:
            break
        size *= 0.94
    painter.setFont(font)
    painter.drawText(box, text.text, option)


def _pen(line_mm: float, dashed: bool = False) -> QPen:
    pen = QPen(QColor("#000000"))
    pen.setWidthF(line_mm * DOTS_A_MM)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if dashed:
        pen.setDashPattern([8.0, 6.0])
        pen.setColor(QColor("#777777"))
    return pen


def _point(x: float, y: float) -> QPointF:
    return QPointF(x * DOTS_A_MM, y * DOTS_A_MM)


def _rect(x: float, y: float, width: float, height: float) -> QRectF:
    return QRectF(x * DOTS_A_MM, y * DOTS_A_MM, width * DOTS_A_MM, height * DOTS_A_MM)
