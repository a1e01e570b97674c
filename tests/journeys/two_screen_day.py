"""Run by the test under Xvfb: the real window on the laptop, the stage on a projector with a loose plug.

Prints where everything is after each change, and keeps a picture of both screens.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from secretary_day import Day, program_on

from huifeng_desktop.ui.stage.window import StageWindow

_PLUG = ["xrandr", "--setmonitor", "PROJ", "1920/508x1080/286+1920+0", "none"]
_UNPLUG = ["xrandr", "--delmonitor", "PROJ"]


def main(folder: Path) -> None:
    """Plugged, opened with F7 and run; pulled; plugged again; closed."""
    with program_on(folder / "data", "14:00:00") as day:
        _change(_PLUG, 2)
        day.program.open_sample()
        window = day.parts.window
        window.showNormal()
        window.resize(1366, 768)
        window.activateWindow()
        assert QTest.qWaitForWindowActive(window)
        _press(Qt.Key.Key_F9)
        day.at("14:00:02")
        _press(Qt.Key.Key_Space)
        day.at("14:00:20")
        _press(Qt.Key.Key_F7)
        seen = [_report(day)]
        _picture(folder / "two-screens.png")
        for change, screens in ((_UNPLUG, 1), (_PLUG, 2)):
            _change(change, screens)
            seen.append(_report(day))
            _picture(folder / f"two-screens-{len(seen)}.png")
        _press(Qt.Key.Key_F7)
        seen.append(_report(day))
    print(json.dumps(seen))


def _change(command: list[str], screens: int) -> None:
    subprocess.run(command, check=True)
    for _ in range(100):
        if len(QGuiApplication.screens()) == screens:
            return
        QTest.qWait(50)
    raise AssertionError(f"{len(QGuiApplication.screens())} screens instead of {screens}")


def _press(key: Qt.Key) -> None:
    target = QApplication.focusWidget() or QApplication.activeWindow()
    assert target is not None
    QTest.keyClick(target, key)
    QTest.qWait(120)  # the page gathers changes for a moment before it shows them


def _report(day: Day) -> dict[str, object]:
    """Where window and stage are, what the stage says, and whether the keys still reach the window."""
    QTest.qWait(150)
    main_window, director = day.parts.window, day.parts.director
    stages = [one for one in QApplication.topLevelWidgets() if isinstance(one, StageWindow)]
    shown = [one.geometry().getRect() for one in stages if one.isVisible()]
    return {
        "placement": director.placement().value,
        "main": main_window.frameGeometry().getRect(),
        "stages": shown,
        "covered": any(
            one.geometry().intersects(main_window.frameGeometry()) for one in stages if one.isVisible()
        ),
        "elapsed_s": director.view().elapsed_s,
        "tag": main_window.top_bar.projection.text(),
        "main_active": main_window.isActiveWindow(),
    }


def _picture(file: Path) -> None:
    """Both screens as somebody in the hall would see them."""
    screen = QGuiApplication.primaryScreen()
    screen.grabWindow(0, -screen.geometry().x(), -screen.geometry().y(), 3840, 1080).save(str(file))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
