"""`/api`: every status that CONTRACT.md promises, and what the caller may rely on with it."""

from __future__ import annotations

import hmac
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from desk_fakes import MEETING, FakeRegistrar
from local_desk import AUTHORISED, TOKEN, LocalDesk

from huifeng_desktop.clock import FixedClock
from huifeng_desktop.errors import StorageProblem


def badge(desk: LocalDesk, index: int = 0) -> str:
    return desk.registrar.seats[index].badge


def test_first_sign_in_is_created(desk: LocalDesk) -> None:
    answer = desk.sign_in(badge(desk))

    assert answer.status_code == 201
    assert answer.json() == {
        "outcome": "signed_in",
        "seq": 1,
        "name": "欧阳建",
        "unit": "县审计局",
        "post": "局长",
        "late_minutes": 0,
        "seat": "3 排 7 号",
        "pending": False,
        "at": MEETING.start.replace(hour=14, minute=0).isoformat(),
    }


def test_lateness_is_told(desk: LocalDesk, clock: FixedClock) -> None:
    clock.advance(30 * 60 + 61)
    assert desk.sign_in(badge(desk)).json()["late_minutes"] == 2


def test_second_sign_in_names_the_first(desk: LocalDesk, clock: FixedClock) -> None:
    desk.sign_in(badge(desk), "n1")
    clock.advance(60)

    answer = desk.sign_in(badge(desk), "n2")

    assert answer.status_code == 200
    assert answer.json()["outcome"] == "already"
    assert answer.json()["first_at"] == MEETING.start.replace(hour=14, minute=0).isoformat()


def test_same_nonce_gets_the_same_answer(desk: LocalDesk, clock: FixedClock) -> None:
    first = desk.sign_in(badge(desk), "n1")
    clock.advance(60)
    again = desk.sign_in(badge(desk), "n1")

    assert (again.status_code, again.json()) == (first.status_code, first.json())


def test_leaving_and_returning(desk: LocalDesk) -> None:
    early = desk.sign_in(badge(desk), "n0", kind="leave")
    desk.sign_in(badge(desk), "n1")
    left = desk.sign_in(badge(desk), "n2", kind="leave")
    back = desk.sign_in(badge(desk), "n3", kind="return")

    assert (early.status_code, early.json()["outcome"]) == (409, "not_in")
    assert (left.status_code, left.json()["outcome"]) == (201, "left")
    assert (back.status_code, back.json()["outcome"]) == (201, "returned")


def test_unknown_badge_and_closed_sign_in_say_only_that(desk: LocalDesk) -> None:
    unknown = desk.sign_in("2000000000008")
    desk.registrar.meeting_now = replace(MEETING, is_open=False)
    closed = desk.sign_in(badge(desk), "n2")

    assert (unknown.status_code, unknown.json()) == (404, {"outcome": "unknown_badge"})
    assert (closed.status_code, closed.json()) == (409, {"outcome": "not_open"})


def test_vacant_post_cannot_sign_in(desk: LocalDesk) -> None:
    answer = desk.sign_in(badge(desk, 2))
    assert (answer.status_code, answer.json()["outcome"]) == (409, "vacant")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"text"',
        b"\xff\xfe",
        b"[" * 9000,
        b"{}",
        b'{"badge": "1"}',
        b'{"nonce": "n"}',
        b'{"badge": 1, "nonce": "n"}',
        b'{"badge": "1", "nonce": ["n"]}',
        b'{"badge": "1", "nonce": ""}',
        b'{"badge": " ", "nonce": "n"}',
        b'{"badge": "1", "nonce": "\\ud800"}',
        b'{"badge": "1\\u0000", "nonce": "n"}',
        b'{"badge": "1", "nonce": "n", "kind": "jump"}',
        b'{"badge": "1", "nonce": "n", "kind": []}',
        b'{"badge": "1", "nonce": "n", "deputy": "x"}',
        b'{"badge": "1", "nonce": "n", "deputy": {"name": ""}}',
        b'{"badge": "1", "nonce": "n", "deputy_approved": 1}',
        json.dumps({"badge": "1", "nonce": "n" * 129}).encode(),
        json.dumps({"badge": "1" * 65, "nonce": "n"}).encode(),
    ],
)
def test_malformed_requests_are_refused(desk: LocalDesk, body: bytes) -> None:
    answer = desk.request("POST", "/api/sign-ins", content=body, headers=AUTHORISED)

    assert answer.status_code == 422
    assert set(answer.json()) == {"error", "message"}
    assert desk.registrar.groups == []


def test_large_body_is_refused_declared_or_not(desk: LocalDesk) -> None:
    async def pieces() -> Any:
        for _ in range(20):
            yield b"x" * 1024

    declared = desk.request("POST", "/api/sign-ins", content=b"x" * 16385, headers=AUTHORISED)
    chunked = desk.request("POST", "/api/sign-ins", content=pieces(), headers=AUTHORISED)

    assert (declared.status_code, chunked.status_code) == (413, 413)


@pytest.mark.parametrize(
    "given", ["", TOKEN, "Bearer", "Bearer ", f"Bearer {TOKEN}x", f"Basic {TOKEN}", "Bearer é"]
)
def test_other_tokens_are_refused(desk: LocalDesk, given: str) -> None:
    headers = {"Authorization": given.encode("latin-1")}
    answer = desk.request("POST", "/api/sign-ins", json={}, headers=headers)
    summary = desk.request("GET", "/api/summary", headers=headers)

    assert (answer.status_code, summary.status_code) == (401, 401)
    assert answer.headers["www-authenticate"] == "Bearer"


def test_token_is_compared_in_constant_time(desk: LocalDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[bytes] = []
    real = hmac.compare_digest

    def watched(given: bytes, expected: bytes) -> bool:
        compared.append(given)
        return real(given, expected)

    monkeypatch.setattr("huifeng_desktop.desk.api.hmac.compare_digest", watched)
    desk.request("GET", "/api/summary", headers={"Authorization": "Bearer guess"})

    assert compared == [b"guess"]


def test_guessing_is_slowed_for_that_address_only(desk: LocalDesk, clock: FixedClock) -> None:
    wrong = {"Authorization": "Bearer guess"}
    answers = [desk.request("GET", "/api/summary", headers=wrong).status_code for _ in range(31)]
    limited = desk.request("GET", "/api/summary", headers=wrong)
    elsewhere = desk.request("GET", "/api/summary", headers=wrong, address="10.0.0.2")

    assert answers == [401] * 30 + [429]
    assert int(limited.headers["retry-after"]) >= 1
    assert elsewhere.status_code == 401
    assert desk.request("GET", "/api/summary", headers=AUTHORISED).status_code == 200
    clock.advance(2)
    assert desk.request("GET", "/api/summary", headers=wrong).status_code == 401


def test_trying_badges_is_slowed_at_last(desk: LocalDesk) -> None:
    statuses = {desk.sign_in("1", f"n{n}").status_code for n in range(2000)}

    assert statuses == {404}
    assert desk.sign_in("1", "last").status_code == 429


def test_summary_counts_what_was_committed(desk: LocalDesk) -> None:
    desk.sign_in(badge(desk))
    totals = desk.request("GET", "/api/summary", headers=AUTHORISED).json()
    assert (totals["expected"], totals["present"]) == (11, 1)


def test_health_needs_no_token_and_tells_nothing(desk: LocalDesk) -> None:
    assert desk.request("GET", "/healthz").json() == {"ok": True}


def test_wrong_paths_and_methods(desk: LocalDesk) -> None:
    assert desk.request("GET", "/api/nothing").status_code == 404
    wrong = desk.request("GET", "/api/sign-ins")
    assert (wrong.status_code, wrong.headers["allow"]) == (405, "POST")


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8000", 200),
        ("localhost", 200),
        ("[::1]:8000", 200),
        ("192.168.1.8:8000", 200),
        ("evil.example", 400),
        ("LOCALHOST:1", 200),
        ("127.0.0.1.evil.example", 400),
        ("evil.localhost", 400),
        ("localhost.", 400),
        ("[::1]evil.example", 400),
        ("[::1", 400),
        ("127.0.0.1:80.evil.example", 400),
        ("localhost:80@evil.example", 400),
        ("", 400),
    ],
)
def test_only_its_own_names_are_answered(desk: LocalDesk, host: str, status: int) -> None:
    answer = desk.request("GET", "/healthz", headers={"Host": host})
    assert answer.status_code == status


def test_storage_trouble_is_told_and_the_desk_goes_on(desk: LocalDesk) -> None:
    desk.registrar.trouble = StorageProblem("磁盘已满，请清理后重试。")
    refused = desk.sign_in(badge(desk), "n1")
    desk.registrar.trouble = None
    accepted = desk.sign_in(badge(desk), "n1")

    assert refused.status_code == 503
    assert refused.json()["message"] == "磁盘已满，请清理后重试。"
    assert accepted.status_code == 201


def test_a_bug_is_answered_without_names_in_the_log(
    desk: LocalDesk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.registrar.trouble = RuntimeError("欧阳建 13900008016")
    answer = desk.sign_in(badge(desk))

    assert answer.status_code == 500
    assert "RuntimeError" in caplog.text
    assert "欧阳建" not in caplog.text + answer.text


def test_fifty_at_once_have_one_winner(desk: LocalDesk) -> None:
    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda n: desk.sign_in(badge(desk), f"n{n}"), range(50)))

    assert sorted(answer.status_code for answer in answers) == [200] * 49 + [201]


def test_deputy_reaches_the_registrar(desk: LocalDesk, registrar: FakeRegistrar) -> None:
    seen = []
    real = registrar.register

    def watching(requests: Any) -> Any:
        seen.extend(requests)
        return real(requests)

    registrar.register = watching  # type: ignore[method-assign]
    desk.sign_in(
        badge(desk), "n1", deputy={"name": "李 想", "post": "股长"}, deputy_approved=False, station="东门"
    )

    assert (seen[0].deputy.name, seen[0].deputy.post) == ("李想", "股长")
    assert (seen[0].deputy_approved, seen[0].station) == (False, "东门")
