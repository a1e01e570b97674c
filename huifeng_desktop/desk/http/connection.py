"""One connection to the desk: uvicorn's own protocol with deadlines and limits on what it takes in.

Without them a head may be a gigabyte long or take a year, and ten thousand requests may be sent in
one packet. The bodies' own limit is `guard.BODY_LIMIT`; the ceiling here is for what nobody reads.
"""

from __future__ import annotations

import asyncio
import math
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from huifeng_desktop.desk.http.doorman import Doorman

HEAD_S = 10.0
"""How long request line and headers may take, from the first byte or the connection on."""
BODY_S = 20.0
"""How long a body may take; the largest is a few kilobytes."""
TAKE_S = 30.0
"""How long the other side may take nothing of an answer that is too large for its window."""
HEAD_LIMIT = 16 * 1024
BODY_CEILING = 1024 * 1024
MOST_HEADERS = 100
MOST_AHEAD = 8
"""How many requests may be sent ahead of the answers."""

_NEVER = math.inf
_TOO_LONG = b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


class RequestRefused(Exception):
    """More headers or more requests ahead than anybody needs; the parser answers 400."""


class DeskConnection(HttpToolsProtocol):
    """What `Doorman` calls a visitor. Handles deadlines; `Doorman.sweep` acts on them."""

    def __init__(self, doorman: Doorman, **parts: Any) -> None:
        super().__init__(**parts)
        self._doorman = doorman
        self.address = ""
        self.waiting_since: float | None = None
        self._read_by = self._taken_by = _NEVER
        self._received = 0
        self._in_body = False

    @property
    def deadline(self) -> float:
        """The nearer of what must be sent and what must be taken."""
        return min(self._read_by, self._taken_by)

    def drop(self) -> None:
        """End it without another word."""
        self.transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Let it in, or not."""
        assert isinstance(transport, asyncio.Transport)
        super().connection_made(transport)
        self.address = self.client[0] if self.client else ""
        self.waiting_since = self.loop.time()
        self._read_by = self.waiting_since + HEAD_S
        if not self._doorman.admit(self):
            self.drop()

    def connection_lost(self, exc: Exception | None) -> None:
        """Its place is free."""
        self._doorman.leave(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take it in, as long as it is not too much."""
        if self.transport.is_closing():
            return
        if self._read_by == _NEVER:
            self._read_by = self.loop.time() + HEAD_S
        self._received += len(data)
        super().data_received(data)
        if self._in_body and self._received > BODY_CEILING:
            self.drop()
        elif not self._in_body and self._received > HEAD_LIMIT and not self.transport.is_closing():
            self.transport.write(_TOO_LONG)
            self.transport.close()

    def on_headers_complete(self) -> None:
        """The head is here; the body may take its own time. Raises `RequestRefused`."""
        if len(self.headers) > MOST_HEADERS or len(self.pipeline) >= MOST_AHEAD:
            raise RequestRefused
        self._read_by = self.loop.time() + BODY_S
        self._received, self._in_body = 0, True
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The request is here; now it is the desk's turn."""
        self._read_by = _NEVER
        self._received, self._in_body = 0, False
        if not self.cycle.response_complete:
            self.waiting_since = None
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Answered; the next request may come, or nothing for as long as uvicorn keeps it."""
        if not self.pipeline:
            self.waiting_since = self.loop.time()
        super().on_response_complete()

    def pause_writing(self) -> None:
        """The other side does not take the answer."""
        self._taken_by = self.loop.time() + TAKE_S
        super().pause_writing()

    def resume_writing(self) -> None:
        """It goes on."""
        self._taken_by = _NEVER
        super().resume_writing()
