"""What 撤销 takes back: the operator's last operation that still holds, whole.

An operation may be several events: a start finishes the speech before it, an adjournment the speech
that runs. Such an event names its cause in `with` and goes with it.
"""

from __future__ import annotations

from huifeng_desktop.domain.events import AGENDA_KINDS, TIMER_KINDS, Event, EventKind
from huifeng_desktop.domain.state import MeetingState

_ALWAYS = TIMER_KINDS | {EventKind.OPENED, EventKind.ADJOURNED}


def last_operation(state: MeetingState) -> list[Event]:
    """The events of the last operation, its cause first; empty where there is nothing to undo.

    The agenda's preparation is no operation: its changes can be undone once the meeting is open.
    """
    cause = undo_target(state)
    if cause is None:
        return []
    return [cause, *(one for one in state.course if one.body.get("with") == cause.event_id)]


def undo_target(state: MeetingState) -> Event | None:
    """The latest press on timer or agenda, opening or adjournment that still holds."""
    for event in reversed(state.course):
        if event.event_id in state.annulled or "with" in event.body:
            continue
        if event.kind in _ALWAYS or (event.kind in AGENDA_KINDS and _since_opening(state, event)):
            return event
    return None


def _since_opening(state: MeetingState, event: Event) -> bool:
    opened = state.opened_by
    return opened is not None and event.order > opened.order
