"""Running the meeting: opening, the agenda, each speaker's timer, adjournment.

Every operation is on disk before it returns; the display follows from the state. Nothing here
advances by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from huifeng_desktop.domain.agenda import LONGEST_LIMIT_S, AgendaItem
from huifeng_desktop.domain.cues import USUAL_MARKS, CuePlan, Mark, amber_s
from huifeng_desktop.domain.events import Event, EventKind, Fact
from huifeng_desktop.domain.moments import ClockReading
from huifeng_desktop.domain.speaker_timer import ItemTiming, Phase, Run, phase_of
from huifeng_desktop.errors import UserProblem
from huifeng_desktop.rules.pace import Forecast, outlook
from huifeng_desktop.rules.speaking import SpeakingRow, limit_of, speaking
from huifeng_desktop.service.agenda_editing import AgendaEditing
from huifeng_desktop.service.session import MeetingSession
from huifeng_desktop.service.undoing import last_operation

FORGOTTEN = "刚才忘按了"
"""The reason that the record gives where a start was set back."""


@dataclass(frozen=True, slots=True)
class TimerView:
    """The item before the hall at one moment. `number` counts from 1; seconds throughout."""

    item: AgendaItem
    number: int
    run: Run
    elapsed_s: float
    limit_s: int | None
    granted_s: int
    next_item: AgendaItem | None
    marks: tuple[Mark, ...] = USUAL_MARKS
    """When the bells of this type ring; amber comes with the first."""

    @property
    def allowed_s(self) -> int | None:
        """The limit and what the chair granted."""
        return None if self.limit_s is None else max(0, self.limit_s + self.granted_s)

    @property
    def amber_s(self) -> float:
        """Seconds left at which amber begins."""
        return amber_s(self.marks, self.allowed_s)

    @property
    def phase(self) -> Phase:
        """Green, amber or red."""
        active = self.run in (Run.RUNNING, Run.PAUSED)
        return phase_of(self.elapsed_s, self.allowed_s, self.amber_s, active=active)


class Podium(AgendaEditing):
    """The operator's controls for one meeting."""

    def __init__(self, session: MeetingSession, cues: CuePlan | None = None) -> None:
        super().__init__(session)
        self._cues = cues or CuePlan()

    def follow_cues(self, cues: CuePlan) -> None:
        """Turn amber with these marks from now on; they belong to the folder, not to the meeting."""
        self._cues = cues

    # -- reading -------------------------------------------------------------------------------

    def view(self, now: ClockReading | None = None) -> TimerView | None:
        """The current item, or the next one waiting; None when nothing is left."""
        state = self._session.state
        item = state.current_item or self.next_item()
        if item is None:
            return None
        timing = state.timing(item.item_id)
        return TimerView(
            item=item,
            number=state.items.index(item) + 1,
            run=timing.run,
            elapsed_s=timing.elapsed(now or self._session.now()),
            limit_s=limit_of(item),
            granted_s=timing.granted_s,
            next_item=self._after(item),
            marks=self._cues.marks(item.kind),
        )

    def next_item(self) -> AgendaItem | None:
        """The first item after the last one dealt with that is still waiting, else any waiting one."""
        items = self._session.state.items
        waiting = [item for item in items if self._timing(item).run is Run.IDLE]
        dealt = [index for index, item in enumerate(items) if self._timing(item).run is not Run.IDLE]
        after = [item for item in waiting if not dealt or items.index(item) > dealt[-1]]
        return next(iter(after or waiting), None)

    def _after(self, item: AgendaItem) -> AgendaItem | None:
        items = self._session.state.items
        rest = items[items.index(item) + 1 :]
        return next((one for one in rest if self._timing(one).run is Run.IDLE), None)

    def coming(self, count: int = 3) -> list[tuple[int, AgendaItem]]:
        """What waits after the item before the hall, nearest first, each with its number from 1."""
        return self._waiting_after()[:count]

    def following(self) -> int:
        """How many items wait after the item before the hall."""
        return len(self._waiting_after())

    def _waiting_after(self) -> list[tuple[int, AgendaItem]]:
        state = self._session.state
        shown = state.current_item or self.next_item()
        numbered = list(enumerate(state.items, 1))
        rest = numbered[state.items.index(shown) + 1 :] if shown else []
        return [(number, item) for number, item in rest if self._timing(item).run is Run.IDLE]

    def rows(self, now: ClockReading | None = None) -> list[SpeakingRow]:
        """A row for every item, as of now."""
        tolerance = self._session.plan.rule_set.over_tolerance_s
        return speaking(self._session.state, now or self._session.now(), tolerance)

    def forecast(self, now: ClockReading | None = None) -> Forecast:
        """When the meeting will end, and how far ahead (or, negative, behind) it is."""
        moment = now or self._session.now()
        return outlook(self._session.state, self.rows(moment), moment)

    # -- the meeting ---------------------------------------------------------------------------

    def declare_opened(self, at: datetime | None = None) -> Event:
        """宣布开会. Raises UserProblem if the meeting is sealed or adjourned before."""
        self._session.refuse_if_sealed()
        moment = at or self._session.now().wall
        adjourned = self._session.state.adjourned_at
        if adjourned is not None and moment >= adjourned:
            raise UserProblem(f"开会时间 {moment:%H:%M} 不早于散会时间 {adjourned:%H:%M}，请核对。")
        body = {} if at else {"anchor": self._session.now().to_json()}
        return self._state(EventKind.OPENED, at=moment, body=body)

    def declare_adjourned(self, at: datetime | None = None) -> Event:
        """散会; the item being timed is finished with it, at that moment."""
        self._session.refuse_if_sealed()
        now = self._session.now()
        moment = at or now.wall
        opened = self._session.state.opened_at
        if opened is None:
            raise UserProblem("会议还没有宣布开会，不能散会。请先宣布开会。")
        if moment <= opened:
            raise UserProblem(f"散会时间 {moment:%H:%M} 不晚于开会时间 {opened:%H:%M}，请核对。")
        adjourned = Fact(EventKind.ADJOURNED, moment)
        facts = self._finishing(now, adjourned, ago_s=(now.wall - moment).total_seconds())
        return self._session.state_facts([*facts, adjourned])[-1]

    def declare(self, opened: datetime | None, adjourned: datetime | None) -> None:
        """Opening and adjournment after the fact, together; whatever was left running ends with 散会.

        The caller has checked that the two follow each other.
        """
        self._session.refuse_if_sealed()
        facts = [Fact(EventKind.OPENED, opened)] if opened else []
        if adjourned is not None:
            now, end = self._session.now(), Fact(EventKind.ADJOURNED, adjourned)
            ago_s = (now.wall - adjourned).total_seconds()
            facts += [*self._finishing(now, end, ago_s=ago_s), end]
        self._session.state_facts(facts)

    def limit_meeting(self, seconds: int | None) -> Event:
        """Set how long the whole meeting may take, e.g. 85 minutes; None: its notified end holds."""
        self._session.refuse_if_sealed()
        if seconds is not None and not 0 < seconds <= LONGEST_LIMIT_S:
            raise UserProblem("全场限时要在 1 秒到 12 小时之间，请重新填写。")
        return self._state(EventKind.MEETING_CHANGED, body={"limit_s": seconds})

    def choose_late_base(self, base: str) -> Event:
        """Answer the one question at a late opening: "notified" or "opened"."""
        self._session.refuse_if_sealed()
        return self._state(EventKind.LATE_BASE_CHOSEN, body={"base": base})

    # -- the timer -----------------------------------------------------------------------------

    def start(self, item_id: str | None = None, *, ago_s: float = 0.0) -> Event:
        """Start an item (default: the next waiting one); the running one is finished first.

        `ago_s` sets the start back, and the end of the one before with it: 刚才忘按了.
        """
        self._session.refuse_if_sealed()
        _check_ago(ago_s)
        item = self._session.state.item(item_id) if item_id else self.next_item()
        if item is None:
            raise UserProblem("议程里没有等待发言的议题。请先导入或添加议题。")
        now = self._session.now()
        if self._timing(item).is_active:
            raise UserProblem(f"“{item.title}”已在计时，不必再开始。")
        started = self._starting(item, now, ago_s)
        return self._session.state_facts([*self._finishing(now, started, ago_s=ago_s), started])[-1]

    def _starting(self, item: AgendaItem, now: ClockReading, ago_s: float = 0.0) -> Fact:
        """The fact that starts the item, `ago_s` before `now`; one that was finished goes on."""
        timing = self._timing(item)
        before = timing.elapsed_s if timing.run is Run.FINISHED else 0.0
        body: dict[str, Any] = {"elapsed_s": round(before + ago_s, 3), "anchor": now.to_json()}
        if ago_s:
            body |= {"was_s": before, "why": FORGOTTEN}
        return Fact(EventKind.TIMER_STARTED, now.wall - timedelta(seconds=ago_s), item.item_id, body)

    def start_queued(self, item_id: str | None = None) -> Event:
        """Call somebody from the queue (default: the first); behind the item before the hall.

        The speech becomes an agenda item, so that the record holds it. Undo puts them back in the queue.
        """
        self._session.refuse_if_sealed()
        state = self._session.state
        item = next((one for one in state.queue if item_id in (None, one.item_id)), None)
        if item is None:
            raise UserProblem("发言名单里没有等待的人。请先报名。")
        now = self._session.now()
        started = self._starting(item, now)
        body = {"item": item.to_json(), "before": self._place_of_next(), "with": started.event_id}
        called = Fact(EventKind.ITEM_CHANGED, now.wall, item.item_id, body)
        return self._session.state_facts([called, *self._finishing(now, started), started])[-1]

    def _place_of_next(self) -> str | None:
        """The item before which the next speech goes: behind everything that was dealt with."""
        items = self._session.state.items
        dealt = [place for place, item in enumerate(items) if self._timing(item).run is not Run.IDLE]
        place = dealt[-1] + 1 if dealt else 0
        return items[place].item_id if place < len(items) else None

    def pause(self) -> Event:
        """Stop counting; nothing is reset."""
        item, timing, now = self._active(Run.RUNNING, "现在没有正在计时的议题，不能暂停。")
        elapsed = timing.elapsed(now)
        return self._timer(EventKind.TIMER_PAUSED, item, now, elapsed_s=elapsed, anchor=now.to_json())

    def resume(self) -> Event:
        """Count on."""
        item, timing, now = self._active(Run.PAUSED, "现在没有暂停的议题，不能继续。")
        return self._timer(
            EventKind.TIMER_RESUMED, item, now, elapsed_s=timing.elapsed_s, anchor=now.to_json()
        )

    def adjust(self, by_s: int) -> Event:
        """Grant (or take back) seconds; recorded apart from the limit. The sum never goes below zero."""
        item, timing, now = self._active(None, "现在没有正在计时的议题，不能加减时间。")
        limit = limit_of(item)
        if limit is None:
            raise UserProblem(f"“{item.title}”没有限时，不能加减时间。请先给它设定限时。")
        allowed = limit + timing.granted_s + by_s
        if allowed <= 0:
            raise UserProblem("减到零以下了，没有改动。要结束发言请按“结束”。")
        if allowed > LONGEST_LIMIT_S:
            raise UserProblem("加到 12 小时以上了，没有改动。请核对要加的时间。")
        return self._timer(EventKind.TIMER_ADJUSTED, item, now, by_s=by_s)

    def finish(self) -> Event:
        """The speech is over."""
        item, timing, now = self._active(None, "现在没有正在计时的议题。")
        elapsed = timing.elapsed(now)
        return self._timer(EventKind.TIMER_FINISHED, item, now, elapsed_s=elapsed, anchor=now.to_json())

    def finish_and_next(self) -> Event:
        """Finish the current item and start the next waiting one, if there is any."""
        current = self._session.state.current_item
        follower = self._after(current) if current else self.next_item()
        return self.start(follower.item_id) if follower else self.finish()

    def skip(self, item_id: str | None = None) -> Event:
        """Pass an item over (default: the current or next one)."""
        self._session.refuse_if_sealed()
        state = self._session.state
        item = state.item(item_id) if item_id else state.current_item or self.next_item()
        if item is None:
            raise UserProblem("没有可以跳过的议题。")
        if self._timing(item).run is Run.FINISHED:
            raise UserProblem(f"“{item.title}”已有发言用时，不能跳过。用时有误请用“更正”。")
        now = self._session.now()
        return self._timer(EventKind.ITEM_SKIPPED, item, now, anchor=now.to_json())

    def correct(self, item_id: str, elapsed_s: float, *, why: str) -> Event:
        """Set the spoken time of an item right, while it runs or after; the old value is kept.

        An item that nobody timed is finished with it.
        """
        return self._correct(item_id, elapsed_s, why=why)

    def _correct(self, item_id: str, elapsed_s: float, *, why: str, **more: Any) -> Event:
        self._session.refuse_if_sealed()
        item = self._session.state.item(item_id)
        if item is None or not 0 <= elapsed_s <= LONGEST_LIMIT_S:
            raise UserProblem("改不了：议题不存在，或用时不在 0 到 12 小时之间。")
        now = self._session.now()
        timing = self._timing(item)
        body: dict[str, Any] = {"was_s": timing.elapsed(now), "why": why, **more}
        if timing.run is Run.RUNNING:
            body["anchor"] = now.to_json()
        return self._timer(EventKind.TIMER_CORRECTED, item, now, elapsed_s=elapsed_s, **body)

    def forgot_since(self, moment: datetime) -> Event:
        """刚才忘按了, by the clock: the current item began at `moment`; with none running, start the next."""
        now = self._session.now()
        current = self._session.state.current_item
        if moment > now.wall:
            raise UserProblem(f"{moment:%H:%M:%S} 还没有到，请核对时间。")
        if current is None:
            return self.forgot_to_start((now.wall - moment).total_seconds())
        began = self._timing(current).started_at or now.wall
        earlier = (began - moment).total_seconds()
        if earlier <= 0:
            raise UserProblem(
                f"“{current.title}”记的是 {began.astimezone():%H:%M:%S} 开始，只能往前改。"
                "用时记多了，请用“改实际用时”。"
            )
        return self.forgot_to_start(earlier)

    def forgot_to_start(self, seconds: float) -> Event:
        """刚才忘按了: the current item began `seconds` earlier; with none running, start the next."""
        _check_ago(seconds)
        current = self._session.state.current_item
        if current is None:
            return self.start(ago_s=seconds)
        timing = self._timing(current)
        more = {}
        if timing.started_at is not None:
            more["started_at"] = (timing.started_at - timedelta(seconds=seconds)).isoformat()
        elapsed = timing.elapsed(self._session.now())
        return self._correct(current.item_id, elapsed + seconds, why=FORGOTTEN, **more)

    def undo_last(self, *, by: str = "") -> Event:
        """Annul the operator's last operation (with what it brought), as if never pressed."""
        self._session.refuse_if_sealed()
        last = last_operation(self._session.state)
        if not last:
            raise UserProblem("没有可以撤销的计时操作。")
        now, body = self._session.now().wall, {"reason": "撤销操作", "by": by}
        facts = [Fact(EventKind.ANNULLED, now, one.event_id, body) for one in last]
        return self._session.state_facts(facts)[-1]

    def _finishing(self, now: ClockReading, cause: Fact, *, ago_s: float = 0.0) -> list[Fact]:
        """The fact that finishes whatever is being timed, `ago_s` before `now`; it names its cause."""
        current = self._session.state.current_item
        if current is None:
            return []
        timing = self._timing(current)
        elapsed = timing.elapsed(now)
        body: dict[str, Any] = {"with": cause.event_id, "anchor": now.to_json()}
        if timing.run is Run.RUNNING and ago_s > 0:
            body |= {"was_s": round(elapsed, 3), "why": _set_back_with(cause)}
            elapsed = max(0.0, elapsed - ago_s)
        body["elapsed_s"] = round(elapsed, 3)
        at = now.wall - timedelta(seconds=max(0.0, ago_s))
        return [Fact(EventKind.TIMER_FINISHED, at, current.item_id, body)]

    def _active(self, run: Run | None, refusal: str) -> tuple[AgendaItem, ItemTiming, ClockReading]:
        self._session.refuse_if_sealed()
        item = self._session.state.current_item
        timing = self._timing(item) if item else None
        if item is None or timing is None or (run is not None and timing.run is not run):
            raise UserProblem(refusal)
        return item, timing, self._session.now()

    def _timer(self, kind: EventKind, item: AgendaItem, now: ClockReading, **body: Any) -> Event:
        rounded = {key: round(value, 3) if isinstance(value, float) else value for key, value in body.items()}
        return self._session.state_facts([Fact(kind, now.wall, item.item_id, rounded)])[0]


def _set_back_with(cause: Fact) -> str:
    return FORGOTTEN if cause.kind is EventKind.TIMER_STARTED else "补记散会时间"


def _check_ago(seconds: float) -> None:
    if not 0 <= seconds <= LONGEST_LIMIT_S:
        raise UserProblem("补记的时间要在 0 到 12 小时之间，请重新填写。")
