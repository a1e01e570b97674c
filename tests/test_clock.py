"""Clocks: the shared one of the rehearsal, and readings across a restart."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from huifeng_desktop.clock import FileClock, FixedClock, SystemClock

START = datetime(2026, 3, 12, 14, 0).astimezone()

READ = "import sys; from pathlib import Path; from huifeng_desktop.clock import FileClock; \
print(FileClock(Path(sys.argv[1])).reading().wall.isoformat())"


def test_a_file_clock_shows_the_same_moment_in_another_process(tmp_path: Path) -> None:
    clock = FileClock(tmp_path / "clock", START)
    clock.set(START + timedelta(minutes=41, seconds=3))

    seen = subprocess.run(
        [sys.executable, "-c", READ, str(tmp_path / "clock")], capture_output=True, text=True, check=True
    )

    assert datetime.fromisoformat(seen.stdout.strip()) == START + timedelta(minutes=41, seconds=3)
    clock.close()


def test_a_file_clock_never_goes_back_and_its_monotonic_part_follows(tmp_path: Path) -> None:
    clock = FileClock(tmp_path / "clock", START)
    before = clock.reading()

    clock.set(START + timedelta(seconds=10))
    clock.set(START - timedelta(days=1))

    assert clock.reading().wall == START + timedelta(seconds=10)
    assert clock.reading().seconds_since(before) == 10
    clock.close()


def test_a_wall_step_does_not_count_as_time_within_one_boot() -> None:
    clock = FixedClock(START)
    before = clock.reading()

    clock.advance(5)
    clock.step_wall(86_400)

    assert clock.reading().seconds_since(before) == 5


def test_across_a_restart_wall_time_counts_and_never_backwards() -> None:
    clock = FixedClock(START)
    before = clock.reading()
    clock.advance(90)
    clock.reboot("next boot")
    assert clock.reading().seconds_since(before) == 90

    clock.step_wall(-3600)
    assert clock.reading().seconds_since(before) == 0


def test_the_system_clock_is_aware_and_monotonic() -> None:
    clock = SystemClock()
    one, other = clock.reading(), clock.reading()

    assert one.wall.tzinfo is not None
    assert one.boot == other.boot
    assert other.seconds_since(one) >= 0


@pytest.mark.skipif(not hasattr(time, "CLOCK_BOOTTIME"), reason="only Linux has a clock that counts sleep")
def test_the_system_clock_goes_on_while_the_machine_sleeps() -> None:
    """A machine that never slept has both clocks alike, so the source itself is asked."""
    asked: list[int] = []
    real = time.clock_gettime

    def listening(which: int) -> float:
        asked.append(which)
        return real(which)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "clock_gettime", listening)
        reading = SystemClock().reading()
    assert asked == [time.CLOCK_BOOTTIME]
    assert reading.mono == pytest.approx(time.clock_gettime(time.CLOCK_BOOTTIME), abs=60)
