"""A window whose desk is killed while guests come in as fast as it answers."""

from __future__ import annotations

import json
import os
import random
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit

import psutil
from crowd import on_disk
from hall import fill
from pytestqt.qtbot import QtBot
from window_kit import put_away

from huifeng_desktop.app import Folder, desk_command, open_folder
from huifeng_desktop.app.window import OpenWindow, build_window, make_application
from huifeng_desktop.clock import SystemClock

GUESTS = 8
PATIENCE_MS = 20_000


@dataclass(slots=True)
class Rush:
    """Guests at the door, each in a thread, until the desk is gone or everybody is in."""

    url: str
    token: str
    badges: Sequence[str]
    folder: Path
    kill_after: int = 0
    """The desk is killed with so many answers, while the others wait for theirs; 0: never."""
    killed_at: float = 0.0
    acknowledged: set[str] = field(default_factory=set)
    threads: list[threading.Thread] = field(default_factory=list)
    _once: threading.Lock = field(default_factory=threading.Lock)

    def begin(self) -> None:
        """Let them come."""
        for first in range(GUESTS):
            self.threads.append(threading.Thread(target=self._come, args=(self.badges[first::GUESTS],)))
            self.threads[-1].start()

    def join(self) -> None:
        """Wait until all have an answer, or none to expect any more."""
        for thread in self.threads:
            thread.join(10)

    def _come(self, badges: Sequence[str]) -> None:
        connection = HTTPConnection(urlsplit(self.url).netloc, timeout=10)
        for badge in badges:
            try:
                if self._ask(connection, badge) in (200, 201):
                    self.acknowledged.add(badge)
                    self._kill_in_time()
            except (OSError, HTTPException):
                break
        connection.close()

    def _kill_in_time(self) -> None:
        if self.kill_after and len(self.acknowledged) >= self.kill_after and self._once.acquire(False):
            self.killed_at = time.perf_counter()
            kill_the_desk(self.folder)

    def _ask(self, connection: HTTPConnection, badge: str) -> int:
        body = json.dumps({"badge": badge, "nonce": f"rush-{badge}"})
        connection.request("POST", "/api/sign-ins", body, {"Authorization": f"Bearer {self.token}"})
        answer = connection.getresponse()
        answer.read()
        return answer.status


@dataclass(slots=True)
class Site:
    """The window with its desk, open for phones on this machine; `calls` are address and token."""

    folder: Folder
    parts: OpenWindow
    qtbot: QtBot
    calls: list[tuple[str, str]] = field(default_factory=list)
    acknowledged: set[str] = field(default_factory=set)
    """Badges of whoever was ever told that he is in."""
    outages_s: list[float] = field(default_factory=list)
    """From each kill to the moment when the window was told that the desk listens again."""

    @property
    def badges(self) -> list[str]:
        """Everybody on the roster."""
        return [seat.badge for seat in self.parts.context.session.state.seats]

    def open(self) -> None:
        """开放手机签到 on this machine; returns when the desk listens."""
        self.parts.desk.ready.connect(lambda url, token: self.calls.append((url, token)))
        self.parts.window.show()
        self.parts.during.open_phones("127.0.0.1")
        self.qtbot.waitUntil(lambda: bool(self.calls), timeout=PATIENCE_MS)

    def rush(self, badges: Sequence[str]) -> Rush:
        """Guests for the desk that runs now."""
        return Rush(*self.calls[-1], badges, self.folder.path)

    def kill_in_a_rush(self, after: int) -> None:
        """Kill the desk after so many answers, and wait until the window has it again."""
        before = len(self.calls)
        rush = self.rush([badge for badge in self.badges if badge not in self.acknowledged])
        rush.kill_after = after
        rush.begin()
        self.qtbot.waitUntil(lambda: len(self.calls) > before, timeout=PATIENCE_MS)
        self.outages_s.append(time.perf_counter() - rush.killed_at)
        rush.join()
        self.acknowledged |= rush.acknowledged

    def kill_often(self, times: int, seed: int) -> None:
        """So many kills at random moments; in the end everybody is let in."""
        chance = random.Random(seed)
        for _ in range(times):
            self.kill_in_a_rush(chance.randrange(1, 16))
        rest = self.rush(self.badges)
        rest.begin()
        self.qtbot.waitUntil(lambda: len(rest.acknowledged) == len(self.badges), timeout=PATIENCE_MS)
        rest.join()

    def signed_in(self) -> set[str]:
        """Badges of everybody who is in by the log, each once, read by another program; `verify` holds."""
        stored = on_disk(self.folder.path, self.parts.context.session.meeting_id)
        assert not stored.doubled and stored.is_sound
        return {seat.badge for seat in self.parts.context.session.state.seats if seat.seat_id in stored.seats}

    def shows(self, present: int) -> bool:
        """Whether the window has so many people present."""
        return self.parts.during.brief_row.present.value() == str(present)


@contextmanager
def open_site(path: Path, seats: int, qtbot: QtBot) -> Iterator[Site]:
    """A window on a new meeting with its desk running."""
    make_application()
    with open_folder(path, "console", SystemClock()) as folder:
        meeting = fill(folder, seats)
        parts = build_window(folder, folder.office.open(meeting), desk_command(path, meeting))
        site = Site(folder, parts, qtbot)
        site.open()
        yield site
        put_away(parts)


def kill_the_desk(folder: Path) -> None:
    """As the system does when memory runs out, to the desk of this data folder: no last words."""
    (desk,) = (one.pid for one in psutil.Process().children() if str(folder) in one.cmdline())
    os.kill(desk, signal.SIGKILL)
