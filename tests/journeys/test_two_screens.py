"""The projector beside the real window: the countdown is there, a loose plug covers nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

HERE = Path(__file__).parent


@pytest.mark.x11
def test_the_hall_sees_the_countdown_and_the_window_is_never_covered(display: str, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "xcb",
        "DISPLAY": display,
        "PYTHONPATH": os.pathsep.join([str(HERE.parents[1]), str(HERE)]),
    }
    call = [sys.executable, str(HERE / "two_screen_day.py"), str(tmp_path)]
    done = subprocess.run(call, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    opened, pulled, back, closed = json.loads(done.stdout)
    for seen in (opened, back):
        assert seen["placement"] == "projected" and seen["stages"] == [[1920, 0, 1920, 1080]]
        assert seen["elapsed_s"] == 18 and "投影：" in seen["tag"]
    assert (pulled["placement"], pulled["stages"], pulled["tag"]) == ("lost", [], "投影已断开")
    assert (closed["placement"], closed["stages"]) == ("off", [])
    for seen in (opened, pulled, back, closed):
        assert not seen["covered"] and seen["main"] == opened["main"]
    assert opened["main"][0] + opened["main"][2] <= 1920 and opened["main_active"]
    both = QImage(str(tmp_path / "two-screens.png"))
    assert (both.width(), both.height()) == (3840, 1080)
    assert QColor(both.pixel(1930, 540)).lightness() < 60 < 200 < QColor(both.pixel(40, 60)).lightness()
