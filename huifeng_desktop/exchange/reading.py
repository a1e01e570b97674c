"""One way in for every kind of file: a path or pasted text, and what to read it as."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from huifeng_desktop.domain.imported import (
    AgendaRow,
    FileKind,
    HeadcountRow,
    LeaveRow,
    Reading,
    RecordRow,
    RosterRow,
)
from huifeng_desktop.exchange.agenda import read_agenda
from huifeng_desktop.exchange.leave import read_leave
from huifeng_desktop.exchange.records import read_headcount, read_records
from huifeng_desktop.exchange.roster import DEFAULT_CAP, read_roster
from huifeng_desktop.exchange.source import read_table, table_from_text
from huifeng_desktop.exchange.table import Table

AnyReading = (
    Reading[RosterRow] | Reading[AgendaRow] | Reading[LeaveRow] | Reading[RecordRow] | Reading[HeadcountRow]
)


def read_file(
    path: str | Path, kind: FileKind, *, meeting_day: date, cap: int | None = DEFAULT_CAP
) -> AnyReading:
    """What a file says when it is read as `kind`. Raises `FileProblem` and nothing else."""
    return read_as(read_table(path, kind), kind, meeting_day=meeting_day, cap=cap)


def read_text(text: str, kind: FileKind, *, meeting_day: date, cap: int | None = DEFAULT_CAP) -> AnyReading:
    """What a table pasted from WPS or Excel says when it is read as `kind`."""
    return read_as(table_from_text(text, kind), kind, meeting_day=meeting_day, cap=cap)


def read_as(table: Table, kind: FileKind, *, meeting_day: date, cap: int | None = DEFAULT_CAP) -> AnyReading:
    """The table's rows as `kind`; `meeting_day` completes times, `cap` is for rosters."""
    match kind:
        case FileKind.ROSTER:
            return read_roster(table, cap=cap)
        case FileKind.AGENDA:
            return read_agenda(table)
        case FileKind.LEAVE:
            return read_leave(table)
        case FileKind.RECORDS:
            return read_records(table, meeting_day)
        case FileKind.HEADCOUNT:
            return read_headcount(table, meeting_day)
