"""Random presses under random clocks against true time, reckoned again from the first press each time.

The oracle knows no anchors and no events: it keeps the presses that hold, each with the true moment at
which it was made, and plays them one after the other. An undone press is simply not played.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from desk_office import Meeting, beside, plan
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from true_clock import TrueClock

from huifeng_desktop.app import open_folder
from huifeng_desktop.domain.speaker_timer import Run
from huifeng_desktop.errors import UserProblem
from huifeng_desktop.ui.projection.views import countdown_view
from huifeng_desktop.ui.stage.view import digits_text

TOLERANCE_S = 0.1
LIMITS = (10, 5, 1)
Press = tuple[str, float]
STARTS = (
    (datetime(2026, 3, 12, 23, 50), "Asia/Shanghai"),
    (datetime(2026, 3, 29, 1, 50), "Europe/Berlin"),
    (datetime(2026, 10, 25, 2, 50), "Europe/Berlin"),
)
"""Just before midnight, and before summer time begins and ends."""

_waits = st.tuples(st.just("wait"), st.floats(0, 900))
_presses = st.one_of(
    st.tuples(
        st.sampled_from(["next", "pause", "resume", "finish", "skip", "undo", "reopen"]), st.just(0.0)
    ),
    st.tuples(st.sampled_from(["start"]), st.sampled_from([0.0, 1.0, 2.0])),
    st.tuples(st.just("forgot"), st.floats(0, 300)),
    st.tuples(st.just("correct"), st.floats(0, 900)),
    st.tuples(st.just("adjust"), st.sampled_from([60.0, -30.0])),
)
_steps = st.one_of(
    st.tuples(st.just("step"), st.sampled_from([-86400, -3600, -600, -1, 1, 60, 3600, 86400]).map(float)),
    st.tuples(st.just("zone"), st.sampled_from([0.0, 1.0, 2.0])),
)
_restarts = st.tuples(st.just("reboot"), st.just(0.0))
_ZONES = ("Asia/Shanghai", "America/New_York", "Asia/Kathmandu")
_days = st.one_of(
    st.lists(st.one_of(_waits, _presses, _presses, _steps), max_size=25),
    st.lists(st.one_of(_waits, _presses, _presses, _restarts), max_size=25),
)
"""Wrong clocks, or restarts under a right one: across a restart there is nothing but the wall clock."""


@dataclass
class Spoken:
    """One item as the oracle knows it."""

    run: str = "idle"
    spoken: float = 0.0
    paused: float = 0.0
    granted: int = 0


@dataclass
class Oracle:
    """The presses that hold, with their true moments."""

    held: list[tuple[float, Press]] = field(default_factory=list)

    def items(self, now: float) -> list[Spoken]:
        """Play everything up to `now`."""
        items, last = [Spoken() for _ in LIMITS], 0.0
        for moment, press in [*self.held, (now, ("wait", 0.0))]:
            for item in items:
                item.spoken += moment - last if item.run == "running" else 0.0
                item.paused += moment - last if item.run == "paused" else 0.0
            last = moment
            self._play(items, press)
        return items

    def _play(self, items: list[Spoken], press: Press) -> None:
        what, value = press
        current = next((one for one in items if one.run in ("running", "paused")), None)
        if what in ("start", "began"):
            back = value % 1000
            if current is not None:
                current.spoken -= min(current.spoken, back) if current.run == "running" else 0.0
                current.run = "finished"
            chosen = items[int(value // 1000)]
            kept = chosen.spoken if chosen.run == "finished" else 0.0
            chosen.run, chosen.spoken = "running", kept + back
        elif what == "skipped":
            items[int(value)].run = "skipped"
        elif what == "corrected":
            place, spoken = divmod(value, 1000)
            item = items[int(place)]
            item.spoken = spoken
            item.run = "finished" if item.run in ("idle", "skipped") else item.run
        elif current is not None and what == "forgot":
            current.spoken += value
        elif current is not None and what == "adjust":
            current.granted += int(value)
        elif current is not None and what != "wait":
            current.run = {"pause": "paused", "resume": "running", "finish": "finished"}[what]


def _do(meeting: Meeting, press: Press) -> Press | None:
    """Press it; what the oracle has to know about it, or None where the podium refused."""
    what, value = press
    podium, ids = meeting.podium, [item.item_id for item in meeting.session.state.items]
    current = meeting.session.state.current_item
    try:
        if what == "start":
            podium.start(ids[int(value)])
            return "start", value * 1000
        if what == "next":
            event = podium.finish_and_next()
            started = event.kind.value == "timer_started"
            return ("start", ids.index(event.subject) * 1000.0) if started else ("finish", 0.0)
        if what == "forgot":
            event = podium.forgot_to_start(value)
            return press if current else ("start", ids.index(event.subject) * 1000.0 + value)
        if what == "correct":
            place = int(value) % len(ids)
            podium.correct(ids[place], value, why="核对")
            return "corrected", place * 1000.0 + value
        if what == "skip":
            return "skipped", float(ids.index(podium.skip().subject))
        if what == "adjust":
            podium.adjust(int(value))
        else:
            {"pause": podium.pause, "resume": podium.resume, "finish": podium.finish}[what]()
        return press
    except UserProblem:
        return None


def _live(meeting: Meeting, clock: TrueClock, oracle: Oracle, press: Press) -> None:
    what, value = press
    if what == "wait":
        clock.advance(value)
    elif what == "step":
        clock.wrong_s += value
    elif what == "zone":
        clock.zone = _ZONES[int(value)]
    elif what == "reboot":
        clock.reboot()
    elif what == "undo" and oracle.held:
        meeting.podium.undo_last()
        oracle.held.pop()
    elif what not in ("undo", "reopen"):
        held = _do(meeting, press)
        if held is not None:
            oracle.held.append((clock.passed_s, held))


def _compare(meeting: Meeting, clock: TrueClock, oracle: Oracle) -> None:
    now = clock.reading()
    truth = oracle.items(clock.passed_s)
    timings = [meeting.session.state.timing(item.item_id) for item in meeting.session.state.items]
    assert [one.run.value for one in timings] == [one.run for one in truth]
    assert [one.granted_s for one in timings] == [one.granted for one in truth]
    for timing, true in zip(timings, truth, strict=True):
        if timing.run not in (Run.IDLE, Run.SKIPPED):
            assert abs(timing.elapsed(now) - true.spoken) <= TOLERANCE_S
            assert abs(timing.waited(now) - true.paused) <= TOLERANCE_S
    timer = meeting.podium.view(now)
    if timer is not None and timer.run is Run.RUNNING and timer.allowed_s is not None:
        true = truth[timer.number - 1]
        left = timer.allowed_s - true.spoken
        shown = _seconds(digits_text(countdown_view(timer)))
        assert left - TOLERANCE_S <= shown <= left + 1 + TOLERANCE_S


def _seconds(digits: str) -> int:
    """0:48 as 48; +0:35, which counts up, as -35."""
    minutes, seconds = digits.removeprefix("+").split(":")
    value = int(minutes) * 60 + int(seconds)
    return -value if digits.startswith("+") else value


@given(st.sampled_from(STARTS), _days)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_display_is_true_whatever_is_pressed_and_whatever_the_clocks_do(
    start: tuple[datetime, str], day: list[Press]
) -> None:
    clock = TrueClock(*start)
    with tempfile.TemporaryDirectory() as folder, open_folder(Path(folder), "console", clock) as opened:
        meeting = Meeting(opened, opened.office.create(plan()))
        meeting.add_items(*LIMITS)
        oracle = Oracle()
        for press in day:
            _live(meeting, clock, oracle, press)
            _compare(meeting, clock, oracle)
        with beside(meeting, "console") as again:
            _compare(again, clock, oracle)
