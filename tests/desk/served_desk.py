"""The desk's application behind real sockets in this process, with a doorman that the test holds."""

from __future__ import annotations

import asyncio
import socket
from functools import partial
from types import TracebackType
from typing import Any, Self

import uvicorn
from local_desk import AUTHORISED, LocalDesk
from uvicorn.server import ServerState

from huifeng_desktop.desk.http.connection import DeskConnection
from huifeng_desktop.desk.http.doorman import Doorman
from huifeng_desktop.desk.http.server import listen


class ServedDesk:
    """Serves a `LocalDesk` on all of 127.0.0.0/8, so that a test may come from several addresses."""

    def __init__(self, desk: LocalDesk, doorman: Doorman) -> None:
        self.desk, self.doorman = desk, doorman
        options: dict[str, Any] = {"ws": "none", "lifespan": "off", "log_config": None, "log_level": "error"}
        http = partial(DeskConnection, doorman)
        self._config = uvicorn.Config(desk.app, http=http, **options)  # type: ignore[arg-type]
        self._config.load()
        self._state = ServerState()

    def __enter__(self) -> Self:
        listener = listen("127.0.0.1", 0)
        self.port: int = listener.getsockname()[1]
        self._server = self.desk.run(self._serve(listener))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.desk.run(self._close())

    def connect(self, source: str = "127.0.0.1") -> socket.socket:
        """A connection that comes from `source`."""
        return socket.create_connection(("127.0.0.1", self.port), 5, (source, 0))

    def connections(self) -> list[Any]:
        """The desk's side of every connection."""
        return list(self._state.connections)

    def later(self, seconds: float) -> None:
        """The doorman looks round as he will after so many seconds."""
        self.desk.run(self._sweep(seconds))

    async def _sweep(self, seconds: float) -> None:
        self.doorman.sweep(asyncio.get_running_loop().time() + seconds)

    async def _serve(self, listener: socket.socket) -> asyncio.Server:
        return await asyncio.get_running_loop().create_server(self._connection, sock=listener, backlog=2048)

    def _connection(self) -> asyncio.Protocol:
        made = partial(DeskConnection, self.doorman)
        return made(config=self._config, server_state=self._state, app_state={})

    async def _close(self) -> None:
        self._server.close()
        for connection in list(self._state.connections):
            connection.transport.abort()
        await asyncio.sleep(0)


def request(path: str = "/healthz", method: str = "GET", body: bytes = b"", **headers: str) -> bytes:
    """The bytes of one request, with the token where there is a body."""
    fields = {"Host": "127.0.0.1", **headers}
    if body:
        fields |= {"Content-Length": str(len(body)), **AUTHORISED}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + body


def answer(connection: socket.socket) -> bytes:
    """One answer, or what came before the end; b"" when the desk has hung up."""
    received = b""
    try:
        while not _is_whole(received) and (more := connection.recv(65536)):
            received += more
    except ConnectionError:
        pass
    return received


def is_ended(connection: socket.socket) -> bool:
    """Whether the desk hangs up without a word."""
    return answer(connection) == b""


def _is_whole(received: bytes) -> bool:
    head, end, body = received.partition(b"\r\n\r\n")
    length = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    return bool(end) and (not length or len(body) >= int(length[0].split(b":")[1]))
