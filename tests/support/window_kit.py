"""Ending a window in a test as the end of the program does: nothing of it runs on afterwards."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent

from huifeng_desktop.app.window import OpenWindow


def put_away(parts: OpenWindow) -> None:
    """Close the window and take it to pieces at once, timers and all, before its folder is closed."""
    if parts.window.isVisible():
        parts.window.close()
    parts.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
