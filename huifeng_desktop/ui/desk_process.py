"""The sign-in desk as a child process of the window: started, listened to, stopped, started again.

It speaks JSON lines on its standard output and stops when its standard input ends. How to call it
is handed in, so that tests can run a child of their own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from PySide6.QtCore import QObject, QProcess, Signal

_USER_PROBLEM_STATUS = 1
_STOP_WAIT_MS = 1500


class DeskProcess(QObject):
    """One desk; `command` is program and arguments without --host and --port."""

    ready = Signal(str, str)
    """Address and token: the desk listens."""
    signed = Signal(int)
    """So many entries were committed."""
    code_changed = Signal(str)
    """The address that the projected code leads to."""
    failed = Signal(str)
    """It is not running; one Chinese sentence says why."""
    restarted = Signal()
    """It had crashed and is being started again: read what it committed."""
    stopped = Signal()
    """It was asked to stop and has stopped."""

    def __init__(self, command: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._command = list(command)
        self._process: QProcess | None = None
        self._host, self._port, self._url = "127.0.0.1", 0, ""
        self._restarts_left = 0
        self._stopping = False

    def is_running(self) -> bool:
        """Whether the child is there, ready or not."""
        return self._process is not None

    def host(self) -> str:
        """The address it was last started on."""
        return self._host

    def url(self) -> str:
        """Where it listens; "" while it does not."""
        return self._url

    def start(self, host: str, port: int = 0) -> None:
        """Start on an address of this machine; a running desk is stopped first."""
        self.stop()
        self.wait_stopped()
        self._host, self._port, self._restarts_left = host, port, 1
        self._launch()

    def stop(self) -> None:
        """Ask it to stop; `stopped` follows."""
        if self._process is not None:
            self._stopping = True
            self._process.closeWriteChannel()

    def wait_stopped(self, wait_ms: int = _STOP_WAIT_MS) -> None:
        """On the way out: give it a moment, then end it by force. Nothing acknowledged is lost."""
        process = self._process
        if process is not None and not process.waitForFinished(wait_ms):
            process.kill()
            process.waitForFinished(wait_ms)

    def _launch(self) -> None:
        process = QProcess(self)
        self._process, self._stopping = process, False
        process.readyReadStandardOutput.connect(self._on_output)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        program, *arguments = self._command
        process.start(program, [*arguments, "--host", self._host, "--port", str(self._port)])

    def _on_output(self) -> None:
        process = self._process
        while process is not None and process.canReadLine():
            self._on_line(bytes(process.readLine().data()))

    def _on_line(self, raw: bytes) -> None:
        try:
            line = json.loads(raw)
        except ValueError:
            return
        if isinstance(line, dict):
            self._take(line)

    def _take(self, line: Mapping[str, Any]) -> None:
        if line.get("ready"):
            self._url = str(line.get("url", ""))
            self._port = urlsplit(self._url).port or self._port
            self.ready.emit(self._url, str(line.get("token", "")))
        elif line.get("event") == "signed":
            self.signed.emit(int(line.get("count", 0)))
        elif line.get("event") == "code":
            self.code_changed.emit(str(line.get("payload", "")))

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._forget()
            self.failed.emit(
                "签到服务没能启动，手机暂时不能签到。请改用键入或扫码签到，会后检查安装是否完整。"
            )

    def _on_finished(self, status: int, how: QProcess.ExitStatus) -> None:
        self._on_output()
        words = self._last_words()
        asked = self._stopping
        self._forget()
        if asked:
            self.stopped.emit()
        elif status == _USER_PROBLEM_STATUS and how is QProcess.ExitStatus.NormalExit and words:
            self.failed.emit(words)
        elif self._restarts_left:
            self._restarts_left -= 1
            self._launch()
            self.restarted.emit()
        else:
            self.failed.emit("签到服务意外停止，手机暂时不能签到；已签到的都在。请重新开放，或改用键入签到。")

    def _last_words(self) -> str:
        """The sentence with which the child gave up; nothing after a crash with a traceback."""
        if self._process is None:
            return ""
        text = bytes(self._process.readAllStandardError().data()).decode("utf-8", "replace")
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        return lines[-1] if lines and "Traceback" not in text else ""

    def _forget(self) -> None:
        if self._process is not None:
            self._process.deleteLater()
        self._process, self._url = None, ""
