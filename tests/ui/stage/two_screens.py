"""Run by the tests in a process of its own: open the stage beside a main window and print where it is."""

from __future__ import annotations

import json
import sys

from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow

from huifeng_desktop.ui import theme
from huifeng_desktop.ui.stage.numbers import show_numbers
from huifeng_desktop.ui.stage.view import StageMode, StageView
from huifeng_desktop.ui.stage.window import StageWindow


def start() -> tuple[QApplication, QMainWindow, StageWindow]:
    """A themed application with a main window at the first screen and a stage not opened yet."""
    app = QApplication(sys.argv[:1])
    theme.apply_theme(app)
    main = QMainWindow()
    main.setGeometry(40, 40, 1000, 600)
    main.show()
    stage = StageWindow(main)
    stage.set_view(StageView(StageMode.WELCOME, meeting_title="全县重点工作推进会"))
    return app, main, stage


def report(stage: StageWindow) -> dict[str, object]:
    """Placement, geometry, screen and visibility of the stage."""
    QTest.qWait(50)
    box = stage.geometry()
    return {
        "placement": stage.placement().value,
        "box": [box.x(), box.y(), box.width(), box.height()],
        "screen": stage.screen().name(),
        "visible": stage.isVisible(),
    }


def numbers(window: QMainWindow) -> list[list[object]]:
    """What is shown on each screen while one is chosen: its number, its name, whether it lies whole on it."""
    plates = show_numbers(QGuiApplication.screens(), window)
    QTest.qWait(50)
    return [
        [one.number, screen.name(), one.isVisible() and screen.geometry().contains(one.geometry())]
        for one, screen in zip(plates, QGuiApplication.screens(), strict=True)
    ]


def main() -> None:
    """Open on the other screen, close, and print both reports."""
    app, window, stage = start()
    stage.open()
    seen: dict[str, object] = {"opened": report(stage), "main_active": window.isActiveWindow()}
    seen["numbers"] = numbers(window)
    stage.close_stage()
    seen["closed"] = report(stage)
    print(json.dumps(seen))
    app.quit()


if __name__ == "__main__":
    main()
