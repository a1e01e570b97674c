"""Server-sent events: one look at the meeting for everybody who watches, and what each page is told.

A stream holds only the newest picture, so a page that reads slowly misses pictures and never piles
them up; one that does not read at all is dropped. Nobody looks while nobody watches.
"""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Awaitable, Callable
from contextlib import suppress

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from huifeng_desktop.desk.http.quiet import log_failure
from huifeng_desktop.desk.screens.picture import Picture, has_changed
from huifeng_desktop.service.registrar import HallFacts

LOOK_S = 0.1
"""How often the meeting is looked at while somebody watches."""
HEARTBEAT_S = 0.5
"""A page hears something at least this often, so that it can call 2 seconds of silence a broken link."""
SLOW_S = 5.0
"""A page that takes nothing for so long is dropped."""

_HEADERS = [(b"content-type", b"text/event-stream; charset=utf-8"), (b"x-accel-buffering", b"no")]
_GOODBYE = b"event: closed\ndata: {}\n\n"


class EventStream(Response):
    """One page's stream; lives from the request to the goodbye, the disconnect or the drop."""

    def __init__(self, on_end: Callable[[EventStream], None], slow_s: float = SLOW_S) -> None:
        super().__init__()
        self._on_end = on_end
        self._slow_s = slow_s
        self._waiting = b""
        self._ended = False
        self._wake = asyncio.Event()

    def put(self, event: bytes) -> None:
        """Send this next, in place of whatever has not been sent yet."""
        if not self._ended:
            self._waiting = event
            self._wake.set()

    def end(self, goodbye: bytes = b"") -> None:
        """Finish after these last bytes."""
        self.put(goodbye)
        self._ended = True
        self._wake.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        gone = asyncio.create_task(self._wait_for_disconnect(receive))
        try:
            with suppress(TimeoutError):
                await self._send(send, {"type": "http.response.start", "status": 200, "headers": _HEADERS})
                await self._pass_on(send)
        finally:
            self._on_end(self)
            gone.cancel()

    async def _pass_on(self, send: Send) -> None:
        while not (self._ended and not self._waiting):
            await self._wake.wait()
            self._wake.clear()
            event, self._waiting = self._waiting, b""
            await self._send(send, {"type": "http.response.body", "body": event, "more_body": True})
        await self._send(send, {"type": "http.response.body", "body": b"", "more_body": False})

    async def _send(self, send: Send, message: dict[str, object]) -> None:
        await asyncio.wait_for(send(message), self._slow_s)

    async def _wait_for_disconnect(self, receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self.end()


class Channel:
    """All pages that are shown the same picture, at most `limit`.

    A page that comes again takes its own place, so that a broken link does not hold a second one.
    """

    def __init__(self, render: Callable[[HallFacts], Picture], limit: int) -> None:
        self._render = render
        self._limit = limit
        self.on_empty: Callable[[], None] = lambda: None
        """Called when the last page has gone."""
        self._run = secrets.token_hex(4)
        self._streams: dict[str, EventStream] = {}
        self._last: Picture = {}
        self._last_at = 0.0
        self._due = 0.0

    @property
    def watching(self) -> int:
        """How many pages are connected."""
        return len(self._streams)

    def join(self, viewer: str) -> EventStream | None:
        """A stream for a page that calls itself `viewer`; None when the channel is full."""
        former = self._streams.pop(viewer, None)
        if former is not None:
            former.end()
        if len(self._streams) >= self._limit:
            return None
        stream = self._streams[viewer] = EventStream(lambda ended: self._leave(viewer, ended))
        self._due = 0.0
        return stream

    def _leave(self, viewer: str, stream: EventStream) -> None:
        if self._streams.get(viewer) is stream:
            del self._streams[viewer]
            self._heed_empty()

    def _heed_empty(self) -> None:
        if not self._streams:
            self.on_empty()

    def offer(self, facts: HallFacts, now: float) -> None:
        """Tell every page of a change at once, and otherwise that the link is alive. `now` in loop time."""
        if not self._streams:
            return
        picture, at = self._render(facts), facts.now.mono
        if now < self._due and not has_changed(self._last, picture, at - self._last_at):
            return
        self._last, self._last_at, self._due = picture, at, now + HEARTBEAT_S
        told = {**picture, "t": round(at, 3), "run": self._run}
        event = f"data: {json.dumps(told, ensure_ascii=False, separators=(',', ':'))}\n\n".encode()
        for stream in self._streams.values():
            stream.put(event)

    def close(self) -> None:
        """Say goodbye to every page and let it go."""
        for stream in list(self._streams.values()):
            stream.end(_GOODBYE)
        self._streams.clear()
        self._heed_empty()


class Feed:
    """Looks at the meeting as long as a channel has watchers."""

    def __init__(self, look: Callable[[], Awaitable[HallFacts]]) -> None:
        self._look = look
        self._channels: list[Channel] = []
        self._task: asyncio.Task[None] | None = None

    def add(self, channel: Channel) -> Channel:
        """Serve one more channel."""
        self._channels.append(channel)
        channel.on_empty = self._rest
        return channel

    def remove(self, channel: Channel) -> None:
        """Serve it no more."""
        channel.close()
        self._channels = [one for one in self._channels if one is not channel]

    def wake(self) -> None:
        """Somebody watches now."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())

    def _rest(self) -> None:
        """With the last watcher the looking ends at once: no task is left to a loop that is closed."""
        if self._task is not None and not self._is_watched():
            self._task.cancel()
            self._task = None

    def _is_watched(self) -> bool:
        return any(channel.watching for channel in self._channels)

    async def _run(self) -> None:
        """A look that fails is not passed on: the pages then say by themselves that they are stale."""
        loop = asyncio.get_running_loop()
        while self._is_watched():
            try:
                facts = await self._look()
            except Exception as problem:
                log_failure("a look at the meeting", problem)
            else:
                for channel in self._channels:
                    channel.offer(facts, loop.time())
            await asyncio.sleep(LOOK_S)
