"""Run by the tests under Xvfb: change the screens as a hall does, print where the stage is after each.

The changes are named on the command line; the first report is made before any of them.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from two_screens import report, start

from huifeng_desktop.ui.stage.placement import Placement
from huifeng_desktop.ui.stage.window import StageWindow


def _monitor(name: str, place: str, output: str = "none") -> list[str]:
    width, rest = place.split("x", 1)
    height, offset = rest.split("+", 1)
    return ["xrandr", "--setmonitor", name, f"{width}/508x{height}/286+{offset}", output]


_COMMANDS = {
    "plug": [_monitor("PROJ", "1920x1080+1920+0")],
    "unplug": [["xrandr", "--delmonitor", "PROJ"]],
    "plug_other_port": [_monitor("PROJ-2", "1920x1080+1920+0")],
    "plug_small": [["xrandr", "--delmonitor", "PROJ"], _monitor("PROJ", "1024x768+1920+0")],
    "mirror": [["xrandr", "--delmonitor", "PROJ"], _monitor("PROJ", "1920x1080+0+0")],
    "extend": [["xrandr", "--delmonitor", "PROJ"], _monitor("PROJ", "1920x1080+1920+0")],
    # The projector becomes the first screen, the laptop the second.
    "swap": [
        ["xrandr", "--delmonitor", "PROJ"],
        ["xrandr", "--delmonitor", "LAPTOP"],
        _monitor("*PROJ", "1920x1080+1920+0", "screen"),
        _monitor("LAPTOP", "1920x1080+0+0"),
    ],
}


def _apply(change: str, main: QMainWindow, stage: StageWindow) -> None:
    acts: dict[str, Callable[[], object]] = {
        "drag_to_projector": lambda: main.move(1980, 60),
        "drag_back": lambda: main.move(60, 60),
        "close": stage.close_stage,
    }
    if change in acts:
        acts[change]()
    for command in _COMMANDS.get(change, []):
        subprocess.run(command, check=True)
        QTest.qWait(400)
    QTest.qWait(400)


def main() -> None:
    """Open the stage, then one report a change."""
    app, window, stage = start()
    stage.open()
    seen = [report(stage)]
    for change in sys.argv[1:]:
        _apply(change, window, stage)
        box = report(stage)
        box["covers"] = stage.isVisible() and stage.geometry().intersects(window.geometry())
        box["loss"] = stage.loss().value if stage.placement() is Placement.LOST else ""
        box["main"] = window.screen().name()
        box["screens"] = [
            [one.name(), *one.geometry().getRect()]  # type: ignore[misc]
            for one in QGuiApplication.screens()
        ]
        seen.append(box)
    print(json.dumps(seen))
    app.quit()


if __name__ == "__main__":
    main()
