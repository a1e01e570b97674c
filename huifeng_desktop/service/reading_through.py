"""Whether everything that this program shows of a meeting can be shown.

Asked of a colleague's copy before it is taken in: what is in the log stays there for good, and a fact of
another shape than this program writes would be in the way of every list, search and sheet from then on.
"""

from __future__ import annotations

from collections.abc import Sequence

from huifeng_desktop.domain.events import Event, EventKind
from huifeng_desktop.domain.moments import ClockReading
from huifeng_desktop.domain.tombstone import tombstone_of
from huifeng_desktop.service.after.results import results
from huifeng_desktop.service.audit.trail import Audit
from huifeng_desktop.service.door.counter import Counter
from huifeng_desktop.service.door.guests import Guests
from huifeng_desktop.service.door.lookup import Lookup
from huifeng_desktop.service.held import held
from huifeng_desktop.service.podium import Podium
from huifeng_desktop.service.session import MeetingSession

UNSHOWABLE = (LookupError, ValueError, TypeError, AttributeError, ArithmeticError)
"""What a fact of the wrong shape raises, sooner or later."""


def read_through(meeting: str, events: Sequence[Event], fresh: Sequence[Event]) -> None:
    """Judge, look up and word it all once, of the log the `fresh` events; raises one of `UNSHOWABLE`."""
    last = max(events, key=lambda one: one.recorded_at)
    session = held(meeting, events, ClockReading(last.recorded_at, 0.0, "reading"))
    results(session)
    _look_up(session)
    audit = Audit(session)
    audit.refresh()
    for event in fresh:
        str(audit.row(event))
        if event.kind is EventKind.MEETING_REMOVED:
            tombstone_of(event, ())


def _look_up(session: MeetingSession) -> None:
    """What door, stage, second desks and telephones ask."""
    seats = session.state.seats
    Lookup(seats)
    counter, guests = Counter(session, lambda requests: []), Guests(session)
    counter.people()
    counter.latest()
    counter.seek("a")
    for seat in seats:
        guests.visit(seat.seat_id)
    podium = Podium(session)
    podium.view()
    podium.coming()
