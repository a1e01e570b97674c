"""Files as offices make them, for the reader tests."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import xlwt

from huifeng_desktop.domain.imported import ProblemCode, Reading, Severity
from huifeng_desktop.exchange.table import Table, build_rows

Grid = Sequence[Sequence[Any]]


def table(*rows: Sequence[Any]) -> Table:
    """A table as if read from 名单.xlsx; the first row is row 1."""
    return Table(build_rows(enumerate(rows, start=1)), "名单.xlsx")


def write_xlsx(path: Path, rows: Grid, merges: Sequence[str] = (), sheet: str = "Sheet1") -> Path:
    """A workbook with one sheet, written by openpyxl."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    add_sheet(book, sheet, rows, merges)
    book.save(path)
    return path


def add_sheet(book: Any, title: str, rows: Grid, merges: Sequence[str] = ()) -> None:
    """One more sheet of an openpyxl workbook."""
    page = book.create_sheet(title)
    for row in rows:
        page.append(list(row))
    for merge in merges:
        page.merge_cells(merge)


def write_xls(path: Path, rows: Grid, merges: Sequence[tuple[int, int, int, int]] = ()) -> Path:
    """A BIFF8 workbook; merges are (top, bottom, left, right) from 0."""
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("Sheet1")
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if not any(top <= r <= bottom and left <= c <= right for top, bottom, left, right in merges):
                page.write(r, c, value)
    for top, bottom, left, right in merges:
        page.write_merge(top, bottom, left, right, rows[top][left])
    book.save(str(path))
    return path


def csv_text(rows: Grid, separator: str = ",") -> str:
    """The text of a CSV file."""
    sink = io.StringIO()
    csv.writer(sink, delimiter=separator).writerows(rows)
    return sink.getvalue()


def marks(reading: Reading[Any]) -> list[tuple[int, str, ProblemCode, Severity]]:
    """The problems of a reading without their sentences."""
    return [(one.row, one.column, one.code, one.severity) for one in reading.problems]


def texts(reading: Reading[Any], row: int) -> list[str]:
    """The sentences about one row."""
    return [one.text for one in reading.problems if one.row == row]
