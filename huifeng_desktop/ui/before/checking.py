"""A table between the file and the meeting: every row as it is understood, with every doubt about it.

Knows no Qt. A `Check` is never changed: mending a cell gives the next one, so that going back is
easy and nothing is stored by accident.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from huifeng_desktop import wording
from huifeng_desktop.domain.imported import (
    AgendaRow,
    Approval,
    FileKind,
    LeaveRow,
    RosterRow,
    RowProblem,
    Severity,
)
from huifeng_desktop.domain.people import Category, display_name, mask_phone
from huifeng_desktop.service.before.preparation import LoadPreview, Preparation
from huifeng_desktop.service.ports import ImportSource

APPROVAL = {Approval.APPROVED: "已批", Approval.NOT_APPROVED: "未批", Approval.ORAL: "口头"}
ACTING = "主持工作"
UNIT, NAME, PHONE, NUMBER = "单位", "姓名", "电话", "序号"


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One data row: its cells as the file has them and as they are understood (`shown`)."""

    row: int
    cells: Mapping[str, str]
    shown: Mapping[str, str]
    problems: tuple[RowProblem, ...]
    is_acting: bool = False

    @property
    def has_error(self) -> bool:
        """Whether the row would not be taken."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Check:
    """A source read as one kind, compared with the meeting; nothing of it is stored."""

    kind: FileKind
    source: ImportSource
    preview: LoadPreview
    columns: tuple[str, ...]
    rows: tuple[CheckRow, ...]
    general: tuple[RowProblem, ...]
    """Doubts that belong to no row: sheets that were not read, people who stay."""

    @property
    def error_rows(self) -> list[CheckRow]:
        """Rows that would not be taken."""
        return [row for row in self.rows if row.has_error]

    @property
    def doubtful(self) -> int:
        """How many rows are taken with a doubt."""
        return sum(bool(row.problems) and not row.has_error for row in self.rows)

    @property
    def clean(self) -> int:
        """How many rows nothing was found against."""
        return sum(not row.problems for row in self.rows)

    @property
    def accepted(self) -> int:
        """How many people (items, leaves) would be stored; vacant posts are no people."""
        if self.preview.roster is None:
            return self.preview.accepted
        kept = {seat.seat_id for seat in self.preview.roster.kept}
        return sum(bool(seat.name) and seat.seat_id not in kept for seat in self.preview.roster.seats)

    @property
    def changes_nothing(self) -> bool:
        """Whether the meeting already knows all of it."""
        return not self.preview.facts


def read_check(
    preparation: Preparation, source: ImportSource, kind: FileKind, unit_cap: int | None = None
) -> Check:
    """Read and compare; raises UserProblem (FileProblem) where the table cannot be of this kind."""
    rows, preview = _understood(preparation, source, kind, unit_cap)
    problems: dict[int, list[RowProblem]] = defaultdict(list)
    for problem in preview.problems:
        problems[problem.row].append(problem)
    checked = _check_rows(source, kind, rows, problems)
    numbers = {row.row for row in checked}
    general = tuple(one for one in preview.problems if one.row not in numbers)
    return Check(kind, source, preview, tuple(source.columns(kind)), checked, general)


def mended(
    preparation: Preparation, check: Check, row: int, column: str, text: str, cap: int | None
) -> Check:
    """The check after one cell was corrected."""
    source = check.source.with_cell(check.kind, row, column, text)
    return read_check(preparation, source, check.kind, cap)


def without_row(preparation: Preparation, check: Check, row: int, cap: int | None) -> Check:
    """The check after every cell of a row was emptied, which takes the row away."""
    source = check.source
    for column in check.columns:
        source = source.with_cell(check.kind, row, column, "")
    return read_check(preparation, source, check.kind, cap)


def _understood(
    preparation: Preparation, source: ImportSource, kind: FileKind, unit_cap: int | None
) -> tuple[Mapping[int, Any], LoadPreview]:
    """The rows that can be read, by number, and what they would do to the meeting."""
    if kind is FileKind.ROSTER:
        roster = source.roster(unit_cap or None)
        return {row.row: row for row in roster.rows}, preparation.preview_roster(roster)
    if kind is FileKind.AGENDA:
        agenda = source.agenda()
        return {row.row: row for row in agenda.rows}, preparation.preview_agenda(agenda)
    leave = source.leave()
    return {row.row: row for row in leave.rows}, preparation.preview_leave(leave)


def _check_rows(
    source: ImportSource,
    kind: FileKind,
    rows: Mapping[int, Any],
    problems: Mapping[int, Sequence[RowProblem]],
) -> tuple[CheckRow, ...]:
    """Every data row; section titles, which are neither understood nor doubted, are left out."""
    checked = []
    unit = ""
    for line in source.rows(kind):
        known = rows.get(line.row)
        if known is None and line.row not in problems:
            unit = line.cells.get(UNIT, "") or unit
            continue
        shown = _shown(known) if known is not None else _as_written(line.cells, unit)
        unit = shown.get(UNIT, "") or unit
        acting = kind is FileKind.ROSTER and ACTING in shown.get("职务", "")
        checked.append(CheckRow(line.row, line.cells, shown, tuple(problems.get(line.row, ())), acting))
    return tuple(checked)


def _as_written(cells: Mapping[str, str], unit: str) -> dict[str, str]:
    """The cells of a row that cannot be taken; a telephone number stays masked all the same."""
    shown = {**cells, UNIT: cells.get(UNIT) or unit}
    if NAME in shown:
        shown[NAME] = display_name(shown[NAME])
    if PHONE in shown:
        shown[PHONE] = mask_phone(shown[PHONE])
    return shown


def _shown(row: RosterRow | AgendaRow | LeaveRow) -> dict[str, str]:
    if isinstance(row, RosterRow):
        return _shown_roster(row)
    return _shown_agenda(row) if isinstance(row, AgendaRow) else _shown_leave(row)


def _shown_roster(row: RosterRow) -> dict[str, str]:
    vacant = row.category is Category.VACANT
    return {
        UNIT: row.unit,
        NAME: display_name(row.name) if row.name else "空缺",
        "职务": row.post,
        "身份": wording.CATEGORY[Category.MEMBER if vacant else row.category],
        PHONE: mask_phone(row.phone),
        "座位": row.place,
        "备注": row.note,
    }


def _shown_agenda(row: AgendaRow) -> dict[str, str]:
    limit = row.limit_s if row.limit_s is not None else row.kind.default_limit_s
    return {
        "议题": row.title,
        "发言人": display_name(row.speaker),
        UNIT: row.unit,
        "类型": wording.ITEM_KIND[row.kind],
        "时长": wording.minutes_seconds(limit) or "不限时",
    }


def _shown_leave(row: LeaveRow) -> dict[str, str]:
    return {
        UNIT: row.unit,
        NAME: display_name(row.name),
        "事由": row.reason,
        "审批": APPROVAL[row.approval],
        "批准人": display_name(row.approved_by),
        "代会人": display_name(row.deputy_name),
        "代会人职务": row.deputy_post,
    }
