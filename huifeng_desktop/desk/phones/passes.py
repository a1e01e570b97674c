"""The two cookies of a telephone: which device it is, and for whom it has signed in.

Both are random or opaque, signed, and bound to one meeting: the key that signs them is the meeting's
own and dies with it. Pure: no request, no clock.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from urllib.parse import quote, unquote

_MARK_BYTES = 15
_DEVICE = re.compile(r"[0-9a-f]{16}", re.ASCII)


class Passes:
    """Makes and reads the cookies of one meeting."""

    def __init__(self, secret: bytes, meeting_id: str) -> None:
        self._secret = secret
        self._meeting_id = meeting_id

    @staticmethod
    def new_device() -> str:
        """A random name for a telephone; says nothing about it."""
        return secrets.token_hex(8)

    def device_cookie(self, device: str) -> str:
        """What the telephone keeps."""
        return f"{device}.{self._sign('device', device)}"

    def device(self, cookie: str) -> str:
        """The telephone of a cookie; "" for one that was not made here for this meeting."""
        device, _, mark = cookie.partition(".")
        return device if _DEVICE.fullmatch(device) and self._is_right(mark, "device", device) else ""

    def seat_cookie(self, seat_id: str, device: str) -> str:
        """That this telephone has signed in, or asked, for this seat."""
        return f"{quote(seat_id, safe='')}.{self._sign('seat', seat_id, device)}"

    def seat(self, cookie: str, device: str) -> str:
        """The seat of a cookie, on the telephone it was made for; else ""."""
        quoted, _, mark = cookie.rpartition(".")
        seat_id = unquote(quoted)
        return seat_id if seat_id and device and self._is_right(mark, "seat", seat_id, device) else ""

    def _is_right(self, mark: str, *parts: str) -> bool:
        return hmac.compare_digest(mark.encode("utf-8", "replace"), self._sign(*parts).encode())

    def _sign(self, *parts: str) -> str:
        message = "\0".join(("pass", self._meeting_id, *parts)).encode("utf-8", "replace")
        digest = hmac.digest(self._secret, message, hashlib.sha256)[:_MARK_BYTES]
        return base64.urlsafe_b64encode(digest).decode("ascii")
