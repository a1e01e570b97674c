"""What is special at the door when a telephone asks: the device, the level of trust, the signature."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from huifeng_desktop.domain.events import EventKind, Fact
from huifeng_desktop.domain.people import Seat
from huifeng_desktop.domain.phones import PhoneLevel, Proposal
from huifeng_desktop.domain.signature import Signature
from huifeng_desktop.domain.state import MeetingState
from huifeng_desktop.service.door.sign_in import Method, Movement, SignInRequest
from huifeng_desktop.service.session import Writing


def only_proposes(state: MeetingState, request: SignInRequest) -> bool:
    """Whether a person has to confirm this entry first (严格)."""
    by_phone = request.method is Method.PHONE and request.kind is Movement.ENTER
    return by_phone and state.phones.rules.level is PhoneLevel.STRICT


def waiting_for(state: MeetingState, seat: Seat) -> Proposal | None:
    """What was proposed for this person before and is not answered yet."""
    posts = state.posts_of(seat.seat_id)
    return next((one for one in state.phones.waiting.values() if one.seat_id in posts), None)


def body_of(state: MeetingState, request: SignInRequest) -> dict[str, Any]:
    """What is recorded beside the rest: from which telephone, and how far it was trusted then."""
    if request.method is not Method.PHONE:
        return {}
    level = {"level": state.phones.rules.level.value}
    return {**level, "device": request.device} if request.device else level


def is_doubtful(state: MeetingState, request: SignInRequest, seat: Seat) -> bool:
    """Whether the entry will wait for a word because somebody else had used the telephone (标准)."""
    if not request.device or not seat.category.is_expected:
        return False
    shared = state.phones.shared_with(request.device, seat) is not None
    return shared and state.phones.rules.level is PhoneLevel.STANDARD


def add_signature(block: Writing, request: SignInRequest, seat: Seat, entry: str, at: datetime) -> None:
    """Record what was drawn, in the same transaction as the entry; what is no signature is left out."""
    drawn = Signature.parse(request.signature) if block.state.phones.rules.signature else None
    if drawn is None:
        return
    signer = request.deputy.name if request.deputy else ""
    body = {"strokes": drawn.to_text(), "signer": signer, "entry": entry, "device": request.device}
    block.add(Fact(EventKind.SIGNATURE, at, seat.seat_id, body))
