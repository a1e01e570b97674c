"""The secretary's day: from the files to the sealed record, as steps on the rehearsal's clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from huifeng_desktop.domain.people import Seat, name_key, unit_key
from huifeng_desktop.rehearsal.guests import Guests
from huifeng_desktop.rehearsal.player import Step
from huifeng_desktop.rehearsal.scenario import Passing, PlannedRuling, Scenario
from huifeng_desktop.service.after.rulings import Rulings
from huifeng_desktop.service.door.entrance import Door
from huifeng_desktop.service.door.sign_in import Method
from huifeng_desktop.service.podium import Podium
from huifeng_desktop.service.session import MeetingSession


class MeetingDay:
    """Turns a scenario into steps that the real services carry out."""

    def __init__(self, session: MeetingSession, scenario: Scenario, guests: Callable[[], Guests]) -> None:
        self._session = session
        self._scenario = scenario
        self._guests = guests
        self._door, self._podium, self._rulings = Door(session), Podium(session), Rulings(session)
        self._steps: list[Step] = []

    def steps(self) -> list[Step]:
        """Every step from the first arrival to the seal."""
        for passing in self._scenario.passings:
            self._at(passing.at, lambda one=passing: self._pass(one))  # type: ignore[misc]
        self._at(self._scenario.opened, self._podium.declare_opened)
        self._speak()
        self._at(self._scenario.headcount_at, self._count_heads)
        self._at(self._scenario.adjourned, self._podium.declare_adjourned)
        for ruling in self._scenario.rulings:
            self._at(ruling.at, lambda one=ruling: self._rule(one), jump=True)  # type: ignore[misc]
        self._at(self._scenario.sealed_at, lambda: self._rulings.seal(by=self._scenario.sealed_by), jump=True)
        return self._steps

    def _at(self, moment: datetime, do: Callable[[], object], *, jump: bool = False) -> None:
        self._steps.append(Step(moment, len(self._steps), lambda: do() is not False, jump))

    def _speak(self) -> None:
        """The items follow each other without a break, each as long as the scenario says."""
        moment = self._scenario.opened
        for index, spoken in enumerate(self._scenario.spoken_s):
            self._at(moment, self._podium.start if index == 0 else self._podium.finish_and_next)
            moment += timedelta(seconds=spoken)

    def _pass(self, passing: Passing) -> bool:
        """Let somebody through the door; False while the phone's code is an old one."""
        seat = self._seat(passing.name, passing.unit)
        if passing.method is Method.BADGE:
            self._guests().scan(seat, passing.movement)
        elif passing.method is Method.PHONE:
            if not self._guests().use_phone(seat):
                return False
        else:
            self._door.sign_in(
                seat.seat_id,
                passing.method,
                passing.deputy,
                kind=passing.movement,
                deputy_approved=passing.deputy_approved,
            )
        self._session.catch_up()
        return True

    def _count_heads(self) -> None:
        seen: dict[bool, list[str]] = {True: [], False: []}
        for row in self._scenario.seen:
            seen[row.seen].append(self._seat(row.name, row.unit).seat_id)
        self._door.count_heads(seen[True], seen[False])

    def _rule(self, ruling: PlannedRuling) -> None:
        seat = self._seat(ruling.name, ruling.unit)
        self._rulings.rule(seat.seat_id, ruling.decision, by=ruling.by, reason=ruling.reason)

    def _seat(self, name: str, unit: str) -> Seat:
        wanted = name_key(name), unit_key(unit)
        return next(s for s in self._session.state.seats if (name_key(s.name), unit_key(s.unit)) == wanted)
