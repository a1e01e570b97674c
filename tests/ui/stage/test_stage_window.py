"""The stage on one screen, on two, and with a loose plug."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from huifeng_desktop.ui.stage.placement import Placement
from huifeng_desktop.ui.stage.view import StageMode, StageView
from huifeng_desktop.ui.stage.window import StageWindow

_HERE = Path(__file__).parent
_ROOT = _HERE.parents[2]


@pytest.fixture
def stage(qtbot: QtBot) -> StageWindow:
    """A stage beside a shown main window, on the one screen of the offscreen platform."""
    main = QMainWindow()
    main.resize(600, 400)
    qtbot.addWidget(main)
    main.show()
    window = StageWindow(main)
    qtbot.addWidget(window)
    window.set_view(StageView(StageMode.WELCOME, meeting_title="全县重点工作推进会"))
    return window


def test_one_screen_gets_a_corner_window_that_stays_on_top(stage: StageWindow) -> None:
    stage.open()
    room = QGuiApplication.primaryScreen().availableGeometry()
    assert stage.placement() is Placement.CORNER
    assert stage.isVisible()
    assert room.contains(stage.geometry())
    assert stage.width() < room.width() * 0.7
    assert stage.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    assert not stage.windowFlags() & Qt.WindowType.FramelessWindowHint


def test_escape_leaves_full_screen_only_where_it_was_chosen(stage: StageWindow, qtbot: QtBot) -> None:
    stage.open()
    QTest.keyClick(stage, Qt.Key.Key_Escape)
    assert stage.placement() is Placement.CORNER
    QTest.keyClick(stage, Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    assert stage.placement().value == "corner_full"
    assert stage.isFullScreen()
    QTest.keyClick(stage, Qt.Key.Key_Escape)
    assert stage.placement().value == "corner"
    assert not stage.isFullScreen()


def test_closing_the_corner_window_is_reported_and_can_be_undone(stage: StageWindow, qtbot: QtBot) -> None:
    seen: list[str] = []
    stage.placement_changed.connect(seen.append)
    stage.open()
    stage.close()
    stage.open()
    stage.close_stage()
    assert seen == ["corner", "off", "corner", "off"]
    assert not stage.isVisible()


def _run(script: str, environment: dict[str, str], *arguments: str) -> Any:
    """The JSON that a script prints, run with the package importable."""
    full = {**os.environ, "PYTHONPATH": str(_ROOT), **environment}
    done = subprocess.run(
        [sys.executable, str(_HERE / script), *arguments],
        env=full,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def _screens(first: tuple[int, int], second: tuple[int, int]) -> dict[str, Any]:
    def one(name: str, left: int, size: tuple[int, int]) -> dict[str, Any]:
        width, height = size
        return {
            "name": name,
            "x": left,
            "y": 0,
            "width": width,
            "height": height,
            "logicalDpi": 96,
            "logicalBaseDpi": 96,
            "dpr": 1,
        }

    return {
        "synchronousWindowSystemEvents": True,
        "windowFrameMargins": False,
        "screens": [one("LAPTOP", 0, first), one("PROJECTOR", first[0], second)],
    }


@pytest.mark.parametrize("projector", [(1024, 768), (1920, 1080)])
def test_two_screens_fill_the_other_one(tmp_path: Path, projector: tuple[int, int]) -> None:
    config = tmp_path / "two.json"
    config.write_text(json.dumps(_screens((1366, 768), projector)), encoding="utf-8")
    seen = _run("two_screens.py", {"QT_QPA_PLATFORM": f"offscreen:configfile={config}"})
    assert seen["opened"] == {
        "placement": "projected",
        "box": [1366, 0, *projector],
        "screen": "PROJECTOR",
        "visible": True,
    }
    assert (seen["closed"]["placement"], seen["closed"]["visible"]) == ("off", False)
    assert seen["numbers"] == [["1", "LAPTOP", True, False], ["2", "PROJECTOR", True, True]]


@pytest.mark.parametrize("scale", ["1", "1.25", "1.5", "2"])
def test_figures_keep_their_height_on_scaled_desktops(scale: str) -> None:
    seen = _run("scaled.py", {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale})
    for size, measured in seen.items():
        width, height = (int(part) for part in size.split("x"))
        assert measured["ratio"] == float(scale)
        assert abs(measured["pixels"][0] - width) <= 2 and abs(measured["pixels"][1] - height) <= 2
        assert measured["share"] >= 0.45 and measured["fits"], (size, measured)


_PROJ = ("projected", "PROJ", [1920, 0, 1920, 1080], True, False)
_GONE: tuple[str, str, list[int], bool, bool] = ("lost", "", [], False, False)


def _seen_after(display: str, *changes: str) -> Any:
    """The report before any change and after each."""
    return _run("hot_plug.py", {"QT_QPA_PLATFORM": "xcb", "DISPLAY": display}, *changes)


def _after(display: str, *changes: str) -> list[tuple[str, str, list[int], bool, bool]]:
    """Placement, screen, box, visibility after each change, and whether the main window is covered."""
    seen = _seen_after(display, *changes)
    assert (seen[0]["placement"], seen[0]["visible"]) == ("corner", True)
    return [
        (one["placement"], one["screen"], one["box"], True, one["covers"])
        if one["visible"]
        else (one["placement"], "", [], False, one["covers"])
        for one in seen[1:]
    ]


@pytest.mark.x11
def test_a_loose_plug_never_covers_the_only_screen(display: str) -> None:
    seen = _after(display, "plug", "unplug", "plug", "unplug", "plug_other_port", "close", "unplug", "plug")
    other = ("projected", "PROJ-2", [1920, 0, 1920, 1080], True, False)
    off: tuple[str, str, list[int], bool, bool] = ("off", "", [], False, False)
    assert seen == [_PROJ, _GONE, _PROJ, _GONE, other, off, off, off]


@pytest.mark.x11
def test_each_real_screen_shows_its_number_while_one_is_chosen(display: str) -> None:
    plug = ["xrandr", "--setmonitor", "PROJ", "1920/508x1080/286+1920+0", "none"]
    subprocess.run(plug, env={**os.environ, "DISPLAY": display}, check=True)
    seen = _run("two_screens.py", {"QT_QPA_PLATFORM": "xcb", "DISPLAY": display})
    assert seen["numbers"] == [["1", "LAPTOP", True, False], ["2", "PROJ", True, True]]


@pytest.mark.x11
def test_mirroring_hides_the_stage_and_extending_brings_it_back(display: str) -> None:
    small = ("projected", "PROJ", [1920, 0, 1024, 768], True, False)
    assert _after(display, "plug", "mirror", "extend", "plug_small") == [_PROJ, _GONE, _PROJ, small]


@pytest.mark.x11
def test_the_reason_why_the_stage_went_is_known(display: str) -> None:
    """GIVEN the stage on the projector WHEN it is pulled out or the window moved there THEN each is told."""
    seen = _seen_after(display, "plug", "unplug", "plug", "drag_to_projector", "drag_back")[1:]
    assert [one["loss"] for one in seen] == ["", "unplugged", "", "main_there", ""]
    assert not any(one["covers"] for one in seen)


@pytest.mark.x11
def test_two_screens_that_show_the_same_are_one(display: str) -> None:
    assert _after(display, "mirror")[0][0] == "corner"


@pytest.mark.x11
def test_the_stage_makes_way_for_the_main_window_and_comes_back(display: str) -> None:
    assert _after(display, "plug", "drag_to_projector", "drag_back") == [_PROJ, _GONE, _PROJ]


@pytest.mark.x11
def test_the_stage_stays_on_the_projector_when_the_primary_is_swapped(display: str) -> None:
    assert _after(display, "plug", "swap", "drag_to_projector", "drag_back") == [_PROJ, _PROJ, _GONE, _PROJ]
