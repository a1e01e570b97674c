"""The JSON of `/api`: a body becomes a `SignInRequest`, a `SignInOutcome` becomes an answer."""

from __future__ import annotations

import json
import re
from typing import Any

from huifeng_desktop.domain.people import Deputy, normalise_name
from huifeng_desktop.service.door.sign_in import (
    Method,
    Movement,
    OutcomeCode,
    SignInOutcome,
    SignInRequest,
)

NONCE_LENGTH = 128
TEXT_LENGTH = 64

_CONTROL = r"\x00-\x1f\x7f-\x9f\u2028\u2029"
ANY_TEXT = rf"^[^{_CONTROL}]*$"
"""One line of text; the OpenAPI document states the same pattern."""
SOME_TEXT = rf"^[^{_CONTROL}]*[^\s{_CONTROL}][^{_CONTROL}]*$"
"""One line of text that is not blank."""
_ANY, _SOME, _HALVES = re.compile(ANY_TEXT), re.compile(SOME_TEXT), re.compile("[\ud800-\udfff]")


class Malformed(Exception):
    """The body is not what the API asks for; `str()` is a Chinese sentence."""


def parse_sign_in(body: bytes) -> SignInRequest:
    """The request in a JSON body; unknown members are ignored. Raises `Malformed`."""
    plain = json_object(body)
    return SignInRequest(
        nonce=member(plain, "nonce", NONCE_LENGTH),
        badge=member(plain, "badge", TEXT_LENGTH),
        kind=_kind(plain),
        method=Method.BADGE,
        station=member(plain, "station", TEXT_LENGTH, required=False),
        deputy=parse_deputy(plain),
        deputy_approved=parse_approval(plain),
    )


def json_object(body: bytes) -> dict[str, Any]:
    """The object in a JSON body. Raises `Malformed`."""
    try:
        plain = json.loads(body)
    except (ValueError, RecursionError) as problem:
        raise Malformed("请求内容不是有效的 JSON。") from problem
    if not isinstance(plain, dict):
        raise Malformed("请求内容应为一个 JSON 对象。")
    return plain


def member(plain: dict[str, Any], key: str, longest: int, *, required: bool = True) -> str:
    """One string member; one line of it, and nothing that a database would refuse."""
    if key not in plain and not required:
        return ""
    value = plain.get(key)
    if not isinstance(value, str) or len(value) > longest or not _is_writable(value):
        raise Malformed(f"{key} 应为不超过 {longest} 个字符的文字。")
    if required and not _SOME.match(value):
        raise Malformed(f"{key} 不能为空。")
    return value.strip()


def _is_writable(value: str) -> bool:
    """Whether the text has no control characters and no halves of characters."""
    return _ANY.match(value) is not None and not _HALVES.search(value)


def _kind(plain: dict[str, Any]) -> Movement:
    try:
        return Movement(plain.get("kind", Movement.ENTER))
    except ValueError as problem:
        raise Malformed("kind 应为 enter、leave 或 return。") from problem


def parse_deputy(plain: dict[str, Any]) -> Deputy | None:
    """Who came instead, if anybody is named. Raises `Malformed`."""
    deputy = plain.get("deputy")
    if deputy is None:
        return None
    if not isinstance(deputy, dict):
        raise Malformed("deputy 应为含 name 和 post 的 JSON 对象。")
    name = normalise_name(member(deputy, "name", TEXT_LENGTH))
    if not name:
        raise Malformed("name 不能为空。")
    return Deputy(name, member(deputy, "post", TEXT_LENGTH, required=False))


def parse_approval(plain: dict[str, Any]) -> bool | None:
    """Whether the deputy was approved; None if nobody has said. Raises `Malformed`."""
    approved = plain.get("deputy_approved")
    if approved is not None and not isinstance(approved, bool):
        raise Malformed("deputy_approved 应为 true、false 或 null。")
    return approved


def describe(outcome: SignInOutcome) -> dict[str, Any]:
    """The JSON answer; refusals that name nobody hold only their code."""
    answer: dict[str, Any] = {"outcome": outcome.code.value}
    if not outcome.seat_id or outcome.code is OutcomeCode.NOT_OPEN:
        return answer
    answer |= {"seq": outcome.seq, "name": outcome.name, "unit": outcome.unit, "post": outcome.post}
    if not outcome.is_durable:
        return answer
    answer |= {"late_minutes": outcome.late_minutes, "seat": outcome.place, "pending": outcome.pending}
    at = outcome.at.isoformat(timespec="seconds") if outcome.at else None
    answer["first_at" if outcome.code is OutcomeCode.ALREADY else "at"] = at
    return answer
