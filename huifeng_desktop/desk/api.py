"""`/api`: sign-in for scanners and scripts, behind a bearer token. CONTRACT.md fixes it."""

from __future__ import annotations

import hmac

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from huifeng_desktop.clock import Clock
from huifeng_desktop.desk import wording
from huifeng_desktop.desk.http.guard import client_address, is_own_origin, read_body
from huifeng_desktop.desk.http.limits import RateLimit
from huifeng_desktop.desk.http.openapi import document
from huifeng_desktop.desk.messages import describe, parse_sign_in
from huifeng_desktop.desk.writer import GroupCommitWriter
from huifeng_desktop.service.door.sign_in import OutcomeCode

STATUS = {
    OutcomeCode.SIGNED_IN: 201,
    OutcomeCode.LEFT: 201,
    OutcomeCode.RETURNED: 201,
    OutcomeCode.ALREADY: 200,
    OutcomeCode.UNKNOWN_BADGE: 404,
    OutcomeCode.UNKNOWN_PERSON: 404,
    OutcomeCode.NOT_OPEN: 409,
    OutcomeCode.NOT_IN: 409,
    OutcomeCode.VACANT: 409,
}
_UNKNOWN = (OutcomeCode.UNKNOWN_BADGE, OutcomeCode.UNKNOWN_PERSON)


class SignInApi:
    """The endpoints. Only failures are limited: an address that holds the token is never slowed."""

    def __init__(self, writer: GroupCommitWriter, token: str, clock: Clock) -> None:
        self._writer = writer
        self._token = token.encode()
        self._clock = clock
        self._strangers = RateLimit(burst=30, per_second=1)
        self._unknown_badges = RateLimit(burst=2000, per_second=100)

    def routes(self) -> list[Route]:
        """Where the endpoints are."""
        return [
            Route("/api/sign-ins", self.sign_in, methods=["POST"]),
            Route("/api/summary", self.summary, methods=["GET"]),
            Route("/healthz", _healthz, methods=["GET"]),
            Route("/openapi.json", _openapi, methods=["GET"]),
        ]

    async def sign_in(self, request: Request) -> Response:
        """Register one movement through the door; answers after it is on disk."""
        if refusal := self._refuse_stranger(request):
            return refusal
        if not is_own_origin(request):
            return problem(403, "origin", wording.WRONG_ORIGIN)
        address, now = client_address(request), self._clock.reading().mono
        asked = parse_sign_in(await read_body(request))
        if not self._unknown_badges.has_room(address, now):
            return too_many(self._unknown_badges.retry_after(address, now))
        outcome = await self._writer.register(asked)
        if outcome.code in _UNKNOWN:
            self._unknown_badges.take(address, now)
        return JSONResponse(describe(outcome), STATUS[outcome.code])

    async def summary(self, request: Request) -> Response:
        """The totals of the meeting."""
        if refusal := self._refuse_stranger(request):
            return refusal
        return JSONResponse(dict(await self._writer.summary()))

    def _refuse_stranger(self, request: Request) -> Response | None:
        """401 without the token, 429 for an address that keeps guessing; None with the token."""
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        is_right = hmac.compare_digest(given.encode("latin-1", "replace"), self._token)
        if is_right and scheme.casefold() == "bearer":
            return None
        address, now = client_address(request), self._clock.reading().mono
        if not self._strangers.take(address, now):
            return too_many(self._strangers.retry_after(address, now))
        return problem(401, "token", wording.NO_TOKEN, {"WWW-Authenticate": "Bearer"})


def problem(status: int, error: str, message: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """An answer about the request itself rather than about a person."""
    return JSONResponse({"error": error, "message": message}, status, headers)


def too_many(retry_after: int) -> JSONResponse:
    """429 with the seconds to wait."""
    return problem(429, "too_many", wording.TOO_MANY, {"Retry-After": str(retry_after)})


async def _healthz(request: Request) -> Response:
    return JSONResponse({"ok": True})


async def _openapi(request: Request) -> Response:
    return JSONResponse(document())
