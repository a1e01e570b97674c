"""The JSON lines between the desk and whoever started it.

Out: one line {"ready": …} first, then {"event": …} lines. In: {"command": …} lines; the end of the
input asks the desk to stop. Both sides use bare file descriptors: a reader that has gone to sleep
must never hold up a sign-in, and no thread may hold a lock of `sys.stdout` when the process ends.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Mapping
from typing import Any

PAUSE_S = 0.03
"""At most this often a line is written, so that the window is not woken for every commit."""


class LineWriter:
    """Writes lines from a thread of its own; what cannot be written yet is merged, not piled up."""

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._changed = threading.Condition()
        self._signed = self._commits = 0
        self._latest: dict[str, dict[str, Any]] = {}
        self._told: dict[str, dict[str, Any]] = {}
        self._moved: dict[str, str] = {}
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="desk-lines", daemon=True)

    def start(self, first: Mapping[str, Any]) -> None:
        """Write the first line at once, then go on in the background."""
        _write(self._fd, first)
        self._thread.start()

    def signed(self, count: int) -> None:
        """Tell of a commit and its entries; both are added up until they are written."""
        if count:
            with self._changed:
                self._signed += count
                self._commits += 1
                self._changed.notify()

    def say(self, event: str, **values: Any) -> None:
        """Tell an event; of several unwritten ones of one kind only the last is kept."""
        with self._changed:
            self._told[event] = values
            self._latest[event] = _at_present(values, self._moved)
            self._changed.notify()

    def forget(self, event: str) -> None:
        """What was last told of this holds no longer, so it is not told again after a move."""
        with self._changed:
            self._told.pop(event, None)

    def move(self, bases: Mapping[str, str]) -> None:
        """What was told with these beginnings of URLs is told again with those that lead there now.

        Whoever says an address goes on naming the one that was opened. One that leads nowhere for the
        time being is left as it is, for it may come back; only the code is taken away.
        """
        with self._changed:
            before = {event: _at_present(values, self._moved) for event, values in self._told.items()}
            self._moved.update(bases)
            for event, values in self._told.items():
                if (now := _at_present(values, self._moved)) != before[event]:
                    self._latest[event] = now
            self._changed.notify()

    def stop(self) -> None:
        """Write what is left, without waiting for a reader that does not read."""
        self._stopping.set()
        with self._changed:
            self._changed.notify()
        if self._thread.is_alive():
            self._thread.join(timeout=0.05)

    def _run(self) -> None:
        try:
            while lines := self._next_lines():
                for line in lines:
                    _write(self._fd, line)
                self._stopping.wait(PAUSE_S)
        except OSError:
            return  # nobody reads any more; the end of the input will stop the desk

    def _next_lines(self) -> list[dict[str, Any]]:
        """What is to be said, waiting for it; empty when the desk stops and all is said."""
        with self._changed:
            self._changed.wait_for(lambda: self._signed or self._latest or self._stopping.is_set())
            lines = [{"event": event, **values} for event, values in self._latest.items()]
            if self._signed:
                lines.append({"event": "signed", "count": self._signed, "commits": self._commits})
            self._latest, self._signed, self._commits = {}, 0, 0
        return lines


def _at_present(values: dict[str, Any], moved: Mapping[str, str]) -> dict[str, Any]:
    return {name: _moved(value, moved, name == "payload") for name, value in values.items()}


def _moved(value: Any, moved: Mapping[str, str], is_code: bool = False) -> Any:
    """`value` with every URL in it put where it leads now, however deep it lies."""
    if isinstance(value, list):
        return [_moved(one, moved) for one in value]
    if isinstance(value, dict):
        return _at_present(value, moved)
    for base, now in moved.items() if isinstance(value, str) else ():
        if value == base or value.startswith(f"{base}/"):
            lost = "" if is_code else value
            return now + value[len(base) :] if now else lost
    return value


def read_lines(fd: int, on_line: Callable[[Mapping[str, Any]], None], on_end: Callable[[], None]) -> None:
    """Start a thread that hands on each JSON object it reads, and says when the input ends."""
    threading.Thread(target=_read, args=(fd, on_line, on_end), name="desk-input", daemon=True).start()


def _read(fd: int, on_line: Callable[[Mapping[str, Any]], None], on_end: Callable[[], None]) -> None:
    pending = b""
    try:
        while chunk := os.read(fd, 4096):
            *complete, pending = (pending + chunk).split(b"\n")
            for line in complete:
                _hand_on(line, on_line)
    except OSError:
        pass  # a terminal that went away is an end, too
    on_end()


def _hand_on(line: bytes, on_line: Callable[[Mapping[str, Any]], None]) -> None:
    try:
        plain = json.loads(line)
    except ValueError:
        return
    if isinstance(plain, dict):
        on_line(plain)


def _write(fd: int, line: Mapping[str, Any]) -> None:
    data = json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    while data:
        data = data[os.write(fd, data) :]
