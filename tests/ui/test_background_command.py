"""A command in another process whose answer outlives whoever waits for it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from huifeng_desktop.app.background import run_command


def test_who_waits_may_go_with_the_last_word(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    """GIVEN a dialog that only its command keeps alive WHEN the command ends THEN they go one by one."""
    said: list[str] = []

    def ask() -> None:
        dialog = QDialog()

        def finished(_: str, problem: str) -> None:
            dialog.setWindowTitle(problem)
            said.append(problem)

        run_command(tmp_path, ["merge", str(tmp_path / "没有.huifeng")], dialog, finished)

    ask()
    qtbot.waitUntil(lambda: bool(said), timeout=30_000)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.processEvents()
    assert "没有.huifeng" in said[0]
