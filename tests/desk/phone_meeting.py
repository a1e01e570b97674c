"""A meeting on disk behind the desk's application, spoken to as phones do, each with its cookies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from urllib.parse import unquote

import httpx
from desk_office import Meeting, held_by
from local_desk import LocalDesk, ticket_in

from huifeng_desktop.app import open_registrar
from huifeng_desktop.clock import FixedClock
from huifeng_desktop.service.before.documents import Documents
from huifeng_desktop.service.door.phones import Phones
from huifeng_desktop.service.registrar import Registrar
from huifeng_desktop.storage.shelf import FolderShelf


class _Registrars:
    """What `LocalDesk` opens in its writer's thread."""

    def __init__(self, path: Path, meeting_id: str, clock: FixedClock) -> None:
        self._parts = path, meeting_id, clock

    def opened(self) -> AbstractContextManager[Registrar]:
        return open_registrar(*self._parts)


class Phone:
    """One telephone with its cookies."""

    def __init__(self, desk: LocalDesk) -> None:
        self._desk = desk
        self.cookies: dict[str, str] = {}
        self.set_cookies: list[str] = []

    def get(self, path: str, **headers: str) -> httpx.Response:
        """Load a page."""
        return self._keep(self._desk.request("GET", path, headers={**self._cookie(), **headers}))

    def scan(self) -> httpx.Response:
        """Scan the code on the projector."""
        return self.get(f"/s/{self._desk.code()}")

    def sign_in(self, name: str, digits: str, **fields: str) -> httpx.Response:
        """Scan, fill in, send."""
        form = {
            "ticket": ticket_in(self.scan().text),
            "name": name,
            "digits": digits,
            "who": "self",
            **fields,
        }
        return self._keep(self._desk.request("POST", "/s/sign-in", data=form, headers=self._cookie()))

    def _cookie(self) -> dict[str, str]:
        text = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Cookie": text} if text else {}

    def _keep(self, answer: httpx.Response) -> httpx.Response:
        for line in answer.headers.get_list("set-cookie"):
            self.set_cookies.append(line)
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = unquote(value.strip('"'))
        return answer


class PhoneMeeting:
    """The window's side, the desk's side, and as many phones as are wanted."""

    def __init__(self, meeting: Meeting, clock: FixedClock) -> None:
        self.meeting, self.clock = meeting, clock
        self.phones = Phones(meeting.session)
        self.documents = Documents(meeting.session, FolderShelf(meeting.folder.path))
        self.desk = self._start()

    def _start(self) -> LocalDesk:
        registrars = _Registrars(self.meeting.folder.path, self.meeting.session.meeting_id, self.clock)
        return LocalDesk(registrars, self.clock)  # type: ignore[arg-type]  # opens it, nothing more

    def restart(self) -> None:
        """The desk stops and another one starts, as after a crash."""
        self.desk.close()
        self.desk = self._start()

    def phone(self) -> Phone:
        """A telephone that was never here."""
        return Phone(self.desk)

    def tail(self, name: str) -> str:
        """The last four digits of somebody's badge."""
        return self.meeting.badge(name)[-4:]

    def look(self) -> None:
        """Let the window hear of what the desk has stored."""
        self.meeting.session.catch_up(force=True)


@contextmanager
def phone_meeting(path: Path, clock: FixedClock) -> Iterator[PhoneMeeting]:
    """The meeting of 12 March with its small roster, its desk running."""
    with held_by(path, clock) as meeting:
        held = PhoneMeeting(meeting, clock)
        try:
            yield held
        finally:
            held.desk.close()
