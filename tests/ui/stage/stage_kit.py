"""Small things for the tests of the stage: settings in memory, and what was said."""

from __future__ import annotations

from typing import Any

from huifeng_desktop.ui.context import Voice


class MemorySettings:
    """Settings that live as long as the test."""

    def __init__(self) -> None:
        self.kept: dict[str, Any] = {}

    def get(self, key: str, default: Any = None) -> Any:
        """What was put, or `default`."""
        return self.kept.get(key, default)

    def put(self, key: str, value: Any) -> None:
        """Keep a value."""
        self.kept[key] = value


class Listener:
    """Every sentence that a voice says."""

    def __init__(self) -> None:
        self.voice, self.said = Voice(), list[str]()
        self.voice.said.connect(lambda words, _: self.said.append(words))
