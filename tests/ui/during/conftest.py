"""A dressed application and a meeting to run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from during_parts import Room
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from huifeng_desktop.ui import theme
from huifeng_desktop.ui.during.page import DuringPage


@pytest.fixture
def room(qapp: QApplication, data_dir: Path) -> Iterator[Room]:
    """The meeting half an hour before its start, nobody signed in."""
    theme.apply_theme(qapp)
    room = Room(data_dir)
    yield room
    room.close()


@pytest.fixture
def page(room: Room, qtbot: QtBot) -> DuringPage:
    """The 会中 page, shown and active."""
    page = room.page()
    qtbot.addWidget(page)
    page.resize(1366, 716)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.setFocus()
    return page
