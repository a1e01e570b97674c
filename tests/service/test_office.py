"""The folder's meetings: made, found, listed and added up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from desk_office import PEOPLE, Meeting, plan, reading
from story import LADDER, moment

from huifeng_desktop.app import Folder, open_folder
from huifeng_desktop.clock import FixedClock
from huifeng_desktop.domain.meeting import MeetingPlan
from huifeng_desktop.domain.rule_set import RuleSet, Window
from huifeng_desktop.errors import UnknownMeetingProblem, UserProblem
from huifeng_desktop.rules.ledger import Ledger


@pytest.fixture
def folder(data_dir: Path, clock: FixedClock) -> Iterator[Folder]:
    """An empty data folder."""
    with open_folder(data_dir, "command", clock) as folder:
        yield folder


def hold(
    folder: Folder, start: str, *, rules: RuleSet = LADDER, counts: bool = True, adjourn: bool = True
) -> str:
    """A meeting that day at which nobody appeared; its id."""
    begins = moment(start)
    meeting = Meeting(
        folder, folder.office.create(MeetingPlan("例会", begins, rule_set=rules, counts=counts))
    )
    meeting.preparation.apply(meeting.preparation.preview_roster(reading(PEOPLE)))
    meeting.podium.declare_opened(begins)
    if adjourn:
        meeting.podium.declare_adjourned(begins.replace(hour=17))
    return meeting.session.meeting_id


def counts_of(found: Ledger) -> list[int]:
    """How often each person was counted."""
    return [row.counted for row in found.persons]


# -- making and finding ------------------------------------------------------------------------------


def test_a_meeting_is_made_with_an_id_that_can_be_said(folder: Folder) -> None:
    meeting_id = folder.office.create(plan())

    assert meeting_id.startswith("20260312-") and len(meeting_id) == 12
    assert folder.office.open(meeting_id).plan == plan()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"title": "  "}, "会议名称是空的"),
        ({"title": "会" * 201}, "有 201 个字，最多 200 个"),
        ({"title": "会议\ud800"}, "不能显示的字符"),
        ({"title": "会议\x00"}, "不能显示的字符"),
        ({"start": datetime(1026, 3, 12, 14, 30).astimezone()}, "1026 年"),
        ({"start": datetime(2126, 3, 12, 14, 30).astimezone()}, "2126 年"),
        ({"end": moment("14:30")}, "不晚于开始时间"),
        ({"end": datetime(3026, 3, 12).astimezone()}, "3026 年"),
    ],
)
def test_a_plan_that_cannot_be_meant_is_refused(folder: Folder, wrong: dict[str, object], words: str) -> None:
    with pytest.raises(UserProblem, match=words):
        folder.office.create(replace(plan(), **wrong))  # type: ignore[arg-type]

    assert folder.office.cards() == []


def test_a_meeting_is_found_by_the_beginning_of_its_id(folder: Folder) -> None:
    first, second = folder.office.create(plan()), folder.office.create(plan(start="2026-04-01T09:00"))

    assert folder.office.resolve("202604") == second and folder.office.resolve(first) == first
    for unknown in ("2026", "", "nothing"):
        with pytest.raises(UnknownMeetingProblem, match="现有会议"):
            folder.office.resolve(unknown)


def test_an_empty_folder_says_so(folder: Folder) -> None:
    with pytest.raises(UnknownMeetingProblem, match="还没有会议"):
        folder.office.resolve("20260312-abc")
    with pytest.raises(UnknownMeetingProblem):
        folder.office.open("20260312-abc")


def test_the_list_shows_the_latest_first(folder: Folder) -> None:
    early, late = hold(folder, "2026-03-12T14:30"), hold(folder, "2026-05-12T14:30", adjourn=False)

    cards = folder.office.cards()

    assert [(card.meeting_id, card.is_adjourned, card.is_sealed) for card in cards] == [
        (late, False, False),
        (early, True, False),
    ]


@pytest.mark.parametrize(
    ("name", "key"), [(None, "statistics"), ("ladder", "ladder"), ("阶梯+扣分", "ladder-points")]
)
def test_rule_sets_have_two_names_and_a_default(folder: Folder, name: str | None, key: str) -> None:
    assert folder.office.rule_set(name).key == key


def test_an_unknown_rule_set_is_told_with_those_that_exist(folder: Folder) -> None:
    with pytest.raises(UserProblem, match="statistics（仅统计）、ladder（阶梯制）"):
        folder.office.rule_set("严格")


# -- the year ----------------------------------------------------------------------------------------


def test_the_ledger_takes_adjourned_meetings_that_count(folder: Folder) -> None:
    hold(folder, "2026-02-12T14:30")
    hold(folder, "2026-03-12T14:30", counts=False)
    hold(folder, "2026-04-12T14:30", adjourn=False)

    found = folder.office.ledger()

    assert (found.meetings, found.provisional, counts_of(found)) == (1, True, [1, 1, 1])
    assert folder.office.ledger(sealed_only=True).meetings == 0


def test_the_window_is_the_calendar_year_and_may_be_given(folder: Folder) -> None:
    hold(folder, "2025-12-20T14:30")
    hold(folder, "2026-01-05T14:30")

    assert counts_of(folder.office.ledger()) == [1, 1, 1]
    wide = folder.office.ledger(first=moment("2025-12-20T14:30"), last=moment("2026-01-05T14:31"))
    assert counts_of(wide) == [2, 2, 2]
    assert (
        folder.office.ledger(first=moment("2025-12-20T14:31"), last=moment("2026-01-05T14:30")).meetings == 0
    )


def test_a_rolling_window_reaches_back_a_year_and_a_term_as_far_as_it_says(folder: Folder) -> None:
    rolling = replace(LADDER, window=Window.ROLLING_12_MONTHS)
    term = replace(LADDER, window=Window.TERM, term_from="2025-01-01", term_to="2026-01-05")
    hold(folder, "2025-03-11T14:30", rules=rolling)
    hold(folder, "2025-12-20T14:30", rules=rolling)
    hold(folder, "2026-01-05T14:30", rules=rolling)

    assert folder.office.ledger(rule_set=rolling).meetings == 2
    assert folder.office.ledger(rule_set=term).meetings == 3
    assert counts_of(folder.office.ledger()) == [2, 2, 2]


def test_the_ladder_is_that_of_the_latest_meeting_with_consequences(folder: Folder) -> None:
    hold(folder, "2026-01-05T14:30", rules=folder.office.rule_set("ladder"))
    hold(folder, "2026-02-05T14:30", rules=RuleSet())

    (row, *_) = folder.office.ledger().persons

    assert (row.counted, row.tier, row.absent) == (1, 1, 2)


def test_an_empty_year_is_an_empty_ledger(folder: Folder) -> None:
    assert folder.office.ledger() == Ledger([], [], 0, False)


# -- a session -----------------------------------------------------------------------------------------


def test_a_failed_block_leaves_neither_disk_nor_memory_changed(folder: Folder) -> None:
    meeting = Meeting(folder, folder.office.create(plan()))
    meeting.preparation.apply(meeting.preparation.preview_roster(reading(PEOPLE)))
    before, log = meeting.session.verdicts(), list(meeting.session.state.log)

    with pytest.raises(RuntimeError), meeting.session.writing() as block:
        block.add(meeting.preparation.preview_roster(reading(PEOPLE[:1])).facts[0])
        raise RuntimeError("the power went")

    assert meeting.session.verdicts() == before and meeting.session.state.log == log
    assert folder.office.open(meeting.session.meeting_id).state.log == log
