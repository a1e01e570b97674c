"""A meeting to work on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_office import Meeting, held_by

from huifeng_desktop.clock import FixedClock


@pytest.fixture
def meeting(data_dir: Path, clock: FixedClock) -> Iterator[Meeting]:
    """The meeting of 12 March with its small roster, half an hour before the start."""
    with held_by(data_dir, clock) as meeting:
        yield meeting
