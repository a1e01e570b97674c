"""Run as a program: keep-alive clients that sign people in, at a rate or as fast as the desk answers.

One JSON object on stdin says where and how long, one on stdout what came of it. A process of its
own with raw sockets, so that it takes as little as possible of what it measures.
"""

from __future__ import annotations

import json
import os
import selectors
import socket
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

_KINDS = ("enter", "leave", "return")


@dataclass(slots=True)
class Load:
    """A closed loop: every client sends its next request when the last one is answered."""

    host: str
    port: int
    token: str
    badges: list[str]
    clients: int
    seconds: float
    rate: float | None = None
    """Requests a second of all clients together; None as fast as the desk answers."""
    sent: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    latencies: list[float] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)

    def run(self) -> dict[str, Any]:
        """Send for the given time, wait for the last answers, and report."""
        selector = selectors.DefaultSelector()
        for _ in range(self.clients):
            sock = socket.create_connection((self.host, self.port))
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            selector.register(sock, selectors.EVENT_READ, self._send(sock))
        began = time.perf_counter()
        while selector.get_map():
            for key, _ in selector.select(10):
                self._hold_back(began)
                self._receive(selector, key, time.perf_counter() < began + self.seconds)
        return self._report(time.perf_counter() - began)

    def _hold_back(self, began: float) -> None:
        """Wait until the next request is due."""
        if self.rate is not None:
            time.sleep(max(0.0, began + self.sent / self.rate - time.perf_counter()))

    def _send(self, sock: socket.socket) -> tuple[float, str]:
        """Everybody enters first, then leaves and returns in turn: each request is a new entry."""
        turn, seat = divmod(self.sent, len(self.badges))
        kind = _KINDS[0] if turn == 0 else _KINDS[1 + (turn - 1) % 2]
        nonce = f"load-{os.getpid()}-{self.sent}"
        body = json.dumps({"badge": self.badges[seat], "nonce": nonce, "kind": kind})
        head = (
            f"POST /api/sign-ins HTTP/1.1\r\nHost: {self.host}\r\nAuthorization: Bearer {self.token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        self.sent += 1
        sock.sendall((head + body).encode())
        return time.perf_counter(), nonce

    def _receive(self, selector: selectors.BaseSelector, key: selectors.SelectorKey, again: bool) -> None:
        sock = key.fileobj
        assert isinstance(sock, socket.socket)
        data = sock.recv(65536)
        while data and not _is_whole(data):
            data += sock.recv(65536)
        sent_at, nonce = key.data
        status = int(data[9:12]) if data else 0
        self.statuses[status] += 1
        self.latencies.append(time.perf_counter() - sent_at)
        if status in (200, 201):
            self.acknowledged.append(nonce)
        if again and data:
            selector.modify(sock, selectors.EVENT_READ, self._send(sock))
        else:
            selector.unregister(sock)
            sock.close()

    def _report(self, seconds: float) -> dict[str, Any]:
        ordered = sorted(self.latencies)
        return {
            "per_second": len(ordered) / seconds,
            "p50_ms": ordered[len(ordered) // 2] * 1000,
            "p99_ms": ordered[len(ordered) * 99 // 100] * 1000,
            "requests": len(ordered),
            "statuses": dict(self.statuses),
            "acknowledged": self.acknowledged,
        }


def _is_whole(data: bytes) -> bool:
    """Whether the head and the body that it announces are there."""
    head, found, body = data.partition(b"\r\n\r\n")
    if not found:
        return False
    length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
    return len(body) >= int(length or 0)


if __name__ == "__main__":
    print(json.dumps(Load(**json.load(sys.stdin)).run()))
