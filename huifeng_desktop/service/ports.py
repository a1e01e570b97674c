"""What the services and the desk need from the outside, as Protocols.

The composition root (`app.py`) hands in the real ones; tests hand in fakes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from huifeng_desktop.domain.agenda import AgendaItem
from huifeng_desktop.domain.moments import ClockReading
from huifeng_desktop.service.door.sign_in import SignInOutcome, SignInRequest

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
    from huifeng_desktop.service.door.counter import Counter
    from huifeng_desktop.service.door.guests import Guests
    from huifeng_desktop.service.podium import TimerView
    from huifeng_desktop.service.printed.choices import PaperOptions, PaperPart, Progress
    from huifeng_desktop.service.printed.marks import Page
    from huifeng_desktop.service.session import MeetingSession


@dataclass(frozen=True, slots=True)
class DeskMeeting:
    """What the desk may say about the meeting on its own pages."""

    meeting_id: str
    title: str
    start: datetime
    place: str
    is_open: bool
    has_pins: bool = False
    """Whether the roster gives anybody a PIN."""
    asks_signature: bool = False
    """Whether the page asks for a signature drawn by finger."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person found by full name and second factor; never part of a list of the roster."""

    seat_id: str
    name: str
    unit: str
    post: str


@dataclass(frozen=True, slots=True)
class HallFacts:
    """What the desk's stage and remote are drawn from, all as of `now`. Nobody's attendance is in it."""

    now: ClockReading
    title: str
    start: datetime
    place: str
    is_opened: bool
    expected: int
    present: int
    timer: TimerView | None = None
    coming: Sequence[tuple[int, AgendaItem]] = ()
    following: int = 0
    """How many items come in all; `coming` are the nearest."""
    """What waits after the item of the timer, each with its number."""
    is_sign_in_open: bool = True
    is_adjourned: bool = False
    entries: int = 0
    """How long the log is: what was listed before may be old when it has grown."""

    @property
    def stand(self) -> str:
        """Item and state of its timer in one word: a press made for another stand is refused."""
        return f"{self.timer.item.item_id}:{self.timer.run.value}" if self.timer else ""


class Press(StrEnum):
    """A button of the secretary's remote that changes the timer."""

    GO = "go"
    """Start the waiting item; while one is timed, finish it and start the next."""
    PAUSE = "pause"
    RESUME = "resume"
    MORE = "more"
    """Grant a minute."""
    LESS = "less"
    """Take a minute back."""


@dataclass(frozen=True, slots=True)
class PressOutcome:
    """Whether a press was carried out, and what to say; `done` means that it is on disk."""

    done: bool
    sentence: str


class Registrar(Protocol):
    """The desk's way to the meeting. Used from one writer thread only.

    `register` answers a whole batch out of one committed transaction: when it returns, every
    durable outcome is on disk. It raises only for the environment (`StorageProblem`) or a bug.
    """

    @property
    def counter(self) -> Counter:
        """What a second desk may ask and do."""
        ...

    @property
    def guests(self) -> Guests:
        """What a telephone may see after signing in."""
        ...

    def register(self, requests: Sequence[SignInRequest]) -> list[SignInOutcome]:
        """One outcome for each request, in order."""
        ...

    def summary(self) -> Mapping[str, Any]:
        """The totals of `results --json`, up to date with every committed event."""
        ...

    def meeting(self) -> DeskMeeting:
        """The meeting as it stands now."""
        ...

    def find(self, name: str, second: str) -> list[Candidate]:
        """Persons of exactly this name (normalised) whose telephone or badge ends in `second`.

        Or whose PIN it is. `second` is four to eight digits; anything else finds nobody.
        """
        ...

    def hall(self) -> HallFacts:
        """What is before the hall now, up to date with every committed event."""
        ...

    def press(self, press: Press, stand: str) -> PressOutcome:
        """Carry out a button of the remote, if the hall still is at `stand`; a refusal is an answer."""
        ...


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
