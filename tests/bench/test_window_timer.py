"""The window's timer while fifty clients sign in at its desk, beside a bare window's under the same load.

Two loads: one request a second from each client, which is more than fifty people at a door can do, and
as fast as the desk answers. Window, desk and clients are three processes on (here) two cores, so at
full speed a bare window is late as well; its figure is the floor.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hall import badges, make_folder
from load_kit import CLIENTS, SEATS, load_command, order, start_desk
from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
from pytestqt.qtbot import QtBot
from timer_probe import TimerProbe, in_words, quantile

from huifeng_desktop.app import desk_command, open_folder
from huifeng_desktop.app.window import OpenWindow, build_window, make_application
from huifeng_desktop.clock import SystemClock

SECONDS = 10.0
MOST_MS = 5.0
HALL_RATE = float(CLIENTS)
LOADS = [pytest.param(HALL_RATE, id="hall"), pytest.param(None, id="full-speed")]


@pytest.fixture
def data(tmp_path: Path) -> tuple[Path, str, list[str]]:
    """A folder, its meeting, and everybody's badge."""
    meeting = make_folder(tmp_path / "data", SEATS)
    return tmp_path / "data", meeting, list(badges(tmp_path / "data", meeting))


@pytest.fixture
def parts(data: tuple[Path, str, list[str]], qapp: QApplication) -> Iterator[OpenWindow]:
    """The window of the meeting, shown."""
    make_application()
    path, meeting, _ = data
    with open_folder(path, "console", SystemClock()) as folder:
        built = build_window(folder, folder.office.open(meeting), desk_command(path, meeting))
        built.window.show()
        yield built
        built.window.close()


def _late_under_load(qtbot: QtBot, told: str) -> tuple[list[float], dict[str, Any]]:
    """Lateness while the clients run, and their report."""
    clients, probe = QProcess(), TimerProbe()
    program, *arguments = load_command()
    clients.start(program, arguments)
    clients.write(told.encode())
    clients.closeWriteChannel()
    qtbot.wait(500)
    probe.start()
    _until(qtbot, lambda: clients.state() == QProcess.ProcessState.NotRunning)
    late_ms = probe.stop()
    report: dict[str, Any] = json.loads(bytes(clients.readAllStandardOutput().data()))
    return late_ms, report


def _until(qtbot: QtBot, is_done: Callable[[], bool]) -> None:
    qtbot.waitUntil(is_done, timeout=60_000)


def _bare_late(qtbot: QtBot, data: tuple[Path, str, list[str]], rate: float | None) -> list[float]:
    """The same for a bare window beside a desk of its own."""
    path, meeting, people = data
    bare = QMainWindow()
    qtbot.addWidget(bare)
    bare.setCentralWidget(QLabel("会风"))
    bare.show()
    with start_desk(path, meeting) as desk:
        told = order(desk.ready["url"], desk.ready["token"], people, SECONDS, rate)
        return _late_under_load(qtbot, told)[0]


@pytest.mark.bench
@pytest.mark.parametrize("rate", LOADS)
def test_the_timer_while_fifty_clients_sign_in(
    rate: float | None, data: tuple[Path, str, list[str]], parts: OpenWindow, qtbot: QtBot
) -> None:
    ready: list[tuple[str, str]] = []
    parts.desk.ready.connect(lambda url, token: ready.append((url, token)))
    parts.during.open_phones("127.0.0.1")
    _until(qtbot, lambda: bool(ready))
    late_ms, report = _late_under_load(qtbot, order(*ready[0], data[2], SECONDS, rate))
    came = min(len(report["acknowledged"]), SEATS)
    _until(qtbot, lambda: parts.during.brief_row.present.value() == str(came))
    parts.window.close()
    floor = _bare_late(qtbot, data, rate)
    print(
        f"\nwindow's timer, {report['per_second']:.0f} sign-ins/s, {SEATS} seats: {in_words(late_ms)}"
        f"\n  floor, a bare window under the same load: {in_words(floor)}"
    )
    assert set(report["statuses"]) <= {"200", "201"}
    if rate is not None:
        assert quantile(late_ms, 99) <= MOST_MS
