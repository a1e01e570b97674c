"""Run as a program: a real desk process over the fake registrar, for tests and the bench.

The arguments are the database file and the number of seats; options follow as in `run_desk`.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from desk_fakes import START, FakeRegistrar, make_seats

from huifeng_desktop.clock import SystemClock
from huifeng_desktop.desk.network.cards import list_addresses
from huifeng_desktop.desk.server import run_desk
from huifeng_desktop.domain.moments import ClockReading
from huifeng_desktop.errors import DeskProblem
from huifeng_desktop.service.door.networks import NetworkAddress, rank


class MeetingDayClock(SystemClock):
    """The machine's clock, put to 14:22 of the sample meeting's day."""

    def __init__(self) -> None:
        super().__init__()
        self._shift = START - timedelta(minutes=8) - super().reading().wall

    def reading(self) -> ClockReading:
        now = super().reading()
        return replace(now, wall=now.wall + self._shift)


def cards_in(file: Path) -> list[NetworkAddress]:
    """The cards that the test says this machine has."""
    plain: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    return sorted((NetworkAddress(card, address) for card, address in plain.items()), key=rank)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("database", type=Path)
    parser.add_argument("seats", type=int)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--usual", type=int, default=0)
    parser.add_argument("--cards", type=Path, help="a JSON file: the addresses of this machine by card")
    parser.add_argument("--no-phones", dest="phones", action="store_false")
    chosen = parser.parse_args()
    clock = MeetingDayClock()
    registrar = FakeRegistrar(clock, make_seats(chosen.seats), chosen.database)
    try:
        return run_desk(
            registrar.opened,
            clock=clock,
            host=chosen.host,
            port=chosen.port,
            phones=chosen.phones,
            extra={"meeting": "m1"},
            usual=chosen.usual,
            look=list_addresses if chosen.cards is None else lambda: cards_in(chosen.cards),
        )
    except DeskProblem as problem:
        print(problem, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
