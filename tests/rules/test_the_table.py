"""The table of named cases as a whole: how many there are, and that every switch is turned in it."""

from __future__ import annotations

from collections import Counter

import pytest
import test_coming_and_going_cases
import test_counting_switch_cases
import test_late_switch_cases
import test_leave_and_deputy_cases
import test_leaving_switch_cases
import test_order_cases
from attendance_case import Case

TABLE: list[Case] = [
    *test_coming_and_going_cases.CASES,
    *test_leave_and_deputy_cases.CASES,
    *test_late_switch_cases.CASES,
    *test_leaving_switch_cases.CASES,
    *test_counting_switch_cases.CASES,
    *test_order_cases.CASES,
]
READ_BY_THE_CLASSIFIER = {
    "late_base": 3,
    "grace_min": 3,
    "very_late_min": 3,
    "left_early": 3,
    "left_early_tolerance_min": 3,
    "gone_at_headcount": 2,
    "seen_unsigned": 2,
    "oral_leave_days": 3,
    "substitute_as": 2,
    "each_counts": 2,
    "exempt": 3,
    "working_days": 2,
    "holidays": 2,
    "ladder": 2,
    "points": 3,
}
"""Each switch with how many of its positions the table shows at least."""


def test_there_are_at_least_two_hundred_and_forty_cases_each_with_a_name_of_its_own() -> None:
    names = Counter(case.name for case in TABLE)
    assert [name for name, times in names.items() if times > 1] == []
    assert len(names) >= 240


@pytest.mark.parametrize(("switch", "positions"), READ_BY_THE_CLASSIFIER.items())
def test_every_switch_is_in_the_table_in_each_of_its_positions(switch: str, positions: int) -> None:
    assert len({repr(getattr(case.rules, switch)) for case in TABLE}) >= positions
