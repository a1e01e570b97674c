"""Settings that are kept in memory."""

from __future__ import annotations

from typing import Any


class Kept:
    """As `SettingsStore`, without a disk."""

    def __init__(self) -> None:
        self._values: dict[str, Any] = {}

    def get(self, key: str, default: Any = None) -> Any:
        """The value of `key`, or `default`."""
        return self._values.get(key, default)

    def put(self, key: str, value: Any) -> None:
        """Remember a value."""
        self._values[key] = value
