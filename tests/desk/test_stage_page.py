"""The stage over HTTP: closed until opened, told at once, alive twice a second, never too many."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from child import ChildDesk
from desk_fakes import FakeRegistrar, timer
from local_desk import LocalDesk
from streams import Stream, watching

from huifeng_desktop.clock import FixedClock
from huifeng_desktop.desk.screens import streams as desk_streams
from huifeng_desktop.desk.screens.stage_page import MOST_TABLETS
from huifeng_desktop.desk.screens.streams import EventStream
from huifeng_desktop.domain.speaker_timer import Run
from huifeng_desktop.errors import StorageProblem
from huifeng_desktop.paths import resource_path


async def opened(desk: LocalDesk) -> str:
    return desk.parts.stage.open()


async def closed(desk: LocalDesk) -> None:
    desk.parts.stage.close()


@pytest.fixture
def path(desk: LocalDesk) -> str:
    """Where the stage is open."""
    return desk.run(opened(desk))


def test_it_is_closed_until_it_is_opened(desk: LocalDesk) -> None:
    for path in ("/t//", "/t/x/", "/t/x/events", "/t/x/stage.js"):
        assert desk.request("GET", path).status_code == 404
    answer = desk.request("GET", "/t/x/")
    assert "画面没有打开" in answer.text and "全县重点工作推进会" not in answer.text


def test_open_it_has_a_page_and_its_files(desk: LocalDesk, path: str) -> None:
    assert "发言计时" in desk.request("GET", path).text
    for name in ("stage.css", "stage.js", "live.js"):
        assert desk.request("GET", path + name).status_code == 200
    for name in ("remote.js", "phone.css", "..%2fphone.css"):
        assert desk.request("GET", path + name).status_code == 404
    typed = desk.request("GET", path.rstrip("/"))
    assert typed.status_code == 307 and typed.headers["location"] == path


def test_only_our_own_files_may_run(desk: LocalDesk, path: str) -> None:
    page = desk.request("GET", path)
    policy = page.headers["content-security-policy"]
    assert "script-src 'self'" in policy and "unsafe" not in policy
    assert page.text.count("<script") == page.text.count("<script src=")
    assert "style=" not in page.text and "onclick" not in page.text


def test_a_page_with_all_its_files_is_small() -> None:
    web = resource_path("web")
    for page in ("stage", "remote"):
        names = [f"{page}.html", f"{page}.css", f"{page}.js", "live.js"]
        assert sum((web / name).stat().st_size for name in names) < 30_000


def test_closing_voids_the_address_for_ever(desk: LocalDesk, path: str) -> None:
    desk.run(closed(desk))
    assert desk.request("GET", path).status_code == 404
    assert desk.run(opened(desk)) != path
    assert desk.request("GET", path).status_code == 404


def test_the_first_event_is_the_whole_picture(desk: LocalDesk, path: str, clock: FixedClock) -> None:
    with watching(desk, path + "events") as page:
        name, told = desk.run(page.next_event())
    assert page.status == 200 and page.headers["content-type"].startswith("text/event-stream")
    assert page.headers["cache-control"] == "no-store"
    assert (name, told["title"], told["elapsed"]) == ("message", "财政工作", 12)
    assert told["t"] == clock.reading().mono and told["run"]


def test_the_link_is_alive_at_least_once_a_second(desk: LocalDesk, path: str) -> None:
    with watching(desk, path + "events") as page:
        desk.run(page.next_event())
        began = time.monotonic()
        for _ in range(3):
            desk.run(page.next_event())
        assert 1.0 < time.monotonic() - began < 3.0


def test_a_change_is_told_before_the_next_heartbeat(
    desk: LocalDesk, path: str, registrar: FakeRegistrar, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_streams, "HEARTBEAT_S", 60.0)
    with watching(desk, path + "events") as page:
        assert desk.run(page.next_event())[1]["state"] == "running"
        registrar.hall_now = replace(registrar.hall_now, timer=timer(Run.PAUSED))
        assert desk.run(page.next_event())[1]["state"] == "paused"


def test_a_page_that_leaves_is_forgotten(desk: LocalDesk, path: str) -> None:
    with watching(desk, path + "events") as page:
        desk.run(page.next_event())
    assert desk.parts.stage.channel.watching == 0


def test_a_look_that_fails_is_no_picture(desk: LocalDesk, path: str, registrar: FakeRegistrar) -> None:
    """GIVEN a disk that refuses WHEN it recovers THEN the page hears again, and nothing in between."""
    registrar.trouble = StorageProblem("磁盘已满。")
    with watching(desk, path + "events") as page:
        assert desk.request("GET", path).status_code == 200
        assert page.body == b""
        registrar.trouble = None
        assert desk.run(page.next_event())[1]["title"] == "财政工作"


def test_closing_says_goodbye(desk: LocalDesk, path: str) -> None:
    with watching(desk, path + "events") as page:
        desk.run(page.next_event())
        desk.run(closed(desk))
        names = []
        while "closed" not in names:
            names.append(desk.run(page.next_event())[0])
        desk.run(page.ended.wait())


def test_no_more_than_twenty_tablets(desk: LocalDesk, path: str) -> None:
    with ExitStack() as all_of_them:
        for number in range(MOST_TABLETS):
            page = all_of_them.enter_context(watching(desk, f"{path}events?viewer=v{number}"))
            desk.run(page.next_event())
        assert desk.request("GET", f"{path}events?viewer=more").status_code == 429
        again = all_of_them.enter_context(watching(desk, f"{path}events?viewer=v3"))
        assert desk.run(again.next_event())[1]["title"] == "财政工作"
        assert desk.parts.stage.channel.watching == MOST_TABLETS
    assert desk.parts.stage.channel.watching == 0


def test_a_page_that_never_reads_is_dropped(desk: LocalDesk) -> None:
    left: list[EventStream] = []
    page = Stream()
    page.reads = False

    async def serve() -> None:
        await EventStream(left.append, slow_s=0.05)({"type": "http"}, page.receive, page.send)

    desk.run(serve())
    assert len(left) == 1


def test_pictures_are_not_piled_up(desk: LocalDesk) -> None:
    page = Stream()

    async def serve() -> None:
        stream = EventStream(lambda ended: None)
        for number in range(1000):
            stream.put(b"data: %d\n\n" % number)
        stream.end(b"event: closed\ndata: {}\n\n")
        await stream({"type": "http"}, page.receive, page.send)

    desk.run(serve())
    assert page.body == b"event: closed\ndata: {}\n\n"


# -- the process ---------------------------------------------------------------------------------------


@pytest.fixture
def child(tmp_path: Path) -> Iterator[ChildDesk]:
    with ChildDesk.start(tmp_path) as running:
        yield running


def is_stage(line: dict[str, object]) -> bool:
    return line.get("event") == "stage"


def test_the_window_opens_and_closes_it(child: ChildDesk) -> None:
    child.tell(command="open_stage", host="127.0.0.2")
    line = child.read_until(is_stage)
    assert line["open"] is True and line["url"].startswith("http://127.0.0.2:")
    assert httpx.get(line["url"]).status_code == 200

    child.tell(command="close_stage")
    assert child.read_until(is_stage)["open"] is False
    with pytest.raises(httpx.ConnectError):
        httpx.get(line["url"])


def test_without_an_address_it_is_the_desks_own(child: ChildDesk) -> None:
    child.tell(command="open_stage")
    child.tell(command="stage", mode="message", message="请控制时间")
    url = child.read_until(is_stage)["url"]
    assert url.startswith(child.ready["url"])
    with httpx.stream("GET", url + "events") as answer:
        assert "请控制时间" in next(line for line in answer.iter_lines() if line)
    child.tell(command="close_stage")
    child.read_until(is_stage)
    assert httpx.get(url).status_code == 404


def test_at_an_impossible_address_it_stays_closed(child: ChildDesk) -> None:
    child.tell(command="open_stage", host="203.0.113.9")
    line = child.read_until(lambda line: line.get("event") == "problem")
    assert "203.0.113.9" in line["message"]
    assert child.read_until(is_stage)["open"] is False


def test_watchers_do_not_hold_up_the_end(child: ChildDesk) -> None:
    child.tell(command="open_stage")
    url = child.read_until(is_stage)["url"]
    with ExitStack() as watchers:
        for number in range(5):
            answer = watchers.enter_context(httpx.stream("GET", f"{url}events?viewer={number}"))
            assert next(answer.iter_lines())
        assert child.process.stdin is not None and child.process.stderr is not None
        began = time.monotonic()
        child.process.stdin.close()
        assert child.process.wait(5) == 0
        assert time.monotonic() - began < 1
        assert child.process.stderr.read() == ""
        child.process.stdin = None


async def looks_left() -> list[str]:
    """Tasks of the stream and its feed that the loop still has."""
    names = [task.get_coro().__qualname__ for task in asyncio.all_tasks()]  # type: ignore[union-attr]
    return [name for name in names if name.startswith(("Feed.", "EventStream."))]


def test_with_the_last_page_the_looking_ends_and_begins_again_with_the_next(
    desk: LocalDesk, path: str
) -> None:
    for _ in range(2):
        with watching(desk, path + "events") as page:
            desk.run(page.next_event())
            assert "Feed._run" in desk.run(looks_left())
        assert desk.run(looks_left()) == []
    with watching(desk, path + "events") as page:
        desk.run(page.next_event())
        desk.run(closed(desk))
        desk.run(asyncio.wait_for(page.ended.wait(), 5))
        assert desk.run(looks_left()) == []
