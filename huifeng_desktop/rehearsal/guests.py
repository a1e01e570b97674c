"""The people in the hall, seen from the desk: badges are scanned and phones used over real HTTP."""

from __future__ import annotations

import json
import uuid
from html.parser import HTMLParser
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

from huifeng_desktop.domain.people import Seat
from huifeng_desktop.service.door.sign_in import Movement

_FORM = "application/x-www-form-urlencoded"


class Guests:
    """Talks to one desk as scanners and phones do. Raises RuntimeError for an answer that is no success."""

    def __init__(self, url: str, token: str) -> None:
        parts = urlsplit(url)
        self._connection = HTTPConnection(parts.hostname or "", parts.port, timeout=30)
        self._token = token
        self.code_url = ""

    def scan(self, seat: Seat, movement: Movement) -> str:
        """Hold a badge before the scanner; the outcome's code."""
        body = json.dumps({"badge": seat.badge, "nonce": uuid.uuid4().hex, "kind": movement.value})
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
        status, text = self._ask("POST", "/api/sign-ins", body, headers)
        if status not in (200, 201):
            raise RuntimeError(f"the desk answered {status}: {text}")
        return str(json.loads(text)["outcome"])

    def use_phone(self, seat: Seat) -> bool:
        """Scan the projected code with a phone, fill the form in and send it; False: the code is old."""
        status, page = self._ask("GET", urlsplit(self.code_url).path or "/s/")
        if status in (404, 410):
            return False
        form = _Form()
        form.feed(page)
        values = form.hidden | {"name": seat.name, "digits": (seat.phone or seat.badge)[-4:], "who": "self"}
        status, text = self._ask("POST", "/s/sign-in", urlencode(values), {"Content-Type": _FORM})
        if status not in (200, 201):
            raise RuntimeError(f"the phone page answered {status}: {text[-400:]}")
        return True

    def leave(self) -> None:
        """Hang up."""
        self._connection.close()

    def _ask(
        self, method: str, path: str, body: str = "", headers: dict[str, str] | None = None
    ) -> tuple[int, str]:
        self._connection.request(method, path, body.encode(), headers or {})
        answer = self._connection.getresponse()
        return answer.status, answer.read().decode()


class _Form(HTMLParser):
    """Collects the hidden fields of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "input" and given.get("type") == "hidden":
            self.hidden[given.get("name") or ""] = given.get("value") or ""
