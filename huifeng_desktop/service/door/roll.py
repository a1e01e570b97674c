"""点名 and 勾选: who is to be called, and an answer that can be given again and again.

Each answer is a fact of its own; another answer to the same name takes the first back with a reason.
"""

from __future__ import annotations

from collections.abc import Sequence

from huifeng_desktop.domain.people import Category, Deputy, Seat
from huifeng_desktop.rules.verdict import Disposition, Verdict
from huifeng_desktop.service.door.entrance import Door
from huifeng_desktop.service.door.sign_in import Method, SignInOutcome
from huifeng_desktop.service.session import MeetingSession

TAKEN_BACK = {Method.ROLL_CALL: "点名时更正", Method.TICKED: "勾选时更正"}


def callable_seats(verdicts: Sequence[Verdict], *, everybody: bool = False) -> list[Seat]:
    """Those to be called in house order: who has neither come nor sent word, or everybody with a holder.

    Of a person's two posts the first; staff is not called.
    """
    return [
        one.seat
        for one in verdicts
        if one.seat.category not in (Category.VACANT, Category.STAFF)
        and not one.seat.same_person
        and (everybody or (one.signed_in_at is None and one.disposition is not Disposition.ON_LEAVE))
    ]


class Roll:
    """Answers by one method; `by` is who works the laptop."""

    def __init__(self, session: MeetingSession, door: Door, method: Method, by: str = "") -> None:
        self._session, self._door, self._method, self._by = session, door, method, by

    def is_here(self, seat: Seat) -> bool:
        """Whether somebody has signed in for the seat."""
        return self._session.state.facts_of(seat).arrival is not None

    def present(
        self, seat: Seat, deputy: Deputy | None = None, approved: bool | None = None
    ) -> SignInOutcome:
        """到, or 代: sign in; somebody who is in already stays as they are."""
        return self._door.sign_in(seat.seat_id, self._method, deputy, deputy_approved=approved)

    def absent(self, seat: Seat) -> bool:
        """未到: takes an entry back, whoever made it; True if there was one."""
        arrival = self._session.state.facts_of(seat).arrival
        if arrival is None:
            return False
        self._door.undo(arrival.event_id, reason=TAKEN_BACK[self._method], by=self._by)
        return True
