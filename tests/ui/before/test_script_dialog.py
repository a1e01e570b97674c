"""讲话稿, from the button in 议程 to the stored limit."""

from __future__ import annotations

from pathlib import Path

import pytest
from before_parts import Parts, agenda_of, latin_words, words_on, write_csv
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from huifeng_desktop.errors import FileProblem
from huifeng_desktop.exchange.scripts import FileScripts
from huifeng_desktop.service.ports import Script
from huifeng_desktop.ui.before.page import BeforePage
from huifeng_desktop.ui.before.script_dialog import ScriptDialog
from huifeng_desktop.ui.theme import Tone

AGENDA = [
    ["议题", "发言人", "类型", "时长"],
    ["县领导讲话", "沈国栋", "讲话", "30:00"],
    ["财政工作", "赵镕", "汇报", "6:00"],
]


@pytest.fixture
def parts(parts: Parts) -> Parts:
    parts.context.scripts = FileScripts()
    return parts


@pytest.fixture
def page(parts: Parts, qtbot: QtBot, tmp_path: Path) -> BeforePage:
    page = BeforePage(parts.context, choose_file=lambda title: None)
    qtbot.addWidget(page)
    page.show()
    panel = agenda_of(page)
    panel.load_file(write_csv(tmp_path, "议程.csv", AGENDA))
    panel.store()
    return page


@pytest.fixture
def dialog(page: BeforePage, qtbot: QtBot) -> ScriptDialog:
    dialog = agenda_of(page).open_script()
    assert dialog is not None
    qtbot.waitUntil(dialog.isVisible)
    return dialog


def _script(tmp_path: Path, words: int) -> Path:
    path = tmp_path / "讲话.txt"
    path.write_text("字" * words, encoding="gb18030")
    return path


def test_a_script_becomes_the_limit(
    page: BeforePage, parts: Parts, dialog: ScriptDialog, tmp_path: Path
) -> None:
    dialog.load_file(_script(tmp_path, 3300))
    assert dialog.view.minutes.text() == "约 17–22 分钟"
    assert dialog.view.store.text() == "按 20 分钟设为限时"

    QTest.keyClick(dialog.view.limit, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)

    assert parts.context.session.state.items[0].limit_s == 1200
    assert parts.last_words == "“县领导讲话”已限时 20 分钟。"
    editor = agenda_of(page).editor
    assert editor is not None and editor.limit.text() == "20:00" and not editor.is_touched


def test_the_middle_can_be_changed(parts: Parts, dialog: ScriptDialog, tmp_path: Path) -> None:
    dialog.load_file(_script(tmp_path, 3300))
    dialog.view.limit.setText("6分30秒")
    assert dialog.view.store.text() == "按 6 分 30 秒设为限时"
    dialog.save()
    assert parts.context.session.state.items[0].limit_s == 390


@pytest.mark.parametrize("typed", ["abc", "", "99小时"])
def test_a_limit_that_says_nothing_is_refused_inside(
    parts: Parts, dialog: ScriptDialog, tmp_path: Path, typed: str
) -> None:
    dialog.load_file(_script(tmp_path, 3300))
    dialog.view.limit.setText(typed)
    dialog.save()
    assert dialog.isVisible() and dialog.view.problem.isVisible()
    assert dialog.view.problem.text().endswith("。")
    assert parts.context.session.state.items[0].limit_s == 1800


def test_both_counts_the_rule_and_its_source_are_shown(dialog: ScriptDialog) -> None:
    QGuiApplication.clipboard().setText("同志们： GDP增长6.5%。" + "字" * 5000)
    QTest.keyClick(dialog, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    view = dialog.view
    counts = [view.words.value(), view.characters.value(), view.with_spaces.value()]
    assert counts == ["5009", "5014", "5015"]
    assert view.rule_tag.text() == "超出 9 字" and "其他会议" in view.source.text()

    view.rule.set_index(0)
    assert view.rule_tag.text() == "没有超过" and "8000" in view.source.text()


def test_the_kind_of_meeting_is_remembered(page: BeforePage, dialog: ScriptDialog) -> None:
    dialog.view.rule.set_index(2)
    dialog.reject()
    again = agenda_of(page).open_script()
    assert again is not None and again.view.rule.index() == 2
    again.reject()


def test_text_boxes_and_notes_count_as_one_wishes(page: BeforePage, parts: Parts) -> None:
    class OneScript:
        def open_file(self, path: Path) -> Script:
            return Script("讲话.pdf", "字" * 300, "注" * 20, is_approximate=True)

        def open_text(self, text: str) -> Script:
            raise FileProblem("没有文字。")

    parts.context.scripts = OneScript()
    dialog = agenda_of(page).open_script()
    assert dialog is not None
    dialog.load_file(Path("讲话.pdf"))
    assert dialog.view.words.value() == "320" and dialog.view.caution.isVisible()
    dialog.view.with_aside.click()
    assert dialog.view.words.value() == "300"
    dialog.reject()


def test_a_report_longer_than_its_type_allows_is_marked(page: BeforePage, tmp_path: Path) -> None:
    panel = agenda_of(page)
    assert panel.items_table is not None
    panel.items_table.choose(panel.context.session.state.items[1].item_id)
    dialog = panel.open_script()
    assert dialog is not None
    dialog.load_file(_script(tmp_path, 3300))
    assert dialog.view.kind_tag.text() == "超过汇报规定的 10 分钟"
    dialog.reject()


def test_a_bad_file_is_said_inside_and_keeps_what_was_there(dialog: ScriptDialog, tmp_path: Path) -> None:
    dialog.load_file(_script(tmp_path, 300))
    dialog.load_file(tmp_path / "没有.docx")
    assert "找不到" in dialog.view.problem.text() and dialog.view.words.value() == "300"


def test_nothing_can_be_stored_before_there_is_a_script(dialog: ScriptDialog) -> None:
    assert not dialog.view.store.isEnabled() and dialog.view.words.value() == "—"
    assert latin_words(words_on(dialog)) == []


def test_typed_fields_are_stored_before_the_script_is_asked_for(page: BeforePage, parts: Parts) -> None:
    panel = agenda_of(page)
    assert panel.editor is not None
    panel.editor.title.setText("县委书记讲话")
    dialog = panel.open_script()
    assert dialog is not None and parts.context.session.state.items[0].title == "县委书记讲话"
    dialog.reject()

    panel.editor.title.setText("")
    assert panel.open_script() is None
    assert parts.said[-1] == ("议题是空的，请填写议题。", Tone.OVER)


def test_where_scripts_cannot_be_read_none_is_offered(page: BeforePage, parts: Parts) -> None:
    panel = agenda_of(page)
    assert panel.script.isVisible()
    parts.context.scripts = None
    panel.refresh()
    assert not panel.script.isVisible() and panel.open_script() is None
