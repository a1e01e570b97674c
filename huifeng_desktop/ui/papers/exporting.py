"""Making papers from a page: look at the type first, ask for a folder, make them in a thread, tell.

The meeting is copied in the window's thread; the thread sees only the copy, so the secretary can go on.
What was made is stated as a fact, so that 变更清单 knows what lies on paper.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QWidget

from huifeng_desktop.domain.events import Fact
from huifeng_desktop.service.printed.choices import PaperOptions, Progress, snapshot
from huifeng_desktop.service.printed.reprints import Due, Reprints
from huifeng_desktop.service.session import MeetingSession
from huifeng_desktop.ui.ask_path import ask_folder
from huifeng_desktop.ui.attempt import attempt
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.papers.choices import keep_options, options_from
from huifeng_desktop.ui.papers.export_job import ExportJob, Outcome
from huifeng_desktop.ui.papers.lacking_dialog import LackingDialog
from huifeng_desktop.ui.papers.options_dialog import OptionsDialog
from huifeng_desktop.ui.papers.reprint_dialog import ReprintDialog
from huifeng_desktop.ui.papers.words import paper_words
from huifeng_desktop.ui.theme import Tone

ChooseFolder = Callable[[], Path | None]
Go = Callable[[PaperOptions], None]
MakeFiles = Callable[[MeetingSession, Path, Progress], list[Path]]
MakeFacts = Callable[[MeetingSession], list[Fact]]


class PapersFace(Protocol):
    """Where a page shows how far the export is, and what came of it."""

    def show_progress(self, step: tuple[int, int, str] | None) -> None:
        """Done, of how many, the name of what comes now; None: nothing is being made."""
        ...

    def show_saved(self, files: Sequence[Path] | None, warnings: Sequence[str] = ()) -> None:
        """Where the files went, and which names to look at."""
        ...


class Unseen:
    """A face for single cards: what came of it is said, and nothing else is worth showing."""

    def show_progress(self, step: tuple[int, int, str] | None) -> None:
        """It takes a moment."""

    def show_saved(self, files: Sequence[Path] | None, warnings: Sequence[str] = ()) -> None:
        """The voice says where."""


class Exporting(QObject):
    """One export at a time. `choose_folder` asks where the papers go; None: a dialog."""

    def __init__(
        self, context: UiContext, face: PapersFace, choose_folder: ChooseFolder | None, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._context, self._face, self._page = context, face, parent
        self._choose_folder = choose_folder or self._ask_folder
        self.ask_about: Callable[[PaperOptions, Go], None] = self._ask_about
        self._accepted: set[tuple[str, ...]] = set()
        self._reprints = Reprints(context.session, context.papers)
        self._folder = Path()
        self._job: ExportJob | None = None
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.cancel)

    @property
    def is_busy(self) -> bool:
        """Whether papers are being made."""
        return self._job is not None

    # -- what can be asked for -------------------------------------------------------------------

    def export_paper(self, paper: str, suffix: str = "") -> None:
        """Make one paper, in the format that suits it if no other is named, in a folder asked for."""
        papers = self._context.papers

        def go(options: PaperOptions) -> None:
            def make(still: MeetingSession, folder: Path, progress: Progress) -> list[Path]:
                return [
                    papers.export_one(still, paper, folder, suffix=suffix, options=options, progress=progress)
                ]

            self._export(make, lambda still: self._reprints.facts([paper], options, still))

        self._settle_options(go)

    def export_all(self) -> None:
        """Make every paper, in a folder that is asked for."""
        papers = self._context.papers

        def go(options: PaperOptions) -> None:
            def make(still: MeetingSession, folder: Path, progress: Progress) -> list[Path]:
                return papers.export(still, folder, options=options, progress=progress)

            self._export(make, lambda still: self._reprints.facts(papers.wanted(still), options, still))

        self._settle_options(go)

    def export_person(self, paper: str, seat_id: str) -> None:
        """Make one person's card or badge."""
        papers, keys = self._context.papers, {paper: {seat_id}}

        def go(options: PaperOptions) -> None:
            def make(still: MeetingSession, folder: Path, progress: Progress) -> list[Path]:
                return papers.export_parts(still, keys, folder, options={paper: options}, progress=progress)

            self._export(make, lambda still: self._reprints.part_facts(paper, {seat_id}, options, still))

        self._settle_options(go)

    def print_again(self, dues: Sequence[Due]) -> None:
        """Make what the list says must be printed again, with the options of the first print."""

        def make(still: MeetingSession, folder: Path, progress: Progress) -> list[Path]:
            return self._reprints.print_again(dues, folder, still, progress)

        self._export(make, lambda still: self._reprints.settled(dues))

    def settle(self, dues: Sequence[Due]) -> None:
        """Take these off the list; they were dealt with otherwise."""
        facts = self._reprints.settled(dues)
        attempt(self._context.voice, lambda: self._reprints.record(facts))

    def take_back(self, paper: str) -> None:
        """The last print of this paper went wrong."""
        voice, by = self._context.voice, self._context.operator
        if attempt(voice, lambda: self._reprints.take_back(paper, by=by)):
            voice.say(f"{paper_words(paper)}的上一次导出不再算作已印。")

    def show_list(self, dues: Sequence[Due]) -> None:
        """变更清单."""
        dialog = ReprintDialog(dues, list(self._reprints.printed().values()), self._page)
        dialog.failed.connect(self.take_back)
        dialog.print_requested.connect(self.print_again)
        dialog.settled.connect(self.settle)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def show_options(self) -> None:
        """导出设置."""
        settings = self._context.settings
        dialog = OptionsDialog(options_from(settings), self._lacking, self._page)
        dialog.accepted.connect(
            lambda: attempt(self._context.voice, lambda: keep_options(settings, dialog.options()))
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def cancel(self) -> None:
        """取消: stop before the next paper; nothing is written."""
        if self._job is not None:
            self._job.cancel()

    # -- before anything is made -----------------------------------------------------------------

    def _settle_options(self, go: Go) -> None:
        """Go on with the options, after a word on names that the type lacks; the word is said once."""
        options = options_from(self._context.settings)
        said = tuple(self._lacking(options))
        if self.is_busy:
            return
        if not said or said in self._accepted:
            go(options)
        else:
            self.ask_about(options, lambda settled: self._go_on(options, settled, go))

    def _go_on(self, before: PaperOptions, settled: PaperOptions, go: Go) -> None:
        self._accepted.add(tuple(self._lacking(settled)))
        if settled != before:
            attempt(self._context.voice, lambda: keep_options(self._context.settings, settled))
        go(settled)

    def _lacking(self, options: PaperOptions) -> list[str]:
        return self._context.papers.warnings(self._context.session, options)

    def _ask_about(self, options: PaperOptions, go: Go) -> None:
        dialog = LackingDialog(options, self._lacking, self._page)
        dialog.accepted.connect(lambda: go(dialog.options()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ask_folder(self) -> Path | None:
        return ask_folder(self.tr("导出到哪个文件夹"), str(self._context.settings.get("export_folder", "")))

    # -- making ----------------------------------------------------------------------------------

    def _export(self, make: MakeFiles, state: MakeFacts) -> None:
        folder = None if self.is_busy else self._choose_folder()
        if folder is None:
            return
        self._folder = folder
        self._context.session.catch_up()
        still, papers = snapshot(self._context.session), self._context.papers
        options = options_from(self._context.settings)

        def work(progress: Progress, outcome: Outcome) -> None:
            outcome.warnings = papers.warnings(still, options)
            outcome.files = make(still, folder, progress)
            outcome.facts = state(still)

        job = ExportJob(work)
        job.progressed.connect(self._on_progressed)
        job.ended.connect(self._on_ended)
        self._job = job
        self._face.show_progress((0, 1, ""))
        job.start()

    def _on_progressed(self, done: int, of: int, name: str) -> None:
        if self.is_busy:
            self._face.show_progress((done, of, name))

    def _on_ended(self, outcome: Outcome) -> None:
        self._job = None
        self._face.show_progress(None)
        if outcome.bug is not None:
            raise outcome.bug
        voice = self._context.voice
        if outcome.problem is not None:
            voice.say(str(outcome.problem), Tone.OVER)
            return
        attempt(voice, lambda: self._context.settings.put("export_folder", str(self._folder)))
        attempt(voice, lambda: self._reprints.record(outcome.facts))
        self._face.show_saved(outcome.files, outcome.warnings)
        voice.say(saved_sentence(outcome.files))


def saved_sentence(files: Sequence[Path]) -> str:
    """How many files, and the folder."""
    return f"已导出 {len(files)} 个文件，在“{files[0].parent}”。"
