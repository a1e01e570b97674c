"""Puts the desk's HTTP side together: the API, the phone pages, and one place for every refusal."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from huifeng_desktop.clock import Clock
from huifeng_desktop.desk import wording
from huifeng_desktop.desk.api import SignInApi, problem
from huifeng_desktop.desk.http.guard import BodyTooLarge, Guard, ServedHosts
from huifeng_desktop.desk.messages import Malformed
from huifeng_desktop.desk.phones.codes import CodeSigner, TicketBook
from huifeng_desktop.desk.phones.entry import PhoneDoor, PhoneGate
from huifeng_desktop.desk.phones.pages import Pages
from huifeng_desktop.desk.phones.visitors import Visited, Visitors
from huifeng_desktop.desk.phones.welcome import Welcome
from huifeng_desktop.desk.screens import second_words
from huifeng_desktop.desk.screens.remote import Heard, RemotePage
from huifeng_desktop.desk.screens.second_desk import SecondDesks
from huifeng_desktop.desk.screens.stage_page import StagePage
from huifeng_desktop.desk.screens.streams import Feed
from huifeng_desktop.desk.wording import Phone
from huifeng_desktop.desk.writer import DeskBusy, GroupCommitWriter
from huifeng_desktop.errors import DiskFullProblem, UserProblem
from huifeng_desktop.paths import resource_path

_AGAIN_S = "5"
"""A desk that was started anew knows its addresses a moment later: a page that met it then comes back."""

_Handler = Callable[[Request, Exception], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class DeskParts:
    """What one run of the desk is made of. `secret` signs the codes and dies with the run."""

    writer: GroupCommitWriter
    token: str
    codes: CodeSigner
    tickets: TicketBook
    gate: PhoneGate
    hosts: ServedHosts
    clock: Clock
    stage: StagePage
    remote: RemotePage
    second: SecondDesks
    visitors: Visitors

    @classmethod
    def make(
        cls,
        writer: GroupCommitWriter,
        *,
        meeting_id: str,
        token: str,
        secret: bytes,
        clock: Clock,
        hosts: ServedHosts,
        phones: bool = True,
        heard: Heard | None = None,
        visited: Visited = lambda count, at: None,
    ) -> DeskParts:
        """The parts for one meeting; codes and tickets are bound to it."""
        codes, tickets = CodeSigner(secret, meeting_id), TicketBook(secret, meeting_id)
        web, feed = resource_path("web"), Feed(writer.hall)
        stage = StagePage(feed, web)
        heard = heard or Heard()
        remote = RemotePage(writer, feed, web, clock=clock, heard=heard)
        second = SecondDesks(writer, feed, web, clock=clock, told=heard.desks)
        gate, visitors = PhoneGate(phones), Visitors(clock, visited)
        return cls(writer, token, codes, tickets, gate, hosts, clock, stage, remote, second, visitors)


def build_app(parts: DeskParts) -> ASGIApp:
    """The ASGI application. The writer is started and stopped by the caller."""
    pages = Pages(resource_path("web"))
    api = SignInApi(parts.writer, parts.token, parts.clock)
    phones = PhoneDoor(
        parts.writer,
        codes=parts.codes,
        tickets=parts.tickets,
        pages=pages,
        gate=parts.gate,
        clock=parts.clock,
    )
    pages_of = (phones, api, Welcome(pages), parts.stage, parts.remote, parts.second)
    routes = [route for part in pages_of for route in part.routes()]
    app = Starlette(routes=routes, exception_handlers=_handlers(pages))
    return Guard(app, parts.hosts, parts.visitors)


def _handlers(pages: Pages) -> dict[Any, _Handler]:
    """Every exception that may leave an endpoint, and what the caller is told."""
    return {
        Malformed: _answer(pages, 422, "malformed", None),
        BodyTooLarge: _answer(pages, 413, "too_large", wording.TOO_LARGE, {"Connection": "close"}),
        DeskBusy: _answer(pages, 503, "busy", wording.BUSY, {"Retry-After": "1"}),
        DiskFullProblem: _answer(pages, 507, "storage_full", None, {"Retry-After": "30"}),
        UserProblem: _answer(pages, 503, "storage", None, {"Retry-After": "5"}),
        HTTPException: _http_exception(pages),
        Exception: _answer(pages, 500, "internal", wording.BROKEN),
    }


def _answer(
    pages: Pages, status: int, error: str, message: str | None, headers: dict[str, str] | None = None
) -> _Handler:
    """JSON for the API, a page for phones; `message` None takes the exception's own sentence."""

    async def handle(request: Request, raised: Exception) -> Response:
        if _is_phone(request):
            asked = request.method in ("GET", "HEAD")  # nothing was to be recorded
            words, again = (Phone.NOT_NOW, _AGAIN_S) if asked else (Phone.NOT_SAVED, "")
            answer: Response = pages.refusal(words, status, again=again)
        else:
            answer = problem(status, error, str(raised) if message is None else message)
        answer.headers.update(headers or {})
        return answer

    return handle


def _http_exception(pages: Pages) -> _Handler:
    """404 and 405 of the router."""

    async def handle(request: Request, raised: Exception) -> Response:
        if not isinstance(raised, HTTPException):
            raise raised
        if request.url.path.startswith("/d/"):
            words, about = second_words.REVOKED, "第二签到台"
            answer: Response = pages.refusal(words, raised.status_code, about, _AGAIN_S)
        elif _is_screen(request):
            answer = pages.refusal(Phone.NO_SCREEN, raised.status_code, "会场画面", _AGAIN_S)
        elif _is_phone(request):
            answer = pages.refusal(Phone.WRONG_PAGE, raised.status_code)
        elif raised.status_code == 405:
            answer = problem(405, "method", wording.NO_METHOD)
        else:
            answer = problem(raised.status_code, "not_found", wording.NO_PAGE)
        answer.headers.update(raised.headers or {})
        return answer

    return handle


def _is_phone(request: Request) -> bool:
    return request.url.path.startswith("/s/")


def _is_screen(request: Request) -> bool:
    """Whether the address is, or was, that of the stage or the remote."""
    return request.url.path.startswith(("/t/", "/r/"))
