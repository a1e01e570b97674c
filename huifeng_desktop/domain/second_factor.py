"""The second thing by which a telephone proves whose it is: telephone tail, badge tail, or a PIN.

Of a PIN only a digest is kept with the seat, so that no log, paper or packed file can show it.
"""

from __future__ import annotations

import hashlib
import hmac
import re

from huifeng_desktop.domain.people import Seat

TAIL_LENGTH = 4
_TYPED = re.compile(r"[0-9]{4,8}", re.ASCII)
NOBODY = Seat("", 0, "", "")
"""Looked at where no name matches, so that a wrong name costs as much as a wrong number."""


def is_second_factor(typed: str) -> bool:
    """Whether this can be one at all: four digits of a tail, four to eight of a PIN."""
    return _TYPED.fullmatch(typed) is not None


def sealed_pin(seat_id: str, pin: str) -> str:
    """What is kept of a PIN; "" for none. Always the same for one seat: loading again changes nothing."""
    return hashlib.sha256(f"pin|{seat_id}|{pin}".encode()).hexdigest()[:32] if pin else ""


def answers(seat: Seat, typed: str) -> bool:
    """Whether `typed` is one of the seat's second things; every one is looked at, in constant time."""
    known = (seat.phone[-TAIL_LENGTH:], seat.badge[-TAIL_LENGTH:], seat.pin)
    given = (typed, typed, sealed_pin(seat.seat_id, typed))
    return any([_same(one, other) for one, other in zip(known, given, strict=True)])


def _same(known: str, given: str) -> bool:
    return hmac.compare_digest(known.encode(), given.encode())
