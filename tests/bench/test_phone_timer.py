"""The window's clock, with a speaker's time running, while telephones sign in through the real pages.

Three rushes: fifty and two hundred telephones that come at one moment, again and again, and two hundred
that come one by one over ten seconds, as people do who scan one picture. Window, desk and telephones are
three processes on (here) two cores; a bare window beside a desk under the same rush is the floor.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from crowd import on_disk, people_of
from load_kit import SEATS
from PySide6.QtCore import QObject, QProcess
from PySide6.QtWidgets import QLabel, QMainWindow
from pytestqt.qtbot import QtBot
from timer_probe import LateWatch, TimerProbe

from huifeng_desktop.app import desk_command
from huifeng_desktop.app.window import OpenWindow
from huifeng_desktop.domain.events import EventKind, Fact
from huifeng_desktop.ui.deskside.process import DeskProcess

TICK_MS, MOST_TICK_MS = 100, 5.0
MOST_ANSWER_MS = 300.0
ROUNDS = 3
"""Because the machine is not ours alone: the best one tells what the window can do."""
_UNDER_WAY_MS = 100
"""Starting another process takes the window's time as well; that is not measured."""
_PHONES = Path(__file__).with_name("phone_load.py")
Data = tuple[Path, str, list[str]]
Person = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Rush:
    """So many come in a wave, over so many seconds; a wave begins when so many seconds have passed."""

    phones: int
    waves: int
    over_s: float
    every_s: float

    def told(self, code: str, people: list[Person]) -> str:
        """What the telephones' process is told first."""
        plain = {"code": code, "people": people, "phones": self.phones}
        return json.dumps({**plain, "over_s": self.over_s, "every_s": self.every_s})


RUSHES = [
    pytest.param(Rush(50, 5, 0.0, 1.0), id="50-at-once"),
    pytest.param(Rush(200, 4, 0.0, 1.5), id="200-at-once"),
    pytest.param(Rush(200, 1, 10.0, 10.0), id="200-in-ten-seconds"),
]


class Telephones(QObject):
    """The telephones' processes beside this event loop; they hear of each new code of one desk."""

    def __init__(self, desk: DeskProcess) -> None:
        super().__init__()
        self._codes, self._process = [""], QProcess(self)
        desk.code_changed.connect(self._on_code)

    def has_code(self) -> bool:
        """Whether there is something to scan."""
        return bool(self._codes[-1])

    @contextmanager
    def coming(self, qtbot: QtBot, rush: Rush, people: list[Person]) -> Iterator[dict[str, Any]]:
        """They come while the block runs, which ends when all are through; the report is filled in."""
        qtbot.waitUntil(self.has_code, timeout=20_000)
        report: dict[str, Any] = {}
        self._process = QProcess(self)
        self._process.start(sys.executable, [str(_PHONES)])
        self._process.write(rush.told(self._codes[-1], people).encode() + b"\n")
        yield report
        qtbot.waitUntil(lambda: self._process.canReadLine(), timeout=60_000)
        report.update(json.loads(bytes(self._process.readLine().data())))
        self._process.closeWriteChannel()
        self._process.waitForFinished(5_000)

    def _on_code(self, code: str) -> None:
        self._codes.append(code)
        if self._process.state() == QProcess.ProcessState.Running:
            self._process.write(code.encode() + b"\n")


def _window_watched(
    qtbot: QtBot, parts: OpenWindow, telephones: Telephones, rush: Rush, people: list[Person]
) -> tuple[LateWatch, dict[str, Any]]:
    """The ticks of the whole window, and what the telephones report."""
    ticks = LateWatch(TICK_MS)
    with telephones.coming(qtbot, rush, people) as report:
        qtbot.wait(_UNDER_WAY_MS)
        parts.director.ticked.connect(ticks.note)
    parts.director.ticked.disconnect(ticks.note)
    return ticks, report


def _bare_watched(
    qtbot: QtBot, data: Data, rush: Rush, people: list[Person]
) -> tuple[LateWatch, dict[str, Any]]:
    """The same of a timer in a window that does nothing, beside a desk of its own."""
    bare = QMainWindow()
    qtbot.addWidget(bare)
    bare.setCentralWidget(QLabel("会风"))
    bare.show()
    desk = DeskProcess(desk_command(*data[:2]))
    telephones = Telephones(desk)
    desk.start("127.0.0.1")
    with telephones.coming(qtbot, rush, people) as report:
        qtbot.wait(_UNDER_WAY_MS)
        probe = TimerProbe(TICK_MS)
    desk.wait_stopped()
    return probe.watch, report


def _start_speaking(parts: OpenWindow) -> None:
    session = parts.context.session
    session.state_facts([Fact(EventKind.OPENED, session.now().wall)])
    parts.context.podium.start("i2")


@pytest.mark.bench
@pytest.mark.parametrize("rush", RUSHES)
def test_the_speakers_time_while_telephones_sign_in(
    rush: Rush, data: Data, parts: OpenWindow, qtbot: QtBot
) -> None:
    people, size = people_of(*data[:2]), rush.phones * rush.waves
    groups = [people[start : start + size] for start in range(0, size * ROUNDS, size)]
    _start_speaking(parts)
    telephones = Telephones(parts.desk)
    parts.during.open_phones("127.0.0.1")
    rounds = [_window_watched(qtbot, parts, telephones, rush, group) for group in groups]
    came = size * ROUNDS
    qtbot.waitUntil(lambda: parts.during.brief_row.present.value() == str(came), timeout=20_000)
    parts.window.close()
    floor, bare_report = _bare_watched(qtbot, data, rush, people[-size:])
    ticks, report = min(rounds, key=lambda one: one[0].quantile(99))
    every = ", ".join(f"{one.quantile(99):.1f}" for one, _ in rounds)
    missed = ": MISSED" if ticks.quantile(99) > MOST_TICK_MS else ""
    print(
        f"\n{rush.phones} telephones at a time over {rush.over_s:.0f} s, {came} in all, {SEATS} seats, "
        f"load of the machine {os.getloadavg()[0]:.1f}"
        f"\n  window's tick: {ticks.in_words()} (p99 of all rounds: {every}), "
        f"wanted p99 ≤ {MOST_TICK_MS:.0f} ms{missed}"
        f"\n  floor, a bare window's under the same rush: {floor.in_words()}"
        f"\n  telephones: {_answers(report)}; beside the bare window {_answers(bare_report)}"
    )
    stored = on_disk(*data[:2])
    assert all(one["statuses"] == {"page 200": size, "form 201": size} for _, one in rounds)
    assert all(set(one["acknowledged"]) <= stored.seats for _, one in rounds)
    assert not stored.doubled and stored.is_sound
    # Where a window that does nothing is late as well, others use the machine: there is nothing to judge.
    assert not missed or floor.quantile(99) > MOST_TICK_MS
    assert report["p99_ms"] <= max(MOST_ANSWER_MS, 2 * bare_report["p99_ms"])


def _answers(report: dict[str, Any]) -> str:
    return f"p50 {report['p50_ms']:.0f} ms, p99 {report['p99_ms']:.0f} ms, worst {report['max_ms']:.0f} ms"
