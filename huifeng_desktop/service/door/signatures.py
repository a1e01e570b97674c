"""Signatures that were drawn by finger, for the 签名 column of the papers.

`Signatures(session).signature_of(seat_id)` is the way in: a `Handwriting` whose `signature.strokes`
are points on a grid of `domain.signature.WIDTH` × `HEIGHT`; as a picture they are drawn by
`exchange.signature_picture.signature_png`.
"""

from __future__ import annotations

from huifeng_desktop.domain.people import Seat
from huifeng_desktop.domain.phones import Handwriting
from huifeng_desktop.service.session import MeetingSession


class Signatures:
    """The signatures of one meeting."""

    def __init__(self, session: MeetingSession) -> None:
        self._session = session

    def signature_of(self, seat_id: str) -> Handwriting | None:
        """The signature that belongs to the entry that holds for this seat; None if there is none.

        A person with two posts has signed for both. Of an entry that was undone, or refused, the
        signature does not count; `signer` is the deputy who drew it, "" for the invited person. It
        can be drawn anew on the telephone that it came from; another telephone does not replace it.
        """
        seat = self._session.state.seat(seat_id)
        return self._of(seat) if seat is not None else None

    def all(self) -> dict[str, Handwriting]:
        """The signature of every seat that has one, by seat id."""
        found = ((seat.seat_id, self._of(seat)) for seat in self._session.state.seats)
        return {seat_id: written for seat_id, written in found if written is not None}

    def _of(self, seat: Seat) -> Handwriting | None:
        state = self._session.state
        facts = state.facts_of(seat)
        if facts.arrival is None:
            return None
        signer = facts.arrival.deputy.name if facts.arrival.deputy else ""
        holding = {entry for one in facts.arrivals for entry in (one.event_id, one.proposal)}
        written = (one for post in state.posts_of(seat.seat_id) for one in state.phones.handwritings(post))
        found = [one for one in written if one.signer == signer and one.entry in holding]
        found.sort(key=lambda one: (one.at, one.event_id))
        return next((one for one in reversed(found) if one.device == found[0].device), None)
