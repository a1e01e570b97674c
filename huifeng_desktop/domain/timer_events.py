"""How each press on the timer changes the item it is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from huifeng_desktop.domain.events import Event, EventKind
from huifeng_desktop.domain.moments import ClockReading
from huifeng_desktop.domain.speaker_timer import Correction, ItemTiming


def anchor_of(event: Event) -> ClockReading | None:
    """The clock by which the event's time goes on."""
    plain = event.body.get("anchor")
    return ClockReading.from_json(plain) if plain else None


def _correct(timing: ItemTiming, event: Event) -> ItemTiming:
    body = event.body
    correction = Correction(event.at, float(body["was_s"]), float(body["elapsed_s"]), body.get("why", ""))
    corrected = timing.corrected(correction, anchor_of(event))
    began = body.get("started_at")
    return replace(corrected, started_at=datetime.fromisoformat(began)) if began else corrected


def _set_back(timing: ItemTiming, event: Event) -> ItemTiming:
    """A start or an end that was pressed too late and set back keeps what the timer had shown."""
    was, why = event.body.get("was_s"), event.body.get("why", "")
    if was is None:
        return timing
    return timing.noted(Correction(event.recorded_at, float(was), float(event.body["elapsed_s"]), why))


TRANSITIONS: dict[EventKind, Callable[[ItemTiming, Event], ItemTiming]] = {
    EventKind.TIMER_STARTED: lambda t, e: _set_back(
        t.started(e.at, float(e.body.get("elapsed_s", 0)), anchor_of(e)), e
    ),
    EventKind.TIMER_PAUSED: lambda t, e: t.paused(e.at, float(e.body["elapsed_s"]), anchor_of(e)),
    EventKind.TIMER_RESUMED: lambda t, e: t.resumed(e.at, float(e.body["elapsed_s"]), anchor_of(e)),
    EventKind.TIMER_ADJUSTED: lambda t, e: t.adjusted(int(e.body["by_s"])),
    EventKind.TIMER_CORRECTED: _correct,
    EventKind.TIMER_FINISHED: lambda t, e: _set_back(
        t.finished(e.at, float(e.body["elapsed_s"]), anchor_of(e)), e
    ),
    EventKind.ITEM_SKIPPED: lambda t, e: t.skipped(e.at, anchor_of(e)),
}
"""Every kind of timer event as a transition of the item it names."""
