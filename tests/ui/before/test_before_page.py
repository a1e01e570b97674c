"""The page as the secretary drives it, over a real database: nothing is stored before it was looked at."""

from __future__ import annotations

from pathlib import Path

import pytest
from before_parts import (
    HEAD,
    MENDED,
    ROWS,
    SAMPLES,
    Parts,
    agenda_of,
    as_pasted,
    give_reason,
    latin_words,
    leave_of,
    roster_of,
    stored_roster,
    typed,
    words_on,
    write_csv,
)
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from huifeng_desktop.ui.before.file_panel import FilePanel
from huifeng_desktop.ui.before.page import BeforePage
from huifeng_desktop.ui.before.roster_panel import RosterPanel
from huifeng_desktop.ui.before.steps import StepName
from huifeng_desktop.ui.context import Holds
from huifeng_desktop.ui.kit.step_list import StepState
from huifeng_desktop.ui.theme import Tone


def _editor(panel: FilePanel) -> QLineEdit:
    editor = panel.check_view.table.findChild(QLineEdit)
    assert editor is not None
    return editor


# -- checking and storing ----------------------------------------------------------------------


def test_a_new_meeting_begins_at_the_empty_roster(page: BeforePage) -> None:
    assert page.steps.index() == StepName.ROSTER
    panel = roster_of(page)
    assert panel.empty.isVisible() and not panel.paste.isVisible()
    assert page.steps.row(StepName.ROSTER).step().state is StepState.TODO
    assert page.steps.row(StepName.MEETING).step().state is StepState.DONE


def test_a_preview_stores_nothing_and_the_button_says_what_is_missing(
    page: BeforePage, parts: Parts, tmp_path: Path
) -> None:
    before = parts.log_length
    panel = roster_of(page)
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
    panel = roster_of(page)
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
    panel = roster_of(page)
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
    panel = roster_of(page)
    panel.load_file(write_csv(tmp_path, "名单.csv", [HEAD, *ROWS]))
    table = panel.check_view.table
    table.choose(4)
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert [line.key for line in table.rows_model.lines()] == [2, 3, 5]
    QTest.keyClick(table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [line.key for line in table.rows_model.lines()] == [2, 3, 4, 5]


def test_only_doubtful_rows_are_shown_on_demand(page: BeforePage, tmp_path: Path) -> None:
    panel = roster_of(page)
    panel.load_file(write_csv(tmp_path, "名单.csv", [HEAD, *ROWS]))
    QTest.keyClick(panel.check_view.table, Qt.Key.Key_F8)
    assert [line.key for line in panel.check_view.table.rows_model.lines()] == [4, 5]


def test_loading_again_shows_the_differences_and_adds_nothing_twice(
    page: BeforePage, parts: Parts, tmp_path: Path
) -> None:
    panel = stored_roster(page, tmp_path)
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
    panel = roster_of(page)
    QGuiApplication.clipboard().setText(as_pasted([HEAD, *MENDED]))
    QTest.keyClick(page, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert panel.check is not None and panel.check.accepted == 3
    panel.abandon()
    assert panel.empty.isVisible() and parts.context.session.state.seats == []


def test_a_file_is_dropped_on_the_panel(page: BeforePage, tmp_path: Path) -> None:
    panel = roster_of(page)
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
    panel, before = roster_of(page), parts.log_length
    path = tmp_path / "坏.csv"
    path.write_text(content, encoding="utf-8")
    panel.load_file(path)
    assert len(parts.said) == 1 and parts.said[0][1] is Tone.OVER
    assert panel.empty.problem() == parts.last_words and panel.check is None
    assert parts.log_length == before


def test_emptying_the_only_name_is_refused_with_a_sentence(
    page: BeforePage, parts: Parts, tmp_path: Path
) -> None:
    panel = roster_of(page)
    panel.load_file(write_csv(tmp_path, "名单.csv", [HEAD, ROWS[0]]))
    panel.check_view.mend_requested.emit(2, "姓名", "")
    assert parts.said[-1][1] is Tone.OVER
    assert panel.check is not None and panel.check.accepted == 1


def test_an_identity_number_never_comes_onto_the_screen(page: BeforePage, tmp_path: Path) -> None:
    panel = roster_of(page)
    row = ["1", "县水利局", "王磊", "局长", "110101199003070011"]
    panel.load_file(write_csv(tmp_path, "名单.csv", [HEAD, row]))
    line = panel.check_view.table.rows_model.lines()[0]
    for cell in line.cells:
        assert "19900307" not in f"{cell.text}{cell.edit}{cell.tip}{cell.tags}"


def test_the_sample_files_go_in_and_the_steps_say_so(page: BeforePage, parts: Parts) -> None:
    for panel, name in (
        (roster_of(page), "参会名单.xlsx"),
        (agenda_of(page), "会议议程.xlsx"),
        (leave_of(page), "请假情况.xlsx"),
    ):
        page.open_step(StepName.ROSTER)
        panel.load_file(SAMPLES / name)
        if isinstance(panel, RosterPanel):
            give_reason(panel, "分管副职一并参加")
        else:
            panel.store()
    subtitles = [page.steps.row(name).step().subtitle for name in StepName]
    assert subtitles[1:4] == ["148 席　应到 126", "13 项　85:00", "10 人请假，4 人派员"]
    assert parts.context.session.totals().expected == 126


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
    panel = roster_of(page)
    panel.load_file(write_csv(tmp_path, "名单.csv", [HEAD, *ROWS]))
    assert latin_words(words_on(page)) == []


def test_a_refused_file_is_forgotten_with_the_next_one(
    page: BeforePage, parts: Parts, tmp_path: Path
) -> None:
    """Its sentence stood over the line that says what is wrong with the rows of the next file."""
    standing: list[Holds] = []
    parts.context.voice.held.connect(lambda _, holds: standing.append(holds))
    (tmp_path / "空.xlsx").write_bytes(b"")
    panel = roster_of(page)
    panel.load_file(tmp_path / "空.xlsx")
    assert "空文件" in parts.last_words and standing[-1]()
    panel.load_file(write_csv(tmp_path, "名单.csv", [HEAD, *MENDED]))
    assert not standing[-1]()


def test_every_step_fits_a_small_laptop_with_a_task_bar(page: BeforePage) -> None:
    """768 lines less the bars of task, title and program; a desktop enlarged by half has 720."""
    for name in StepName:
        page.open_step(name)
        assert page.minimumSizeHint().height() <= 720 - 40 - 31 - 52, name
