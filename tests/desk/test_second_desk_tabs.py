"""A browser tab of a second desk that is doubled or loaded again: each has its place, no entry is doubled."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Chrome, chromium, text_of, wait_until
from second_parts import SecondDeskRoom, second_desk_room

from huifeng_desktop.domain.events import EventKind
from huifeng_desktop.service.door.sign_in import Method

pytestmark = pytest.mark.browser

_QUEUE = "second-desk-queue"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    with chromium(tmp_path_factory.mktemp("profile"), 1366, 768) as browser:
        yield browser


@pytest.fixture
def room(tmp_path: Path) -> Iterator[SecondDeskRoom]:
    with second_desk_room(tmp_path / "data") as room:
        yield room


def linked(browser: Chrome) -> bool:
    return text_of(browser, "link-words") == "已连接"


def double_tab(browser: Chrome) -> None:
    """As the browser's own command does: the session's storage goes along."""
    browser.execute_script("window.open(location.href)")
    browser.switch_to.window(browser.window_handles[-1])
    wait_until(browser, lambda: linked(browser))


def viewer(browser: Chrome) -> str:
    return str(browser.execute_script("return live.viewer"))


def test_a_page_loaded_again_keeps_its_place_and_a_doubled_tab_has_its_own(
    browser: Chrome, room: SecondDeskRoom
) -> None:
    browser.get(room.open())
    wait_until(browser, lambda: linked(browser))
    first, own = browser.current_window_handle, viewer(browser)
    browser.refresh()
    wait_until(browser, lambda: linked(browser))
    double_tab(browser)
    other = viewer(browser)
    browser.switch_to.window(first)
    assert viewer(browser) == own != other
    # THEN what the door does is seen by both, and neither has pushed the other off
    room.door.sign_in(room.seat_id("单雄"), Method.TYPED)
    for handle in reversed(browser.window_handles):
        browser.switch_to.window(handle)
        wait_until(browser, lambda: text_of(browser, "present") == "1" and linked(browser))


def test_what_waits_in_a_doubled_tab_is_entered_once(browser: Chrome, room: SecondDeskRoom) -> None:
    browser.get(room.open())
    wait_until(browser, lambda: linked(browser))
    # GIVEN an entry that the desk has not answered, kept by the page
    seat = room.seat_id("欧阳建")
    body = {"seat": seat, "method": "typed", "nonce": "n-doubled-tab"}
    queue = json.dumps([{"path": "entry", "body": body, "about": "欧阳建"}])
    browser.execute_script(f"sessionStorage.setItem('{_QUEUE}' + location.pathname, arguments[0])", queue)
    # WHEN the tab is doubled and then loaded again: both send it
    double_tab(browser)
    wait_until(browser, lambda: "欧阳建" in text_of(browser, "headline"))
    browser.switch_to.window(browser.window_handles[0])
    browser.refresh()
    wait_until(browser, lambda: "欧阳建" in text_of(browser, "headline"))
    # THEN there is one entry, the queues are empty, and the desk has counted one
    assert len(room.events(EventKind.SIGN_IN)) == 1 and room.events(EventKind.REFUSED) == []
    for handle in browser.window_handles:
        browser.switch_to.window(handle)
        assert browser.execute_script("return outbox.jobs.length") == 0
    while room.listed[0]["entries"] != 1:
        room.heard()
    assert room.tell(command="open_desk", id="d2", name="西门", host="127.0.0.1")[0]["entries"] == 1


@pytest.fixture(autouse=True)
def one_tab(browser: Chrome) -> Iterator[None]:
    """Close what a test has opened."""
    yield
    for handle in browser.window_handles[1:]:
        browser.switch_to.window(handle)
        browser.close()
    browser.switch_to.window(browser.window_handles[0])
