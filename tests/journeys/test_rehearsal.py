"""The rehearsal as users run it: without a screen, in a window, and left half-way."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtGui import QImage
from x_windows import windows_of

LAPTOP, PROJECTOR = (1366, 768), (1920, 1080)
PICTURES = {
    "main-before.png": LAPTOP,
    "main-during.png": LAPTOP,
    "main-after.png": LAPTOP,
    "stage-sign-in.png": PROJECTOR,
    "stage-normal.png": PROJECTOR,
    "stage-amber.png": PROJECTOR,
    "stage-over.png": PROJECTOR,
}


def _command(out: Path, speed: int) -> list[str]:
    return [
        sys.executable,
        "-m",
        "huifeng_desktop",
        "rehearse",
        "--speed",
        str(speed),
        "--out",
        str(out),
        "--json",
    ]


def _environment(**screen: str) -> dict[str, str]:
    """As in a terminal: what the tests say about screens is taken away."""
    ours = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
    return {name: value for name, value in os.environ.items() if name not in ours} | screen


def _colours(picture: QImage) -> int:
    """How many colours a grid over the picture meets; a blank one has one."""
    across, down = range(4, picture.width(), 12), range(4, picture.height(), 12)
    return len({picture.pixel(x, y) for x in across for y in down})


def _check(report: dict[str, object], out: Path) -> None:
    """Figures as SAMPLE.md has them; sheets and pictures that can be opened."""
    assert report["ok"] is True and report["differences"] == []
    figures = report["figures"]
    assert isinstance(figures, dict)
    parts = ("in_person", "approved_deputy", "unapproved_substitute", "on_leave", "absent")
    assert [figures[part] for part in parts] == [112, 4, 2, 5, 3]
    assert (figures["expected"], figures["present"], figures["attendance_rate"]) == (126, 118, "93.7%")
    assert (figures["reports_spoken"], figures["reports_planned"]) == ("46:30", "45:00")
    for name, size in PICTURES.items():
        picture = QImage(str(out / name))
        assert (picture.width(), picture.height()) == size, name
        assert _colours(picture) > 8, f"{name} is blank"
    sums = [row for row in _rows(out, "出席情况统计表") if row[1] == "合计"]
    assert [row[2:7] for row in sums] == [(126, 118, 112, 4, 2)]
    assert len(_rows(out, "签到明细")) > 148 and len(_rows(out, "发言用时表")) > 13


def _rows(folder: Path, paper: str) -> Sequence[tuple[object, ...]]:
    [file] = folder.glob(f"*{paper}*.xlsx")
    book = load_workbook(file, read_only=True)
    rows = [row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True)]
    book.close()
    return rows


def test_without_a_screen_it_leaves_sheets_and_pictures(tmp_path: Path) -> None:
    out = tmp_path / "彩排"
    call = _command(out, 2000)
    done = subprocess.run(
        call, env=_environment(), capture_output=True, encoding="utf-8", timeout=120, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    _check(json.loads(done.stdout), out)


@pytest.mark.x11
def test_in_a_window_it_stays_until_it_is_closed(display: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with _running(out, 2000, display) as process, windows_of(display) as screen:
        window = screen.wait_for_window()
        _wait_for(out / "main-after.png", process)
        screen.ask_to_close(window)
        text, complaint = process.communicate(timeout=60)
    assert (process.returncode, complaint) == (0, "")
    _check(json.loads(text), out)


@pytest.mark.x11
def test_left_half_way_it_says_so(display: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with _running(out, 60, display) as process, windows_of(display) as screen:
        window = screen.wait_for_window()
        _wait_for(out / "main-before.png", process)
        screen.ask_to_close(window)
        text, complaint = process.communicate(timeout=60)
    assert (process.returncode, text) == (1, "")
    assert complaint == "窗口在彩排中途关闭，彩排没有完成。要看完整过程请重新运行 rehearse。\n"


def _running(out: Path, speed: int, display: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        _command(out, speed),
        env=_environment(DISPLAY=display),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def _wait_for(file: Path, process: subprocess.Popen[str]) -> None:
    """Until the picture is there; a rehearsal that ends before that has failed."""
    while not file.exists():
        try:
            process.wait(0.1)
        except subprocess.TimeoutExpired:
            continue
        raise AssertionError(process.communicate())
