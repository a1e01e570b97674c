"""A paper as CSV: header, rows and sums, nothing else, so that other programs can read it.

UTF-8 with a byte order mark, which WPS and Excel need to see Chinese. CSV cannot say that a cell is
text, so one that a spreadsheet would take for a formula gets an apostrophe in front: the mark that
spreadsheets themselves use for "this is text", which also survives being saved again.
"""

from __future__ import annotations

import csv
import re
from io import StringIO

from huifeng_desktop.exchange.papers.setting.paper import Cell, Paper, clean

_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")


def csv_bytes(paper: Paper) -> bytes:
    """The paper's table as CSV with CR LF."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.title for column in paper.columns])
    for row in (*paper.rows, *paper.sums):
        writer.writerow([guarded(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig", errors="replace")


def guarded(cell: Cell) -> Cell:
    """The cell so that no spreadsheet reckons with it; whole numbers stay numbers."""
    if isinstance(cell, int):
        return cell
    text = clean(cell)
    return f"'{text}" if _FORMULA.match(text) else text
