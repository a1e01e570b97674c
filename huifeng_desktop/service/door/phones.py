"""Telephones as the operator sees them: how far they are trusted, what waits for a word, who vouches."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huifeng_desktop.domain.events import Event, EventKind, Fact
from huifeng_desktop.domain.people import Deputy, Seat
from huifeng_desktop.domain.phones import DeviceUse, PhoneLevel, PhoneRules, Proposal
from huifeng_desktop.errors import UserProblem
from huifeng_desktop.rules.classify import late_minutes
from huifeng_desktop.service.session import MeetingSession, Writing

_NOBODY = "签到台"
"""Who answers where no operator is named."""


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """One line of 手机待确认: who asks, since when, and for whom else this telephone was used."""

    proposal: str
    seat: Seat
    at: datetime
    deputy: Deputy | None = None
    shared_with: DeviceUse | None = None


class Phones:
    """What a person at the desk decides about telephones. Belongs to the thread of its session."""

    def __init__(self, session: MeetingSession) -> None:
        self._session = session

    @property
    def rules(self) -> PhoneRules:
        """What holds now."""
        return self._session.state.phones.rules

    def set_rules(self, level: PhoneLevel, *, signature: bool, by: str = "") -> None:
        """Choose the level and whether to ask for a signature; the running desk heeds it at once."""
        self._session.refuse_if_sealed()
        if self.rules != PhoneRules(level, signature):
            body = {"level": level.value, "signature": signature, "by": by}
            self._state(EventKind.PHONES_SET, "", body)

    # -- 手机待确认 ----------------------------------------------------------------------------

    def waiting(self) -> list[WaitingRow]:
        """What nobody has answered yet, the oldest first; who has left the roster is left out."""
        state = self._session.state
        pairs = ((one, state.seat(one.seat_id)) for one in state.phones.waiting.values())
        return [_row(one, seat) for one, seat in pairs if seat is not None]

    def confirm(self, proposals: Collection[str], *, by: str = "") -> int:
        """Sign these in, each at the time of its proposal; how many still waited for it."""
        self._session.refuse_if_sealed()
        with self._session.writing() as block:
            asked = {one.event_id: one for one in block.state.log if one.event_id in proposals}
            chosen = [one for one in block.state.phones.waiting.values() if one.event_id in proposals]
            for one in chosen:
                block.add(self._sign_in(block, asked[one.event_id], one, by or _NOBODY))
        return len(chosen)

    def _sign_in(self, block: Writing, asked: Event, proposal: Proposal, by: str) -> Fact:
        late = late_minutes(proposal.at, self._session.context())
        body = {
            **asked.body,
            "proposal": proposal.event_id,
            "confirmed_by": by,
            "told": {**asked.body.get("told", {}), "late_minutes": late},
        }
        nonce = f"confirm-{proposal.event_id}"
        used = nonce in block.state.nonces  # confirmed before, and that entry was undone
        return Fact(EventKind.SIGN_IN, proposal.at, proposal.seat_id, body, "" if used else nonce)

    def refuse(self, proposal: str, *, by: str = "", reason: str) -> Event:
        """Say no to one, with a reason; the telephone is told to come to the desk."""
        self._session.refuse_if_sealed()
        if not reason.strip():
            raise UserProblem("不确认要写明原因，请填写后再提交。")
        with self._session.writing() as block:
            waiting = block.state.phones.waiting.get(proposal)
            if waiting is None:
                raise UserProblem("这条手机申报已经处理过，请刷新后再看。")
            body = {"proposal": proposal, "by": by or _NOBODY, "reason": reason.strip()}
            now = self._session.now().wall
            return block.add(Fact(EventKind.PROPOSAL_REFUSED, now, waiting.seat_id, body))

    # -- 同一手机 ------------------------------------------------------------------------------

    def vouch(self, seat_id: str, *, by: str = "") -> Event:
        """核实本人在场: somebody saw the person whom a shared telephone has signed in."""
        self._session.refuse_if_sealed()
        seat = self._session.state.seat(seat_id)
        arrival = self._session.state.facts_of(seat).arrival if seat else None
        if seat is None or arrival is None:
            raise UserProblem("这条签到不存在或已经撤销，请刷新后再看。")
        body = {"entry": arrival.event_id, "by": by or _NOBODY}
        return self._state(EventKind.VOUCHED, seat_id, body)

    def _state(self, kind: EventKind, subject: str, body: Mapping[str, Any]) -> Event:
        return self._session.state_facts([Fact(kind, self._session.now().wall, subject, body)])[0]


def _row(proposal: Proposal, seat: Seat) -> WaitingRow:
    return WaitingRow(proposal.event_id, seat, proposal.at, proposal.deputy, proposal.shared_with)
