"""The remote in a real browser of a telephone's size, beside a window on the same disk."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Chrome, chromium, complaints, is_shown, resize, take_picture, text_of, wait_until
from real_desk import RealDesk, real_desk
from selenium.webdriver.common.by import By

from huifeng_desktop.domain.speaker_timer import Run

pytestmark = pytest.mark.browser

ATTACK = "<img src=x onerror=\"document.title='!'\">"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[RealDesk]:
    with real_desk(tmp_path / "data") as desk:
        desk.podium.declare_opened()
        yield desk


@pytest.fixture
def asked(tmp_path: Path, desk: RealDesk) -> Iterator[tuple[Chrome, str]]:
    """A telephone that is asked for the PIN, and the PIN."""
    url, pin = desk.open_remote()
    with chromium(tmp_path / "profile", 390, 844) as phone:
        phone.get(url)
        yield phone, pin


@pytest.fixture
def phone(asked: tuple[Chrome, str]) -> Chrome:
    """A telephone with the buttons."""
    phone, pin = asked
    give(phone, pin)
    wait_until(phone, lambda: is_shown(phone, "keys") and not is_shown(phone, "stale"))
    return phone


def give(phone: Chrome, pin: str) -> None:
    """Type a PIN."""
    phone.find_element(By.NAME, "pin").send_keys(pin)
    phone.find_element(By.TAG_NAME, "button").click()


def tap(phone: Chrome, key: str) -> None:
    """Press a button as soon as it can be pressed."""
    button = phone.find_element(By.ID, key)
    wait_until(phone, button.is_enabled)
    button.click()


def said(phone: Chrome, words: str) -> None:
    """Wait for an answer."""
    wait_until(phone, lambda: words in text_of(phone, "answer"), why=words)


def runs(desk: RealDesk) -> list[Run]:
    desk.session.catch_up(force=True)
    return [row.run for row in desk.podium.rows()]


def test_a_wrong_pin_and_the_right_one(asked: tuple[Chrome, str]) -> None:
    phone, pin = asked
    take_picture(phone, "remote-pin")
    give(phone, f"{(int(pin) + 1) % 1_000_000:06d}")
    wait_until(phone, lambda: "PIN 不对" in phone.find_element(By.TAG_NAME, "body").text)
    take_picture(phone, "remote-wrong-pin")
    give(phone, pin)
    wait_until(phone, lambda: bool(phone.find_elements(By.ID, "go")))


def test_every_button(phone: Chrome, desk: RealDesk) -> None:
    assert (text_of(phone, "go"), text_of(phone, "digits")) == ("开始", "6:00")
    tap(phone, "go")
    said(phone, "已开始计时")
    assert runs(desk)[0] is Run.RUNNING
    tap(phone, "more")
    said(phone, "已加 1 分钟")
    wait_until(phone, lambda: text_of(phone, "digits").startswith("6:5"))
    tap(phone, "less")
    said(phone, "已减 1 分钟")
    tap(phone, "hold")
    said(phone, "已暂停")
    wait_until(phone, lambda: text_of(phone, "hold") == "继续")
    take_picture(phone, "remote-paused")
    tap(phone, "hold")
    said(phone, "已继续")
    tap(phone, "bell")
    said(phone, "已响铃")
    assert desk.child.read_until(lambda line: line.get("event") == "bell")
    wait_until(phone, lambda: text_of(phone, "go") == "结束并下一项")
    tap(phone, "go")
    wait_until(phone, lambda: text_of(phone, "title") == "人社工作")
    assert runs(desk) == [Run.FINISHED, Run.RUNNING, Run.IDLE]
    take_picture(phone, "remote-running")
    assert complaints(phone) == []


@pytest.mark.parametrize("size", [(390, 844), (360, 640)])
def test_all_buttons_are_in_sight_and_large_enough_for_a_thumb(phone: Chrome, size: tuple[int, int]) -> None:
    resize(phone, *size)
    for key in ("go", "hold", "less", "more", "bell"):
        rect = phone.find_element(By.ID, key).rect
        assert rect["height"] >= 48 and rect["width"] >= 100
        assert rect["x"] >= 0 and rect["x"] + rect["width"] <= size[0]
        assert rect["y"] + rect["height"] <= size[1]
    assert phone.find_element(By.TAG_NAME, "html").size["width"] == size[0]
    take_picture(phone, f"remote-{size[0]}")


def test_what_the_window_does_is_seen(phone: Chrome, desk: RealDesk) -> None:
    desk.podium.start(ago_s=400)
    wait_until(phone, lambda: text_of(phone, "digits").startswith("+0:4"))
    assert text_of(phone, "words") == "已到时，请结束发言"
    take_picture(phone, "remote-over")
    desk.podium.start(desk.session.state.items[2].item_id)
    wait_until(phone, lambda: (text_of(phone, "go"), text_of(phone, "item")) == ("结束发言", "第 3 项"))


def test_while_the_link_is_lost_nothing_can_be_pressed(phone: Chrome, desk: RealDesk) -> None:
    desk.child.process.send_signal(signal.SIGSTOP)
    wait_until(phone, lambda: is_shown(phone, "stale"), 2)
    assert not any(key.is_enabled() for key in phone.find_elements(By.TAG_NAME, "button"))
    take_picture(phone, "remote-stale")
    desk.child.process.send_signal(signal.SIGCONT)
    wait_until(phone, lambda: phone.find_element(By.ID, "go").is_enabled())


def test_switched_off_it_is_dead_at_once(phone: Chrome, desk: RealDesk) -> None:
    desk.child.tell(command="close_remote")
    wait_until(phone, lambda: text_of(phone, "stale-words") == "遥控已在电脑上关闭")
    assert not phone.find_element(By.ID, "go").is_enabled()
    take_picture(phone, "remote-closed")
    phone.refresh()
    assert "画面没有打开" in phone.find_element(By.TAG_NAME, "body").text
    key = phone.current_url.split("/")[-2]
    desk.child.tell(command="open_remote", key=key)
    wait_until(phone, lambda: bool(phone.find_elements(By.NAME, "pin")), why="it looks again by itself")


def test_what_people_type_is_never_run(phone: Chrome, desk: RealDesk) -> None:
    desk.change(0, title=ATTACK, speaker=ATTACK, unit=ATTACK)
    wait_until(phone, lambda: text_of(phone, "title") == ATTACK)
    assert phone.title == "会务遥控" and phone.find_elements(By.TAG_NAME, "img") == []
