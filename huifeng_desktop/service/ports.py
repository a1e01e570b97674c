"""What the services need from the outside, as Protocols.

The composition root (`app.py`) hands in the real ones; tests hand in fakes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from huifeng_desktop.domain.imported import (
        AgendaRow,
        FileKind,
        HeadcountRow,
        LeaveRow,
        Reading,
        RecordRow,
        RosterRow,
    )
    from huifeng_desktop.service.printed.choices import PaperOptions, PaperPart, Progress
    from huifeng_desktop.service.printed.marks import Page
    from huifeng_desktop.service.session import MeetingSession


class Settings(Protocol):
    """Small things remembered between runs; values are JSON."""

    def get(self, key: str, default: Any = None) -> Any:
        """The value of `key`, or `default`."""
        ...

    def put(self, key: str, value: Any) -> None:
        """Remember a value."""
        ...


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One data row of a file as it stands there: the file's row number and its cells by column name."""

    row: int
    cells: Mapping[str, str]


class ImportSource(Protocol):
    """A table that was read from a file or the clipboard, not yet understood.

    `columns` are the columns understood for its kind, by their standard Chinese names. `with_cell`
    gives a corrected copy (nothing is written to the file), so that a doubt can be mended in place.
    """

    @property
    def name(self) -> str:
        """What to call it on screen."""
        ...

    def columns(self, kind: FileKind) -> list[str]:
        """Standard names of the columns that were found, in the file's order."""
        ...

    def rows(self, kind: FileKind) -> list[SourceRow]:
        """The data rows, headers and totals left out, in the file's order."""
        ...

    def with_cell(self, kind: FileKind, row: int, column: str, text: str) -> ImportSource:
        """A copy in which one cell says `text`."""
        ...

    def roster(self, unit_cap: int | None) -> Reading[RosterRow]:
        """Understood as a roster; raises FileProblem if it cannot be one."""
        ...

    def agenda(self) -> Reading[AgendaRow]:
        """Understood as an agenda."""
        ...

    def leave(self) -> Reading[LeaveRow]:
        """Understood as a list of leave."""
        ...

    def records(self, meeting_day: date) -> Reading[RecordRow]:
        """Understood as attendance records of that day."""
        ...

    def headcount(self, meeting_day: date) -> Reading[HeadcountRow]:
        """Understood as a headcount of that day."""
        ...


class Imports(Protocol):
    """Opening what the office has."""

    def open_file(self, path: Path, kind: FileKind | None = None) -> ImportSource:
        """Read a file, looking for a sheet of this kind; raises FileProblem with one Chinese sentence."""
        ...

    def open_text(self, text: str, kind: FileKind | None = None) -> ImportSource:
        """Read a table that was copied from WPS or Excel."""
        ...


@dataclass(frozen=True, slots=True)
class Script:
    """The text of a speech script, for counting only. Lines end in a line feed."""

    name: str
    """What to call it on screen."""
    text: str
    aside: str = ""
    """文本框、脚注和尾注, which WPS counts or leaves out as one wishes."""
    is_approximate: bool = False
    """Whether page heads and the like may be among the text, as in a PDF."""


class Scripts(Protocol):
    """Opening the script of a speech."""

    def open_file(self, path: Path) -> Script:
        """Read a .docx, .txt or .pdf; raises FileProblem with one Chinese sentence."""
        ...

    def open_text(self, text: str) -> Script:
        """Take what was copied; raises FileProblem if that is nothing."""
        ...


class Papers(Protocol):
    """Writing the papers of a meeting. May be used from another thread, with a snapshot of it."""

    def export(
        self,
        session: MeetingSession,
        out: Path,
        only: str | None = None,
        *,
        options: PaperOptions | None = None,
        progress: Progress | None = None,
    ) -> list[Path]:
        """Write the papers into `out`, all or none, and return the files.

        Raises FileProblem, and ExportStopped where `progress` answers False.
        """
        ...

    def export_one(
        self,
        session: MeetingSession,
        paper: str,
        target: Path,
        *,
        suffix: str = "",
        options: PaperOptions | None = None,
        progress: Progress | None = None,
    ) -> Path:
        """Write one paper by its name, in the format of `target`'s ending or the one that suits it.

        In a folder it takes its usual name, and the format of `suffix`.
        """
        ...

    def slip(self, session: MeetingSession) -> Page:
        """到会情况 as of now, to be put on paper at once."""
        ...

    def wanted(self, session: MeetingSession, only: str | None = None) -> list[str]:
        """The names of the papers that `export` makes now, of those in one format if `only` names it."""
        ...

    def parts(
        self, session: MeetingSession, paper: str, options: PaperOptions | None = None
    ) -> list[PaperPart]:
        """The pages or cards of a paper as they would be printed now; touches no file."""
        ...

    def export_parts(
        self,
        session: MeetingSession,
        keys: Mapping[str, Collection[str]],
        folder: Path,
        *,
        options: Mapping[str, PaperOptions] | None = None,
        progress: Progress | None = None,
    ) -> list[Path]:
        """Write only the parts of these keys, a file for each paper, with the options of each."""
        ...

    def warnings(self, session: MeetingSession, options: PaperOptions | None = None) -> list[str]:
        """Sentences about names that hold characters which the fonts lack."""
        ...
