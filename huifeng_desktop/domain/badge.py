"""Badge numbers: twelve digits and a Luhn check digit, so that a misread scan is noticed.

Digits only, because a USB scanner is a keyboard and a Chinese input method eats letters.
"""

from __future__ import annotations

import hashlib

BADGE_LENGTH = 13


def luhn_digit(digits: str) -> str:
    """The check digit that completes `digits` (ISO/IEC 7812-1, Annex B)."""
    total = 0
    for index, char in enumerate(reversed(digits)):
        value = int(char) * (2 if index % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def is_badge(text: str) -> bool:
    """Whether `text` is thirteen ASCII digits with a right check digit."""
    return (
        len(text) == BADGE_LENGTH and text.isascii() and text.isdigit() and luhn_digit(text[:-1]) == text[-1]
    )


def make_badge(meeting: str, seat_id: str, taken: set[str]) -> str:
    """A number for one seat that is not in `taken`; the same arguments give the same number."""
    for attempt in range(1000):
        seed = hashlib.sha256(f"{meeting}|{seat_id}|{attempt}".encode()).digest()
        body = "2" + str(int.from_bytes(seed[:8], "big") % 10**11).zfill(11)
        badge = body + luhn_digit(body)
        if badge not in taken:
            return badge
    raise RuntimeError("no free badge number was found")
