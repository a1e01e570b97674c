"""图表 in 会后: the pictures show the meeting's own figures and are drawn in any state."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from after_parts import make_parts
from pytestqt.qtbot import QtBot

from huifeng_desktop.service.printed.charts import UnitBar, seats_chart, units_chart
from huifeng_desktop.ui.after.lists_card import CHARTS
from huifeng_desktop.ui.after.page import AfterPage


def test_units_with_somebody_missing_come_first(tmp_path: Path, qtbot: QtBot) -> None:
    parts = make_parts(tmp_path)
    bars = units_chart(parts.session.verdicts()).bars
    assert bars[0] == UnitBar("柳渡镇", 0, 1)
    assert sum(bar.expected for bar in bars) == parts.session.totals().expected
    assert sum(bar.present for bar in bars) == parts.session.totals().present


def test_the_pictures_tell_the_meetings_figures(tmp_path: Path, qtbot: QtBot) -> None:
    parts = make_parts(tmp_path)
    shown = AfterPage(parts.context, choose_folder=lambda: None)
    qtbot.addWidget(shown)
    shown.resize(1366, 716)
    shown.show()
    shown.lists.switch.set_index(CHARTS)
    assert shown.lists.charts.isVisible() and not shown.lists.search.isVisible()
    assert shown.lists.charts.arrivals.accessibleName() == "到齐曲线：应到 6，通知时间前签到 3"
    assert "柳渡镇 0/1" in shown.lists.charts.units.accessibleDescription()
    image = shown.lists.charts.units.grab().toImage()
    assert image.height() == shown.lists.charts.units.height()
    assert shown.width() == 1366


def test_the_charts_have_the_whole_middle(tmp_path: Path, qtbot: QtBot) -> None:
    page = AfterPage(make_parts(tmp_path).context, choose_folder=lambda: None)
    qtbot.addWidget(page)
    page.resize(1366, 716)
    page.show()
    page.lists.switch.set_index(CHARTS)
    qtbot.waitUntil(lambda: page.lists.width() > 1000)
    page.lists.switch.set_index(0)
    qtbot.waitUntil(lambda: page.case_card.isVisible() and page.lists.width() <= 620)


def test_the_hall_from_above_says_who_was_there(tmp_path: Path, qtbot: QtBot) -> None:
    parts = make_parts(tmp_path)
    verdicts = parts.session.verdicts()
    assert seats_chart(verdicts).cells == ()
    placed = [
        replace(one, seat=replace(one.seat, place=f"1排{number}号")) for number, one in enumerate(verdicts, 1)
    ]
    chart = seats_chart(placed)
    seated = [one for one in placed if one.disposition is not None]
    assert [cell.place.number for cell in chart.cells] == [placed.index(one) + 1 for one in seated]
    assert [cell.filled is True for cell in chart.cells] == [one.is_present for one in seated]
    assert chart.words.startswith(
        f"有座位的 {len(seated)} 人，到会 {sum(one.is_present for one in seated)} 人"
    )
