"""`/s/me` and `/s/doc`: what a telephone may see once somebody has signed in from it, and for how long.

The right is a cookie; what it opens is asked of the meeting each time, so it ends with the meeting, and
with the sign-in when that is undone.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from huifeng_desktop.clock import Clock
from huifeng_desktop.desk.http.guard import client_address
from huifeng_desktop.desk.http.limits import RateLimit
from huifeng_desktop.desk.phones.pages import Pages
from huifeng_desktop.desk.phones.passes import Passes
from huifeng_desktop.desk.wording import Phone
from huifeng_desktop.desk.writer import GroupCommitWriter
from huifeng_desktop.domain.phones import Document
from huifeng_desktop.paths import resource_path
from huifeng_desktop.service.before.documents import KINDS
from huifeng_desktop.service.door.guests import Standing, Visit

_DEVICE, _SEAT = "huifeng_phone", "huifeng_seat"
_KEPT_S = 12 * 3600
"""A cookie is kept for a long day; what ends it is the meeting."""
_CLOSED_STANDINGS = {
    Standing.OVER: (Phone.OVER, 410),
    Standing.NONE: (Phone.NO_PASS, 403),
    Standing.REFUSED: (Phone.REFUSED, 409),
}


@dataclass(frozen=True, slots=True)
class Holder:
    """A telephone as its cookies tell: "" for what it does not have."""

    device: str = ""
    seat_id: str = ""


class PassDesk:
    """Reads and gives the cookies; the key that signs them is asked of the meeting once."""

    def __init__(self, writer: GroupCommitWriter) -> None:
        self._writer = writer
        self._passes: Passes | None = None
        self._asking = asyncio.Lock()

    @staticmethod
    def may_hold(request: Request) -> bool:
        """Whether the telephone brings a pass at all; costs nothing, proves nothing."""
        return _SEAT in request.cookies

    async def holder(self, request: Request) -> Holder:
        """Whose telephone this is."""
        passes = await self._ready()
        device = passes.device(request.cookies.get(_DEVICE, ""))
        return Holder(device, passes.seat(request.cookies.get(_SEAT, ""), device))

    async def give(self, answer: Response, holder: Holder, *, knows_device: bool = False) -> None:
        """Let the telephone keep who it is, as far as it does not know already."""
        passes = await self._ready()
        if not knows_device:
            _set(answer, _DEVICE, passes.device_cookie(holder.device))
        if holder.seat_id:
            _set(answer, _SEAT, passes.seat_cookie(holder.seat_id, holder.device))

    async def _ready(self) -> Passes:
        async with self._asking:
            if self._passes is None:
                asked = self._writer.meeting(), self._writer.guests(lambda guests: guests.secret())
                meeting, secret = await asyncio.gather(*asked)
                self._passes = Passes(secret, meeting.meeting_id)
        return self._passes


def _set(answer: Response, name: str, value: str) -> None:
    """What `set_cookie` writes, without the time it takes: `Passes` makes no value that wants quoting."""
    answer.headers.append(
        "set-cookie", f"{name}={value}; HttpOnly; Max-Age={_KEPT_S}; Path=/s/; SameSite=lax"
    )


class GuestPages:
    """The pages behind the cookie, and the script of the signature."""

    def __init__(self, writer: GroupCommitWriter, passes: PassDesk, pages: Pages, clock: Clock) -> None:
        self._writer, self._passes, self._pages, self._clock = writer, passes, pages, clock
        self._limit = RateLimit(burst=60, per_second=1)
        self._pad = (resource_path("web") / "pad.js").read_text(encoding="utf-8")

    def routes(self) -> list[Route]:
        """Where they are; none of these can be a code."""
        return [
            Route("/s/me", self.own_page, methods=["GET"]),
            Route("/s/doc/{document}", self.document, methods=["GET"]),
            Route("/s/pad.js", self.pad, methods=["GET"]),
        ]

    async def pad(self, request: Request) -> Response:
        """The script of the signature; it knows nothing."""
        return Response(self._pad, media_type="text/javascript")

    async def own_page(self, request: Request) -> Response:
        """Seat, agenda and documents, or how far the sign-in has come."""
        holder = await self._passes.holder(request)
        if refusal := self._too_often(request, holder):
            return refusal
        asked = self._writer.meeting(), self._writer.guests(lambda guests: guests.visit(holder.seat_id))
        meeting, visit = await asyncio.gather(*asked)
        if refusal := self.closed(visit):
            return refusal
        if visit.standing is Standing.WAITING:
            return self._pages.waiting(meeting, visit)
        return self._pages.guest(meeting, visit)

    def closed(self, visit: Visit) -> Response | None:
        """What is said where there is nothing to see."""
        words, status = _CLOSED_STANDINGS.get(visit.standing, (None, 0))
        return self._pages.refusal(words, status) if words else None

    async def document(self, request: Request) -> Response:
        """An approved document, as a file to keep."""
        holder, wanted = await self._passes.holder(request), request.path_params["document"]
        if refusal := self._too_often(request, holder):
            return refusal
        visit, found = await self._writer.guests(
            lambda guests: (guests.visit(holder.seat_id), guests.document(holder.seat_id, wanted))
        )
        if refusal := self.closed(visit):
            return refusal
        if found is None:
            return self._pages.refusal(Phone.NO_FILE, 404)
        return _download(*found)

    def _too_often(self, request: Request, holder: Holder) -> Response | None:
        """Bound the work of one telephone; strangers of one address share a limit."""
        asking, now = holder.device or client_address(request), self._clock.reading().mono
        if self._limit.take(asking, now):
            return None
        return self._pages.too_many(self._limit.retry_after(asking, now))


def _download(document: Document, path: Path) -> Response:
    """The file under its own name (RFC 5987), to be kept and never to be run as a page.

    The name may come from a merged file: of it only a known suffix stands in the header as it is.
    """
    ending = Path(document.name).suffix.casefold()
    suffix, kind = (ending, KINDS[ending]) if ending in KINDS else ("", "application/octet-stream")
    name = quote(document.name, safe="", errors="replace")
    named = f"attachment; filename=\"document{suffix}\"; filename*=UTF-8''{name}"
    return FileResponse(path, media_type=kind, headers={"Content-Disposition": named})
