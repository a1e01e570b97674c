"""A laptop of 1920×1080 whose desktop is enlarged by half: 1280×720 less the bars of task and title."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLayout, QWidget
from pytestqt.qtbot import QtBot
from window_kit import put_away

from huifeng_desktop.app.folder import open_folder
from huifeng_desktop.app.sample import make_sample
from huifeng_desktop.app.starting import desk_command
from huifeng_desktop.app.window import OpenWindow, build_window, make_application
from huifeng_desktop.ui.during.phones.block import PhoneState
from huifeng_desktop.ui.during.question import Answer
from huifeng_desktop.ui.kit.squeeze import LEAST_PAGE
from huifeng_desktop.ui.theme import Tone

_WIDTH, _HEIGHT = 1280, 720 - 48 - 31
_BEFORE, _DURING, _AFTER = range(3)


@pytest.fixture
def parts(data_dir: Path, qtbot: QtBot) -> Iterator[OpenWindow]:
    """The whole window with the sample meeting, as large as a usual laptop allows."""
    make_application()
    with open_folder(data_dir, "console") as folder:
        meeting = make_sample(folder)
        parts = build_window(folder, folder.office.open(meeting), desk_command(data_dir, meeting))
        parts.window.resize(1366, 768)
        parts.window.show()
        yield parts
        put_away(parts)


def _airs(page: QWidget) -> dict[QLayout, tuple[int, int, int]]:
    return {
        one: (one.spacing(), one.contentsMargins().top(), one.contentsMargins().bottom())
        for one in page.findChildren(QLayout)
    }


def _busy(parts: OpenWindow) -> None:
    """Phones let in and an item timed: as much as the page ever shows."""
    parts.context.podium.declare_opened()
    parts.context.podium.start()
    phones = parts.during.door.phones
    phones.show_state(PhoneState.OPEN, "192.168.100.200:8520")
    phones.set_code("http://192.168.100.200:8520/s/" + "a" * 24)
    parts.director.tick()


def _fits(window: QWidget) -> bool:
    least = window.minimumSizeHint()
    return least.width() <= _WIDTH and least.height() <= _HEIGHT


@pytest.mark.parametrize("stage", [_BEFORE, _DURING, _AFTER])
def test_each_page_fits_and_nothing_lies_under_its_foot(parts: OpenWindow, stage: int, qtbot: QtBot) -> None:
    window = parts.window
    window.show_stage(stage)
    page: QWidget = (parts.before, parts.during, parts.after)[stage]
    qtbot.waitUntil(page.isVisible)
    assert _fits(window), "else it cannot be made so small in the first place"
    if stage == _DURING:
        _busy(parts)
        parts.during.question.ask("还有 13 项没有结束，确定散会吗？", [Answer("散会", lambda: None)])
    window.resize(_WIDTH, _HEIGHT)
    layout = page.layout()
    assert layout is not None
    qtbot.waitUntil(lambda: page.height() == LEAST_PAGE.height())
    qtbot.waitUntil(lambda: layout.minimumSize().height() <= page.height())
    assert layout.minimumSize().width() <= page.width() and _fits(window)


def test_a_larger_window_gets_its_air_back(parts: OpenWindow, qtbot: QtBot) -> None:
    window, page = parts.window, parts.during
    window.show_stage(_DURING)
    qtbot.waitUntil(page.isVisible)
    airs, heights = _airs(page), [one.height() for one in page.speaker.times]
    window.resize(_WIDTH, _HEIGHT)
    qtbot.waitUntil(lambda: page.speaker.times[0].height() < heights[0])
    assert _airs(page) != airs
    window.resize(1366, 768)
    qtbot.waitUntil(lambda: page.speaker.times[0].height() == heights[0])
    assert _airs(page) == airs and [one.height() for one in page.speaker.times] == heights


def test_what_stays_until_it_is_read_covers_nothing(parts: OpenWindow, qtbot: QtBot) -> None:
    """Neither forecast, stage nor door, in a small window too; what passes by itself moves nothing."""
    window, page = parts.window, parts.during
    window.show_stage(_DURING)
    qtbot.waitUntil(page.isVisible)
    foot = page.agenda.geometry().bottom()
    _busy(parts)
    window.show_notice("已备份。", Tone.OK)
    qtbot.wait(0)
    assert page.agenda.geometry().bottom() == foot
    window.show_notice("电脑的时钟被往回拨了 5 分 0 秒。", Tone.WARN)
    strip = window.notice

    def clear() -> bool:
        top = strip.mapTo(window, strip.rect().topLeft()).y()
        return all(one.mapTo(window, one.rect().bottomLeft()).y() < top for one in (page.agenda, page.stage))

    qtbot.waitUntil(clear)
    window.resize(_WIDTH, _HEIGHT)
    qtbot.waitUntil(lambda: clear() and strip.geometry().right() < page.door.x())
    window.resize(1366, 768)
    strip.clear()
    qtbot.waitUntil(lambda: page.agenda.geometry().bottom() == foot)
