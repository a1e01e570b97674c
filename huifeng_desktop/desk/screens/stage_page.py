"""`/t`: the stage in a browser on the local network, for a tablet before the speaker. Read-only."""

from __future__ import annotations

import asyncio
from pathlib import Path

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from huifeng_desktop.desk.screens.backdrop import Backdrop, make_backdrop
from huifeng_desktop.desk.screens.files import Opening, ScreenFiles, screen, watch
from huifeng_desktop.desk.screens.picture import Picture, stage_picture
from huifeng_desktop.desk.screens.stage_wish import StageWish
from huifeng_desktop.desk.screens.streams import Channel, Feed
from huifeng_desktop.service.registrar import HallFacts

MOST_TABLETS = 20
_PLAIN = ("countdown", "agenda", "blackout")
"""Nothing stands behind these, as on the projected stage."""


class StagePage:
    """Closed until the secretary opens it; `wish` is what the window says the stage shows."""

    def __init__(self, feed: Feed, web: Path) -> None:
        self._feed = feed
        self._opening = Opening()
        self._html = (web / "stage.html").read_text(encoding="utf-8")
        self._files = ScreenFiles(web, "stage.css", "stage.js", "live.js")
        self.wish = StageWish()
        self._backdrop = Backdrop()
        self._making: asyncio.Task[None] | None = None
        self.channel = feed.add(Channel(self.picture, MOST_TABLETS))

    def follow(self, wish: StageWish) -> None:
        """Show what the window's stage shows; a picture behind it comes as soon as it is made."""
        self.wish = wish
        if self._opening.is_open and wish.backdrop != self._backdrop.path:
            self._backdrop = Backdrop(wish.backdrop)
            self._making = asyncio.create_task(self._make(wish.backdrop))

    async def made(self) -> None:
        """When the picture behind is there, or it is known that there is none."""
        if self._making is not None:
            await self._making

    async def _make(self, path: str) -> None:
        made = await asyncio.to_thread(make_backdrop, path)
        if path == self._backdrop.path:  # no other was chosen meanwhile
            self._backdrop = made
            self._feed.wake()

    def picture(self, facts: HallFacts) -> Picture:
        """What every tablet is shown now."""
        picture = stage_picture(facts, self.wish)
        return picture if picture["mode"] in _PLAIN else {**picture, "back": self._backdrop.name}

    def open(self, key: str = "") -> str:
        """Serve the stage under a new address, or under that of an earlier run; its path."""
        self.close()
        return f"/t/{self._opening.open(key)}/"

    def close(self) -> None:
        """The address is void and every page is told."""
        self._opening.close()
        self.channel.close()

    def routes(self) -> list[Route]:
        """Where the page and its files are."""
        return [
            Route("/t/{key}", self.add_slash, methods=["GET"]),
            Route("/t/{key}/", self.show, methods=["GET"]),
            Route("/t/{key}/events", self.events, methods=["GET"]),
            Route("/t/{key}/{file}", self.file, methods=["GET"]),
        ]

    async def add_slash(self, request: Request) -> Response:
        """An address that was typed without its end."""
        self._opening.check(request)
        return RedirectResponse(f"/t/{request.path_params['key']}/")

    async def show(self, request: Request) -> Response:
        """The page; everything in it comes with the events."""
        self._opening.check(request)
        return screen(self._html, pictures=True)

    async def file(self, request: Request) -> Response:
        """Its script and style, and the picture behind it."""
        self._opening.check(request)
        made = self._backdrop
        if made.name and request.path_params["file"] == made.name:
            return Response(made.data, media_type="image/jpeg")
        return self._files.answer(request)

    async def events(self, request: Request) -> Response:
        """The pictures as they change."""
        self._opening.check(request)
        return watch(request, self._feed, self.channel)
