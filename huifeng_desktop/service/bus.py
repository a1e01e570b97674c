"""Who wants to know that something changed. Plain Python; the window turns it into Qt signals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from huifeng_desktop.domain.events import Event
from huifeng_desktop.domain.touched import Touched


@dataclass(frozen=True, slots=True)
class Change:
    """Committed events of one meeting and what they may have touched.

    `is_own`: they were stated through this very session, and not heard from another writer.
    """

    meeting_id: str
    events: tuple[Event, ...]
    touched: Touched
    is_own: bool = False


Listener = Callable[[Change], None]


class Bus:
    """Calls every listener, in the order of subscription, in the thread that publishes."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Listen; the returned function ends it, once or more."""
        self._listeners.append(listener)
        return lambda: self._leave(listener)

    def _leave(self, listener: Listener) -> None:
        if listener in self._listeners:
            self._listeners.remove(listener)

    def publish(self, change: Change) -> None:
        """Tell everybody."""
        for listener in tuple(self._listeners):
            listener(change)
