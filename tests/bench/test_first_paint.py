"""First paint of the main window beside that of a bare PySide6 window, each in a fresh process.

Reckoned from the start of the process to the end of the first painting, so that imports count: they
are most of what a person waits for. Both run from compiled bytecode, as an installed program does;
the first run of each fills that cache and is not counted. The two take turns, and the medians of their CPU
seconds are compared: nothing here waits, and others who use the machine cannot disturb them. The
seconds by the clock are printed beside.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hall import make_folder

RUNS = 7
MOST = 3.0
_PROGRAM = Path(__file__).with_name("first_paint.py")


def _seconds_to_paint(environment: dict[str, str], *arguments: str) -> tuple[float, float]:
    """By the clock and of the processor, from the start of the process."""
    began = time.monotonic()
    command = [sys.executable, str(_PROGRAM), *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    painted, busy = map(float, done.stdout.split())
    return painted - began, busy


@pytest.mark.bench
def test_first_paint_of_a_meeting_of_three_hundred(tmp_path: Path) -> None:
    meeting = make_folder(tmp_path / "data", 300)
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen", PYTHONPYCACHEPREFIX=str(tmp_path / "code"))
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    bare, window = [], []
    for _ in range(RUNS + 1):
        bare.append(_seconds_to_paint(environment, "bare"))
        window.append(_seconds_to_paint(environment, "window", str(tmp_path / "data"), meeting))
    floor, floor_busy = map(statistics.median, zip(*bare[1:], strict=True))
    ours, ours_busy = map(statistics.median, zip(*window[1:], strict=True))
    print(
        f"\nfirst paint with 300 seats: {ours_busy * 1000:.0f} ms of CPU, {ours * 1000:.0f} ms by the clock; "
        f"bare window {floor_busy * 1000:.0f} and {floor * 1000:.0f} ms; "
        f"{ours_busy / floor_busy:.2f}× and {ours / floor:.2f}× (at most {MOST:g})"
    )
    assert ours_busy <= MOST * floor_busy
