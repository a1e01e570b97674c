"""The forecast against a second-by-second walk through the rest of the meeting; advice that adds up."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from story import Story, moment
from true_clock import TrueClock

from huifeng_desktop.domain.agenda import AgendaItem, ItemKind
from huifeng_desktop.domain.events import EventKind
from huifeng_desktop.domain.moments import ClockReading
from huifeng_desktop.domain.state import MeetingState
from huifeng_desktop.rules.pace import advise, outlook
from huifeng_desktop.rules.speaking import speaking

_limits = st.lists(st.integers(1, 1800), min_size=1, max_size=8)
_steps = st.lists(
    st.tuples(st.sampled_from(["finish", "skip", "pause", "resume", "grant", "idle"]), st.integers(0, 900)),
    max_size=14,
)
_wrong = st.sampled_from([0, -86400, -3600, -1, 1, 3600, 86400])


class Meeting:
    """Items run one after the other, told to the state and to a plain list of seconds left."""

    def __init__(self, limits: list[int], start: datetime) -> None:
        self.clock = TrueClock(start, "Asia/Shanghai")
        self.story, self.limits, self.left = Story(), limits, [float(one) for one in limits]
        items = [
            AgendaItem(f"i{n}", f"议题{n}", kind=ItemKind.REPORT, limit_s=s).to_json()
            for n, s in enumerate(limits)
        ]
        self._tell(EventKind.AGENDA_LOADED, "", items=items)
        self._tell(EventKind.OPENED, "", anchor=self.clock.reading().to_json())
        self.place, self.spoken, self.is_paused = 0, 0.0, False
        self._start()

    def _tell(self, kind: EventKind, subject: str, **body: object) -> None:
        event = self.story.tell(kind, "15:00", subject, dict(body))
        object.__setattr__(event, "at", self.clock.reading().wall)

    def _start(self) -> None:
        self.spoken, self.is_paused = 0.0, False
        if self.place < len(self.left):
            anchor = self.clock.reading().to_json()
            self._tell(EventKind.TIMER_STARTED, f"i{self.place}", elapsed_s=0, anchor=anchor)

    def pass_time(self, seconds: int) -> None:
        """The speaker speaks, or the hall waits."""
        self.clock.advance(seconds)
        if self.place < len(self.left) and not self.is_paused:
            self.spoken += seconds
            self.left[self.place] = max(0.0, self.left[self.place] - seconds)

    def do(self, what: str) -> None:
        """One press."""
        if self.place >= len(self.left):
            return
        item, now = f"i{self.place}", self.clock.reading()
        if what == "pause" and not self.is_paused:
            self._tell(EventKind.TIMER_PAUSED, item, elapsed_s=self.spoken, anchor=now.to_json())
            self.is_paused = True
        elif what == "resume" and self.is_paused:
            self._tell(EventKind.TIMER_RESUMED, item, elapsed_s=self.spoken, anchor=now.to_json())
            self.is_paused = False
        elif what == "grant":
            self._tell(EventKind.TIMER_ADJUSTED, item, by_s=60)
            beyond = max(0.0, self.spoken - self.limits[self.place])
            self.limits[self.place] += 60
            self.left[self.place] = (
                max(0.0, self.left[self.place] + 60 - beyond)
                if not beyond
                else max(0.0, self.limits[self.place] - self.spoken)
            )
        elif what in ("finish", "skip"):
            kind = EventKind.TIMER_FINISHED if what == "finish" else EventKind.ITEM_SKIPPED
            self._tell(kind, item, elapsed_s=self.spoken)
            self.left[self.place] = 0.0
            self.place += 1
            self._start()

    def state(self) -> MeetingState:
        """What the program knows."""
        return self.story.state()


def _seconds_to_end(left: list[float]) -> int:
    """The rest of the meeting, lived through second by second."""
    rest, seconds = [max(0, round(one)) for one in left], 0
    for item in range(len(rest)):
        while rest[item] > 0:
            rest[item] -= 1
            seconds += 1
    return seconds


@given(_limits, _steps, _wrong, st.sampled_from([datetime(2026, 3, 12, 9), datetime(2026, 3, 12, 23, 50)]))
def test_the_forecast_is_what_living_through_the_rest_would_take(
    limits: list[int], steps: list[tuple[str, int]], wrong: int, start: datetime
) -> None:
    meeting, planned = Meeting(list(limits), start), sum(limits)
    for what, seconds in steps:
        meeting.pass_time(seconds)
        meeting.do(what)
    meeting.clock.wrong_s = wrong
    state, now = meeting.state(), meeting.clock.reading()

    seen = outlook(state, speaking(state, now), now)

    rest = _seconds_to_end(meeting.left)
    assert seen.remaining_s == rest
    assert seen.end_at == now.wall + timedelta(seconds=rest)
    assert seen.elapsed_s == int(meeting.clock.passed_s)
    assert seen.ahead_s == planned - seen.elapsed_s - rest


@given(_limits, st.integers(60, 12 * 3600), st.integers(0, 4000), _wrong)
def test_a_limit_of_the_whole_meeting_is_kept_or_missed_by_true_time(
    limits: list[int], limit: int, passed: int, wrong: int
) -> None:
    meeting = Meeting(list(limits), datetime(2026, 3, 12, 9))
    meeting._tell(EventKind.MEETING_CHANGED, "", limit_s=limit)
    meeting.pass_time(passed)
    meeting.clock.wrong_s = wrong
    state, now = meeting.state(), meeting.clock.reading()

    seen = outlook(state, speaking(state, now), now)

    assert seen.late_s == passed + _seconds_to_end(meeting.left) - limit
    assert seen.due_at is not None
    assert (seen.end_at - seen.due_at).total_seconds() == seen.late_s


@given(_limits, st.integers(-600, 7200))
def test_advice_saves_what_is_missing_and_halves_nobody_more(limits: list[int], late: int) -> None:
    meeting = Meeting(list(limits), datetime(2026, 3, 12, 9))
    now = meeting.clock.reading()
    rows = speaking(meeting.state(), now)

    advice = advise(rows, late)

    saved = sum(trim.from_s - trim.to_s for trim in advice.trims)
    assert saved + advice.still_late_s == max(0, late)
    assert all(trim.to_s >= trim.from_s / 2 for trim in advice.trims)
    assert all(trim.row.run.value == "idle" for trim in advice.trims)
    if advice.still_late_s:
        assert saved == sum(limit // 2 for limit in limits[1:])


def test_advice_leaves_an_address_alone_however_late_it_is() -> None:
    story = Story()
    address = AgendaItem("i2", "讲话", kind=ItemKind.ADDRESS, limit_s=1800)
    items = [AgendaItem("i1", "汇报", limit_s=600), address]
    story.tell(EventKind.AGENDA_LOADED, "08:00", body={"items": [item.to_json() for item in items]})
    now = ClockReading(moment("14:20"), 1.0, "b")

    advice = advise(speaking(story.state(), now), 900)

    assert [trim.row.item.item_id for trim in advice.trims] == ["i1"]
    assert advice.still_late_s == 600


def test_the_end_that_was_notified_counts_where_no_limit_is_set() -> None:
    story = Story()
    story.tell(EventKind.MEETING_CHANGED, "08:00", body={"end": moment("15:30").isoformat()})
    items = [AgendaItem("i1", "汇报", limit_s=2400).to_json()]
    story.tell(EventKind.AGENDA_LOADED, "08:00", body={"items": items})
    state, now = story.state(), ClockReading(moment("14:20"), 1.0, "b")

    seen = outlook(state, speaking(state, now), now)

    assert (seen.end_at, seen.late_s) == (moment("15:10"), -1200)


def test_the_limit_of_the_whole_meeting_goes_before_the_notified_end() -> None:
    story = Story()
    changed = {"end": moment("15:30").isoformat(), "limit_s": 1800}
    story.tell(EventKind.MEETING_CHANGED, "08:00", body=changed)
    items = [AgendaItem("i1", "汇报", limit_s=2400).to_json()]
    story.tell(EventKind.AGENDA_LOADED, "08:00", body={"items": items})
    state, now = story.state(), ClockReading(moment("14:20"), 1.0, "b")

    seen = outlook(state, speaking(state, now), now)

    assert (seen.due_at, seen.late_s) == (moment("15:00"), 600)
