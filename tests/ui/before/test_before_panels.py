"""Agenda, leave, rules and the other steps, over a real database."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from before_parts import (
    AGENDA,
    HEAD,
    Parts,
    agenda_of,
    give_reason,
    leave_of,
    roster_of,
    stored_roster,
    typed,
    words_on,
    write_csv,
)
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog
from pytestqt.qtbot import QtBot

from huifeng_desktop.clock import FixedClock
from huifeng_desktop.domain.agenda import ItemKind
from huifeng_desktop.domain.events import EventKind, Fact
from huifeng_desktop.domain.imported import Approval
from huifeng_desktop.domain.people import Deputy
from huifeng_desktop.ui.before.agenda_panel import planned_s
from huifeng_desktop.ui.before.leave_panel import leaves
from huifeng_desktop.ui.before.meeting_panel import MeetingPanel
from huifeng_desktop.ui.before.page import BeforePage
from huifeng_desktop.ui.before.ready_panel import DeskWord, ReadyPanel, ScreenSize
from huifeng_desktop.ui.before.rules_panel import RulesPanel
from huifeng_desktop.ui.before.steps import StepName
from huifeng_desktop.ui.theme import Tone
from huifeng_desktop.wording import minutes_seconds

# -- agenda ------------------------------------------------------------------------------------


def test_the_agenda_is_edited_by_hand(page: BeforePage, parts: Parts, tmp_path: Path) -> None:
    panel = agenda_of(page)
    panel.load_file(write_csv(tmp_path, "议程.csv", AGENDA))
    panel.store()
    assert panel.items_table is not None and panel.editor is not None
    QTest.keyClick(panel.items_table, Qt.Key.Key_Return)
    panel.editor.limit.setText("六分三十秒")
    panel.editor.kind.setCurrentIndex(list(ItemKind).index(ItemKind.MULTIMEDIA_REPORT))
    QTest.keyClick(panel.editor.limit, Qt.Key.Key_Return)
    items = parts.context.session.state.items
    assert (items[0].limit_s, items[0].kind) == (390, ItemKind.MULTIMEDIA_REPORT)

    QTest.keyClick(page, Qt.Key.Key_Insert)
    typed(panel.editor.title, "审计工作")
    QTest.keyClick(panel.editor.title, Qt.Key.Key_Return)
    assert [item.title for item in parts.context.session.state.items] == ["财政工作", "审计工作", "小结"]
    assert parts.context.session.state.items[1].limit_s is None
    QTest.keyClick(page, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [item.title for item in parts.context.session.state.items] == ["审计工作", "财政工作", "小结"]
    QTest.keyClick(panel.items_table, Qt.Key.Key_Delete)
    assert [item.title for item in parts.context.session.state.items] == ["财政工作", "小结"]
    assert page.steps.row(StepName.AGENDA).step().subtitle == "2 项　11:30"


@pytest.mark.parametrize(
    ("title", "limit", "sentence"),
    [
        ("", "5", "议题是空的，请填写议题。"),
        ("议题", "很快", "时长“很快”看不懂，请写成 10分钟 或 6:30。"),
        ("议题", "0", "时长“0”须大于 0，请改正或留空。"),
        ("议题", "-5", "时长“-5”看不懂，请写成 10分钟 或 6:30。"),
        ("议题", "99小时", "时长“99小时”超过 12 小时，请核对单位是否为分钟。"),
    ],
)
def test_an_item_that_cannot_be_meant_is_refused(
    page: BeforePage, parts: Parts, title: str, limit: str, sentence: str
) -> None:
    panel = agenda_of(page)
    panel.add_item()
    assert panel.editor is not None
    panel.editor.title.setText(title)
    panel.editor.limit.setText(limit)
    panel.editor.save()
    assert parts.said[-1] == (sentence, Tone.OVER) and parts.context.session.state.items == []
    assert panel.editor.limit.text() == limit


def test_an_item_that_is_being_timed_is_not_deleted_here_either(
    page: BeforePage, parts: Parts, tmp_path: Path
) -> None:
    panel = agenda_of(page)
    panel.load_file(write_csv(tmp_path, "议程.csv", AGENDA))
    panel.store()
    parts.context.podium.declare_opened()
    parts.context.podium.start()
    assert panel.items_table is not None
    panel.items_table.selectRow(0)
    QTest.keyClick(panel.items_table, Qt.Key.Key_Delete)
    assert parts.said[-1] == ("“财政工作”正在计时，不能删除。请先结束或撤销计时。", Tone.OVER)
    assert len(parts.context.session.state.items) == 2


def test_what_was_typed_is_kept_when_another_row_is_chosen(
    page: BeforePage, parts: Parts, tmp_path: Path, qtbot: QtBot
) -> None:
    panel = agenda_of(page)
    panel.load_file(write_csv(tmp_path, "议程.csv", AGENDA))
    panel.store()
    assert panel.items_table is not None and panel.editor is not None
    panel.editor.limit.setText("7:00")
    panel.items_table.selectRow(1)
    assert panel.editor.title.text() == "小结"
    qtbot.waitUntil(lambda: parts.context.session.state.items[0].limit_s == 420)


def test_the_whole_meeting_is_limited_beside_the_planned_sum(
    page: BeforePage, parts: Parts, tmp_path: Path
) -> None:
    """GIVEN an agenda WHEN a limit is set THEN it stands beside the sum; advice changes nothing."""
    panel = agenda_of(page)
    panel.load_file(write_csv(tmp_path, "议程.csv", AGENDA))
    panel.store()
    items = parts.context.session.state.items
    assert panel.head.words() == f"议程　2 项　计划 {minutes_seconds(planned_s(items))}"
    assert panel.whole.text() == "全场限时…" and not panel.overrun.isVisible()
    dialog = panel.open_pace()
    assert dialog.span.value() == 85 * 60, "ten items in 85 minutes"
    dialog.has_limit.setChecked(True)
    dialog.span.set_value(planned_s(items) - 120)
    dialog.keep()
    assert dialog.advice.count() > 0 and "仅供参考" in dialog.note.text()
    dialog.close()
    assert panel.whole.text() == f"全场限时 {minutes_seconds(planned_s(items) - 120)}…"
    assert panel.overrun.isVisible() and panel.overrun.text() == "超出 2:00"
    assert parts.context.session.state.items == items


def test_a_limit_of_nothing_is_refused_in_one_sentence(
    page: BeforePage, parts: Parts, tmp_path: Path
) -> None:
    panel = agenda_of(page)
    panel.load_file(write_csv(tmp_path, "议程.csv", AGENDA))
    panel.store()
    said: list[str] = []
    parts.context.voice.said.connect(lambda sentence, _: said.append(sentence))
    dialog = panel.open_pace()
    dialog.has_limit.setChecked(True)
    for seconds in (0, 43_201):
        dialog.span.set_value(seconds)
        dialog.keep()
    dialog.close()
    assert said == ["全场限时要在 1 秒到 12 小时之间，请重新填写。"] * 2
    assert parts.context.session.plan.limit_s is None


def test_loading_the_agenda_twice_adds_nothing(page: BeforePage, parts: Parts, tmp_path: Path) -> None:
    panel = agenda_of(page)
    panel.load_file(write_csv(tmp_path, "议程.csv", AGENDA))
    panel.store()
    before = parts.log_length
    panel.load_file(tmp_path / "议程.csv")
    assert panel.check_view.foot.remark.full_text() == "与现有议程完全相同"
    panel.store()
    assert parts.log_length == before


# -- roster ------------------------------------------------------------------------------------


def test_units_over_their_cap_need_a_reason_that_is_kept(
    page: BeforePage, parts: Parts, tmp_path: Path
) -> None:
    panel = roster_of(page)
    rows = [[str(n), "县水利局", f"{name}", "干部", ""] for n, name in enumerate(("王磊", "李伟", "陆川"), 1)]
    panel.load_file(write_csv(tmp_path, "名单.csv", [HEAD, *rows]))
    # WHEN a unit sends three of two THEN nothing is stored before the reason is given
    panel.store()
    [ask] = panel.findChildren(QInputDialog)
    assert "县水利局超过每单位 2 人" in ask.labelText() and not parts.context.session.state.seats
    ask.setTextValue("  ")
    ask.accept()
    assert parts.said[-1][1] is Tone.WARN and not parts.context.session.state.seats
    # WHEN it is given THEN the roster is stored with it, and storing again does not ask again
    give_reason(panel, "分管副职一并参加")
    loaded = [event for event in parts.context.session.state.log if event.kind is EventKind.ROSTER_LOADED]
    assert [event.body["over_cap_reason"] for event in loaded] == ["分管副职一并参加"]
    assert len(parts.context.session.state.seats) == 3


# -- leave -------------------------------------------------------------------------------------


def test_leave_by_hand_finds_the_person_by_initials(
    page: BeforePage, parts: Parts, tmp_path: Path, qtbot: QtBot
) -> None:
    stored_roster(page, tmp_path)
    panel = leave_of(page)
    dialog = panel.add_leave()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.save()
    assert "还没有选定请假人" in dialog.problem.text()
    QTest.keyClicks(dialog.person, "wl")
    QTest.keyClick(dialog.person, Qt.Key.Key_Return)
    assert dialog.person.text().startswith("王　磊")
    dialog.reason.set_index(1)
    dialog.approver.setText("韩立民")
    dialog.deputy.setText("陈 昇")
    dialog.deputy_post.setText("副局长")
    QTest.keyClick(dialog.deputy_post, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    [(seat, leave)] = leaves(parts.context.session.state)
    assert (seat.name, leave.reason, leave.approval) == ("王磊", "因病", Approval.APPROVED)
    assert (leave.approved_by, leave.deputy) == ("韩立民", Deputy("陈昇", "副局长"))
    assert page.steps.row(StepName.LEAVE).step().subtitle == "1 人请假，1 人派员"


def test_leave_is_taken_line_by_line_as_it_is_told(page: BeforePage, parts: Parts, tmp_path: Path) -> None:
    stored_roster(page, tmp_path)
    panel = leave_of(page)
    form = panel.add_lines()
    # WHEN two are told one after the other THEN both are there, with deputy and approver
    for line in ("王磊 因病 韩立民批 代：陈昇 副局长", "何平 因公"):
        form.line.setText(line)
        form.confirm()
        assert form.line.text() == "", "the form waits for the next"
    stored = {seat.name: leave for seat, leave in leaves(parts.context.session.state)}
    assert stored["王磊"].approval is Approval.APPROVED and stored["王磊"].approved_by == "韩立民"
    assert stored["王磊"].deputy == Deputy("陈昇", "副局长")
    assert stored["何平"].approval is Approval.ORAL
    assert panel.leave_table is not None and panel.leave_table.model().rowCount() == 2
    # WHEN it is not clear who is meant THEN nothing is stored, and it is said
    form.line.setText("赵匡胤 因公")
    form.confirm()
    assert "名单里没有" in form.who.text() and len(leaves(parts.context.session.state)) == 2
    form.reject()


def test_leave_of_an_unknown_person_is_a_doubt_on_the_row(
    page: BeforePage, parts: Parts, tmp_path: Path
) -> None:
    stored_roster(page, tmp_path)
    panel = leave_of(page)
    rows = [["姓名", "单位", "事由"], ["王磊", "县水利局", "因公"], ["张三丰", "县水利局", "因公"]]
    panel.load_file(write_csv(tmp_path, "请假.csv", rows))
    assert panel.check is not None and [row.row for row in panel.check.error_rows] == [3]
    panel.check_view.mend_requested.emit(3, "姓名", "李伟")
    panel.store()
    assert len(leaves(parts.context.session.state)) == 2
    before = parts.log_length
    panel.load_file(tmp_path / "请假.csv")
    panel.check_view.mend_requested.emit(3, "姓名", "李伟")
    panel.store()
    assert parts.log_length == before


def test_a_leave_is_withdrawn_with_a_reason(page: BeforePage, parts: Parts, tmp_path: Path) -> None:
    stored_roster(page, tmp_path)
    panel = leave_of(page)
    panel.load_file(write_csv(tmp_path, "请假.csv", [["姓名", "事由"], ["王磊", "因公"]]))
    panel.store()
    assert panel.leave_table is not None
    withdraw = panel._withdrawal_of(panel.leave_table.selected_key())
    withdraw(" ")
    assert parts.said[-1][1] is Tone.OVER and len(leaves(parts.context.session.state)) == 1
    withdraw("能够到会")
    assert leaves(parts.context.session.state) == []


# -- the other steps ---------------------------------------------------------------------------


def test_saving_the_form_leaves_what_it_does_not_show_as_it_was(page: BeforePage, parts: Parts) -> None:
    """全场限时 and the rules stand on other panels; a new title must not take them away."""
    office, preparation = parts.context.office, parts.context.preparation
    preparation.choose_rule_set(office.rule_set("ladder-points"))
    preparation.change_plan(replace(parts.context.session.plan, limit_s=5100, series="全会", counts=True))
    before = parts.context.session.plan
    page.open_step(StepName.MEETING)
    panel = page.panel(StepName.MEETING)
    assert isinstance(panel, MeetingPanel)
    panel.form.title.setText("全县经济形势分析会")
    panel.save()
    assert parts.context.session.plan == replace(before, title="全县经济形势分析会")


def test_the_plan_is_changed_and_a_wrong_century_is_said_at_once(page: BeforePage, parts: Parts) -> None:
    page.open_step(StepName.MEETING)
    panel = page.panel(StepName.MEETING)
    assert isinstance(panel, MeetingPanel)
    panel.form.title.clear()
    panel.form.changed.emit()
    assert "会议名称是空的" in panel.foot.remark.full_text() and not panel.save_button.isEnabled()
    panel.form.title.setText("全县经济形势分析会")
    panel.form.has_end.setChecked(True)
    panel.form.counts.setChecked(True)
    QTest.keyClick(panel.form.title, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    plan = parts.context.session.plan
    assert (plan.title, plan.counts) == ("全县经济形势分析会", True)
    assert plan.end is not None and (plan.end - plan.start).total_seconds() == 5400
    assert page.steps.row(StepName.MEETING).step().subtitle == "全县经济形势分析会"
    panel.form.end.setTime(panel.form.begin.time().addSecs(-600))
    assert "不晚于开始时间" in panel.foot.remark.full_text()


def test_choosing_a_rule_set_stores_it_once(page: BeforePage, parts: Parts) -> None:
    page.open_step(StepName.RULES)
    panel = page.panel(StepName.RULES)
    assert isinstance(panel, RulesPanel)
    panel.cards["ladder"].click()
    panel.cards["ladder"].click()
    changes = [e for e in parts.context.session.state.log if e.kind is EventKind.MEETING_CHANGED]
    assert len(changes) == 1 and parts.context.session.plan.rule_set.key == "ladder"
    assert page.steps.row(StepName.RULES).step().subtitle == "阶梯制"
    assert "副本" not in panel.foot.remark.full_text()


def test_walking_the_rule_sets_with_arrows_stores_nothing(page: BeforePage, parts: Parts) -> None:
    page.open_step(StepName.RULES)
    panel = page.panel(StepName.RULES)
    assert isinstance(panel, RulesPanel)
    before = parts.log_length
    panel.cards["statistics"].setFocus()
    QTest.keyClick(panel.cards["statistics"], Qt.Key.Key_Down)
    assert panel.cards["ladder"].hasFocus() and parts.log_length == before
    QTest.keyClick(panel.cards["ladder"], Qt.Key.Key_Space)
    assert parts.context.session.plan.rule_set.key == "ladder"


def test_the_ready_list_says_only_what_is_known(parts: Parts, qtbot: QtBot) -> None:
    screens = [ScreenSize("LAPTOP", 1366, 768)]
    panel = ReadyPanel(parts.context, lambda: screens)
    qtbot.addWidget(panel)
    panel.refresh()
    assert panel.items["投影"].tag.text() == "未接投影" and panel.items["签到台"].tag.text() == "未开放"
    screens.append(ScreenSize("PROJ", 1920, 1080))
    panel.set_desk(DeskWord("手机可以签到。", is_open=True))
    assert panel.items["投影"].tag.text() == "2 块屏幕" and panel.items["签到台"].tag.text() == "已开放"


def test_a_sealed_meeting_is_only_looked_at(
    page: BeforePage, parts: Parts, clock: FixedClock, tmp_path: Path
) -> None:
    stored_roster(page, tmp_path)
    session = parts.context.session
    parts.context.podium.declare_opened()
    clock.advance(60)
    parts.context.podium.declare_adjourned()
    session.state_facts([Fact(EventKind.SEALED, session.now().wall, body={"by": "周敏"})])
    before = parts.log_length
    for name in StepName:
        page.open_step(name)
        assert "已封存，只能查看" in words_on(page.panel(name))
    roster_of(page).load_file(tmp_path / "名单.csv")
    assert "封存" in parts.last_words and parts.log_length == before
    assert not roster_of(page).choose.isEnabled()
