"""The program on a data folder and a clock that the test moves; the desk's process reads the same clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from huifeng_desktop.app import desk_command, open_folder
from huifeng_desktop.app.folder import Folder
from huifeng_desktop.app.program import Program
from huifeng_desktop.app.window import OpenWindow, make_application
from huifeng_desktop.clock import FileClock

DAY = "2026-03-12"


@dataclass
class Day:
    """One run of the program."""

    program: Program
    folder: Folder
    clock: FileClock

    @property
    def parts(self) -> OpenWindow:
        """The window that is open."""
        assert self.program.open_window is not None
        return self.program.open_window

    def at(self, moment: str) -> None:
        """Let time run on to 14:05:30 of the day, or to a whole date and time."""
        text = moment if "T" in moment else f"{DAY}T{moment}"
        self.clock.set(datetime.fromisoformat(text).astimezone())


@contextmanager
def program_on(path: Path, start: str) -> Iterator[Day]:
    """The program from its start to its end; what it says in a box ends the test."""
    path.mkdir(parents=True, exist_ok=True)
    file = path / "clock"
    clock = FileClock(file, datetime.fromisoformat(f"{DAY}T{start}").astimezone())
    application = make_application()
    application.setQuitOnLastWindowClosed(False)
    try:
        with open_folder(path, "console", clock) as folder:
            day = Day(Program(application, folder, _no_box, _desk_on(file)), folder, clock)
            try:
                yield day
            finally:
                _close(day.program)
    finally:
        clock.close()


def _desk_on(clock_file: Path) -> Callable[[Path, str], Sequence[str]]:
    return lambda path, meeting: desk_command(path, meeting, "--clock-file", str(clock_file))


def _no_box(sentence: str) -> None:
    raise AssertionError(sentence)


def _close(program: Program) -> None:
    """Leave no window behind, even where a speech is being timed."""
    for _ in range(2):
        if program.open_window is not None:
            program.open_window.window.close()
