"""`/d`: a second laptop or tablet as a sign-in desk, opened by the secretary under a key of its own.

Every desk has its own revocable key, compared in constant time; taken back, its pages are told at
once and nothing of it is served any more. Every entry carries a nonce and the desk's name, so that
a lost answer can be asked for again and the record says where somebody was signed in.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from huifeng_desktop.clock import Clock
from huifeng_desktop.desk.api import problem, too_many
from huifeng_desktop.desk.http.guard import client_address, is_own_origin, read_body
from huifeng_desktop.desk.http.limits import RateLimit
from huifeng_desktop.desk.screens import second_words
from huifeng_desktop.desk.screens.files import ScreenFiles, new_key, screen, watch
from huifeng_desktop.desk.screens.second_desk_messages import Entering, Undoing, parse_entering, parse_undoing
from huifeng_desktop.desk.screens.streams import Channel, Feed
from huifeng_desktop.desk.writer import GroupCommitWriter
from huifeng_desktop.domain.badge import is_badge
from huifeng_desktop.service.door.counter import CounterRow
from huifeng_desktop.service.door.sign_in import OutcomeCode

MOST_DESKS = 8
_MOST_PAGES = 3
"""Pages of one desk at a time: a reload beside the old one, and a second tab."""
_LONGEST_QUERY = 40
_NAME_LENGTH = 30

Told = Callable[[Sequence[dict[str, Any]]], None]
"""Hears of every open desk when one of them is opened, used or taken back."""
_Page = Callable[[Request, "OpenDesk"], Awaitable[Response]]


class OpenDesk:
    """One desk that is open, and what has been seen of it."""

    def __init__(self, ident: str, name: str, key: str, url: str, channel: Channel) -> None:
        self.ident, self.name, self.key, self.url, self.channel = ident, name, key, url, channel
        self.seen: datetime | None = None
        self.address = ""
        self.entered: set[str] = set()
        """The entries made here; a repeated answer is no second entry."""

    def line(self) -> dict[str, Any]:
        """What the window lists; the minute is precise enough."""
        seen = self.seen.isoformat(timespec="minutes") if self.seen else ""
        plain = {"id": self.ident, "name": self.name, "key": self.key, "url": self.url}
        return {**plain, "seen": seen, "address": self.address, "entries": len(self.entered)}


class SecondDesks:
    """The open desks and their pages."""

    def __init__(self, writer: GroupCommitWriter, feed: Feed, web: Path, *, clock: Clock, told: Told) -> None:
        self._writer, self._feed, self._clock, self._told = writer, feed, clock, told
        self._desks: dict[str, OpenDesk] = {}
        self._said: list[dict[str, Any]] = []
        self._strangers = RateLimit(burst=20, per_second=1)
        self._files = ScreenFiles(
            web, "second_desk.css", "second_desk.js", "second_desk_link.js", "second_desk_lists.js", "live.js"
        )
        environment = Environment(loader=FileSystemLoader(web), autoescape=True, undefined=StrictUndefined)
        self._template = environment.get_template("second_desk.html")

    # -- opened and taken back -----------------------------------------------------------------

    def open(self, ident: str, name: str, base: str, key: str = "") -> None:
        """Serve one more desk at `base`; `key` is that of a desk which the desk process had lost."""
        self.revoke(ident)
        if len(self._desks) < MOST_DESKS:
            key = key or new_key()
            channel = self._feed.add(Channel(second_words.picture, _MOST_PAGES))
            url = f"{base}/d/{key}/"
            self._desks[ident] = OpenDesk(ident, name.strip()[:_NAME_LENGTH], key, url, channel)
        self._tell()

    def revoke(self, ident: str) -> None:
        """The key is void from now on and every page of it is told."""
        desk = self._desks.pop(ident, None)
        if desk is not None:
            self._feed.remove(desk.channel)
            self._tell()

    def close(self) -> None:
        """Take every desk back."""
        for ident in list(self._desks):
            self.revoke(ident)

    def lines(self) -> list[dict[str, Any]]:
        """Every open desk, as the window lists them."""
        return [desk.line() for desk in self._desks.values()]

    def _tell(self) -> None:
        lines = self.lines()
        if lines != self._said:
            self._said = lines
            self._told(lines)

    # -- pages ---------------------------------------------------------------------------------

    def routes(self) -> list[Route]:
        """Where the pages are."""
        pages: tuple[tuple[str, _Page, str], ...] = (
            ("", self._add_slash, "GET"),
            ("/", self._show, "GET"),
            ("/events", self._events, "GET"),
            ("/search", self._search, "GET"),
            ("/people", self._people, "GET"),
            ("/latest", self._latest, "GET"),
            ("/entry", self._enter, "POST"),
            ("/undo", self._undo, "POST"),
            ("/{file}", self._file, "GET"),
        )
        return [Route(f"/d/{{key}}{path}", self._guarded(page), methods=[verb]) for path, page, verb in pages]

    def _guarded(self, page: _Page) -> Callable[[Request], Awaitable[Response]]:
        """Only with the key of an open desk; whoever guesses is slowed, whoever holds one never."""

        async def serve(request: Request) -> Response:
            address, now = client_address(request), self._clock.reading()
            desk = self._desk_of(request)
            if desk is None:
                if not self._strangers.take(address, now.mono):
                    return too_many(self._strangers.retry_after(address, now.mono))
                raise HTTPException(404)
            desk.seen, desk.address = now.wall, address
            answer = await page(request, desk)
            self._tell()
            return answer

        return serve

    def _desk_of(self, request: Request) -> OpenDesk | None:
        """Every key is compared, each in constant time."""
        given = request.path_params["key"].encode("utf-8", "replace")
        found = [desk for desk in self._desks.values() if hmac.compare_digest(given, desk.key.encode())]
        return found[0] if found else None

    async def _add_slash(self, request: Request, desk: OpenDesk) -> Response:
        return RedirectResponse(f"/d/{desk.key}/")

    async def _show(self, request: Request, desk: OpenDesk) -> Response:
        meeting = await self._writer.meeting()
        html = self._template.render(path=f"/d/{desk.key}/", desk=desk.name, title=meeting.title)
        return screen(html)

    async def _file(self, request: Request, desk: OpenDesk) -> Response:
        return self._files.answer(request)

    async def _events(self, request: Request, desk: OpenDesk) -> Response:
        return watch(request, self._feed, desk.channel)

    # -- looking -------------------------------------------------------------------------------

    async def _search(self, request: Request, desk: OpenDesk) -> Response:
        typed = request.query_params.get("q", "")[:_LONGEST_QUERY]
        return _listed(await self._writer.counter(lambda counter: counter.seek(typed)))

    async def _people(self, request: Request, desk: OpenDesk) -> Response:
        return _listed(await self._writer.counter(lambda counter: counter.people()))

    async def _latest(self, request: Request, desk: OpenDesk) -> Response:
        entries = await self._writer.counter(lambda counter: counter.latest())
        return JSONResponse({"entries": [second_words.entry(one) for one in entries]})

    # -- writing -------------------------------------------------------------------------------

    async def _enter(self, request: Request, desk: OpenDesk) -> Response:
        """Sign somebody in; answered after it is on disk."""
        if refusal := _foreign(request):
            return refusal
        asked: Entering = parse_entering(await self._body(request, desk), desk.name)
        if asked.request.badge and not is_badge(asked.request.badge):
            return JSONResponse(dict(zip(("headline", "detail", "tone"), second_words.MISREAD, strict=True)))
        given = await self._writer.counter(lambda counter: counter.enter(asked.request, asked.approved_by))
        if given.outcome.code is OutcomeCode.SIGNED_IN:
            desk.entered.add(given.outcome.event_id)
        return JSONResponse(second_words.answer(given))

    async def _body(self, request: Request, desk: OpenDesk) -> bytes:
        """What was sent, unless the desk was taken back while it came in."""
        body = await read_body(request)
        if self._desks.get(desk.ident) is not desk:
            raise HTTPException(404)
        return body

    async def _undo(self, request: Request, desk: OpenDesk) -> Response:
        """Take a sign-in back, with a reason."""
        if refusal := _foreign(request):
            return refusal
        asked: Undoing = parse_undoing(await self._body(request, desk))
        taken = await self._writer.counter(
            lambda counter: counter.take_back(
                asked.event_id, reason=asked.reason, station=desk.name, nonce=asked.nonce
            )
        )
        tone = "ok" if taken.done else "over"
        headline = "已撤销" if taken.done else "没有撤销"
        return JSONResponse({"headline": headline, "detail": taken.sentence, "tone": tone})


def _listed(rows: Sequence[CounterRow]) -> Response:
    return JSONResponse({"rows": [second_words.row(one) for one in rows]})


def _foreign(request: Request) -> Response | None:
    return None if is_own_origin(request) else problem(403, "origin", second_words.MALFORMED)
