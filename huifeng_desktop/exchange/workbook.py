"""The parent's side of reading a workbook: start the child, judge what it said."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from huifeng_desktop.errors import FileProblem
from huifeng_desktop.exchange import workbook_child

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
