"""The scanner listens as soon as the window is there, whichever page is in front."""

from __future__ import annotations

from pathlib import Path

import pytest
from hall import make_folder
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_kit import put_away

from huifeng_desktop.app import desk_command, open_folder
from huifeng_desktop.app.window import build_window, make_application
from huifeng_desktop.ui.shell import BEFORE, DURING


@pytest.mark.usefixtures("scanner_keys")
@pytest.mark.parametrize("stage", [BEFORE, DURING])
def test_the_first_scan_of_a_new_window_is_heard(
    stage: int, data_dir: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    meeting = make_folder(data_dir, 5)
    make_application()
    with open_folder(data_dir, "console") as folder:
        session = folder.office.open(meeting)
        parts = build_window(folder, session, desk_command(folder.path, meeting))
        parts.window.show_stage(stage)
        with qtbot.waitExposed(parts.window):
            parts.window.show()
        seat = session.state.seats[1]
        QTest.keyClicks(parts.window, seat.badge)
        QTest.keyClick(parts.window, Qt.Key.Key_Return)
        verdict = next(one for one in session.verdicts() if one.seat.seat_id == seat.seat_id)
        put_away(parts)
    assert verdict.signed_in_at is not None
