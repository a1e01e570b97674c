"""Many at the door at once: telephones in waves, and desks that scan one badge at the same moment."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from huifeng_desktop.app import open_folder
from huifeng_desktop.clock import SystemClock
from huifeng_desktop.domain.events import EventKind

_PHONES = Path(__file__).resolve().parent.parent / "bench" / "phone_load.py"


class DeskLines:
    """Reads a desk's lines while it works: the code that is shown, and how much was committed."""

    def __init__(self, process: subprocess.Popen[str], code: str = "") -> None:
        self.code = code
        self.entries = 0
        self._phones: subprocess.Popen[str] | None = None
        self._process = process
        self._has_code = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            plain = json.loads(line)
            self.entries += plain.get("count", 0)
            if plain.get("event") == "code":
                self._show(plain["payload"])
        self._has_code.set()

    def _show(self, code: str) -> None:
        self.code = code
        self._has_code.set()
        if self._phones is not None and self._phones.stdin is not None:
            with suppress(OSError, ValueError):  # everybody is through
                print(code, file=self._phones.stdin, flush=True)

    def send_phones(self, people: Sequence[tuple[str, str, str]], phones: int) -> dict[str, Any]:
        """Let these people (seat, name, four digits) sign in, so many telephones at once; the report."""
        self._has_code.wait(20)
        command, pipe = [sys.executable, str(_PHONES)], subprocess.PIPE
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
            assert process.stdin is not None and process.stdout is not None
            told = {"code": self.code, "people": list(people), "phones": phones}
            print(json.dumps(told), file=process.stdin, flush=True)
            self._phones = process
            report: dict[str, Any] = json.loads(process.stdout.readline() or "{}")
            self._phones = None
        return report

    def finish(self) -> None:
        """Stop the desk and read what it still had to say."""
        self._process.terminate()
        self._process.wait(10)
        self._thread.join(10)


@dataclass(frozen=True, slots=True)
class OnDisk:
    """What a meeting's log holds: sign-ins by seat, and whether the whole file is sound."""

    entries: Counter[str]
    is_sound: bool

    @property
    def seats(self) -> set[str]:
        """Who is in."""
        return set(self.entries)

    @property
    def doubled(self) -> list[str]:
        """Seats with more than one sign-in."""
        return [seat for seat, count in self.entries.items() if count > 1]


def on_disk(folder: Path, meeting: str) -> OnDisk:
    """Read the log as another program would."""
    with open_folder(folder, "reader", SystemClock()) as reader:
        log = reader.office.open(meeting).state.log
        seats = Counter(event.subject for event in log if event.kind is EventKind.SIGN_IN)
        return OnDisk(seats, reader.verify().ok)


def people_of(folder: Path, meeting: str) -> list[tuple[str, str, str]]:
    """Seat, name and the last four digits of the telephone of everybody whom these name alone.

    Badges are drawn anew: once in thirty meetings one ends like the telephone of somebody of the same
    name, and the page sends that person to the desk.
    """
    with open_folder(folder, "reader", SystemClock()) as reader:
        seats = reader.office.open(meeting).state.seats
    ends = Counter((seat.name, end) for seat in seats for end in {seat.phone[-4:], seat.badge[-4:]})
    return [(one.seat_id, one.name, one.phone[-4:]) for one in seats if ends[one.name, one.phone[-4:]] == 1]


def scan_together(url: str, token: str, badge: str, desks: int) -> Counter[str]:
    """So many desks scan one badge at the same moment; the outcomes and how often each was answered."""
    start = threading.Barrier(desks)

    def scan(number: int) -> str:
        connection = HTTPConnection(urlsplit(url).netloc, timeout=30)
        connection.connect()
        start.wait(30)
        body = json.dumps({"badge": badge, "nonce": f"desk-{number}-{badge}"})
        connection.request("POST", "/api/sign-ins", body, {"Authorization": f"Bearer {token}"})
        answer = connection.getresponse()
        outcome = str(json.loads(answer.read())["outcome"])
        connection.close()
        return outcome

    with ThreadPoolExecutor(desks) as pool:
        return Counter(pool.map(scan, range(desks)))
