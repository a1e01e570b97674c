"""A desk for one meeting with twelve seats, on a clock that only the test moves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from desk_fakes import FakeRegistrar, make_seats
from local_desk import LocalDesk

from huifeng_desktop.clock import FixedClock


@pytest.fixture
def registrar(clock: FixedClock) -> FakeRegistrar:
    return FakeRegistrar(clock, make_seats(12))


@pytest.fixture
def desk(registrar: FakeRegistrar, clock: FixedClock) -> Iterator[LocalDesk]:
    local = LocalDesk(registrar, clock)
    yield local
    local.close()
