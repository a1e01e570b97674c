"""Deadlines and limits of one connection, over real sockets; the doorman's clock is the test's."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from desk_fakes import FakeRegistrar
from local_desk import LocalDesk
from served_desk import ServedDesk, answer, is_ended, request

from huifeng_desktop.clock import FixedClock
from huifeng_desktop.desk.http.connection import BODY_S, HEAD_LIMIT, HEAD_S, MOST_HEADERS, TAKE_S
from huifeng_desktop.desk.http.doorman import Doorman


@pytest.fixture
def served(desk: LocalDesk) -> Iterator[ServedDesk]:
    doorman = Doorman(per_address=4, in_all=8, is_home=lambda address: address == "127.0.0.1")
    with ServedDesk(desk, doorman) as running:
        yield running


async def call(act: Callable[[], None]) -> None:
    """On the desk's own loop."""
    act()


def sign_in(registrar: FakeRegistrar, seat: int = 0, nonce: str = "n1") -> bytes:
    body = f'{{"badge": "{registrar.seats[seat].badge}", "nonce": "{nonce}"}}'
    return request("/api/sign-ins", "POST", body.encode())


@pytest.mark.parametrize("sent", [b"", b"GET /hea", request()[:-2], b"\r\n\r\n"])
def test_a_head_that_takes_too_long_is_given_up(served: ServedDesk, sent: bytes) -> None:
    with served.connect() as slow, served.connect() as quick:
        slow.sendall(sent)
        quick.sendall(request())
        assert b" 200 " in answer(quick)
        served.later(HEAD_S - 1)
        quick.sendall(request())
        assert b" 200 " in answer(quick)
        served.later(HEAD_S)
        assert is_ended(slow)
        quick.sendall(request())
        assert b" 200 " in answer(quick), "one that has been answered is not slow"


def test_a_body_has_its_own_time(served: ServedDesk, registrar: FakeRegistrar) -> None:
    whole = sign_in(registrar)
    with served.connect() as slow, served.connect() as stuck, served.connect() as probe:
        slow.sendall(whole[:-5])
        stuck.sendall(whole[:-5])
        probe.sendall(request())
        answer(probe)
        served.later(HEAD_S)
        slow.sendall(whole[-5:])
        assert b" 201 " in answer(slow)
        served.later(BODY_S)
        assert is_ended(stuck)


def test_a_trickle_between_requests_does_not_hold_the_place(served: ServedDesk) -> None:
    with served.connect() as idle, served.connect() as probe:
        idle.sendall(request())
        answer(idle)
        idle.sendall(b"\r\n")
        probe.sendall(request())
        answer(probe)
        served.later(HEAD_S)
        assert is_ended(idle)


def test_who_does_not_read_is_dropped(served: ServedDesk) -> None:
    """The transport calls `pause_writing` when nobody takes what was written."""
    with served.connect() as deaf:
        deaf.sendall(request())
        answer(deaf)
        (connection,) = (one for one in served.connections() if one.client[1] == deaf.getsockname()[1])
        served.desk.run(call(connection.pause_writing))
        served.later(TAKE_S - 1)
        served.desk.run(call(connection.resume_writing))
        served.later(TAKE_S + 1)
        served.desk.run(call(connection.pause_writing))
        served.later(TAKE_S + 1)
        assert is_ended(deaf)


@pytest.mark.parametrize(
    "head",
    [
        b"X: " + b"x" * (HEAD_LIMIT + 1),
        b"X-\r\n" + b"X: 1\r\n" * 4000,
        b"GET /" + b"a" * (HEAD_LIMIT * 2),
    ],
)
def test_a_head_without_end_is_refused(served: ServedDesk, head: bytes) -> None:
    with served.connect() as sender:
        start = b"" if head.startswith(b"GET") else b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        sender.sendall(start + head)
        assert answer(sender)[9:12] in (b"431", b"400", b"")


def test_too_many_headers_or_requests_ahead_are_refused(served: ServedDesk) -> None:
    with served.connect() as sender, served.connect() as hurried, served.connect() as brisk:
        many = "".join(f"X-{number}: 1\r\n" for number in range(MOST_HEADERS)).encode()
        sender.sendall(request()[:-2] + many + b"\r\n")
        assert b" 400 " in answer(sender)
        hurried.sendall(request() * 500)
        assert b" 400 " in b"".join(iter(lambda: answer(hurried), b""))
        brisk.sendall(request() * 5)
        received = b""
        while received.count(b'{"ok":true}') < 5:
            received += brisk.recv(65536)


def test_a_body_that_nobody_reads_has_an_end(served: ServedDesk) -> None:
    with served.connect() as sender:
        sender.sendall(b"POST /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n")
        with pytest.raises(ConnectionError):
            for _ in range(100):
                sender.sendall(b"10000\r\n" + b"x" * 65536 + b"\r\n")


def test_one_phones_flood_does_not_block_another(served: ServedDesk, registrar: FakeRegistrar) -> None:
    flood = [served.connect("127.0.0.2") for _ in range(12)]
    try:
        with served.connect("127.0.0.3") as phone, served.connect() as scanner:
            phone.sendall(request())
            scanner.sendall(sign_in(registrar))
            assert b" 200 " in answer(phone)
            assert b" 201 " in answer(scanner)
            assert sum(is_ended(one) for one in flood[:8]) == 8, "the oldest of the flood had to go"
            flood[-1].sendall(request())
            assert b" 200 " in answer(flood[-1])
    finally:
        for one in flood:
            one.close()


def test_a_guesser_slows_only_himself(desk: LocalDesk, clock: FixedClock) -> None:
    """Wrong names from one phone use up its own tries and that name's, nobody else's."""
    for number in range(310):
        form = {"ticket": desk.open_form(), "name": f"某人{number}", "digits": "0000", "who": "self"}
        last = desk.request("POST", "/s/sign-in", data=form, address="10.0.0.66").status_code
    assert last == 429
    assert desk.send_form(desk.open_form()).status_code == 201
