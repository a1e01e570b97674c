"""kill -9 of the desk in a rush at the door: nothing acknowledged is lost, the window starts it again.

A hundred kills, with the time until the desk is back, are in tests/bench (`make bench`).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from rush import PATIENCE_MS, Site, kill_the_desk, open_site

from huifeng_desktop.ui.during.phones.block import PhoneState

SEATS, KILLS, SEED = 600, 25, 20260312


@pytest.fixture
def site(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication, qtbot: QtBot
) -> Iterator[Site]:
    # the desk starts as an installed program does, which has its byte code beside it
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path / "byte-code"))
    with open_site(data_dir, SEATS, qtbot) as site:
        yield site


def test_a_desk_killed_again_and_again_comes_back_with_everybody(site: Site, qtbot: QtBot) -> None:
    # WHEN the desk is killed in the middle of a rush, again and again
    site.kill_often(KILLS, SEED)
    # THEN whoever was told that he is in, is in, once; the log is whole; the window has everybody
    assert len(site.outages_s) == KILLS <= len(site.acknowledged) < SEATS
    assert site.acknowledged <= site.signed_in() == set(site.badges)
    assert site.parts.during.door.phones.state() is PhoneState.OPEN
    qtbot.waitUntil(lambda: site.shows(SEATS), timeout=PATIENCE_MS)


def test_a_guest_who_asks_again_after_the_crash_hears_that_he_is_in(site: Site, qtbot: QtBot) -> None:
    badge = site.badges[20]
    first = site.rush([badge])
    first.begin()
    qtbot.waitUntil(lambda: bool(first.acknowledged), timeout=PATIENCE_MS)
    first.join()
    kill_the_desk(site.folder.path)
    qtbot.waitUntil(lambda: len(site.calls) == 2, timeout=PATIENCE_MS)
    url, token = site.calls[-1]
    call = {"badge": badge, "nonce": f"rush-{badge}"}
    answer = httpx.post(f"{url}/api/sign-ins", json=call, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 201 and answer.json()["outcome"] == "signed_in"
    assert site.signed_in() == {badge}
