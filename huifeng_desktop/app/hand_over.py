"""交接包 from the window: written and taken in by the commands `pack` and `merge`, so that it stays alive."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QProcess
from PySide6.QtWidgets import QWidget

from huifeng_desktop.app.starting import program_command
from huifeng_desktop.domain.meeting import MeetingPlan
from huifeng_desktop.paths import safe_file_name
from huifeng_desktop.ui.merge_dialog import MergeDialog, MergeResult

KINDS = "交接包 (*.huifeng);;所有文件 (*)"
_NOT_DONE = "没有完成，请重试。"

Finished = Callable[[str, str], None]
"""What the command printed, and the sentence with which it failed ("": it went well)."""


def pack_name(plan: MeetingPlan) -> str:
    """交接_全县…_20260312-1430.huifeng."""
    return f"交接_{safe_file_name(plan.title, 60)}_{plan.start.astimezone():%Y%m%d-%H%M}.huifeng"


def _run(data: Path, arguments: list[str], parent: QObject, finished: Finished) -> QProcess:
    """Start one of the program's own commands on this folder."""
    program, *rest = program_command("--data", str(data), *arguments, "--json")
    process = QProcess(parent)

    def on_finished(code: int) -> None:
        out, error = (
            bytes(read().data()).decode("utf-8", "replace").strip()
            for read in (process.readAllStandardOutput, process.readAllStandardError)
        )
        process.deleteLater()
        finished(out, (error.splitlines() or [_NOT_DONE])[-1] if code else "")

    process.finished.connect(lambda code, _: on_finished(code))
    process.errorOccurred.connect(
        lambda kind: finished("", _NOT_DONE) if kind is QProcess.ProcessError.FailedToStart else None
    )
    process.start(program, rest)
    return process


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

    _run(data, ["pack", meeting_id, "--out", str(target)], parent, finished)


def merge(data: Path, file: Path, parent: QWidget | None, open_meeting: str) -> MergeDialog:
    """A dialog in which the file is being taken in; `open_meeting` is the one in the window."""
    dialog = MergeDialog(file.name, parent)

    def finished(out: str, problem: str) -> None:
        if problem:
            dialog.show_problem(problem)
            return
        result = MergeResult.from_json(json.loads(out))
        dialog.show_result(result, is_open=result.meeting == open_meeting)

    _run(data, ["merge", str(file)], dialog, finished)
    return dialog
