"""The sign-in desk as a child process of the window: started, listened to, stopped, started again.

It speaks JSON lines on its standard output and stops when its standard input ends. How to call it
is handed in, so that tests can run a child of their own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from PySide6.QtCore import QObject, QProcess, Signal

_USER_PROBLEM_STATUS = 1
_STOP_WAIT_MS = 1500


class DeskScreen(StrEnum):
    """A page of the desk that the secretary opens and closes apart from the phones' sign-in."""

    STAGE = "stage"
    """The stage in a browser, for a tablet before the speaker."""
    REMOTE = "remote"
    """The secretary's telephone as a remote."""


class DeskProcess(QObject):
    """One desk; `command` is program and arguments without --host and --port.

    It runs as long as phones may sign in or a screen is open; signals about phones are not sent
    for a desk that runs for screens alone.
    """

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
    screen_changed = Signal(object, str, str)
    """A `DeskScreen`, its address ("": it is closed) and, of the remote, the PIN."""
    bell_rung = Signal()
    """The remote asks for the bell."""
    pressed = Signal()
    """The remote has changed the timer: read the log."""
    troubled = Signal(str)
    """A screen could not be opened or was lost; one Chinese sentence says so."""

    def __init__(self, command: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._command = list(command)
        self._process: QProcess | None = None
        self._host, self._port, self._url = "127.0.0.1", 0, ""
        self._token = ""
        self._phones = self._has_phones = self._is_ready = self._stopping = False
        self._screens: dict[DeskScreen, str] = {}
        self._restarts_left = 0

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
        """Let phones in on an address of this machine; a desk that runs for phones is started anew."""
        self._host, self._phones = host, True
        if self._screens and self._process is not None:
            self.tell(command="open_phones", host=host)
            return
        self.wait_stopped()
        self._port, self._restarts_left = port, 1
        self._launch()

    def stop(self) -> None:
        """Keep phones out, and stop unless a screen is open; `stopped` follows."""
        self._phones = False
        if self._screens:
            self.tell(command="close_phones")
        else:
            self._end()

    def open_screen(self, screen: DeskScreen, host: str) -> None:
        """Open a screen on an address of this machine, under a new address; `screen_changed` follows."""
        self._screens[screen] = host
        if self._process is None:
            self._port, self._restarts_left = 0, 1
            self._launch()
        else:
            self.tell(command=f"open_{screen}", host=host)

    def close_screen(self, screen: DeskScreen) -> None:
        """Void its address and everybody who came by it."""
        self._screens.pop(screen, None)
        self.tell(command=f"close_{screen}")
        if not (self._phones or self._screens):
            self._end()

    def tell(self, **command: Any) -> None:
        """Send a command line, once it can be heard; before that the wishes are kept as they are."""
        if self._process is not None and self._is_ready:
            self._process.write(json.dumps(command).encode() + b"\n")

    def _end(self) -> None:
        if self._process is not None:
            self._stopping = True
            self._process.closeWriteChannel()

    def wait_stopped(self, wait_ms: int = _STOP_WAIT_MS) -> None:
        """End it: give it a moment, then by force. Nothing acknowledged is lost."""
        self._end()
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
        self._has_phones = self._phones
        host, more = (self._host, []) if self._phones else ("127.0.0.1", ["--no-phones"])
        process.start(program, [*arguments, "--host", host, "--port", str(self._port), *more])

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
        event = line.get("event")
        if line.get("ready"):
            self._on_ready(str(line.get("url", "")), str(line.get("token", "")))
        elif event == "signed":
            self.signed.emit(int(line.get("count", 0)))
        elif event == "code":
            self.code_changed.emit(str(line.get("payload", "")))
        elif event == "phones":
            self._show_phones(str(line.get("url", "")))
        elif event in set(DeskScreen):
            self.screen_changed.emit(DeskScreen(event), str(line.get("url", "")), str(line.get("pin", "")))
        elif event == "bell":
            self.bell_rung.emit()
        elif event == "pressed":
            self.pressed.emit()
        elif event == "problem":
            self.troubled.emit(str(line.get("message", "")))

    def _on_ready(self, url: str, token: str) -> None:
        self._is_ready, self._token = True, token
        self._port = urlsplit(url).port or self._port
        if self._phones and self._has_phones:
            self._show_phones(url)
        elif self._phones:
            self.tell(command="open_phones", host=self._host)
        elif self._has_phones:
            self.tell(command="close_phones")
        for screen, host in self._screens.items():
            self.tell(command=f"open_{screen}", host=host)

    def _show_phones(self, url: str) -> None:
        """Phones may sign in at `url`, or not any more."""
        self._url = url
        if url:
            self.ready.emit(url, self._token)
        else:
            self.stopped.emit()

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._forget()
            self._give_up("签到服务没能启动，手机暂时不能签到。请改用键入或扫码签到，会后检查安装是否完整。")

    def _on_finished(self, status: int, how: QProcess.ExitStatus) -> None:
        self._on_output()
        words = self._last_words()
        asked = self._stopping
        self._forget()
        if asked:
            self.stopped.emit()
        elif status == _USER_PROBLEM_STATUS and how is QProcess.ExitStatus.NormalExit and words:
            self._give_up(words)
        elif self._restarts_left:
            self._restarts_left -= 1
            self._launch()
            self._say_restarted()
        else:
            self._give_up("签到服务意外停止，手机暂时不能签到；已签到的都在。请重新开放，或改用键入签到。")

    def _say_restarted(self) -> None:
        if self._phones:
            self.restarted.emit()
        for screen in self._screens:
            self.screen_changed.emit(screen, "", "")
        if self._screens:
            self.troubled.emit("平板和遥控的连接刚才中断，正在重新打开；地址已更换，请重新扫码。")

    def _give_up(self, sentence: str) -> None:
        """It will not run again by itself."""
        lost, self._screens = self._screens, {}
        for screen in lost:
            self.screen_changed.emit(screen, "", "")
        if self._phones:
            self._phones = False
            self.failed.emit(sentence)
        else:
            self.troubled.emit("平板和遥控没能打开，请稍后再试；计时和投影不受影响。")

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
        self._process, self._url, self._is_ready = None, "", False
