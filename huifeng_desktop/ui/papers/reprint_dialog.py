"""变更清单: what to print again since the last print, and one button that does it.

Below it stands what was printed, each to be taken back: paper jams after the files are made.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from huifeng_desktop.service.printed.reprints import Due, Printed
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.kit.buttons import ButtonKind, KeyButton
from huifeng_desktop.ui.kit.labels import text_label
from huifeng_desktop.ui.kit.tips import plain_tip
from huifeng_desktop.ui.papers.words import count_of, due_words, paper_words, printed_words


class ReprintDialog(QDialog):
    """A line for each paper, chosen unless one takes the tick away."""

    print_requested = Signal(object)
    """The chosen `Due`s: make files of them."""
    settled = Signal(object)
    """The chosen `Due`s: they are dealt with, without a file."""

    failed = Signal(str)
    """The name of a paper whose last print went wrong."""

    def __init__(
        self, dues: Sequence[Due], printed: Sequence[Printed], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("变更清单"))
        self.resize(720, 420)
        self._dues, self._printed = list(dues), list(printed)
        self.lines = [QCheckBox(due_words(due), self) for due in dues]
        self.again = KeyButton(self.tr("重印所选"), kind=ButtonKind.PRIMARY, shortcut="Ctrl+P", parent=self)
        self.dealt = KeyButton(self.tr("已另行处理"), parent=self)
        self.dealt.setToolTip(self.tr("不导出文件，从清单里去掉，例如已经手工改好或作废的席卡。"))
        self.jams = {one.paper: self._jam_button(one.paper) for one in printed}
        cancel = KeyButton(self.tr("关闭"), hint="Esc", parent=self)
        self._lay_out(cancel)
        for line in self.lines:
            line.setChecked(True)
            line.toggled.connect(self._show_choice)
        self.again.clicked.connect(lambda: self.print_requested.emit(self._finish()))
        self.dealt.clicked.connect(lambda: self.settled.emit(self._finish()))
        cancel.clicked.connect(self.reject)
        self._show_choice()
        (self.again if self._dues else cancel).setFocus()

    def _jam_button(self, paper: str) -> KeyButton:
        button = KeyButton(self.tr("没印好"), height=28, size=13, parent=self)
        button.setToolTip(self.tr("卡纸、缺墨等没有印成的，点这里，上一次导出就不算作已印。"))
        button.clicked.connect(lambda: self._take_back(paper))
        return button

    def _take_back(self, paper: str) -> None:
        self.reject()
        self.failed.emit(paper)

    def _lay_out(self, cancel: KeyButton) -> None:
        sheet = QWidget(self)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(2, 2, 2, 2)
        column.setSpacing(theme.SPACE_3)
        for due, line in zip(self._dues, self.lines, strict=True):
            line.setToolTip(plain_tip("、".join(part.label for part in (*due.again, *due.void))))
            column.addWidget(line)
            when = text_label(f"上次：{printed_words(due.printed.at)}", size=13, tone="mute", parent=sheet)
            when.setContentsMargins(26, 0, 0, 0)
            column.addWidget(when)
        self._lay_out_printed(column, sheet)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        area.setWidget(sheet)
        buttons = QHBoxLayout()
        buttons.addWidget(self.dealt)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.again)
        changed, same = self.tr("上次导出以后有变动的页和卡"), self.tr("印过的材料都与现在一致")
        head = changed if self._dues else same
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 18)
        layout.setSpacing(theme.SPACE_3)
        layout.addWidget(text_label(head, size=16, bold=True, parent=self))
        layout.addWidget(area, 1)
        layout.addLayout(buttons)

    def _lay_out_printed(self, column: QVBoxLayout, sheet: QWidget) -> None:
        """Every paper that was printed, with the way to take its last print back."""
        if self._dues:
            column.addSpacing(theme.SPACE_3)
            column.addWidget(text_label(self.tr("印过的材料"), size=13, tone="mute", parent=sheet))
        for one in self._printed:
            row = QHBoxLayout()
            row.addWidget(text_label(paper_words(one.paper), parent=sheet))
            row.addStretch(1)
            row.addWidget(text_label(printed_words(one.at), size=13, tone="mute", parent=sheet))
            row.addWidget(self.jams[one.paper])
            column.addLayout(row)

    def chosen(self) -> list[Due]:
        """What has its tick."""
        return [due for due, line in zip(self._dues, self.lines, strict=True) if line.isChecked()]

    def _show_choice(self) -> None:
        chosen = self.chosen()
        count = count_of([due for due in chosen if due.again])
        self.again.setText(f"重印这 {count} 处" if count else self.tr("没有要重印的"))
        self.dealt.setVisible(bool(self._dues))
        self.again.setEnabled(count > 0)
        self.dealt.setEnabled(bool(chosen))

    def _finish(self) -> list[Due]:
        chosen = self.chosen()
        self.accept()
        return chosen
