"""`desk` as a process of its own: its first line, its answers, and what is on disk after each."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from command import call, done

PEOPLE = "单位,姓名,职务\n县审计局,欧阳建,局长\n县林业局,陆川,局长\n县统计局,何平,副局长\n"


@pytest.fixture
def meeting(tmp_path: Path) -> str:
    """A meeting that began ninety seconds ago."""
    start = (datetime.now() - timedelta(seconds=90)).isoformat(timespec="seconds")
    meeting: str = done("new", "--title", "例会", "--start", start)["meeting"]
    (tmp_path / "r.csv").write_text(PEOPLE, encoding="utf-8")
    done("load", meeting, tmp_path / "r.csv", "--as", "roster")
    return meeting


class Running:
    """A desk that has said that it is ready."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        self.process = process
        self.ready: dict[str, Any] = json.loads(process.stdout.readline())

    def post(self, body: object, token: str | None = None) -> httpx.Response:
        """One request at the door."""
        bearer = {"Authorization": f"Bearer {self.ready['token'] if token is None else token}"}
        return httpx.post(f"{self.ready['url']}/api/sign-ins", json=body, headers=bearer)

    def get(self, path: str) -> httpx.Response:
        """One question."""
        bearer = {"Authorization": f"Bearer {self.ready['token']}"}
        return httpx.get(self.ready["url"] + path, headers=bearer)


@contextmanager
def desk(meeting: str) -> Iterator[Running]:
    """A desk, ended whatever the test does."""
    command = [sys.executable, "-m", "huifeng_desktop", "desk", meeting]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, encoding="utf-8") as process:
        try:
            yield Running(process)
        finally:
            process.kill()
            process.communicate()


def present(meeting: str) -> list[str]:
    """Who is in, by the file alone."""
    seats = done("results", meeting)["seats"]
    return [seat["name"] for seat in seats if seat["signed_in_at"]]


def test_the_desk_signs_in_answers_again_and_keeps_it(meeting: str) -> None:
    badges = {one["name"]: one["badge"] for one in done("badges", meeting)}
    request = {"badge": badges["欧阳建"], "nonce": "n1", "kind": "enter"}

    with desk(meeting) as running:
        first = running.post(request)
        kept = present(meeting)
        again, other = running.post(request), running.post({**request, "nonce": "n2"})
        left = running.post({**request, "nonce": "n3", "kind": "leave"})
        unknown = running.post({"badge": "2000000000008", "nonce": "n4", "kind": "enter"})
        stranger = running.post(request, token="wrong")
        malformed = running.post({"badge": 5})
        summary = running.get("/api/summary")

    assert set(running.ready) >= {"ready", "url", "token"} and running.ready["ready"] is True
    assert first.status_code == 201 and kept == ["欧阳建"]
    told = first.json()
    assert (told["outcome"], told["seq"], told["name"], told["unit"]) == (
        "signed_in",
        1,
        "欧阳建",
        "县审计局",
    )
    assert told["late_minutes"] == 2
    assert (again.json(), again.status_code) == (told, first.status_code)
    assert other.status_code == 200 and other.json()["outcome"] == "already" and other.json()["first_at"]
    assert left.json()["outcome"] == "left"
    assert (unknown.status_code, unknown.json()) == (404, {"outcome": "unknown_badge"})
    assert stranger.status_code == 401 and malformed.status_code == 422
    assert summary.json()["present"] == 1 and summary.json()["late"] == 1


def test_what_others_write_is_heard_at_once(meeting: str, tmp_path: Path) -> None:
    badge = done("badges", meeting)[1]["badge"]
    (tmp_path / "s.csv").write_text("姓名,单位,签到时间\n陆川,县林业局,08:00\n", encoding="utf-8")

    with desk(meeting) as running:
        done("load", meeting, tmp_path / "s.csv", "--as", "records")
        already = running.post({"badge": badge, "nonce": "n1"})
        now = datetime.now()
        opened, adjourned = (
            (now - timedelta(seconds=60)).isoformat(),
            (now - timedelta(seconds=1)).isoformat(),
        )
        done("declare", meeting, "--opened", opened, "--adjourned", adjourned)
        closed = running.post({"badge": badge, "nonce": "n2"})

    assert (already.status_code, already.json()["outcome"]) == (200, "already")
    assert (closed.status_code, closed.json()) == (409, {"outcome": "not_open"})


@pytest.mark.parametrize("ending", ["SIGTERM", "stdin"])
def test_the_desk_stops_when_told_or_when_its_parent_is_gone(meeting: str, ending: str) -> None:
    badge = done("badges", meeting)[2]["badge"]
    with desk(meeting) as running:
        assert running.post({"badge": badge, "nonce": "n1"}).status_code == 201
        if ending == "SIGTERM":
            running.process.send_signal(signal.SIGTERM)
        else:
            assert running.process.stdin is not None
            running.process.stdin.close()
            running.process.stdin = None
        status = running.process.wait(timeout=10)

    assert status == 0
    assert present(meeting) == ["何平"] and done("verify")["ok"]


def test_an_address_that_is_not_ours_is_one_line_and_status_one(meeting: str) -> None:
    called = call("desk", meeting, "--host", "203.0.113.7")

    assert (called.status, called.out) == (1, "") and "203.0.113.7" in called.complaint
