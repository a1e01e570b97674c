"""Sign-in through the real desk process beside the floor: bare grouped SQLite commits."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "desk"))

from child import ChildDesk
from desk_fakes import make_seats

CLIENTS = 50
SECONDS = 5.0
SEATS = 3000
_LOAD = Path(__file__).with_name("desk_load.py")


def start_desk(folder: Path) -> ChildDesk:
    """The desk that is measured."""
    return ChildDesk.start(folder, seats=SEATS)


class CommitCounter:
    """Reads the desk's lines while it works, and counts entries and commits."""

    def __init__(self, desk: ChildDesk) -> None:
        self._desk = desk
        self.entries = self.commits = 0
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        assert self._desk.process.stdout is not None
        for line in self._desk.process.stdout:
            plain = json.loads(line)
            self.entries += plain.get("count", 0)
            self.commits += plain.get("commits", 0)

    def finish(self) -> int:
        """Stop the desk; how many entries a commit held on average."""
        self._desk.process.terminate()
        self._desk.process.wait(10)
        self._thread.join(10)
        return max(1, round(self.entries / max(1, self.commits)))


@dataclass(frozen=True, slots=True)
class Measured:
    """One run: what the clients saw, entries committed, entries to a commit, bare rows a second."""

    load: dict[str, Any]
    entries: int
    group: int
    floor: float


def put_load_on(desk: ChildDesk, badges: list[str]) -> dict[str, Any]:
    """Let the clients' process run against the desk."""
    url = httpx.URL(desk.ready["url"])
    order = {
        "host": url.host,
        "port": url.port,
        "token": desk.ready["token"],
        "badges": badges,
        "clients": CLIENTS,
        "seconds": SECONDS,
    }
    done = subprocess.run(
        [sys.executable, str(_LOAD)], input=json.dumps(order), capture_output=True, text=True, check=True
    )
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def bare_commits_per_second(path: Path, group: int, seconds: float = 2.0) -> float:
    """Rows a second that one thread commits in groups of `group`, WAL and synchronous=FULL."""
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE IF NOT EXISTS entry(nonce TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT")
    began, rows = time.perf_counter(), 0
    while time.perf_counter() < began + seconds:
        database.execute("BEGIN IMMEDIATE")
        batch = [(f"{began}-{rows + n}", "x" * 240) for n in range(group)]
        database.executemany("INSERT INTO entry VALUES (?, ?)", batch)
        database.execute("COMMIT")
        rows += group
    database.close()
    return rows / (time.perf_counter() - began)


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Measured:
    """The desk under load, then the floor on the same disk, once for all tests."""
    folder = tmp_path_factory.mktemp("desk-load")
    with start_desk(folder) as desk:
        counter = CommitCounter(desk)
        load = put_load_on(desk, [seat.badge for seat in make_seats(SEATS) if seat.name])
        group = counter.finish()
    return Measured(load, counter.entries, group, bare_commits_per_second(folder / "floor.db", group))


@pytest.mark.bench
def test_fifty_clients_without_an_error(measured: Measured, capsys: pytest.CaptureFixture[str]) -> None:
    load = measured.load
    with capsys.disabled():
        print(
            f"\ndesk: {load['per_second']:.0f} sign-ins/s, p50 {load['p50_ms']:.1f} ms, "
            f"p99 {load['p99_ms']:.1f} ms, {CLIENTS} clients, {load['requests']} requests, "
            f"answers {load['statuses']}, {measured.group} to a commit"
        )
    assert set(load["statuses"]) <= {"200", "201"}
    assert measured.entries == len(load["acknowledged"]) == load["requests"]
    assert load["per_second"] >= 500


@pytest.mark.bench
def test_share_of_bare_grouped_commits(measured: Measured, capsys: pytest.CaptureFixture[str]) -> None:
    ratio = measured.load["per_second"] / measured.floor
    commit_ms = measured.group / measured.floor * 1000
    with capsys.disabled():
        print(
            f"\nfloor: {measured.floor:.0f} rows/s in bare commits of {measured.group} "
            f"({commit_ms:.2f} ms each); the desk does {ratio:.2f} of it"
        )
    assert ratio >= 0.3
