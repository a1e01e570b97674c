"""手机连得上吗: which network, who got through, what to do where nobody does, and what comes by itself."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from during_parts import Room
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from huifeng_desktop.service.door.networks import NetworkAddress
from huifeng_desktop.ui.deskside.process import DeskProcess
from huifeng_desktop.ui.deskside.screens import DeskScreen
from huifeng_desktop.ui.during.page import DuringPage
from huifeng_desktop.ui.during.phones.block import PhoneBlock, PhoneState
from huifeng_desktop.ui.during.phones.network_dialog import NetworkDialog
from huifeng_desktop.ui.during.phones.network_words import FALLBACKS, firewall_advice, turn_words, what_to_try
from huifeng_desktop.ui.theme import apply_theme

NETWORKS = [("wlan0", "10.42.0.1"), ("WLAN", "192.168.1.20"), ("enp3s0", "10.20.0.7")]

_CHILD = """
import json, sys
say = lambda **line: print(json.dumps(line), flush=True)
host = sys.argv[sys.argv.index("--host") + 1]
say(ready=True, url=f"http://{host}:8520", token="t")
say(event="code", payload=f"http://{host}:8520/s/abc")
for line in sys.stdin:
    told = json.loads(line)
    if told["command"] == "say":
        say(**told["line"])
"""


class Desk(DeskProcess):
    """A desk that says whatever the test wants it to say."""

    def __init__(self, folder: Path) -> None:
        script = folder / "child.py"
        script.write_text(_CHILD, encoding="utf-8")
        super().__init__([sys.executable, str(script)])

    def say(self, event: str, **values: object) -> None:
        """One line of the child."""
        self.tell(command="say", line={"event": event, **values})


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    """Pictures and widths are those of the program."""
    apply_theme(qapp)
    yield
    qapp.setStyleSheet("")


@pytest.fixture
def block(qtbot: QtBot) -> PhoneBlock:
    block = PhoneBlock(lambda: NETWORKS)
    qtbot.addWidget(block)
    block.show()
    return block


def keep(dialog: NetworkDialog, name: str) -> None:
    """A picture where HUIFENG_PICTURES says, for people to look at."""
    if folder := os.environ.get("HUIFENG_PICTURES"):
        dialog.grab().save(str(Path(folder) / f"network-{name}.png"))


def test_networks_are_named_and_the_best_is_chosen(block: PhoneBlock) -> None:
    dialog = block.show_dialog()
    keep(dialog, "closed")
    assert [card.text() for card in dialog.choice.cards()] == [
        "本机热点 wlan0",
        "无线网 WLAN",
        "有线网 enp3s0",
        "仅本机试用",
    ]
    opened: list[str] = []
    block.open_requested.connect(opened.append)
    dialog.choice.open_button.click()
    dialog.choice.choose("192.168.1.20")
    dialog.choice.open_button.click()
    assert opened == ["10.42.0.1", "192.168.1.20"]


def test_without_a_network_it_says_so_and_names_the_fallbacks(qtbot: QtBot) -> None:
    dialog = NetworkDialog(list)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.choice.none.isVisible() and len(dialog.choice.cards()) == 1
    assert all(way in FALLBACKS for way in ("证件", "键入", "签到纸"))


def test_the_first_device_is_shown_with_its_time(block: PhoneBlock) -> None:
    dialog = block.show_dialog()
    block.show_state(PhoneState.OPEN, "192.168.1.20:8520")
    block.set_code("http://192.168.1.20:8520/s/abc")
    keep(dialog, "open")
    assert dialog.reach.address.text() == "192.168.1.20:8520"
    assert dialog.reach.state.text() == "等第一部手机" and not dialog.advice.isVisible()
    assert dialog.reach.code.payload() == "http://192.168.1.20:8520/s/abc"
    block.show_visitors("已有 1 台设备打开过（14:02:11）")
    keep(dialog, "reached")
    assert dialog.reach.state.text() == "已有 1 台设备打开过（14:02:11）"
    assert block.lines[1].full_text() == "已有 1 台设备打开过（14:02:11）"


def test_when_nobody_comes_it_says_what_to_do(block: PhoneBlock, qtbot: QtBot) -> None:
    dialog = block.show_dialog()
    block._patience.setInterval(1)
    block.show_state(PhoneState.OPEN, "192.168.1.20:8520")
    qtbot.waitUntil(dialog.advice.isVisible)
    keep(dialog, "quiet")
    assert "同一个网络" in dialog.advice.words() and "热点" in dialog.advice.words()
    assert dialog.height() <= 700, "fits a 768 line screen"
    block.show_visitors("已有 1 台设备打开过（14:02:11）")
    assert not dialog.advice.isVisible()


def test_a_trial_on_this_machine_asks_for_no_telephone(block: PhoneBlock, qtbot: QtBot) -> None:
    dialog = block.show_dialog()
    block._patience.setInterval(1)
    block.show_state(PhoneState.OPEN, "127.0.0.1:8520")
    qtbot.waitUntil(lambda: not block._patience.isActive())
    assert dialog.reach.state.text() == "仅本机试用" and not dialog.advice.isVisible()


@pytest.mark.parametrize(
    ("platform", "programs", "command"),
    [
        ("linux", {"ufw", "firewall-cmd"}, "sudo ufw allow 8520/tcp"),
        ("linux", {"firewall-cmd"}, "sudo firewall-cmd --add-port=8520/tcp"),
        ("linux", set(), ""),
        ("win32", set(), "localport=8520"),
        ("darwin", set(), ""),
    ],
)
def test_each_firewall_has_its_own_command(platform: str, programs: set[str], command: str) -> None:
    advice = firewall_advice(platform, programs.__contains__, 8520)
    assert command in advice.command and bool(command) == bool(advice.command)
    assert advice.words.startswith("防火墙")


def test_windows_is_explained_to_the_last_click() -> None:
    words = firewall_advice("win32", lambda _: False, 8520).words
    assert all(part in words for part in ("专用网络", "公用网络", "允许访问", "更改设置"))


def test_on_the_own_hotspot_nothing_is_said_of_isolation() -> None:
    firewall = firewall_advice("linux", lambda _: False, 8520)
    own = what_to_try(NetworkAddress("wlan0", "10.42.0.1"), firewall)
    hall = what_to_try(NetworkAddress("wlan0", "192.168.1.20"), firewall)
    assert not any("访客" in one.words for one in own) and any("访客" in one.words for one in hall)


def test_commands_can_be_copied(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, block: PhoneBlock) -> None:
    monkeypatch.setattr("shutil.which", lambda name, path=None: name if name == "ufw" else None)
    dialog = block.show_dialog()
    block._patience.setInterval(1)
    block.show_state(PhoneState.OPEN, "192.168.1.20:8520")
    qtbot.waitUntil(dialog.advice.isVisible)
    keep(dialog, "ufw")
    (copy,) = (one for one in dialog.advice.findChildren(type(block.button)) if one.text() == "复制")
    copy.click()
    assert QGuiApplication.clipboard().text() == "sudo ufw allow 8520/tcp"


# -- with the desk ------------------------------------------------------------------------------


@pytest.fixture
def shown(room: Room, tmp_path: Path, qtbot: QtBot) -> Iterator[tuple[DuringPage, Desk]]:
    desk = Desk(tmp_path)
    page = room.page(desk)
    qtbot.addWidget(page, before_close_func=lambda _: desk.wait_stopped(0))
    page.show()
    with qtbot.waitSignals([desk.ready, desk.code_changed]):
        page.open_phones("192.168.1.20")
    yield page, desk


def test_the_network_moves_goes_and_comes_back(
    room: Room, shown: tuple[DuringPage, Desk], qtbot: QtBot
) -> None:
    page, desk = shown
    block = page.door.phones
    with qtbot.waitSignal(desk.visited):
        desk.say("visitors", count=2, at="14:02:11")
    assert block.lines[1].full_text() == "已有 2 台设备打开过（14:02:11）"
    if folder := os.environ.get("HUIFENG_PICTURES"):
        page.resize(1366, 708)
        page.grab().save(str(Path(folder) / "network-page.png"))
    assert block.help.isVisible() and block.help.geometry().right() < block.width()

    with qtbot.waitSignal(desk.network_turned):
        desk.say("phones", open=True, url="http://192.168.1.31:8520")
        desk.say("code", payload="http://192.168.1.31:8520/s/def")
        desk.say("network", turn="moved", at="192.168.1.31:8520")
    assert page._director.view().qr_payload == block.code.payload() == "http://192.168.1.31:8520/s/def"
    assert "192.168.1.31:8520" in block.lines[2].full_text() and "192.168.1.31:8520" in room.said[-1]
    assert desk.host() == "192.168.1.31", "started again it goes there"

    with qtbot.waitSignal(desk.network_turned):
        desk.say("code", payload="")
        desk.say("network", turn="lost", at="")
    assert not page._director.view().qr_payload and block.code.payload() == ""
    assert block.lines[0].full_text() == "会场网络断了" and "签到纸" in room.said[-1]

    with qtbot.waitSignal(desk.network_turned):
        desk.say("code", payload="http://192.168.1.31:8520/s/ghi")
        desk.say("network", turn="back", at="192.168.1.31:8520")
    assert page._director.view().qr_payload and block.lines[0].full_text() == "手机扫大屏上的码签到"
    assert len(room.said) == 3 and "恢复" in room.said[-1]


def test_with_the_end_of_the_meeting_everything_is_closed(
    room: Room, shown: tuple[DuringPage, Desk], qtbot: QtBot
) -> None:
    _, desk = shown
    desk.open_screen(DeskScreen.REMOTE, "192.168.1.20")
    room.at("14:30")
    room.context.podium.declare_opened()
    room.at("15:30")
    with qtbot.waitSignal(desk.stopped, timeout=10_000):
        room.context.podium.declare_adjourned()
    assert desk.place(DeskScreen.REMOTE) is None
    assert any("作废" in words for words in room.said)


def test_an_unknown_turn_says_nothing() -> None:
    assert turn_words("dance", "", True) == ""
    assert "平板和遥控" in turn_words("moved", "10.0.0.9:1", False)
