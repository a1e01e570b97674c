"""Charts on paper: drawn by the same hand as in the window, dark enough in grey, at their own proportions."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from huifeng_desktop.domain.agenda import AgendaItem, ItemKind
from huifeng_desktop.domain.speaker_timer import Run
from huifeng_desktop.rules.ledger import TrendPoint
from huifeng_desktop.rules.speaking import SpeakingRow
from huifeng_desktop.service.printed.charts import (
    WIDTH,
    ArrivalChart,
    Chart,
    SeatCell,
    SeatsChart,
    SpeakingChart,
    TrendChart,
    UnitBar,
    UnitsChart,
)
from huifeng_desktop.service.printed.marks import Page, Picture
from huifeng_desktop.service.printed.places import Place
from huifeng_desktop.ui.printing.pdf import QtPdfPrinter

START = datetime(2026, 3, 12, 14, 30).astimezone()
ITEM = AgendaItem("i1", "财政工作", kind=ItemKind.REPORT)
CHARTS: list[Chart] = [
    ArrivalChart(tuple(START - timedelta(minutes=m) for m in (30, 12, 5, 1)), 6, ((START, "通知"),)),
    UnitsChart((UnitBar("县审计局", 1, 2), UnitBar("县水利局", 2, 2))),
    SeatsChart(
        tuple(
            SeatCell(Place(1 + n // 3, 1 + n % 3), name, filled)
            for n, (name, filled) in enumerate((("王　磊", True), ("买买提·艾则孜", False), ("何　平", None)))
        )
    ),
    SpeakingChart((SpeakingRow(1, ITEM, Run.FINISHED, 600, 0, 640, 40, 0, (), None),)),
    TrendChart(tuple(TrendPoint("例会", START + timedelta(days=d), 10, 10 - d) for d in range(4))),
]


@pytest.mark.parametrize("chart", CHARTS, ids=lambda one: type(one).__name__)
def test_a_chart_is_a_picture_that_reads_in_grey(chart: Chart, qtbot: QtBot) -> None:
    image = QImage.fromData(QtPdfPrinter().png(chart, 156))
    assert abs(image.width() / image.height() - WIDTH / chart.height) < 0.02
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    inks = {
        grey.pixelColor(x, y).red() for x in range(0, grey.width(), 5) for y in range(0, grey.height(), 3)
    }
    assert min(inks) < 90 and max(inks) == 255


def test_filled_excused_and_empty_seats_differ_without_colour(qtbot: QtBot) -> None:
    """How black a hall of three seats is: full, hatched, crossed by one line; all else is alike."""
    full, hatched, crossed = (_ink(_hall(filled)) for filled in (True, None, False))
    assert full > hatched * 1.3 and hatched > crossed


def _hall(filled: bool | None) -> SeatsChart:
    return SeatsChart(tuple(SeatCell(Place(1, number), "", filled) for number in (1, 2, 3)))


def _ink(chart: Chart) -> int:
    image = QImage.fromData(QtPdfPrinter().png(chart, 100)).convertToFormat(QImage.Format.Format_Grayscale8)
    places = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return sum(image.pixelColor(x, y).red() < 200 for x, y in places)


@pytest.mark.parametrize("chart", [ArrivalChart(), UnitsChart(), SpeakingChart(), TrendChart(), SeatsChart()])
def test_a_chart_of_nothing_is_drawn_too(chart: Chart, qtbot: QtBot) -> None:
    assert not QImage.fromData(QtPdfPrinter().png(chart, 100)).isNull()
    assert isinstance(chart.words, str)


def test_a_page_takes_charts_among_its_marks(qtbot: QtBot) -> None:
    marks = tuple(Picture(28, 20 + 60 * place, 154, 55, chart) for place, chart in enumerate(CHARTS))
    content = QtPdfPrinter().pdf([Page(210, 297, marks)], "图表")
    assert content.startswith(b"%PDF-") and len(content) > 5_000
