"""`/r`: the secretary's telephone as a remote: a PIN first, then six buttons.

Closed until she opens it, and closing ends every session at once. A press carries a nonce and the
stand of the hall that its page showed: the same nonce gets the same answer again, and a press made
for a stand that has passed is refused. What is answered as done is on disk.
"""

from __future__ import annotations

import asyncio
import json
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from huifeng_desktop.clock import Clock
from huifeng_desktop.desk.api import problem
from huifeng_desktop.desk.http.guard import client_address, is_own_origin, read_body
from huifeng_desktop.desk.messages import NONCE_LENGTH, Malformed
from huifeng_desktop.desk.screens.files import Opening, ScreenFiles, screen, watch
from huifeng_desktop.desk.screens.picture import remote_picture
from huifeng_desktop.desk.screens.pins import PinDoor
from huifeng_desktop.desk.screens.streams import Channel, Feed
from huifeng_desktop.desk.wording import Remote
from huifeng_desktop.desk.writer import GroupCommitWriter
from huifeng_desktop.domain.cues import CuePlan
from huifeng_desktop.service.registrar import Press, PressOutcome

MOST_TELEPHONES = 8
_BELL = "bell"
_COOKIE = "huifeng_remote"
_REMEMBERED = 200


@dataclass(frozen=True, slots=True)
class Heard:
    """What the window is told at once: a button that was carried out, the bell, the second desks.

    And who is in by the PIN, so that after a crash of the desk nobody has to give it again; the window
    keeps that in memory alone.
    """

    pressed: Callable[[], None] = lambda: None
    bell: Callable[[], None] = lambda: None
    desks: Callable[[Sequence[dict[str, Any]]], None] = lambda lines: None
    admitted: Callable[[Sequence[str]], None] = lambda sessions: None


@dataclass(frozen=True, slots=True)
class _Asked:
    """One press as it arrived; `press` None is the bell."""

    nonce: str
    stand: str
    press: Press | None


class RemotePage:
    """The remote's pages and presses."""

    def __init__(
        self, writer: GroupCommitWriter, feed: Feed, web: Path, *, clock: Clock, heard: Heard
    ) -> None:
        self._writer = writer
        self._feed = feed
        self._clock = clock
        self._heard = heard
        self._opening = Opening()
        self._pins = PinDoor()
        self._files = ScreenFiles(web, "remote.css", "remote.js", "live.js")
        environment = Environment(loader=FileSystemLoader(web), autoescape=True, undefined=StrictUndefined)
        self._template = environment.get_template("remote.html")
        self._answers: OrderedDict[str, asyncio.Future[PressOutcome]] = OrderedDict()
        self.cues = CuePlan()
        self.channel = feed.add(Channel(lambda facts: remote_picture(facts, self.cues), MOST_TELEPHONES))

    def open(self, key: str = "", pin: str = "", sessions: Sequence[str] = ()) -> tuple[str, str]:
        """Serve the remote under a new address with a new PIN, or those of an earlier run; path and PIN.

        `sessions` are good again, if the PIN is the one by which they came in.
        """
        self.close()
        return f"/r/{self._opening.open(key)}/", self._pins.open(pin, sessions)

    @property
    def sessions(self) -> list[str]:
        """Who is in by the PIN."""
        return self._pins.sessions

    def close(self) -> None:
        """Address, PIN and every session are void."""
        self._opening.close()
        self._pins.close()
        self._answers.clear()
        self.channel.close()

    def routes(self) -> list[Route]:
        """Where the pages are."""
        return [
            Route("/r/{key}", self.add_slash, methods=["GET"]),
            Route("/r/{key}/", self.show, methods=["GET"]),
            Route("/r/{key}/pin", self.enter, methods=["POST"]),
            Route("/r/{key}/press", self.press, methods=["POST"]),
            Route("/r/{key}/events", self.events, methods=["GET"]),
            Route("/r/{key}/{file}", self.file, methods=["GET"]),
        ]

    async def add_slash(self, request: Request) -> Response:
        """An address that was typed without its end."""
        self._opening.check(request)
        return RedirectResponse(f"/r/{request.path_params['key']}/")

    async def show(self, request: Request) -> Response:
        """The buttons for whoever gave the PIN, else the question for it."""
        self._opening.check(request)
        return self._page(request, is_in=self._is_in(request))

    async def file(self, request: Request) -> Response:
        """Script and style."""
        self._opening.check(request)
        return self._files.answer(request)

    async def enter(self, request: Request) -> Response:
        """Try a PIN."""
        self._opening.check(request)
        if not is_own_origin(request):
            return self._page(request, message=Remote.WRONG_PAGE, status=403)
        fields = dict(parse_qsl((await read_body(request)).decode("ascii", "replace"), max_num_fields=5))
        answer = self._pins.enter(fields.get("pin", "").strip(), client_address(request), self._now())
        if answer.retry_after:
            page = self._page(request, message=Remote.paused(answer.retry_after), status=429)
            page.headers["Retry-After"] = str(answer.retry_after)
            return page
        if not answer.session:
            return self._page(request, message=Remote.WRONG_PIN, status=403)
        self._heard.admitted(self.sessions)
        path = f"/r/{request.path_params['key']}/"
        entered = RedirectResponse(path, 303)
        entered.set_cookie(_COOKIE, answer.session, path=path, httponly=True, samesite="strict")
        return entered

    async def events(self, request: Request) -> Response:
        """The pictures as they change."""
        self._check_session(request)
        return watch(request, self._feed, self.channel)

    async def press(self, request: Request) -> Response:
        """Carry a button out; answers after it is on disk."""
        self._check_session(request)
        if not is_own_origin(request):
            return problem(403, "origin", Remote.WRONG_PAGE)
        asked = _asked(await read_body(request))
        self._check_session(request)  # it may have been closed while the body came in
        outcome = await self._once(asked)
        answer = {"done": outcome.done, "sentence": outcome.sentence}
        return JSONResponse(answer, 200 if outcome.done else 409)

    async def _once(self, asked: _Asked) -> PressOutcome:
        """The outcome of a press, or what the same nonce was answered before."""
        answer = self._answers.get(asked.nonce)
        if answer is None:
            answer = self._answers[asked.nonce] = asyncio.ensure_future(self._carry_out(asked))
            while len(self._answers) > _REMEMBERED:
                self._answers.popitem(last=False)
        try:
            return await asyncio.shield(answer)
        except Exception:
            self._answers.pop(asked.nonce, None)  # nothing was done, so it may be tried again
            raise

    async def _carry_out(self, asked: _Asked) -> PressOutcome:
        if asked.press is None:
            self._heard.bell()
            return PressOutcome(True, Remote.BELL)
        outcome = await self._writer.press(asked.press, asked.stand)
        if outcome.done:
            self._heard.pressed()
        return outcome

    def _page(
        self, request: Request, *, is_in: bool = False, message: str = "", status: int = 200
    ) -> Response:
        path = f"/r/{request.path_params['key']}/"
        return screen(self._template.render(is_in=is_in, message=message, path=path), status)

    def _check_session(self, request: Request) -> None:
        self._opening.check(request)
        if not self._is_in(request):
            raise HTTPException(401)

    def _is_in(self, request: Request) -> bool:
        return self._pins.knows(request.cookies.get(_COOKIE, ""))

    def _now(self) -> float:
        return self._clock.reading().mono


def _asked(body: bytes) -> _Asked:
    """The press in a JSON body. Raises `Malformed`."""
    try:
        plain: Any = json.loads(body)
        nonce, stand, press = plain["nonce"], plain.get("stand", ""), plain["press"]
        named = None if press == _BELL else Press(press)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as trouble:
        raise Malformed(Remote.MALFORMED) from trouble
    if not isinstance(nonce, str) or not 8 <= len(nonce) <= NONCE_LENGTH or not isinstance(stand, str):
        raise Malformed(Remote.MALFORMED)
    return _Asked(nonce, stand, named)
