"""The window put together from its parts, and its life: which meeting is open, changing to another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLockFile, QProcess
from PySide6.QtWidgets import QApplication, QMessageBox

from huifeng_desktop.app.folder import Folder, open_folder, preparation_for
from huifeng_desktop.app.sample import make_sample
from huifeng_desktop.app.starting import desk_command, has_screen, program_command
from huifeng_desktop.desk.network import list_addresses
from huifeng_desktop.errors import StorageProblem, UserProblem
from huifeng_desktop.exchange.gateway import FileImports
from huifeng_desktop.exchange.papers.office_papers import OfficePapers
from huifeng_desktop.service.door import Door
from huifeng_desktop.service.podium import Podium
from huifeng_desktop.service.rulings import Rulings
from huifeng_desktop.service.session import MeetingSession
from huifeng_desktop.ui.after.page import AfterPage
from huifeng_desktop.ui.before.page import BeforePage
from huifeng_desktop.ui.context import Bridge, UiContext
from huifeng_desktop.ui.desk_process import DeskProcess
from huifeng_desktop.ui.during.page import DuringPage
from huifeng_desktop.ui.meetings_dialog import MeetingsDialog
from huifeng_desktop.ui.shell import MainWindow
from huifeng_desktop.ui.stage_director import StageDirector
from huifeng_desktop.ui.theme import apply_theme

LAST_MEETING = "last_meeting"


def make_application() -> QApplication:
    """The Qt application with the program's look."""

    application = QApplication.instance() or QApplication(["会风"])
    assert isinstance(application, QApplication)
    application.setApplicationName("会风")
    apply_theme(application)
    return application


@dataclass(frozen=True, slots=True)
class OpenWindow:
    """The main window of one meeting, and the parts that drive it from outside."""

    window: MainWindow
    context: UiContext
    desk: DeskProcess
    director: StageDirector
    before: BeforePage
    during: DuringPage
    after: AfterPage


def build_window(folder: Folder, session: MeetingSession, desk_call: Sequence[str]) -> OpenWindow:
    """The main window of one meeting with everything it needs."""

    context = _context(folder, session)
    desk, director = DeskProcess(desk_call), StageDirector(context)
    before, after = BeforePage(context), AfterPage(context)
    during = DuringPage(
        context, desk, director, list_addresses=lambda: [(one.interface, one.address) for one in list_addresses()]
    )
    window = MainWindow(context, (before, during, after), desk, director, back_up=folder.back_up)
    before.enter_meeting_requested.connect(lambda: window.show_stage(1))
    return OpenWindow(window, context, desk, director, before, during, after)


def _context(folder: Folder, session: MeetingSession) -> UiContext:

    return UiContext(
        office=folder.office,
        session=session,
        preparation=preparation_for(session),
        door=Door(session),
        podium=Podium(session),
        rulings=Rulings(session),
        imports=FileImports(),
        papers=OfficePapers(),
        settings=folder.settings,
        bridge=Bridge(session),
    )


def run_window(path: Path) -> int:
    """Open the window on a data folder; 0 when it is closed.

    Raises UserProblem where there is no screen, where the folder cannot be used, or where another
    window has it open. The sentence is also shown in a box, since nobody may be at a terminal.
    """
    if not has_screen():
        raise UserProblem("这里没有屏幕，打不开窗口。命令用 --help 查看；要看示例请用 rehearse 彩排。")
    application = make_application()
    try:
        with open_folder(path, "console") as folder, only_window(path):
            return Program(application, folder).run()
    except UserProblem as problem:
        _show_box(str(problem))
        raise


@contextmanager
def only_window(path: Path) -> Iterator[None]:
    """One window for a folder: two would both believe that they run the meeting."""

    lock = QLockFile(str(path / "window.lock"))
    lock.setStaleLockTime(0)
    if not lock.tryLock(200):
        raise StorageProblem(f"数据文件夹 {path} 已在另一个窗口中打开。请切换到那个窗口，或先关掉它再打开。")
    try:
        yield
    finally:
        lock.unlock()


def _show_box(sentence: str) -> None:

    QMessageBox.critical(None, "会风", sentence)


class Program:
    """Keeps one window open at a time, for the meeting that was chosen last."""

    def __init__(self, application: QApplication, folder: Folder) -> None:
        self._application, self._folder = application, folder
        self._open: OpenWindow | None = None

    def run(self) -> int:
        """Open the meeting of last time, or ask which; returns when the last window is closed."""
        self._application.setQuitOnLastWindowClosed(True)
        if not self._reopen_last():
            self.choose_meeting()
        return self._application.exec() if self._open is not None else 0

    def _reopen_last(self) -> bool:
        meeting_id = self._folder.settings.get(LAST_MEETING, "")
        if meeting_id not in {card.meeting_id for card in self._folder.office.cards()}:
            return False
        self.open_meeting(meeting_id)
        return True

    def choose_meeting(self) -> None:
        """The list of meetings; a choice replaces the open window."""
        dialog = MeetingsDialog(self._folder.office, self._open.window if self._open else None)
        dialog.meeting_chosen.connect(self.open_meeting)
        dialog.sample_requested.connect(self.open_sample)
        dialog.exec()

    def open_meeting(self, meeting_id: str) -> None:
        """Show this meeting's window, in place of the one that is open."""
        self._application.setQuitOnLastWindowClosed(False)
        if self._open is not None and not self._open.window.close():
            return
        session = self._folder.office.open(meeting_id)
        parts = build_window(self._folder, session, desk_command(self._folder.path, meeting_id))
        self._open = parts
        parts.window.meetings_requested.connect(self.choose_meeting)
        parts.before.rehearse_requested.connect(self.rehearse)
        parts.window.show()
        self._folder.settings.put(LAST_MEETING, meeting_id)
        self._application.setQuitOnLastWindowClosed(True)

    def open_sample(self) -> None:
        """A meeting of the fictional county, filled in; it never enters the ledger."""
        self.open_meeting(make_sample(self._folder))

    def rehearse(self) -> None:
        """彩排一遍, in a window and a folder of its own."""
        stamp = f"{self._folder.clock.reading().wall:%Y%m%d-%H%M%S}"
        out = self._folder.path / "rehearsals" / stamp
        program, *arguments = program_command("rehearse", "--out", str(out))
        if not QProcess.startDetached(program, arguments):
            raise UserProblem("彩排没能启动，请从命令行运行 huifeng-desktop rehearse。")
