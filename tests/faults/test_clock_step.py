"""The computer's clock is set by an hour or a day while people sign in: recorded as it is, and marked.

Nobody can know which of the two times is right, so nothing is bent: entries carry the clock's time, their
order is that of the log, the step itself is in the log, and whoever signs in after it is marked until the
clock stands right again.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hall import crowd

from huifeng_desktop.app import Folder, open_folder
from huifeng_desktop.clock import PLAYED_BOOT, FixedClock
from huifeng_desktop.domain.events import EventKind, Fact
from huifeng_desktop.domain.meeting import MeetingPlan
from huifeng_desktop.rules.verdict import Flag, Verdict
from huifeng_desktop.service.door.entrance import Door
from huifeng_desktop.service.door.sign_in import Method, OutcomeCode
from huifeng_desktop.service.session import MeetingSession, Writing
from huifeng_desktop.wording import reason_sentence

SUPPORT = Path(__file__).parents[1] / "support"
HOUR, DAY = 3600, 86_400
START = datetime(2026, 3, 12, 14, 30)


class Room:
    """A meeting of twenty people at 14:00, half an hour before it starts."""

    def __init__(self, folder: Folder, clock: FixedClock) -> None:
        self.folder, self.clock = folder, clock
        meeting = folder.office.create(MeetingPlan("全县重点工作推进会", START.astimezone()))
        self.session: MeetingSession = folder.office.open(meeting)
        seats = [seat.to_json() for seat in crowd(meeting, 20)]
        now = clock.reading().wall
        self.session.state_facts([Fact(EventKind.ROSTER_LOADED, now, body={"seats": seats})])
        self.door = Door(self.session)

    def come(self, number: int) -> Verdict:
        """Somebody signs in a minute later; what is to be said of the seat."""
        self.clock.advance(60)
        assert self.door.sign_in(f"s{number}", Method.TYPED).code is OutcomeCode.SIGNED_IN
        verdict = self.session.verdict(f"s{number}")
        assert verdict is not None
        return verdict

    def set_clock(self, by_s: float) -> None:
        """Somebody sets the clock, and the window notices."""
        self.clock.step_wall(by_s)
        self.door.heed_clock()


@pytest.fixture
def room(data_dir: Path, clock: FixedClock) -> Iterator[Room]:
    with open_folder(data_dir, "console", clock) as folder:
        yield Room(folder, clock)


def steps_told(session: MeetingSession) -> list[float]:
    return [event.body["by_s"] for event in session.state.log if event.kind is EventKind.CLOCK_SET]


@pytest.mark.parametrize("part_of_a_second", [0.0, 0.0004, 0.0006])
def test_a_step_and_its_way_back_are_told_as_they_were(room: Room, part_of_a_second: float) -> None:
    """A clock is read at any part of a millisecond; a step that was told is not taken for somebody else's."""
    room.come(1)
    room.clock.advance(part_of_a_second)
    room.set_clock(HOUR)
    room.clock.advance(10)
    room.set_clock(-HOUR)
    assert steps_told(room.session) == [HOUR, -HOUR] and room.session.state.clock_off_s == 0


def test_a_desk_that_waits_for_the_window_does_not_count_its_step_twice(room: Room, data_dir: Path) -> None:
    """GIVEN a desk that is about to write WHEN the window tells of the step first THEN it is told once."""
    room.come(1)
    with open_folder(data_dir, "desk", room.clock) as folder:
        session = folder.office.open(room.session.meeting_id)
        desk, writing = Door(session), session.writing
        room.clock.step_wall(HOUR)

        def after_the_window() -> AbstractContextManager[Writing]:
            session.writing = writing  # type: ignore[method-assign]
            room.clock.advance(1)
            room.door.heed_clock()
            return writing()

        session.writing = after_the_window  # type: ignore[method-assign, assignment]
        desk.heed_clock()
        room.clock.advance(10)
        room.clock.step_wall(-HOUR)
        desk.heed_clock()
    room.session.catch_up()
    assert steps_told(room.session) == [HOUR, -HOUR]


@pytest.mark.parametrize(
    ("by_s", "words", "late"),
    [
        (HOUR, "拨快了 1 小时", 32),
        (-HOUR, "拨慢了 1 小时", 0),
        (DAY, "拨快了 1 天", 1412),
        (-DAY, "拨慢了 1 天", 0),
    ],
)
def test_who_signs_in_after_the_step_is_marked(room: Room, by_s: int, words: str, late: int) -> None:
    # GIVEN somebody who came before the step
    before = room.come(1)
    room.set_clock(by_s)
    # WHEN somebody comes after it
    after = room.come(2)
    # THEN the clock's time is recorded, and marked with what happened
    assert before.signed_in_at is not None and after.signed_in_at is not None
    assert after.signed_in_at - before.signed_in_at == timedelta(seconds=60 + by_s)
    assert Flag.CLOCK_SET in after.flags and Flag.CLOCK_SET not in before.flags
    [told] = [reason_sentence(one) for one in after.reasons if one.code == "clock_set"]
    assert words in told and "请核对" in told
    assert after.late_minutes == late and not after.pending
    # AND the first entry stays the first, the log keeps the order in which it was, all can be proved
    assert room.door.sign_in("s1", Method.TYPED).at == before.signed_in_at
    kinds = [event.kind for event in room.session.state.log[-4:]]
    assert kinds == [EventKind.SIGN_IN, EventKind.CLOCK_SET, EventKind.SIGN_IN, EventKind.REFUSED]
    assert room.folder.verify().ok


def test_a_clock_that_is_set_back_to_what_it_was_marks_nobody_more(room: Room) -> None:
    room.come(1)
    room.set_clock(-HOUR)
    assert Flag.CLOCK_SET in room.come(2).flags
    room.set_clock(HOUR)
    assert Flag.CLOCK_SET not in room.come(3).flags
    with open_folder(room.folder.path, "reader", room.clock) as reader:  # and so it is read again
        again = reader.office.open(room.session.meeting_id).verdicts()
    assert [v.seat.seat_id for v in again if Flag.CLOCK_SET in v.flags] == ["s2"]


def test_some_seconds_and_a_step_before_anybody_came_are_no_news(room: Room) -> None:
    room.set_clock(DAY)
    assert Flag.CLOCK_SET not in room.come(1).flags
    room.set_clock(-20)
    assert Flag.CLOCK_SET not in room.come(2).flags
    room.door.sign_in("s3", Method.BACKFILL, at=START.astimezone(), by="周敏")
    room.set_clock(-DAY)
    filled = room.session.verdict("s3")
    assert filled is not None and Flag.CLOCK_SET not in filled.flags, "a time that was written by hand"


def test_who_comes_before_anybody_has_looked_at_the_clock_is_marked_too(room: Room) -> None:
    room.come(1)
    room.clock.step_wall(HOUR)
    assert Flag.CLOCK_SET in room.come(2).flags
    room.door.heed_clock()
    assert steps(room.session) == [HOUR], "and the step is told once"


@pytest.mark.parametrize("first", ["window", "desk"])
def test_window_and_desk_tell_of_a_step_once(room: Room, first: str) -> None:
    room.come(1)
    with open_folder(room.folder.path, "desk", room.clock) as folder:
        session = folder.office.open(room.session.meeting_id)
        desk = Door(session)
        doors = [room.door, desk] if first == "window" else [desk, room.door]
        for by_s, told in ((HOUR, [HOUR]), (-HOUR, [HOUR, -HOUR]), (DAY, [HOUR, -HOUR, DAY])):
            room.clock.advance(1)
            room.clock.step_wall(by_s)
            for door in doors:
                door.heed_clock()
            assert steps(session) == steps(room.session) == told
        # a process that slept through a step hears of it from the log, and of the next one itself
        doors[0].heed_clock()
        room.clock.advance(1)
        room.clock.step_wall(-2 * DAY)
        doors[0].heed_clock()
        room.clock.advance(1)
        room.clock.step_wall(DAY)
        doors[1].heed_clock()
        assert steps(room.session)[3:] == steps(session)[3:] == [-2 * DAY, DAY]
        assert session.state.clock_off_s == 0 and Flag.CLOCK_SET not in room.come(2).flags


def test_a_step_of_another_machine_is_not_taken_for_ones_own(room: Room) -> None:
    room.come(1)
    now = room.clock.reading()
    body = {"by_s": HOUR, "mono": now.mono + 1, "boot": "the colleague's"}
    room.session.state_facts([Fact(EventKind.CLOCK_SET, now.wall, body=body)])
    room.set_clock(HOUR)
    assert steps(room.session) == [HOUR, HOUR]


def test_a_played_clock_jumps_by_nature(data_dir: Path) -> None:
    with open_folder(data_dir, "console", FixedClock(START, boot=PLAYED_BOOT)) as folder:
        room = Room(folder, folder.clock)  # type: ignore[arg-type]  # the one of the line above
        room.come(1)
        room.set_clock(HOUR)
        assert Flag.CLOCK_SET not in room.come(2).flags and steps(room.session) == []


def test_a_desk_without_a_window_tells_of_it_while_nobody_comes(room: Room, tmp_path: Path) -> None:
    room.come(1)
    hand = tmp_path / "hand"
    told = [str(room.folder.path), room.session.meeting_id, str(hand)]
    program = [sys.executable, str(SUPPORT / "stepping_desk.py"), *told]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as desk:
        assert desk.stdout is not None and b"ready" in desk.stdout.readline()
        hand.write_text(str(-HOUR), encoding="ascii")
        deadline = time.monotonic() + 30
        while not steps(room.session) and time.monotonic() < deadline:
            room.session.catch_up(force=True)
        desk.communicate(timeout=30)
    assert [round(one, -1) for one in steps(room.session)] == [-HOUR]


def steps(session: MeetingSession) -> list[float]:
    """What the log says of the clock."""
    session.catch_up(force=True)
    return [event.body["by_s"] for event in session.state.log if event.kind is EventKind.CLOCK_SET]
