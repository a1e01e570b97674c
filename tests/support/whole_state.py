"""All that a meeting's state holds, as plain values, for telling whether two states are the same."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from huifeng_desktop.domain.events import Event
from huifeng_desktop.domain.state import MeetingState

_INDEXES = ("_history", "_known", "phones")


def content(state: MeetingState) -> dict[str, Any]:
    """Everything but indexes of the log itself; the order of lists, and of what waits, matters."""
    said = {name: plain(value) for name, value in vars(state).items() if name not in _INDEXES}
    phones = {name: plain(value) for name, value in vars(state.phones).items()}
    return said | {"phones": phones, "waiting": list(state.phones.waiting)}


def plain(value: Any) -> Any:
    """An object as values that can be compared; an event is its id."""
    if isinstance(value, Event):
        return value.event_id
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value
