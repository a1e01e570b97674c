"""归档 and deleting from the window, by the commands that do it: the window stays alive."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QProcess

from huifeng_desktop.app.archive import meeting_of
from huifeng_desktop.app.background import run_command
from huifeng_desktop.app.starting import program_command
from huifeng_desktop.paths import safe_file_name
from huifeng_desktop.service.office import MeetingCard
from huifeng_desktop.ui.records.removal_dialog import RemovalRequest

Tell = Callable[[str, bool], None]
"""A sentence, and whether all went well."""


def archive_name(card: MeetingCard) -> str:
    """Title and start, so that two meetings of one title do not overwrite each other."""
    return f"归档_{safe_file_name(card.title, 60)}_{card.start.astimezone():%Y%m%d-%H%M}.zip"


def archive_file(card: MeetingCard, target: Path) -> Path:
    """Where to write: over an older archive of this meeting, never over what another meeting left there."""
    file = target / archive_name(card)
    if not file.exists() or meeting_of(file) == card.meeting_id:
        return file
    return file.with_name(f"{file.stem}_{safe_file_name(card.meeting_id)}.zip")


def remove(data: Path, request: RemovalRequest, parent: QObject, tell: Tell) -> None:
    """Run the command that deletes a meeting, and tell once how it went."""

    def finished(out: str, problem: str) -> None:
        if problem:
            tell(problem, False)
            return
        said = json.loads(out)
        rest = "" if said["wiped"] else "数据文件正被占用，旧内容在程序关闭时抹去。"
        tell(
            f"“{said['title']}”的 {said['events']} 条记录已删除，归档包 {said['archive']} 可以并回。{rest}",
            True,
        )

    arguments = ["remove", request.meeting_id, "--by", request.by, "--confirm", request.typed]
    run_command(data, [*arguments, "--archive", str(request.archive)], parent, finished)


class Archiving(QObject):
    """Archives one meeting after the other into `target`, tells once how it went, and is gone."""

    def __init__(
        self, data: Path, cards: Sequence[MeetingCard], target: Path, tell: Tell, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._data, self._target, self._tell = data, target, tell
        self._waiting, self._done = list(cards), 0
        self._process = QProcess(self)
        self._process.finished.connect(self._on_finished)
        self._process.errorOccurred.connect(self._on_error)

    def start(self) -> None:
        """Begin with the first."""
        card = self._waiting.pop(0)
        file = archive_file(card, self._target)
        program, *arguments = program_command(
            "--data", str(self._data), "archive", card.meeting_id, "--out", str(file)
        )
        self._process.start(program, arguments)

    def _on_finished(self, code: int, _: QProcess.ExitStatus) -> None:
        out = self._process.readAllStandardError() if code else self._process.readAllStandardOutput()
        lines = bytes(out.data()).decode("utf-8", "replace").strip().splitlines()
        if code:
            done = f"已归档 {self._done} 次会议，其余没有归档。" if self._done else ""
            self._end(done + (lines[-1] if lines else "归档没有完成，请重试。"), False)
            return
        self._done += 1
        if self._waiting:
            self.start()
        else:
            several = f"{self._done} 次会议已归档到 {self._target}。"
            self._end(several if self._done > 1 else lines[-1] if lines else several, True)

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._end("归档没有完成：程序没有启动，请重试。", False)

    def _end(self, sentence: str, ok: bool) -> None:
        self._tell(sentence, ok)
        self.deleteLater()
