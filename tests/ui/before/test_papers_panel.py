"""打印材料 in 会前: what can be printed, how it stands, and what has changed since."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from before_parts import START, Parts, latin_words, make_parts, words_on
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from huifeng_desktop.clock import FixedClock
from huifeng_desktop.domain.agenda import AgendaItem, ItemKind
from huifeng_desktop.domain.badge import make_badge
from huifeng_desktop.domain.events import EventKind, Fact
from huifeng_desktop.domain.people import Seat
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.before.page import BeforePage
from huifeng_desktop.ui.before.papers_panel import PapersPanel
from huifeng_desktop.ui.before.steps import StepName
from huifeng_desktop.ui.kit.step_list import StepState
from huifeng_desktop.ui.papers.reprint_dialog import ReprintDialog


@pytest.fixture
def parts(tmp_path: Path, qapp: QApplication) -> Parts:
    theme.apply_theme(qapp)
    return make_parts(tmp_path / "data", FixedClock(START))


@pytest.fixture
def page(parts: Parts, qtbot: QtBot, tmp_path: Path) -> BeforePage:
    page = BeforePage(parts.context, choose_file=lambda title: None, choose_folder=lambda: tmp_path / "out")
    qtbot.addWidget(page)
    page.resize(1366, 716)
    page.show()
    return page


@pytest.fixture
def loaded(page: BeforePage, parts: Parts) -> PapersPanel:
    """Ninety people with badges, and an agenda."""
    taken: set[str] = set()
    seats = []
    for seq in range(1, 91):
        badge = make_badge("m", f"s{seq}", taken)
        taken.add(badge)
        seats.append(Seat(f"s{seq}", seq, f"单位{seq // 2}", f"张{chr(0x4E00 + seq)}", "局长", badge=badge))
    item = AgendaItem("i1", "财政工作", "张一", "单位1", ItemKind.REPORT, 360)
    parts.context.session.state_facts(
        [
            Fact(EventKind.ROSTER_LOADED, START, body={"seats": [seat.to_json() for seat in seats]}),
            Fact(EventKind.AGENDA_LOADED, START, body={"items": [item.to_json()]}),
        ]
    )
    return papers_of(page)


def papers_of(page: BeforePage) -> PapersPanel:
    page.open_step(StepName.PAPERS)
    panel = page.panel(StepName.PAPERS)
    assert isinstance(panel, PapersPanel)
    panel.exporting.ask_about = lambda options, go: go(options)
    return panel


def settled(panel: PapersPanel, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not panel.exporting.is_busy and not panel.watch.is_busy, timeout=60_000)


def rename(parts: Parts, seq: int, name: str) -> None:
    session = parts.context.session
    seats = [replace(one, name=name) if one.seq == seq else one for one in session.state.seats]
    body = {"seats": [one.to_json() for one in seats], "source": "test"}
    session.state_facts([Fact(EventKind.ROSTER_LOADED, START, body=body)])


def test_nothing_can_be_printed_of_what_is_not_there_yet(page: BeforePage) -> None:
    panel = papers_of(page)
    enabled = {paper for paper, line in panel.lines.items() if line.buttons.popitem()[1].isEnabled()}
    assert enabled == {"sign_sheet", "leave_form"}
    assert panel.lines["cards"].tag.text() == "还没有名单" and latin_words(words_on(panel)) == []


def test_papers_are_made_where_one_looks_for_them(
    loaded: PapersPanel, parts: Parts, qtbot: QtBot, tmp_path: Path
) -> None:
    for paper, suffix in (("sign_sheet", "pdf"), ("agenda", "docx")):
        loaded.lines[paper].buttons[suffix].click()
        settled(loaded, qtbot)
    names = sorted(file.name.split("_", 2)[2] for file in (tmp_path / "out").iterdir())
    assert names == ["会议议程.docx", "签到表.pdf"]
    assert loaded.lines["agenda"].tag.text() == "与现在一致" and loaded.open_folder.isVisible()
    assert latin_words([loaded.lines["agenda"].remark.full_text()]) == []


def test_a_new_name_says_which_page_and_card_and_prints_them(
    loaded: PapersPanel, page: BeforePage, parts: Parts, qtbot: QtBot, tmp_path: Path
) -> None:
    for paper in ("sign_sheet", "cards", "badges"):
        loaded.exporting.export_paper(paper, "pdf")
        settled(loaded, qtbot)
    before = set((tmp_path / "out").iterdir())
    rename(parts, 60, "王垚")
    settled(loaded, qtbot)
    row = page.steps.row(StepName.PAPERS).step()
    assert (row.subtitle, row.state) == ("需重印 3 处", StepState.ATTENTION)
    assert loaded.notice.text().startswith("印过的材料有 3 处要重印：签到表第 ")
    loaded.notice.action_requested.emit()
    dialog = next(one for one in loaded.findChildren(ReprintDialog) if one.isVisible())
    assert latin_words(words_on(dialog)) == []
    dialog.again.click()
    settled(loaded, qtbot)
    made = sorted(set((tmp_path / "out").iterdir()) - before)
    assert [len(PdfReader(file).pages) for file in made] == [1, 1, 1]
    assert loaded.notice.isHidden() and page.steps.row(StepName.PAPERS).step().state is StepState.DONE


def test_the_step_tells_of_changes_while_another_one_is_open(
    loaded: PapersPanel, page: BeforePage, parts: Parts, qtbot: QtBot
) -> None:
    loaded.exporting.export_paper("cards")
    settled(loaded, qtbot)
    page.open_step(StepName.ROSTER)
    rename(parts, 60, "王垚")
    settled(loaded, qtbot)
    assert page.steps.row(StepName.PAPERS).step().subtitle == "需重印 1 处"
