"""A full disk, a file held by another program, a file that may only be read: before the desk and the window.

The real registrar over the real database; the trouble is SQLite's own. What must hold every time: a clear
answer of the right kind, reading goes on, whoever was told that he is in is in, and it all resumes.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import httpx
import pytest
from child import ChildDesk
from crowd import on_disk
from hall import badges, make_folder
from local_desk import AUTHORISED, LocalDesk

from huifeng_desktop.app import open_folder
from huifeng_desktop.clock import SystemClock
from huifeng_desktop.desk import writer as desk_writer
from huifeng_desktop.service.door.sign_in import SignInOutcome
from huifeng_desktop.service.hall import Hall
from huifeng_desktop.service.registrar import Registrar
from huifeng_desktop.storage.database import DATABASE_NAME, Database

SEATS, LATECOMERS = 400, 60
FULL, ROOMY = "PRAGMA max_page_count = 1", "PRAGMA max_page_count = 1073741823"
"""SQLite never goes below the pages that are there."""
READ_ONLY, WRITABLE = "PRAGMA query_only = ON", "PRAGMA query_only = OFF"


class SpoiltHall(Hall):
    """The desk's registrar on a disk that the test spoils; the database belongs to the writer's thread."""

    def __init__(self, db: Database, meeting: Any, spoil: SimpleQueue[str]) -> None:
        super().__init__(meeting)
        self._db, self._spoil = db, spoil

    def register(self, requests: Any) -> list[SignInOutcome]:
        while not self._spoil.empty():
            self._db.execute(self._spoil.get()).fetchall()
        return super().register(requests)


class SpoiltDesk:
    """The desk over a real folder; `spoil` is done before the next entry."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.meeting = folder, make_folder(folder, SEATS)
        self.badges = badges(folder, self.meeting)
        self.trouble: list[str] = []
        self.acknowledged: set[str] = set()
        self._spoil: SimpleQueue[str] = SimpleQueue()
        self.desk = LocalDesk(self, SystemClock())  # type: ignore[arg-type]
        self.desk.writer._on_trouble = self.trouble.append

    @contextmanager
    def opened(self) -> Iterator[Registrar]:
        with open_folder(self.folder, "desk", SystemClock()) as folder:
            yield SpoiltHall(folder.db, folder.office.open(self.meeting), self._spoil)

    def spoil(self, statement: str) -> None:
        self._spoil.put(statement)

    def sign_in(self, seat: int) -> httpx.Response:
        answer = self.desk.sign_in(self.badges[seat], f"n{seat}")
        if answer.status_code in (200, 201):
            self.acknowledged.add(f"s{seat + 1}")
        return answer

    def present(self) -> int:
        """What the desk says when it is asked to read."""
        answer = self.desk.request("GET", "/api/summary", headers=AUTHORISED)
        assert answer.status_code == 200
        return int(answer.json()["present"])

    def phone(self, seat: int) -> httpx.Response:
        """Load the form and send it in."""
        person = self.people()[seat]
        return self.desk.send_form(self.desk.open_form(), name=person[1], digits=person[2])

    def people(self) -> list[tuple[str, str, str]]:
        with open_folder(self.folder, "reader", SystemClock()) as folder:
            seats = folder.office.open(self.meeting).state.seats
            return [(seat.seat_id, seat.name, seat.phone[-4:]) for seat in seats]

    def is_whole(self) -> bool:
        """Whether the log has exactly those who were told that they are in."""
        stored = on_disk(self.folder, self.meeting)
        return stored.is_sound and not stored.doubled and stored.seats == self.acknowledged


@pytest.fixture
def spoilt(data_dir: Path) -> Iterator[SpoiltDesk]:
    made = SpoiltDesk(data_dir)
    yield made
    made.desk.close()


def until_refused(spoilt: SpoiltDesk, first: int) -> tuple[int, httpx.Response]:
    """Sign in one after the other until the disk takes no more; who was refused, and how."""
    for seat in range(first, SEATS):
        answer = spoilt.sign_in(seat)
        if answer.status_code >= 500:
            return seat, answer
    raise AssertionError("the disk was never full")


def test_a_full_disk_is_507_reading_goes_on_and_it_resumes(spoilt: SpoiltDesk) -> None:
    assert spoilt.sign_in(0).status_code == 201
    # WHEN the disk is full THEN whoever comes is told so, with what to do
    spoilt.spoil(FULL)
    seat, refused = until_refused(spoilt, 1)
    assert refused.status_code == 507 and refused.headers["retry-after"]
    assert refused.json()["error"] == "storage_full"
    assert "磁盘已满" in refused.json()["message"] and "腾出空间" in refused.json()["message"]
    # AND telephones load their page and are told that nothing was noted down
    page = spoilt.phone(seat + 1)
    assert page.status_code == 507 and "签到没有记下" in page.text and "huifeng.db" not in page.text
    # AND the desk knows what it knew, for everybody who asks; who was refused is not in
    assert spoilt.present() == seat == len(spoilt.acknowledged)
    assert len(spoilt.trouble) == 1 and spoilt.trouble[0].startswith("磁盘已满")
    # WHEN there is room again THEN the same entry is taken, and nothing was lost
    spoilt.spoil(ROOMY)
    assert spoilt.sign_in(seat).status_code == 201
    assert spoilt.trouble[1:] == [""] and spoilt.is_whole()


def test_a_file_that_may_only_be_read_is_503(spoilt: SpoiltDesk) -> None:
    assert spoilt.sign_in(0).status_code == 201
    spoilt.spoil(READ_ONLY)
    refused = spoilt.sign_in(1)
    assert refused.status_code == 503 and refused.json()["error"] == "storage"
    assert "只读" in refused.json()["message"] and "请取消只读" in refused.json()["message"]
    assert spoilt.present() == 1 and "数据存不进去" in spoilt.trouble[0]
    spoilt.spoil(WRITABLE)
    assert spoilt.sign_in(1).status_code == 201
    assert spoilt.trouble[1:] == [""] and spoilt.is_whole()


@contextmanager
def another_program_writes(folder: Path) -> Iterator[sqlite3.Connection]:
    """The file's write lock, held by somebody else until the block ends."""
    with closing(sqlite3.connect(folder / DATABASE_NAME, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


def test_a_file_held_for_a_moment_is_waited_for_while_questions_are_answered(spoilt: SpoiltDesk) -> None:
    with another_program_writes(spoilt.folder) as other, ThreadPoolExecutor(1) as door:
        # WHEN somebody comes while another program writes
        waiting = door.submit(spoilt.sign_in, 0)
        while not spoilt.trouble:  # the first try was in vain
            assert not waiting.done() and spoilt.present() == 0, "whoever asks is answered meanwhile"
        assert "另一个程序" in spoilt.trouble[0] and not waiting.done()
        other.execute("ROLLBACK")
        # THEN he is in as soon as the other has finished
        assert waiting.result(20).status_code == 201
    assert spoilt.trouble[1:] == [""] and spoilt.is_whole()


def test_a_file_held_for_long_is_503(spoilt: SpoiltDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_writer, "_TRIES", 2)
    with another_program_writes(spoilt.folder):
        refused = spoilt.sign_in(0)
        assert refused.status_code == 503 and refused.headers["retry-after"]
        assert "被另一个程序占用" in refused.json()["message"] and spoilt.present() == 0
    assert spoilt.sign_in(0).status_code == 201
    assert spoilt.trouble[1:] == [""] and spoilt.is_whole()


def test_the_desk_process_tells_whoever_started_it(data_dir: Path) -> None:
    meeting = make_folder(data_dir, 3)
    command = [sys.executable, "-m", "huifeng_desktop", "--data", str(data_dir), "desk", meeting]
    badge = badges(data_dir, meeting)[0]
    with ChildDesk(command) as desk, ThreadPoolExecutor(1) as door:
        with another_program_writes(data_dir):
            waiting = door.submit(desk.sign_in, badge, "n1")
            told = desk.read_until(lambda line: line.get("event") == "storage")
            assert "另一个程序" in told["trouble"]
        assert desk.read_until(lambda line: line.get("event") == "storage")["trouble"] == ""
        assert waiting.result(20).status_code == 201
    assert on_disk(data_dir, meeting).seats == {"s1"}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes, where this machine lets us have one."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)]
    if (
        sys.platform != "linux"
        or os.geteuid() != 0
        or subprocess.run(command, capture_output=True).returncode
    ):
        pytest.skip("only root may mount a small disk, and not everywhere")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_disk_that_is_truly_full(small_disk: Path) -> None:
    meeting = make_folder(small_disk / "data", 100)
    scanned = badges(small_disk / "data", meeting)
    command = [sys.executable, "-m", "huifeng_desktop", "--data", str(small_disk / "data"), "desk", meeting]
    with ChildDesk(command) as desk:
        filler = small_disk / "film.mp4"
        acknowledged, refused = 0, None
        with filler.open("wb", buffering=0) as film:
            fill_up(film.fileno())
            while refused is None and acknowledged < len(scanned):
                answer = desk.sign_in(scanned[acknowledged], f"n{acknowledged}")
                refused = answer if answer.status_code >= 500 else None
                acknowledged += refused is None
        assert refused is not None and refused.status_code == 507 and "磁盘已满" in refused.text
        # AND so is everybody after him: a log that cannot be written either holds nobody up
        for again in range(LATECOMERS):
            assert desk.sign_in(scanned[acknowledged], f"late-{again}").status_code == 507
        token = {"Authorization": f"Bearer {desk.ready['token']}"}
        summary = httpx.get(f"{desk.ready['url']}/api/summary", headers=token)
        assert summary.status_code == 200 and summary.json()["present"] == acknowledged
        filler.unlink()
        assert desk.sign_in(scanned[acknowledged], "n-again").status_code == 201
    stored = on_disk(small_disk / "data", meeting)
    assert len(stored.seats) == acknowledged + 1 and stored.is_sound


def fill_up(fd: int) -> None:
    """Write until the disk takes not one byte more."""
    for size in (65536, 1024, 1):
        try:
            while os.write(fd, b"x" * size):
                pass
        except OSError:
            continue
