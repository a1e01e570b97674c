"""What the window asks of a running desk: phones, stage, remote and second desks, opened and closed.

Commands come one after the other; each is answered with one event line.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from huifeng_desktop.desk.app import DeskParts
from huifeng_desktop.desk.http.server import DeskServer, listen_at_usual
from huifeng_desktop.desk.lines import LineWriter
from huifeng_desktop.desk.network.cards import url_host
from huifeng_desktop.desk.screens.files import kept_key
from huifeng_desktop.desk.screens.pins import kept_pin, kept_sessions
from huifeng_desktop.desk.screens.stage_wish import StageWish
from huifeng_desktop.errors import DeskProblem

PHONES, STAGE, REMOTE, DESKS = "phones", "stage", "remote", "desks"


class Commands:
    """Carries out command lines. `public_url` is the desk's own address, as others can reach it."""

    def __init__(
        self, server: DeskServer, parts: DeskParts, lines: LineWriter, *, host: str, public_url: str
    ) -> None:
        self._server = server
        self._parts = parts
        self._lines = lines
        self._host = host
        self._public_url = self.phone_url = public_url
        self._port = urlsplit(public_url).port
        self._desk_bases: dict[str, str] = {}
        self._queue: asyncio.Queue[Mapping[str, Any]] = asyncio.Queue()

    def take(self, line: Mapping[str, Any]) -> None:
        """Carry a command out when those before it are done; unknown ones are left alone."""
        self._queue.put_nowait(line)

    async def run(self) -> None:
        """Work for as long as the desk runs."""
        while True:
            await self._obey(await self._queue.get())

    async def _obey(self, line: Mapping[str, Any]) -> None:
        command = line.get("command")
        if command == "open_phones":
            await self._open_phones(line)
        elif command == "open_stage":
            await self._open_stage(line)
        elif command == "open_remote":
            await self._open_remote(line)
        elif command == "close_phones":
            self._close_phones()
            self._lines.say(PHONES, open=False)
        elif command == "close_stage":
            self._close_screen(STAGE)
        elif command == "close_remote":
            self._close_screen(REMOTE)
        elif command == "open_desk":
            await self._open_desk(line)
        elif command == "close_desk":
            self._close_desk(str(line.get("id", "")))
        elif command == "stage":
            self._show(StageWish.from_line(line))

    def _show(self, wish: StageWish) -> None:
        """What the window's stage shows; the remote turns amber with it."""
        self._parts.remote.cues = wish.cues
        self._parts.stage.follow(wish)

    async def _open_phones(self, line: Mapping[str, Any]) -> None:
        """Let phones in, at an address of their own when one is given."""
        self._close_phones()
        self._parts.visitors.clear()
        url = await self._address(PHONES, line)
        if url:
            self.phone_url = url
            self._parts.gate.is_open = True
            self._lines.say(PHONES, open=True, url=url)

    def _close_phones(self) -> None:
        """Keep phones out and stop listening at the address that was theirs."""
        self._parts.gate.is_open = False
        self._server.remove_listener(PHONES)
        self.phone_url = self._public_url

    async def _open_stage(self, line: Mapping[str, Any]) -> None:
        """Show the stage under a new address, or under the key that it had before a restart."""
        self._parts.stage.close()
        self._server.remove_listener(STAGE)
        url = await self._address(STAGE, line)
        if url:
            self._lines.say(STAGE, open=True, url=url + self._parts.stage.open(kept_key(line.get("key"))))

    async def _open_remote(self, line: Mapping[str, Any]) -> None:
        """Take presses under a new address with a new PIN, or those of before a restart."""
        self._parts.remote.close()
        self._server.remove_listener(REMOTE)
        url = await self._address(REMOTE, line)
        if url:
            kept = kept_key(line.get("key")), kept_pin(line.get("pin")), kept_sessions(line.get("sessions"))
            path, pin = self._parts.remote.open(*kept)
            self._lines.say(REMOTE, open=True, url=url + path, pin=pin)

    async def _open_desk(self, line: Mapping[str, Any]) -> None:
        """One more second desk; all of one network share an address."""
        host = str(line.get("host", ""))
        base = self._desk_bases.get(host) or await self._address(f"{DESKS} {host}", line)
        if base:
            self._desk_bases[host] = base
            ident, name = (str(line.get(word, "")) for word in ("id", "name"))
            self._parts.second.open(ident, name, base, kept_key(line.get("key")))
        else:
            refused = {"id": str(line.get("id", "")), "url": ""}
            self._lines.say(DESKS, desks=[*self._parts.second.lines(), refused])

    def _close_desk(self, ident: str) -> None:
        """Take one back; with the last of them nothing listens for them any more."""
        self._parts.second.revoke(ident)
        if not self._parts.second.lines():
            for host in self._desk_bases:
                self._server.remove_listener(f"{DESKS} {host}")
            self._desk_bases.clear()

    def _close_screen(self, purpose: str) -> None:
        """Void the address and everybody who came by it."""
        (self._parts.stage if purpose == STAGE else self._parts.remote).close()
        self._server.remove_listener(purpose)
        self._lines.say(purpose, open=False)

    async def _address(self, purpose: str, line: Mapping[str, Any]) -> str:
        """Where to serve: the desk's own address, or another one that is listened at from now on.

        A port that the page had before a restart is taken again where it is free. "" when nothing can
        be listened at; then a problem line and {"open": false} were said.
        """
        host, wanted = line.get("host"), line.get("port")
        port = wanted if isinstance(wanted, int) else 0
        is_own = not isinstance(host, str) or host in ("", self._host)
        if is_own and port in (0, self._port):
            return self._public_url
        place = self._host if is_own else str(host)
        try:
            listener = listen_at_usual(place, port)
        except DeskProblem as problem:
            self._lines.say("problem", message=str(problem))
            self._lines.say(purpose, open=False)
            return ""
        await self._server.add_listener(purpose, place, listener)
        return f"http://{url_host(place)}:{listener.getsockname()[1]}"
