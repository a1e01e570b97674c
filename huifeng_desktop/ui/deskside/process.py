"""The sign-in desk as a child process of the window: started, listened to, stopped, started again.

It speaks JSON lines on its standard output and stops when its standard input ends. How to call it
is handed in, so that tests can run a child of their own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from PySide6.QtCore import QElapsedTimer, QObject, QProcess, Signal

from huifeng_desktop.ui.deskside.screens import DeskScreen, ScreenPlace

USUAL_PORT = 8520
"""Taken where it is free, so that a firewall has to be told only once."""
_AFTER_CRASH = {
    DeskScreen.STAGE: ("平板", "平板不用动"),
    DeskScreen.REMOTE: ("遥控", "遥控不用动"),
}
_USER_PROBLEM_STATUS = 1
_STOP_WAIT_MS = 1500
_FALSE_STARTS, _IDLE_CRASHES = 2, 10
"""So many times in a row it may crash before it listens, and before it has taken an entry."""
_STEADY_MS = 10_000
"""A desk that was there for so long has started well."""


class DeskProcess(QObject):
    """One desk; `command` is program and arguments without --host and --port.

    It runs as long as phones may sign in or a screen is open; signals about phones are not sent
    for a desk that runs for screens alone. After a crash it is started again, as often as
    it takes and at the same port unless somebody else has it by then; only a desk that crashes again and
    again without having taken an entry is given up.
    """

    ready = Signal(str, str)
    """Address and token: the desk listens."""
    signed = Signal(int)
    """So many entries were committed."""
    code_changed = Signal(str)
    """The address that the projected code leads to."""
    failed = Signal(str)
    """It is not running; one Chinese sentence says why."""
    storage_changed = Signal(str)
    """What keeps it from storing entries, in one sentence; "" when it can again."""
    restarted = Signal()
    """It had crashed and is being started again: read what it committed."""
    stopped = Signal()
    """It was asked to stop and has stopped."""
    screen_changed = Signal(object, str, str)
    """A `DeskScreen`, its address ("": it is closed) and, of the remote, the PIN."""
    screen_closed = Signal(object)
    """The operator closed this `DeskScreen`: its address is void for good."""
    bell_rung = Signal()
    """The remote asks for the bell."""
    pressed = Signal()
    """The remote has changed the timer: read the log."""
    came_up = Signal()
    """It runs (again) and takes commands: whatever it was to keep open has to be said anew."""
    desks_listed = Signal(list)
    """The second desks that are open, each a dict of id, name, key, url, seen, address and entries."""
    visited = Signal(int, str)
    """So many other devices have loaded the phones' page, the last one at HH:MM:SS."""
    network_turned = Signal(str, str)
    """"moved", "lost" or "back", and the address (host:port) that leads to the desk now."""
    troubled = Signal(str)
    """A screen could not be opened or was lost; one Chinese sentence says so."""

    def __init__(
        self, command: Sequence[str], parent: QObject | None = None, *, usual_port: int = USUAL_PORT
    ) -> None:
        super().__init__(parent)
        self._command, self._usual_port = list(command), usual_port
        self._process: QProcess | None = None
        self._host, self._url = "127.0.0.1", ""
        self._asked_port = self._last_port = 0
        self._token = ""
        self._phones = self._has_phones = self._is_ready = self._stopping = False
        self._screens: dict[DeskScreen, ScreenPlace] = {}
        self._shown: dict[DeskScreen, tuple[str, str]] = {}
        self._has_desks = False
        self._false_starts = self._idle_crashes = 0
        self._up = QElapsedTimer()

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
        if self._runs_apart and self._process is not None:
            self.tell(command="open_phones", host=host, port=self._usual_port)
            return
        self.wait_stopped()
        self._asked_port, self._last_port = port, 0
        self._launch_anew()

    def stop(self) -> None:
        """Keep phones out, and stop unless a screen is open; `stopped` follows."""
        self._phones = False
        if self._runs_apart:
            self.tell(command="close_phones")
        else:
            self._end()

    def open_screen(self, screen: DeskScreen, host: str) -> None:
        """Open a screen on an address of this machine, under a new address; `screen_changed` follows."""
        self.reopen_screen(screen, ScreenPlace(host))

    def place(self, screen: DeskScreen) -> ScreenPlace | None:
        """Where a screen is open, or is to be."""
        return self._screens.get(screen)

    def address(self, screen: DeskScreen) -> tuple[str, str]:
        """Where a screen can be seen now and its PIN; "" while it is closed."""
        return self._shown.get(screen, ("", ""))

    def reopen_screen(self, screen: DeskScreen, place: ScreenPlace) -> None:
        """Open a screen where it was before, as far as the port is free; `screen_changed` follows."""
        self._screens[screen] = place
        if self._process is None:
            self._asked_port = self._last_port = 0
            self._launch_anew()
        else:
            self._ask_for(screen)

    def close_screen(self, screen: DeskScreen) -> None:
        """Void its address and everybody who came by it."""
        self._screens.pop(screen, None)
        self._shown.pop(screen, None)
        self.screen_closed.emit(screen)
        self.tell(command=f"close_{screen}")
        if not (self._phones or self._runs_apart):
            self._end()

    def keep_for_desks(self, wanted: bool) -> None:
        """Run as long as there are second desks; `came_up` asks for their commands."""
        self._has_desks = wanted
        if wanted and self._process is None:
            self._asked_port = self._last_port = 0
            self._launch_anew()
        elif not (wanted or self._phones or self._screens):
            self._end()

    @property
    def _runs_apart(self) -> bool:
        """Whether it has to run though no phone may sign in."""
        return bool(self._screens) or self._has_desks

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

    def _launch_anew(self) -> None:
        """Start it because it was asked for: what went wrong before is forgotten."""
        self._false_starts = self._idle_crashes = 0
        self._up.invalidate()
        self._launch()

    def _launch(self) -> None:
        process = QProcess(self)
        self._process, self._stopping = process, False
        process.readyReadStandardOutput.connect(self._on_output)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        program, *arguments = self._command
        self._has_phones = self._phones
        host, more = (self._host, []) if self._phones else ("127.0.0.1", ["--no-phones"])
        port = ["--port", str(self._asked_port), "--usual", str(self._last_port or self._usual_port)]
        process.start(program, [*arguments, "--host", host, *port, *more])

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
            self._idle_crashes = 0
            self.signed.emit(int(line.get("count", 0)))
        elif event == "storage":
            self.storage_changed.emit(str(line.get("trouble", "")))
        elif event == "code":
            self.code_changed.emit(str(line.get("payload", "")))
        elif event == "phones":
            self._show_phones(str(line.get("url", "")))
        elif event in set(DeskScreen):
            self._on_screen(DeskScreen(event), str(line.get("url", "")), str(line.get("pin", "")))
        elif event == "admitted":
            self._on_admitted([str(one) for one in line.get("sessions", ())])
        elif event == "desks":
            self.desks_listed.emit(list(line.get("desks", ())))
        elif event == "visitors":
            self.visited.emit(int(line.get("count", 0)), str(line.get("at", "")))
        elif event == "network":
            self.network_turned.emit(str(line.get("turn", "")), str(line.get("at", "")))
        elif event == "bell":
            self.bell_rung.emit()
        elif event == "pressed":
            self.pressed.emit()
        elif event == "problem":
            self.troubled.emit(str(line.get("message", "")))

    def _on_ready(self, url: str, token: str) -> None:
        self._is_ready, self._token = True, token
        self._up.start()
        self._last_port = urlsplit(url).port or self._last_port
        if self._phones and self._has_phones:
            self._show_phones(url)
        elif self._phones:
            self.tell(command="open_phones", host=self._host, port=self._usual_port)
        elif self._has_phones:
            self.tell(command="close_phones")
        for screen in self._screens:
            self._ask_for(screen)
        self.came_up.emit()

    def _ask_for(self, screen: DeskScreen) -> None:
        """Ask the child for a screen, at the place that it had if it had one."""
        place = self._screens[screen]
        kept = {"key": place.key, "pin": place.pin, "sessions": list(place.sessions)}
        self.tell(command=f"open_{screen}", host=place.host, port=place.port, **kept)

    def _on_admitted(self, sessions: Sequence[str]) -> None:
        """Who is in by the remote's PIN: after a crash they go on without giving it again."""
        place = self._screens.get(DeskScreen.REMOTE)
        if place is not None:
            self._screens[DeskScreen.REMOTE] = replace(place, sessions=tuple(sessions))

    def _tell_screen(self, screen: DeskScreen, url: str = "", pin: str = "") -> None:
        self._shown[screen] = url, pin
        self.screen_changed.emit(screen, url, pin)

    def _on_screen(self, screen: DeskScreen, url: str, pin: str) -> None:
        """A screen is open at `url`, or closed; remember where, for the next start of the child."""
        before = self._screens.get(screen)
        if url and before is not None:
            now = self._screens[screen] = ScreenPlace.at(
                urlsplit(url).hostname or before.host, url, pin, before.sessions
            )
            if before.key and now.host == before.host and not now.is_there(before):
                self.troubled.emit("平板或遥控原来的地址被别的程序占用，已换了新地址，请重新扫码。")
        self._tell_screen(screen, url, pin)

    def _show_phones(self, url: str) -> None:
        """Phones may sign in at `url`, or not any more."""
        self._url = url
        self._host = urlsplit(url).hostname or self._host
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
        elif self._is_worth_a_start():
            self._launch()
            self._say_restarted()
        else:
            self._give_up("签到服务意外停止，手机暂时不能签到；已签到的都在。请重新开放，或改用键入签到。")

    def _is_worth_a_start(self) -> bool:
        """Whether a desk that has crashed may do better next time."""
        listened = self._up.isValid()
        self._false_starts = 0 if listened else self._false_starts + 1
        self._idle_crashes = 1 if listened and self._up.elapsed() >= _STEADY_MS else self._idle_crashes + 1
        self._up.invalidate()
        return self._false_starts <= _FALSE_STARTS and self._idle_crashes <= _IDLE_CRASHES

    def _say_restarted(self) -> None:
        if self._phones:
            self.restarted.emit()
        for screen in self._screens:
            self._tell_screen(screen)
        if self._screens:
            names, asked = zip(*(_AFTER_CRASH[screen] for screen in sorted(self._screens)), strict=True)
            self.troubled.emit(f"{'和'.join(names)}的连接刚才中断，正在重新接上：{'，'.join(asked)}。")

    def _give_up(self, sentence: str) -> None:
        """It will not run again by itself."""
        lost, self._screens = self._screens, {}
        self._has_desks = False
        self.desks_listed.emit([])
        for screen in lost:
            self._tell_screen(screen)
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
