"""Run by the tests in a process of its own: open the stage beside a main window and print where it is."""

from __future__ import annotations

import json
import sys

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow

from huifeng_desktop.ui import theme
from huifeng_desktop.ui.stage.numbers import ScreenNumber, show_numbers
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


def numbers(window: QMainWindow, stage: StageWindow) -> list[list[object]]:
    """What each screen shows while one is chosen: number, name, whether whole, whether within the stage.

    A desktop shows no other window above a full-screen one: there only the stage itself can show it.
    """
    screens = QGuiApplication.screens()
    plates = show_numbers(screens, window, lambda screen: stage if screen is stage.screen() else None)
    QTest.qWait(50)
    return [
        [
            one.number,
            screen.name(),
            one.isVisible() and screen.geometry().contains(_place(one)),
            one.window() is stage and _is_seen(one, stage),
        ]
        for one, screen in zip(plates, screens, strict=True)
    ]


def _place(plate: ScreenNumber) -> QRect:
    return QRect(plate.mapToGlobal(QPoint(0, 0)), plate.size())


def _is_seen(plate: ScreenNumber, stage: StageWindow) -> bool:
    """Whether the stage's picture has the plate's white figure at the plate's place."""
    picture = stage.grab(plate.geometry()).toImage()
    middle = picture.rect().center()
    return max(picture.pixelColor(middle + QPoint(step, -20)).lightness() for step in range(-60, 60)) > 240


def main() -> None:
    """Open on the other screen, close, and print both reports."""
    app, window, stage = start()
    stage.open()
    seen: dict[str, object] = {"opened": report(stage), "main_active": window.isActiveWindow()}
    seen["numbers"] = numbers(window, stage)
    stage.close_stage()
    seen["closed"] = report(stage)
    print(json.dumps(seen))
    app.quit()


if __name__ == "__main__":
    main()
