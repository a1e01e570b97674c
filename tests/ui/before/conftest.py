"""A meeting with nothing prepared, and its 会前 page as a window that is active."""

from __future__ import annotations

from pathlib import Path

import pytest
from before_parts import Parts, make_parts
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from huifeng_desktop.clock import FixedClock
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.before.page import BeforePage


@pytest.fixture
def parts(tmp_path: Path, clock: FixedClock, qapp: QApplication) -> Parts:
    theme.apply_theme(qapp)
    return make_parts(tmp_path / "meeting", clock)


@pytest.fixture
def page(parts: Parts, qtbot: QtBot) -> BeforePage:
    page = BeforePage(parts.context, choose_file=lambda title: None)
    qtbot.addWidget(page)
    page.resize(1366, 716)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page
