"""Plays the rehearsal in the real window: the desk in its own process, guests over HTTP, pictures."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, QSize, QTimer, Slot
from PySide6.QtWidgets import QWidget

from huifeng_desktop.app import Folder, desk_command, open_folder
from huifeng_desktop.app.printing import make_papers
from huifeng_desktop.app.qt_log import qt_messages_logged
from huifeng_desktop.app.sample import SAMPLE, fill_from_files
from huifeng_desktop.app.window import OpenWindow, build_window, make_application
from huifeng_desktop.clock import FileClock
from huifeng_desktop.errors import UserProblem
from huifeng_desktop.exchange.rule_set_files import read_rule_sets
from huifeng_desktop.paths import resource_path
from huifeng_desktop.rehearsal.guests import Guests
from huifeng_desktop.rehearsal.meeting_day import MeetingDay
from huifeng_desktop.rehearsal.player import Player, Step
from huifeng_desktop.rehearsal.report import Report, make_report
from huifeng_desktop.rehearsal.scenario import Scenario, read_scenario
from huifeng_desktop.rules.speaking import speaking
from huifeng_desktop.service.session import MeetingSession
from huifeng_desktop.ui.shell import MainWindow
from huifeng_desktop.ui.stage.canvas import StageCanvas
from huifeng_desktop.ui.theme import Tone

LAPTOP, PROJECTOR = QSize(1366, 768), QSize(1920, 1080)
_TICK_MS, _SETTLE_MS = 10, 400
_BEFORE, _DURING, _AFTER = range(3)


def conduct(folder: Path, speed: float, on_screen: bool) -> Report:
    """Play the sample meeting into `folder`; raises UserProblem if the window is closed half-way."""
    scenario = read_scenario(resource_path(SAMPLE), read_rule_sets(resource_path("rule_sets")))
    data = folder / "data"
    data.mkdir(exist_ok=True)
    make_application()
    clock = FileClock(data / "clock", scenario.door_opens)
    try:
        with open_folder(data, "console", clock) as opened, qt_messages_logged():
            return _play(opened, clock, scenario, folder, speed, on_screen)
    finally:
        clock.close()


def _play(
    opened: Folder, clock: FileClock, scenario: Scenario, folder: Path, speed: float, on_screen: bool
) -> Report:
    session = opened.office.open(opened.office.create(scenario.plan))
    fill_from_files(session, scenario.file("roster"), scenario.file("agenda"), scenario.file("leave"))
    call = desk_command(opened.path, session.meeting_id, "--clock-file", str(opened.path / "clock"))
    parts = build_window(opened, session, call)
    conductor = Conductor(parts, session, scenario, clock, folder, speed)
    conductor.run()
    files = make_papers(opened.office).export(session, folder)
    conductor.take_last_pictures()
    if on_screen:
        parts.context.voice.say(f"彩排完成，材料和画面在 {folder}", Tone.OK)
        _until_closed(parts.window)
    parts.window.close()
    totals = session.totals()
    counted = sum(verdict.counted is not None for verdict in session.verdicts())
    rows = speaking(session.state, session.now())
    chains_ok = opened.verify().ok
    return make_report(folder, scenario, totals, counted, rows, files, conductor.pictures, chains_ok)


def _until_closed(window: MainWindow) -> None:
    """Leave the meeting to whoever sits there."""
    loop = QEventLoop()
    window.closed.connect(loop.quit)
    loop.exec()


class Conductor(QObject):
    """Runs the player from the window's own timer, so that the window lives while the meeting goes on."""

    def __init__(
        self,
        parts: OpenWindow,
        session: MeetingSession,
        scenario: Scenario,
        clock: FileClock,
        folder: Path,
        speed: float,
    ) -> None:
        super().__init__()
        self.pictures: list[Path] = []
        self._parts, self._window, self._folder = parts, parts.window, folder
        self._guests: Guests | None = None
        self._problem: BaseException | None = None
        steps = MeetingDay(session, scenario, self._guest).steps()
        self._player = Player(clock, speed, [*steps, *self._picture_steps(scenario, len(steps))])
        self._loop = QEventLoop()
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._on_tick)
        self._last = time.monotonic()
        parts.desk.ready.connect(self._on_ready)
        parts.desk.code_changed.connect(self._on_code)
        parts.desk.failed.connect(self._on_failed)
        parts.window.closed.connect(self._on_closed)

    def run(self) -> None:
        """Play to the end."""
        self._window.resize(LAPTOP)
        self._window.show_stage(_BEFORE)
        self._window.show()
        QTimer.singleShot(_SETTLE_MS, self._open_the_door)
        self._loop.exec()
        if self._guests is not None:
            self._guests.leave()
        if self._problem is not None:
            raise self._problem

    def take_last_pictures(self) -> None:
        """The window after the meeting, as it is when the record is sealed."""
        self._window.show_stage(_AFTER)
        self._settle()
        self._grab(self._window, LAPTOP, "main-after.png")

    def _open_the_door(self) -> None:
        self._grab(self._window, LAPTOP, "main-before.png")
        self._window.show_stage(_DURING)
        self._parts.during.open_phones("127.0.0.1")

    def _guest(self) -> Guests:
        assert self._guests is not None
        return self._guests

    @Slot(str, str)
    def _on_ready(self, url: str, token: str) -> None:
        code = self._guests.code_url if self._guests else ""
        self._guests = Guests(url, token)
        self._guests.code_url = code

    @Slot(str)
    def _on_code(self, payload: str) -> None:
        self._guest().code_url = payload
        if not self._timer.isActive() and not self._player.is_done:
            self._last = time.monotonic()
            self._timer.start()

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        self._stop(UserProblem(f"彩排停止：{sentence}"))

    @Slot()
    def _on_closed(self) -> None:
        if not self._player.is_done:
            self._stop(UserProblem("窗口在彩排中途关闭，彩排没有完成。要看完整过程请重新运行 rehearse。"))

    @Slot()
    def _on_tick(self) -> None:
        now = time.monotonic()
        passed, self._last = now - self._last, now
        try:
            self._player.advance(passed)
        except Exception as error:
            self._stop(error)
        if self._player.is_done:
            self._stop(None)

    def _stop(self, problem: BaseException | None) -> None:
        self._timer.stop()
        self._problem = self._problem or problem
        self._loop.quit()

    def _settle(self) -> None:
        """Let the window lay itself out, as it has the time to do before anybody's eyes."""
        loop = QEventLoop()
        QTimer.singleShot(_SETTLE_MS, loop.quit)
        loop.exec()

    # -- pictures ------------------------------------------------------------------------------

    def _picture_steps(self, scenario: Scenario, after: int) -> list[Step]:
        """The moments that the mock-ups show: before the opening, and item 6 in all its phases."""
        sixth = scenario.opened + timedelta(seconds=sum(scenario.spoken_s[:5]))
        moments: list[tuple[datetime, Callable[[], None]]] = [
            (scenario.opened - timedelta(minutes=2), lambda: self._stage("stage-sign-in.png")),
            (sixth + timedelta(seconds=138), self._during),
            (sixth + timedelta(seconds=312), lambda: self._stage("stage-amber.png")),
            (sixth + timedelta(seconds=390), lambda: self._stage("stage-over.png")),
        ]
        return [
            Step(moment, after + index, lambda take=take: _done(take))  # type: ignore[misc]
            for index, (moment, take) in enumerate(moments)
        ]

    def _during(self) -> None:
        self._grab(self._window, LAPTOP, "main-during.png")
        self._stage("stage-normal.png")

    def _stage(self, name: str) -> None:
        """The projected picture at the size of a common projector."""
        self._parts.during.refresh()
        canvas = StageCanvas()
        canvas.set_view(self._parts.director.view())
        self._grab(canvas, PROJECTOR, name)

    def _grab(self, widget: QWidget, size: QSize, name: str) -> None:
        self._parts.during.refresh()
        widget.resize(size)
        path = self._folder / name
        if not widget.grab().save(str(path)):
            raise UserProblem(f"画面 {path} 存不下来，请检查文件夹是否可写、磁盘是否已满。")
        self.pictures.append(path)


def _done(take: Callable[[], None]) -> bool:
    take()
    return True
