"""Starts a desk as a child process, reads its lines and ends it, whatever the test does."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

PROGRAM = Path(__file__).with_name("child_desk.py")


class ChildDesk:
    """A running desk. Use as a context manager."""

    def __init__(self, command: Sequence[str]) -> None:
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True)

    @classmethod
    def start(cls, folder: Path, *options: str, seats: int = 12) -> Self:
        """A desk over the fake registrar, with its file in `folder`."""
        return cls([sys.executable, str(PROGRAM), str(folder / "desk.db"), str(seats), *options])

    def __enter__(self) -> Self:
        try:
            self.ready = self.read()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process, if it still runs, and let go of its pipes."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()

    def read(self) -> dict[str, Any]:
        """The next JSON line."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, self.process.stderr.read() if self.process.stderr else ""
        plain: dict[str, Any] = json.loads(line)
        return plain

    def read_until(self, is_it: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The next JSON line of which `is_it` holds."""
        while not is_it(line := self.read()):
            pass
        return line

    def tell(self, **command: Any) -> None:
        """Send one JSON line."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(command) + "\n")
        self.process.stdin.flush()

    def sign_in(self, badge: str, nonce: str) -> httpx.Response:
        """`POST /api/sign-ins`."""
        return httpx.post(
            f"{self.ready['url']}/api/sign-ins",
            json={"badge": badge, "nonce": nonce},
            headers={"Authorization": f"Bearer {self.ready['token']}"},
        )
