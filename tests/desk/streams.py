"""Reads server-sent events from the application inside this process."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from local_desk import LocalDesk
from starlette.types import Message


class Stream:
    """One page's connection; `next_event` waits for the next thing the desk says."""

    def __init__(self) -> None:
        self.status = 0
        self.headers: dict[str, str] = {}
        self.body = b""
        self.ended = asyncio.Event()
        self._said: asyncio.Queue[bytes] = asyncio.Queue()
        self._gone = asyncio.Event()
        self.reads = True

    async def receive(self) -> Message:
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        if not self.reads:
            await asyncio.Event().wait()
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        elif message["body"]:
            self.body += message["body"]
            self._said.put_nowait(message["body"])

    async def go_away(self) -> None:
        self._gone.set()
        await asyncio.wait_for(self.ended.wait(), 5)

    async def next_event(self) -> tuple[str, dict[str, Any]]:
        """Name and data of the next event."""
        block = (await asyncio.wait_for(self._said.get(), 5)).decode()
        fields = dict(line.split(": ", 1) for line in block.strip().split("\n"))
        return fields.get("event", "message"), json.loads(fields["data"])


@contextmanager
def watching(desk: LocalDesk, path: str, *, reads: bool = True, cookie: str = "") -> Iterator[Stream]:
    """A page that listens at `path` until the block ends."""
    stream = Stream()
    stream.reads = reads
    path, _, query = path.partition("?")
    headers = [(b"host", b"127.0.0.1"), *([(b"cookie", cookie.encode())] if cookie else [])]
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "scheme": "http",
        "query_string": query.encode(),
        "headers": headers,
        "client": ("10.0.0.7", 5000),
        "server": ("127.0.0.1", 8000),
        "http_version": "1.1",
    }

    async def run() -> None:
        try:
            await desk.app(scope, stream.receive, stream.send)
        finally:
            stream.ended.set()

    async def begin() -> asyncio.Task[None]:
        return asyncio.create_task(run())

    desk.run(begin())
    try:
        yield stream
    finally:
        desk.run(stream.go_away())
