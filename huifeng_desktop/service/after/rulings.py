"""After the meeting: a person rules on each doubtful case; then the record is sealed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from huifeng_desktop.domain.attendance import Decision
from huifeng_desktop.domain.events import Event, EventKind, Fact
from huifeng_desktop.errors import UserProblem
from huifeng_desktop.rules.verdict import Disposition, Flag, Verdict
from huifeng_desktop.service.after.appeals import concerns, open_appeals
from huifeng_desktop.service.session import MeetingSession
from huifeng_desktop.wording import day

_CHOICES: dict[Disposition, tuple[Decision, ...]] = {
    Disposition.UNAPPROVED_SUBSTITUTE: (
        Decision.UNAPPROVED_SUBSTITUTE,
        Decision.APPROVED_DEPUTY,
        Decision.DEFERRED,
    ),
    Disposition.ABSENT: (Decision.ABSENT, Decision.EXCUSED, Decision.ON_LEAVE, Decision.DEFERRED),
    Disposition.ON_LEAVE: (Decision.ON_LEAVE, Decision.ABSENT, Decision.DEFERRED),
    Disposition.IN_PERSON: (Decision.LATE, Decision.EXCUSED, Decision.DEFERRED),
    Disposition.APPROVED_DEPUTY: (Decision.APPROVED_DEPUTY, Decision.UNAPPROVED_SUBSTITUTE),
}


@dataclass(frozen=True, slots=True)
class Case:
    """One seat that a person may rule on, with the choices that fit its evidence."""

    verdict: Verdict
    choices: tuple[Decision, ...]
    events: tuple[Event, ...]
    deadline: datetime
    """Until when a written explanation would be due that is asked for now."""
    appeal: Event | None = None
    """The appeal that nobody has decided yet."""

    @property
    def is_open(self) -> bool:
        """Whether it still waits for a person."""
        return self.verdict.pending


class Rulings:
    """The 待认定 queue of one meeting."""

    def __init__(self, session: MeetingSession) -> None:
        self._session = session

    def cases(self) -> list[Case]:
        """Every case, those still open first, else in house order."""
        make = self._maker()
        cases = [make(verdict) for verdict in self._session.verdicts() if verdict.is_case]
        return sorted(cases, key=lambda case: (not case.is_open, case.verdict.seat.seq))

    def case(self, seat_id: str) -> Case | None:
        """The case of one seat, also where there is nothing doubtful about it."""
        verdict = self._session.verdict(seat_id)
        return self._maker()(verdict) if verdict and verdict.disposition else None

    def _maker(self) -> Callable[[Verdict], Case]:
        """What turns a verdict into a case; what all cases share is looked up once."""
        state, refused = self._session.state, EventKind.REFUSED
        to_all = [one for one in state.events_of("") if one.kind is EventKind.NOTIFIED]
        appeals = open_appeals(state)
        until = self._session.context().explain_until(self._session.now().wall)

        def make(verdict: Verdict) -> Case:
            seat_id = verdict.seat.seat_id
            history = (*to_all, *state.events_about(seat_id))
            told = [one for one in history if one.kind is not refused and concerns(one, seat_id)]
            return Case(verdict, choices_for(verdict), tuple(told), until, appeals.get(seat_id))

        return make

    def appeal_deadline(self) -> datetime:
        """Until when a ruling may be appealed: so many working days after the meeting."""
        return self._session.context().appeal_deadline

    def rule(self, seat_id: str, decision: Decision, *, by: str, reason: str = "") -> Event:
        """Record a person's decision on a case.

        Raises UserProblem without a name, or where a decision against the evidence has no reason.
        """
        self._session.refuse_if_sealed()
        case = self.case(seat_id)
        if case is None:
            raise UserProblem("名单里没有这个人，不能认定。请刷新后重试。")
        if not by.strip():
            raise UserProblem("请先填写认定人姓名。")
        if decision in (Decision.EXCUSED, Decision.APPROVED_DEPUTY) and not reason.strip():
            raise UserProblem("按“有正当理由”认定要写明理由，请填写后再认定。")
        body = {"decision": decision.value, "by": by.strip(), "reason": reason.strip()}
        fact = Fact(EventKind.RULING, self._session.now().wall, seat_id, body)
        return self._session.state_facts([fact])[0]

    def withdraw(self, seat_id: str, *, by: str) -> Event:
        """撤回: annul the ruling that holds, so that the evidence speaks again."""
        self._session.refuse_if_sealed()
        seat = self._session.state.seat(seat_id)
        ruling = self._session.state.facts_of(seat).ruling if seat else None
        if ruling is None:
            raise UserProblem("这一件还没有认定，不用撤回。")
        body = {"reason": "撤回认定", "by": by}
        fact = Fact(EventKind.ANNULLED, self._session.now().wall, ruling.event_id, body)
        return self._session.state_facts([fact])[0]

    # -- sealing -------------------------------------------------------------------------------

    def obstacles(self) -> list[str]:
        """Why the record cannot be sealed yet, as sentences; empty when it can."""
        found = []
        if self._session.state.adjourned_at is None:
            found.append("会议还没有散会，暂不能封存。")
        open_cases = sum(verdict.pending for verdict in self._session.verdicts())
        if open_cases:
            found.append(f"还有 {open_cases} 件待认定，暂不能封存。")
        if appeals := len(open_appeals(self._session.state)):
            found.append(f"还有 {appeals} 件申诉没有处理，暂不能封存。")
        if self._session.plan.rule_set.appeal_days and self._session.now().wall <= self.appeal_deadline():
            found.append(f"申诉期至 {day(self.appeal_deadline())}，期满后再封存。")
        return found

    def seal(self, *, by: str) -> Event:
        """封存: close the record, once nothing stands against it (see `obstacles`)."""
        self._session.refuse_if_sealed()
        if not by.strip():
            raise UserProblem("封存要写明封存人姓名，请先填写。")
        if obstacles := self.obstacles():
            raise UserProblem(obstacles[0])
        return self._closing(EventKind.SEALED, {"by": by.strip()})

    def reopen(self, *, by: str, reason: str) -> Event:
        """撤销封存, with a reason; both stay in the log."""
        if self._session.state.sealed is None:
            raise UserProblem("会议没有封存，不用撤销封存。")
        if not by.strip() or not reason.strip():
            raise UserProblem("撤销封存要写明姓名和原因，请填写。")
        return self._closing(EventKind.REOPENED, {"by": by.strip(), "reason": reason.strip()})

    def _closing(self, kind: EventKind, body: dict[str, str]) -> Event:
        return self._session.state_facts([Fact(kind, self._session.now().wall, body=body)])[0]


def choices_for(verdict: Verdict) -> tuple[Decision, ...]:
    """What a person may decide on this evidence, the one that the evidence suggests first."""
    if Flag.SEEN_NOT_SIGNED in verdict.flags:
        excuse = (Decision.ON_LEAVE,) if verdict.disposition is Disposition.ON_LEAVE else ()
        return (*excuse, Decision.ABSENT, Decision.LATE, Decision.IN_PERSON, Decision.DEFERRED)
    if Flag.PHONE_UNCONFIRMED in verdict.flags:
        excuse = (Decision.ON_LEAVE,) if verdict.disposition is Disposition.ON_LEAVE else ()
        return (*excuse, Decision.ABSENT, Decision.IN_PERSON, Decision.LATE, Decision.DEFERRED)
    if Flag.DEVICE_SHARED in verdict.flags and verdict.disposition is Disposition.IN_PERSON:
        came = Decision.LATE if verdict.late_minutes else Decision.IN_PERSON
        return (came, Decision.ABSENT, Decision.UNAPPROVED_SUBSTITUTE, Decision.DEFERRED)
    if Flag.SIGNED_THEN_GONE in verdict.flags and verdict.disposition is Disposition.IN_PERSON:
        stayed = Decision.LATE if verdict.late_minutes else Decision.IN_PERSON
        return (Decision.LEFT_EARLY, stayed, Decision.ABSENT, Decision.DEFERRED)
    if verdict.disposition is Disposition.IN_PERSON and not verdict.late_minutes:
        return (Decision.LEFT_EARLY, Decision.EXCUSED, Decision.DEFERRED)
    return _CHOICES[verdict.disposition] if verdict.disposition else ()
