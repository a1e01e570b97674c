"""Starting the real desk, putting clients on it, and counting what it committed."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx

sys.path.insert(0, str(Path(__file__).parents[1] / "desk"))

from child import ChildDesk

CLIENTS = 50
SEATS = 3000
_LOAD = Path(__file__).with_name("desk_load.py")
_BARE = Path(__file__).with_name("bare_desk.py")


def start_desk(folder: Path, meeting: str) -> ChildDesk:
    """`huifeng-desktop desk`, as a script would start it."""
    return ChildDesk([sys.executable, "-m", "huifeng_desktop", "--data", str(folder), "desk", meeting])


def start_bare_desk() -> ChildDesk:
    """The same HTTP stack with nothing behind it."""
    return ChildDesk([sys.executable, str(_BARE)])


def order(url: str, token: str, badges: Sequence[str], seconds: float, rate: float | None = None) -> str:
    """What the clients' process is told on its standard input; `rate` in requests a second."""
    address = httpx.URL(url)
    return json.dumps(
        {
            "host": address.host,
            "port": address.port,
            "token": token,
            "badges": list(badges),
            "clients": CLIENTS,
            "seconds": seconds,
            "rate": rate,
        }
    )


def load_command() -> list[str]:
    """How the clients' process is started."""
    return [sys.executable, str(_LOAD)]


def put_load_on(desk: ChildDesk, badges: Sequence[str], seconds: float) -> dict[str, Any]:
    """Let the clients run against the desk and report."""
    told = order(desk.ready["url"], desk.ready["token"], badges, seconds)
    done = subprocess.run(load_command(), input=told, capture_output=True, text=True, check=True)
    report: dict[str, Any] = json.loads(done.stdout)
    return report


class CommitCounter:
    """Reads the desk's lines while it works, and counts entries and commits."""

    def __init__(self, desk: ChildDesk) -> None:
        self._desk = desk
        self.entries = self.commits = 0
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        assert self._desk.process.stdout is not None
        for line in self._desk.process.stdout:
            plain = json.loads(line)
            self.entries += plain.get("count", 0)
            self.commits += plain.get("commits", 0)

    def finish(self) -> int:
        """Stop the desk; how many entries a commit held on average."""
        self._desk.process.terminate()
        self._desk.process.wait(10)
        self._thread.join(10)
        return max(1, round(self.entries / max(1, self.commits)))
