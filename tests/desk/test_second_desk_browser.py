"""The second desk in a real browser, beside a window on the same disk: keyboard only."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Chrome, chromium, complaints, is_shown, resize, take_picture, text_of, wait_until
from second_parts import SecondDeskRoom, second_desk_room
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from huifeng_desktop.domain.events import EventKind
from huifeng_desktop.service.door.sign_in import Method

pytestmark = pytest.mark.browser

LONG = "阿布都热依木·阿布都克里木"
ATTACK = "<img src=x onerror=\"document.title='!'\">"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    with chromium(tmp_path_factory.mktemp("profile"), 1366, 768) as browser:
        yield browser


@pytest.fixture
def room(tmp_path: Path) -> Iterator[SecondDeskRoom]:
    with second_desk_room(tmp_path / "data") as room:
        yield room


@pytest.fixture
def desk(browser: Chrome, room: SecondDeskRoom) -> Chrome:
    """The page, linked and waiting."""
    resize(browser, 1366, 768)
    browser.get(room.open())
    wait_until(browser, lambda: text_of(browser, "link-words") == "已连接")
    return browser


def press(desk: Chrome, *keys: str) -> None:
    """Keys to whatever has the focus."""
    desk.switch_to.active_element.send_keys(*keys)


def found(desk: Chrome) -> list[str]:
    return [line.text for line in desk.find_elements(By.CSS_SELECTOR, "#found li")]


def said(desk: Chrome, words: str) -> None:
    """Wait for the line in large type."""
    wait_until(desk, lambda: words in text_of(desk, "headline"), why=words)


def scan(desk: Chrome, digits: str) -> None:
    """What a scanner does: keys a few milliseconds apart wherever the focus is, then Enter."""
    desk.execute_script(
        """const target = document.activeElement;
        for (const key of [...arguments[0], "Enter"]) {
          const code = key === "Enter" ? "Enter" : "Digit" + key;
          const options = {key, code, bubbles: true, cancelable: true};
          const goes = target.dispatchEvent(new KeyboardEvent("keydown", options));
          if (goes && key !== "Enter" && target.value !== undefined) {
            target.value += key;
            target.dispatchEvent(new Event("input"));
          }
        }""",
        digits,
    )


def test_typed_chosen_and_signed_with_the_keyboard_alone(desk: Chrome, room: SecondDeskRoom) -> None:
    press(desk, "lw")
    wait_until(desk, lambda: len(found(desk)) == 2)
    assert "尾号 2345" in found(desk)[0] and "1390000" not in desk.page_source
    press(desk, Keys.ENTER)
    said(desk, "没有签到")
    assert room.events(EventKind.SIGN_IN) == []
    press(desk, Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ENTER)
    said(desk, "签到成功")
    event = room.events(EventKind.SIGN_IN)[0]
    assert event.subject == room.session.state.seats[2].seat_id
    assert (event.body["station"], event.body["method"]) == ("东门 刘芳", "typed")
    wait_until(desk, lambda: text_of(desk, "present") == "1")
    wait_until(desk, lambda: "东门 刘芳" in text_of(desk, "latest"))
    assert complaints(desk) == []
    take_picture(desk, "second-signed")


def test_enter_may_be_quicker_than_the_search(desk: Chrome, room: SecondDeskRoom) -> None:
    for typed in ("欧阳", "ouyang", "oyj", "审计局", "8016", room.badge("欧阳建")[:6]):
        press(desk, typed, Keys.ENTER)
        said(desk, "欧阳建　签到成功")
        press(desk, typed, Keys.ENTER)
        said(desk, "欧阳建　已签到")
        room.door.undo(room.events(EventKind.SIGN_IN)[-1].event_id, reason="下一种写法")


def test_a_scanner_types_and_what_is_being_typed_stays(desk: Chrome, room: SecondDeskRoom) -> None:
    press(desk, "li")
    scan(desk, room.badge("欧阳建"))
    said(desk, "欧阳建　签到成功")
    assert desk.find_element(By.ID, "box").get_property("value") == "li"
    scan(desk, room.badge("欧阳建"))  # the same badge held under the scanner
    scan(desk, "2000000000008")
    said(desk, "未知证件")
    take_picture(desk, "second-unknown")
    scan(desk, "20000000")
    said(desk, "没有扫清楚")
    assert len(room.events(EventKind.SIGN_IN)) == 1
    assert [event.body["outcome"] for event in room.events(EventKind.REFUSED)] == ["unknown_badge"]


def test_ticking_by_unit_and_taking_back_with_a_reason(desk: Chrome, room: SecondDeskRoom) -> None:
    press(desk, Keys.F8)
    wait_until(desk, lambda: len(desk.find_elements(By.CSS_SELECTOR, ".person")) == 5)
    press(desk, "柳渡", Keys.ARROW_DOWN, Keys.SPACE)
    said(desk, "签到成功")
    wait_until(desk, lambda: bool(desk.find_elements(By.CSS_SELECTOR, ".person.here")))
    assert room.events(EventKind.SIGN_IN)[0].body["method"] == "ticked"
    take_picture(desk, "second-ticked")
    press(desk, Keys.SPACE)
    wait_until(desk, lambda: is_shown(desk, "undo-who"))
    press(desk, "签错了人", Keys.ENTER)
    said(desk, "已撤销")
    wait_until(desk, lambda: not desk.find_elements(By.CSS_SELECTOR, ".person.here"))
    undone = room.events(EventKind.ANNULLED)[0]
    assert (undone.body["reason"], undone.body["by"]) == ("签错了人", "东门 刘芳")


def test_a_deputy(desk: Chrome, room: SecondDeskRoom) -> None:
    press(desk, "dx")
    wait_until(desk, lambda: len(found(desk)) == 1)
    press(desk, Keys.F2)
    wait_until(desk, lambda: is_shown(desk, "deputy-name"))
    press(desk, Keys.ENTER)
    wait_until(desk, lambda: "请填写代会人" in text_of(desk, "deputy-missing"))
    take_picture(desk, "second-deputy")
    press(desk, "周明", Keys.TAB, "办公室主任", Keys.ENTER)
    said(desk, "签到成功")
    body = room.events(EventKind.SIGN_IN)[0].body
    assert body["deputy"] == {"name": "周明", "post": "办公室主任"} and body["deputy_approved"] is None
    assert text_of(desk, "detail").startswith("代会待核实")


def test_while_the_link_is_lost_nothing_is_lost_and_nothing_doubled(
    desk: Chrome, room: SecondDeskRoom
) -> None:
    press(desk, "oyj")
    wait_until(desk, lambda: len(found(desk)) == 1)
    assert room.child is not None
    room.child.process.send_signal(signal.SIGSTOP)
    wait_until(desk, lambda: text_of(desk, "link-words").startswith("未连接"))
    press(desk, Keys.ENTER)
    press(desk, "dx")
    wait_until(desk, lambda: is_shown(desk, "waiting"), 15)
    assert "还没有签到" in text_of(desk, "waiting") and "欧阳建" in text_of(desk, "waiting")
    take_picture(desk, "second-lost")
    assert desk.find_element(By.ID, "box").get_property("value") == "dx"
    room.child.process.send_signal(signal.SIGCONT)
    said(desk, "欧阳建　签到成功")  # the first request waited in the socket, too: one nonce, one entry
    wait_until(desk, lambda: not is_shown(desk, "waiting"))
    assert len(room.events(EventKind.SIGN_IN)) == 1 and room.events(EventKind.REFUSED) == []


def test_a_desk_that_was_killed_goes_on_under_the_same_address(desk: Chrome, room: SecondDeskRoom) -> None:
    assert room.child is not None
    key, port = room.listed[0]["key"], int(room.listed[0]["url"].split(":")[2].split("/")[0])
    room.child.close()
    wait_until(desk, lambda: text_of(desk, "link-words").startswith("未连接"))
    scan(desk, room.badge("欧阳建"))
    wait_until(desk, lambda: is_shown(desk, "waiting"))
    with room.start():
        room.open(key=key, port=port)
        said(desk, "欧阳建　签到成功")
        wait_until(desk, lambda: text_of(desk, "link-words") == "已连接", 20)
    assert len(room.events(EventKind.SIGN_IN)) == 1


def test_a_desk_started_anew_that_does_not_know_the_address_yet_is_waited_for(
    desk: Chrome, room: SecondDeskRoom
) -> None:
    """Between its start and the window's commands the desk answers 404, as if the page were taken back."""
    assert room.child is not None
    key, port = room.listed[0]["key"], int(room.listed[0]["url"].split(":")[2].split("/")[0])
    room.child.close()
    wait_until(desk, lambda: text_of(desk, "link-words").startswith("未连接"))
    scan(desk, room.badge("欧阳建"))
    with room.start("--port", str(port)):
        wait_until(desk, lambda: is_shown(desk, "gone"))
        room.open(key=key)
        wait_until(desk, lambda: not is_shown(desk, "gone"))
        said(desk, "欧阳建　签到成功")
    assert len(room.events(EventKind.SIGN_IN)) == 1


def test_taken_back_it_is_dead_at_once_and_says_so(desk: Chrome, room: SecondDeskRoom) -> None:
    while room.tell(command="close_desk", id="d1"):
        pass
    wait_until(desk, lambda: is_shown(desk, "gone"), 2)
    take_picture(desk, "second-gone")


def test_what_the_window_does_is_seen(desk: Chrome, room: SecondDeskRoom) -> None:
    room.door.sign_in(room.seat_id("欧阳建"), Method.TYPED)
    wait_until(desk, lambda: "欧阳建" in text_of(desk, "latest") and text_of(desk, "present") == "1")
    room.door.set_open(False)
    wait_until(desk, lambda: "签到已停止" in text_of(desk, "closed"))
    press(desk, "dx", Keys.ENTER)
    said(desk, "没有签到")


def test_all_is_in_sight_on_a_laptop_and_on_a_tablet(desk: Chrome) -> None:
    for width, height in ((1366, 768), (1024, 768)):
        resize(desk, width, height)
        for name in ("box", "figures", "link", "result", "latest", "tab-tick", "hint"):
            rect = desk.find_element(By.ID, name).rect
            assert rect["x"] >= 0 and rect["x"] + rect["width"] <= width, name
            assert rect["y"] + rect["height"] <= height, name
        take_picture(desk, f"second-{width}")


@pytest.mark.parametrize("size", [(1024, 768), (800, 1280)])
def test_a_long_name_is_whole_and_under_no_button(
    desk: Chrome, room: SecondDeskRoom, size: tuple[int, int]
) -> None:
    room.door.sign_in(room.seat_id(LONG), Method.TYPED)
    resize(desk, *size)
    press(desk, Keys.F8)
    wait_until(desk, lambda: bool(desk.find_elements(By.CSS_SELECTOR, ".person.here")))
    wait_until(desk, lambda: bool(desk.find_elements(By.CSS_SELECTOR, "#latest li")))
    cut = "return [...document.querySelectorAll('.name')].filter(b => b.scrollWidth > b.clientWidth + 1)"
    assert desk.execute_script(cut) == []
    name, button = (desk.find_element(By.CSS_SELECTOR, f"#latest {tag}").rect for tag in ("b", "button"))
    assert name["x"] + name["width"] <= button["x"]
    take_picture(desk, f"second-desk-long-name-{size[0]}")


def test_what_people_are_called_is_never_run(browser: Chrome, tmp_path: Path) -> None:
    with second_desk_room(tmp_path / "other", ATTACK) as room:
        browser.get(room.open(name=ATTACK[:30]))
        wait_until(browser, lambda: text_of(browser, "link-words") == "已连接")
        assert text_of(browser, "title") == ATTACK
        assert browser.find_elements(By.TAG_NAME, "img") == [] and browser.title != "!"
