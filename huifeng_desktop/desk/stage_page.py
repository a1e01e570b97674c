"""`/t`: the stage in a browser on the local network, for a tablet before the speaker. Read-only."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from huifeng_desktop.desk.picture import stage_picture
from huifeng_desktop.desk.screens import Opening, ScreenFiles, screen, watch
from huifeng_desktop.desk.stage_wish import StageWish
from huifeng_desktop.desk.streams import Channel, Feed

MOST_TABLETS = 20


class StagePage:
    """Closed until the secretary opens it; `wish` is what the window says the stage shows."""

    def __init__(self, feed: Feed, web: Path) -> None:
        self._feed = feed
        self._opening = Opening()
        self._html = (web / "stage.html").read_text(encoding="utf-8")
        self._files = ScreenFiles(web, "stage.css", "stage.js", "live.js")
        self.wish = StageWish()
        self.channel = feed.add(Channel(lambda facts: stage_picture(facts, self.wish), MOST_TABLETS))

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
        return screen(self._html)

    async def file(self, request: Request) -> Response:
        """Its script and style."""
        self._opening.check(request)
        return self._files.answer(request)

    async def events(self, request: Request) -> Response:
        """The pictures as they change."""
        self._opening.check(request)
        return watch(request, self._feed, self.channel)
