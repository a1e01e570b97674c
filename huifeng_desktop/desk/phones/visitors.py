"""Whether another device has really loaded a page: the only proof that telephones get through.

Counts devices by their addresses, keeps none of them beyond the opening, tells and logs none.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from starlette.types import Message, Scope, Send

from huifeng_desktop.clock import Clock
from huifeng_desktop.desk.http.doorman import is_loopback

Visited = Callable[[int, datetime], None]
"""Told how many devices have loaded a page so far, and when the last one did."""

_PAUSE_S = 1.0
"""In a rush the window is told no more often than this."""
_MOST = 10_000


class Visitors:
    """The devices since the last `clear`."""

    def __init__(self, clock: Clock, told: Visited) -> None:
        self._clock, self._told = clock, told
        self._addresses: set[str] = set()
        self._told_at = -_PAUSE_S

    def clear(self) -> None:
        """The desk is opened anew: nobody has come yet."""
        self._addresses.clear()
        self._told_at = -_PAUSE_S

    def watch(self, scope: Scope, send: Send) -> Send:
        """`send` that notices when a page of the telephones has gone out whole to another device."""
        address = _other_device(scope)
        if not address or not (scope["path"] == "/" or scope["path"].startswith("/s/")):
            return send

        async def send_watched(message: Message) -> None:
            await send(message)
            if message["type"] == "http.response.body" and not message.get("more_body", False):
                self._note(address)

        return send_watched

    def _note(self, address: str) -> None:
        now, is_new = self._clock.reading(), address not in self._addresses
        if len(self._addresses) < _MOST:
            self._addresses.add(address)
        is_first = is_new and len(self._addresses) == 1
        if is_first or now.mono >= self._told_at + _PAUSE_S:
            self._told_at = now.mono
            self._told(len(self._addresses), now.wall)


def _other_device(scope: Scope) -> str:
    """Who asks, unless it is this machine: by loopback, or by its own address on the network."""
    client, server = scope.get("client"), scope.get("server")
    if not client or is_loopback(client[0]) or (server and client[0] == server[0]):
        return ""
    return str(client[0])
