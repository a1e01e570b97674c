"""A real second device, a cable pulled out and an address that changes, in network namespaces.

Two namespaces joined by a pair of cards: the desk lives in one, the telephone in the other. Needs
iproute2 and the right to make namespaces; skipped with the reason elsewhere.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from child import PROGRAM, ChildDesk

_LOAD = """
import sys, urllib.request
with urllib.request.urlopen(sys.argv[1], timeout=5) as answer:
    print(answer.status, "连上了" in answer.read().decode())
"""


class Cable:
    """The two rooms and the cable between them."""

    def __init__(self) -> None:
        self.desk, self.phone = f"hf-desk-{os.getpid()}", f"hf-phone-{os.getpid()}"

    def lay(self) -> None:
        """Make it; skips where this is not allowed."""
        if sys.platform != "linux" or shutil.which("ip") is None:
            pytest.skip("needs iproute2 on Linux")
        made = subprocess.run(["ip", "netns", "add", self.desk], capture_output=True, text=True)
        if made.returncode:
            pytest.skip(f"may not make network namespaces: {made.stderr.strip()}")
        ends = f"link add eth7 netns {self.desk} type veth peer name eth8 netns {self.phone}"
        for command in (f"netns add {self.phone}", ends):
            made = subprocess.run(["ip", *command.split()], capture_output=True, text=True)
            if made.returncode:
                pytest.skip(f"may not make network cards: {made.stderr.strip()}")
        for room in (self.desk, self.phone):
            self.ip(room, "link set lo up")
        self.ip(self.desk, "addr add 10.77.0.1/24 dev eth7")
        self.ip(self.phone, "addr add 10.77.0.2/24 dev eth8")
        self.ip(self.desk, "link set eth7 up")
        self.ip(self.phone, "link set eth8 up")

    def ip(self, room: str, command: str) -> None:
        """Change something in one of the rooms."""
        subprocess.run(["ip", "-n", room, *command.split()], check=True, capture_output=True)

    def load(self, room: str, url: str) -> str:
        """Open a page from one of the rooms; what came, or ""."""
        command = ["ip", "netns", "exec", room, sys.executable, "-c", _LOAD, url]
        return subprocess.run(command, capture_output=True, text=True).stdout.strip()

    def take_up(self) -> None:
        """Remove whatever was made."""
        for room in (self.desk, self.phone):
            subprocess.run(["ip", "netns", "del", room], capture_output=True)


@pytest.fixture
def cable() -> Iterator[Cable]:
    cable = Cable()
    try:
        cable.lay()
        yield cable
    finally:
        if shutil.which("ip"):
            cable.take_up()


def of(event: str, **values: object) -> Any:
    """Whether a line tells this event with these values."""
    return lambda line: line.get("event") == event and values.items() <= line.items()


def test_a_telephone_gets_through_and_the_desk_follows_the_cable(cable: Cable, tmp_path: Path) -> None:
    program = [sys.executable, str(PROGRAM), str(tmp_path / "desk.db"), "12", "--host", "10.77.0.1"]
    with ChildDesk(["ip", "netns", "exec", cable.desk, *program]) as child:
        url = str(child.ready["url"])
        assert cable.load(cable.desk, f"{url}/") == "200 True", "the laptop itself is no second device"
        assert cable.load(cable.phone, f"{url}/") == "200 True"
        assert child.read_until(of("visitors"))["count"] == 1

        cable.ip(cable.desk, "link set eth7 down")
        assert child.read_until(of("network"))["turn"] == "lost"
        assert child.read_until(of("code", payload=""))
        cable.ip(cable.desk, "link set eth7 up")
        assert child.read_until(of("network"))["turn"] == "back"
        assert cable.load(cable.phone, f"{url}/") == "200 True"

        cable.ip(cable.desk, "addr del 10.77.0.1/24 dev eth7")
        cable.ip(cable.desk, "addr add 10.77.0.9/24 dev eth7")
        there = url.removeprefix("http://").replace("10.77.0.1", "10.77.0.9")
        moved = child.read_until(of("network", at=there))
        assert cable.load(cable.phone, f"http://{moved['at']}/") == "200 True"
