"""Codes on the projector and tickets in the phone page: signed, short-lived, worth nothing later.

Pure: time is an argument in monotonic seconds, so that a wall clock set back revives no old code.
The secret is made for one run of the desk; codes and tickets die with it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass

SLOT_S = 15
"""How long one projected code is shown; it is accepted for one slot more."""

TICKET_S = 120
"""How long a loaded page may be filled in."""

TICKET_TRIES = 3
"""How often a mistyped form may be corrected before the code must be scanned again."""

_CODE_BYTES = 12


def new_secret() -> bytes:
    """A secret for one run of the desk."""
    return secrets.token_bytes(32)


def slot_of(now: float) -> int:
    """The number of the 15-second slot that `now` lies in."""
    return int(now // SLOT_S)


class CodeSigner:
    """Makes and checks the code that the projector shows: HMAC(secret, meeting | slot)."""

    def __init__(self, secret: bytes, meeting_id: str) -> None:
        self._secret = secret
        self._meeting_id = meeting_id

    def code(self, now: float) -> str:
        """The code to show now."""
        return self._sign(slot_of(now))

    def accepts(self, code: str, now: float) -> bool:
        """Whether `code` is the one shown now or the one before it; in constant time."""
        slot = slot_of(now)
        given = code.encode("utf-8", "replace")
        matches = [hmac.compare_digest(given, self._sign(one).encode()) for one in (slot, slot - 1)]
        return any(matches)

    def _sign(self, slot: int) -> str:
        message = f"code|{self._meeting_id}|{slot}".encode()
        return _text(hmac.digest(self._secret, message, hashlib.sha256)[:_CODE_BYTES])


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket whose signature was right: until when it is good and how many corrections are left."""

    ident: str
    expires: float
    tries: int


class TicketBook:
    """Issues tickets and sees to it that one ticket serves one person.

    A ticket carries its own signature, so nothing is kept for pages that are never sent in. A used
    ticket is tied to what it was used for: the same form sent twice (a double tap, a reload) is let
    through again and gets the same answer, any other use is refused.
    """

    def __init__(self, secret: bytes, meeting_id: str) -> None:
        self._secret = secret
        self._meeting_id = meeting_id
        self._used: dict[str, tuple[float, str]] = {}

    def issue(self, now: float, tries: int = TICKET_TRIES) -> str:
        """A new ticket, good for 120 seconds."""
        body = f"{secrets.token_hex(8)}.{int(now) + TICKET_S}.{tries}"
        return f"{body}.{self._sign(body)}"

    def read(self, text: str, now: float) -> Ticket | None:
        """The ticket, or None when it was not made here or is too old."""
        body, _, mark = text.rpartition(".")
        if not hmac.compare_digest(mark.encode("utf-8", "replace"), self._sign(body).encode()):
            return None
        ident, expires, tries = body.split(".")
        if now >= int(expires):
            return None
        return Ticket(ident, float(expires), int(tries))

    def use(self, ticket: Ticket, purpose: str, now: float) -> bool:
        """Tie the ticket to `purpose`; False when it served another purpose before."""
        self._forget_expired(now)
        _, earlier = self._used.setdefault(ticket.ident, (ticket.expires, purpose))
        return earlier == purpose

    def _forget_expired(self, now: float) -> None:
        """Drop used tickets that `read` refuses by now; the first used ones come first, near enough."""
        for ident in list(self._used):
            if self._used[ident][0] > now:
                break
            del self._used[ident]

    def _sign(self, body: str) -> str:
        message = f"ticket|{self._meeting_id}|{body}".encode("utf-8", "replace")
        return _text(hmac.digest(self._secret, message, hashlib.sha256)[:_CODE_BYTES])


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode("ascii").rstrip("=")
