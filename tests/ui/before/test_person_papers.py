"""补印: one person's card or badge, from the row in 名单 and from the lists at the door."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from before_parts import START, Parts, make_parts, roster_of
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from huifeng_desktop.clock import FixedClock
from huifeng_desktop.domain.badge import make_badge
from huifeng_desktop.domain.events import EventKind, Fact
from huifeng_desktop.domain.people import Category, Seat
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.before.page import BeforePage
from huifeng_desktop.ui.before.roster_panel import RosterPanel
from huifeng_desktop.ui.during.door.sign_in_card import SignInCard
from huifeng_desktop.ui.papers.person_menu import PersonPapers

SEATS = [
    Seat("s1", 1, "县水利局", "王磊", "局长"),
    Seat("s2", 2, "县档案馆", "", "馆长", Category.VACANT),
    Seat("s3", 3, "县融媒体中心", "文昊", "记者", Category.STAFF),
]


@pytest.fixture
def parts(tmp_path: Path, qapp: QApplication) -> Parts:
    theme.apply_theme(qapp)
    parts = make_parts(tmp_path / "data", FixedClock(START))
    taken: set[str] = set()
    seats = [replace(one, badge=make_badge("m", one.seat_id, taken)) for one in SEATS[:1]] + SEATS[1:]
    body = {"seats": [one.to_json() for one in seats]}
    parts.context.session.state_facts([Fact(EventKind.ROSTER_LOADED, START, body=body)])
    return parts


@pytest.fixture
def panel(parts: Parts, qtbot: QtBot, tmp_path: Path) -> RosterPanel:
    page = BeforePage(parts.context, choose_file=lambda title: None)
    qtbot.addWidget(page)
    page.show()
    panel = roster_of(page)
    panel.papers.choose_folder = lambda: tmp_path / "out"
    return panel


def printed(papers: PersonPapers, qtbot: QtBot, folder: Path) -> list[str]:
    qtbot.waitUntil(lambda: not papers.exporting.is_busy, timeout=30_000)
    files = sorted(folder.iterdir())
    assert all(len(PdfReader(file).pages) == 1 for file in files)
    return [file.name.split("_", 2)[2] for file in files]


def test_a_row_of_the_roster_prints_its_card_and_its_badge(
    panel: RosterPanel, qtbot: QtBot, tmp_path: Path
) -> None:
    assert panel.seats_table is not None
    panel.seats_table.choose("s1")
    panel.card.click()
    assert printed(panel.papers, qtbot, tmp_path / "out") == ["席卡_重印 王磊（县水利局）.pdf"]
    panel.badge.click()
    assert len(printed(panel.papers, qtbot, tmp_path / "out")) == 2


def test_nobody_gets_what_is_not_for_them(panel: RosterPanel) -> None:
    assert panel.seats_table is not None
    for seat, card, badge in (("s1", True, True), ("s2", False, False), ("s3", False, False)):
        panel.seats_table.choose(seat)
        assert (panel.card.isEnabled(), panel.badge.isEnabled()) == (card, badge)
    panel.seats_table.choose("s2")
    assert panel.papers.menu() is None


def test_at_the_door_a_card_is_printed_from_the_person_found(
    parts: Parts, qtbot: QtBot, tmp_path: Path
) -> None:
    card = SignInCard(parts.context, list, has_desk=False)
    qtbot.addWidget(card)
    card.results.show_found(SEATS[:1], {}, "王磊")
    papers = card.person_papers[0]
    papers.choose_folder = lambda: tmp_path / "out"
    menu = papers.menu()
    assert menu is not None and [one.text() for one in menu.actions()] == ["补印席卡…", "补印证件…"]
    menu.actions()[0].trigger()
    assert printed(papers, qtbot, tmp_path / "out") == ["席卡_重印 王磊（县水利局）.pdf"]
