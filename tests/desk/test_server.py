"""The desk as the process that the window and `desk` start: lines, signals, ports, commands."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from child import ChildDesk
from desk_fakes import make_seats

from huifeng_desktop.desk.http.priority import STEPS_BACK

SEATS = make_seats(12)
SOON_S = 5.0
"""Long before any connection times out by itself, and long enough for a machine with much to do."""


@pytest.fixture
def child(tmp_path: Path) -> Iterator[ChildDesk]:
    with ChildDesk.start(tmp_path) as running:
        yield running


def is_code(line: dict[str, Any]) -> bool:
    return line.get("event") == "code"


def test_first_line_says_where_and_with_what(child: ChildDesk) -> None:
    assert child.ready["ready"] is True
    assert child.ready["meeting"] == "m1"
    assert httpx.get(f"{child.ready['url']}/healthz").json() == {"ok": True}
    assert len(child.ready["token"]) >= 32


@pytest.mark.skipif(sys.platform == "win32", reason="niceness is POSIX")
def test_the_desk_gives_way_to_whoever_started_it(child: ChildDesk) -> None:
    own = os.getpriority(os.PRIO_PROCESS, 0)
    assert os.getpriority(os.PRIO_PROCESS, child.process.pid) == min(19, own + STEPS_BACK)


def test_commit_is_announced_and_on_disk(child: ChildDesk, tmp_path: Path) -> None:
    assert child.sign_in(SEATS[0].badge, "n1").status_code == 201
    assert child.read_until(lambda line: line.get("event") == "signed")["count"] == 1
    database = sqlite3.connect(tmp_path / "desk.db")
    assert database.execute("SELECT seat_id FROM entry").fetchall() == [("s1",)]
    database.close()


def test_announced_code_opens_the_form(child: ChildDesk) -> None:
    payload = child.read_until(is_code)["payload"]
    assert payload.startswith(f"{child.ready['url']}/s/")
    assert "手机号后四位" in httpx.get(payload).text


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signals_stop_it_with_status_0(child: ChildDesk, number: signal.Signals) -> None:
    with httpx.Client() as idle:
        idle.get(f"{child.ready['url']}/healthz")
        began = time.monotonic()
        child.process.send_signal(number)
        assert child.process.wait(5) == 0
    assert time.monotonic() - began < SOON_S


def test_closing_its_input_stops_it(child: ChildDesk) -> None:
    assert child.process.stdin is not None
    began = time.monotonic()
    child.process.stdin.close()
    assert child.process.wait(5) == 0
    assert time.monotonic() - began < SOON_S
    assert child.process.stderr is not None and child.process.stderr.read() == ""
    child.process.stdin = None


def test_a_half_sent_request_does_not_hold_it_up(child: ChildDesk) -> None:
    url = httpx.URL(child.ready["url"])
    with socket.create_connection((url.host, url.port or 0)) as slow:
        head = f"POST /api/sign-ins HTTP/1.1\r\nHost: {url.host}\r\nContent-Length: 100\r\n"
        slow.sendall((head + f"Authorization: Bearer {child.ready['token']}\r\n\r\n{{").encode())
        httpx.get(f"{child.ready['url']}/healthz")
        began = time.monotonic()
        child.process.terminate()
        assert child.process.wait(5) == 0
    assert time.monotonic() - began < SOON_S


def test_answers_are_not_held_back_by_the_network(child: ChildDesk) -> None:
    """Nagle's algorithm against delayed acknowledgement would make each of forty answers last 40 ms."""
    lasted = []
    with httpx.Client() as client:
        for _ in range(40):
            began = time.monotonic()
            client.get(f"{child.ready['url']}/healthz")
            lasted.append(time.monotonic() - began)
    assert min(lasted) < 0.03


def test_port_in_use_is_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        child = ChildDesk.start(tmp_path, "--port", port)
        out, err = child.process.communicate(timeout=10)
    assert child.process.returncode == 1
    assert out == "" and err.count("\n") == 1
    assert port in err and "已被别的程序占用" in err


@pytest.mark.parametrize(
    "options", [("--host", "203.0.113.9"), ("--host", "no such host"), ("--port", "70000")]
)
def test_impossible_addresses_are_one_sentence(tmp_path: Path, options: tuple[str, str]) -> None:
    child = ChildDesk.start(tmp_path, *options)
    out, err = child.process.communicate(timeout=10)
    assert child.process.returncode == 1
    assert out == "" and err.count("\n") == 1 and "Traceback" not in err


def test_phones_wait_for_the_window(tmp_path: Path) -> None:
    """GIVEN a desk started without phones WHEN the window opens and closes them THEN codes follow."""
    with ChildDesk.start(tmp_path, "--no-phones") as child:
        assert httpx.get(f"{child.ready['url']}/s/x").status_code == 403

        child.tell(command="open_phones", host="127.0.0.2")
        opened = child.read_until(lambda line: line.get("event") == "phones")
        payload = child.read_until(is_code)["payload"]
        assert opened["open"] is True and opened["url"].startswith("http://127.0.0.2:")
        assert payload.startswith(opened["url"])
        assert httpx.get(payload).status_code == 200

        child.tell(command="close_phones")
        assert child.read_until(lambda line: line.get("event") == "phones")["open"] is False
        with pytest.raises(httpx.ConnectError):
            httpx.get(payload)
        assert httpx.get(f"{child.ready['url']}/healthz").status_code == 200


def test_phones_at_an_impossible_address_are_a_problem_line(child: ChildDesk) -> None:
    child.tell(command="open_phones", host="203.0.113.9")
    line = child.read_until(lambda line: line.get("event") == "problem")
    assert "203.0.113.9" in line["message"]
    assert child.read_until(lambda line: line.get("event") == "phones")["open"] is False


def test_nonsense_commands_are_ignored(child: ChildDesk) -> None:
    assert child.process.stdin is not None
    child.process.stdin.write('\n{"command":\n[1]\n"x"\n{"command": "dance"}\n{"command": 3}\n')
    child.process.stdin.flush()
    child.tell(command="open_phones")
    assert child.read_until(lambda line: line.get("event") == "phones")["open"] is True
