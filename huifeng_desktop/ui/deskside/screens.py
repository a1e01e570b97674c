"""Where a page of the desk is served, kept so that it is served there again after a restart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self
from urllib.parse import urlsplit


class DeskScreen(StrEnum):
    """A page of the desk that the secretary opens and closes apart from the phones' sign-in."""

    STAGE = "stage"
    """The stage in a browser, for a tablet before the speaker."""
    REMOTE = "remote"
    """The secretary's telephone as a remote."""


@dataclass(frozen=True, slots=True)
class ScreenPlace:
    """The address of an open page; port 0, key and PIN "" where the desk is to choose."""

    host: str
    port: int = 0
    key: str = ""
    pin: str = ""
    sessions: tuple[str, ...] = ()
    """Who came in by the PIN."""

    @classmethod
    def at(cls, host: str, url: str, pin: str = "", sessions: tuple[str, ...] = ()) -> Self:
        """The place that the desk has told: the key is the last part of its address."""
        address = urlsplit(url)
        return cls(host, address.port or 0, address.path.rstrip("/").rpartition("/")[2], pin, sessions)

    @classmethod
    def from_json(cls, plain: object) -> Self | None:
        """What was kept; None for nothing or nonsense. PIN and sessions are never on disk."""
        if not isinstance(plain, Mapping):
            return None
        host, port, key = plain.get("host"), plain.get("port"), plain.get("key")
        is_one = isinstance(host, str) and isinstance(port, int) and isinstance(key, str)
        return cls(str(host), int(port or 0), str(key)) if is_one else None

    def to_json(self) -> dict[str, Any]:
        """A JSON object, without the PIN and who came in by it."""
        return {"host": self.host, "port": self.port, "key": self.key}

    def is_there(self, other: ScreenPlace) -> bool:
        """Whether both are one address."""
        return (self.host, self.port, self.key) == (other.host, other.port, other.key)
