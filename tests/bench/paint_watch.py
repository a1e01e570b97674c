"""Tells when a window has painted all of itself for the first time; used by `first_paint.py`."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow


class PaintWatch(QObject):
    """Ends the program after the first painting; that of the children belongs to the same turn."""

    def __init__(self, application: QApplication) -> None:
        super().__init__()
        self._painted = False
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The next turn of the event loop comes when everything is painted."""
        if event.type() == QEvent.Type.Paint and not self._painted:
            self._painted = True
            QTimer.singleShot(0, self._finish)
        return False

    def _finish(self) -> None:
        print(time.monotonic(), time.process_time(), flush=True)
        QApplication.exit(0)


def run_until_painted(application: QApplication, window: QMainWindow) -> None:
    """Show the window and print when it was painted: by the clock, and in CPU seconds."""
    watch = PaintWatch(application)
    window.show()
    application.exec()
    application.removeEventFilter(watch)
