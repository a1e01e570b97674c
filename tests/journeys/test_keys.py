"""Every key means one thing, wherever one stands: on each page, at each step, and in each dialog."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hands import Hands
from live_keys import keys_of, taken_twice
from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot
from secretary_day import Day, program_on

from huifeng_desktop.ui.before.steps import StepName
from huifeng_desktop.ui.key_sheet import KeySheet
from huifeng_desktop.ui.shell import AFTER, BEFORE, DURING

_AT_THE_DOOR = ("F2", "F3", "Ctrl+R", "Ctrl+U", "Ctrl+K", "Ctrl+Shift+L", "Ctrl+J", "Ctrl+O", "Ctrl+P")
_FROM_THE_MENU = (
    "Ctrl+M",
    "Ctrl+F7",
    "Ctrl+F11",
    "Ctrl+T",
    "Ctrl+Shift+T",
    "Ctrl+Y",
    "Ctrl+H",
    "Ctrl+Shift+U",
    "Ctrl+Shift+A",
    "F1",
)
_BEFORE = ((StepName.AGENDA, "Ctrl+L"), (StepName.RULES, "Ctrl+D"), (StepName.PAPERS, "Ctrl+G"))


@pytest.fixture
def day(tmp_path: Path, qtbot: QtBot) -> Iterator[Day]:
    with program_on(tmp_path / "data", "13:00:00") as day:
        day.program.open_sample()
        yield day


class Looker:
    """Looks at whatever dialog comes up, shuts it, and remembers what it found."""

    def __init__(self, hands: Hands) -> None:
        self._hands = hands
        self.twice: dict[str, set[str]] = {}
        self._seen: list[str] = []
        self._timer = QTimer()
        self._timer.setInterval(20)
        self._timer.timeout.connect(self._look)

    def press(self, key: str) -> str:
        """What a key opens, by its title."""
        self._seen.clear()
        self._timer.start()
        self._hands.press(key)
        self._hands.wait_until(lambda: bool(self._seen))
        self._timer.stop()
        return self._seen[0]

    def _look(self) -> None:
        for one in QApplication.topLevelWidgets():
            if isinstance(one, QDialog) and one.isVisible():
                self._seen.append(one.windowTitle())
                if twice := taken_twice(one):
                    self.twice[one.windowTitle()] = twice
                one.close()


def test_on_every_page_and_step(day: Day) -> None:
    parts, window, twice = day.parts, day.parts.window, dict[str, set[str]]()
    window.show_stage(BEFORE)
    for step in StepName:
        parts.before.open_step(step)
        twice[step.name] = taken_twice(window)
    window.show_stage(DURING)
    parts.during.door.box.setText("wl")
    twice["found"] = taken_twice(window)
    assert "Ctrl+D" in keys_of(window)
    parts.during.door.box.clear()
    podium, item = parts.context.podium, parts.context.session.state.items[0]
    for name, act in (
        ("opened", podium.declare_opened),
        ("running", lambda: podium.start(item.item_id)),
        ("paused", podium.pause),
        ("finished", podium.finish),
    ):
        act()  # type: ignore[no-untyped-call]
        parts.during.refresh()
        twice[name] = taken_twice(window)
    window.show_stage(AFTER)
    twice["after"] = taken_twice(window)
    assert not any(twice.values()), twice


def test_in_every_dialog_and_each_opens_from_the_search_box(day: Day, qtbot: QtBot) -> None:
    hands = Hands(qtbot)
    looker, window = Looker(hands), day.parts.window
    window.show_stage(DURING)
    opened: dict[str, str] = {}
    for key in (*_FROM_THE_MENU, *_AT_THE_DOOR):
        day.parts.during.door.box.setFocus()
        opened[key] = looker.press(key)
    assert len(set(opened.values())) == len(opened), opened
    window.show_stage(BEFORE)
    for step, key in _BEFORE:
        day.parts.before.open_step(step)
        looker.press(key)
    assert not looker.twice


def test_the_key_sheet_tells_of_every_key_in_the_menu_and_of_every_step(day: Day, qtbot: QtBot) -> None:
    sheet = KeySheet(day.parts.window)
    qtbot.addWidget(sheet)
    told = " ".join(label.text() for label in sheet.findChildren(QLabel))
    assert f"Alt 1 – {len(StepName)}" in told
    for action in _menu(day.parts.window):
        assert _spoken(action.shortcut().toString(), told), action.text()


def _menu(window: QWidget) -> list[QAction]:
    return [one for one in window.actions() if not one.shortcut().isEmpty()]


def _spoken(key: str, told: str) -> bool:
    """Ctrl Shift E / I tells of two keys at once."""
    *held, last = key.split("+")
    return " ".join((*held, last)) in told or (" ".join(held) in told and f"/ {last}" in told)
