"""The outermost layer of the desk: which Host it answers to, security headers, no stray tracebacks.

Checking Host keeps a foreign web page from reaching the desk through a rebound DNS name.
"""

from __future__ import annotations

import json
import re
from collections import Counter

from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from huifeng_desktop.desk import wording
from huifeng_desktop.desk.http.quiet import log_failure
from huifeng_desktop.desk.phones.visitors import Visitors

BODY_LIMIT = 16 * 1024
"""The largest request body in bytes; a sign-in needs a few hundred."""

_HOST = re.compile(r"(?:\[([^\]]*)\]|([^:\[\]]*))(?::[0-9]*)?", re.ASCII)
"""An IPv6 address in brackets, or a name; and a port."""
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_POLICY = (b"content-security-policy", b"default-src 'none'; base-uri 'none'; frame-ancestors 'none'")
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)


class BodyTooLarge(Exception):
    """The request body is longer than `BODY_LIMIT`."""


async def read_body(request: Request) -> bytes:
    """The whole body, never holding more than the limit. Raises `BodyTooLarge`."""
    declared = request.headers.get("content-length", "0")
    if declared.isdecimal() and int(declared) > BODY_LIMIT:
        raise BodyTooLarge
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            raise BodyTooLarge
    return bytes(body)


def client_address(request: Request) -> str:
    """The address of the other side, as the key of a rate limit."""
    return request.client.host if request.client else ""


def is_own_origin(request: Request) -> bool:
    """Whether a form was posted from the desk's own page; old browsers send no Origin."""
    origin = request.headers.get("origin")
    return origin is None or origin == f"http://{request.headers.get('host', '')}"


class ServedHosts:
    """The names and addresses under which the desk may be spoken to; loopback always."""

    def __init__(self, *hosts: str) -> None:
        self._extra = Counter(host.casefold() for host in hosts)

    def add(self, host: str) -> None:
        """Serve one more address from now on, or the same one for one more purpose."""
        self._extra[host.casefold()] += 1

    def remove(self, host: str) -> None:
        """Stop serving an address for one purpose."""
        self._extra -= Counter([host.casefold()])

    def accepts(self, header: str) -> bool:
        """Whether a Host header names this desk and nothing else; which port does not matter."""
        named = _HOST.fullmatch(header.strip().casefold())
        name = (named[1] or named[2]) if named else ""
        return name in _LOOPBACK or name in self._extra


class Guard:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp, hosts: ServedHosts, visitors: Visitors) -> None:
        self._app = app
        self._hosts = hosts
        self._visitors = visitors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        guarded = _with_headers(send)
        if not self._hosts.accepts(_host_of(scope)):
            await _refuse_host(guarded)
            return
        try:
            await self._app(scope, receive, self._visitors.watch(scope, guarded))
        except ClientDisconnect:
            return
        except Exception as problem:  # the application has answered 500 and passed it on
            log_failure("a request", problem)


def _host_of(scope: Scope) -> str:
    """The Host header; "" where there is none, or more than one: whom it then belongs to is a guess."""
    hosts = [bytes(value) for name, value in scope["headers"] if name == b"host"]
    return hosts[0].decode("latin-1") if len(hosts) == 1 else ""


def _with_headers(send: Send) -> Send:
    """`send` that adds the security headers; a page brings a policy of its own."""

    async def send_guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = [*message["headers"], *_HEADERS]
            if all(name != _POLICY[0] for name, _ in headers):
                headers.append(_POLICY)
            message = {**message, "headers": headers}
        await send(message)

    return send_guarded


async def _refuse_host(send: Send) -> None:
    body = json.dumps({"error": "host", "message": wording.WRONG_HOST}, ensure_ascii=False).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 400, "headers": headers})
    await send({"type": "http.response.body", "body": body})
