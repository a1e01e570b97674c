"""Exporting from the page 会后: beside the window, cancellable, and by the options of its menu."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from after_parts import Parts, at, latin_words, make_parts, words_on
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from huifeng_desktop.domain.attendance import Decision
from huifeng_desktop.domain.events import EventKind, Fact
from huifeng_desktop.rules.ordering import Order
from huifeng_desktop.service.printed.choices import PaperOptions, Split
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.after.page import AfterPage
from huifeng_desktop.ui.after.paper_menu import PaperMenu
from huifeng_desktop.ui.papers.choices import keep_options, options_from
from huifeng_desktop.ui.papers.lacking_dialog import LackingDialog
from huifeng_desktop.ui.papers.options_dialog import OptionsDialog
from huifeng_desktop.ui.papers.reprint_dialog import ReprintDialog


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


def test_an_export_that_fails_at_one_file_replaces_none_and_counts_as_none(
    page: AfterPage, parts: Parts, qtbot: QtBot, tmp_path: Path
) -> None:
    page.papers.all.click()
    finished(page, qtbot)
    taken = next((tmp_path / "out").glob("*签到明细.xlsx"))
    taken.unlink()
    taken.mkdir()
    others = {file: file.stat().st_mtime_ns for file in (tmp_path / "out").iterdir() if file.is_file()}
    prints = sum(one.kind is EventKind.PRINTED for one in parts.context.session.state.log)
    page.papers.all.click()
    finished(page, qtbot)
    assert "签到明细.xlsx”：这个名字已是一个文件夹" in parts.last_words
    assert {file: file.stat().st_mtime_ns for file in others} == others
    assert len(list((tmp_path / "out").iterdir())) == len(others) + 1, "没有留下写了一半的文件"
    assert sum(one.kind is EventKind.PRINTED for one in parts.context.session.state.log) == prints


def test_what_changes_during_an_export_stays_out_of_it(
    page: AfterPage, parts: Parts, qtbot: QtBot, tmp_path: Path
) -> None:
    page.exporting.export_paper("details")
    parts.context.rulings.rule("s6", Decision.ABSENT, by="林静")
    finished(page, qtbot)
    (file,) = (tmp_path / "out").iterdir()
    assert not any("已认定" in str(cell) for row in cells(file) for cell in row)


def add_rare_name(parts: Parts) -> None:
    rare = replace(parts.session.state.seats[1], seat_id="s99", seq=99, name="𬱖𡋾")
    parts.session.state_facts([Fact(EventKind.SEAT_ADDED, at("09:00"), body={"seat": rare.to_json()})])


def test_a_name_that_the_font_lacks_is_told_before_anything_is_made(
    page: AfterPage, parts: Parts, qtbot: QtBot, tmp_path: Path
) -> None:
    add_rare_name(parts)
    asked: list[PaperOptions] = []
    page.exporting.ask_about = lambda options, go: asked.append(options)
    page.exporting.export_paper("cards")
    assert asked == [PaperOptions()] and not page.exporting.is_busy and not (tmp_path / "out").exists()


def test_another_font_may_be_taken_and_is_remembered(
    page: AfterPage, parts: Parts, qtbot: QtBot, tmp_path: Path
) -> None:
    add_rare_name(parts)
    asked: list[PaperOptions] = []

    def other(options: PaperOptions, go: Callable[[PaperOptions], None]) -> None:
        asked.append(options)
        go(replace(options, body_family="宋体"))

    page.exporting.ask_about = other
    for _ in range(2):
        page.exporting.export_paper("minutes")
        finished(page, qtbot)
    assert len(asked) == 1 and options_from(parts.context.settings).body_family == "宋体"
    (file,) = (tmp_path / "out").iterdir()
    styles = Document(str(file)).styles
    assert styles["Normal"].element.rPr.rFonts.get(qn("w:eastAsia")) == "宋体"


def test_the_word_on_a_lacking_font_does_not_hold_the_window_up(
    page: AfterPage, parts: Parts, qtbot: QtBot, tmp_path: Path
) -> None:
    add_rare_name(parts)
    page.exporting.export_paper("minutes")
    dialog = next(one for one in page.findChildren(LackingDialog) if one.isVisible())
    dialog.go_on.click()
    finished(page, qtbot)
    assert len(list((tmp_path / "out").iterdir())) == 1


def test_the_dialog_names_each_person_and_what_a_font_lacks(parts: Parts, qtbot: QtBot) -> None:
    add_rare_name(parts)
    context = parts.context
    dialog = LackingDialog(PaperOptions(), lambda options: context.papers.warnings(context.session, options))
    qtbot.addWidget(dialog)
    assert "𬱖𡋾（县水利局）" in dialog.people.toPlainText()
    assert not latin_words([dialog.people.toPlainText(), dialog.windowTitle()])
    dialog.family.setCurrentText("仿宋_GB2312")
    assert "吴堃（柳渡镇）“堃”" in dialog.people.toPlainText()
    assert dialog.options().body_family == "仿宋_GB2312"


def test_other_papers_and_how_they_are_made(
    page: AfterPage, parts: Parts, qtbot: QtBot, tmp_path: Path
) -> None:
    chosen: list[str] = []
    menu = PaperMenu(page.exporting.export_paper, lambda: chosen.append("options"), page)
    actions = {action.text(): action for action in menu.actions() if action.text()}
    assert list(actions)[:4] == ["签到表（空白）", "席卡", "证件（带二维码）", "座位图"]
    actions["导出设置…"].trigger()
    assert chosen == ["options"]
    keep_options(parts.context.settings, PaperOptions(order=Order.STROKES))
    actions["签到表（空白）"].trigger()
    finished(page, qtbot)
    (file,) = (tmp_path / "out").iterdir()
    names = [row[2] for row in cells(file, "出席")][4:9]
    assert names == ["王　磊", "吴　堃", "陆　川", "欧阳建", "黄　敏"]


def test_the_options_are_chosen_in_one_dialog_and_kept(page: AfterPage, parts: Parts, qtbot: QtBot) -> None:
    page.exporting.show_options()
    dialog = next(one for one in page.findChildren(OptionsDialog) if one.isVisible())
    assert not dialog.single.isEnabled() and not dialog.desks.isVisible()
    dialog.order.setCurrentText("姓氏笔画")
    dialog.single.setCurrentIndex(1)
    dialog.split.setCurrentText("按签到台")
    dialog.desks.setValue(3)
    dialog.units_only.setChecked(True)
    dialog.family.setCurrentText("仿宋_GB2312")
    assert dialog.single.isEnabled() and dialog.desks.isVisible()
    assert "吴堃（柳渡镇）“堃”" in dialog.warning.toolTip()
    said = [text.replace("_GB2312", "").replace("_GBK", "") for text in words_on(dialog)]
    assert latin_words(said) == []
    dialog.store.click()
    assert options_from(parts.context.settings) == PaperOptions(
        order=Order.STROKES,
        single_name_first=False,
        circular_names=False,
        body_family="仿宋_GB2312",
        split=Split.DESK,
        desks=3,
    )


def test_a_setting_that_makes_no_sense_is_left_aside(parts: Parts) -> None:
    parts.context.settings.put("paper_options", {"order": "sideways", "desks": 99, "split": 3})
    assert options_from(parts.context.settings) == PaperOptions(desks=12)
    parts.context.settings.put("paper_options", "nonsense")
    assert options_from(parts.context.settings) == PaperOptions()


# -- what to print again ---------------------------------------------------------------------------


def compared(page: AfterPage, qtbot: QtBot) -> None:
    finished(page, qtbot)
    qtbot.waitUntil(lambda: not page.watch.is_busy, timeout=30_000)


def test_a_ruling_after_the_print_is_told_and_printed_again_with_one_press(
    page: AfterPage, parts: Parts, qtbot: QtBot, tmp_path: Path
) -> None:
    page.exporting.export_paper("details")
    compared(page, qtbot)
    assert page.papers.due.text() == "印过的与现在一致"
    parts.context.rulings.rule("s6", Decision.ABSENT, by="林静")
    compared(page, qtbot)
    assert page.papers.due.isVisible() and page.papers.due.text() == "需重印 1 处"
    page.papers.changes.click()
    dialog = next(one for one in page.findChildren(ReprintDialog) if one.isVisible())
    assert [line.text() for line in dialog.lines] == ["签到明细：重印第 1 页"]
    dialog.again.click()
    compared(page, qtbot)
    assert any("重印 第 1 页.pdf" in file.name for file in (tmp_path / "out").iterdir())
    assert page.papers.due.text() == "印过的与现在一致"


def test_what_was_dealt_with_otherwise_leaves_the_list(
    page: AfterPage, parts: Parts, qtbot: QtBot, tmp_path: Path
) -> None:
    page.exporting.export_paper("details")
    compared(page, qtbot)
    parts.context.rulings.rule("s6", Decision.ABSENT, by="林静")
    compared(page, qtbot)
    page.exporting.settle(page.watch.dues)
    compared(page, qtbot)
    assert page.papers.due.text() == "印过的与现在一致" and len(list((tmp_path / "out").iterdir())) == 1


def test_a_print_that_went_wrong_is_taken_back(page: AfterPage, parts: Parts, qtbot: QtBot) -> None:
    page.exporting.export_paper("details")
    compared(page, qtbot)
    parts.context.rulings.rule("s6", Decision.ABSENT, by="林静")
    compared(page, qtbot)
    page.exporting.print_again(page.watch.dues)
    compared(page, qtbot)
    page.papers.changes.click()
    dialog = next(one for one in page.findChildren(ReprintDialog) if one.isVisible())
    assert latin_words(words_on(dialog)) == [] and not dialog.dealt.isVisible()
    dialog.jams["details"].click()
    compared(page, qtbot)
    assert page.papers.due.text() == "需重印 1 处", "页没有印成，仍要重印"
    page.exporting.take_back("details")
    compared(page, qtbot)
    assert not page.papers.due.isVisible(), "整份没有印成，就没有印过"
    page.exporting.take_back("details")
    assert parts.last_words == "这份材料没有印过的记录，请先导出打印。"


def test_a_single_card_is_a_file_of_its_own(
    page: AfterPage, parts: Parts, qtbot: QtBot, tmp_path: Path
) -> None:
    page.exporting.export_person("cards", "s2")
    compared(page, qtbot)
    (file,) = (tmp_path / "out").iterdir()
    assert file.name.endswith("席卡_重印 王磊（县水利局）.pdf") and len(PdfReader(file).pages) == 1


def test_everything_is_compared_after_everything_was_exported(
    page: AfterPage, parts: Parts, qtbot: QtBot
) -> None:
    page.exporting.export_all()
    compared(page, qtbot)
    assert page.watch.dues == [] and {"details", "sign_sheet", "circular", "cards"} <= set(page.watch.printed)


def test_a_bug_in_a_paper_is_not_swallowed(
    page: AfterPage, parts: Parts, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts.context.papers, "export_one", lambda *_, **__: 1 // 0)
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
    assert len(gaps) > 10 and max(gaps) < sum(gaps) / 3, "一次也没有停到像在窗口里做材料那么久"
