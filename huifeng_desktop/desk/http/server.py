"""uvicorn made fit for the desk: its own sockets, a quick stop, more addresses for phones and screens."""

from __future__ import annotations

import asyncio
import errno
import signal
import socket
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from types import FrameType
from typing import cast

import uvicorn

from huifeng_desktop.desk.app import DeskParts, build_app
from huifeng_desktop.desk.http.connection import DeskConnection
from huifeng_desktop.desk.http.doorman import IN_ALL, Doorman
from huifeng_desktop.desk.network.cards import url_host
from huifeng_desktop.errors import DeskProblem

_GRACE_S = 0.1
"""How long a half-sent request may go on when the desk stops."""
_COMMIT_GRACE_S = 5.0
"""How long a slow disk may take for the last commit when the desk stops."""
_STEP_S = 0.005
_SWEEP_S = 1.0
_MAIN = "desk"
_OWN_FILES = 150
"""Descriptors for the database, pipes and files to hand out; connections get the rest."""


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Raises `DeskProblem` with a sentence that says what to do."""
    if not 0 <= port <= 65535:
        raise DeskProblem(f"端口 {port} 不存在，请用 0 到 65535 之间的数。")
    try:
        family, _, _, _, address = socket.getaddrinfo(
            host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        # Named as TCP, or asyncio would not switch Nagle's delay off: 40 ms for every answer.
        sock = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    except (OSError, UnicodeError) as problem:
        raise DeskProblem(f"签到台不能使用地址 {host}，请改用本机的地址，或用 127.0.0.1。") from problem
    try:
        _claim(sock)
        sock.bind(address)
        sock.listen(2048)
    except OSError as problem:
        sock.close()
        raise DeskProblem(_why_not(host, port, problem)) from problem
    return sock


def listen_at_usual(host: str, port: int) -> socket.socket:
    """Listen at `port`, or at any if somebody else has it. Raises `DeskProblem` for a bad host."""
    if port:
        with suppress(DeskProblem):
            return listen(host, port)
    return listen(host, 0)


def _claim(sock: socket.socket) -> None:
    """A port just freed can be taken at once; one in use cannot be shared."""
    if sys.platform == "win32":
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    else:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)


def _why_not(host: str, port: int, problem: OSError) -> str:
    if problem.errno == errno.EADDRINUSE:
        return f"端口 {port} 已被别的程序占用，请换一个端口，或用 0 自动选择。"
    if problem.errno == errno.EACCES:
        return f"没有权限使用端口 {port}，请换一个 1024 以上的端口，或用 0 自动选择。"
    return f"签到台不能使用地址 {host}，请检查网络连接，改用本机的地址，或用 127.0.0.1。"


def room_for_connections(wanted: int = IN_ALL) -> int:
    """How many connections this process may hold at once; asks the system for as many as wanted."""
    if sys.platform == "win32":
        return wanted
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = wanted + _OWN_FILES
    if soft != resource.RLIM_INFINITY and soft < needed:
        soft = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return wanted if soft == resource.RLIM_INFINITY else min(wanted, max(1, soft - _OWN_FILES))


@dataclass(slots=True)
class _Place:
    """An address that was opened, and where it is served now: `at` None while its network is gone."""

    host: str
    port: int
    server: asyncio.AbstractServer
    at: str | None
    port_now: int

    @property
    def base(self) -> str:
        """The beginning of every URL, as it was told."""
        return f"http://{url_host(self.host)}:{self.port}"

    @property
    def base_now(self) -> str:
        """The same as it is now; "" while it leads nowhere."""
        return "" if self.at is None else f"http://{url_host(self.at)}:{self.port_now}"


class DeskServer(uvicorn.Server):
    """Serves until `request_stop`, SIGTERM or SIGINT."""

    def __init__(self, parts: DeskParts, doorman: Doorman | None = None) -> None:
        self._doorman = doorman or Doorman(in_all=room_for_connections())
        super().__init__(
            uvicorn.Config(
                build_app(parts),
                http=cast(type[asyncio.Protocol], partial(DeskConnection, self._doorman)),
                ws="none",
                lifespan="off",
                log_config=None,
                log_level="error",
                access_log=False,
                proxy_headers=False,
                server_header=False,
                date_header=False,
                timeout_keep_alive=30,
            )
        )
        self._parts = parts
        self._stop = asyncio.Event()
        self._places: dict[str, _Place] = {}

    async def serve_with(self, listener: socket.socket, begin: Callable[[], None]) -> None:
        """Serve on `listener`; `begin` is called once requests are answered."""
        with self._stop_signals():
            self.config.load()
            self.lifespan = self.config.lifespan_class(self.config)
            await self.startup(sockets=[listener])
            host, port = listener.getsockname()[:2]
            self._places[_MAIN] = _Place(host, port, self.servers[0], host, port)
            sweeping = asyncio.create_task(self._sweep())
            begin()
            await self._stop.wait()
            sweeping.cancel()
            await self.shutdown(sockets=[listener])

    def request_stop(self) -> None:
        """Stop serving soon; called on the event loop's thread."""
        self._stop.set()

    async def add_listener(self, purpose: str, host: str, listener: socket.socket) -> None:
        """Serve at one more address, of which each purpose has at most one."""
        port = listener.getsockname()[1]
        server = await self._serve_at(host, listener)
        self._places[purpose] = _Place(host, port, server, host, port)

    def remove_listener(self, purpose: str) -> None:
        """Stop serving at the address that was added for this purpose, if any."""
        if purpose in self._places:
            self._leave(self._places.pop(purpose))

    async def relocate(self, where: Callable[[str], str | None]) -> dict[str, str]:
        """Go with every address that has moved; bases of URLs as they were told → as they are now.

        `where` says for an address that was opened where it is now, None when its network is gone.
        The port stays the same where it is free.
        """
        changed = {}
        for place in list(self._places.values()):
            goal = where(place.host)
            if goal != place.at:
                self._leave(place)
                if goal is not None:
                    await self._settle(place, goal)
                changed[place.base] = place.base_now
        return changed

    async def _settle(self, place: _Place, host: str) -> None:
        """Listen there; an address that cannot be used yet is tried again with the next look."""
        with suppress(DeskProblem):
            listener = listen_at_usual(host, place.port)
            place.server, place.at = await self._serve_at(host, listener), host
            place.port_now = listener.getsockname()[1]

    async def _serve_at(self, host: str, listener: socket.socket) -> asyncio.AbstractServer:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(self._new_connection, sock=listener, backlog=2048)
        self._parts.hosts.add(host)
        return server

    def _leave(self, place: _Place) -> None:
        if place.at is not None:
            place.server.close()
            self._parts.hosts.remove(place.at)
            place.at = None

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take no more requests, answer those that are here, drop half-sent ones."""
        for purpose in list(self._places):
            self.remove_listener(purpose)
        self._parts.stage.close()
        self._parts.remote.close()
        self._parts.second.close()
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        await _wait_until(lambda: self._parts.writer.waiting == 0, _COMMIT_GRACE_S)
        await _wait_until(lambda: not self.server_state.tasks, _GRACE_S)
        for task in self.server_state.tasks:
            task.cancel()

    async def _sweep(self) -> None:
        """End the connections that take too long, for as long as the desk runs."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(_SWEEP_S)
            self._doorman.sweep(loop.time())

    def _new_connection(self) -> asyncio.Protocol:
        protocol = cast(Callable[..., asyncio.Protocol], self.config.http_protocol_class)
        return protocol(config=self.config, server_state=self.server_state, app_state=self.lifespan.state)

    @contextmanager
    def _stop_signals(self) -> Generator[None, None, None]:
        """SIGTERM and SIGINT ask for a stop; uvicorn's own way would end with the signal's status."""
        loop = asyncio.get_running_loop()

        def stop(number: int, frame: FrameType | None) -> None:
            loop.call_soon_threadsafe(self.request_stop)

        before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


async def _wait_until(is_done: Callable[[], bool], limit_s: float) -> None:
    """Look every few milliseconds; the condition is changed by uvicorn and by the writer."""
    deadline = asyncio.get_running_loop().time() + limit_s
    while not is_done() and asyncio.get_running_loop().time() < deadline:
        await asyncio.sleep(_STEP_S)
