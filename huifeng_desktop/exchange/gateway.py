"""The window's way to files: a table that can be looked at, mended in place and understood.

Implements `service.ports.Imports`. Nothing is written back to the file.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
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
from huifeng_desktop.exchange.columns import require_header
from huifeng_desktop.exchange.leave import read_leave
from huifeng_desktop.exchange.lines import data_lines
from huifeng_desktop.exchange.records import read_headcount, read_records
from huifeng_desktop.exchange.roster import read_roster
from huifeng_desktop.exchange.source import read_table, table_from_text
from huifeng_desktop.exchange.table import Row, Table
from huifeng_desktop.service.ports import SourceRow


@dataclass(frozen=True, slots=True)
class TableSource:
    """One table, not yet understood; see `service.ports.ImportSource`."""

    table: Table

    @property
    def name(self) -> str:
        """What to call it on screen."""
        return self.table.described

    def columns(self, kind: FileKind) -> list[str]:
        """Standard names of the columns that were found, in the file's order."""
        return list(require_header(self.table, kind).columns)

    def rows(self, kind: FileKind) -> list[SourceRow]:
        """The data rows with their text by column."""
        header = require_header(self.table, kind)
        return [
            SourceRow(line.number, {column: line.text(column) for column in header.columns})
            for line in data_lines(self.table, header, kind)
        ]

    def with_cell(self, kind: FileKind, row: int, column: str, text: str) -> TableSource:
        """A copy in which one cell says `text`; a cell that came down from a merge becomes its own."""
        place = require_header(self.table, kind).places[column]
        rows = tuple(_mended(one, place, text) if one.number == row else one for one in self.table.rows)
        return TableSource(replace(self.table, rows=rows))

    def roster(self, unit_cap: int | None) -> Reading[RosterRow]:
        """Understood as a roster."""
        return read_roster(self.table, cap=unit_cap)

    def agenda(self) -> Reading[AgendaRow]:
        """Understood as an agenda."""
        return read_agenda(self.table)

    def leave(self) -> Reading[LeaveRow]:
        """Understood as a list of leave."""
        return read_leave(self.table)

    def records(self, meeting_day: date) -> Reading[RecordRow]:
        """Understood as attendance records of that day."""
        return read_records(self.table, meeting_day)

    def headcount(self, meeting_day: date) -> Reading[HeadcountRow]:
        """Understood as a headcount of that day."""
        return read_headcount(self.table, meeting_day)


def _mended(row: Row, place: int, text: str) -> Row:
    cells = list(row.cells) + [""] * (place + 1 - len(row.cells))
    cells[place] = text
    return replace(row, cells=tuple(cells), carried=row.carried - {place}, unknown=row.unknown - {place})


class FileImports:
    """Opens what the office has; see `service.ports.Imports`."""

    def open_file(self, path: Path, kind: FileKind | None = None) -> TableSource:
        """Read a file, looking for a sheet of this kind first."""
        return TableSource(read_table(path, kind))

    def open_text(self, text: str, kind: FileKind | None = None) -> TableSource:
        """Read a table that was copied from WPS or Excel."""
        return TableSource(table_from_text(text, kind))
