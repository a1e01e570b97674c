"""What holds for every address of the desk: Host, Origin, scripts, secrets, limits, silent logs."""

from __future__ import annotations

import hmac
import json
import logging
import re
import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from desk_fakes import FakeRegistrar
from local_desk import AUTHORISED, TOKEN, LocalDesk
from real_desk import NAMES, real_desk
from served_desk import ServedDesk, answer
from starlette.routing import Route

from huifeng_desktop.clock import FixedClock
from huifeng_desktop.desk.http.doorman import Doorman
from huifeng_desktop.desk.screens.pins import PinDoor
from huifeng_desktop.paths import resource_path

_EVIL = "http://evil.example"


def routes(desk: LocalDesk, method: str) -> list[str]:
    """Every address that takes this method, its parameters filled with something."""
    found = [one for one in desk.app._app.routes if isinstance(one, Route)]  # type: ignore[attr-defined]
    return [re.sub(r"{[^}]*}", "abcdefghjk", one.path) for one in found if method in (one.methods or ())]


# -- Host and Origin ----------------------------------------------------------------------------


def test_a_rebound_name_reaches_nothing(desk: LocalDesk) -> None:
    """A foreign page whose own name was turned to this machine sends that name as Host."""
    for method in ("GET", "POST"):
        for path in routes(desk, method):
            refused = desk.request(method, path, headers={"Host": "evil.example:8520", **AUTHORISED})
            assert refused.status_code == 400, path
            assert "evil" not in refused.text and not refused.headers.get("access-control-allow-origin")


def test_two_hosts_are_none(desk: LocalDesk) -> None:
    with ServedDesk(desk, Doorman()) as served, served.connect() as sender:
        sender.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n")
        assert b" 400 " in answer(sender)


def test_nothing_is_written_for_a_foreign_page(desk: LocalDesk) -> None:
    _, pin = desk.parts.remote.open()
    assert len(routes(desk, "POST")) >= 4
    for path in routes(desk, "POST"):
        for origin in (_EVIL, "null", "http://127.0.0.1:8000.evil.example", "https://127.0.0.1:8000"):
            body = json.dumps({"badge": desk.registrar.seats[0].badge, "nonce": "n1", "pin": pin}).encode()
            refused = desk.request("POST", path, content=body, headers={"Origin": origin, **AUTHORISED})
            assert refused.status_code in (401, 403, 404), (path, origin, refused.status_code)
    assert desk.registrar.groups == [] and desk.registrar.pressed == []


def test_its_own_pages_and_programs_without_origin_may_write(desk: LocalDesk) -> None:
    body = {"badge": desk.registrar.seats[0].badge, "nonce": "n1"}
    own = {"Origin": "http://127.0.0.1:8000", **AUTHORISED}
    assert desk.request("POST", "/api/sign-ins", json=body, headers=own).status_code == 201
    assert desk.sign_in(desk.registrar.seats[1].badge, "n2").status_code == 201


# -- scripts ------------------------------------------------------------------------------------


def pages(desk: LocalDesk) -> Iterator[tuple[str, httpx.Response]]:
    """Every kind of page that the desk hands out, and every address with a wrong key."""
    stage, (remote, _) = desk.parts.stage.open(), desk.parts.remote.open()
    for path in [*routes(desk, "GET"), stage, remote, f"/s/{desk.code()}", "/s/", "/t/", "/r/"]:
        yield path, desk.request("GET", path)
    for path in routes(desk, "POST"):
        yield path, desk.request("POST", path, data={"ticket": "x"})
    yield "signed", desk.send_form(desk.open_form())
    yield "unknown", desk.send_form(desk.open_form(), name="某人")
    yield "pin", desk.request("POST", f"{remote}pin", data={"pin": "000000"})


def test_no_page_lets_a_foreign_or_inline_script_run(desk: LocalDesk) -> None:
    html = [
        (path, one)
        for path, one in pages(desk)
        if one.headers.get("content-type", "").startswith("text/html")
    ]
    assert len(html) >= 10
    for path, one in html:
        policy = one.headers["content-security-policy"]
        parts = dict(part.strip().split(" ", 1) for part in policy.split(";"))
        assert parts["default-src"] == "'none'" and "unsafe" not in policy, path
        assert parts.get("script-src", "'self'") == "'self'" and parts["frame-ancestors"] == "'none'", path
        assert one.headers.get_list("content-security-policy") == [policy]


def test_every_answer_carries_the_headers(desk: LocalDesk) -> None:
    for path, one in pages(desk):
        assert one.headers["x-content-type-options"] == "nosniff", path
        assert one.headers["referrer-policy"] == "same-origin" and one.headers["x-frame-options"] == "DENY"
        assert "server" not in one.headers


@pytest.mark.parametrize("file", sorted(resource_path("web").glob("*.html")), ids=lambda file: file.name)
def test_no_template_holds_a_script_of_its_own(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"\son[a-z]+\s*=|javascript:|\|\s*safe\b", text)


@pytest.mark.parametrize("file", sorted(resource_path("web").glob("*.js")), ids=lambda file: file.name)
def test_no_script_makes_markup_or_code_of_what_it_is_told(file: Path) -> None:
    risky = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc|javascript:"
    assert not re.search(risky, file.read_text(encoding="utf-8"))


# -- secrets ------------------------------------------------------------------------------------


def test_pins_and_keys_are_compared_in_constant_time(
    desk: LocalDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[bytes] = []
    real = hmac.compare_digest

    def watched(given: bytes, expected: bytes) -> bool:
        compared.append(given)
        return real(given, expected)

    monkeypatch.setattr(hmac, "compare_digest", watched)
    door = PinDoor()
    door.open()
    door.enter("123456", "10.0.0.1", 0)
    door._sessions.append(b"s" * 32)
    door.knows("guess")
    desk.parts.stage.open()
    desk.request("GET", "/t/guessedkey/")
    desk.request("GET", "/s/guessedcode")
    assert {b"123456", b"guess", b"guessedkey", b"guessedcode"} <= set(compared)


def test_what_was_handed_out_is_void_when_it_is_closed(desk: LocalDesk) -> None:
    stage, (remote, pin) = desk.parts.stage.open(), desk.parts.remote.open()
    entered = desk.request("POST", f"{remote}pin", data={"pin": pin})
    cookie = {"Cookie": entered.headers["set-cookie"].split(";")[0]}
    desk.parts.stage.close()
    desk.parts.remote.close()
    assert desk.request("GET", stage).status_code == 404
    assert desk.request("GET", remote, headers=cookie).status_code == 404
    again, _ = desk.parts.remote.open()
    assert desk.request("POST", f"{again}press", json={}, headers=cookie).status_code == 401


def test_a_token_dies_with_its_desk_and_is_nowhere_on_disk(tmp_path: Path) -> None:
    with real_desk(tmp_path) as desk:
        old = str(desk.child.ready["token"])
        meeting = desk.session.meeting_id
    with real_desk(tmp_path, "另一个会") as desk:
        url = f"{desk.child.ready['url']}/api/summary"
        assert desk.session.meeting_id != meeting
        assert httpx.get(url, headers={"Authorization": f"Bearer {old}"}).status_code == 401
        now = str(desk.child.ready["token"])
        assert httpx.get(url, headers={"Authorization": f"Bearer {now}"}).status_code == 200
        written = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert old.encode() not in written and now.encode() not in written


# -- limits -------------------------------------------------------------------------------------


def test_one_phone_that_loads_without_end_does_not_slow_another(desk: LocalDesk) -> None:
    flood = {desk.request("GET", "/s/x", address="10.0.0.66").status_code for _ in range(650)}
    assert flood == {410, 429}
    assert desk.send_form(desk.open_form()).status_code == 201
    assert desk.sign_in(desk.registrar.seats[1].badge, "n2").status_code == 201


# -- logs ---------------------------------------------------------------------------------------


def private(registrar: FakeRegistrar) -> list[str]:
    """Everything about the people that must not be written down by the desk."""
    seats = [seat for seat in registrar.seats[:2] if seat.name]
    return [word for seat in seats for word in (seat.name, seat.phone, seat.badge)] + ["替会人甲", "8016"]


def test_a_whole_session_logs_no_name_and_no_telephone(
    desk: LocalDesk, registrar: FakeRegistrar, clock: FixedClock, caplog: pytest.LogCaptureFixture
) -> None:
    """Signed in, refused, guessed, broken and thrown nonsense at, with every logger wide open."""
    with caplog.at_level(logging.NOTSET):
        for logger in ("asyncio", "uvicorn", "uvicorn.error", "uvicorn.access", "starlette"):
            caplog.set_level(logging.NOTSET, logger)
        seat = registrar.seats[0]
        desk.sign_in(seat.badge, "n1", deputy={"name": "替会人甲", "post": "股长"})
        desk.send_form(desk.open_form())
        desk.send_form(desk.open_form(), name="替会人甲")
        desk.request("GET", f"/api/summary?name={seat.name}&phone={seat.phone}")
        registrar.trouble = RuntimeError(f"{seat.name} {seat.phone} {seat.badge} 替会人甲")
        desk.sign_in(seat.badge, "n3")
        desk.send_form(desk.open_form())
        registrar.trouble = None
        with ServedDesk(desk, Doorman()) as served, served.connect() as sender:
            sender.sendall(f"POST /{seat.name} HTTP/1.1\r\nX: {seat.phone}\0\r\n\r\n".encode())
            answer(sender)
    client = ("httpx", "httpcore")  # the test's own side of the wire
    text = "\n".join(
        logging.Formatter().format(one) for one in caplog.records if not one.name.startswith(client)
    )
    assert "RuntimeError" in text, "the failure itself is there"
    assert [word for word in [*private(registrar), TOKEN] if word in text] == []


def test_the_programs_own_desk_leaves_no_name_in_its_files(tmp_path: Path) -> None:
    with real_desk(tmp_path) as desk:
        url, token = str(desk.child.ready["url"]), str(desk.child.ready["token"])
        badges = [seat.badge for seat in desk.session.state.seats]
        headers = {"Authorization": f"Bearer {token}"}
        for number, badge in enumerate([*badges, badges[0], "1"]):
            body = {"badge": badge, "nonce": f"n{number}", "deputy": None}
            httpx.post(f"{url}/api/sign-ins", json=body, headers=headers)
        httpx.post(f"{url}/s/sign-in", data={"ticket": "x", "name": NAMES[0], "digits": "1234"})
        with socket.create_connection(("127.0.0.1", httpx.URL(url).port or 0)) as sender:
            sender.sendall(f"GET /{NAMES[0]}\0 HTTP/1.1\r\n\r\n".encode())
        desk.child.process.terminate()
        said, complained = desk.child.process.communicate(timeout=10)
    logs = "".join(file.read_text(encoding="utf-8") for file in (tmp_path / "logs").glob("*"))
    for word in (*NAMES, *badges, token):
        assert word not in logs + said + complained
