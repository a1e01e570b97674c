"""The life of the window: which meeting is open, changing to another, and what is said about a bug."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QByteArray, QLockFile, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from huifeng_desktop import diagnostics
from huifeng_desktop.app.background import run_command
from huifeng_desktop.app.folder import Folder, open_folder
from huifeng_desktop.app.growth import Growth
from huifeng_desktop.app.ledger_ahead import LedgerAhead
from huifeng_desktop.app.qt_log import qt_messages_logged
from huifeng_desktop.app.starting import collect_again, desk_command, has_screen
from huifeng_desktop.app.window import OpenWindow, build_window, make_application
from huifeng_desktop.errors import StorageProblem, UserProblem
from huifeng_desktop.service.after.retention import ARCHIVED, due, reminder, years_kept
from huifeng_desktop.ui.ask_path import ask_file, ask_folder
from huifeng_desktop.ui.shell import MainWindow
from huifeng_desktop.ui.theme import Tone

if TYPE_CHECKING:
    from huifeng_desktop.ui.records.merge_dialog import MergeDialog

LAST_MEETING, WINDOW_PLACE = "last_meeting", "window_place"
_FRAME = 40
"""Pixels that a title bar and edges may take."""
ResultT = TypeVar("ResultT")


def run_window(path: Path) -> int:
    """Open the window on a data folder; 0 when it is closed.

    Raises UserProblem where there is no screen, where the folder cannot be used, or where another
    window has it open. The sentence is also shown in a box, since nobody may be at a terminal.
    """
    if not has_screen():
        raise UserProblem("这里没有屏幕，打不开窗口。命令用 --help 查看；要看示例请用 rehearse 彩排。")
    application = make_application()
    QTimer.singleShot(0, collect_again)
    try:
        with open_folder(path, "console") as folder, only_window(path), qt_messages_logged():
            program = Program(application, folder)
            diagnostics.catch_crashes(program.tell_crash)
            return program.run()
    except UserProblem as problem:
        show_box(str(problem))
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


def show_box(sentence: str) -> None:
    """Say something where no window is there to say it."""
    QMessageBox.critical(None, "会风", sentence)


class Program:
    """Keeps one window open at a time, for the meeting that was chosen last."""

    def __init__(
        self,
        application: QApplication,
        folder: Folder,
        box: Callable[[str], None] = show_box,
        desk_call: Callable[[Path, str], Sequence[str]] = desk_command,
    ) -> None:
        self._application, self._folder, self._box, self._desk_call = application, folder, box, desk_call
        self._open: OpenWindow | None = None
        self._next = ""

    @property
    def open_window(self) -> OpenWindow | None:
        """The window that is open, with its parts."""
        return self._open

    def run(self) -> int:
        """Open the meeting of last time, or ask which; returns when the last window is closed."""
        if not self.reopen_last():
            self.choose_meeting()
        return self._application.exec() if self._open is not None else 0

    def reopen_last(self) -> bool:
        """Open the meeting of last time; False where there is none."""
        meeting_id = self._folder.settings.get(LAST_MEETING, "")
        if meeting_id not in {card.meeting_id for card in self._folder.office.cards()}:
            return False
        self.open_meeting(meeting_id)
        return self._open is not None

    # -- which meeting -------------------------------------------------------------------------

    def choose_meeting(self) -> None:
        """The list of meetings; a choice replaces the open window."""
        from huifeng_desktop.ui.records.meetings_dialog import MeetingsDialog

        dialog = MeetingsDialog(
            self._folder.office, self._open.window if self._open else None, reminder=self.reminder()
        )
        dialog.meeting_chosen.connect(self.open_meeting)
        dialog.sample_requested.connect(self.open_sample)
        dialog.merge_requested.connect(self.merge_package)
        dialog.exec()
        dialog.deleteLater()

    def reminder(self) -> str:
        """What is to be said about records whose term is over; "" for nothing."""
        settings, office = self._folder.settings, self._folder.office
        years = years_kept(settings)
        archived = settings.get(ARCHIVED, {})
        return reminder(due(office.cards(), self._folder.clock.reading().wall, years, archived), years)

    def show_ledger(self) -> None:
        """台账; a meeting behind one of its figures may replace the open one."""
        from huifeng_desktop.app.printing import export_unit_pages_here
        from huifeng_desktop.exchange.ledger_papers import export_ledger
        from huifeng_desktop.ui.ledger.dialog import LedgerDialog

        window = self._open.window if self._open else None
        dialog = LedgerDialog(self._folder.office, export_ledger, window, export_units=export_unit_pages_here)
        dialog.meeting_chosen.connect(self.open_meeting)
        dialog.exec()
        dialog.deleteLater()

    def show_retention(self) -> None:
        """归档与保存期: how long records are kept, what is due, and archives of them."""
        from huifeng_desktop.ui.records.retention_dialog import RetentionDialog

        if self._open is None:
            return
        here, now = self._open.context.session.meeting_id, self._folder.clock.reading().wall
        cards = self._folder.office.cards()
        gone = self._folder.office.tombstones()
        dialog = RetentionDialog(cards, self._folder.settings, now, here, self._open.window, gone)
        dialog.archive_requested.connect(self.archive_meetings)
        dialog.removal_requested.connect(self.remove_meeting)
        dialog.exec()
        dialog.deleteLater()

    def archive_meetings(self, meetings: Sequence[str]) -> None:
        """归档 into a folder that is asked for."""
        folder = ask_folder("归档到哪个文件夹", str(self._folder.settings.get("export_folder", "")))
        if folder is not None:
            self.archive_into(folder, meetings)

    def archive_into(self, folder: Path, meetings: Sequence[str]) -> None:
        """Start the command that writes the archives, and say how it ended; the window stays alive."""
        from huifeng_desktop.app.archiving import Archiving

        cards = [card for card in self._folder.office.cards() if card.meeting_id in meetings]
        if cards and self._open is not None:
            self._say("正在归档，可以继续做别的。", Tone.NEUTRAL)
            Archiving(self._folder.path, cards, folder, self._on_archived, self._open.window).start()

    def remove_meeting(self, meeting_id: str) -> None:
        """Delete a meeting whose term is over, once somebody has put a name to it."""
        from huifeng_desktop.app.archiving import remove
        from huifeng_desktop.app.removal import archive_path
        from huifeng_desktop.storage.wiping import copies_to_go
        from huifeng_desktop.ui.records.removal_dialog import RemovalDialog

        card = next((one for one in self._folder.office.cards() if one.meeting_id == meeting_id), None)
        if card is None or self._open is None:
            return
        copies = len(copies_to_go(self._folder.path))
        by, window = str(self._folder.settings.get("operator", "")), self._open.window
        dialog = RemovalDialog(card, archive_path(self._folder, meeting_id), copies, by, window)
        if dialog.exec():
            self._say("正在核对归档包并删除，可以继续做别的。", Tone.NEUTRAL)
            remove(self._folder.path, dialog.request(), window, self._on_archived)
        dialog.deleteLater()

    def _on_archived(self, told: str, ok: bool) -> None:
        self._say(told, Tone.OK if ok else Tone.OVER)

    def pack_meeting(self) -> None:
        """导出交接包 into a folder that is asked for."""
        folder = ask_folder("交接包存到哪个文件夹", str(self._folder.settings.get("export_folder", "")))
        if folder is not None:
            self.pack_into(folder)

    def pack_into(self, folder: Path) -> None:
        """Write the open meeting's hand-over file; the window goes on meanwhile."""
        from huifeng_desktop.app import hand_over

        assert self._open is not None
        session, window = self._open.context.session, self._open.window
        target = folder / hand_over.pack_name(session.plan)
        self._say("正在导出交接包，可以继续做别的。", Tone.NEUTRAL)
        hand_over.pack(
            self._folder.path,
            session.meeting_id,
            target,
            window,
            lambda told, ok: self._say(told, Tone.OK if ok else Tone.OVER),
        )

    def merge_package(self) -> None:
        """并入交接包: a file that is asked for."""
        from huifeng_desktop.app import hand_over

        file = ask_file("选择要并入的交接包", hand_over.KINDS)
        if file is not None:
            self.merge_file(file).exec()

    def merge_file(self, file: Path) -> MergeDialog:
        """Take a file in; the dialog says how it went and may open the meeting."""
        from huifeng_desktop.app import hand_over

        window = self._open.window if self._open else None
        meeting = self._open.context.session.meeting_id if self._open else ""
        dialog = hand_over.merge(self._folder.path, file, window, meeting)
        dialog.meeting_chosen.connect(self.open_meeting)
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    def open_meeting(self, meeting_id: str) -> None:
        """Show this meeting's window, in place of the one that is open.

        The open one may ask first, since a speech is being timed; the answer decides.
        """
        if self._open is None:
            self._attempt(lambda: self._show(meeting_id))
        elif self._open.context.session.meeting_id != meeting_id:
            self._next = meeting_id
            self._open.window.close()

    def open_sample(self) -> None:
        """A meeting of the fictional county, filled in; it never enters the ledger."""
        from huifeng_desktop.app.sample import make_sample

        meeting_id = self._attempt(lambda: make_sample(self._folder))
        if meeting_id is not None:
            self.open_meeting(meeting_id)

    def _show(self, meeting_id: str) -> None:
        session = self._folder.office.open(meeting_id)
        call = self._desk_call(self._folder.path, meeting_id)
        parts = build_window(self._folder, session, call, self.rehearse)
        self._open = parts
        Growth(parts.context, parts.window)
        LedgerAhead(parts.context, parts.window)
        parts.window.meetings_requested.connect(self.choose_meeting)
        parts.window.ledger_requested.connect(self.show_ledger)
        parts.window.archive_requested.connect(self.show_retention)
        parts.window.pack_requested.connect(self.pack_meeting)
        parts.window.merge_requested.connect(self.merge_package)
        parts.window.stayed.connect(self._on_stayed)
        parts.window.closed.connect(self._on_closed)
        self._place(parts.window)
        parts.window.show()
        self._folder.settings.put(LAST_MEETING, meeting_id)

    def _on_stayed(self) -> None:
        self._next = ""

    def _on_closed(self) -> None:
        """The next window opens before the old one is gone, so that the program goes on."""
        parts, self._open = self._open, None
        if parts is not None:
            kept = bytes(parts.window.saveGeometry().toHex().data()).decode()
            self._attempt(lambda: self._folder.settings.put(WINDOW_PLACE, kept))
            parts.window.deleteLater()
        wanted, self._next = self._next, ""
        if wanted:
            self._attempt(lambda: self._show(wanted))

    def _place(self, window: MainWindow) -> None:
        """Where it was last time; else whole on the screen, as large as a small screen allows."""
        kept = str(self._folder.settings.get(WINDOW_PLACE, ""))
        if kept and window.restoreGeometry(QByteArray.fromHex(QByteArray(kept.encode()))):
            return
        room = window.screen().availableSize()
        if room.width() <= window.width() or room.height() < window.height() + _FRAME:
            window.setWindowState(window.windowState() | window.windowState().WindowMaximized)

    # -- rehearsing ----------------------------------------------------------------------------

    def rehearse(self) -> None:
        """彩排一遍, in a window and a folder of its own."""
        stamp = f"{self._folder.clock.reading().wall:%Y%m%d-%H%M%S}"
        out = self._folder.path / "rehearsals" / stamp

        def finished(_: str, problem: str) -> None:
            said = f"彩排没有做完：{problem}" if problem else f"彩排结束，材料和画面在 {out}"
            self._say(said, Tone.OVER if problem else Tone.OK)

        self._say(f"彩排会在另一个窗口打开，不动本次会议；材料和画面存到 {out}。", Tone.NEUTRAL)
        arguments = ["rehearse", "--out", str(out)]
        process = run_command(self._folder.path, arguments, self._application, finished)
        self._application.aboutToQuit.connect(process.kill)

    # -- problems ------------------------------------------------------------------------------

    def tell_crash(self, error: BaseException) -> None:
        """One sentence about a bug or a problem that no slot has met; it is in the log already."""
        if isinstance(error, UserProblem):
            self._say(str(error), Tone.OVER)
            return
        name = type(error).__name__
        self._say(
            f"程序出现内部错误（{name}），刚才这一步可能没有完成，请重试；已确认的记录都在。", Tone.OVER
        )

    def _say(self, sentence: str, tone: Tone) -> None:
        if self._open is not None:
            self._open.context.voice.say(sentence, tone)
        else:
            self._box(sentence)

    def _attempt(self, call: Callable[[], ResultT]) -> ResultT | None:
        try:
            return call()
        except UserProblem as problem:
            self._say(str(problem), Tone.OVER)
            return None
