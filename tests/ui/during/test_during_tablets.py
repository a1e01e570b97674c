"""平板与遥控: a real desk opened from the window, beside the phones' sign-in and without it."""

from __future__ import annotations

import json
import os
import random
import socket
import sys
import urllib.request
from collections.abc import Callable, Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

import pytest
from during_parts import Room
from pytestqt.qtbot import QtBot

from huifeng_desktop.domain.agenda import ItemKind
from huifeng_desktop.domain.cues import Bell, CuePlan, Mark, MarkUnit
from huifeng_desktop.domain.speaker_timer import Run
from huifeng_desktop.ui.deskside.process import DeskProcess
from huifeng_desktop.ui.deskside.screens import DeskScreen, ScreenPlace
from huifeng_desktop.ui.deskside.tablets_dialog import TabletsDialog
from huifeng_desktop.ui.during.page import DuringPage
from huifeng_desktop.ui.during.phones.block import PhoneState
from huifeng_desktop.ui.projection.link import StageLink
from huifeng_desktop.ui.stage.view import StageMode


class Shown:
    """The page, its desk and the dialog."""

    def __init__(self, room: Room, qtbot: QtBot, usual_port: int) -> None:
        command = [
            sys.executable,
            "-m",
            "huifeng_desktop",
            "--data",
            str(room.folder),
            "desk",
            room.meeting_id,
        ]
        self.desk = DeskProcess(command, usual_port=usual_port)
        self.director = room.director()
        self.page = DuringPage(room.context, self.desk, self.director)
        self.link = StageLink(room.context, self.desk, self.director)
        self.dialog = TabletsDialog(self.desk, lambda: [("会议室", "127.0.0.2")], self.page)
        self.qtbot = qtbot

    def open(self, screen: DeskScreen) -> str:
        """Open a screen by its menu; the address."""
        card = self.dialog.cards[screen]
        with self.qtbot.waitSignal(self.desk.screen_changed, timeout=60_000):
            card.address_menu().actions()[-1].trigger()
        return f"http://{card.address.text()}"


@pytest.fixture
def start(room: Room, qtbot: QtBot) -> Iterator[Callable[[], Shown]]:
    """Starts the program, and once more; every desk ends with the test, however it ends."""
    port, started = own_port(), list[Shown]()

    def begin() -> Shown:
        started.append(Shown(room, qtbot, port))
        qtbot.addWidget(started[-1].page)
        return started[-1]

    yield begin
    for one in started:
        one.desk.wait_stopped()


@pytest.fixture
def shown(start: Callable[[], Shown]) -> Shown:
    shown = start()
    shown.page.show()
    return shown


def own_port() -> int:
    """A free port that nobody is given by chance while a desk of ours is started again.

    Below the range from which systems hand them out, and not the usual one, for which desks of other
    tests are waiting.
    """
    for port in random.SystemRandom().sample(range(10_000, 30_000), 50):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise AssertionError("no port is free")


def status(url: str) -> int:
    with urllib.request.urlopen(url, timeout=5) as answer:
        return int(answer.status)


def first_event(url: str) -> dict[str, Any]:
    """What a tablet is told first."""
    with urllib.request.urlopen(f"{url}events", timeout=5) as answer:
        told: dict[str, Any] = json.loads(answer.readline().decode().removeprefix("data: "))
    return told


def test_a_tablet_without_phones(shown: Shown, qtbot: QtBot) -> None:
    url = shown.open(DeskScreen.STAGE)
    assert status(url) == 200
    assert shown.page.door.phones.state() is PhoneState.CLOSED
    with qtbot.waitSignal(shown.desk.stopped, timeout=60_000):
        shown.dialog.cards[DeskScreen.STAGE].button.click()
    assert not shown.desk.is_running() and not shown.dialog.cards[DeskScreen.STAGE].is_open()


def test_phones_come_and_go_beside_a_tablet(shown: Shown, qtbot: QtBot) -> None:
    url = shown.open(DeskScreen.STAGE)
    with qtbot.waitSignal(shown.desk.ready, timeout=60_000):
        shown.page.open_phones("127.0.0.1")
    assert shown.page.door.phones.state() is PhoneState.OPEN
    with qtbot.waitSignal(shown.desk.stopped, timeout=60_000):
        shown.page.close_phones()
    assert shown.page.door.phones.state() is PhoneState.CLOSED and shown.desk.is_running()
    assert status(url) == 200


def test_the_tablet_shows_what_the_stage_shows(shown: Shown, room: Room, qtbot: QtBot) -> None:
    shown.director.set_mode(StageMode.CLOCK)
    shown.director.set_message("请控制时间")
    url = shown.open(DeskScreen.STAGE)

    def told(mode: str) -> None:
        assert first_event(url)["mode"] == mode

    qtbot.waitUntil(lambda: told("message"), timeout=60_000)
    shown.director.set_blackout(True)
    qtbot.waitUntil(lambda: told("blackout"), timeout=60_000)


def test_the_remote_starts_the_timer_and_rings_the_bell(shown: Shown, room: Room, qtbot: QtBot) -> None:
    url = shown.open(DeskScreen.REMOTE)
    pin = shown.dialog.cards[DeskScreen.REMOTE].pin.text().removeprefix("PIN").replace(" ", "")
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    browser.open(f"{url}pin", f"pin={pin}".encode(), timeout=5).close()

    def press(name: str, stand: str) -> dict[str, Any]:
        body = json.dumps({"press": name, "stand": stand, "nonce": f"nonce-{name}"}).encode()
        with browser.open(f"{url}press", body, timeout=5) as answer:
            plain: dict[str, Any] = json.loads(answer.read())
        return plain

    item = room.session.state.items[0].item_id
    with qtbot.waitSignal(shown.desk.pressed, timeout=60_000):
        assert press("go", f"{item}:idle")["done"] is True
    assert room.session.state.timing(item).run is Run.RUNNING
    with qtbot.waitSignal(shown.desk.bell_rung, timeout=60_000):
        press("bell", "")
    assert room.rings == [Bell(1)]


def kill_desk(shown: Shown, qtbot: QtBot, screens: int) -> None:
    """The desk dies; the window has it again when every screen is open."""
    process = shown.desk._process
    assert process is not None
    expected = [shown.desk.troubled, *[shown.desk.screen_changed] * 2 * screens]
    with qtbot.waitSignals(expected, timeout=60_000):
        process.kill()


def test_after_a_crash_of_the_desk_tablet_and_remote_are_where_they_were(
    shown: Shown, room: Room, qtbot: QtBot
) -> None:
    """GIVEN both are open, one at the desk's own address WHEN it is killed THEN same address, key and PIN."""
    stage, remote = shown.open(DeskScreen.STAGE), shown.open(DeskScreen.REMOTE)
    pin = shown.dialog.cards[DeskScreen.REMOTE].pin.text()
    kill_desk(shown, qtbot, 2)
    cards = shown.dialog.cards
    assert cards[DeskScreen.STAGE].is_open() and f"http://{cards[DeskScreen.STAGE].address.text()}" == stage
    assert f"http://{cards[DeskScreen.REMOTE].address.text()}" == remote
    assert cards[DeskScreen.REMOTE].pin.text() == pin
    assert status(stage) == status(remote) == 200
    assert "平板不用动" in room.said[-1]


def test_after_a_crash_of_the_desk_the_remote_goes_on_without_the_pin(
    shown: Shown, room: Room, qtbot: QtBot
) -> None:
    """GIVEN a telephone that gave the PIN WHEN the desk is killed THEN its next press counts."""
    url = shown.open(DeskScreen.REMOTE)
    pin = shown.dialog.cards[DeskScreen.REMOTE].pin.text().removeprefix("PIN").replace(" ", "")
    jar = CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    browser.open(f"{url}pin", f"pin={pin}".encode(), timeout=5).close()
    (cookie,) = jar
    place = shown.desk.place
    qtbot.waitUntil(lambda: (now := place(DeskScreen.REMOTE)) is not None and now.sessions == (cookie.value,))
    kill_desk(shown, qtbot, 1)
    item = room.session.state.items[0].item_id
    body = json.dumps({"press": "go", "stand": f"{item}:idle", "nonce": "nonce-again"}).encode()
    with browser.open(f"{url}press", body, timeout=5) as answer:
        assert json.loads(answer.read())["done"] is True
    kept = json.dumps(place(DeskScreen.REMOTE).to_json())  # type: ignore[union-attr]
    assert pin not in kept and str(cookie.value) not in kept


def test_a_tablet_at_an_address_of_its_own_is_found_again_too(shown: Shown, qtbot: QtBot) -> None:
    card = shown.dialog.cards[DeskScreen.STAGE]
    with qtbot.waitSignal(shown.desk.screen_changed, timeout=60_000):
        card.address_menu().actions()[0].trigger()
    before = card.address.text()
    assert before.startswith("127.0.0.2:")
    kill_desk(shown, qtbot, 1)
    assert card.address.text() == before and status(f"http://{before}") == 200


def test_a_port_that_somebody_else_took_meanwhile_is_told(shown: Shown, room: Room, qtbot: QtBot) -> None:
    with socket.create_server(("127.0.0.2", 0)) as taken:
        place = ScreenPlace("127.0.0.2", taken.getsockname()[1], "abcdefghjk")
        with qtbot.waitSignals([shown.desk.screen_changed, shown.desk.troubled], timeout=60_000):
            shown.desk.reopen_screen(DeskScreen.STAGE, place)
    address = shown.dialog.cards[DeskScreen.STAGE].address.text()
    assert not address.startswith(f"127.0.0.2:{place.port}/") and address.endswith("/t/abcdefghjk/")
    assert "重新扫码" in room.said[-1]


def test_the_next_start_of_the_program_serves_the_tablet_where_it_was(
    shown: Shown, start: Callable[[], Shown], qtbot: QtBot
) -> None:
    """GIVEN the program ended with the tablet open WHEN it starts again THEN at the same address."""
    url = shown.open(DeskScreen.STAGE)
    shown.desk.wait_stopped()
    again = start()
    with qtbot.waitSignal(again.desk.screen_changed, timeout=60_000):
        again.link.restore()
    assert f"http://{again.dialog.cards[DeskScreen.STAGE].address.text()}" == url and status(url) == 200
    later = TabletsDialog(again.desk, lambda: [], again.page)
    assert later.cards[DeskScreen.STAGE].is_open(), "asked for only after it was open"
    with qtbot.waitSignal(again.desk.stopped, timeout=60_000):
        again.dialog.cards[DeskScreen.STAGE].button.click()
    again.link.restore()
    assert not again.desk.is_running()


def test_after_the_adjournment_no_tablet_is_opened_by_itself(shown: Shown, room: Room) -> None:
    room.context.settings.put(f"tablet:{room.meeting_id}", {"host": "127.0.0.1", "port": 1, "key": "a"})
    room.context.podium.declare_opened()
    room.clock.advance(60)
    room.context.podium.declare_adjourned()
    shown.link.restore()
    assert not shown.desk.is_running()


@pytest.mark.parametrize("kept", [None, 5, {"host": 3}, {"host": "127.0.0.1", "port": "x", "key": ""}])
def test_a_kept_place_that_makes_no_sense_is_none(kept: object) -> None:
    assert ScreenPlace.from_json(kept) is None


def test_agenda_code_roll_call_and_bells_reach_the_tablet(shown: Shown, room: Room, qtbot: QtBot) -> None:
    url = shown.open(DeskScreen.STAGE)

    def told(**wanted: Any) -> None:
        event = first_event(url)
        assert {key: event.get(key) for key in wanted} == wanted

    shown.director.set_code("http://192.168.1.20:8765/s/Zm9v")
    qtbot.waitUntil(lambda: told(mode="sign_in", request="请扫码签到"), timeout=60_000)
    room.context.podium.declare_opened()
    shown.director.set_mode(StageMode.AGENDA)
    qtbot.waitUntil(lambda: told(mode="agenda", title="主持人开场"), timeout=60_000)
    half = CuePlan().with_marks(ItemKind.HOSTING, [Mark(MarkUnit.PERCENT, 50, Bell(1))])
    room.context.settings.put("cue_marks", half.to_json())
    shown.director.read_cues()
    qtbot.waitUntil(lambda: told(amber=90), timeout=60_000)
    shown.director.show_called(room.session.state.seats[1])
    qtbot.waitUntil(
        lambda: told(mode="roll_call", name="赵　镕", unit="县财政局", post="局长"), timeout=60_000
    )


def test_how_it_looks(shown: Shown, qtbot: QtBot, tmp_path: Path) -> None:
    shown.dialog.show()
    closed = shown.dialog.grab()
    shown.open(DeskScreen.STAGE)
    shown.open(DeskScreen.REMOTE)
    shown.dialog.adjustSize()
    opened = shown.dialog.grab()
    if folder := os.environ.get("HUIFENG_PICTURES"):
        closed.save(str(Path(folder) / "tablets-closed.png"))
        opened.save(str(Path(folder) / "tablets-open.png"))
    for card in shown.dialog.cards.values():
        assert card.code.isVisible() and card.address.isVisible()
        assert card.address.width() >= card.address.fontMetrics().horizontalAdvance(card.address.text())
    assert shown.dialog.cards[DeskScreen.REMOTE].pin.isVisible()
    assert not shown.dialog.cards[DeskScreen.STAGE].pin.isVisible()
