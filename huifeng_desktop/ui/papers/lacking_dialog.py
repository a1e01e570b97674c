"""Before files are made: whose names hold characters that the chosen type lacks, and another type instead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from huifeng_desktop.service.printed.choices import PaperOptions
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.kit.buttons import ButtonKind, KeyButton
from huifeng_desktop.ui.kit.labels import text_label
from huifeng_desktop.ui.papers.choices import FAMILIES
from huifeng_desktop.ui.papers.words import people

Warn = Callable[[PaperOptions], Sequence[str]]


class LackingDialog(QDialog):
    """Accepted: go on with `options`; rejected: nothing is made. `warn` says what a choice would lack."""

    def __init__(self, options: PaperOptions, warn: Warn, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options, self._warn = options, warn
        self.setWindowTitle(self.tr("有人的姓名可能印不对"))
        self.resize(620, 380)
        self.people = QPlainTextEdit(self)
        self.people.setReadOnly(True)
        self.family = QComboBox(self)
        self.family.addItems(list(dict.fromkeys((*FAMILIES, options.body_family))))
        self.family.setCurrentText(options.body_family)
        self.go_on = KeyButton(self.tr("照此导出"), kind=ButtonKind.PRIMARY, parent=self)
        cancel = KeyButton(self.tr("先不导出"), hint="Esc", parent=self)
        row = QHBoxLayout()
        row.addWidget(text_label(self.tr("正文字体"), tone="mute", parent=self))
        row.addWidget(self.family)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.go_on)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 18)
        layout.setSpacing(theme.SPACE_3)
        layout.addWidget(text_label(self.tr("有人的姓名可能印不对"), size=16, bold=True, parent=self))
        layout.addWidget(self.people, 1)
        layout.addLayout(row)
        self.family.currentTextChanged.connect(self._show_people)
        self.go_on.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        self._show_people()

    def options(self) -> PaperOptions:
        """The options with the type that is chosen now."""
        return replace(self._options, body_family=self.family.currentText())

    def _show_people(self) -> None:
        """Each person on a line of their own."""
        sentences = self._warn(self.options())
        found = ["\n".join((sentence.partition("：")[0] + "：", *people(sentence))) for sentence in sentences]
        whole = self.tr("“{}”里有全部姓名用到的字。").format(self.family.currentText())
        self.people.setPlainText("\n\n".join(found) or whole)
