"""Run by the tests under Xvfb: obey plug and unplug as reported on stdin, print the stage's place."""

from __future__ import annotations

import json
import subprocess

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QGuiApplication
from two_screens import report, start

_PROJECTOR = ["xrandr", "--setmonitor", "PROJ", "1920/508x1080/286+1920+0", "none"]
_UNPLUG = ["xrandr", "--delmonitor", "PROJ"]


def _wait_for_screens(count: int) -> None:
    """Run the event loop until so many screens are there; five seconds are far too long for it."""
    application = QGuiApplication.instance()
    assert isinstance(application, QGuiApplication)
    loop = QEventLoop()
    application.screenAdded.connect(loop.quit)
    application.screenRemoved.connect(loop.quit)
    QTimer.singleShot(5000, lambda: loop.exit(1))
    while len(QGuiApplication.screens()) != count:
        assert loop.exec() == 0


def _plug() -> None:
    subprocess.run(_PROJECTOR, check=True)
    _wait_for_screens(2)


def _unplug() -> None:
    subprocess.run(_UNPLUG, check=True)
    _wait_for_screens(1)


def main() -> None:
    """Corner first, projector plugged, pulled, plugged again, closed, plugged once more."""
    app, _window, stage = start()
    assert len(QGuiApplication.screens()) == 1
    stage.open()
    seen = [report(stage)]
    for change in (_plug, _unplug, _plug):
        change()
        seen.append(report(stage))
    stage.close_stage()
    for change in (_unplug, _plug):
        change()
    seen.append(report(stage))
    print(json.dumps(seen))
    app.quit()


if __name__ == "__main__":
    main()
