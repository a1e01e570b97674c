"""Rates, quorum, working days and speaking times."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from story import Story, moment

from huifeng_desktop.domain.agenda import AgendaItem, ItemKind
from huifeng_desktop.domain.events import EventKind
from huifeng_desktop.domain.moments import ClockReading
from huifeng_desktop.domain.rule_set import Quorum, RuleSet
from huifeng_desktop.rules.pace import forecast
from huifeng_desktop.rules.speaking import speaking, speaking_totals
from huifeng_desktop.rules.totals import Totals, rate, total
from huifeng_desktop.rules.working_days import deadline, is_working_day

AGENDA = """
主持人开场 主持 3:00 2:10
发展改革工作 汇报 6:00 6:12
民政工作 汇报 5:00 4:55
司法行政工作 汇报 5:00 5:20
民族宗教工作 汇报 4:00 3:48
财政工作 多媒体汇报 6:00 6:35
人社工作 汇报 5:00 4:30
审计工作 汇报 4:00 4:02
统计工作 汇报 3:00 3:00
信访工作 汇报 4:00 5:10
档案工作 汇报 3:00 2:58
县领导讲话 讲话 30:00 32:20
主持人小结 主持 7:00 4:00
"""
KINDS = {
    "主持": ItemKind.HOSTING,
    "汇报": ItemKind.REPORT,
    "多媒体汇报": ItemKind.MULTIMEDIA_REPORT,
    "讲话": ItemKind.ADDRESS,
}
NOW = ClockReading(moment("16:00"), 0.0, "b")


def seconds(text: str) -> int:
    """6:35 as 395."""
    minutes, rest = text.split(":")
    return int(minutes) * 60 + int(rest)


def sample() -> Story:
    """The ten topics in the manner of Tianjin 2009, spoken."""
    lines = [line.split() for line in AGENDA.strip().splitlines()]
    items = [
        AgendaItem(f"i{n}", title, kind=KINDS[kind], limit_s=seconds(plan))
        for n, (title, kind, plan, _) in enumerate(lines, 1)
    ]
    story = Story()
    story.tell(EventKind.AGENDA_LOADED, "08:00", body={"items": [item.to_json() for item in items]})
    for n, (*_, actual) in enumerate(lines, 1):
        story.tell(EventKind.TIMER_STARTED, "14:30", f"i{n}", {"elapsed_s": 0})
        story.tell(EventKind.TIMER_FINISHED, "14:35", f"i{n}", {"elapsed_s": float(seconds(actual))})
    return story


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (118, 126, "93.7%"),
        (112, 126, "88.9%"),
        (113, 118, "95.8%"),
        (1, 16, "6.3%"),
        (1, 2000, "0.1%"),
        (0, 5, "0.0%"),
        (5, 5, "100.0%"),
        (0, 0, "—"),
    ],
)
def test_rates_have_one_decimal_half_up(part: int, whole: int, shown: str) -> None:
    assert rate(part, whole) == shown


@given(st.integers(0, 4000), st.integers(1, 4000))
def test_rates_agree_with_decimal_arithmetic(part: int, whole: int) -> None:
    exact = (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP)

    assert rate(part, whole) == f"{exact}%"


def test_an_empty_roster_has_no_rates() -> None:
    totals = total([], RuleSet())

    assert totals == Totals() and totals.identity_holds
    assert {totals.attendance_rate, totals.in_person_rate, totals.punctual_rate} == {"—"}


@pytest.mark.parametrize(
    ("quorum", "present", "met"),
    [
        (Quorum(1, 2, True), 5, False),
        (Quorum(1, 2, True), 6, True),
        (Quorum(2, 3, False), 6, False),
        (Quorum(2, 3, False), 7, True),
        (Quorum(4, 5, False), 7, False),
        (Quorum(4, 5, False), 8, True),
    ],
)
def test_a_quorum_is_compared_in_integers(quorum: Quorum, present: int, met: bool) -> None:
    assert quorum.is_met(present, 10) is met


def test_a_deadline_passes_over_the_weekend_and_counts_the_switches() -> None:
    start = moment("2026-03-12T14:30:00")

    assert deadline(start, 3, RuleSet()) == moment("2026-03-17T23:59:59")
    assert deadline(start, 0, RuleSet()) == moment("2026-03-12T23:59:59")
    assert deadline(start, 3, RuleSet(working_days=("2026-03-14",))) == moment("2026-03-16T23:59:59")
    assert deadline(start, 3, RuleSet(holidays=("2026-03-13",))) == moment("2026-03-18T23:59:59")
    assert not is_working_day(moment("2026-03-15T09:00").date(), RuleSet())


def test_the_sample_speaks_46_30_against_45_00() -> None:
    rows = speaking(sample().state(), NOW)
    sums = speaking_totals(rows)

    assert (sums.reports_spoken_s, sums.reports_planned_s) == (seconds("46:30"), seconds("45:00"))
    assert sums.planned_s == sums.spoken_s == seconds("85:00")


def test_the_sample_is_over_at_items_2_4_6_10_and_12() -> None:
    rows = speaking(sample().state(), NOW)

    over = {row.seq: row.over_s for row in rows if row.over_s}
    assert over == {2: 12, 4: 20, 6: 35, 10: 70, 12: 140}
    assert speaking_totals(rows).over_count == 5


@pytest.mark.parametrize(("spoken", "over"), [(300, 0), (310, 0), (310.4, 0), (310.5, 11), (311, 11)])
def test_ten_seconds_are_tolerated(spoken: float, over: int) -> None:
    story = Story()
    item = AgendaItem("i1", "发言", kind=ItemKind.OTHER)
    story.tell(EventKind.AGENDA_LOADED, "08:00", body={"items": [item.to_json()]})
    story.tell(EventKind.TIMER_STARTED, "14:30", "i1", {"elapsed_s": 0})
    story.tell(EventKind.TIMER_FINISHED, "14:40", "i1", {"elapsed_s": spoken})

    (row,) = speaking(story.state(), NOW)
    assert (row.limit_s, row.over_s) == (300, over)


def test_granted_time_is_apart_from_the_limit_and_is_not_over() -> None:
    story = sample()
    story.tell(EventKind.TIMER_ADJUSTED, "15:00", "i6", {"by_s": 60})

    row = speaking(story.state(), NOW)[5]
    assert (row.limit_s, row.granted_s, row.allowed_s, row.spoken_s, row.over_s) == (360, 60, 420, 395, 0)


def test_an_item_that_was_never_timed_has_no_spoken_time() -> None:
    story = sample()
    story.tell(EventKind.ITEM_CHANGED, "08:01", "i14", {"item": AgendaItem("i14", "其他").to_json()})
    story.tell(EventKind.ITEM_SKIPPED, "15:50", "i13")

    rows = speaking(story.state(), NOW)
    assert [row.spoken_s for row in rows[-2:]] == [None, None]


def test_the_forecast_adds_what_is_left_to_now() -> None:
    story = Story()
    items = [AgendaItem(f"i{n}", "汇报", kind=ItemKind.REPORT, limit_s=600) for n in (1, 2, 3)]
    story.tell(EventKind.AGENDA_LOADED, "08:00", body={"items": [item.to_json() for item in items]})
    story.tell(EventKind.TIMER_STARTED, "14:30", "i1", {"elapsed_s": 0})
    story.tell(EventKind.TIMER_PAUSED, "14:34", "i1", {"elapsed_s": 240.0})

    seen = forecast(speaking(story.state(), NOW), moment("14:30"), moment("14:40"))

    assert (seen.planned_s, seen.elapsed_s, seen.remaining_s, seen.ahead_s) == (1800, 600, 1560, -360)
    assert seen.end_at == moment("15:06")
