"""申诉 and 通知: what stands beside a ruling as evidence. An open appeal keeps the record open."""

from __future__ import annotations

from datetime import datetime

from huifeng_desktop.domain.attendance import Decision
from huifeng_desktop.domain.events import Event, EventKind, Fact
from huifeng_desktop.domain.state import MeetingState
from huifeng_desktop.errors import UserProblem
from huifeng_desktop.service.session import MeetingSession

MEANS = ("文件", "短信", "电话")
"""通知 by which means (DOMAIN §2, document 4)."""

_APPEALS = (EventKind.APPEAL, EventKind.APPEAL_CLOSED)


def open_appeals(state: MeetingState) -> dict[str, Event]:
    """The appeals that nobody has decided, by seat; the latest of a seat."""
    found: dict[str, Event] = {}
    for event in state.log:
        if event.kind not in _APPEALS or event.event_id in state.annulled:
            continue
        if event.kind is EventKind.APPEAL:
            found[event.subject] = event
        else:
            found.pop(event.subject, None)
    return found


def concerns(event: Event, seat_id: str) -> bool:
    """Whether a fact about a person with two posts tells of this seat: an appeal does of its own alone."""
    of_one_seat = event.kind in _APPEALS or bool(event.body.get("seat_only"))
    return event.subject == seat_id or not of_one_seat


class Appeals:
    """Files appeals, decides them, and records how people were notified."""

    def __init__(self, session: MeetingSession) -> None:
        self._session = session

    def file(self, seat_id: str, *, by: str, why: str) -> Event:
        """Record an appeal against the ruling on a seat, while the appeal term runs or not.

        Raises UserProblem without name or reason, where nothing was ruled, or where one is open.
        """
        self._session.refuse_if_sealed()
        if not by.strip() or not why.strip():
            raise UserProblem("申诉要写明申诉人和理由，请填写。")
        state = self._session.state
        seat = state.seat(seat_id)
        if seat is None or state.facts_of(seat).ruling is None:
            raise UserProblem("这一件还没有认定，不用申诉；有话要说请写进认定理由。")
        if seat_id in open_appeals(state):
            raise UserProblem("这一件已有申诉等待处理，请先处理。")
        return self._state(EventKind.APPEAL, seat_id, {"by": by.strip(), "why": why.strip()})[0]

    def close(self, seat_id: str, *, by: str, why: str, decision: Decision | None = None) -> list[Event]:
        """Decide an appeal: uphold the ruling, or change it to `decision`, in one transaction."""
        self._session.refuse_if_sealed()
        if seat_id not in open_appeals(self._session.state):
            raise UserProblem("这一件没有等待处理的申诉。请刷新后重试。")
        if not by.strip() or not why.strip():
            raise UserProblem("处理申诉要写明处理人和理由，请填写。")
        outcome = "upheld" if decision is None else "changed"
        body = {"outcome": outcome, "by": by.strip(), "why": why.strip()}
        facts = [Fact(EventKind.APPEAL_CLOSED, self._session.now().wall, seat_id, body)]
        if decision is not None:
            reason = f"申诉成立：{why.strip()}"
            ruled = {"decision": decision.value, "by": by.strip(), "reason": reason, "seat_only": True}
            facts.append(Fact(EventKind.RULING, self._session.now().wall, seat_id, ruled))
        return self._session.state_facts(facts)

    def notified(self, means: str, at: datetime, *, by: str, seat_id: str = "") -> Event:
        """Record that one person, or everybody, was told of the meeting."""
        self._session.refuse_if_sealed()
        if not means.strip() or not by.strip():
            raise UserProblem("通知记录要写明方式和记录人，请填写。")
        if at > self._session.now().wall:
            raise UserProblem("通知时间还没有到，请核对。")
        fact = Fact(EventKind.NOTIFIED, at, seat_id, {"means": means.strip(), "by": by.strip()})
        return self._session.state_facts([fact])[0]

    def _state(self, kind: EventKind, seat_id: str, body: dict[str, str]) -> list[Event]:
        return self._session.state_facts([Fact(kind, self._session.now().wall, seat_id, body)])
