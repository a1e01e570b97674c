"""Exporting from the page 会后: beside the window, cancellable, and by the options of its menu."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from after_parts import Parts, at, make_parts
from openpyxl import load_workbook
from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from huifeng_desktop.domain.attendance import Decision
from huifeng_desktop.domain.events import EventKind, Fact
from huifeng_desktop.rules.ordering import Order
from huifeng_desktop.service.papers import PaperOptions
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.after.page import AfterPage
from huifeng_desktop.ui.after.paper_menu import PaperMenu, options_from


@pytest.fixture(autouse=True)
def _themed(qapp: QApplication) -> None:
    theme.apply_theme(qapp)


@pytest.fixture
def parts(tmp_path: Path) -> Parts:
    return make_parts(tmp_path / "data")


@pytest.fixture
def page(parts: Parts, qtbot: QtBot, tmp_path: Path) -> AfterPage:
    page = AfterPage(parts.context, choose_folder=lambda: tmp_path / "out")
    qtbot.addWidget(page)
    page.resize(1366, 716)
    page.show()
    return page


def finished(page: AfterPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page.exporting.is_busy, timeout=30_000)


def cells(file: Path, sheet: str | None = None) -> list[list[object]]:
    book = load_workbook(file)
    return [list(row) for row in (book[sheet] if sheet else book.active).values]


def test_an_export_can_be_cancelled(page: AfterPage, parts: Parts, qtbot: QtBot, tmp_path: Path) -> None:
    page.papers.all.click()
    page.papers.cancel.click()
    finished(page, qtbot)
    assert parts.last_words == "已取消导出，没有写入任何文件。"
    assert not (tmp_path / "out").exists() and page.papers.all.isEnabled()


def test_what_changes_during_an_export_stays_out_of_it(
    page: AfterPage, parts: Parts, qtbot: QtBot, tmp_path: Path
) -> None:
    page.exporting.export_paper("details")
    parts.context.rulings.rule("s6", Decision.ABSENT, by="林静")
    finished(page, qtbot)
    (file,) = (tmp_path / "out").iterdir()
    assert not any("已认定" in str(cell) for row in cells(file) for cell in row)


def test_a_name_that_the_font_lacks_is_told(page: AfterPage, parts: Parts, qtbot: QtBot) -> None:
    rare = replace(parts.session.state.seats[1], seat_id="s99", seq=99, name="𬱖𡋾")
    parts.session.state_facts([Fact(EventKind.SEAT_ADDED, at("09:00"), body={"seat": rare.to_json()})])
    page.exporting.export_paper("slip")
    finished(page, qtbot)
    assert page.papers.warning.isVisible() and "𬱖𡋾（县水利局）" in page.papers.warning.toolTip()


def test_other_papers_and_the_order_of_lists(
    page: AfterPage, parts: Parts, qtbot: QtBot, tmp_path: Path
) -> None:
    menu = PaperMenu(page.exporting.export_paper, parts.context.settings, page)
    actions = {action.text(): action for action in menu.actions() if action.text()}
    assert list(actions)[:4] == ["签到表（空白）", "席卡", "证件（带二维码）", "座位图"]
    orders = actions["名单排序"].menu()
    assert isinstance(orders, QMenu)
    next(action for action in orders.actions() if action.text() == "姓氏笔画").trigger()
    actions["通报只写到单位"].trigger()
    assert options_from(parts.context.settings) == PaperOptions(order=Order.STROKES, circular_names=False)
    actions["签到表（空白）"].trigger()
    finished(page, qtbot)
    (file,) = (tmp_path / "out").iterdir()
    names = [row[2] for row in cells(file, "出席")][4:9]
    assert names == ["王　磊", "吴　堃", "陆　川", "欧阳建", "黄　敏"]


def test_a_setting_that_makes_no_sense_is_left_aside(parts: Parts) -> None:
    parts.context.settings.put("papers_order", "sideways")
    assert options_from(parts.context.settings).order is Order.HOUSE


def test_a_bug_in_a_paper_is_not_swallowed(
    page: AfterPage, parts: Parts, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts.context.papers, "warnings", lambda still: 1 // 0)
    with qtbot.captureExceptions() as caught:
        page.exporting.export_paper("slip")
        finished(page, qtbot)
    assert caught[0][0] is ZeroDivisionError and page.papers.all.isEnabled()


def test_the_window_goes_on_while_papers_are_made(page: AfterPage, parts: Parts, qtbot: QtBot) -> None:
    seats = [
        replace(seat, seat_id=f"x{number}", seq=number, badge="", same_person="")
        for number in range(1, 400)
        for seat in parts.session.state.seats[1:2]
    ]
    body = {"seats": [seat.to_json() for seat in seats], "source": "test"}
    parts.session.state_facts([Fact(EventKind.ROSTER_LOADED, at("09:00"), body=body)])
    page.refresh()
    gaps, clock = [0], QElapsedTimer()
    clock.start()
    timer = QTimer(interval=10)
    timer.timeout.connect(lambda: gaps.append(clock.restart()))
    page.exporting.export_all()
    timer.start()
    finished(page, qtbot)
    assert len(gaps) > 10 and max(gaps) < 400
