"""The remote over HTTP: PIN, sessions, presses that count once, and the end of it all at one word."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from child import ChildDesk
from desk_fakes import FakeRegistrar, timer
from local_desk import LocalDesk
from streams import watching

from huifeng_desktop.clock import FixedClock
from huifeng_desktop.desk.screens.pins import MOST_SESSIONS, PinDoor, kept_sessions
from huifeng_desktop.errors import StorageProblem
from huifeng_desktop.service.registrar import Press

STAND = "i6:running"


async def _opened(desk: LocalDesk) -> tuple[str, str]:
    return desk.parts.remote.open()


async def _closed(desk: LocalDesk) -> None:
    desk.parts.remote.close()


class Phone:
    """The secretary's telephone."""

    def __init__(self, desk: LocalDesk, address: str = "10.0.0.9") -> None:
        self.desk = desk
        self.address = address
        self.cookie = ""
        self.path, self.pin = desk.run(_opened(desk))

    def enter(self, pin: str | None = None, address: str = "") -> httpx.Response:
        """Send the PIN; keep the cookie if there is one."""
        form = {"pin": self.pin if pin is None else pin}
        answer = self.desk.request("POST", self.path + "pin", data=form, address=address or self.address)
        self.cookie = answer.headers.get("set-cookie", self.cookie).partition(";")[0]
        return answer

    def press(self, press: str, nonce: str = "nonce-001", stand: str = STAND, **more: Any) -> httpx.Response:
        """Press a button."""
        body = {"press": press, "nonce": nonce, "stand": stand}
        headers = {"cookie": self.cookie, **more.pop("headers", {})}
        return self.desk.request("POST", self.path + "press", json=body, headers=headers, **more)


@pytest.fixture
def phone(desk: LocalDesk) -> Phone:
    """A remote that is open, before the PIN was given."""
    return Phone(desk)


@pytest.fixture
def inside(phone: Phone) -> Phone:
    """The same after the PIN."""
    assert phone.enter().status_code == 303
    return phone


def wrong(pin: str) -> str:
    """Another PIN than this one."""
    return f"{(int(pin) + 1) % 1_000_000:06d}"


# -- PIN and sessions --------------------------------------------------------------------------------


def test_it_is_closed_until_it_is_opened(desk: LocalDesk) -> None:
    for method, path in (
        ("GET", "/r/x/"),
        ("POST", "/r/x/pin"),
        ("POST", "/r/x/press"),
        ("GET", "/r/x/events"),
    ):
        assert desk.request(method, path).status_code == 404


def test_without_the_pin_there_are_no_buttons(phone: Phone) -> None:
    page = phone.desk.request("GET", phone.path)
    assert page.status_code == 200 and "输入 PIN" in page.text
    assert "remote.js" not in page.text and "财政" not in page.text
    assert phone.pin not in page.text
    assert phone.press("go").status_code == 401
    assert phone.desk.request("GET", phone.path + "events").status_code == 401
    assert phone.desk.registrar.pressed == []


def test_the_pin_opens_the_buttons_and_leaves_a_cookie_for_this_address_only(phone: Phone) -> None:
    answer = phone.enter()
    assert answer.status_code == 303 and answer.headers["location"] == phone.path
    cookie = answer.headers["set-cookie"].casefold()
    assert "httponly" in cookie and "samesite=strict" in cookie and f"path={phone.path}" in cookie
    page = phone.desk.request("GET", phone.path, headers={"cookie": phone.cookie})
    assert "remote.js" in page.text and 'data-press="bell"' in page.text
    assert "script-src 'self'" in page.headers["content-security-policy"]


def test_after_a_crash_of_the_desk_who_was_in_is_in_again(inside: Phone) -> None:
    desk, sessions, key = inside.desk, inside.desk.parts.remote.sessions, inside.path.strip("/")[2:]

    async def reopened(pin: str) -> None:
        desk.parts.remote.open(key, pin, kept_sessions([*sessions, "x", None]))

    desk.run(reopened(inside.pin))
    assert inside.press("go").status_code == 200
    stranger = Phone.__new__(Phone)
    stranger.desk, stranger.path, stranger.cookie = desk, inside.path, "huifeng_remote=" + "A" * 32
    assert stranger.press("go", nonce="nonce-002").status_code == 401
    desk.run(reopened(""))
    assert inside.press("go", nonce="nonce-003").status_code == 401, "a new PIN voids every session"


@pytest.mark.parametrize("pin", ["", "12345", "1234567", "ABCDEF", "１２３４５６", "\x00", "a" * 5000])
def test_what_is_no_pin_is_refused_in_one_sentence(phone: Phone, pin: str) -> None:
    answer = phone.enter(pin)
    assert answer.status_code == 403 and "PIN 不对" in answer.text


def test_five_tries_then_a_pause_for_this_address_alone(phone: Phone, clock: FixedClock) -> None:
    for _ in range(5):
        assert phone.enter(wrong(phone.pin)).status_code == 403
    paused = phone.enter()
    assert paused.status_code == 429 and paused.headers["retry-after"] == "60"
    assert "60 秒后再试" in paused.text and not phone.cookie

    assert phone.enter(address="10.0.0.77").status_code == 303
    clock.advance(60)
    assert phone.enter().status_code == 303


def test_many_addresses_together_bring_a_pause_for_everybody(phone: Phone, clock: FixedClock) -> None:
    for number in range(30):
        assert phone.enter(wrong(phone.pin), address=f"10.0.1.{number}").status_code == 403
    assert phone.enter(address="10.0.2.1").status_code == 429
    clock.advance(60)
    assert phone.enter(address="10.0.2.1").status_code == 303


def test_a_pause_touches_nobody_who_is_in(inside: Phone) -> None:
    for number in range(31):
        inside.enter(wrong(inside.pin), address=f"10.0.1.{number}")
    assert inside.press("go").status_code == 200


def test_right_pins_use_up_no_tries(phone: Phone) -> None:
    assert {phone.enter().status_code for _ in range(40)} == {303}


def test_a_form_from_elsewhere_is_refused(phone: Phone) -> None:
    answer = phone.desk.request(
        "POST", phone.path + "pin", data={"pin": phone.pin}, headers={"origin": "http://evil.example"}
    )
    assert answer.status_code == 403 and "set-cookie" not in answer.headers


def test_pins_are_six_digits_and_differ() -> None:
    door = PinDoor()
    pins = {door.open() for _ in range(50)}
    assert len(pins) > 40 and all(re.fullmatch(r"[0-9]{6}", pin) for pin in pins)


def test_of_many_sessions_the_oldest_goes() -> None:
    door = PinDoor()
    pin = door.open()
    sessions = [door.enter(pin, "a", 0.0).session for _ in range(MOST_SESSIONS + 1)]
    assert [door.knows(one) for one in sessions] == [False] + [True] * MOST_SESSIONS
    assert not door.knows("")


def test_a_closed_door_has_no_right_pin() -> None:
    door = PinDoor()
    assert door.enter("", "a", 0.0).session == ""
    door.open()
    door.close()
    assert door.enter("", "a", 0.0).session == ""


# -- presses -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("press", list(Press))
def test_a_press_is_carried_out(inside: Phone, press: Press) -> None:
    answer = inside.press(press.value)
    assert (answer.status_code, answer.json()) == (200, {"done": True, "sentence": "已执行。"})
    assert inside.desk.registrar.pressed == [(press, STAND)]


def test_a_press_for_a_stand_that_has_passed_is_refused_with_a_sentence(inside: Phone) -> None:
    answer = inside.press("go", stand="i5:running")
    assert answer.status_code == 409
    assert answer.json()["done"] is False and answer.json()["sentence"].endswith("。")


def test_the_same_nonce_is_one_press(inside: Phone) -> None:
    """GIVEN a press WHEN it is sent again, from the page or after a refusal THEN the same answer again."""
    first = inside.press("go", "nonce-aaa")
    inside.desk.registrar.hall_now = replace(inside.desk.registrar.hall_now, timer=timer(elapsed_s=0.0))
    again = inside.press("go", "nonce-aaa")
    assert again.json() == first.json() and len(inside.desk.registrar.pressed) == 1

    refused = inside.press("pause", "nonce-bbb", stand="other")
    assert inside.press("pause", "nonce-bbb").json() == refused.json()


def test_the_same_nonce_twice_at_once_is_one_press(inside: Phone, registrar: FakeRegistrar) -> None:
    registrar.may_commit.clear()
    registrar.arrived.clear()
    answers: list[int] = []
    senders = [
        threading.Thread(target=lambda: answers.append(inside.press("go").status_code)) for _ in range(3)
    ]
    for sender in senders:
        sender.start()
    assert registrar.arrived.wait(5)
    registrar.may_commit.set()
    for sender in senders:
        sender.join(5)
    assert answers == [200, 200, 200] and len(registrar.pressed) == 1


def test_a_disk_that_refuses_is_said_and_the_press_may_be_sent_again(
    inside: Phone, registrar: FakeRegistrar, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(press: Press, stand: str) -> Any:
        raise StorageProblem("磁盘已满，请清理后再试。")

    with monkeypatch.context() as patch:
        patch.setattr(registrar, "press", full)
        answer = inside.press("go")
    assert answer.status_code == 503 and "磁盘已满" in answer.json()["message"]
    assert inside.press("go").status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b"null",
        b'"go"',
        b'{"press":"go"}',
        b'{"press":"dance","nonce":"12345678"}',
        b'{"press":"go","nonce":"short"}',
        b'{"press":"go","nonce":12345678}',
        b'{"press":["go"],"nonce":"12345678"}',
        b'{"press":"go","nonce":"12345678","stand":[]}',
        b"[" * 5000,
    ],
)
def test_nonsense_is_malformed(inside: Phone, body: bytes) -> None:
    answer = inside.desk.request(
        "POST", inside.path + "press", content=body, headers={"cookie": inside.cookie}
    )
    assert answer.status_code == 422 and inside.desk.registrar.pressed == []


def test_a_press_from_another_site_is_refused(inside: Phone) -> None:
    assert inside.press("go", headers={"origin": "http://evil.example"}).status_code == 403
    assert inside.press("go", headers={"origin": "http://127.0.0.1:8000"}).status_code == 200


def test_a_made_up_session_is_refused(inside: Phone) -> None:
    inside.cookie = "huifeng_remote=" + "x" * 32
    assert inside.press("go").status_code == 401


def test_closed_while_a_press_comes_in_nothing_is_done(inside: Phone, registrar: FakeRegistrar) -> None:
    async def slowly() -> AsyncIterator[bytes]:
        yield b'{"press": "go", "nonce": "nonce-001", '
        inside.desk.parts.remote.close()
        yield f'"stand": "{STAND}"}}'.encode()

    path, headers = inside.path + "press", {"cookie": inside.cookie}
    assert inside.desk.request("POST", path, content=slowly(), headers=headers).status_code == 404
    assert registrar.pressed == []


def test_closing_ends_every_session_at_once(inside: Phone) -> None:
    events = inside.path + "events?viewer=a"
    with watching(inside.desk, events, cookie=inside.cookie) as page:
        name, told = inside.desk.run(page.next_event())
        assert (name, told["go"], told["stand"]) == ("message", "结束并下一项", STAND)
        inside.desk.run(_closed(inside.desk))
        while name != "closed":
            name, _ = inside.desk.run(page.next_event())
        inside.desk.run(page.ended.wait())
    assert inside.press("go").status_code == 404

    inside.path, inside.pin = inside.desk.run(_opened(inside.desk))
    assert inside.press("go").status_code == 401
    assert inside.desk.registrar.pressed == []


# -- the process -------------------------------------------------------------------------------------


@pytest.fixture
def child(tmp_path: Path) -> Iterator[ChildDesk]:
    with ChildDesk.start(tmp_path) as running:
        yield running


def is_remote(line: dict[str, Any]) -> bool:
    return line.get("event") == "remote"


def test_the_window_opens_it_hears_the_bell_and_closes_it(child: ChildDesk) -> None:
    child.tell(command="open_remote")
    line = child.read_until(is_remote)
    with httpx.Client() as client:
        assert client.post(line["url"] + "pin", data={"pin": line["pin"]}).status_code == 303
        ring = {"press": "bell", "nonce": "12345678", "stand": ""}
        for _ in range(2):
            assert client.post(line["url"] + "press", json=ring).json()["done"] is True
        assert child.read_until(lambda one: one.get("event") == "bell") == {"event": "bell"}
        go = {"press": "go", "nonce": "87654321", "stand": STAND}
        assert client.post(line["url"] + "press", json=go).status_code == 200
        assert child.read_until(lambda one: one.get("event") in ("pressed", "bell"))["event"] == "pressed"

        child.tell(command="close_remote")
        assert child.read_until(is_remote) == {"event": "remote", "open": False}
        assert client.post(line["url"] + "press", json=go).status_code == 404


def test_a_new_opening_has_a_new_address_and_pin(child: ChildDesk) -> None:
    child.tell(command="open_remote", host="127.0.0.3")
    first = child.read_until(is_remote)
    child.tell(command="open_remote", host="127.0.0.3")
    second = child.read_until(lambda line: is_remote(line) and line["url"] != first["url"])
    assert httpx.get(second["url"]).status_code == 200
    with pytest.raises(httpx.ConnectError):
        httpx.get(first["url"])


def test_a_telephone_does_not_hold_up_the_end(child: ChildDesk) -> None:
    child.tell(command="open_remote")
    line = child.read_until(is_remote)
    with httpx.Client() as client:
        client.post(line["url"] + "pin", data={"pin": line["pin"]})
        with client.stream("GET", line["url"] + "events") as answer:
            assert next(answer.iter_lines())
            began = time.monotonic()
            child.process.terminate()
            assert child.process.wait(5) == 0
    assert time.monotonic() - began < 1


class Guarded(str):
    """A secret that may not be compared character by character: how long that takes tells of it."""

    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        raise AssertionError("compared with ==")


class GuardedBytes(bytes):
    """The same of bytes."""

    __hash__ = bytes.__hash__

    def __eq__(self, other: object) -> bool:
        raise AssertionError("compared with ==")


def test_with_the_closing_no_pin_is_right_and_no_session_is_known() -> None:
    door = PinDoor()
    pin = door.open()
    session = door.enter(pin, "10.0.0.9", 0.0).session
    assert door.knows(session) and door.sessions == [session]
    door.close()
    assert not door.knows(session) and door.sessions == []
    assert not door.enter(pin, "10.0.0.9", 1.0).session and not door.enter("", "10.0.0.9", 2.0).session


def test_pin_and_session_are_compared_in_constant_time() -> None:
    door = PinDoor()
    session = door.enter(door.open(), "10.0.0.9", 0.0).session
    door._sessions = [GuardedBytes(one) for one in door._sessions]
    assert door.knows(session) and not door.knows(session[:-1] + "-")
    pin, door.pin = door.pin, Guarded(door.pin)
    assert door.enter(pin, "10.0.0.9", 1.0).session
    assert not door.enter("no PIN", "10.0.0.9", 2.0).session
