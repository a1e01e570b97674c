"""The rows under a header, read by column name, each gathering the doubts about its cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

from huifeng_desktop.domain.imported import FileKind, ProblemCode, RowProblem, Severity
from huifeng_desktop.errors import FileProblem
from huifeng_desktop.exchange.cells import CellProblem
from huifeng_desktop.exchange.columns import LAYOUTS, SEQ, Header, match_columns
from huifeng_desktop.exchange.table import Cell, Row, Table, is_blank, raw_text, text_of

ValueT = TypeVar("ValueT")

_TOTALS = re.compile(r"(合计|总计|小计|共计|累计)(\s*[:：（(\d].*|人数|人)?")
_FOOTERS = re.compile(
    r"(填表人|填报人|制表人?|填表单位|填报单位|审核人?|审批人|经办人|联系人|联系电话|负责人|记录人|监督人|备注|附注|注|说明"
    r"|日期|填表日期|填报日期|制表日期|填报时间|承办人|校对|咨询电话|报送单位|报送时间"
    r"|(主要|主管|分管|单位)?(领导|负责人)?(签字|签名|签章|盖章|意见)|公章)\s*\d?\s*[:：].*",
    re.DOTALL,
)


class Line:
    """One data row; `refused` once a cell of it cannot be taken."""

    def __init__(self, row: Row, header: Header) -> None:
        self.number = row.number
        self.problems: list[RowProblem] = []
        self._row = row
        self._header = header
        self._note_marks()

    @property
    def refused(self) -> bool:
        """Whether an ERROR was found in this row."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    def has_column(self, column: str) -> bool:
        """Whether the file has this column at all."""
        return column in self._header.places

    def cell(self, column: str) -> Cell:
        """The cell as the file types it; blank text where the file has no such column or cell."""
        place = self._header.places.get(column)
        return self._row.cells[place] if place is not None and place < len(self._row.cells) else ""

    def text(self, column: str) -> str:
        """The cell as one line of text."""
        return text_of(self.cell(column))

    def raw(self, column: str) -> str:
        """The cell as text with its line breaks."""
        return raw_text(self.cell(column))

    def own(self, column: str) -> str:
        """The text of a cell, unless it only came down from a merged cell above."""
        return "" if self._header.places.get(column) in self._row.carried else self.text(column)

    def is_unknown(self, column: str) -> bool:
        """Whether the cell is a formula without a result, which looks blank and is not."""
        return self._header.places.get(column) in self._row.unknown

    @property
    def own_columns(self) -> frozenset[str]:
        """The columns in which this row says something itself, the number aside."""
        return frozenset(column for column in self._header.places if column != SEQ and self.own(column))

    @property
    def lone_text(self) -> str:
        """The text of the only filled cell of the row, as in headings and notes; else ""."""
        filled = [
            text_of(cell)
            for place, cell in enumerate(self._row.cells)
            if not is_blank(cell) and place not in self._row.carried
        ]
        return filled[0] if len(filled) == 1 else ""

    @property
    def is_heading(self) -> bool:
        """Whether the row is a section title: one cell, merged over several columns."""
        return self._row.is_wide and bool(self.lone_text)

    def refuse(self, column: str, code: ProblemCode, text: str, value: str | None = None) -> None:
        """An ERROR: the row will not be taken."""
        self._note(column, code, text, value, Severity.ERROR)

    def doubt(self, column: str, code: ProblemCode, text: str, value: str | None = None) -> None:
        """A WARNING: the row is taken, the user should look."""
        self._note(column, code, text, value, Severity.WARNING)

    def attempt(self, column: str, parse: Callable[[str], ValueT], default: ValueT) -> ValueT:
        """What `parse` makes of the text; `default` for a blank cell, and with an ERROR for a bad one."""
        text = self.text(column)
        return self.attempt_cell(column, lambda _: parse(text), default) if text else default

    def attempt_cell(self, column: str, parse: Callable[[Cell], ValueT], default: ValueT) -> ValueT:
        """What `parse` makes of the typed cell; `default` with an ERROR for a bad one."""
        try:
            return parse(self.cell(column))
        except CellProblem as problem:
            self.refuse(column, problem.code, str(problem))
            return default

    def _note_marks(self) -> None:
        """What the file has in this row and does not show; the numbers in front are of no account."""
        columns = [column for column in self._header.columns if column != SEQ]
        for column in filter(self.is_unknown, columns):
            self.doubt(column, ProblemCode.UNREADABLE, "公式没有结果，请补")
        if self._row.is_hidden:
            self.doubt(columns[0], ProblemCode.CONFLICT, "原表中此行隐藏，请核对")

    def _note(self, column: str, code: ProblemCode, text: str, value: str | None, severity: Severity) -> None:
        shown = self.text(column) if value is None else value
        self.problems.append(RowProblem(self.number, column, shown, code, text, severity))


def lines_below(table: Table, header: Header, kind: FileKind) -> list[Line]:
    """Every row under the header but repeated headers, totals and the signatures at the foot."""
    return [
        Line(row, header)
        for row in table.rows
        if row.number > header.row and not _is_repeated(row, header, kind) and not _is_footer(row)
    ]


def data_lines(table: Table, header: Header, kind: FileKind) -> list[Line]:
    """The rows that say something in a known column; a `FileProblem` where there is none."""
    lines = [line for line in lines_below(table, header, kind) if line.own_columns and not line.is_heading]
    if not lines:
        raise FileProblem(f"“{table.described}”的表头下面没有内容；请检查是否存错了文件。")
    return lines


def gathered(lines: Iterable[Line]) -> list[RowProblem]:
    """All problems in the order of the rows."""
    return [problem for line in lines for problem in line.problems]


def about_table(table: Table, header: Header) -> list[RowProblem]:
    """Warnings about the whole table: further sheets of the same kind, columns that the file hides."""
    return _hidden_columns(table, header) + _unread_sheets(table, header)


def _hidden_columns(table: Table, header: Header) -> list[RowProblem]:
    return [
        RowProblem(
            header.row,
            column,
            "",
            ProblemCode.CONFLICT,
            f"“{column}”一栏在原表里是隐藏的，也读入了；请核对是否有用",
            Severity.WARNING,
        )
        for column, place in header.places.items()
        if place in table.hidden and column != SEQ
    ]


def _unread_sheets(table: Table, header: Header) -> list[RowProblem]:
    return [
        RowProblem(
            header.row,
            "工作表",
            sheet,
            ProblemCode.MISSING,
            f"只读了“{table.sheet}”，工作表“{sheet}”未读；如也需要，请并到一张表",
            Severity.WARNING,
        )
        for sheet in table.unread
    ]


def _is_repeated(row: Row, header: Header, kind: FileKind) -> bool:
    texts = [text_of(cell) for cell in row.cells if not is_blank(cell)]
    heads = len(match_columns(row, LAYOUTS[kind]))
    return (heads >= 2 and heads * 2 >= len(texts)) or texts == [text for text in header.texts if text]


def _is_footer(row: Row) -> bool:
    own = (text_of(cell) for place, cell in enumerate(row.cells) if place not in row.carried)
    first = next((text for text in own if text), "")
    compact = first.replace(" ", "")
    return bool(_TOTALS.fullmatch(compact) or _FOOTERS.fullmatch(compact))
