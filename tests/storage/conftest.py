"""Two desks, and a meeting handed from the first to the second."""

from __future__ import annotations

from pathlib import Path

import pytest
from desks import Desk, minutes, roster, seat, sign_in

from huifeng_desktop.domain.events import EventKind, Fact


@pytest.fixture
def first(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "first")


@pytest.fixture
def second(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "second")


@pytest.fixture
def meeting(first: Desk) -> str:
    """A meeting of four between events of another one, by two writers of the first desk."""
    other = first.create("另一次会议")
    meeting = first.create()
    first.state(other, sign_in("x1", -20))
    first.state(meeting, roster(*map(seat, range(1, 5))), sign_in("s1", -8))
    first.state(other, sign_in("x2", -19))
    first.state(meeting, sign_in("s2", 3), role="desk")
    first.state(other, sign_in("x3", -18), role="desk")
    first.state(meeting, sign_in("s3", 4), role="desk")
    first.state(meeting, Fact(EventKind.OPENED, minutes(1)))
    first.state(other, sign_in("x4", -17))
    return meeting


@pytest.fixture
def shared(first: Desk, second: Desk, meeting: str, tmp_path: Path) -> Path:
    """The meeting, merged into the second desk."""
    file = first.pack(meeting, tmp_path / "交接.huifeng")
    second.merge(file)
    return file
