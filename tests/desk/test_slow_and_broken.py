"""A thousand slow connections, and bytes that are no HTTP: the desk keeps serving, nothing is lost.

All of it comes from this machine, where the doorman turns nobody away; his own rules for other
addresses are tested beside him.
"""

from __future__ import annotations

import asyncio
import random
import socket
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import psutil
import pytest
from child import ChildDesk
from desk_fakes import make_seats

SLOW = 1000
SCANS = 150
SEATS = make_seats(SLOW + SCANS + 20)
_SEED = 20260312
_MEMORY = 48 * 1024 * 1024


@contextmanager
def many_sockets(count: int) -> Iterator[None]:
    """Let this process hold so many sockets; skips where the system does not."""
    if sys.platform == "win32":
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = count + 200
    if hard != resource.RLIM_INFINITY and hard < wanted:
        pytest.skip(f"the system allows {hard} open files, the test needs {wanted}")
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def sign_in_bytes(child: ChildDesk, badge: str, nonce: str) -> bytes:
    """One whole sign-in."""
    body = f'{{"badge": "{badge}", "nonce": "{nonce}"}}'
    head = f"POST /api/sign-ins HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\n"
    return f"{head}Authorization: Bearer {child.ready['token']}\r\n\r\n{body}".encode()


class Dribbler:
    """One slow connection: most of its request at once, the rest byte by byte."""

    def __init__(self, request: bytes, held_back: int) -> None:
        self._request, self._sent = request, len(request) - held_back

    async def connect(self, port: int) -> None:
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", port)
        self.writer.write(self._request[: self._sent])

    def dribble(self) -> None:
        self.writer.write(self._request[self._sent : self._sent + 1])
        self._sent += 1

    async def finish(self) -> bytes:
        """Send what is left; the status of the answer."""
        self.writer.write(self._request[self._sent :])
        line = await asyncio.wait_for(self.reader.readline(), 30)
        self.writer.close()
        return line[9:12]


class Scanner:
    """Signs people in one after the other over one connection."""

    def __init__(self, child: ChildDesk) -> None:
        self._child = child
        self.statuses: list[bytes] = []

    async def run(self, port: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for number in range(SCANS):
            seat = SEATS[SLOW + 10 + number]
            writer.write(sign_in_bytes(self._child, seat.badge, f"scan{number}"))
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 30)
            length = head.lower().split(b"content-length: ")[1].split(b"\r\n")[0]
            await reader.readexactly(int(length))
            self.statuses.append(head[9:12])
        writer.close()


async def _besiege(child: ChildDesk, port: int) -> tuple[list[bytes], list[bytes]]:
    """Half of them dribble heads, half bodies, while the scanner works; then all finish."""
    slow = []
    for number in range(SLOW):
        request = sign_in_bytes(child, SEATS[number + 3].badge, f"slow{number}")
        body = len(request) - request.index(b"\r\n\r\n") - 4
        slow.append(Dribbler(request, body // 2 if number % 2 else body + 40))
    for start in range(0, SLOW, 250):
        await asyncio.gather(*(one.connect(port) for one in slow[start : start + 250]))
    scanner = Scanner(child)
    scanning = asyncio.create_task(scanner.run(port))
    while not scanning.done():
        for one in slow[::10]:
            one.dribble()
        slow = [*slow[1:], slow[0]]
        await asyncio.sleep(0)
    await scanning
    return scanner.statuses, await asyncio.gather(*(one.finish() for one in slow))


def test_a_thousand_slow_connections(tmp_path: Path) -> None:
    with many_sockets(SLOW), ChildDesk.start(tmp_path, seats=len(SEATS)) as child:
        port = httpx.URL(child.ready["url"]).port or 0
        scanned, slow = asyncio.run(_besiege(child, port))
        assert scanned == [b"201"] * SCANS
        assert slow == [b"201"] * SLOW
        assert httpx.get(f"{child.ready['url']}/healthz", timeout=10).status_code == 200
    database = sqlite3.connect(tmp_path / "desk.db")
    assert database.execute("SELECT count(*), count(DISTINCT seat_id) FROM entry").fetchone() == (
        SLOW + SCANS,
        SLOW + SCANS,
    )
    database.close()


# -- bytes that are no HTTP ---------------------------------------------------------------------

_HEAD = b"POST /api/sign-ins HTTP/1.1\r\nHost: 127.0.0.1\r\n"
_CHUNKED = _HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
_NASTY = (
    b"\0" * 64,
    b"\xff\xfe\xfd\r\n\r\n",
    b"GET\r\n\r\n",
    b"GET / HTTP/9.9\r\n\r\n",
    b"GET / HTTP/1.1\r\n\r\n",
    b"GET  /  HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"GET /%00%ff%zz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "GET /会议 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode(),
    b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    b"CONNECT 127.0.0.1:80 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"OPTIONS * HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n",
    b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
    b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade, X\r\nUpgrade: h2c\r\n\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 500,
    b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX: a\0b\r\n\r\n",
    b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n: no name\r\n\r\n",
    b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n folded: 1\r\n\r\n",
    b"GET /s/" + b"%F0%90%80" * 400 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"GET /t/%ff/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: \xff\xfe=\0\r\n\r\n",
    _HEAD + b"Content-Length: -1\r\n\r\n",
    _HEAD + b"Content-Length: 99999999999999999999999\r\n\r\n",
    _HEAD + b"Content-Length: 5, 6\r\n\r\nhello",
    _HEAD + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
    _HEAD + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    _HEAD + b"Content-Length: \xef\xbc\x95\r\n\r\nhello",
    _CHUNKED + b"zz\r\nhello\r\n",
    _CHUNKED + b"-1\r\n\r\n",
    _CHUNKED + b"fffffffffffffffff\r\n",
    _CHUNKED + b"5\r\nhelloworld",
    _CHUNKED + b"1;" + b"e" * 70000 + b"\r\n",
    _CHUNKED + b"0\r\n" + b"T: trailer\r\n" * 5000 + b"\r\n",
    b"GET /healthz HTTP/1.1\r\n" + b"A: 1\r\n" * 30000,
    b"GET /" + b"a" * 200000,
    b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 3000,
)
_VALID = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", _CHUNKED + b"2\r\n{}\r\n0\r\n\r\n"


def mutated(chance: random.Random) -> bytes:
    """A request with some bytes changed, taken out, doubled or put in."""
    data = bytearray(chance.choice((*_VALID, *_NASTY[:26])))
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(data) + 1)
        match chance.randrange(4):
            case 0:
                data[place : place + 1] = chance.randbytes(1)
            case 1:
                del data[place : place + chance.randint(1, 8)]
            case 2:
                data[place:place] = data[: chance.randint(1, 40)]
            case _:
                data[place:place] = chance.choice((b"\r\n", b"\0", b"\r", b":", b"\xe4\xbc", b" "))
    return bytes(data)


def throw(port: int, data: bytes) -> None:
    """Send it and hang up, or be hung up on."""
    with ExitStack() as stack:
        sender = stack.enter_context(socket.create_connection(("127.0.0.1", port), 10))
        try:
            sender.sendall(data)
            sender.shutdown(socket.SHUT_WR)
            while sender.recv(65536):
                pass
        except OSError:
            pass


@pytest.fixture(scope="module")
def sturdy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChildDesk]:
    """One desk for all the nonsense; at the end it has said nothing and stops when asked."""
    with ChildDesk.start(tmp_path_factory.mktemp("desk")) as child:
        yield child
        child.process.terminate()
        assert child.process.wait(10) == 0
        assert child.process.stderr is not None and child.process.stderr.read() == ""


def still_serves(child: ChildDesk, number: int) -> bool:
    """A real sign-in is answered as always."""
    return child.sign_in(SEATS[0].badge, f"fuzz{number}").status_code in (200, 201)


@pytest.mark.parametrize("number", range(len(_NASTY)))
def test_nonsense_is_survived(sturdy: ChildDesk, number: int) -> None:
    throw(httpx.URL(sturdy.ready["url"]).port or 0, _NASTY[number])
    assert still_serves(sturdy, number)


def test_thrown_bytes_neither_stop_it_nor_pile_up(sturdy: ChildDesk) -> None:
    chance, port = random.Random(_SEED), httpx.URL(sturdy.ready["url"]).port or 0
    desk = psutil.Process(sturdy.process.pid)
    throw(port, mutated(chance))
    before = desk.memory_info().rss
    for number in range(600):
        throw(port, mutated(chance))
        if number % 50 == 0:
            assert still_serves(sturdy, 1000 + number)
    assert desk.memory_info().rss - before < _MEMORY
    assert still_serves(sturdy, 9999)
