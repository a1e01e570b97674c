"""The year's ledger as files: one workbook with persons, units and evidence, and the tables as CSV."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from huifeng_desktop.domain.people import display_name
from huifeng_desktop.exchange.papers.setting.delimited import csv_bytes
from huifeng_desktop.exchange.papers.setting.paper import Cell, Column, Paper, PaperKind, Setting
from huifeng_desktop.exchange.papers.setting.storing import make_folder, put_files
from huifeng_desktop.exchange.papers.setting.workbook import workbook_bytes
from huifeng_desktop.paths import safe_file_name
from huifeng_desktop.rules.ledger import Ledger, LedgerRow
from huifeng_desktop.rules.totals import rate
from huifeng_desktop.wording import clock_time, day, evidence_words, ledger_note

_COUNTS = ("应到", "实到", "请假", "迟到", "早退", "替会", "缺席")
_UNIT = Column("单位", 16, 34, Setting.LEFT, grows=True)
_NAME = Column("姓名", 9, 18, Setting.ONE_LINE)
_FIGURES = tuple(Column(title, 6, 8) for title in _COUNTS)
_ENDING = (Column("到会率", 8, 10), Column("计次", 6, 8), Column("分", 6, 8))
_HINT = Column("提示（由有权机关研究决定）", 18, 44, Setting.LEFT, grows=True)
_PERSONS = (Column("序号", 5, 6), _UNIT, _NAME, *_FIGURES, *_ENDING, _HINT)
_UNITS = (Column("序号", 5, 6), _UNIT, *_FIGURES, *_ENDING)
_EVIDENCE = (
    Column("序号", 5, 6),
    _UNIT,
    _NAME,
    Column("时间", 16, 22),
    Column("会议", 24, 60, Setting.LEFT, grows=True),
    Column("情况", 20, 48, Setting.LEFT, grows=True),
)


@dataclass(frozen=True, slots=True)
class LedgerPaper(Paper):
    """A sheet of the ledger, under a name of its own."""

    sheet: str = ""

    @property
    def name(self) -> str:
        """What the sheet is called."""
        return self.sheet


def export_ledger(found: Ledger, period: str, folder: Path, made_at: datetime) -> list[Path]:
    """Write the workbook and two CSV files into `folder`, all or none; raises FileProblem.

    `period` is the window in words, as in "2026 年".
    """
    persons, units, evidence = ledger_papers(found, period, made_at)
    make_folder(folder)
    stem = safe_file_name(f"台账_{period}")
    return put_files(
        {
            folder / f"{stem}.xlsx": workbook_bytes(persons, units, evidence),
            folder / f"{stem}_个人.csv": csv_bytes(persons),
            folder / f"{stem}_单位.csv": csv_bytes(units),
        }
    )


def ledger_papers(found: Ledger, period: str, made_at: datetime) -> tuple[Paper, Paper, Paper]:
    """Persons, units, and the meetings behind every figure that is not plain attendance."""
    persons = [_person(number, row) for number, row in enumerate(found.persons, 1)]
    units = [_unit(number, row) for number, row in enumerate(found.units, 1)]
    rows = [(row, one) for row in found.persons for one in row.evidence]
    evidence = [
        (
            number,
            one.unit,
            display_name(row.name),
            f"{one.start.year} 年 {day(one.start)} {clock_time(one.start)}",
            one.title,
            evidence_words(one),
        )
        for number, (row, one) in enumerate(rows, 1)
    ]
    return (
        _paper("个人", period, found, made_at, _PERSONS, persons),
        _paper("单位", period, found, made_at, _UNITS, units),
        _paper("依据", period, found, made_at, _EVIDENCE, evidence),
    )


def _paper(
    sheet: str,
    period: str,
    found: Ledger,
    made_at: datetime,
    columns: tuple[Column, ...],
    rows: Sequence[tuple[Cell, ...]],
) -> LedgerPaper:
    note = ledger_note(found)
    source = found.rule_set.ladder_source or found.rule_set.source if found.rule_set else ""
    below = [f"依据：{source.rstrip('。')}。"] if source else []
    below += [found.rule_set.points_note] if found.rule_set and found.rule_set.points_note else []
    below.append("以上为按规则计算的提示，不是处理决定；如何处理由有权机关研究决定。")
    return LedgerPaper(
        PaperKind.STATISTICS,
        f"{period}参会台账（{sheet}）",
        (f"计入台账的会议 {found.meetings} 次{note}　　截至 {day(made_at)} {clock_time(made_at)}",),
        columns,
        tuple(rows),
        below=tuple(below),
        made_at=made_at,
        sheet=sheet,
    )


def _person(number: int, row: LedgerRow) -> tuple[Cell, ...]:
    return (number, row.unit, display_name(row.name), *_figures(row), row.suggestion)


def _unit(number: int, row: LedgerRow) -> tuple[Cell, ...]:
    return (number, row.unit, *_figures(row))


def _figures(row: LedgerRow) -> tuple[Cell, ...]:
    return (
        row.expected,
        row.present,
        row.on_leave,
        row.late,
        row.left_early,
        row.unapproved_substitute,
        row.absent,
        rate(row.present, row.expected),
        row.counted,
        f"{row.points:g}",
    )
