"""An office's own rule sets: kept as TOML, counted up, refused where switches contradict each other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from huifeng_desktop.domain.rule_conflicts import contradictions
from huifeng_desktop.domain.rule_set import (
    SOURCED,
    GoneAtHeadcount,
    LateBase,
    LeftEarlyUse,
    Quorum,
    RuleSet,
    SeenUnsigned,
    SubstituteAs,
    Window,
)
from huifeng_desktop.errors import FileProblem, UserProblem
from huifeng_desktop.exchange.rule_set_files import OwnRuleSets, read_rule_set, read_rule_sets, toml_text
from huifeng_desktop.paths import resource_path
from huifeng_desktop.service.before.rule_sets import RuleSets

SHIPPED = read_rule_sets(resource_path("rule_sets"))
FULL = RuleSet(
    key="own-1",
    name='本县“六条”\\规则"',
    version=3,
    source="县委办 2026 年 5 号文件第 3 条",
    late_base=LateBase.LATER,
    grace_min=5,
    very_late_min=30,
    left_early=LeftEarlyUse.LADDER,
    left_early_tolerance_min=10,
    gone_at_headcount=GoneAtHeadcount.LEFT_EARLY,
    seen_unsigned=SeenUnsigned.LATE,
    oral_leave_days=2,
    substitute_as=SubstituteAs.ABSENT,
    in_person_only=True,
    each_counts=True,
    each_session=True,
    kinds_separate=True,
    ladder=("第一档", "第二档"),
    ladder_source="第 4 条",
    points={"late": 0.5, "left_early": 1.0, "unapproved_substitute": 2.0, "absent": 3.0},
    points_note="年终扣",
    window=Window.TERM,
    term_from="2026-01-01",
    term_to="2030-12-31",
    exempt=("leader",),
    conveners=("县委",),
    unit_cap=3,
    appeal_days=5,
    over_tolerance_s=15,
    quorum=Quorum(2, 3, False),
    working_days=("2026-02-14",),
    holidays=("2026-10-01",),
    sources={"late_base": "第 2 条", "grace_min": "第 2 条“宽限”"},
)


def rule_sets(folder: Path) -> RuleSets:
    return RuleSets(SHIPPED, OwnRuleSets(folder))


@pytest.mark.parametrize("rule_set", [*SHIPPED.values(), FULL], ids=lambda one: one.key)
def test_toml_reads_back_the_same(rule_set: RuleSet, tmp_path: Path) -> None:
    path = tmp_path / "one.toml"
    path.write_text(toml_text(rule_set), encoding="utf-8")
    assert read_rule_set(path) == rule_set


def test_a_copy_is_stored_counted_up_and_found_again(tmp_path: Path) -> None:
    sets = rule_sets(tmp_path / "rule_sets")
    first = sets.save(replace(sets.copy_of(SHIPPED["ladder"]), name="本县规则", grace_min=5))
    second = sets.save(replace(first, grace_min=10))
    assert (first.key, first.version, second.version) == ("own-1", 1, 2)
    again = rule_sets(tmp_path / "rule_sets")
    assert list(again) == [*SHIPPED, "own-1"] and again["own-1"] == second
    assert again.is_own("own-1") and not again.is_own("ladder")
    assert again.copy_of(second).key == "own-2" and again.copy_of(second).name == "本县规则（本单位）"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"left_early": LeftEarlyUse.LADDER, "ladder": ()}, "left_early"),
        ({"left_early": LeftEarlyUse.NOT_RECORDED, "points": {"left_early": 1.0}}, "points"),
        (
            {"gone_at_headcount": GoneAtHeadcount.LEFT_EARLY, "left_early": LeftEarlyUse.NOT_RECORDED},
            "gone_at_headcount",
        ),
        ({"grace_min": 10, "very_late_min": 10}, "very_late_min"),
        ({"kinds_separate": True, "ladder": ()}, "kinds_separate"),
        ({"window": Window.TERM}, "term_from"),
        ({"window": Window.TERM, "term_from": "2026-05-01", "term_to": "2026-04-30"}, "term_from"),
        ({"points": {"late": 0.0}}, "points"),
        ({"exempt": ("leader", "member")}, "exempt"),
        ({"term_from": "2026-01-01", "term_to": "2030-12-31"}, "window"),
        ({"quorum": Quorum(1, 1, True)}, "quorum"),
        ({"each_session": True, "ladder": ()}, "each_session"),
        ({"working_days": ("2026-10-01",), "holidays": ("2026-10-01",)}, "working_days"),
    ],
)
def test_contradictory_switches_are_refused_by_name(
    changes: dict[str, Any], told: str, tmp_path: Path
) -> None:
    wrong = replace(SHIPPED["ladder"], key="own-1", name="本县", **changes)
    with pytest.raises(UserProblem, match=told):
        rule_sets(tmp_path).save(wrong)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "bad.toml").write_text(toml_text(wrong), encoding="utf-8")
    with pytest.raises(FileProblem, match=told):
        read_rule_set(tmp_path / "bad.toml")


def test_a_snapshot_that_contradicts_itself_still_reads(tmp_path: Path) -> None:
    wrong = replace(SHIPPED["ladder"], window=Window.TERM)
    assert RuleSet.from_json(wrong.to_json()) == wrong


@pytest.mark.parametrize("rule_set", SHIPPED.values(), ids=list(SHIPPED))
def test_no_preset_contradicts_itself(rule_set: RuleSet) -> None:
    assert contradictions(rule_set) == []


def test_one_bad_file_is_named_and_the_others_are_used(tmp_path: Path) -> None:
    (tmp_path / "good.toml").write_text('key = "own-1"\nname = "好"\n', encoding="utf-8")
    (tmp_path / "bad.toml").write_text('key = "own-2"\nname = "坏"\nlate_base = "noon"\n', encoding="utf-8")
    (tmp_path / "ours.toml").write_text('key = "ladder"\nname = "我们的"\n', encoding="utf-8")
    sets = rule_sets(tmp_path)
    assert "own-1" in sets and "own-2" not in sets and sets["ladder"] == SHIPPED["ladder"]
    bad, ours = sets.problems
    assert "bad.toml" in bad and "late_base" in bad and "ask、notified、later" in bad
    assert "ladder" in ours


def test_presets_and_taken_names_are_refused(tmp_path: Path) -> None:
    sets = rule_sets(tmp_path)
    with pytest.raises(UserProblem, match="自带的规则不能改"):
        sets.save(replace(SHIPPED["ladder"], grace_min=5))
    with pytest.raises(UserProblem, match="已有名为“阶梯制”"):
        sets.save(replace(sets.copy_of(SHIPPED["ladder"]), name="阶梯制"))


def test_a_folder_that_takes_nothing_is_told(tmp_path: Path) -> None:
    (tmp_path / "rule_sets").write_text("x")
    sets = rule_sets(tmp_path / "rule_sets")
    with pytest.raises(FileProblem, match="没有存入"):
        sets.save(sets.copy_of(SHIPPED["ladder"]))


def test_an_own_set_is_deleted_whatever_its_file_is_called(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text('key = "own-1"\nname = "好"\n', encoding="utf-8")
    sets = rule_sets(tmp_path)
    assert sets.remove("own-1").name == "好"
    assert "own-1" not in sets and "own-1" not in rule_sets(tmp_path)
    assert rule_sets(tmp_path).copy_of(SHIPPED["ladder"]).key == "own-2"
    with pytest.raises(UserProblem, match="自带的规则不能删除"):
        sets.remove("ladder")


@pytest.mark.parametrize("key", SHIPPED)
def test_a_preset_states_every_switch_and_where_each_comes_from(key: str) -> None:
    text = resource_path(f"rule_sets/{key}.toml").read_text(encoding="utf-8")
    rule_set = SHIPPED[key]
    assert set(rule_set.sources) == set(SOURCED) and all(rule_set.sources.values())
    head = text.split("[sources]")[0]
    assert [one for one in (*SOURCED, "term_from", "term_to") if one not in head] == []
    named = [one for one in rule_set.sources.values() if "《" in one or "没有规定" in one]
    assert len(named) >= 17
