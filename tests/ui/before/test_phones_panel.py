"""手机与文件: the level and the documents, by keys and buttons."""

from __future__ import annotations

from pathlib import Path

import pytest
from before_parts import Parts
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog
from pytestqt.qtbot import QtBot

from huifeng_desktop.domain.phones import PhoneLevel
from huifeng_desktop.service.before.documents import Documents
from huifeng_desktop.storage.shelf import FolderShelf
from huifeng_desktop.ui.before.phones_panel import PhonesPanel, size_words

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "会议材料.pdf"
    path.write_bytes(b"%PDF" + bytes(400_000))
    return path


@pytest.fixture
def panel(parts: Parts, source: Path, tmp_path: Path, qtbot: QtBot) -> PhonesPanel:
    parts.context.documents = Documents(parts.context.session, FolderShelf(tmp_path / "shelf"))
    panel = PhonesPanel(parts.context, lambda: source)
    qtbot.addWidget(panel)
    panel.resize(1000, 600)
    panel.refresh()
    with qtbot.waitExposed(panel):
        panel.show()
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    return panel


def test_the_level_holds_at_once(panel: PhonesPanel, parts: Parts) -> None:
    assert panel.level.index() == 1, "标准"
    panel.level.set_index(2)
    panel.signature.setChecked(True)

    rules = parts.context.session.state.phones.rules
    assert (rules.level, rules.signature) == (PhoneLevel.STRICT, True)
    panel.refresh()
    assert panel.level.index() == 2 and panel.signature.isChecked()
    assert "严格" in panel.head.words()


def test_a_document_is_added_approved_held_back_and_removed(
    panel: PhonesPanel, parts: Parts, qtbot: QtBot
) -> None:
    documents = parts.context.documents
    assert documents is not None and not panel.approve.isEnabled()
    QTest.keyClick(panel, Qt.Key.Key_Insert)
    assert [one.name for one in documents.all()] == ["会议材料.pdf"]

    QTest.keyClick(panel, Qt.Key.Key_G, CONTROL)
    ask = panel.findChild(QInputDialog)
    assert ask is not None
    ask.setTextValue("韩立民")
    ask.accept()
    assert documents.all()[0].approved_by == "韩立民"
    assert panel.approve.text() == "停止发放"

    QTest.keyClick(panel, Qt.Key.Key_G, CONTROL)
    assert documents.all()[0].approved_by == ""
    QTest.keyClick(panel, Qt.Key.Key_Delete)
    assert documents.all() == []


def test_a_wrong_file_is_one_sentence(panel: PhonesPanel, parts: Parts, tmp_path: Path) -> None:
    said: list[str] = []
    parts.context.voice.said.connect(lambda words, _: said.append(words))
    (tmp_path / "工具.exe").write_bytes(b"MZ")
    panel.add_file(tmp_path / "工具.exe")
    assert len(said) == 1 and "不是能发放的文件类型" in said[0]


def test_sizes_are_told_in_words() -> None:
    assert [size_words(n) for n in (1, 400_004, 4_700_000)] == ["1 KB", "391 KB", "4.5 MB"]
