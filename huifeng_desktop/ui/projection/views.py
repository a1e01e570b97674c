"""From the timer and the meeting to pictures of the stage. No Qt, no clock, no services called."""

from __future__ import annotations

from datetime import datetime

from huifeng_desktop.domain.agenda import AgendaItem, ItemKind
from huifeng_desktop.domain.meeting import MeetingPlan
from huifeng_desktop.domain.people import Seat, display_name
from huifeng_desktop.domain.speaker_timer import Phase, Run
from huifeng_desktop.rules.speaking import limit_of
from huifeng_desktop.service.podium import TimerView
from huifeng_desktop.ui.stage.view import ComingItem, StageMode, StagePhase, StageView
from huifeng_desktop.wording import clock_time, day_and_weekday

_PHASES = {Phase.NORMAL: StagePhase.NORMAL, Phase.AMBER: StagePhase.AMBER, Phase.OVER: StagePhase.OVER}


def stage_phase(timer: TimerView) -> StagePhase:
    """The phase that the stage shows for the item."""
    if timer.run is Run.PAUSED:
        return StagePhase.PAUSED
    return _PHASES.get(timer.phase, StagePhase.IDLE)


def countdown_view(timer: TimerView, *, show_leader_overrun: bool = False, message: str = "") -> StageView:
    """The item before the hall. A leader's overrun stays with the operator unless switched on."""
    item = timer.item
    return StageView(
        StageMode.COUNTDOWN,
        item_number=timer.number,
        title=item.title,
        speaker=display_name(item.speaker),
        unit=item.unit,
        limit_s=timer.allowed_s,
        elapsed_s=timer.elapsed_s,
        phase=stage_phase(timer),
        amber_at_s=timer.amber_s,
        show_overrun=show_leader_overrun or item.kind is not ItemKind.ADDRESS,
        next_title=_next_words(timer.next_item),
        message=message,
    )


def _next_words(item: AgendaItem | None) -> str:
    return "" if item is None else "　".join(part for part in (item.title, item.unit) if part)


def coming_item(number: int, item: AgendaItem) -> ComingItem:
    """One of the items that follow."""
    return ComingItem(number, item.title, item.unit, limit_of(item))


def called_view(seat: Seat) -> StageView:
    """The one who is called: name, unit and post, nothing else of the record."""
    return StageView(StageMode.ROLL_CALL, title=seat.post, speaker=seat.display_name, unit=seat.unit)


def meeting_view(mode: StageMode, plan: MeetingPlan, now: datetime, message: str = "") -> StageView:
    """The pictures that speak of the meeting as a whole."""
    when = f"{day_and_weekday(plan.start)}　{clock_time(plan.start)}"
    return StageView(
        mode,
        meeting_title=plan.title,
        place=plan.place,
        start_text=when,
        message=message,
        clock_text=clock_time(now),
    )
