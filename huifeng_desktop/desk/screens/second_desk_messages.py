"""The JSON that a second desk sends: an entry, or one to be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from huifeng_desktop.desk.messages import (
    NONCE_LENGTH,
    TEXT_LENGTH,
    Malformed,
    json_object,
    member,
    parse_approval,
    parse_deputy,
)
from huifeng_desktop.service.door.sign_in import Method, SignInRequest

_LEAST_NONCE = 8
_METHODS = {one.value: one for one in (Method.TYPED, Method.TICKED, Method.BADGE)}


@dataclass(frozen=True, slots=True)
class Entering:
    """Somebody to be signed in; `approved_by` is who approved the deputy, if anybody said."""

    request: SignInRequest
    approved_by: str


@dataclass(frozen=True, slots=True)
class Undoing:
    """An entry to be taken back, and why."""

    nonce: str
    event_id: str
    reason: str


def parse_entering(body: bytes, station: str) -> Entering:
    """The entry in a JSON body, made at the desk `station`. Raises `Malformed`."""
    plain = json_object(body)
    badge, seat = (member(plain, key, TEXT_LENGTH, required=False) for key in ("badge", "seat"))
    method = _METHODS.get(member(plain, "method", TEXT_LENGTH))
    if bool(badge) == bool(seat) or method is None:
        raise Malformed("badge 和 seat 应只给一个，method 应为 typed、ticked 或 badge。")
    request = SignInRequest(
        nonce=_nonce(plain),
        badge=badge,
        seat_id=seat,
        method=method,
        station=station,
        deputy=parse_deputy(plain),
        deputy_approved=parse_approval(plain),
    )
    return Entering(request, member(plain, "approved_by", TEXT_LENGTH, required=False))


def parse_undoing(body: bytes) -> Undoing:
    """The wish in a JSON body. Raises `Malformed`."""
    plain = json_object(body)
    event = member(plain, "event", TEXT_LENGTH)
    return Undoing(_nonce(plain), event, member(plain, "reason", TEXT_LENGTH, required=False))


def _nonce(plain: dict[str, Any]) -> str:
    nonce = member(plain, "nonce", NONCE_LENGTH)
    if len(nonce) < _LEAST_NONCE:
        raise Malformed(f"nonce 应至少有 {_LEAST_NONCE} 个字符。")
    return nonce
