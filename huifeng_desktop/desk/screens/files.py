"""Pages with a script: their files, read once, and the policy that lets nothing else run.

Everything of a page lies under its own random address, files too: closed, nothing of it is there.
"""

from __future__ import annotations

import hmac
import secrets
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from huifeng_desktop.desk.api import too_many
from huifeng_desktop.desk.screens.streams import Channel, Feed

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_TYPES = {".js": "text/javascript", ".css": "text/css"}
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Nothing that could be mistaken when an address is typed by hand."""
_KEY_LENGTH = 10
_VIEWER_LENGTH = 40
_RETRY_S = 3


def kept_key(plain: object) -> str:
    """A key that the window has kept from an earlier run; "" for anything that was none."""
    is_one = isinstance(plain, str) and len(plain) == _KEY_LENGTH and set(plain) <= set(_ALPHABET)
    return str(plain) if is_one else ""


def new_key() -> str:
    """The secret part of an address, short enough to be typed by hand."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_KEY_LENGTH))


class Opening:
    """The random key of an address, as long as the secretary keeps it open."""

    def __init__(self) -> None:
        self.key = ""

    @property
    def is_open(self) -> bool:
        """Whether anything is served."""
        return bool(self.key)

    def open(self, key: str = "") -> str:
        """A new key, or the one that this page had before a restart; the former one is void."""
        self.key = key or new_key()
        return self.key

    def close(self) -> None:
        """Serve nothing from now on."""
        self.key = ""

    def check(self, request: Request) -> None:
        """404 for any other key, in constant time."""
        given = request.path_params["key"].encode("utf-8", "replace")
        if not self.key or not hmac.compare_digest(given, self.key.encode()):
            raise HTTPException(404)


class ScreenFiles:
    """The scripts and styles that pages may ask for."""

    def __init__(self, web: Path, *names: str) -> None:
        self._texts = {name: (web / name).read_text(encoding="utf-8") for name in names}

    def answer(self, request: Request) -> Response:
        """The file named in the path; 404 for any other."""
        name = request.path_params["file"]
        if name not in self._texts:
            raise HTTPException(404)
        return Response(self._texts[name], media_type=_TYPES[Path(name).suffix])


def screen(html: str, status: int = 200, *, pictures: bool = False) -> HTMLResponse:
    """A page with scripts of our own only; `pictures`: it may show images of its own, too."""
    policy = f"{_POLICY}; img-src 'self' data:" if pictures else _POLICY
    return HTMLResponse(html, status, {"Content-Security-Policy": policy})


def watch(request: Request, feed: Feed, channel: Channel) -> Response:
    """The pictures as they change, or 429 when nobody else may watch.

    A page names itself in `viewer`, so that it takes its own place when it comes again.
    """
    stream = channel.join(request.query_params.get("viewer", "")[:_VIEWER_LENGTH])
    if stream is None:
        return too_many(_RETRY_S)
    feed.wake()
    return stream
