"""The desk as a child of the window: its lines, its crash, its last words; and the phones' block."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from during_parts import Room
from pytestqt.qtbot import QtBot

from huifeng_desktop.ui.context import Holds
from huifeng_desktop.ui.deskside.process import DeskProcess
from huifeng_desktop.ui.during.page import DuringPage
from huifeng_desktop.ui.during.phones.block import PhoneState

_CHILD = """
import json, os, sys
asked, usual = (sys.argv[sys.argv.index(name) + 1] for name in ("--port", "--usual"))
port = int(asked) or 40123
host = sys.argv[sys.argv.index("--host") + 1]
say = lambda **line: print(json.dumps(line), flush=True)
marker = {marker!r}
first = not os.path.exists(marker)
open(marker, "a").write(usual + " ")
{early}
say(ready=True, url=f"http://{{host}}:{{port}}", token="t")
say(event="code", payload=f"http://{{host}}:{{port}}/s/abc")
{work}
print("not a line of ours", flush=True)
{rest}
sys.stdin.read()
"""


_WORK = 'say(event="signed", count=3)'


def _child(folder: Path, rest: str = "", work: str = _WORK, early: str = "") -> DeskProcess:
    script, marker = folder / "child.py", str(folder / "started")
    text = _CHILD.format(marker=marker, rest=rest, work=work, early=early)
    script.write_text(text, encoding="utf-8")
    return DeskProcess([sys.executable, str(script)])


def _starts(folder: Path) -> list[str]:
    return (folder / "started").read_text(encoding="utf-8").split()


def test_ready_codes_and_counts_are_told_and_the_end_of_input_stops_it(tmp_path: Path, qtbot: QtBot) -> None:
    desk = _child(tmp_path)
    heard: list[tuple[object, ...]] = []
    desk.ready.connect(lambda url, token: heard.append((url, token)))
    desk.code_changed.connect(lambda payload: heard.append((payload,)))
    with qtbot.waitSignal(desk.signed) as signed:
        desk.start("127.0.0.1")
    assert heard == [("http://127.0.0.1:40123", "t"), ("http://127.0.0.1:40123/s/abc",)]
    assert signed.args == [3]
    with qtbot.waitSignal(desk.stopped):
        desk.stop()
    assert not desk.is_running()


def test_a_crash_starts_it_again_on_the_same_port(tmp_path: Path, qtbot: QtBot) -> None:
    desk = _child(tmp_path, "if first: os._exit(3)")
    with qtbot.waitSignals([desk.restarted, desk.ready, desk.ready]):
        desk.start("127.0.0.1")
    assert _starts(tmp_path) == ["8520", "40123"]
    with qtbot.waitSignal(desk.stopped):
        desk.stop()


def test_the_crash_is_told_until_the_desk_listens_again(room: Room, tmp_path: Path, qtbot: QtBot) -> None:
    desk, held = _child(tmp_path), list[Holds]()
    page = room.page(desk)
    qtbot.addWidget(page)
    room.context.voice.held.connect(lambda _, holds: held.append(holds))
    desk.restarted.emit()
    assert "正在自动恢复" in room.said[-1] and held[0]()
    desk.ready.emit("http://127.0.0.1:40123", "t")
    assert not held[0]()


def test_a_desk_that_takes_entries_is_started_again_after_every_crash(tmp_path: Path, qtbot: QtBot) -> None:
    desk = _child(tmp_path, "if len(open(marker).read().split()) < 14: os._exit(3)")
    with qtbot.waitSignals([desk.ready] * 14):
        desk.start("127.0.0.1")
    with qtbot.waitSignal(desk.stopped):
        desk.stop()
    assert len(_starts(tmp_path)) == 14


@pytest.mark.parametrize(
    ("bug", "starts"),
    [
        pytest.param({"early": "raise SystemError('bug')"}, 3, id="before it listens"),
        pytest.param({"work": "os._exit(3)"}, 11, id="before it has taken anybody"),
    ],
)
def test_a_desk_that_only_crashes_is_given_up(
    bug: dict[str, str], starts: int, tmp_path: Path, qtbot: QtBot
) -> None:
    desk = _child(tmp_path, **bug)
    with qtbot.waitSignal(desk.failed) as said:
        desk.start("127.0.0.1")
    assert said.args[0].startswith("签到服务意外停止")
    assert len(_starts(tmp_path)) == starts and not desk.is_running()


def test_a_problem_of_the_address_is_said_in_the_childs_own_words(tmp_path: Path, qtbot: QtBot) -> None:
    words = "端口 8000 已被占用，请换一个端口。"
    desk = _child(tmp_path, f"sys.stderr.buffer.write({words!r}.encode()); sys.exit(1)")
    with qtbot.waitSignal(desk.failed) as said:
        desk.start("127.0.0.1")
    assert said.args == [words]
    assert len(_starts(tmp_path)) == 1


def test_a_program_that_is_not_there_is_said(qtbot: QtBot) -> None:
    desk = DeskProcess(["/nowhere/huifeng"])
    with qtbot.waitSignal(desk.failed) as said:
        desk.start("127.0.0.1")
    assert "没能启动" in said.args[0] and not desk.is_running()


@pytest.fixture
def shown(room: Room, tmp_path: Path, qtbot: QtBot) -> tuple[DuringPage, DeskProcess]:
    desk = _child(tmp_path)
    page = room.page(desk)
    qtbot.addWidget(page, before_close_func=lambda _: desk.wait_stopped(0))
    page.show()
    return page, desk


def test_phones_are_opened_on_the_chosen_address_and_stopped(
    room: Room, shown: tuple[DuringPage, DeskProcess], qtbot: QtBot
) -> None:
    page, desk = shown
    block = page.door.phones
    assert block.state() is PhoneState.CLOSED and not block.code.isVisible()
    block.button.click()
    dialog = block.show_dialog()
    assert [card.text() for card in dialog.choice.cards()] == ["有线网 会议室", "仅本机试用"]
    dialog.choice.cards()[1].click()
    with qtbot.waitSignals([desk.ready, desk.code_changed]):
        dialog.choice.open_button.click()
    assert block.state() is PhoneState.OPEN and block.code.payload() == "http://127.0.0.1:40123/s/abc"
    assert page._director.view().qr_payload == block.code.payload()
    with qtbot.waitSignal(desk.stopped):
        block.button.click()
    assert block.state() is PhoneState.CLOSED and page._director.view().qr_payload is None


def test_without_a_desk_phones_are_not_spoken_of(room: Room, page: DuringPage) -> None:
    assert not page.door.phones.isVisible()
    page.door.box.setText("w")
    page.door.box.clear()
    assert not page.door.phones.isVisible()


def _opened(room: Room, folder: Path, qtbot: QtBot) -> tuple[DuringPage, DeskProcess]:
    """A page with a desk of its own, as after a start of the program."""
    desk = _child(folder)
    page = room.page(desk)
    qtbot.addWidget(page)
    return page, desk


def test_after_a_power_cut_the_phones_are_let_in_where_they_were(
    room: Room, tmp_path: Path, qtbot: QtBot
) -> None:
    """The first page stands for a program that died: it never hears that its desk has ended."""
    key = f"phones:{room.meeting_id}"
    page, desk = _opened(room, tmp_path, qtbot)
    page.restore_phones()
    assert not desk.is_running(), "nobody opened anything yet"
    with qtbot.waitSignal(desk.code_changed):
        page.door.phones.open_requested.emit("127.0.0.1")
    assert room.context.settings.get(key) == "127.0.0.1"
    desk.stopped.disconnect()
    desk.wait_stopped()

    page, desk = _opened(room, tmp_path, qtbot)
    with qtbot.waitSignal(desk.code_changed):
        page.restore_phones()
    assert desk.host() == "127.0.0.1" and "仍按上次选的网络开放" in room.said[-1]
    with qtbot.waitSignal(desk.stopped):
        page.door.phones.close_requested.emit()
    assert room.context.settings.get(key) is None, "closed by hand: closed"


def test_a_program_that_was_closed_in_order_opens_nothing_by_itself(
    room: Room, tmp_path: Path, qtbot: QtBot
) -> None:
    page, desk = _opened(room, tmp_path, qtbot)
    with qtbot.waitSignal(desk.code_changed):
        page.door.phones.open_requested.emit("127.0.0.1")
    desk.wait_stopped()  # as the window does when it is closed
    page, desk = _opened(room, tmp_path, qtbot)
    page.restore_phones()
    assert not desk.is_running()


@pytest.mark.parametrize("ended", [False, True])
def test_phones_stay_out_when_the_network_is_gone_or_the_meeting_over(
    ended: bool, room: Room, tmp_path: Path, qtbot: QtBot
) -> None:
    room.context.settings.put(f"phones:{room.meeting_id}", "127.0.0.1" if ended else "10.9.8.7")
    if ended:
        room.context.podium.declare_opened()
        room.clock.advance(60)
        room.context.podium.declare_adjourned()
    page, desk = _opened(room, tmp_path, qtbot)
    page.restore_phones()
    assert not desk.is_running()
    assert ended or "10.9.8.7" in room.said[-1]
