"""The PIN of the remote and the sessions behind it. Pure: time is an argument in monotonic seconds.

Six digits stand up to guessing only because tries are few: five from one address, then one a minute,
and thirty from all addresses together, then none for anybody until a minute each has passed. The
secretary's own session is not touched by that, and opening anew makes a new PIN.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

from huifeng_desktop.desk.http.limits import RateLimit

PIN_LENGTH = 6
MOST_SESSIONS = 4
_SESSION_BYTES, _SESSION_LENGTH = 24, 32
_EVERYBODY = ""


@dataclass(frozen=True, slots=True)
class PinAnswer:
    """`session` is "" unless the PIN was right; `retry_after` is 0 unless tries are used up."""

    session: str = ""
    retry_after: int = 0


@dataclass(slots=True)
class _Tries:
    addresses: RateLimit = field(default_factory=lambda: RateLimit(burst=5, per_second=1 / 60))
    everybody: RateLimit = field(default_factory=lambda: RateLimit(burst=30, per_second=1 / 60))


def kept_pin(plain: object) -> str:
    """A PIN that the window has kept from before a crash; "" for anything that was none."""
    is_one = isinstance(plain, str) and len(plain) == PIN_LENGTH and plain.isascii() and plain.isdigit()
    return str(plain) if is_one else ""


def kept_sessions(plain: object) -> list[str]:
    """The sessions that the window has kept from before a crash; none for anything that were none."""
    lines = plain if isinstance(plain, list) else []
    return [one for one in lines if isinstance(one, str) and len(one) == _SESSION_LENGTH][-MOST_SESSIONS:]


class PinDoor:
    """One PIN for one opening, and who has come in by it."""

    def __init__(self) -> None:
        self.pin = ""
        self._tries = _Tries()
        self._sessions: list[bytes] = []

    @property
    def sessions(self) -> list[str]:
        """Who is in, the latest last; as secret as the PIN itself."""
        return [one.decode() for one in self._sessions]

    def open(self, pin: str = "", sessions: Sequence[str] = ()) -> str:
        """A new PIN, every former session is void; or the PIN of before a restart and who was in by it."""
        self.close()
        self._sessions = [one.encode() for one in sessions] if pin else []
        self.pin = pin or "".join(secrets.choice("0123456789") for _ in range(PIN_LENGTH))
        self._tries = _Tries()
        return self.pin

    def close(self) -> None:
        """No PIN is right and no session is known any more."""
        self.pin = ""
        self._sessions.clear()

    def enter(self, pin: str, address: str, now: float) -> PinAnswer:
        """Try a PIN. The try is booked before it is looked at, and given back when it was right."""
        tries = self._tries
        if not (tries.addresses.has_room(address, now) and tries.everybody.has_room(_EVERYBODY, now)):
            wait = tries.addresses.retry_after(address, now), tries.everybody.retry_after(_EVERYBODY, now)
            return PinAnswer(retry_after=max(wait))
        tries.addresses.take(address, now)
        tries.everybody.take(_EVERYBODY, now)
        right = hmac.compare_digest(pin.encode("utf-8", "replace"), self.pin.encode())
        if not (self.pin and right):
            return PinAnswer()
        tries.addresses.give_back(address, now)
        tries.everybody.give_back(_EVERYBODY, now)
        return PinAnswer(session=self._admit())

    def knows(self, session: str) -> bool:
        """Whether somebody with this session came in by the PIN; in constant time."""
        given = session.encode("utf-8", "replace")
        return any([hmac.compare_digest(given, one) for one in self._sessions])

    def _admit(self) -> str:
        """A new session; beyond a handful the oldest goes."""
        session = secrets.token_urlsafe(_SESSION_BYTES)
        self._sessions = [*self._sessions, session.encode()][-MOST_SESSIONS:]
        return session
