"""Reading a list of leave: who asked, whether it was approved, and who comes instead."""

from __future__ import annotations

from huifeng_desktop.domain.imported import Approval, FileKind, LeaveRow, ProblemCode, Reading
from huifeng_desktop.exchange.cells import parse_approval, plain_reason
from huifeng_desktop.exchange.columns import (
    APPROVAL,
    APPROVER,
    DEPUTY,
    DEPUTY_POST,
    NAME,
    REASON,
    UNIT,
    require_header,
)
from huifeng_desktop.exchange.lines import Line, about_table, data_lines, gathered
from huifeng_desktop.exchange.names import clean_unit, read_name
from huifeng_desktop.exchange.table import Table

_NOBODY = frozenset({"无", "/", "-", "—", "未派人", "不派人"})


def read_leave(table: Table) -> Reading[LeaveRow]:
    """The leave rows of a table. Raises `FileProblem` if there is no 姓名 column or nothing below it."""
    header = require_header(table, FileKind.LEAVE)
    lines = data_lines(table, header, FileKind.LEAVE)
    rows = [_read_row(line) for line in lines]
    return Reading(
        rows=[row for row, line in zip(rows, lines, strict=True) if not line.refused],
        problems=about_table(table, header) + gathered(lines),
        row_count=len(lines),
        columns=header.columns,
        source=table.described,
    )


def read_person(line: Line) -> str:
    """The invited person's name; its absence is an error in every list but the roster."""
    if not line.text(NAME):
        line.refuse(NAME, ProblemCode.MISSING, "缺姓名，请补或删去此行")
    return read_name(line, NAME)


def read_deputy(line: Line) -> str:
    """The name of who comes instead, "" for nobody."""
    return "" if line.text(DEPUTY) in _NOBODY else read_name(line, DEPUTY)


def _read_row(line: Line) -> LeaveRow:
    return LeaveRow(
        row=line.number,
        name=read_person(line),
        unit=clean_unit(line.text(UNIT)),
        reason=plain_reason(line.text(REASON)),
        approval=_approval(line),
        approved_by=line.text(APPROVER),
        deputy_name=read_deputy(line),
        deputy_post=line.text(DEPUTY_POST),
    )


def _approval(line: Line) -> Approval:
    """A list without the column is a list of approved leave; a blank cell needs an approver's name."""
    if line.text(APPROVAL):
        return line.attempt(APPROVAL, parse_approval, Approval.NOT_APPROVED)
    if not line.has_column(APPROVAL) or line.text(APPROVER):
        return Approval.APPROVED
    line.doubt(APPROVAL, ProblemCode.MISSING, "审批未填，按未批处理")
    return Approval.NOT_APPROVED
