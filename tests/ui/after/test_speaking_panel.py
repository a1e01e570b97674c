"""发言用时 after the meeting: corrected in place, as a picture, and added up."""

from __future__ import annotations

from pathlib import Path

import pytest
from after_parts import Parts, make_parts
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from huifeng_desktop.domain.agenda import AgendaItem, ItemKind
from huifeng_desktop.domain.speaker_timer import Run
from huifeng_desktop.rules.speaking import SpeakingRow
from huifeng_desktop.service.printed.charts import SpeakingChart
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.after.lists_card import SPEAKING
from huifeng_desktop.ui.after.page import AfterPage
from huifeng_desktop.ui.charts.painting import ChartView
from huifeng_desktop.ui.during.forms import DurationForm


@pytest.fixture
def parts(qapp: QApplication, tmp_path: Path) -> Parts:
    """财政工作 took 6:35 of 6:00; 小结 was not timed."""
    theme.apply_theme(qapp)
    return make_parts(tmp_path / "data")


@pytest.fixture
def page(parts: Parts, qtbot: QtBot) -> AfterPage:
    """The page at its 发言用时."""
    page = AfterPage(parts.context)
    qtbot.addWidget(page)
    page.resize(1366, 716)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.lists.switch.set_index(SPEAKING)
    return page


def _fill(page: AfterPage, seconds: int, why: str) -> None:
    form = page.window().findChild(DurationForm)
    assert isinstance(form, DurationForm)
    form.span.set_value(seconds)
    form.reason.setText(why)
    form.confirm()


def test_an_actual_time_is_corrected_with_the_old_value_kept(page: AfterPage, parts: Parts) -> None:
    panel = page.lists.speaking
    panel.table.selectRow(0)
    assert panel.correct.isEnabled()
    panel.correct.click()
    _fill(page, 350, "漏按结束")
    row = parts.context.podium.rows()[0]
    assert (row.spoken_s, row.over_s) == (350, 0)
    assert (row.corrections[-1].was_s, row.corrections[-1].why) == (395, "漏按结束")
    subtitle = panel.model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "6:35 更正为 5:50（漏按结束）" in subtitle


def test_enter_on_an_item_asks_for_its_time_and_rules_on_nobody(page: AfterPage, parts: Parts) -> None:
    panel = page.lists.speaking
    panel.table.setFocus()
    panel.table.selectRow(1)
    QTest.keyClick(panel.table, Qt.Key.Key_Return)
    _fill(page, 240, "")
    row = parts.context.podium.rows()[1]
    assert (row.spoken_s, row.run, row.corrections[0].why) == (240, Run.FINISHED, "手工更正")
    assert not [event for event in parts.on_disk() if event.kind.value == "ruling"]


def test_totals_by_unit_speaker_and_type(page: AfterPage) -> None:
    panel = page.lists.speaking
    QAbstractItemModelTester(panel.shares_model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    found = []
    for place in (2, 3, 4):
        panel.switch.set_index(place)
        model = panel.shares_model
        found.append([str(model.index(0, column).data()) for column in range(model.columnCount())])
    assert found == [
        ["县财政局", "1", "6:00", "6:35", "0:35"],
        ["赵　镕　县财政局", "1", "6:00", "6:35", "0:35"],
        ["汇报", "1", "6:00", "6:35", "0:35"],
    ]
    assert not panel.correct.isEnabled()


def test_the_picture_tells_over_time_without_colour(page: AfterPage) -> None:
    panel = page.lists.speaking
    panel.switch.set_index(1)
    grey = panel.chart.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    inks = {grey.pixelColor(x, 47).red() for x in range(144, grey.width() - 98)}
    assert min(inks) < 90 and max(inks) > 200
    assert "财政工作 限时 6:00 实际 6:35 +0:35" in panel.chart.accessibleDescription()


def test_a_picture_of_nothing_and_of_one_second(qtbot: QtBot) -> None:
    chart = ChartView(SpeakingChart())
    qtbot.addWidget(chart)
    for rows in ([], [_row(None, 1)], [_row(600, None)]):
        chart.show_chart(SpeakingChart(tuple(rows)))
        assert not chart.grab().isNull()


def _row(limit: int | None, spoken: int | None) -> SpeakingRow:
    item = AgendaItem("i1", "议题", kind=ItemKind.CUSTOM)
    return SpeakingRow(1, item, Run.FINISHED, limit, 0, spoken, 0, 0, (), None)
