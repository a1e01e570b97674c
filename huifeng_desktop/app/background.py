"""The program's own commands in another process, so that the window stays alive meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QProcess

from huifeng_desktop.app.starting import program_command

_NOT_DONE = "没有完成，请重试。"

Finished = Callable[[str, str], None]
"""What the command printed, and the sentence with which it failed ("": it went well)."""


def run_command(data: Path, arguments: list[str], parent: QObject, finished: Finished) -> QProcess:
    """Start a command on this folder with `--json`."""
    program, *rest = program_command("--data", str(data), *arguments, "--json")
    process = QProcess(parent)

    def on_finished(code: int) -> None:
        out, error = (
            bytes(read().data()).decode("utf-8", "replace").strip()
            for read in (process.readAllStandardOutput, process.readAllStandardError)
        )
        # What waits for it may go with these connections, and must not take the process along while it ends.
        process.setParent(QCoreApplication.instance())
        process.deleteLater()
        finished(out, (error.splitlines() or [_NOT_DONE])[-1] if code else "")

    process.finished.connect(lambda code, _: on_finished(code))
    process.errorOccurred.connect(
        lambda kind: finished("", _NOT_DONE) if kind is QProcess.ProcessError.FailedToStart else None
    )
    process.start(program, rest)
    return process
