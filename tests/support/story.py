"""A meeting told fact by fact, without a disk: what the rules judge, in a line or two of test."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from huifeng_desktop.domain.attendance import Decision
from huifeng_desktop.domain.events import Event, EventKind
from huifeng_desktop.domain.imported import Approval
from huifeng_desktop.domain.meeting import MeetingPlan
from huifeng_desktop.domain.people import Category, Seat
from huifeng_desktop.domain.rule_set import RuleSet
from huifeng_desktop.domain.state import MeetingState
from huifeng_desktop.rules.classify import classify
from huifeng_desktop.rules.verdict import Verdict

DAY = date(2026, 3, 12)
LADDER = RuleSet(
    key="ladder",
    ladder=("达到第一档，建议通报批评", "达到第二档，建议诫勉谈话", "达到第三档，建议移送有权机关研究"),
)
POINTS = {"late": 1.0, "left_early": 1.0, "unapproved_substitute": 2.0, "absent": 3.0}


def moment(text: str, day: date = DAY) -> datetime:
    """14:31, 14:31:10 or 2026-03-17T10:00 as local time; a bare time is on the day of the meeting."""
    if "T" in text:
        return datetime.fromisoformat(text).astimezone()
    return datetime.combine(day, time.fromisoformat(text)).astimezone()


def seat(seat_id: str = "s1", name: str = "甲", unit: str = "县民政局", **more: Any) -> Seat:
    """A seat; its number follows from the id."""
    return Seat(seat_id, int(seat_id[1:]), unit, name, **more)


def leader(seat_id: str = "s1") -> Seat:
    """A seat of 县领导."""
    return seat(seat_id, category=Category.LEADER)


class Story:
    """Facts in the order of their telling. The meeting is notified for 14:30."""

    def __init__(
        self,
        *seats: Seat,
        rules: RuleSet = LADDER,
        day: date = DAY,
        start: str = "14:30",
        title: str = "例会",
    ) -> None:
        self.day = day
        self.events: list[Event] = []
        plan = MeetingPlan(title, moment(start, day), rule_set=rules, counts=True)
        self.tell(EventKind.MEETING_CREATED, "08:00", body=plan.to_json())
        plain = [one.to_json() for one in seats or (seat(),)]
        self.tell(EventKind.ROSTER_LOADED, "08:00", body={"seats": plain})

    def tell(
        self,
        kind: EventKind,
        at: str,
        subject: str = "",
        body: dict[str, Any] | None = None,
        writer: str = "a",
    ) -> Event:
        """State one fact."""
        number = len(self.events) + 1
        when = moment(at, self.day)
        event = Event(f"e{number:05}", "m", kind, subject, when, when, writer, number, number, body or {})
        self.events.append(event)
        return event

    def signs(
        self, at: str, seat_id: str = "s1", deputy: str = "", approved: bool | None = None, writer: str = "a"
    ) -> Event:
        """签到, by a deputy where one is named."""
        body: dict[str, Any] = {"method": "badge"}
        if deputy:
            body |= {"deputy": {"name": deputy, "post": "股长"}, "deputy_approved": approved}
        return self.tell(EventKind.SIGN_IN, at, seat_id, body, writer)

    def leaves(self, at: str, seat_id: str = "s1", *, approved: bool = False) -> Event:
        """离场."""
        return self.tell(EventKind.EXIT, at, seat_id, {"approved": approved})

    def returns(self, at: str, seat_id: str = "s1") -> Event:
        """返回."""
        return self.tell(EventKind.RETURN, at, seat_id)

    def count(self, at: str, seen: Sequence[str] = (), unseen: Sequence[str] = ()) -> Event:
        """会中清点."""
        return self.tell(EventKind.HEADCOUNT, at, body={"seen": list(seen), "unseen": list(unseen)})

    def leave(
        self, approval: Approval, seat_id: str = "s1", *, deputy: str = "", requested: str = ""
    ) -> Event:
        """请假."""
        body: dict[str, Any] = {"reason": "因公", "approval": approval.value, "approved_by": "韩立民"}
        if deputy:
            body["deputy"] = {"name": deputy, "post": ""}
        if requested:
            body["requested_at"] = moment(requested, self.day).isoformat()
        return self.tell(EventKind.LEAVE_RECORDED, requested or "09:00", seat_id, body)

    def word(self, deputy: str, seat_id: str = "s1", *, approved: bool) -> Event:
        """What somebody said later about a deputy."""
        body = {"deputy": {"name": deputy, "post": ""}, "approved": approved, "approved_by": "韩立民"}
        return self.tell(EventKind.DEPUTY_RECORDED, "16:00", seat_id, body)

    def rule(self, decision: Decision, seat_id: str = "s1") -> Event:
        """认定."""
        body = {"decision": decision.value, "by": "林静", "reason": "经核实"}
        return self.tell(EventKind.RULING, "16:20", seat_id, body)

    def annul(self, event: Event) -> Event:
        """撤销."""
        return self.tell(EventKind.ANNULLED, "16:30", event.event_id, {"reason": "误操作"})

    def opens(self, at: str = "14:30") -> Event:
        """宣布开会."""
        return self.tell(EventKind.OPENED, at)

    def adjourns(self, at: str = "15:55") -> Event:
        """散会."""
        return self.tell(EventKind.ADJOURNED, at)

    def held(self) -> Story:
        """Opened at 14:30 and adjourned at 15:55."""
        self.opens()
        self.adjourns()
        return self

    def state(self) -> MeetingState:
        """What the facts add up to."""
        state = MeetingState("m")
        state.apply_all(self.events)
        return state

    def verdicts(self, as_of: str = "17:00") -> list[Verdict]:
        """The verdict on every seat, judged the same evening."""
        return classify(self.state(), moment(as_of, self.day))

    def verdict(self, seat_id: str = "s1", as_of: str = "17:00") -> Verdict:
        """The verdict on one seat."""
        return next(one for one in self.verdicts(as_of) if one.seat.seat_id == seat_id)
