"""The display is kept on, and given back, without ever standing in the way."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from huifeng_desktop.ui.projection.awake import (
    AllOf,
    LoginInhibitor,
    NoWakefulness,
    ScreenSaverBus,
    WindowsExecutionState,
    wakefulness_of,
)


class FakeWakefulness:
    """Counts what is asked of it."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def hold(self) -> None:
        self.asked.append("hold")

    def release(self) -> None:
        self.asked.append("release")


def test_all_ways_are_asked() -> None:
    ways = [FakeWakefulness(), FakeWakefulness()]
    both = AllOf(ways)
    both.hold()
    both.release()
    assert [way.asked for way in ways] == [["hold", "release"]] * 2


def test_each_platform_has_its_way() -> None:
    assert isinstance(wakefulness_of("win32"), WindowsExecutionState)
    assert isinstance(wakefulness_of("linux"), AllOf)
    assert isinstance(wakefulness_of("darwin"), NoWakefulness)


def test_without_a_bus_and_without_a_program_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    for way in (ScreenSaverBus(), LoginInhibitor("no-such-program")):
        way.hold()
        way.hold()
        way.release()


def test_the_child_lives_as_long_as_the_meeting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a program that runs its last argument, as systemd-inhibit does."""
    note = tmp_path / "asked"
    program = tmp_path / "inhibit"
    program.write_text(f'#!/bin/sh\necho "$@" > "{note}"\nfor last; do :; done\nexec "$last"\n')
    program.chmod(0o755)
    way = LoginInhibitor(str(program))
    way.hold()
    way.hold()
    way.release()
    way.release()
    assert note.read_text().split()[0] == "--what=idle:sleep"


_SAVER = """
import sys
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from huifeng_desktop.ui.projection.awake import ScreenSaverBus
app = QCoreApplication([])
way = ScreenSaverBus()
way.hold(); way.hold()
def end():
    way.release()
    QTimer.singleShot(100, app.quit)
QTimer.singleShot(200, end)
app.exec()
"""


@pytest.mark.skipif(
    not (shutil.which("dbus-run-session") and shutil.which("dbus-monitor")), reason="no D-Bus here"
)
def test_the_screen_saver_is_asked_on_a_real_bus(tmp_path: Path) -> None:
    """GIVEN a session bus with a listener WHEN a meeting is held THEN one request, and its end, is heard."""
    root = Path(__file__).resolve().parents[3]
    script = tmp_path / "hold.py"
    script.write_text(_SAVER, encoding="utf-8")
    line = f'dbus-monitor --session & M=$!; sleep 1; "{sys.executable}" "{script}"; kill $M'
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", line],
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(root), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    heard = done.stdout
    assert heard.count("member=Inhibit") == 1, heard + done.stderr
    assert '"会风"' in heard
