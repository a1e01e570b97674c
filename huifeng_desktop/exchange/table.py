"""A table as a file holds it: cells with their type and the file's own row numbers.

Everything that reads a format ends here, everything that reads a meaning starts here. A cell that
was merged downwards is repeated in each row it covers; one merged sideways stays in its first column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

Cell = str | int | float | bool | datetime | date | time | timedelta
Place = tuple[int, int]
Merge = tuple[Place, Place]
"""First and last place of a merged range, (row, column), both from 0."""

MAX_COLUMNS = 200

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_SPACE = re.compile(r"\s+")
_FORMULA_TEXT = re.compile(r'^="(.*)"$', re.DOTALL)
_GUARD_MARK = re.compile(r"^'(?=[=+\-@])")


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not blank.

    `number` counts from 1 as the file does. `carried` are the columns whose value came down from a
    merged cell above; `is_wide` tells that a cell of this row is merged over several columns; `unknown`
    are the columns whose formula has no result; `is_hidden` tells that the file does not show the row.
    """

    number: int
    cells: tuple[Cell, ...]
    carried: frozenset[int] = frozenset()
    is_wide: bool = False
    unknown: frozenset[int] = frozenset()
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one sheet. `source` names the file; `unread` other sheets with a like header.

    `hidden` are the columns, from 0, that the file does not show.
    """

    rows: tuple[Row, ...]
    source: str
    sheet: str = ""
    unread: tuple[str, ...] = ()
    hidden: frozenset[int] = frozenset()

    @property
    def described(self) -> str:
        """The file's name and, where there is a choice, the sheet that was read."""
        return f"{self.source}（工作表“{self.sheet}”）" if self.sheet else self.source


def text_of(cell: Cell) -> str:
    """The cell as one line of text: no control characters, runs of white space as one space."""
    return _SPACE.sub(" ", raw_text(cell)).strip()


def raw_text(cell: Cell) -> str:
    """The cell as text with its line breaks kept."""
    if isinstance(cell, str):
        plain = _FORMULA_TEXT.sub(r"\1", cell.strip())
        return _CONTROL.sub("", _GUARD_MARK.sub("", plain))
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    return str(cell)


def is_blank(cell: Cell) -> bool:
    """Whether a cell shows nothing."""
    return isinstance(cell, str) and not text_of(cell)


Numbered = Iterable[tuple[int, Sequence[Cell]]]


def build_rows(numbered: Numbered, merges: Iterable[Merge] = ()) -> tuple[Row, ...]:
    """Rows from (number, cells), with merged cells repeated downwards; blank rows are left out."""
    shown = ((number, values) for number, values in numbered if not all(map(is_blank, values)))
    cells = {number: list(values[:MAX_COLUMNS]) for number, values in shown}
    last = max(cells, default=0)
    carried: dict[int, set[int]] = {number: set() for number in cells}
    wide: set[int] = set()
    for (top, left), (bottom, right) in merges:
        first = cells.get(top + 1, [])
        if left >= len(first) or is_blank(first[left]):
            continue
        if right > left:
            wide.add(top + 1)
        for number in range(top + 2, min(bottom + 1, last) + 1):
            if number in cells and left < len(cells[number]):
                cells[number][left] = first[left]
                carried[number].add(left)
    return tuple(
        Row(number, tuple(values), frozenset(carried[number]), number in wide)
        for number, values in sorted(cells.items())
    )
