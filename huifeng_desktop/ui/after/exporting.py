"""What the buttons of the papers card do: ask for a folder, make the papers in a thread, tell.

The meeting is copied in the window's thread; the thread sees only the copy, so the secretary can go on.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QWidget

from huifeng_desktop.service.papers import Progress, snapshot
from huifeng_desktop.service.session import MeetingSession
from huifeng_desktop.ui.after.export_job import ExportJob, Outcome
from huifeng_desktop.ui.after.paper_menu import PaperMenu, options_from
from huifeng_desktop.ui.after.papers_card import PapersCard, saved_sentence
from huifeng_desktop.ui.ask_path import ask_folder
from huifeng_desktop.ui.attempt import attempt
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.theme import Tone

ChooseFolder = Callable[[], Path | None]
MakeFiles = Callable[[MeetingSession, Path, Progress], list[Path]]


class Exporting(QObject):
    """One export at a time. `choose_folder` asks where the papers go; None: a dialog."""

    def __init__(
        self, context: UiContext, card: PapersCard, choose_folder: ChooseFolder | None, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._context, self._card, self._page = context, card, parent
        self._choose_folder = choose_folder or self._ask_folder
        self._folder = Path()
        self._job: ExportJob | None = None
        card.paper_requested.connect(self.export_paper)
        card.all_requested.connect(self.export_all)
        card.others_requested.connect(self._show_menu)
        card.cancel_requested.connect(self.cancel)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.cancel)

    @property
    def is_busy(self) -> bool:
        """Whether papers are being made."""
        return self._job is not None

    def export_paper(self, paper: str) -> None:
        """Make one paper in the format that suits it, into a folder that is asked for."""
        papers, options = self._context.papers, options_from(self._context.settings)

        def make(still: MeetingSession, folder: Path, progress: Progress) -> list[Path]:
            return [papers.export_one(still, paper, folder, options=options, progress=progress)]

        self._export(make)

    def export_all(self) -> None:
        """Make every paper, into a folder that is asked for."""
        papers, options = self._context.papers, options_from(self._context.settings)

        def make(still: MeetingSession, folder: Path, progress: Progress) -> list[Path]:
            return papers.export(still, folder, options=options, progress=progress)

        self._export(make)

    def cancel(self) -> None:
        """取消: stop before the next paper; nothing is written."""
        if self._job is not None:
            self._job.cancel()

    def _export(self, make: MakeFiles) -> None:
        folder = None if self.is_busy else self._choose_folder()
        if folder is None:
            return
        self._folder = folder
        self._context.session.catch_up()
        still, papers = snapshot(self._context.session), self._context.papers

        def work(progress: Progress, outcome: Outcome) -> None:
            outcome.warnings = papers.warnings(still)
            outcome.files = make(still, folder, progress)

        job = ExportJob(work)
        job.progressed.connect(self._on_progressed)
        job.ended.connect(self._on_ended)
        self._job = job
        self._card.show_progress((0, 1, ""))
        job.start()

    def _on_progressed(self, done: int, of: int, name: str) -> None:
        if self.is_busy:
            self._card.show_progress((done, of, name))

    def _on_ended(self, outcome: Outcome) -> None:
        self._job = None
        self._card.show_progress(None)
        if outcome.bug is not None:
            raise outcome.bug
        voice = self._context.voice
        if outcome.problem is not None:
            voice.say(str(outcome.problem), Tone.OVER)
            return
        attempt(voice, lambda: self._context.settings.put("export_folder", str(self._folder)))
        self._card.show_saved(outcome.files, outcome.warnings)
        voice.say(saved_sentence(outcome.files))

    def _show_menu(self) -> None:
        menu = PaperMenu(self.export_paper, self._context.settings, self._page)
        menu.aboutToHide.connect(menu.deleteLater)
        button = self._card.others
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _ask_folder(self) -> Path | None:
        return ask_folder(self.tr("导出到哪个文件夹"), str(self._context.settings.get("export_folder", "")))
