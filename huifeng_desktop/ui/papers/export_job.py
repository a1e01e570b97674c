"""Making papers beside the window: a thread with its own copy of the meeting, progress and 取消.

The copy is taken in the window's thread; from then on the two share nothing but the printer. They do
share Python's search for garbage, which holds every thread up: while papers are made only what is young
is searched, paper by paper, never the whole meeting and its copy.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from huifeng_desktop.domain.events import Fact
from huifeng_desktop.errors import UserProblem
from huifeng_desktop.service.printed.choices import Progress


class Outcome:
    """What came of a job: files and warnings, or a problem; a bug goes on in the window's thread."""

    def __init__(self) -> None:
        self.files: list[Path] = []
        self.warnings: list[str] = []
        self.facts: list[Fact] = []
        """What is to be stated about the files."""
        self.problem: UserProblem | None = None
        self.bug: BaseException | None = None


Work = Callable[[Progress, Outcome], None]


class ExportJob(QObject):
    """One export. `work` fills the outcome in and asks the progress whether to go on."""

    progressed = Signal(int, int, str)
    """Done, of how many, and the name of what comes now."""
    ended = Signal(object)
    """The `Outcome`."""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="export")

    def start(self) -> None:
        """Begin; `ended` comes back in the thread of whoever is connected."""
        self._thread.start()

    def cancel(self) -> None:
        """Stop before the next paper; nothing will have been written."""
        self._stop.set()

    def wait(self, timeout_s: float = 30) -> None:
        """Until the thread is through, so that a program does not end under it."""
        self._thread.join(timeout_s)

    def _run(self) -> None:
        outcome = Outcome()
        searches = gc.isenabled()
        gc.disable()
        try:
            self._work(self._go_on, outcome)
        except UserProblem as problem:
            outcome.problem = problem
        except BaseException as bug:
            outcome.bug = bug
        finally:
            if searches:
                gc.enable()
        self.ended.emit(outcome)

    def _go_on(self, done: int, of: int, name: str) -> bool:
        self.progressed.emit(done, of, name)
        gc.collect(1)
        return not self._stop.is_set()
