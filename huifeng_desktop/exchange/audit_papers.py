"""操作记录 as a file: one table, as XLSX to be printed or as CSV for other programs. No formulas."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from huifeng_desktop.exchange.papers.setting.delimited import csv_bytes
from huifeng_desktop.exchange.papers.setting.paper import Column, Paper, PaperKind, Setting
from huifeng_desktop.exchange.papers.setting.storing import make_folder, put_files
from huifeng_desktop.exchange.papers.setting.workbook import workbook_bytes
from huifeng_desktop.service.audit.trail import AuditRow
from huifeng_desktop.wording import clock_time, day

_LEFT = Setting.LEFT
_COLUMNS = (
    Column("序号", 6, 7),
    Column("时间", 20, 32),
    Column("操作", 10, 14),
    Column("对象", 18, 34, _LEFT, grows=True),
    Column("内容", 24, 48, _LEFT, grows=True),
    Column("此前", 18, 40, _LEFT, grows=True),
    Column("原因", 14, 34, _LEFT, grows=True),
    Column("操作人", 14, 22),
    Column("设备", 14, 24),
    Column("撤销情况", 14, 34, _LEFT, grows=True),
)


@dataclass(frozen=True, slots=True)
class AuditPaper(Paper):
    """The sheet under a name of its own."""

    @property
    def name(self) -> str:
        """What the sheet is called."""
        return "操作记录"


def export_audit(rows: Iterable[AuditRow], title: str, target: Path, made_at: datetime) -> Path:
    """Write the rows in their order to `target` (.xlsx or .csv), whole or not at all; raises FileProblem."""
    paper = audit_paper(rows, title, made_at)
    make_folder(target.parent)
    data = csv_bytes(paper) if target.suffix.lower() == ".csv" else workbook_bytes(paper)
    return put_files({target: data})[0]


def audit_paper(rows: Iterable[AuditRow], title: str, made_at: datetime) -> AuditPaper:
    """The table with every column of the view."""
    cells = [
        (
            number,
            row.at,
            row.kind,
            row.who,
            row.what,
            row.before,
            row.why,
            row.by,
            row.device,
            row.undone,
        )
        for number, row in enumerate(rows, 1)
    ]
    return AuditPaper(
        PaperKind.STATISTICS,
        f"{title}操作记录",
        (f"共 {len(cells)} 条，最近的在前　　截至 {day(made_at)} {clock_time(made_at)}",),
        _COLUMNS,
        tuple(cells),
        below=("本表由原始记录生成，每一条都在校验链里，可在“操作记录”里用“核对”查证。",),
        made_at=made_at,
    )
