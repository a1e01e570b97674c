"""The desk's application on an event loop of its own thread, driven by plain calls."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

import httpx
from desk_fakes import FakeRegistrar

from huifeng_desktop.clock import Clock
from huifeng_desktop.desk.app import DeskParts, build_app
from huifeng_desktop.desk.http.guard import ServedHosts
from huifeng_desktop.desk.writer import GroupCommitWriter, RegistrarFactory

T = TypeVar("T")
TOKEN = "token-for-tests"
AUTHORISED = {"Authorization": f"Bearer {TOKEN}"}


class LocalDesk:
    """Start it, send requests from any thread, close it."""

    def __init__(
        self,
        registrar: FakeRegistrar,
        clock: Clock,
        *,
        capacity: int = 4000,
        opened: RegistrarFactory | None = None,
    ) -> None:
        """`opened` puts another registrar behind the desk than the fake."""
        self.registrar = registrar
        self.clock = clock
        self.committed: list[int] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        source = opened or registrar.opened
        self.writer = GroupCommitWriter(source, on_commit=self.committed.append, capacity=capacity)
        self.run(self.writer.start())
        self.parts = DeskParts.make(
            self.writer,
            meeting_id="m1",
            token=TOKEN,
            secret=b"k" * 32,
            clock=clock,
            hosts=ServedHosts("192.168.1.8"),
        )
        self.app = build_app(self.parts)

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine on the desk's loop and wait for it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(20)

    def close(self) -> None:
        """Stop the writer and the loop."""
        self.run(self.writer.stop())
        self.run(self._end_tasks())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    async def _end_tasks(self) -> None:
        """As `asyncio.run` does for the real desk: no task is left to a loop that is closed."""
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)

    def request(self, method: str, path: str, *, address: str = "10.0.0.1", **more: Any) -> httpx.Response:
        """One request as it would arrive from `address`."""
        return self.run(self._request(method, path, address, more))

    def sign_in(self, badge: object, nonce: object = "n1", **more: object) -> httpx.Response:
        """`POST /api/sign-ins` with the token."""
        body = {"badge": badge, "nonce": nonce, **more}
        return self.request("POST", "/api/sign-ins", json=body, headers=AUTHORISED)

    def code(self) -> str:
        """The code on the projector now."""
        return self.parts.codes.code(self.clock.reading().mono)

    def open_form(self) -> str:
        """Scan the code; the ticket in the form."""
        return ticket_in(self.request("GET", f"/s/{self.code()}").text)

    def send_form(self, ticket: str, **fields: str) -> httpx.Response:
        """Send the form as a phone does."""
        form = {"ticket": ticket, "name": "欧阳建", "digits": "8016", "who": "self", **fields}
        return self.request("POST", "/s/sign-in", data=form)

    async def _request(self, method: str, path: str, address: str, more: dict[str, Any]) -> httpx.Response:
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False, client=(address, 5000))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
            return await client.request(method, path, **more)


def ticket_in(html: str) -> str:
    """The ticket that a form carries."""
    found = re.search(r'name="ticket" value="([^"]+)"', html)
    assert found, html
    return found[1]
