"""Runs the desk in this process: sockets, uvicorn on the main thread, signals and JSON lines.

`run_desk` returns when SIGTERM or SIGINT arrives or the input ends, after every request that had
reached the desk was answered.
"""

from __future__ import annotations

import asyncio
import gc
import secrets
import socket
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, TextIO

from huifeng_desktop.clock import Clock
from huifeng_desktop.desk.app import DeskParts
from huifeng_desktop.desk.commands import Commands
from huifeng_desktop.desk.http.guard import ServedHosts
from huifeng_desktop.desk.http.priority import give_way
from huifeng_desktop.desk.http.server import DeskServer, listen, listen_at_usual
from huifeng_desktop.desk.lines import LineWriter, read_lines
from huifeng_desktop.desk.network.cards import list_addresses, url_host
from huifeng_desktop.desk.network.roaming import Look, Roaming
from huifeng_desktop.desk.phones.codes import new_secret
from huifeng_desktop.desk.screens.remote import Heard
from huifeng_desktop.desk.writer import DeskBusy, GroupCommitWriter, RegistrarFactory
from huifeng_desktop.domain.moments import ClockReading
from huifeng_desktop.errors import StorageProblem
from huifeng_desktop.service.door.networks import offered

_ANY_HOST = ("0.0.0.0", "::", "")
_CODE_POLL_S = 0.2
_CLOCK_POLL_S = 0.5
_GARBAGE = 20_000
"""So many new objects that may be garbage are kept before the first look."""


def run_desk(
    open_registrar: RegistrarFactory,
    *,
    clock: Clock,
    host: str = "127.0.0.1",
    port: int = 0,
    token: str | None = None,
    phones: bool = True,
    out: TextIO = sys.stdout,
    stdin: TextIO | None = sys.stdin,
    extra: Mapping[str, Any] | None = None,
    usual: int = 0,
    look: Look = list_addresses,
) -> int:
    """Serve one meeting until told to stop; 0 then.

    The first line on `out` is {"ready": true, "url", "token", **extra}, printed when the socket
    listens. `usual` is the port that is taken where `port` is 0 and nobody else has it, so that a
    firewall has to be told only once; `look` asks for this machine's addresses. Raises
    `DeskProblem` when the address cannot be used, and what `open_registrar` raises.
    """
    give_way()
    listener = listen_at_usual(host, usual) if usual and not port else listen(host, port)
    with listener:
        lines, commands = LineWriter(out.fileno()), None if stdin is None else stdin.fileno()
        desk = Desk(open_registrar, clock, token or secrets.token_urlsafe(32), phones, lines, look)
        asyncio.run(desk.run(host, listener, commands, extra or {}))
    return 0


class Desk:
    """One run of the desk: the writer, the server, and the commands to it."""

    def __init__(
        self,
        open_registrar: RegistrarFactory,
        clock: Clock,
        token: str,
        phones: bool,
        lines: LineWriter,
        look: Look = list_addresses,
    ) -> None:
        self._writer = GroupCommitWriter(
            open_registrar,
            on_commit=lines.signed,
            on_trouble=lambda sentence: lines.say("storage", trouble=sentence),
        )
        self._clock = clock
        self._token = token
        self._phones = phones
        self._lines = lines
        self._look = look
        self._main_url = self._public_url = ""
        self._public: tuple[str, int] | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(
        self, host: str, listener: socket.socket, commands: int | None, extra: Mapping[str, Any]
    ) -> None:
        """Serve until stopped. `commands` is the descriptor that JSON lines come from."""
        await self._writer.start()
        try:
            parts = await self._parts(host)
            self._name_addresses(host, listener.getsockname()[1])
            ready = {"ready": True, "url": self._main_url, "token": self._token, **extra}
            server = DeskServer(parts)
            await server.serve_with(listener, lambda: self._begin(server, parts, ready, host, commands))
        finally:
            await self._writer.stop()
            self._lines.stop()

    async def _parts(self, host: str) -> DeskParts:
        meeting = await self._writer.meeting()
        hosts = [] if host in _ANY_HOST else [host]
        return DeskParts.make(
            self._writer,
            meeting_id=meeting.meeting_id,
            token=self._token,
            secret=new_secret(),
            clock=self._clock,
            hosts=ServedHosts(*hosts),
            phones=self._phones,
            visited=lambda count, at: self._lines.say("visitors", count=count, at=f"{at:%H:%M:%S}"),
            heard=Heard(
                pressed=lambda: self._lines.say("pressed"),
                bell=lambda: self._lines.say("bell"),
                desks=lambda lines: self._lines.say("desks", desks=lines),
                admitted=lambda sessions: self._lines.say("admitted", sessions=sessions),
            ),
        )

    def _name_addresses(self, host: str, port: int) -> None:
        """The address for scripts, and the one that phones in the room can reach."""
        public = host
        if host in _ANY_HOST:
            found, host = offered(self._look()), "127.0.0.1"
            public = found[0].address if found else host
            self._public = (public, port)
        self._main_url = f"http://{url_host(host)}:{port}"
        self._public_url = f"http://{url_host(public)}:{port}"

    def _begin(
        self, server: DeskServer, parts: DeskParts, ready: Mapping[str, Any], host: str, fd: int | None
    ) -> None:
        """Say that the desk is ready; from now on codes are announced and commands are taken."""
        self._keep(asyncio.create_task(self._watch_clock(self._clock.reading())))
        self._lines.start(ready)
        _look_for_garbage_seldom()
        commands = Commands(server, parts, self._lines, host=host, public_url=self._public_url)
        self._keep(asyncio.create_task(commands.run()))
        self._keep(asyncio.create_task(self._announce_codes(parts, commands)))
        roaming = Roaming(server, self._lines, parts.hosts, self._look, self._public)
        self._keep(asyncio.create_task(roaming.run()))
        if fd is not None:
            loop = asyncio.get_running_loop()
            read_lines(
                fd,
                lambda line: _call_soon(loop, lambda: commands.take(line)),
                lambda: _call_soon(loop, server.request_stop),
            )

    async def _announce_codes(self, parts: DeskParts, commands: Commands) -> None:
        """Tell each new code that the projector is to show, as long as phones may sign in."""
        told = ""
        while True:
            payload = ""
            if parts.gate.is_open:
                payload = f"{commands.phone_url}/s/{parts.codes.code(self._clock.reading().mono)}"
            if payload and payload != told:
                self._lines.say("code", payload=payload)
            elif told and not payload:
                self._lines.forget("code")
            told = payload
            await asyncio.sleep(_CODE_POLL_S)

    async def _watch_clock(self, last: ClockReading) -> None:
        """A step of the clock is told also while nobody comes and no window is there.

        Where it cannot be stored now, the next entry tells of it.
        """
        while True:
            await asyncio.sleep(_CLOCK_POLL_S)
            now = self._clock.reading()
            if now.is_step(now.stepped_since(last)):
                with suppress(StorageProblem, DeskBusy):
                    await self._writer.heed_clock()
            last = now

    def _keep(self, task: asyncio.Task[None]) -> None:
        """Hold on to a task until it is done; the event loop alone would forget it."""
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _look_for_garbage_seldom() -> None:
    """Each look at all that a large meeting is made of holds up everybody who waits.

    What is here now is needed to the end, and a request leaves next to nothing behind.
    """
    gc.freeze()
    gc.set_threshold(_GARBAGE, 20, 50)


def _call_soon(loop: asyncio.AbstractEventLoop, call: Callable[[], None]) -> None:
    """From another thread; a loop that has closed meanwhile needs nothing any more."""
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(call)
