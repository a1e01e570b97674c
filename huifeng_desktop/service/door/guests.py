"""What a telephone may see after signing in: the agenda, the person's own seat, approved documents.

Nothing about anybody else: of the agenda no speaker's name leaves this place.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from huifeng_desktop.domain.agenda import AgendaItem
from huifeng_desktop.domain.people import Seat
from huifeng_desktop.domain.phones import Document
from huifeng_desktop.service.before.documents import Shelf
from huifeng_desktop.service.door.phone_entries import waiting_for
from huifeng_desktop.service.door.signatures import Signatures
from huifeng_desktop.service.ports import Settings
from huifeng_desktop.service.session import MeetingSession

_SECRET_BYTES = 32


class Standing(StrEnum):
    """How far somebody's sign-in has come."""

    SIGNED_IN = "signed_in"
    WAITING = "waiting"
    """Proposed, not yet confirmed."""
    REFUSED = "refused"
    """Proposed, and a person said no."""
    NONE = "none"
    OVER = "over"
    """The meeting has ended: nothing is shown any more."""


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One item as everybody in the room may read it."""

    number: int
    title: str
    unit: str


@dataclass(frozen=True, slots=True)
class Visit:
    """One person's own page; documents and agenda only for who is signed in."""

    standing: Standing
    name: str = ""
    unit: str = ""
    post: str = ""
    place: str = ""
    at: datetime | None = None
    deputy: str = ""
    has_signature: bool = False
    agenda: Sequence[AgendaLine] = ()
    documents: Sequence[Document] = ()


class Guests:
    """Belongs to the thread of its session. Without a shelf there are no documents."""

    def __init__(
        self, session: MeetingSession, shelf: Shelf | None = None, settings: Settings | None = None
    ) -> None:
        self._session, self._shelf, self._settings = session, shelf, settings

    @property
    def _is_over(self) -> bool:
        state = self._session.state
        return bool(state.adjourned_at or state.sealed or state.postponed)

    def secret(self) -> bytes:
        """What signs the telephones' cookies: kept over restarts of the desk, gone with the meeting."""
        key = f"phone_secret-{self._session.meeting_id}"
        kept = "" if self._settings is None or self._is_over else str(self._settings.get(key) or "")
        if kept:
            return base64.b64decode(kept)
        fresh = secrets.token_bytes(_SECRET_BYTES)
        if self._settings is not None:
            self._settings.put(key, None if self._is_over else base64.b64encode(fresh).decode())
        return fresh

    def visit(self, seat_id: str) -> Visit:
        """The page of this person, as things are now."""
        self._session.catch_up()
        if self._is_over:
            return Visit(Standing.OVER)
        seat = self._session.state.seat(seat_id)
        return Visit(Standing.NONE) if seat is None else self._visit(seat)

    def _visit(self, seat: Seat) -> Visit:
        state = self._session.state
        arrival, asked = state.facts_of(seat).arrival, waiting_for(state, seat)
        who = (seat.name, seat.unit, seat.post, seat.place)
        if arrival is None and asked is not None:
            deputy = asked.deputy.name if asked.deputy else ""
            return Visit(Standing.WAITING, *who, at=asked.at, deputy=deputy)
        if arrival is None:
            refused = any(
                one.subject in state.posts_of(seat.seat_id) for one in state.phones.refused.values()
            )
            return Visit(Standing.REFUSED if refused else Standing.NONE)
        return Visit(
            Standing.SIGNED_IN,
            *who,
            at=arrival.at,
            deputy=arrival.deputy.name if arrival.deputy else "",
            has_signature=Signatures(self._session).signature_of(seat.seat_id) is not None,
            agenda=[_line(number, item) for number, item in enumerate(state.items, 1)],
            documents=[one for one in state.phones.documents.values() if self._hands_out(one)],
        )

    def _hands_out(self, document: Document) -> bool:
        if self._shelf is None or not document.approved_by:
            return False
        return self._shelf.has(self._session.meeting_id, document.sha256)

    def document(self, seat_id: str, document_id: str) -> tuple[Document, Path] | None:
        """An approved document and where it lies, for somebody who is signed in; else None."""
        visit = self.visit(seat_id)
        found = next((one for one in visit.documents if one.document_id == document_id), None)
        if found is None or self._shelf is None:
            return None
        return found, self._shelf.path(self._session.meeting_id, found.sha256)


def _line(number: int, item: AgendaItem) -> AgendaLine:
    return AgendaLine(number, item.title, item.unit)
