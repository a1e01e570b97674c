"""What every test stands on: no screen, a data folder of its own, a clock that only tests move."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import settings

from huifeng_desktop.clock import FixedClock

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# An example that takes long on a loaded machine is not wrong: speed is measured in tests/bench.
settings.register_profile("huifeng", deadline=None)
settings.load_profile("huifeng")

_PROGRAMS = {"x11": ("Xvfb", "xrandr"), "browser": ("chromium", "chromedriver")}


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of this test alone; not yet made, as on the first day."""
    folder = tmp_path / "data"
    monkeypatch.setenv("HUIFENG_DATA", str(folder))
    return folder


@pytest.fixture
def clock() -> FixedClock:
    """Half an hour before the sample meeting is notified to start."""
    return FixedClock(datetime(2026, 3, 12, 14, 0))


@pytest.fixture
def scanner_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Scans by QTest: its keys bear no time of their own, and a loaded machine takes its time between two."""
    from huifeng_desktop.ui.during.door import scanner

    monkeypatch.setattr(scanner, "GAP_MS", 5000)


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


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip, saying why, what needs a program that is not installed."""
    for marker, programs in _PROGRAMS.items():
        if item.get_closest_marker(marker) is None:
            continue
        missing = [program for program in programs if shutil.which(program) is None]
        if missing:
            pytest.skip(f"not installed: {', '.join(missing)}")
