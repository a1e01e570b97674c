"""第二签到台 in the window, over a real desk process: opened, used, killed under it, taken back."""

from __future__ import annotations

import json
import os
import signal
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from during_parts import Room
from pytestqt.qtbot import QtBot

from huifeng_desktop.domain.events import EventKind
from huifeng_desktop.ui.deskside.process import DeskProcess
from huifeng_desktop.ui.deskside.second_desks import SecondDesks
from huifeng_desktop.ui.deskside.second_desks_dialog import SecondDesksDialog

_WAIT_MS = 20_000


class Shown:
    """The dialog over the desks of a real process."""

    def __init__(self, room: Room, qtbot: QtBot) -> None:
        data = ["--data", str(room.folder), "desk", room.meeting_id]
        self.desk = DeskProcess([sys.executable, "-m", "huifeng_desktop", *data])
        self.desks = SecondDesks(self.desk)
        self.dialog = SecondDesksDialog(room.context, self.desks, lambda: [("会议室", "127.0.0.2")], None)
        self.qtbot = qtbot
        qtbot.addWidget(self.dialog)
        self.dialog.show()

    def open(self, name: str) -> str:
        """Open a desk by the menu; its address."""
        self.dialog.name.setText(name)
        self.dialog.address_menu().actions()[0].trigger()
        self.qtbot.waitUntil(lambda: bool(self.desks.desks()[-1].url), timeout=_WAIT_MS)
        return self.desks.desks()[-1].url

    def pid(self) -> int:
        """The desk process."""
        process = self.desk._process
        assert process is not None
        return process.processId()


@pytest.fixture
def shown(room: Room, qtbot: QtBot) -> Iterator[Shown]:
    shown = Shown(room, qtbot)
    yield shown
    shown.desk.stop()
    for desk in shown.desks.desks():
        shown.desks.revoke(desk.ident)
    shown.desk.wait_stopped()


def ask(url: str, body: dict[str, Any] | None = None) -> Any:
    """What a second desk hears."""
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(url, data), timeout=10) as reply:
        return json.loads(reply.read())


def test_a_desk_without_a_name_is_not_opened(shown: Shown) -> None:
    shown.dialog.open_button.click()
    assert shown.desks.desks() == [] and not shown.desk.is_running()


def test_opened_used_and_taken_back(shown: Shown, room: Room) -> None:
    first, second = shown.open("东门 刘芳"), shown.open("西门 王军")
    assert first.split("/")[2] == second.split("/")[2] and first.startswith("http://127.0.0.2:")
    assert shown.dialog.code.payload() == second
    given = ask(f"{second}entry", {"nonce": "n" * 16, "seat": "s3", "method": "typed"})
    assert given["headline"] == "王　磊　签到成功"
    shown.qtbot.waitUntil(lambda: shown.desks.desks()[1].entries == 1, timeout=_WAIT_MS)
    assert "在用" in str(shown.dialog.table.model().index(1, 1).data())
    room.session.catch_up(force=True)
    event = next(one for one in room.session.state.log if one.kind is EventKind.SIGN_IN)
    assert event.body["station"] == "西门 王军"
    shown.dialog.revoke_chosen()
    shown.qtbot.waitUntil(lambda: _is_gone(second), timeout=_WAIT_MS)
    assert ask(f"{first}latest")["entries"][0]["name"] == "王　磊"
    shown.dialog.revoke_chosen()
    shown.qtbot.waitUntil(lambda: not shown.desk.is_running(), timeout=_WAIT_MS)


def test_after_a_crash_the_address_is_the_same(shown: Shown) -> None:
    url = shown.open("东门 刘芳")
    assert ask(f"{url}people")["rows"]
    ask(f"{url}entry", {"nonce": "n" * 16, "seat": "s3", "method": "typed"})
    shown.qtbot.waitUntil(lambda: shown.desks.desks()[0].entries == 1, timeout=_WAIT_MS)
    before = shown.pid()
    os.kill(before, signal.SIGKILL)
    shown.qtbot.waitUntil(
        lambda: shown.desk.is_running() and shown.pid() not in (0, before), timeout=_WAIT_MS
    )
    shown.qtbot.waitUntil(lambda: _answers(url), timeout=_WAIT_MS)
    assert [desk.url for desk in shown.desks.desks()] == [url]
    ask(f"{url}entry", {"nonce": "m" * 16, "seat": "s4", "method": "typed"})
    shown.qtbot.waitUntil(lambda: shown.desks.desks()[0].entries == 2, timeout=_WAIT_MS)


def test_an_address_that_is_not_there_is_said_and_forgotten(shown: Shown) -> None:
    said: list[str] = []
    shown.desk.troubled.connect(said.append)
    shown.desks.open("东门", "192.0.2.1")
    shown.qtbot.waitUntil(lambda: bool(said) and not shown.desks.desks(), timeout=_WAIT_MS)
    assert "不能使用地址 192.0.2.1" in said[0]


def _is_gone(url: str) -> bool:
    try:
        ask(f"{url}latest")
    except urllib.error.HTTPError as refused:
        return refused.code == 404
    except OSError:
        return False
    return False


def _answers(url: str) -> bool:
    try:
        return bool(ask(f"{url}people")["rows"])
    except OSError:
        return False
