"""An X server of the test's own, where a window is really shown."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator

import pytest


@pytest.fixture
def display() -> Iterator[str]:
    """A surface of 3840×1080, its left half the laptop's monitor; the name of the display."""
    read_end, write_end = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write_end), "-screen", "0", "3840x1080x24", "-noreset"],
        pass_fds=(write_end,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write_end)
    with os.fdopen(read_end) as numbers:
        name = f":{numbers.readline().strip()}"
    laptop = ["xrandr", "--setmonitor", "LAPTOP", "1920/508x1080/286+0+0", "screen"]
    subprocess.run(laptop, env={**os.environ, "DISPLAY": name}, check=True)
    yield name
    server.terminate()
    server.wait(10)
