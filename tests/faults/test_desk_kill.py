"""kill -9 of the desk in a rush at the door: nothing acknowledged is lost, the window starts it again."""

from __future__ import annotations

import os
import random
import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil
import pytest
from hall import fill
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_kit import put_away

from huifeng_desktop.app import Folder, desk_command, open_folder
from huifeng_desktop.app.window import OpenWindow, build_window, make_application
from huifeng_desktop.clock import SystemClock
from huifeng_desktop.domain.events import EventKind
from huifeng_desktop.ui.during.phone_block import PhoneState

SEATS, GUESTS = 600, 8
SEED = 20260312


@dataclass(slots=True)
class Rush:
    """Guests at the door, each in a thread, until the desk is gone or everybody is in."""

    url: str
    token: str
    badges: list[str]
    acknowledged: set[str] = field(default_factory=set)
    threads: list[threading.Thread] = field(default_factory=list)

    def begin(self) -> None:
        """Let them come."""
        for first in range(GUESTS):
            self.threads.append(threading.Thread(target=self._come, args=(self.badges[first::GUESTS],)))
            self.threads[-1].start()

    def join(self) -> None:
        """Wait until all have an answer, or none to expect any more."""
        for thread in self.threads:
            thread.join(10)

    def _come(self, badges: list[str]) -> None:
        with httpx.Client(base_url=self.url, headers={"Authorization": f"Bearer {self.token}"}) as client:
            for badge in badges:
                try:
                    answer = client.post("/api/sign-ins", json={"badge": badge, "nonce": f"rush-{badge}"})
                except httpx.HTTPError:
                    return
                if answer.status_code in (200, 201):
                    self.acknowledged.add(badge)


@dataclass(frozen=True, slots=True)
class Site:
    """The window with its desk, open for phones on this machine; `calls` are address and token."""

    folder: Folder
    parts: OpenWindow
    calls: list[tuple[str, str]]

    def rush(self, badges: list[str]) -> Rush:
        """Guests for the desk that runs now."""
        return Rush(*self.calls[-1], badges)

    def signed_in(self) -> dict[str, str]:
        """Nonce by badge of everybody whose sign-in is on disk, read by another program."""
        meeting = self.parts.context.session.meeting_id
        with open_folder(self.folder.path, "reader", SystemClock()) as reader:
            state = reader.office.open(meeting).state
            badges = {seat.seat_id: seat.badge for seat in state.seats}
            entries = [event for event in state.log if event.kind is EventKind.SIGN_IN]
            assert len({event.subject for event in entries}) == len(entries), "nobody is there twice"
            return {badges[event.subject]: event.nonce for event in entries}

    def shows_all(self) -> bool:
        """Whether the window has everybody who is on disk."""
        return self.parts.during.brief_row.present.value() == str(len(self.signed_in()))


@pytest.fixture
def site(data_dir: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[Site]:
    make_application()
    with open_folder(data_dir, "console", SystemClock()) as folder:
        meeting = fill(folder, SEATS)
        parts = build_window(folder, folder.office.open(meeting), desk_command(data_dir, meeting))
        calls: list[tuple[str, str]] = []
        parts.desk.ready.connect(lambda url, token: calls.append((url, token)))
        parts.window.show()
        parts.during.open_phones("127.0.0.1")
        qtbot.waitUntil(lambda: bool(calls), timeout=15_000)
        yield Site(folder, parts, calls)
        put_away(parts)


def kill_the_desk() -> None:
    """As the system does when memory runs out: no last words."""
    (desk,) = psutil.Process().children()
    os.kill(desk.pid, signal.SIGKILL)


@pytest.mark.parametrize("after", sorted(random.Random(SEED).sample(range(5, SEATS // 2), 3)))
def test_a_desk_killed_in_a_rush_comes_back_with_everybody(site: Site, after: int, qtbot: QtBot) -> None:
    # GIVEN guests who come in as fast as the desk answers
    badges = [seat.badge for seat in site.parts.context.session.state.seats]
    rush = site.rush(badges)
    rush.begin()
    # WHEN the desk is killed after so many answers
    qtbot.waitUntil(lambda: len(rush.acknowledged) >= after, timeout=15_000)
    kill_the_desk()
    rush.join()
    # THEN whoever was told that he is in, is in; the log is whole
    on_disk = site.signed_in()
    assert len(rush.acknowledged) < SEATS, "the desk was killed in the middle"
    assert rush.acknowledged <= set(on_disk)
    assert site.folder.verify().ok
    # AND the window has started the desk again, shows everybody and takes the rest
    qtbot.waitUntil(lambda: len(site.calls) == 2, timeout=15_000)
    assert site.parts.during.door.phones.state() is PhoneState.OPEN
    qtbot.waitUntil(site.shows_all, timeout=5000)
    rest = site.rush(badges)
    rest.begin()
    qtbot.waitUntil(lambda: len(rest.acknowledged) == SEATS, timeout=15_000)
    rest.join()
    qtbot.waitUntil(site.shows_all, timeout=5000)
    assert len(site.signed_in()) == SEATS and site.folder.verify().ok


def test_a_guest_who_asks_again_after_the_crash_hears_that_he_is_in(site: Site, qtbot: QtBot) -> None:
    badge = site.parts.context.session.state.seats[20].badge
    first = site.rush([badge])
    first.begin()
    qtbot.waitUntil(lambda: bool(first.acknowledged))
    first.join()
    kill_the_desk()
    qtbot.waitUntil(lambda: len(site.calls) == 2, timeout=15_000)
    url, token = site.calls[-1]
    call = {"badge": badge, "nonce": f"rush-{badge}"}
    answer = httpx.post(f"{url}/api/sign-ins", json=call, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 201 and answer.json()["outcome"] == "signed_in"
    assert list(site.signed_in()) == [badge]
