"""并入交接包: how far it is, then what came of it and what the two copies say differently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QProgressBar, QVBoxLayout, QWidget

from huifeng_desktop.domain.people import display_name
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.before.frame import PanelFoot, PanelHead
from huifeng_desktop.ui.before.table import Cell, Column, Line, RowsTable
from huifeng_desktop.ui.kit.buttons import ButtonKind, KeyButton
from huifeng_desktop.ui.kit.labels import Card, separator, text_label

_COLUMNS = (Column("谁", 210, 1), Column("两边的差别，按什么为准", 420, 4))
_WHOLE = "全场"


@dataclass(frozen=True, slots=True)
class MergeResult:
    """What was taken in; each difference is who it is about, and a sentence that names both sides."""

    meeting: str
    title: str
    added: int
    already: int
    differences: Sequence[tuple[str, str]]

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Self:
        """The result in the JSON that the command `merge` prints."""
        differences = [(_who(one), str(one["what"])) for one in plain["conflicts"]]
        title = str(plain.get("title", ""))
        return cls(str(plain["meeting"]), title, int(plain["added"]), int(plain["already"]), differences)

    def sentence(self) -> str:
        """并入了多少, in one sentence."""
        if not self.added:
            return f"“{self.title}”：里面的 {self.already} 条记录本机都有，没有新内容。"
        if not self.already:
            return f"本机原来没有“{self.title}”，已建好，收下全部 {self.added} 条记录，可以接着录。"
        return f"“{self.title}”：并入 {self.added} 条新记录，另有 {self.already} 条原来就有。"

    def advice(self) -> str:
        """What is to be done about the differences."""
        if not self.differences:
            return "两边没有说法不同的地方。再并一次或换个次序并，结果都一样。"
        return f"有 {len(self.differences)} 处两边说法不同，已按下表取定，请逐条核对。"


class MergeDialog(QDialog):
    """Working, then the result or the one sentence that says why nothing was taken in."""

    meeting_chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._meeting = ""
        self._is_working = True
        self.setWindowTitle(self.tr("并入交接包"))
        self.resize(860, 460)
        self.head = PanelHead(self.tr("并入交接包"), self)
        self.head.set_words(self.tr("并入交接包"), name)
        self.sentence = text_label(self.tr("正在逐条核对并并入，请稍候…"), size=17, bold=True, parent=self)
        self.advice = text_label(
            self.tr("文件先全部核对，有一处不对就什么都不并入。"), tone="mute", parent=self
        )
        self.progress = QProgressBar(self)
        self.table = RowsTable(_COLUMNS, self, row_height=40)
        self.foot = PanelFoot(self)
        self.open_button = KeyButton(self.tr("打开这次会议"), kind=ButtonKind.PRIMARY, parent=self)
        self.close_button = KeyButton(self.tr("关闭"), hint="Esc", parent=self)
        self._lay_out()
        self.open_button.clicked.connect(self._on_open)
        self.close_button.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        for label in (self.sentence, self.advice):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(6)
        self.table.hide()
        self.close_button.setEnabled(False)
        self.open_button.hide()
        for button in (self.open_button, self.close_button):
            self.foot.add(button)
        words = QVBoxLayout()
        words.setContentsMargins(14, 16, 14, 14)
        words.setSpacing(theme.SPACE_2)
        for widget in (self.sentence, self.advice, self.progress):
            words.addWidget(widget)
        card = Card(self, padding=1, spacing=0)
        card.body.addWidget(self.head)
        card.body.addWidget(separator(self))
        card.body.addLayout(words)
        card.body.addWidget(self.table, 1)
        card.body.addStretch()
        card.body.addWidget(self.foot)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 14)
        layout.addWidget(card)

    def show_result(self, result: MergeResult, *, is_open: bool) -> None:
        """What came of it; `is_open`: this very meeting is in the window already."""
        self._meeting = result.meeting
        self._finish(result.sentence(), result.advice())
        lines = [
            Line(number, (Cell(who, bold=True, tip=who), Cell(what, tip=what)))
            for number, (who, what) in enumerate(result.differences)
        ]
        self.table.set_lines(lines)
        self.table.setVisible(bool(lines))
        self.open_button.setVisible(not is_open)

    def show_problem(self, sentence: str) -> None:
        """Nothing was taken in, and why."""
        self._finish(self.tr("没有并入"), sentence)

    def reject(self) -> None:
        """Not before it is known how it went."""
        if not self._is_working:
            super().reject()

    def _finish(self, sentence: str, advice: str) -> None:
        self._is_working = False
        self.close_button.setEnabled(True)
        self.progress.hide()
        self.sentence.setText(sentence)
        self.advice.setText(advice)
        self.close_button.setFocus()

    def _on_open(self) -> None:
        self.meeting_chosen.emit(self._meeting)
        self.accept()


def _who(conflict: Mapping[str, Any]) -> str:
    if not conflict.get("seat"):
        return _WHOLE
    return f"{display_name(str(conflict['name'])) or '空缺'}　{conflict['unit']}"
