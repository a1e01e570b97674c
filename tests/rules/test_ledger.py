"""A year's ledger: the seven persons of the sample, people who move, and how counts climb."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import count

import pytest
from story import LADDER, POINTS, Story, seat

from huifeng_desktop.domain.attendance import Decision
from huifeng_desktop.domain.imported import Approval
from huifeng_desktop.domain.people import Category, Seat
from huifeng_desktop.domain.rule_set import LeftEarlyUse, RuleSet
from huifeng_desktop.rules.ledger import JudgedMeeting, Ledger, LedgerRow, ledger

BOTH = replace(LADDER, points=POINTS)
_numbers = count(1)

Telling = Callable[[Story], object]


def meeting(
    *tellings: Telling,
    rules: RuleSet = BOTH,
    day: date = date(2026, 3, 12),
    seats: tuple[Seat, ...] = (),
    sealed: bool = True,
) -> JudgedMeeting:
    """One adjourned meeting, judged; without a telling everybody is absent."""
    story = Story(*seats, rules=rules, day=day).held()
    for tell in tellings:
        tell(story)
    start = story.events[-1].at.replace(hour=14, minute=30)
    return JudgedMeeting(f"m{next(_numbers)}", "例会", start, rules, sealed, story.verdicts())


def late(story: Story) -> None:
    story.signs("14:41")


def absent(story: Story) -> None:
    """Nobody comes."""


def substitute(story: Story) -> None:
    story.signs("14:25", deputy="丁", approved=False)


def late_substitute(story: Story) -> None:
    story.signs("14:41", deputy="丁", approved=False)


def on_leave(story: Story) -> None:
    story.leave(Approval.APPROVED)


def early(story: Story) -> None:
    story.signs("14:20")
    story.leaves("15:00")


def overturned(story: Story) -> None:
    late(story)
    story.rule(Decision.LATE)
    story.rule(Decision.EXCUSED)


def only(found: Ledger) -> LedgerRow:
    """The one person of the ledger."""
    (row,) = found.persons
    return row


def year(*tellings: Telling, rules: RuleSet = BOTH) -> LedgerRow:
    """The row of the one person after meetings a week apart."""
    days = (date(2026, 1, 8) + timedelta(weeks=week) for week in count())
    return only(
        ledger(
            [meeting(tell, rules=rules, day=day) for tell, day in zip(tellings, days, strict=False)], rules
        )
    )


# -- the seven of the sample -------------------------------------------------------------------------


def test_jia_is_late_on_leave_absent_and_sends_a_substitute_which_makes_three() -> None:
    row = year(late, on_leave, absent, substitute)

    assert (row.counted, row.tier, row.suggestion) == (3, 3, "达到第三档，建议移送有权机关研究")
    assert (row.late, row.on_leave, row.absent, row.unapproved_substitute) == (1, 1, 1, 1)
    assert row.expected == 4 and row.present == 2 and row.points == 6


def test_yi_sends_a_substitute_who_is_late_which_makes_one() -> None:
    row = year(late_substitute)

    assert (row.counted, row.tier, row.unapproved_substitute, row.late) == (1, 1, 1, 0)
    assert row.evidence[0].late_minutes == 11
    assert row.points == 2


def test_bing_leaves_early_three_times_which_is_points_and_no_ladder() -> None:
    row = year(early, early, early)

    assert (row.counted, row.tier, row.suggestion, row.points, row.left_early) == (0, 0, "", 3, 3)


def test_bing_climbs_where_early_leaving_is_in_the_ladder() -> None:
    assert year(early, early, rules=replace(BOTH, left_early=LeftEarlyUse.LADDER)).tier == 2


def test_ding_is_late_in_december_and_in_january() -> None:
    december, january = meeting(late, day=date(2025, 12, 20)), meeting(late, day=date(2026, 1, 5))

    assert only(ledger([january], BOTH)).counted == 1
    rolling = only(ledger([january, december], BOTH))
    assert rolling.counted == 2
    assert [one.start.year for one in rolling.evidence] == [2025, 2026]


def test_wu_has_one_of_two_overturned_on_appeal() -> None:
    row = year(late, overturned)

    assert (row.counted, row.tier, row.late) == (1, 1, 2)
    assert [one.counted for one in row.evidence] == ["late", None]


def test_ji_was_late_at_a_meeting_judged_without_consequences() -> None:
    row = only(ledger([meeting(late, rules=RuleSet())], BOTH))

    assert (row.counted, row.tier, row.late, row.points) == (0, 0, 1, 0)


def test_geng_stays_in_the_third_tier_at_the_fifth_time_and_the_number_is_shown() -> None:
    row = year(late, late, late, late, absent)

    assert (row.counted, row.tier) == (5, 3)
    assert row.suggestion == "达到第三档，建议移送有权机关研究（第5次）"


@pytest.mark.parametrize(("times", "shown"), [(3, ""), (4, "（第4次）")])
def test_the_number_is_shown_from_the_fourth_time_on(times: int, shown: str) -> None:
    assert year(*[late] * times).suggestion == LADDER.ladder[2] + shown


def test_the_ladder_suggests_and_never_pronounces() -> None:
    assert "免职" not in year(late, late, late).suggestion


# -- switches ----------------------------------------------------------------------------------------


def test_kinds_can_be_kept_apart() -> None:
    row = year(late, absent, late, rules=replace(BOTH, kinds_separate=True))

    assert row.tier == 2 and row.counted == 3


def test_both_facts_count_where_each_counts() -> None:
    def late_and_early(story: Story) -> None:
        late(story)
        story.leaves("15:00")

    rules = replace(BOTH, each_counts=True, left_early=LeftEarlyUse.LADDER)
    assert (year(late_and_early, rules=rules).counted, year(late_and_early, rules=rules).points) == (2, 2)
    assert year(late_and_early).points == 1


def test_without_a_ladder_points_are_added_and_every_kind_counts() -> None:
    row = year(early, late, absent, rules=RuleSet(points=POINTS))

    assert (row.points, row.counted, row.tier, row.suggestion) == (5, 3, 0, "")


def test_a_meeting_that_is_not_sealed_makes_the_ledger_provisional() -> None:
    found = ledger([meeting(late, sealed=False), meeting(late)], BOTH)

    assert found.provisional and found.meetings == 2
    assert [one.provisional for one in only(found).evidence] == [True, False]


# -- who is one person -------------------------------------------------------------------------------


def persons(*meetings: JudgedMeeting) -> list[tuple[str, str, int]]:
    """Name, last unit and count of every person."""
    return [(row.name, row.unit, row.counted) for row in ledger(meetings, BOTH).persons]


def attended(*seats: Seat, day: date = date(2026, 3, 12)) -> JudgedMeeting:
    """A meeting at which all of them were absent."""
    return meeting(absent, seats=seats, day=day)


def test_the_ledger_follows_a_transfer_by_telephone() -> None:
    spring = attended(seat("s1", "马俊", "县商务局", phone="13900000001"), day=date(2026, 6, 4))
    summer = attended(seat("s1", "马 俊", "石梁镇", phone="13900000001"), day=date(2026, 7, 2))

    assert persons(summer, spring) == [("马俊", "石梁镇", 2)]


def test_units_keep_what_happened_while_the_person_was_theirs() -> None:
    spring = attended(seat("s1", "马俊", "县商务局", phone="13900000001"), day=date(2026, 6, 4))
    summer = attended(seat("s1", "马俊", "石梁镇", phone="13900000001"), day=date(2026, 7, 2))

    assert [(row.unit, row.counted) for row in ledger([spring, summer], BOTH).units] == [
        ("县商务局", 1),
        ("石梁镇", 1),
    ]


def test_without_a_telephone_a_transfer_starts_anew() -> None:
    first, then = attended(seat("s1", "马俊", "县商务局")), attended(seat("s1", "马俊", "石梁镇"))

    assert len(persons(first, then)) == 2


def test_a_new_telephone_at_the_same_unit_is_the_same_person() -> None:
    first = attended(seat("s1", "马俊", "县商务局", phone="13900000001"))
    then = attended(seat("s1", "马俊", "县商务局", phone="13900000002"))
    last = attended(seat("s1", "马俊", "县商务局"))

    assert persons(first, then, last) == [("马俊", "县商务局", 3)]


def test_namesakes_of_different_units_stay_apart() -> None:
    room = attended(
        seat("s1", "李伟", "县水利局"), seat("s2", "李伟", "柳渡镇"), seat("s3", "李伟", "团县委")
    )

    assert [unit for _, unit, _ in persons(room)] == ["县水利局", "柳渡镇", "团县委"]


def test_namesakes_of_one_unit_are_told_apart_by_telephone() -> None:
    def room(day: date) -> JudgedMeeting:
        return attended(
            seat("s1", "李伟", "县水利局", phone="13900000001"),
            seat("s2", "李伟", "县水利局", phone="13900000002"),
            day=day,
        )

    assert [one[2] for one in persons(room(date(2026, 3, 12)), room(date(2026, 4, 9)))] == [2, 2]


def test_namesakes_of_one_unit_without_telephones_are_told_apart_by_post() -> None:
    room = attended(
        seat("s1", "李伟", "县水利局", post="局长"), seat("s2", "李伟", "县水利局", post="副局长")
    )

    assert len(persons(room)) == 2


def test_two_posts_are_counted_once_for_the_person_and_once_for_each_unit() -> None:
    both = attended(
        seat("s1", "刘海波", "县委办公室"), seat("s2", "刘海波", "县直机关工委", same_person="s1")
    )
    found = ledger([both], BOTH)

    assert [(row.expected, row.counted, row.points) for row in found.persons] == [(1, 1, 3)]
    assert [(row.unit, row.counted) for row in found.units] == [("县委办公室", 1), ("县直机关工委", 1)]


def test_somebody_invited_once_for_each_post_is_still_one_person() -> None:
    both = attended(
        seat("s1", "刘海波", "县委办公室"), seat("s2", "刘海波", "县直机关工委", same_person="s1")
    )
    second = attended(seat("s1", "刘海波", "县直机关工委"), day=date(2026, 4, 9))

    assert [one[2] for one in persons(both, second)] == [2]


def test_observers_staff_and_vacant_posts_are_not_in_the_ledger() -> None:

    room = attended(*(seat(f"s{n}", kind.value, category=kind) for n, kind in enumerate(Category, 1)))

    assert [name for name, *_ in persons(room)] == ["leader", "member"]


def test_the_json_of_a_row_has_the_keys_of_the_contract() -> None:
    row = year(late).to_json()

    assert list(row) == [
        *("name", "unit", "expected", "present", "late", "left_early", "unapproved_substitute", "absent"),
        *("on_leave", "counted", "tier", "suggestion", "points", "evidence"),
    ]
    assert row["points"] == 1 and isinstance(row["points"], int)
    assert row["evidence"][0]["start"] == "2026-01-08T14:30:00"


# -- 连开几场 ----------------------------------------------------------------------------------------


def sessions(*tellings: Telling, rules: RuleSet = BOTH) -> Ledger:
    """Sessions of one meeting on following half days."""
    days = (date(2026, 3, 12) + timedelta(days=day) for day in count())
    held = [
        replace(meeting(tell, rules=rules, day=day), series="县两会 2026")
        for tell, day in zip(tellings, days, strict=False)
    ]
    return ledger(held, rules)


def test_the_sessions_of_one_meeting_count_once_by_the_heaviest_and_keep_their_facts() -> None:
    found = sessions(late, absent, substitute)
    row = only(found)
    assert (row.expected, row.late, row.absent, row.unapproved_substitute) == (3, 1, 1, 1)
    assert (row.counted, row.tier, row.points) == (1, 1, 3)
    assert [one.in_ladder for one in found.behind(row)] == [False, True, False]
    (unit,) = found.units
    assert (unit.counted, unit.points) == (1, 3)


def test_the_switch_counts_every_session() -> None:
    row = only(sessions(late, absent, substitute, rules=replace(BOTH, each_session=True)))
    assert (row.counted, row.tier, row.points) == (3, 3, 6)


def test_of_two_equal_sessions_the_first_counts() -> None:
    found = sessions(late, late)
    assert [one.in_ladder for one in found.behind(only(found))] == [True, False]


def test_a_ruled_lateness_without_minutes_stays_a_fact_in_a_session_that_does_not_count() -> None:
    def ruled(story: Story) -> None:
        story.signs("14:25")
        story.rule(Decision.LATE)

    row = only(sessions(absent, ruled))
    assert (row.late, row.absent, row.counted) == (1, 1, 1)


def test_meetings_by_themselves_are_no_sessions() -> None:
    held = [meeting(late), meeting(late, day=date(2026, 3, 13))]
    assert only(ledger(held, BOTH)).counted == 2


def test_in_a_legal_meeting_a_deputy_is_not_present() -> None:
    def deputy(story: Story) -> None:
        story.signs("14:25", deputy="丁", approved=True)

    legal = replace(BOTH, in_person_only=True)
    found = ledger([meeting(deputy, rules=legal), meeting(deputy)], BOTH)
    assert (only(found).expected, only(found).present) == (2, 1)
    assert [one.is_present for one in found.behind(only(found))] == [False, True]
    assert [point.present for point in found.trend()] == [0, 1]


def test_of_two_posts_that_weigh_the_same_the_first_in_the_roster_gives_the_unit() -> None:
    posts = (seat("s1", "刘海波", "县委办公室"), seat("s2", "刘海波", "县直机关工委", same_person="s1"))
    row = only(ledger([meeting(late, seats=posts)], BOTH))
    assert (row.unit, row.expected, row.late, row.counted) == ("县委办公室", 1, 1, 1)


def test_behind_a_figure_stand_its_own_people_and_nobody_else() -> None:
    hall = (seat("s1", "甲"), seat("s2", "乙"), seat("s3", "丙", category=Category.OBSERVER))
    found = ledger([meeting(late, seats=hall)], BOTH)
    told = {row.name: [one.disposition for one in found.behind(row)] for row in found.persons}
    assert told == {"甲": ["in_person"], "乙": ["absent"]}
    (unit,) = found.units
    assert [one.name for one in found.behind(unit)] == ["甲", "乙"]


def test_of_two_posts_the_heavier_stands_behind_the_figure() -> None:
    posts = (seat("s1", category=Category.LEADER), seat("s2", unit="县直机关工委", same_person="s1"))
    found = ledger([meeting(late, seats=posts)], BOTH)
    assert [one.counted for one in found.behind(only(found))] == ["late"]
    assert only(found).counted == 1


def test_what_the_ladder_suggests_is_in_the_json_and_null_where_it_is_silent() -> None:
    (charged,) = ledger([meeting(late)], BOTH).persons
    (free,) = ledger([meeting(on_leave)], BOTH).persons
    assert charged.to_json()["suggestion"] == BOTH.ladder[0]
    assert free.to_json()["suggestion"] is None
