"""The page as the secretary drives it, over a real database: nothing is stored before it was looked at."""

from __future__ import annotations

from pathlib import Path

import pytest
from before_parts import SAMPLES, Parts, as_pasted, latin_words, make_parts, typed, words_on, write_csv
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from huifeng_desktop.clock import FixedClock
from huifeng_desktop.domain.agenda import ItemKind
from huifeng_desktop.domain.events import EventKind, Fact
from huifeng_desktop.domain.imported import Approval
from huifeng_desktop.domain.people import Deputy
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.before.agenda_panel import AgendaPanel
from huifeng_desktop.ui.before.file_panel import FilePanel
from huifeng_desktop.ui.before.leave_panel import LeavePanel, leaves
from huifeng_desktop.ui.before.meeting_panel import MeetingPanel
from huifeng_desktop.ui.before.page import BeforePage
from huifeng_desktop.ui.before.ready_panel import DeskWord, ReadyPanel, ScreenSize
from huifeng_desktop.ui.before.roster_panel import RosterPanel
from huifeng_desktop.ui.before.rules_panel import RulesPanel
from huifeng_desktop.ui.before.steps import StepName
from huifeng_desktop.ui.kit.step_list import StepState
from huifeng_desktop.ui.theme import Tone

HEAD = ["序号", "单位", "姓名", "职务", "电话"]
ROWS = [
    ["1", "县水利局", "王 磊", "局长", "13812340016"],
    ["2", "", "李 伟", "副局长", ""],
    ["3", "县统计局", "何 ?", "副局长（主持工作）", "13512341188"],
    ["4", "县档案馆", "空缺", "馆长", ""],
]
MENDED = [*ROWS[:2], ["3", "县统计局", "何平", "副局长（主持工作）", "13512341188"], ROWS[3]]
AGENDA = [
    ["议题", "发言人", "类型", "时长"],
    ["财政工作", "赵镕", "汇报", "6:00"],
    ["小结", "韩立民", "主持", "5"],
]


@pytest.fixture
def parts(tmp_path: Path, clock: FixedClock, qapp: QApplication) -> Parts:
    theme.apply_theme(qapp)
    return make_parts(tmp_path / "meeting", clock)


@pytest.fixture
def page(parts: Parts, qtbot: QtBot) -> BeforePage:
    page = BeforePage(parts.context, choose_file=lambda title: None)
    qtbot.addWidget(page)
    page.resize(1366, 716)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


def _roster(page: BeforePage) -> RosterPanel:
    page.open_step(StepName.ROSTER)
    panel = page.panel(StepName.ROSTER)
    assert isinstance(panel, RosterPanel)
    return panel


def _agenda(page: BeforePage) -> AgendaPanel:
    page.open_step(StepName.AGENDA)
    panel = page.panel(StepName.AGENDA)
    assert isinstance(panel, AgendaPanel)
    return panel


def _leave(page: BeforePage) -> LeavePanel:
    page.open_step(StepName.LEAVE)
    panel = page.panel(StepName.LEAVE)
    assert isinstance(panel, LeavePanel)
    return panel


def _stored_roster(page: BeforePage, tmp_path: Path) -> RosterPanel:
    panel = _roster(page)
    panel.load_file(write_csv(tmp_path, "名单.csv", [HEAD, *MENDED]))
    panel.store()
    return panel


def _editor(panel: FilePanel) -> QLineEdit:
    editor = panel.check_view.table.findChild(QLineEdit)
    assert editor is not None
    return editor


# -- checking and storing ----------------------------------------------------------------------


def test_a_new_meeting_begins_at_the_empty_roster(page: BeforePage) -> None:
    assert page.steps.index() == StepName.ROSTER
    panel = _roster(page)
    assert panel.empty.isVisible() and not panel.paste.isVisible()
    assert page.steps.row(StepName.ROSTER).step().state is StepState.TODO
    assert page.steps.row(StepName.MEETING).step().state is StepState.DONE


def test_a_preview_stores_nothing_and_the_button_says_what_is_missing(
    page: BeforePage, parts: Parts, tmp_path: Path
) -> None:
    before = parts.log_length
    panel = _roster(page)
    panel.load_file(write_csv(tmp_path, "名单.csv", [HEAD, *ROWS]))
    assert parts.log_length == before
    assert parts.context.session.state.seats == []
    assert panel.check_view.store.text() == "改好 1 处后存入"
    assert page.steps.row(StepName.ROSTER).step().subtitle == "正在核对 4 行"
    shown = words_on(panel)
    assert "1 处须改" in shown and "138****0016" in shown
    assert not any("13812340016" in text for text in shown)


def test_an_error_is_mended_in_place_with_the_keyboard_and_then_stored(
    page: BeforePage, parts: Parts, tmp_path: Path, qtbot: QtBot
) -> None:
    """GIVEN a row whose name lost a character WHEN Ctrl+S, typing, Enter, Ctrl+S THEN it is stored whole."""
    panel = _roster(page)
    panel.load_file(write_csv(tmp_path, "名单.csv", [HEAD, *ROWS]))
    QTest.keyClick(panel.check_view.table, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    editor = _editor(panel)
    assert editor.text() == "何 ?"
    editor.selectAll()
    typed(editor, "何平")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.check_view.store.text() == "存入 3 人")
    assert parts.context.session.state.seats == []
    QTest.keyClick(panel.check_view.table, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert [seat.name for seat in parts.context.session.state.seats] == ["王磊", "李伟", "何平", ""]
    assert parts.context.session.state.seats[1].unit == "县水利局"
    assert "应到 3" in parts.last_words and parts.said[-1][1] is Tone.OK
    assert page.steps.row(StepName.ROSTER).step().state is StepState.DONE


def test_rows_are_skipped_only_by_a_second_choice(page: BeforePage, parts: Parts, tmp_path: Path) -> None:
    panel = _roster(page)
    panel.load_file(write_csv(tmp_path, "名单.csv", [HEAD, *ROWS]))
    view = panel.check_view
    view.skip.click()
    assert parts.context.session.state.seats == []
    assert "第 4 行不会存入" in view.foot.remark.full_text()
    assert view.store.text() == "跳过 1 行，存入 2 人"
    view.skip.click()
    assert view.store.text() == "改好 1 处后存入"
    view.skip.click()
    view.store.click()
    assert [seat.name for seat in parts.context.session.state.seats] == ["王磊", "李伟", ""]


def test_a_row_is_taken_away_and_brought_back(page: BeforePage, tmp_path: Path) -> None:
    panel = _roster(page)
    panel.load_file(write_csv(tmp_path, "名单.csv", [HEAD, *ROWS]))
    table = panel.check_view.table
    table.choose(4)
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert [line.key for line in table.rows_model.lines()] == [2, 3, 5]
    QTest.keyClick(table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [line.key for line in table.rows_model.lines()] == [2, 3, 4, 5]


def test_only_doubtful_rows_are_shown_on_demand(page: BeforePage, tmp_path: Path) -> None:
    panel = _roster(page)
    panel.load_file(write_csv(tmp_path, "名单.csv", [HEAD, *ROWS]))
    QTest.keyClick(panel.check_view.table, Qt.Key.Key_F8)
    assert [line.key for line in panel.check_view.table.rows_model.lines()] == [4, 5]


def test_loading_again_shows_the_differences_and_adds_nothing_twice(
    page: BeforePage, parts: Parts, tmp_path: Path
) -> None:
    panel = _stored_roster(page, tmp_path)
    stored = parts.log_length
    panel.load_file(tmp_path / "名单.csv")
    assert panel.check_view.foot.remark.full_text() == "与现有名单完全相同"
    assert not panel.check_view.store.isEnabled()
    panel.store()
    assert parts.log_length == stored

    changed = [
        ["1", "县水利局", "王磊", "党组书记", ""],
        MENDED[2],
        MENDED[3],
        ["5", "县司法局", "周喆", "局长", ""],
    ]
    panel.load_file(write_csv(tmp_path, "新名单.csv", [HEAD, *changed]))
    sentence = panel.check_view.foot.remark.full_text()
    assert sentence.startswith(
        "与现有名单相比：新增 1 人（周　喆），减少 1 人（李　伟），职务变化 1 人（王　磊）"
    )
    badge = parts.context.session.state.seats[0].badge
    panel.store()
    assert parts.context.session.state.seats[0].badge == badge
    assert [seat.name for seat in parts.context.session.state.seats] == ["王磊", "何平", "", "周喆"]


def test_a_table_is_pasted_with_one_key(page: BeforePage, parts: Parts) -> None:
    panel = _roster(page)
    QGuiApplication.clipboard().setText(as_pasted([HEAD, *MENDED]))
    QTest.keyClick(page, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert panel.check is not None and panel.check.accepted == 3
    panel.abandon()
    assert panel.empty.isVisible() and parts.context.session.state.seats == []


def test_a_file_is_dropped_on_the_panel(page: BeforePage, tmp_path: Path) -> None:
    panel = _roster(page)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(write_csv(tmp_path, "名单.csv", [HEAD, *MENDED])))])
    drop = QDropEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    panel.dropEvent(drop)
    assert panel.check is not None and len(panel.check.rows) == 4


@pytest.mark.parametrize("content", ["", "甲,乙\n1,2", "姓名,单位\n,"])
def test_a_bad_file_is_said_once_and_changes_nothing(
    page: BeforePage, parts: Parts, tmp_path: Path, content: str
) -> None:
    panel, before = _roster(page), parts.log_length
    path = tmp_path / "坏.csv"
    path.write_text(content, encoding="utf-8")
    panel.load_file(path)
    assert len(parts.said) == 1 and parts.said[0][1] is Tone.OVER
    assert panel.empty.problem() == parts.last_words and panel.check is None
    assert parts.log_length == before


def test_emptying_the_only_name_is_refused_with_a_sentence(
    page: BeforePage, parts: Parts, tmp_path: Path
) -> None:
    panel = _roster(page)
    panel.load_file(write_csv(tmp_path, "名单.csv", [HEAD, ROWS[0]]))
    panel.check_view.mend_requested.emit(2, "姓名", "")
    assert parts.said[-1][1] is Tone.OVER
    assert panel.check is not None and panel.check.accepted == 1


def test_an_identity_number_never_comes_onto_the_screen(page: BeforePage, tmp_path: Path) -> None:
    panel = _roster(page)
    row = ["1", "县水利局", "王磊", "局长", "110101199003070011"]
    panel.load_file(write_csv(tmp_path, "名单.csv", [HEAD, row]))
    line = panel.check_view.table.rows_model.lines()[0]
    for cell in line.cells:
        assert "19900307" not in f"{cell.text}{cell.edit}{cell.tip}{cell.tags}"


def test_the_sample_files_go_in_and_the_steps_say_so(page: BeforePage, parts: Parts) -> None:
    for panel, name in (
        (_roster(page), "参会名单.xlsx"),
        (_agenda(page), "会议议程.xlsx"),
        (_leave(page), "请假情况.xlsx"),
    ):
        page.open_step(StepName.ROSTER)
        panel.load_file(SAMPLES / name)
        panel.store()
    subtitles = [page.steps.row(name).step().subtitle for name in StepName]
    assert subtitles[1:4] == ["148 席　应到 126", "13 项　85:00", "10 人请假，4 人派员"]
    assert parts.context.session.totals().expected == 126


# -- agenda ------------------------------------------------------------------------------------


def test_the_agenda_is_edited_by_hand(page: BeforePage, parts: Parts, tmp_path: Path) -> None:
    panel = _agenda(page)
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


@pytest.mark.parametrize(("title", "limit"), [("", "5"), ("议题", "很快"), ("议题", "0")])
def test_an_item_that_cannot_be_meant_is_refused(
    page: BeforePage, parts: Parts, title: str, limit: str
) -> None:
    panel = _agenda(page)
    panel.add_item()
    assert panel.editor is not None
    panel.editor.title.setText(title)
    panel.editor.limit.setText(limit)
    panel.editor.save()
    assert parts.said[-1][1] is Tone.OVER and parts.context.session.state.items == []
    assert panel.editor.limit.text() == limit


def test_loading_the_agenda_twice_adds_nothing(page: BeforePage, parts: Parts, tmp_path: Path) -> None:
    panel = _agenda(page)
    panel.load_file(write_csv(tmp_path, "议程.csv", AGENDA))
    panel.store()
    before = parts.log_length
    panel.load_file(tmp_path / "议程.csv")
    assert panel.check_view.foot.remark.full_text() == "与现有议程完全相同"
    panel.store()
    assert parts.log_length == before


# -- leave -------------------------------------------------------------------------------------


def test_leave_by_hand_finds_the_person_by_initials(
    page: BeforePage, parts: Parts, tmp_path: Path, qtbot: QtBot
) -> None:
    _stored_roster(page, tmp_path)
    panel = _leave(page)
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


def test_leave_of_an_unknown_person_is_a_doubt_on_the_row(
    page: BeforePage, parts: Parts, tmp_path: Path
) -> None:
    _stored_roster(page, tmp_path)
    panel = _leave(page)
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
    _stored_roster(page, tmp_path)
    panel = _leave(page)
    panel.load_file(write_csv(tmp_path, "请假.csv", [["姓名", "事由"], ["王磊", "因公"]]))
    panel.store()
    assert panel.leave_table is not None
    withdraw = panel._withdrawal_of(panel.leave_table.selected_key())
    withdraw(" ")
    assert parts.said[-1][1] is Tone.OVER and len(leaves(parts.context.session.state)) == 1
    withdraw("能够到会")
    assert leaves(parts.context.session.state) == []


# -- the other steps ---------------------------------------------------------------------------


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
    _stored_roster(page, tmp_path)
    session = parts.context.session
    parts.context.podium.declare_opened()
    clock.advance(60)
    parts.context.podium.declare_adjourned()
    session.state_facts([Fact(EventKind.SEALED, session.now().wall, body={"by": "周敏"})])
    before = parts.log_length
    for name in StepName:
        page.open_step(name)
        assert "已封存，只能查看" in words_on(page.panel(name))
    _roster(page).load_file(tmp_path / "名单.csv")
    assert "封存" in parts.last_words and parts.log_length == before
    assert not _roster(page).choose.isEnabled()


def test_the_page_follows_the_meeting_while_it_is_hidden(page: BeforePage, parts: Parts) -> None:
    page.hide()
    rule_set = parts.context.office.rule_set("points")
    parts.context.preparation.choose_rule_set(rule_set)
    page.show()
    assert page.steps.row(StepName.RULES).step().subtitle == "扣分制"


def test_the_steps_and_the_buttons_have_keys(page: BeforePage, qtbot: QtBot) -> None:
    for place, name in enumerate(StepName, 1):
        QTest.keyClick(page, Qt.Key(Qt.Key.Key_0.value + place), Qt.KeyboardModifier.AltModifier)
        assert page.steps.index() == name
    with qtbot.waitSignal(page.enter_meeting_requested, timeout=1000):
        QTest.keyClick(page, Qt.Key.Key_F5)
    with qtbot.waitSignal(page.rehearse_requested, timeout=1000):
        QTest.keyClick(page, Qt.Key.Key_F9)


def test_every_word_on_screen_is_chinese(page: BeforePage, parts: Parts, tmp_path: Path) -> None:
    for name in StepName:
        page.open_step(name)
        assert latin_words([text for text in words_on(page) if "编号" not in text]) == []
    panel = _roster(page)
    panel.load_file(write_csv(tmp_path, "名单.csv", [HEAD, *ROWS]))
    assert latin_words(words_on(page)) == []
