"""Goes with the network: when the address of the chosen card changes or goes, the desk follows it.

Only on the card that the secretary chose: nothing is ever opened to a network she did not name. An
address that is gone is looked for until it comes back; she is told once of each turn.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from enum import StrEnum

from huifeng_desktop.desk.http.guard import ServedHosts
from huifeng_desktop.desk.http.quiet import log_failure
from huifeng_desktop.desk.http.server import DeskServer
from huifeng_desktop.desk.lines import LineWriter
from huifeng_desktop.desk.network.cards import url_host
from huifeng_desktop.service.door.networks import NetworkAddress, follow, offered

LOOK_S = 1.0
"""How often the system is asked for its addresses."""

Look = Callable[[], Sequence[NetworkAddress]]


class Turn(StrEnum):
    """What the window is told of."""

    MOVED = "moved"
    """There is another address now."""
    LOST = "lost"
    """The network is gone; nobody from outside reaches the desk."""
    BACK = "back"
    """It is there again, at the same or another address."""


class Roaming:
    """Looks at the network for as long as the desk runs.

    `public` is the address and port that others are told when the desk listens on every card; None
    when it listens on a certain one.
    """

    def __init__(
        self,
        server: DeskServer,
        lines: LineWriter,
        hosts: ServedHosts,
        look: Look,
        public: tuple[str, int] | None = None,
    ) -> None:
        self._server, self._lines, self._hosts, self._look = server, lines, hosts, look
        self._public = public
        self._seen: set[str] = set()
        self._bases: dict[str, str] = {}
        found = look()
        self._cards = {one.address: one.interface for one in found}
        self._follow_public(found)

    async def run(self) -> None:
        """Look again and again; the system may take its time, so not on the event loop's thread."""
        while True:
            try:
                await self.look_round(await asyncio.to_thread(self._look))
            except Exception as problem:  # the next look may succeed
                log_failure("a look at the network", problem)
            await asyncio.sleep(LOOK_S)

    async def look_round(self, found: Sequence[NetworkAddress]) -> None:
        """Follow what has moved, and tell of it once."""
        self._cards |= {one.address: one.interface for one in found}
        bases = await self._server.relocate(lambda host: self._where(host, found))
        bases |= self._follow_public(found)
        news = {base: now for base, now in bases.items() if now != self._bases.get(base, base)}
        if news:
            self._tell(news)

    def _where(self, host: str, found: Sequence[NetworkAddress]) -> str | None:
        """Where an opened address is now; one that no card ever had is left alone."""
        return follow(host, self._cards[host], found) if host in self._cards else host

    def _follow_public(self, found: Sequence[NetworkAddress]) -> dict[str, str]:
        """Listening everywhere, there is nothing to move but the names and what is told."""
        if self._public is None:
            return {}
        present = {one.address for one in found}
        for address in present - self._seen:
            self._hosts.add(address)
        for address in self._seen - present:
            self._hosts.remove(address)
        self._seen = present
        host, port = self._public
        now = host if host in present else next((one.address for one in offered(found)), "")
        return {_base(host, port): _base(now, port) if now else ""} if now or host in self._cards else {}

    def _tell(self, news: dict[str, str]) -> None:
        was_lost = any(self._bases.get(base) == "" for base in news)
        self._bases |= news
        self._lines.move(news)
        turn = Turn.LOST if "" in news.values() else Turn.BACK if was_lost else Turn.MOVED
        self._lines.say("network", turn=turn.value, at=next(iter(news.values())).removeprefix("http://"))


def _base(host: str, port: int) -> str:
    return f"http://{url_host(host)}:{port}"
