"""The parent's side of reading a workbook: start the child, judge what it said."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from huifeng_desktop.errors import FileProblem
from huifeng_desktop.exchange import workbook_child
from huifeng_desktop.exchange.table import MAX_COLUMNS, Row

TIMEOUT_S = 120


def read_sheets(data: bytes, name: str, max_rows: int) -> list[Mapping[str, Any]]:
    """Every visible sheet of the workbook, as `workbook_child.read_workbook` says."""
    outcome = _run(data, max_rows)
    if outcome.get("error") == "password":
        raise password_problem(name)
    if "error" in outcome:
        raise FileProblem(f"“{name}”已损坏或不完整，读不出表格；请用 WPS 或 Excel 打开后另存为 .xlsx 再试。")
    sheets: list[Mapping[str, Any]] = outcome["sheets"]
    return sheets


def with_marks(rows: tuple[Row, ...], sheet: Mapping[str, Any]) -> tuple[Row, ...]:
    """The rows with what their cells do not show: hidden ones, and formulas without a result."""
    marks, offset = sheet["marks"], sheet["offset"]
    hidden = frozenset(marks.get("hidden_rows", ()))
    unknown: dict[int, set[int]] = defaultdict(set)
    for number, column in marks.get("unknown", ()):
        unknown[number].add(column - offset)
    return tuple(
        replace(row, is_hidden=row.number in hidden, unknown=frozenset(unknown[row.number]))
        if row.number in hidden or row.number in unknown
        else row
        for row in rows
    )


def hidden_columns(sheet: Mapping[str, Any]) -> frozenset[int]:
    """The columns that the file does not show, numbered as the cells of a `Row` are."""
    offset = sheet["offset"]
    return frozenset(
        column - offset
        for first, last in sheet["marks"].get("hidden_columns", ())
        for column in range(first, min(last, offset + MAX_COLUMNS) + 1)
    )


def password_problem(name: str) -> FileProblem:
    """The sentence for a workbook that opens only with a password."""
    return FileProblem(f"“{name}”设有打开密码，读不了；请在 WPS 或 Excel 中取消密码后另存再试。")


def _run(data: bytes, max_rows: int) -> dict[str, Any]:
    if getattr(sys, "frozen", False):
        return workbook_child.read_workbook(data, max_rows)
    command = [sys.executable, "-I", str(Path(workbook_child.__file__)), str(max_rows)]
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=TIMEOUT_S, creationflags=flags, check=False
        )
    except subprocess.TimeoutExpired:
        return {"error": "damaged"}
    if done.returncode != 0:
        return {"error": "damaged"}
    outcome: dict[str, Any] = pickle.loads(done.stdout)
    return outcome
