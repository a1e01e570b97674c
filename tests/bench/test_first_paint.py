"""First paint of the main window beside that of a bare PySide6 window, each in a fresh process.

Reckoned from the start of the process to the end of the first painting, so that imports count: they
are most of what a person waits for. Both run from compiled bytecode, as an installed program does;
the first run of each fills that cache and is not counted. The two take turns, and the medians are
compared, because the machine is not ours alone.
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


def _seconds_to_paint(environment: dict[str, str], *arguments: str) -> float:
    began = time.monotonic()
    command = [sys.executable, str(_PROGRAM), *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return float(done.stdout) - began


@pytest.mark.bench
def test_first_paint_of_a_meeting_of_three_hundred(tmp_path: Path) -> None:
    meeting = make_folder(tmp_path / "data", 300)
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPYCACHEPREFIX": str(tmp_path / "code"),
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    bare: list[float] = []
    window: list[float] = []
    for _ in range(RUNS + 1):
        bare.append(_seconds_to_paint(environment, "bare"))
        window.append(_seconds_to_paint(environment, "window", str(tmp_path / "data"), meeting))
    floor, ours = statistics.median(bare[1:]), statistics.median(window[1:])
    print(
        f"\nfirst paint: {ours * 1000:.0f} ms with 300 seats (best {min(window[1:]) * 1000:.0f}), "
        f"bare window {floor * 1000:.0f} ms (best {min(bare[1:]) * 1000:.0f}), "
        f"{ours / floor:.2f}× (at most {MOST:g})"
    )
    assert ours <= MOST * floor
