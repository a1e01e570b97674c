"""Keeps the display awake while a meeting runs: a dark projector in mid-speech is a failure.

Nothing here may ever stop a meeting: what the system refuses is written to the log, and that is all.
"""

from __future__ import annotations

import logging
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import subprocess

_log = logging.getLogger(__name__)

_WHO, _WHY = "会风", "会议正在进行"
_CONNECTION = "huifeng-awake"
_SERVICE, _PATH = "org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"


class Wakefulness(Protocol):
    """A way to keep the display on. Both calls may be repeated and never raise."""

    def hold(self) -> None:
        """From now on the display stays on."""

    def release(self) -> None:
        """The system may do again as it was set."""


class NoWakefulness:
    """For systems that are not known, and for tests that do not look at it."""

    def hold(self) -> None:
        """Nothing."""

    def release(self) -> None:
        """Nothing."""


class AllOf:
    """Several ways at once: desktops differ in which of them they heed."""

    def __init__(self, ways: Sequence[Wakefulness]) -> None:
        self._ways = tuple(ways)

    def hold(self) -> None:
        """Each in turn."""
        for way in self._ways:
            way.hold()

    def release(self) -> None:
        """Each in turn."""
        for way in self._ways:
            way.release()


class ScreenSaverBus:
    """Asks the desktop's screen saver over D-Bus, on a connection of its own.

    The desktop ends the request with the connection, so a crash leaves nothing behind.
    """

    def __init__(self) -> None:
        self._held = False

    def hold(self) -> None:
        """Without waiting for the answer: a slow desktop must not hold up the timer."""
        if self._held or not _has_session_bus():
            return
        from PySide6.QtDBus import QDBusConnection, QDBusMessage

        bus = QDBusConnection.connectToBus(QDBusConnection.BusType.SessionBus, _CONNECTION)
        call = QDBusMessage.createMethodCall(_SERVICE, _PATH, _SERVICE, "Inhibit")
        call.setArguments([_WHO, _WHY])
        self._held = bus.isConnected() and bus.send(call)
        if not self._held:
            _log.warning("the session bus takes no request: %s", bus.lastError().message())

    def release(self) -> None:
        """Closing the connection is the release."""
        if self._held:
            from PySide6.QtDBus import QDBusConnection

            QDBusConnection.disconnectFromBus(_CONNECTION)
            self._held = False


class LoginInhibitor:
    """Asks systemd-logind through a child that ends with its input, and so with this program."""

    def __init__(self, program: str = "systemd-inhibit") -> None:
        self._program = program
        self._child: subprocess.Popen[bytes] | None = None

    def hold(self) -> None:
        """Start the child."""
        import subprocess

        path = shutil.which(self._program)
        if self._child is not None or path is None:
            return
        command = [path, "--what=idle:sleep", f"--who={_WHO}", f"--why={_WHY}", "--mode=block", "cat"]
        try:
            self._child = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
        except OSError as problem:
            _log.warning("systemd-inhibit does not start: %s", problem)

    def release(self) -> None:
        """Close its input and wait for its end."""
        child, self._child = self._child, None
        if child is None:
            return
        import subprocess

        if child.stdin is not None:
            child.stdin.close()
        try:
            child.wait(2)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


class WindowsExecutionState:
    """SetThreadExecutionState: lasts until it is taken back or the thread ends."""

    _CONTINUOUS, _SYSTEM, _DISPLAY = 0x80000000, 0x00000001, 0x00000002

    def hold(self) -> None:
        """Neither sleep nor a dark display."""
        self._set(self._CONTINUOUS | self._SYSTEM | self._DISPLAY)

    def release(self) -> None:
        """As it was set."""
        self._set(self._CONTINUOUS)

    @staticmethod
    def _set(state: int) -> None:
        import ctypes

        if sys.platform == "win32" and not ctypes.windll.kernel32.SetThreadExecutionState(state):
            _log.warning("SetThreadExecutionState(%#x) was refused", state)


def wakefulness_of(platform: str) -> Wakefulness:
    """What this platform (`sys.platform`) offers."""
    if platform == "win32":
        return WindowsExecutionState()
    if platform.startswith("linux"):
        return AllOf([ScreenSaverBus(), LoginInhibitor()])
    return NoWakefulness()


def _has_session_bus() -> bool:
    """Without one, connecting would try to start it and take seconds."""
    if os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return True
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    return runtime is not None and (Path(runtime) / "bus").exists()
