"""Run as a program: telephones that come in waves, load the form behind the projected code and send it in.

One JSON object on the first line of stdin says where, how many at once and who; every further line is
the code that the projector shows from then on. One JSON object on stdout says what came of it. Each
person has a telephone of his own: a new connection, his own cookies, an address of 127.0.0.0/8 of its own
where the system lets one choose. Nobody waits between page and form, which is harder than any hall.

The telephones of a wave come at one moment, or one by one over `over_s` seconds; a wave begins as soon as
the one before it is through, but no sooner than `every_s` seconds after it began.
"""

from __future__ import annotations

import json
import re
import selectors
import socket
import sys
import threading
import time
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
_ACTION = re.compile(r'<form method="post" action="([^"]+)"')
_COOKIE = re.compile(r"^set-cookie: ([^;\r\n]+)", re.IGNORECASE | re.MULTILINE)
_STALLED_S = 30


@dataclass(slots=True)
class Phone:
    """One telephone: first it loads the page, then it sends the form."""

    seat_id: str
    name: str
    digits: str
    sock: socket.socket
    began: float
    has_form: bool = False
    answer: bytes = b""
    statuses: list[int] = field(default_factory=list)

    def send(self, head: str, host: str, cookies: Sequence[str] = (), body: str = "") -> None:
        """One request; its time runs from now, that of the page from before the connection."""
        if self.has_form:
            self.began = time.perf_counter()
        lines = [f"{head} HTTP/1.1", f"Host: {host}"]
        if cookies:
            lines.append(f"Cookie: {'; '.join(cookies)}")
        if body:
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Origin: http://{host}"]
        lines.append(f"Content-Length: {len(body)}")
        self.answer = b""
        self.sock.sendall(("\r\n".join(lines) + "\r\n\r\n" + body).encode())

    def fill_in(self, host: str) -> None:
        """Send the form that was loaded, hidden fields and all, with the cookies that came with it."""
        page = self.answer.decode("utf-8", "replace")
        action = _ACTION.search(page)
        fields = {**dict(_HIDDEN.findall(page)), "name": self.name, "digits": self.digits, "who": "self"}
        self.has_form = True
        path = action[1] if action else "/s/sign-in"
        self.send(f"POST {path}", host, _COOKIE.findall(page), urlencode(fields))


class Crowd:
    """Everybody signs in, so many in a wave; the next one comes when the last is through."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.code = str(told["code"])
        self._people: list[tuple[str, str, str]] = [tuple(one) for one in told["people"]]
        self._phones = int(told["phones"])
        self._over_s, self._every_s = float(told.get("over_s", 0)), float(told.get("every_s", 0))
        self._waiting = selectors.DefaultSelector()
        self._statuses: Counter[str] = Counter()
        self._latencies: dict[str, list[float]] = {"page": [], "form": []}
        self._acknowledged: list[str] = []

    def run(self) -> dict[str, Any]:
        """Let them come, and report."""
        began = time.perf_counter()
        for first in range(0, len(self._people), self._phones):
            wave = time.perf_counter()
            self._let_come(self._people[first : first + self._phones], wave)
            time.sleep(max(0.0, wave + self._every_s - time.perf_counter()))
        return self._report(time.perf_counter() - began)

    def _arrive(self, number: int, person: tuple[str, str, str]) -> None:
        where = urlsplit(self.code)
        began = time.perf_counter()
        sock = _connected(str(where.hostname), int(where.port or 80), number)
        phone = Phone(*person, sock, began)
        phone.send(f"GET {where.path}", where.netloc)
        self._waiting.register(sock, selectors.EVENT_READ, phone)

    def _let_come(self, people: Sequence[tuple[str, str, str]], began: float) -> None:
        """One wave, until nobody of it waits any more."""
        gap = self._over_s / len(people)
        coming = deque((began + gap * number, number, person) for number, person in enumerate(people))
        while coming or self._waiting.get_map():
            while coming and coming[0][0] <= time.perf_counter():
                self._arrive(*coming.popleft()[1:])
            patience = max(0.0, coming[0][0] - time.perf_counter()) if coming else _STALLED_S
            for phone in self._answers(patience):
                self._heard(phone)

    def _answers(self, patience_s: float) -> Iterator[Phone]:
        """Each phone whose whole answer has come, for as long as there is nothing else to do."""
        ready = self._waiting.select(patience_s)
        if not ready and patience_s >= _STALLED_S:
            raise TimeoutError(f"{len(self._waiting.get_map())} telephones got no answer")
        for key, _ in ready:
            phone: Phone = key.data
            chunk = phone.sock.recv(65536)
            phone.answer += chunk
            if not chunk or _is_whole(phone.answer):
                yield phone

    def _heard(self, phone: Phone) -> None:
        step = "form" if phone.has_form else "page"
        self._latencies[step].append(time.perf_counter() - phone.began)
        status = int(phone.answer[9:12] or 0)
        self._statuses[f"{step} {status}"] += 1
        if step == "page" and status == 200:
            phone.fill_in(urlsplit(self.code).netloc)
            return
        if step == "form" and status == 201:
            self._acknowledged.append(phone.seat_id)
        self._waiting.unregister(phone.sock)
        phone.sock.close()

    def _report(self, seconds: float) -> dict[str, Any]:
        every = sorted(self._latencies["page"] + self._latencies["form"])
        return {
            "per_second": len(every) / seconds,
            "seconds": seconds,
            "p50_ms": every[len(every) // 2] * 1000,
            "p99_ms": every[len(every) * 99 // 100] * 1000,
            "max_ms": every[-1] * 1000,
            "statuses": dict(self._statuses),
            "acknowledged": self._acknowledged,
        }


def _connected(host: str, port: int, number: int) -> socket.socket:
    """A connection from an address of this telephone's own, as in a hall."""
    own = f"127.0.{1 + number // 250}.{1 + number % 250}"
    try:
        return socket.create_connection((host, port), source_address=(own, 0))
    except OSError:
        return socket.create_connection((host, port))


def _is_whole(data: bytes) -> bool:
    """Whether the head and the body that it announces are there."""
    head, found, body = data.partition(b"\r\n\r\n")
    length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
    return bool(found) and len(body) >= int(length or 0)


def _follow(crowd: Crowd) -> None:
    """Everybody who arrives from now on scans the code that is shown now."""
    for line in sys.stdin:
        crowd.code = line.strip() or crowd.code


if __name__ == "__main__":
    CROWD = Crowd(json.loads(sys.stdin.readline()))
    threading.Thread(target=_follow, args=(CROWD,), daemon=True).start()
    print(json.dumps(CROWD.run()), flush=True)
