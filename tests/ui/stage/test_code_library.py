"""The library of the codes: loaded beside the work, some time after the first picture."""

from __future__ import annotations

import sys
import threading

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from huifeng_desktop.ui.stage.code import load_library_soon


@pytest.fixture
def forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """As after a start: nobody has made a code."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "qrcode"]:
        monkeypatch.delitem(sys.modules, name)


@pytest.mark.usefixtures("forgotten")
def test_it_is_there_before_the_first_code(qtbot: QtBot) -> None:
    owner = QObject()
    load_library_soon(owner, 0)
    assert "qrcode" not in sys.modules
    qtbot.waitUntil(lambda: hasattr(sys.modules.get("qrcode"), "run_example"))


@pytest.mark.usefixtures("forgotten")
def test_a_window_that_is_gone_loads_nothing(qtbot: QtBot) -> None:
    owner, turned = QObject(), []
    load_library_soon(owner, 0)
    delete(owner)
    QTimer.singleShot(0, lambda: turned.append(True))
    qtbot.waitUntil(lambda: bool(turned))
    assert "codes" not in {thread.name for thread in threading.enumerate()}
    assert "qrcode" not in sys.modules
