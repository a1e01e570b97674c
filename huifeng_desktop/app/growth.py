"""A meeting only grows: what has come in is kept out of the search for garbage.

After a rush tens of thousands of events are in memory, none of which will ever be garbage. A search
through all of them would hold the window up for as long as it takes, and the countdown with it.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject

from huifeng_desktop.service.bus import Change
from huifeng_desktop.ui.context import UiContext

SETTLED_EVENTS = 500


class Growth(QObject):
    """Sets aside, in the window's spare time, what every so many events have brought."""

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._grown = context, 0
        context.bridge.changed.connect(self._on_changed)

    def _on_changed(self, change: Change) -> None:
        self._grown += len(change.events)
        if self._grown >= SETTLED_EVENTS and gc.isenabled():
            self._grown = 0
            self._context.spare.ask(self, self._settle)

    def _settle(self) -> bool:
        """What is young may be garbage and is looked through; the rest is set aside at no cost."""
        gc.collect(1)
        gc.freeze()
        return False
