"""`/`: what somebody sees who types the desk's address by hand: he has got through, and what to do."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from huifeng_desktop.desk.phones.pages import Pages


class Welcome:
    """One page that says nothing about the meeting."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    def routes(self) -> list[Route]:
        """Where it is."""
        return [Route("/", self.show, methods=["GET"])]

    async def show(self, request: Request) -> Response:
        """Got through."""
        return self._pages.hello()
