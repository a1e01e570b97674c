"""Rule sets: what ships, what survives JSON, and what is said of a wrong switch."""

from __future__ import annotations

from dataclasses import replace

import pytest

from huifeng_desktop.domain.rule_set import LateBase, Quorum, RuleSet, Window
from huifeng_desktop.exchange.rule_set_files import read_rule_sets
from huifeng_desktop.paths import resource_path

SHIPPED = read_rule_sets(resource_path("rule_sets"))


def test_the_five_presets_ship_with_their_names_and_statistics_first() -> None:
    assert {key: one.name for key, one in SHIPPED.items()} == {
        "statistics": "仅统计",
        "ladder": "阶梯制",
        "points": "扣分制",
        "ladder-points": "阶梯+扣分",
        "statutory": "法定会议",
    }
    assert next(iter(SHIPPED)) == "statistics"


@pytest.mark.parametrize("rule_set", SHIPPED.values(), ids=list(SHIPPED))
def test_a_snapshot_of_a_rule_set_reads_the_same(rule_set: RuleSet) -> None:
    assert RuleSet.from_json(rule_set.to_json()) == rule_set


@pytest.mark.parametrize("rule_set", SHIPPED.values(), ids=list(SHIPPED))
def test_no_rule_set_pronounces_a_dismissal(rule_set: RuleSet) -> None:
    assert not any("免职" in tier for tier in rule_set.ladder)
    assert rule_set.has_consequences is (rule_set.key not in ("statistics", "statutory"))


def test_the_defaults_are_those_of_the_table() -> None:
    rules = RuleSet()

    assert (rules.late_base, rules.grace_min, rules.very_late_min) == (LateBase.ASK, 0, None)
    assert (rules.left_early_tolerance_min, rules.oral_leave_days, rules.appeal_days) == (5, 3, 3)
    assert (rules.window, rules.exempt) == (Window.CALENDAR_YEAR, ("leader", "observer", "staff"))
    assert (rules.unit_cap, rules.over_tolerance_s, rules.each_counts) == (2, 10, False)
    assert SHIPPED["points"].points == {"late": 1, "left_early": 1, "unapproved_substitute": 2, "absent": 3}
    assert SHIPPED["statutory"].quorum == Quorum(1, 2, True) and SHIPPED["statutory"].in_person_only


def test_a_meeting_counts_by_its_convener() -> None:
    ladder = SHIPPED["ladder"]

    assert ladder.counts_convener("县委、县政府") and ladder.counts_convener("中共禾川县委")
    assert not ladder.counts_convener("县水利局") and not ladder.counts_convener("")
    assert not replace(ladder, conveners=("",)).counts_convener("县水利局")


@pytest.mark.parametrize(
    ("plain", "words"),
    [
        ({"grace": 5}, "没有“grace”这一项，请核对拼写，是不是 grace_min"),
        ({"xyz": 5}, "没有“xyz”这一项，请核对拼写，只能是：key、name"),
        ({"grace_min": 31}, "只能是 0 到 30 的整数"),
        ({"grace_min": -1}, "只能是 0 到 30 的整数"),
        ({"grace_min": "5"}, "grace_min 是“5”，这里应当是整数"),
        ({"grace_min": True}, "这里应当是整数"),
        ({"each_counts": 1}, "这里应当是true 或 false"),
        ({"late_base": "noon"}, "late_base 是“noon”，只能是：ask、notified、later"),
        ({"points": {"yawning": 1}}, "points 里没有“yawning”"),
        ({"points": 3}, "points"),
        ({"points": {"late": "one"}}, "points"),
        ({"appeal_days": -1}, "appeal_days 是 -1，只能是 0 到 90 的整数"),
        ({"very_late_min": 0}, "very_late_min 是 0，只能是 1 到 240 的整数；不用这一项请删去"),
        ({"sources": {"yawning": "第 1 条"}}, "sources 里没有“yawning”，只能是 late_base"),
        ({"sources": ["第 1 条"]}, "sources 应当是一张表"),
        ({"unit_cap": 1000}, "unit_cap 是 1000，只能是 0 到 999"),
        ({"ladder": "第一档"}, "ladder"),
        ({"exempt": ["boss"]}, "exempt 里没有“boss”"),
        ({"quorum": {"numerator": 1}}, "quorum"),
        ({"quorum": {"numerator": 1, "denominator": 0, "strict": True}}, "quorum"),
        ({"term_from": "tomorrow"}, "term_from"),
        ({"holidays": ["1 October"]}, "holidays"),
    ],
)
def test_a_wrong_switch_is_told_by_its_name(plain: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        RuleSet.from_json(plain)
