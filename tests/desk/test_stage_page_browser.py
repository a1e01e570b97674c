"""The stage in a real browser: the right figures at the right size, and honest when the link is lost."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browser import (
    Chrome,
    chromium,
    complaints,
    figures,
    is_shown,
    resize,
    take_picture,
    text_of,
    wait_until,
)
from child import ChildDesk
from real_desk import RealDesk, real_desk
from selenium.webdriver.common.by import By

pytestmark = pytest.mark.browser

LONG_TITLE = "关于进一步深化财政管理体制改革、加强重点领域资金统筹、防范化解地方政府债务风险情况的汇报"
LONG_NAME = "阿布都热依木·阿布都克里木"
SIZES = [(1280, 800), (1024, 768), (1920, 1080), (800, 1280), (390, 844), (844, 390)]
ATTACK = "<img src=x onerror=\"document.title='!'\"><script>document.title='!'</script>"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[RealDesk]:
    with real_desk(tmp_path / "data") as desk:
        yield desk


@pytest.fixture
def tablet(tmp_path: Path, desk: RealDesk) -> Iterator[Chrome]:
    """A 10-inch tablet, lying, with the stage open and the meeting declared open."""
    desk.podium.declare_opened()
    with chromium(tmp_path / "profile", 1280, 800) as tablet:
        tablet.get(desk.open_stage())
        wait_until(tablet, lambda: is_shown(tablet, "countdown") and not is_shown(tablet, "stale"))
        yield tablet


def words(tablet: Chrome) -> str:
    return text_of(tablet, "words")


def box(tablet: Chrome, element_id: str) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of an element."""
    rect = tablet.find_element(By.ID, element_id).rect
    return rect["x"], rect["y"], rect["x"] + rect["width"], rect["y"] + rect["height"]


def test_a_speech_from_start_to_overrun(tablet: Chrome, desk: RealDesk) -> None:
    assert (figures(tablet), words(tablet)) == ("6:00", "未开始")
    take_picture(tablet, "stage-page-idle")

    desk.podium.start()
    wait_until(tablet, lambda: figures(tablet) == "5:59")
    assert words(tablet) == "进行中" and text_of(tablet, "title") == "财政工作"
    take_picture(tablet, "stage-page-normal")

    desk.podium.forgot_to_start(330)
    wait_until(tablet, lambda: words(tablet) == "剩余不足 1 分钟")
    take_picture(tablet, "stage-page-amber")

    desk.podium.pause()
    wait_until(tablet, lambda: words(tablet) == "已暂停")
    held = figures(tablet)
    desk.show("countdown", "请控制时间")
    wait_until(tablet, lambda: is_shown(tablet, "told") and text_of(tablet, "told") == "请控制时间")
    assert figures(tablet) == held and not is_shown(tablet, "who")
    take_picture(tablet, "stage-page-paused")

    desk.podium.resume()
    desk.podium.forgot_to_start(60)
    wait_until(tablet, lambda: figures(tablet).startswith("+"))
    assert words(tablet) == "已到时，请结束发言"
    take_picture(tablet, "stage-page-over")
    assert complaints(tablet) == []


def test_the_figures_change_with_the_second_of_the_window(tablet: Chrome, desk: RealDesk) -> None:
    desk.podium.start()
    wait_until(tablet, lambda: words(tablet) == "进行中")
    for _ in range(3):
        shown = figures(tablet)
        wait_until(tablet, lambda before=shown: figures(tablet) != before)  # type: ignore[misc]
        view = desk.podium.view()
        assert view is not None
        minutes, seconds = figures(tablet).split(":")
        due = 360 - int(minutes) * 60 - int(seconds)
        assert 0 <= view.elapsed_s - due < 0.3


def test_a_leader_is_never_shown_over(tablet: Chrome, desk: RealDesk) -> None:
    leader = desk.session.state.items[2].item_id
    desk.podium.start(leader, ago_s=200)
    wait_until(tablet, lambda: text_of(tablet, "title") == "县领导讲话")
    wait_until(tablet, lambda: figures(tablet) == "0:00")
    assert words(tablet) == "已到时"


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_is_cut_at_any_size(tablet: Chrome, desk: RealDesk, width: int, height: int) -> None:
    resize(tablet, width, height)
    desk.change(0, title=LONG_TITLE, speaker=LONG_NAME, unit="国家税务总局禾川县税务局")
    desk.podium.start(ago_s=1000)
    wait_until(tablet, lambda: text_of(tablet, "title") == LONG_TITLE and figures(tablet).startswith("+"))
    take_picture(tablet, f"stage-page-long-{width}")

    share = float(tablet.find_element(By.ID, "digits").get_attribute("data-share") or 0)
    assert share >= (0.45 if width > height else 0.15)
    heads = [box(tablet, one) for one in ("item", "title", "limit", "who")]
    feet = [box(tablet, one) for one in ("words", "next", "bar")]
    for left, top, right, bottom in heads + feet:
        assert left >= 0 and right <= width + 0.5 and top >= 0 and bottom <= height + 0.5
    field = box(tablet, "field")
    assert max(one[3] for one in heads) <= field[1] + 1 and min(one[1] for one in feet) >= field[3] - 1
    assert tablet.find_element(By.ID, "speaker").rect["height"] < height / 12


@pytest.mark.parametrize(
    ("mode", "message", "seen"),
    [
        ("sign_in", "请关闭手机", "实到"),
        ("clock", "", ":"),
        ("welcome", "", "全县重点工作推进会"),
        ("message", "请控制时间", "请控制时间"),
        ("blackout", "", ""),
    ],
)
def test_it_follows_the_window(tablet: Chrome, desk: RealDesk, mode: str, message: str, seen: str) -> None:
    desk.show(mode, message)
    wait_until(tablet, lambda: not is_shown(tablet, "countdown"))
    text = tablet.find_element(By.TAG_NAME, "body").text
    assert (seen in text) if seen else text.strip() == ""
    assert not any(name in text for name in ("欧阳建", "陆川", "何平"))
    take_picture(tablet, f"stage-page-{mode}")

    desk.show("countdown")
    wait_until(tablet, lambda: is_shown(tablet, "countdown"))


def test_silence_is_marked_within_two_seconds(tablet: Chrome, desk: RealDesk) -> None:
    """GIVEN a running timer WHEN the desk falls silent THEN a mark, hollow figures, and soon none at all."""
    desk.podium.start()
    wait_until(tablet, lambda: words(tablet) == "进行中")
    began = time.monotonic()
    desk.child.process.send_signal(signal.SIGSTOP)
    wait_until(tablet, lambda: is_shown(tablet, "stale"))
    assert time.monotonic() - began < 2
    assert "连接中断" in text_of(tablet, "stale-words")
    assert "doubtful" in (tablet.find_element(By.ID, "countdown").get_attribute("class") or "")
    assert not is_shown(tablet, "words")
    take_picture(tablet, "stage-page-stale")

    wait_until(tablet, lambda: figures(tablet) == "–:––", 15)
    take_picture(tablet, "stage-page-lost")

    desk.child.process.send_signal(signal.SIGCONT)
    wait_until(tablet, lambda: not is_shown(tablet, "stale"))
    view = desk.podium.view()
    assert view is not None and figures(tablet).startswith("5:")


def test_a_desk_that_is_gone_is_marked_too(tablet: Chrome, desk: RealDesk) -> None:
    desk.podium.start()
    wait_until(tablet, lambda: words(tablet) == "进行中")
    began = time.monotonic()
    desk.child.process.kill()
    wait_until(tablet, lambda: is_shown(tablet, "stale"))
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("ending", ["killed", "ended"])
def test_a_desk_that_is_started_again_is_found_without_a_touch(
    tablet: Chrome, desk: RealDesk, ending: str
) -> None:
    """GIVEN a speech on the tablet WHEN the desk dies or ends, and is there again THEN it goes on."""
    desk.podium.start()
    wait_until(tablet, lambda: words(tablet) == "进行中")
    address = urlsplit(tablet.current_url)
    if ending == "killed":
        desk.child.process.kill()
    else:
        assert desk.child.process.stdin is not None
        desk.child.process.stdin.close()
        desk.child.process.stdin = None
    desk.child.process.wait(10)
    wait_until(tablet, lambda: is_shown(tablet, "stale"))
    with ChildDesk(desk.child.process.args) as again:  # type: ignore[arg-type]
        key = address.path.strip("/").rpartition("/")[2]
        again.tell(command="open_stage", host="127.0.0.1", port=address.port, key=key)
        wait_until(tablet, lambda: not is_shown(tablet, "stale") and is_shown(tablet, "countdown"), 15)
        assert words(tablet) == "进行中" and figures(tablet).startswith("5:")


def test_closed_by_the_secretary_it_says_so_and_shows_nothing_else(tablet: Chrome, desk: RealDesk) -> None:
    desk.child.tell(command="close_stage")
    wait_until(tablet, lambda: text_of(tablet, "stale-words") == "画面已由会务人员关闭")
    assert is_shown(tablet, "stale") and not is_shown(tablet, "countdown")
    take_picture(tablet, "stage-page-closed")


def test_what_people_type_is_never_run(tablet: Chrome, desk: RealDesk) -> None:
    desk.change(0, title=ATTACK, speaker=ATTACK, unit=ATTACK)
    desk.change(1, title=ATTACK)
    desk.podium.start()
    wait_until(tablet, lambda: text_of(tablet, "title") == ATTACK)
    for mode in ("message", "sign_in", "countdown"):
        desk.show(mode, ATTACK)
        wait_until(tablet, lambda shown=mode: is_shown(tablet, "countdown") == (shown == "countdown"))  # type: ignore[misc]
    assert tablet.title == "发言计时"
    strange = tablet.find_elements(By.CSS_SELECTOR, "img:not(#back)")  # but for the picture behind the page
    assert strange == [] and complaints(tablet) == []
