"""What stays of a meeting that was deleted after its term: who deleted it, and which archive holds it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from huifeng_desktop.domain.events import Event, EventKind, Fact


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What stays of a deleted meeting. `is_back`: an archive has brought it into this folder again."""

    meeting_id: str
    title: str
    start: datetime
    file: str
    sha256: str
    events: int
    by: str
    at: datetime
    is_back: bool = False

    def fact(self) -> Fact:
        """How it is recorded."""
        body = {
            "title": self.title,
            "start": self.start.isoformat(),
            "file": self.file,
            "sha256": self.sha256,
            "events": self.events,
            "by": self.by,
        }
        return Fact(EventKind.MEETING_REMOVED, self.at, body=body)


def tombstone_of(event: Event, present: Collection[str]) -> Tombstone:
    """The record read back; `present` are the meetings that are in the folder."""
    body = event.body
    return Tombstone(
        event.meeting,
        body["title"],
        datetime.fromisoformat(body["start"]),
        body["file"],
        body["sha256"],
        body["events"],
        body["by"],
        event.at,
        event.meeting in present,
    )
