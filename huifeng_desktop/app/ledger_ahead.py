"""What the ledger keeps of each meeting is reckoned before anybody asks: after an update nobody waits.

One meeting at a time, in the window's spare time, never while a meeting runs; what is left over is reckoned
by the ledger itself.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from huifeng_desktop.errors import StorageProblem
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.spare_time import PICTURE_MS

_WAIT_MS = 4000
"""The window is painted, its fonts and libraries are loaded, before this begins."""


class LedgerAhead(QObject):
    """Begins a while after the window has opened, and ends when every meeting is reckoned."""

    def __init__(self, context: UiContext, parent: QObject, wait_ms: int = _WAIT_MS) -> None:
        super().__init__(parent)
        self._context = context
        self._stale: list[str] | None = None
        self.has_begun = False
        QTimer.singleShot(wait_ms, self, self._begin)

    def _begin(self) -> None:
        self.has_begun = True
        self._context.spare.ask(self, self._reckon_one, PICTURE_MS)

    def _reckon_one(self) -> bool:
        """One meeting of those that were found stale; whether there are more."""
        if self._is_running():
            return False
        try:
            if self._stale is None:
                self._stale = self._context.office.stale_sums()
            elif self._stale:
                self._context.office.refresh_sums([self._stale.pop()])
        except StorageProblem:  # told where somebody waits for the disk; here nobody does
            return False
        return bool(self._stale)

    def _is_running(self) -> bool:
        state = self._context.session.state
        return state.opened_at is not None and state.adjourned_at is None
