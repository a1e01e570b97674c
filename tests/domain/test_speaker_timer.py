"""The timer against a plain reckoning of what was spoken, whatever the clocks do."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from story import moment

from huifeng_desktop.clock import FixedClock
from huifeng_desktop.domain.moments import ClockReading
from huifeng_desktop.domain.speaker_timer import Correction, ItemTiming, Phase, Run, phase_of

_seconds = st.floats(0, 2000, allow_nan=False)
_steps = st.sampled_from([-86400, -3600, -120, -1, 1, 60, 3600, 86400])
_operations = st.lists(
    st.one_of(
        st.tuples(st.just("wait"), _seconds),
        st.tuples(st.sampled_from(["start", "pause", "resume", "finish", "restart"]), st.just(0.0)),
        st.tuples(st.just("correct"), _seconds),
        st.tuples(st.just("step"), _steps),
    ),
    max_size=30,
)


@dataclass
class Plain:
    """A stopwatch that is told every second that passes."""

    running: bool = False
    spoken: float = 0.0
    timing: ItemTiming = field(default_factory=ItemTiming)
    clock: FixedClock = field(default_factory=lambda: FixedClock(moment("14:30")))

    def do(self, what: str, value: float) -> None:
        """One operation on both, as far as the state allows it."""
        now = self.clock.reading()
        elapsed = self.timing.elapsed(now)
        if what == "wait":
            self.clock.advance(value)
            self.spoken += value if self.running else 0.0
        elif what == "step":
            self.clock.step_wall(value)
        elif what == "start" and self.timing.run is Run.IDLE:
            self.timing, self.running = self.timing.started(now.wall, 0.0, now), True
        elif what == "pause" and self.running:
            self.timing, self.running = self.timing.paused(now.wall, elapsed), False
        elif what == "resume" and self.timing.run is Run.PAUSED:
            self.timing, self.running = self.timing.resumed(now.wall, elapsed, now), True
        elif what == "finish" and self.timing.is_active:
            self.timing, self.running = self.timing.finished(now.wall, elapsed), False
        elif what == "restart" and self.timing.run is Run.FINISHED:
            self.timing, self.running = self.timing.started(now.wall, elapsed, now), True
        elif what == "correct":
            self._correct(value, now)

    def _correct(self, value: float, now: ClockReading) -> None:
        correction = Correction(now.wall, self.timing.elapsed(now), value, "更正")
        self.timing, self.spoken = self.timing.corrected(correction, now), value


@given(_operations)
@settings(max_examples=200)
def test_the_timer_agrees_with_a_plain_stopwatch_however_the_wall_clock_jumps(
    operations: list[tuple[str, float]],
) -> None:
    plain = Plain()
    for what, value in operations:
        plain.do(what, value)
        now = plain.clock.reading()
        assert plain.timing.elapsed(now) == pytest.approx(plain.spoken, abs=1e-6)
        assert plain.timing.elapsed(now) == plain.timing.elapsed(now)
        assert (plain.timing.run is Run.RUNNING) is plain.running
        assert (plain.timing.anchor is not None) is plain.running


@pytest.mark.parametrize("step", [-86400, -1, 1, 86400])
def test_setting_the_wall_clock_does_not_touch_a_running_speech(step: int) -> None:
    clock = FixedClock(moment("14:30"))
    timing = ItemTiming().started(clock.reading().wall, 0.0, clock.reading())
    clock.advance(100)
    clock.step_wall(step)

    assert timing.elapsed(clock.reading()) == 100


def test_across_a_restart_of_the_machine_the_wall_clock_is_all_there_is() -> None:
    clock = FixedClock(moment("14:30"))
    timing = ItemTiming().started(clock.reading().wall, 0.0, clock.reading())
    clock.advance(100)
    clock.step_wall(45)
    clock.reboot("after", mono=2.0)

    assert timing.elapsed(clock.reading()) == 145
    clock.step_wall(-3600)
    assert timing.elapsed(clock.reading()) == 0


def test_a_reading_survives_json() -> None:
    reading = ClockReading(moment("14:30"), 1234.5678, "boot")

    assert ClockReading.from_json(reading.to_json()) == reading


def test_a_pause_is_not_a_reset_and_its_length_is_kept() -> None:
    clock = FixedClock(moment("14:30"))
    timing = ItemTiming().started(clock.reading().wall, 0.0, clock.reading())
    clock.advance(90)
    timing = timing.paused(clock.reading().wall, timing.elapsed(clock.reading()))
    clock.advance(30)
    timing = timing.resumed(clock.reading().wall, timing.elapsed(clock.reading()), clock.reading())
    clock.advance(10)

    assert (timing.elapsed(clock.reading()), timing.paused_s) == (100, 30)
    assert timing.started_at == moment("14:30")


# -- phases ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("elapsed", "allowed", "phase"),
    [
        (0, 600, Phase.NORMAL),
        (539.9, 600, Phase.NORMAL),
        (540, 600, Phase.AMBER),
        (599.9, 600, Phase.AMBER),
        (600, 600, Phase.OVER),
        (9999, None, Phase.NORMAL),
        (29, 60, Phase.NORMAL),
        (30, 60, Phase.AMBER),
        (0, 0, Phase.OVER),
    ],
)
def test_the_phase_follows_from_elapsed_time(elapsed: float, allowed: float | None, phase: Phase) -> None:
    assert phase_of(elapsed, allowed) is phase
    assert phase_of(elapsed, allowed, active=False) is Phase.IDLE


def test_a_time_entered_by_hand_finishes_an_item_that_was_never_started() -> None:
    timing = ItemTiming().corrected(Correction(moment("15:00"), 0.0, 372.0, "手工记录"), None)

    assert (timing.run, timing.elapsed_s) == (Run.FINISHED, 372.0)
