"""What people, telephones and merged files call something is shown letter by letter, never as a page.

Qt takes a label's text with tags in it for a page unless told otherwise: a name could hide itself there,
pose as the program's own words, or ask for a picture.
"""

from __future__ import annotations

import ast
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QLabel
from pytestqt.qtbot import QtBot

import huifeng_desktop
from huifeng_desktop.ui.kit.labels import ask_in_words

PACKAGE = Path(huifeng_desktop.__file__).parent
MODULES = sorted(path for room in ("ui", "app", "rehearsal") for path in (PACKAGE / room).rglob("*.py"))
NAME = "材料<b>已批准</b>&lt;<img src='http://10.0.0.9/x.png'>.pdf"


def test_what_is_asked_about_is_named_letter_by_letter(qtbot: QtBot) -> None:
    ask = QInputDialog()
    qtbot.addWidget(ask)
    ask_in_words(ask, f"“{NAME}”由谁批准发放：")
    (label,) = ask.findChildren(QLabel)
    assert label.textFormat() is Qt.TextFormat.PlainText and NAME in label.text()


def test_every_label_is_told_that_its_text_is_plain() -> None:
    told = [path for path in MODULES if "QLabel(" in path.read_text(encoding="utf-8")]
    untold = [path.name for path in told if "TextFormat.PlainText" not in path.read_text(encoding="utf-8")]
    assert told and untold == []


def test_no_question_names_anything_but_in_plain_words() -> None:
    """`setLabelText` and the rows of a form make labels of their own: they may hold fixed words only."""
    loose = [
        f"{path.name}:{call.lineno}"
        for path in MODULES
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in ("setLabelText", "setInformativeText", "setDetailedText", "setHtml")
        and len(call.args) == 1
        and not _is_fixed(call.args[0])
        and path.name != "labels.py"
    ]
    assert loose == []


def _is_fixed(words: ast.expr) -> bool:
    """A literal, or a literal that is looked up in another language."""
    inner = words.args[0] if isinstance(words, ast.Call) and words.args else words
    return isinstance(inner, ast.Constant)
