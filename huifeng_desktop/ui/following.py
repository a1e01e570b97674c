"""Following the meeting without holding up the work: what the hand did shows at once, what others do soon.

At the door events of desks and telephones come in floods. They are taken together for a moment, judged a
few at a time and shown in the window's spare time, with word of what they touched.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from huifeng_desktop.domain.touched import EVERYTHING, Touched
from huifeng_desktop.service.bus import Change
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.spare_time import PICTURE_MS

COALESCE_MS = 50
SEATS_AT_ONCE = 60
"""Judged in about a millisecond."""
_NOTHING = Touched()


class Following(QObject):
    """Calls `show` with what was touched since it was last called; lives and dies with `owner`.

    `own_at_once` False lets what the hand did wait as well, where something else answers the hand.
    """

    def __init__(
        self,
        context: UiContext,
        show: Callable[[Touched], None],
        owner: QObject,
        *,
        own_at_once: bool = True,
    ) -> None:
        super().__init__(owner)
        self._context, self._show, self._own_at_once = context, show, own_at_once
        self._touched: Touched | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(COALESCE_MS)
        self._pause.timeout.connect(lambda: context.spare.ask(self, self._judge))
        context.bridge.changed.connect(self._on_changed)

    def show_all(self) -> None:
        """Everything anew, now."""
        self._touched = EVERYTHING
        self._tell()

    @property
    def is_waiting(self) -> bool:
        """Whether something has happened that is not shown yet."""
        return self._touched is not None

    def _on_changed(self, change: Change) -> None:
        self._touched = _both(self._touched or _NOTHING, change.touched)
        if change.is_own and self._own_at_once:
            self._tell()
        elif not self._pause.isActive():
            self._pause.start()

    def _judge(self) -> bool:
        """A few of the seats that changed; when all are judged, they are shown."""
        if self._context.session.judge(SEATS_AT_ONCE):
            return True
        self._context.spare.ask(self, self._tell, PICTURE_MS)
        return False

    def _tell(self) -> bool:
        """Show what waits; it may have been shown meanwhile with something of one's own."""
        touched, self._touched = self._touched, None
        self._pause.stop()
        if touched is not None:
            self._show(touched)
        return False


def _both(one: Touched, other: Touched) -> Touched:
    return Touched(one.seats | other.seats, one.everything or other.everything, one.agenda or other.agenda)
