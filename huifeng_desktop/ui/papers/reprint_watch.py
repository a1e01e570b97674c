"""Keeping the list of what to print again up to date, one paper at a time so that the window never waits.

What compares is loaded with the first look: the first paint of the window waits for none of it.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from huifeng_desktop.ui.context import UiContext

if TYPE_CHECKING:
    from huifeng_desktop.service.printed.reprints import Due, Printed, Reprints

_REST_MS = 250
"""How long the meeting must be quiet before it is compared; sign-ins come in floods."""


class ReprintWatch(QObject):
    """Compares again when asked to `look`; `found` follows when all papers were compared."""

    found = Signal()

    def __init__(self, context: UiContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._reprints: Reprints | None = None
        self.dues: list[Due] = []
        self.printed: dict[str, Printed] = {}
        self._waiting: deque[Printed] = deque()
        self._fresh: list[Due] = []
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._begin)
        self._step = QTimer(self)
        self._step.setSingleShot(True)
        self._step.timeout.connect(self._compare_next)

    @property
    def reprints(self) -> Reprints:
        """What compares."""
        if self._reprints is None:
            from huifeng_desktop.service.printed.reprints import Reprints

            self._reprints = Reprints(self._context.session, self._context.papers)
        return self._reprints

    @property
    def is_busy(self) -> bool:
        """Whether a comparison is under way or waits."""
        return self._rest.isActive() or self._step.isActive()

    def look(self) -> None:
        """Compare soon; asked again meanwhile, it begins anew."""
        self._step.stop()
        self._rest.start(_REST_MS)

    def _begin(self) -> None:
        self.printed = self.reprints.printed()
        self._waiting, self._fresh = deque(self.printed.values()), []
        self._step.start(0)

    def _compare_next(self) -> None:
        if not self._waiting:
            self.dues = self._fresh
            self.found.emit()
            return
        due = self.reprints.due_of(self._waiting.popleft())
        self._fresh += [due] if due is not None else []
        self._step.start(0)
