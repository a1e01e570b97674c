"""What a file says, row by row, before anything is believed or stored.

Readers fill these records; the preparation service compares them with the meeting. `row` is the
file's own row number, from 1, so that a user finds the cell. Nothing here touches a file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

from huifeng_desktop.domain.agenda import ItemKind
from huifeng_desktop.domain.approval import Approval as Approval
from huifeng_desktop.domain.people import Category


class FileKind(StrEnum):
    """What a file is loaded as."""

    ROSTER = "roster"
    AGENDA = "agenda"
    LEAVE = "leave"
    RECORDS = "records"
    HEADCOUNT = "headcount"


class Severity(StrEnum):
    """Whether a row can be taken with a doubt, or not at all."""

    WARNING = "warning"
    ERROR = "error"


class ProblemCode(StrEnum):
    """What may be wrong with a cell; the sentence beside it says it in Chinese."""

    MISSING = "missing"
    LOST_CHARACTER = "lost_character"
    UNREADABLE = "unreadable"
    DUPLICATE = "duplicate"
    SAME_NAME = "same_name"
    NEAR_DUPLICATE = "near_duplicate"
    OVER_CAP = "over_cap"
    UNKNOWN_PERSON = "unknown_person"
    AMBIGUOUS_PERSON = "ambiguous_person"
    OUT_OF_RANGE = "out_of_range"
    NORMALISED = "normalised"
    VACANT = "vacant"
    ACTING = "acting"
    CONFLICT = "conflict"
    KEPT = "kept"
    OVER_RULE = "over_rule"


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One doubt about one cell. `text` is a finished Chinese sentence that says what to do."""

    row: int
    column: str
    value: str
    code: ProblemCode
    text: str
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One line of a roster file; `name` is normalised, empty for a vacant post."""

    row: int
    unit: str
    name: str
    post: str = ""
    category: Category = Category.MEMBER
    phone: str = ""
    place: str = ""
    note: str = ""
    pin: str = field(default="", repr=False)
    """口令 as the file has it; only a digest is ever stored."""


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """One line of an agenda file; `limit_s` None means: the type's own limit."""

    row: int
    title: str
    speaker: str = ""
    unit: str = ""
    kind: ItemKind = ItemKind.OTHER
    limit_s: int | None = None


@dataclass(frozen=True, slots=True)
class LeaveRow:
    """One line of a leave file."""

    row: int
    name: str
    unit: str
    reason: str = ""
    approval: Approval = Approval.APPROVED
    approved_by: str = ""
    deputy_name: str = ""
    deputy_post: str = ""


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One line of an attendance record; times are naive local wall times."""

    row: int
    name: str
    unit: str
    signed_in_at: datetime | None = None
    left_at: datetime | None = None
    returned_at: datetime | None = None
    deputy_name: str = ""
    deputy_post: str = ""
    deputy_approved: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class HeadcountRow:
    """One line of a headcount list; `seen` is True where the list has no 在场 column."""

    row: int
    name: str
    unit: str
    seen: bool = True


RowT = TypeVar("RowT")


@dataclass(frozen=True, slots=True)
class Reading(Generic[RowT]):
    """What one file gave: the rows that can be taken, all problems, and how many data rows it has.

    A row with an ERROR problem is not among `rows`. `columns` are the fields that were found.
    `taken_at` is a headcount's own time if the file states one.
    """

    rows: list[RowT]
    problems: list[RowProblem] = field(default_factory=list)
    row_count: int = 0
    columns: tuple[str, ...] = ()
    source: str = ""
    taken_at: datetime | None = None
