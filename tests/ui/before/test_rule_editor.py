"""考勤规则: a change of rules is looked at first; the office edits a copy, switch by switch."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from before_parts import START, Parts, make_parts
from PySide6.QtWidgets import QComboBox, QLineEdit, QSpinBox
from pytestqt.qtbot import QtBot

from huifeng_desktop.clock import FixedClock
from huifeng_desktop.domain.events import EventKind, Fact
from huifeng_desktop.domain.people import Seat
from huifeng_desktop.domain.rule_set import LateBase, RuleSet
from huifeng_desktop.exchange.rule_set_files import OwnRuleSets
from huifeng_desktop.service.before.rule_preview import RulePreview, preview_rules
from huifeng_desktop.service.before.rule_sets import RuleSets
from huifeng_desktop.ui.before.rule_changes import change_sentence
from huifeng_desktop.ui.before.rule_editor import RuleEditor
from huifeng_desktop.ui.before.rule_fields import SourceNote
from huifeng_desktop.ui.before.rules_panel import RulesPanel


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    """A meeting that is over: 王磊 came, 欧阳建 8 minutes late."""
    made = make_parts(tmp_path, FixedClock(START + timedelta(hours=3)))
    office = made.context.office
    office.rule_sets = RuleSets(dict(office.rule_sets), OwnRuleSets(tmp_path / "rule_sets"))
    seats = [Seat("s1", 1, "县水利局", "王磊"), Seat("s2", 2, "县审计局", "欧阳建")]
    made.context.session.state_facts(
        [
            Fact(EventKind.ROSTER_LOADED, START, body={"seats": [one.to_json() for one in seats]}),
            Fact(EventKind.SIGN_IN, START, "s1", {"method": "badge"}),
            Fact(EventKind.SIGN_IN, START + timedelta(minutes=8), "s2", {"method": "badge"}),
            Fact(EventKind.OPENED, START),
            Fact(EventKind.ADJOURNED, START + timedelta(hours=1)),
        ]
    )
    yield made


def panel(parts: Parts, qtbot: QtBot, answer: bool, asked: list[RulePreview]) -> RulesPanel:
    def ask(_: str, preview: RulePreview) -> bool:
        asked.append(preview)
        return answer

    shown = RulesPanel(parts.context, ask=ask)
    qtbot.addWidget(shown)
    shown.refresh()
    return shown


def test_another_set_is_looked_at_and_only_then_chosen(parts: Parts, qtbot: QtBot) -> None:
    asked: list[RulePreview] = []
    before = parts.log_length
    panel(parts, qtbot, False, asked).choose("ladder")
    assert (parts.log_length, parts.context.session.plan.rule_set.key) == (before, "statistics")
    assert change_sentence(asked[0]) == "对本次会议：1 人的认定会变，其中新增计入 1 人。"
    panel(parts, qtbot, True, asked).choose("ladder")
    assert parts.context.session.plan.rule_set.key == "ladder"


def test_a_set_that_changes_nobody_is_taken_without_asking(parts: Parts, qtbot: QtBot) -> None:
    asked: list[RulePreview] = []
    other = parts.context.office.rule_sets.copy_of(parts.context.office.rule_sets["statistics"])
    stored = parts.context.office.rule_sets.save(other)
    panel(parts, qtbot, False, asked).choose(stored.key)
    assert asked == [] and parts.context.session.plan.rule_set == stored


def test_a_preview_states_nothing(parts: Parts) -> None:
    before = parts.log_length
    preview_rules(parts.context.session, parts.context.office.rule_sets["points"])
    assert parts.log_length == before


def editor(parts: Parts, qtbot: QtBot, rule_set: RuleSet) -> RuleEditor:
    shown = RuleEditor(parts.context, rule_set)
    qtbot.addWidget(shown)
    shown.show()
    return shown


def test_every_switch_has_a_field_and_comes_back_as_it_was(parts: Parts, qtbot: QtBot) -> None:
    for rule_set in parts.context.office.rule_sets.values():
        shown = editor(parts, qtbot, rule_set)
        assert shown.rule_set() == rule_set
        assert set(shown.fields) == set(rule_set.to_json()) - {"key", "version", "sources"}
        assert {key: line.text() for key, line in shown.sources.items()} == rule_set.sources


def test_the_effect_is_shown_while_a_switch_is_moved_and_the_meeting_stays(
    parts: Parts, qtbot: QtBot
) -> None:
    rule_sets = parts.context.office.rule_sets
    shown = editor(parts, qtbot, rule_sets.copy_of(rule_sets["ladder"]))
    assert "1 人的认定会变，其中新增计入 1 人" in shown.changes.sentence.text()
    before = parts.log_length
    grace = shown.fields["grace_min"].widget
    assert isinstance(grace, QSpinBox)
    grace.setValue(10)
    qtbot.waitUntil(lambda: "1 人的认定会变。" in shown.changes.sentence.text())
    base = shown.fields["late_base"].widget
    assert isinstance(base, QComboBox) and base.currentData() == LateBase.ASK
    shown.save.click()
    stored = rule_sets["own-1"]
    assert (stored.grace_min, stored.version, shown.stored) == (10, 1, stored)
    assert parts.log_length == before


def test_contradictory_switches_cannot_be_saved_and_are_told(parts: Parts, qtbot: QtBot) -> None:
    rule_sets = parts.context.office.rule_sets
    shown = editor(parts, qtbot, rule_sets.copy_of(rule_sets["ladder"]))
    late = shown.fields["very_late_min"].widget
    grace = shown.fields["grace_min"].widget
    assert isinstance(late, QSpinBox) and isinstance(grace, QSpinBox)
    grace.setValue(20)
    late.setValue(15)
    told = "“迟到 15 分钟起算缺席”没有大于“宽限 20 分钟”。请改正其中一项。"
    qtbot.waitUntil(lambda: shown.foot.remark.full_text() == told)
    assert not shown.save.isEnabled()
    assert shown.changes.sentence.text() == "改正以后，这里显示对本次会议的影响。"
    assert not shown.changes.table.isVisibleTo(shown.changes)
    late.setValue(0)
    qtbot.waitUntil(shown.save.isEnabled)
    assert "人的认定会变" in shown.changes.sentence.text()
    assert shown.changes.table.isVisibleTo(shown.changes)


def test_a_change_says_the_fact_first_and_then_what_it_leads_to(parts: Parts, qtbot: QtBot) -> None:
    rule_sets = parts.context.office.rule_sets
    shown = editor(parts, qtbot, rule_sets.copy_of(rule_sets["ladder-points"]))
    model = shown.changes.table.rows_model
    assert [model.index(0, column).data() for column in (2, 3)] == ["迟到 8 分", "迟到 8 分，计入，扣 1 分"]


def test_a_taken_name_stays_in_the_editor(parts: Parts, qtbot: QtBot) -> None:
    rule_sets = parts.context.office.rule_sets
    shown = editor(parts, qtbot, rule_sets.copy_of(rule_sets["ladder"]))
    name = shown.fields["name"].widget
    assert isinstance(name, QLineEdit)
    name.setText("扣分制")
    shown.store()
    assert shown.isVisible() and "已有名为“扣分制”" in shown.foot.remark.full_text()


def test_a_day_that_is_none_is_told_in_chinese(parts: Parts, qtbot: QtBot) -> None:
    rule_sets = parts.context.office.rule_sets
    shown = editor(parts, qtbot, rule_sets.copy_of(rule_sets["ladder"]))
    holidays = shown.fields["holidays"].widget
    assert isinstance(holidays, QLineEdit)
    holidays.setText("国庆")
    shown.show_effect()
    told = "考勤规则的“放假的日子”里“国庆”不是日期，请写成 2026-10-01。"
    assert shown.foot.remark.full_text() == told


def test_a_switch_that_is_moved_loses_its_old_document(parts: Parts, qtbot: QtBot) -> None:
    rule_sets = parts.context.office.rule_sets
    shown = editor(parts, qtbot, rule_sets.copy_of(rule_sets["ladder"]))
    grace, line = shown.fields["grace_min"].widget, shown.sources["grace_min"]
    assert isinstance(grace, QSpinBox) and "没有规定宽限" in line.text()
    grace.setValue(10)
    assert line.text() == SourceNote.OWN
    grace.setValue(0)
    assert "没有规定宽限" in line.text()
    grace.setValue(10)
    line.setPlainText("县委办 2026 年 5 号文件第 3 条")
    shown.save.click()
    assert rule_sets["own-1"].sources["grace_min"] == "县委办 2026 年 5 号文件第 3 条"


def test_an_own_set_is_deleted_in_the_window_but_not_from_under_a_meeting(parts: Parts, qtbot: QtBot) -> None:
    rule_sets = parts.context.office.rule_sets
    stored = rule_sets.save(rule_sets.copy_of(rule_sets["ladder"]))
    shown = panel(parts, qtbot, True, [])
    shown.choose(stored.key)
    shown.delete.click()
    assert [one.text() for one in shown.own_menu.actions()] == ["删除“阶梯制（本单位）”（第 1 版）"]
    shown.own_menu.actions()[0].trigger()
    assert "没有封存，仍按它认定" in parts.last_words and stored.key in rule_sets
    shown.choose("statistics")
    shown.own_menu.actions()[0].trigger()
    assert stored.key not in rule_sets and stored.key not in shown.cards
    assert shown.delete.isHidden()
