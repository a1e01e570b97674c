"""补录: what numbers off a signed sheet mean, and that they are stored with who and when."""

from __future__ import annotations

import pytest
from desk_office import Meeting
from story import moment

from huifeng_desktop.clock import FixedClock
from huifeng_desktop.domain.events import EventKind
from huifeng_desktop.errors import UserProblem
from huifeng_desktop.service.door.paper_sheet import read_numbers, read_sheet, store_sheet
from huifeng_desktop.wording import reason_sentence


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("12 15-18 ≠17", [12, 15, 16, 18]),
        ("≠17 15-18", [15, 16, 18]),
        ("1，2、3；2", [1, 2, 3]),
        ("１２　１５－１７ ！１６", [12, 15, 17]),
        ("3~5 7—8 10 至 12", [3, 4, 5, 7, 8, 10, 11, 12]),
        ("20-30 ≠22-29", [20, 21, 30]),
        ("第3号", [3]),
        ("", []),
    ],
)
def test_numbers_are_read_as_they_are_written(text: str, numbers: list[int]) -> None:
    assert read_numbers(text) == (numbers, [])


def test_what_cannot_be_meant_is_doubted() -> None:
    assert read_numbers("9-3 4") == ([4], ["9-3 的起止不对，请核对"])
    numbers, doubts = read_numbers("5 张")
    assert numbers == [5] and "“张”看不懂" in doubts[0]


def test_the_names_are_seen_before_anything_is_stored(meeting: Meeting) -> None:
    state = meeting.session.state
    before = len(state.log)
    last = max(seat.seq for seat in state.seats)
    reading = read_sheet(f"1 {last + 2} {last + 3} {last + 9}", state)
    assert [seat.seq for seat in reading.fresh] == [1]
    assert reading.doubts == (f"名单里没有 {last + 2}-{last + 3}、{last + 9} 号",)
    assert len(state.log) == before


def test_entries_from_paper_say_by_whom_and_when_even_after_adjournment(
    meeting: Meeting, clock: FixedClock
) -> None:
    meeting.podium.declare_opened(moment("14:30"))
    clock.advance(2 * 3600)
    meeting.podium.declare_adjourned(moment("15:55"))
    reading = read_sheet("1", meeting.session.state)
    store_sheet(meeting.door, reading.fresh, by="刘芳", at=moment("14:25"))
    verdict = meeting.session.verdict(reading.fresh[0].seat_id)
    assert verdict is not None and verdict.is_present and not verdict.late_minutes
    assert reason_sentence(verdict.reasons[0]) == "14:25 签到（补录，刘芳 3 月 12 日 16:00 录入）"
    again = read_sheet("1", meeting.session.state)
    assert again.fresh == () and [seat.seq for seat in again.already] == [1]


def test_nobody_is_entered_from_paper_by_nobody(meeting: Meeting) -> None:
    reading = read_sheet("1", meeting.session.state)
    with pytest.raises(UserProblem):
        store_sheet(meeting.door, reading.fresh, by=" ", at=moment("14:25"))
    assert not any(event.kind is EventKind.SIGN_IN for event in meeting.session.state.log)
