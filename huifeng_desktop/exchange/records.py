"""Reading attendance records and headcounts kept on paper or in another program."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from huifeng_desktop.domain.imported import FileKind, HeadcountRow, ProblemCode, Reading, RecordRow
from huifeng_desktop.exchange.cells import CellProblem, parse_yes_no
from huifeng_desktop.exchange.columns import (
    DEPUTY,
    DEPUTY_APPROVED,
    DEPUTY_POST,
    LEFT,
    NOTE,
    RETURNED,
    SEEN,
    SIGNED_IN,
    TAKEN_AT,
    UNIT,
    require_header,
)
from huifeng_desktop.exchange.leave import read_deputy, read_person
from huifeng_desktop.exchange.lines import Line, about_table, data_lines, gathered
from huifeng_desktop.exchange.moments import NIGHT_ENDS, parse_moment
from huifeng_desktop.exchange.names import clean_unit
from huifeng_desktop.exchange.table import Table, text_of

_TAKEN_AT_TITLE = re.compile(
    r"(?:清点|点名)时(?:间|刻)\s*[:：]?\s*([\d年月日号时点分秒半上中下晚午:：/.\-\s]+)"
)


def read_records(table: Table, meeting_day: date) -> Reading[RecordRow]:
    """The attendance rows of a table; a time without a date belongs to `meeting_day`.

    Raises `FileProblem` if 姓名 or every column of times is missing, or if nothing is below them.
    """
    header = require_header(table, FileKind.RECORDS)
    lines = data_lines(table, header, FileKind.RECORDS)
    rows = [_read_record(line, meeting_day) for line in lines]
    return Reading(
        rows=[row for row, line in zip(rows, lines, strict=True) if not line.refused],
        problems=about_table(table, header) + gathered(lines),
        row_count=len(lines),
        columns=header.columns,
        source=table.described,
    )


def read_headcount(table: Table, meeting_day: date) -> Reading[HeadcountRow]:
    """Who was seen; a list without a 在场 column is a list of those seen.

    `taken_at` is the list's own 清点时间, from its column or a line above the header.
    """
    header = require_header(table, FileKind.HEADCOUNT)
    lines = data_lines(table, header, FileKind.HEADCOUNT)
    blank_means_no = _blank_means_no(lines)
    rows = [_read_seen(line, blank_means_no) for line in lines]
    taken_at = _taken_at(lines, meeting_day) or _taken_at_above(table, header.row, meeting_day)
    return Reading(
        rows=[row for row, line in zip(rows, lines, strict=True) if not line.refused],
        problems=about_table(table, header) + gathered(lines),
        row_count=len(lines),
        columns=header.columns,
        source=table.described,
        taken_at=taken_at,
    )


def _read_record(line: Line, day: date) -> RecordRow:
    row = RecordRow(
        row=line.number,
        name=read_person(line),
        unit=clean_unit(line.text(UNIT)),
        signed_in_at=_moment(line, SIGNED_IN, day),
        left_at=_moment(line, LEFT, day),
        returned_at=_moment(line, RETURNED, day),
        deputy_name=read_deputy(line),
        deputy_post=line.text(DEPUTY_POST),
        deputy_approved=line.attempt(DEPUTY_APPROVED, _yes_no_or_none, None),
        note=line.text(NOTE),
    )
    if not line.refused:
        _check_order(line, row)
        _check_deputy(line, row)
    return row


def _moment(line: Line, column: str, day: date) -> datetime | None:
    moment = line.attempt_cell(column, lambda cell: parse_moment(cell, day), None)
    if moment is not None and time() < moment.time() < NIGHT_ENDS:
        text = f"凌晨 {moment:%H:%M}，如为下午请写“{moment.hour + 12}:{moment:%M}”"
        line.doubt(column, ProblemCode.OUT_OF_RANGE, text)
    return moment


def _yes_no_or_none(text: str) -> bool | None:
    return None if text in ("/", "-", "—") else parse_yes_no(text)


def _check_order(line: Line, row: RecordRow) -> None:
    if row.signed_in_at and row.left_at and row.left_at < row.signed_in_at:
        line.refuse(LEFT, ProblemCode.CONFLICT, "离场早于签到，请核对两个时间")
    elif row.returned_at and not row.left_at:
        line.refuse(RETURNED, ProblemCode.CONFLICT, "有返回时间而无离场时间，请补离场时间")
    elif row.returned_at and row.left_at and row.returned_at < row.left_at:
        line.refuse(RETURNED, ProblemCode.CONFLICT, "返回早于离场，请核对两个时间")


def _check_deputy(line: Line, row: RecordRow) -> None:
    if row.deputy_name and row.signed_in_at is None:
        line.refuse(SIGNED_IN, ProblemCode.MISSING, "有代会人而无签到时间，请补签到时间")
    elif row.deputy_approved and not row.deputy_name:
        line.doubt(DEPUTY, ProblemCode.MISSING, "批准了代会而未填代会人，请补")


def _blank_means_no(lines: list[Line]) -> bool:
    """A list that only ticks those present leaves the others blank; one that says 否 does not."""
    said = set()
    for line in lines:
        if line.text(SEEN):
            try:
                said.add(parse_yes_no(line.text(SEEN)))
            except CellProblem:
                continue
    return said == {True}


def _read_seen(line: Line, blank_means_no: bool) -> HeadcountRow:
    seen = line.attempt(SEEN, parse_yes_no, not line.has_column(SEEN))
    if line.has_column(SEEN) and not line.text(SEEN) and not blank_means_no:
        line.refuse(SEEN, ProblemCode.MISSING, "在场未填，请填是或否")
    return HeadcountRow(line.number, read_person(line), clean_unit(line.text(UNIT)), seen)


def _taken_at(lines: list[Line], day: date) -> datetime | None:
    """The first time stated in the column; rows that state another are doubted."""
    first: datetime | None = None
    for line in lines:
        moment = line.attempt_cell(TAKEN_AT, lambda cell: parse_moment(cell, day), None)
        first = first or moment
        if moment and first and moment != first:
            line.doubt(TAKEN_AT, ProblemCode.CONFLICT, f"清点时间与首行不同，按 {first:%H:%M} 记")
    return first


def _taken_at_above(table: Table, header_row: int, day: date) -> datetime | None:
    for row in table.rows:
        if row.number >= header_row:
            break
        for match in filter(None, (_TAKEN_AT_TITLE.search(text_of(cell)) for cell in row.cells)):
            try:
                return parse_moment(match[1], day)
            except CellProblem:
                continue
    return None
