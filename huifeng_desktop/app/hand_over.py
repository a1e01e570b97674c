"""交接包 from the window: written and taken in by the commands `pack` and `merge`, so that it stays alive."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from huifeng_desktop.app.background import run_command
from huifeng_desktop.domain.meeting import MeetingPlan
from huifeng_desktop.paths import safe_file_name
from huifeng_desktop.ui.records.merge_dialog import MergeDialog, MergeResult

KINDS = "交接包、归档包 (*.huifeng *.zip);;所有文件 (*)"


def pack_name(plan: MeetingPlan) -> str:
    """交接_全县…_20260312-1430.huifeng."""
    return f"交接_{safe_file_name(plan.title, 60)}_{plan.start.astimezone():%Y%m%d-%H%M}.huifeng"


def pack(
    data: Path, meeting_id: str, target: Path, parent: QObject, say: Callable[[str, bool], None]
) -> None:
    """Write the hand-over file; `say` hears a sentence and whether it went well."""

    def finished(out: str, problem: str) -> None:
        if problem:
            say(problem, False)
            return
        count = json.loads(out)["events"]
        say(f"交接包已存入 {target}，共 {count} 条记录。拷到另一台电脑用“并入交接包”打开，就能接着录。", True)

    run_command(data, ["pack", meeting_id, "--out", str(target)], parent, finished)


def merge(data: Path, file: Path, parent: QWidget | None, open_meeting: str) -> MergeDialog:
    """A dialog in which the file is being taken in; `open_meeting` is the one in the window."""
    dialog = MergeDialog(file.name, parent)

    def finished(out: str, problem: str) -> None:
        if problem:
            dialog.show_problem(problem)
            return
        result = MergeResult.from_json(json.loads(out))
        dialog.show_result(result, is_open=result.meeting == open_meeting)

    run_command(data, ["merge", str(file)], dialog, finished)
    return dialog
