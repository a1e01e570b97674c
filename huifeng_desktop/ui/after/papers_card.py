"""The card at the right: the papers to export, and the seal with what still stands against it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from huifeng_desktop.domain.events import Event
from huifeng_desktop.ui.kit.bars import ProgressBar
from huifeng_desktop.ui.kit.buttons import ButtonKind, KeyButton
from huifeng_desktop.ui.kit.labels import Card, text_label
from huifeng_desktop.ui.kit.marks import Mark
from huifeng_desktop.ui.kit.tag import Tag
from huifeng_desktop.ui.kit.tips import plain_tip
from huifeng_desktop.ui.theme import Tone
from huifeng_desktop.wording import day

PAPERS = (
    ("signed_sheet", "签到表（已签）"),
    ("statistics", "出席情况统计表"),
    ("details", "签到明细"),
    ("speaking", "发言用时表"),
    ("circular", "到会情况通报（草稿）"),
    ("slip", "到会情况（给主持人）"),
)
_WARNING_LENGTH, _FOLDER_LENGTH = 44, 14


class PapersCard(Card):
    """Buttons only; the page does the work."""

    paper_requested = Signal(str)
    """The name of one paper."""
    all_requested = Signal()
    others_requested = Signal()
    """其他材料: the page shows its menu."""
    cancel_requested = Signal()
    list_requested = Signal()
    """变更清单: what to print again."""
    seal_requested = Signal()
    reopen_requested = Signal(str)
    """The reason given."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, padding=16, spacing=6)
        self._folder: Path | None = None
        self.papers = {name: self._column_button(words) for name, words in PAPERS}
        self.others = self._column_button("其他材料…")
        self.all = self._column_button("全部导出…", shortcut="Ctrl+E")
        self.due = Tag(tone=Tone.WARN, mark=Mark.TRIANGLE, parent=self)
        self.changes = KeyButton(self.tr("变更清单…"), height=28, size=13, parent=self)
        self.progress = ProgressBar(height=8, parent=self)
        self.doing = text_label(size=13, tone="mute", parent=self)
        self.cancel = KeyButton(self.tr("取消"), height=28, size=13, parent=self)
        self.warning = text_label(size=13, tone="warn", parent=self)
        self.warning.setWordWrap(True)
        self.done = text_label(size=13, tone="ok", parent=self)
        self.done.setWordWrap(True)
        self.open_folder = KeyButton(self.tr("打开文件夹"), height=28, size=13, parent=self)
        self.obstacles = text_label(size=13, tone="mute", parent=self)
        self.obstacles.setWordWrap(True)
        self.why = QLineEdit(self)
        self.why.setPlaceholderText(self.tr("撤销封存的原因"))
        self.seal = KeyButton(self.tr("封　存"), height=44, kind=ButtonKind.PRIMARY, parent=self)
        self.reopen = KeyButton(self.tr("撤销封存"), height=44, kind=ButtonKind.DANGER, parent=self)
        self._lay_out()
        self._connect()
        self.show_saved(None)
        self.show_progress(None)
        self.show_due(0, is_printed=False)

    def _column_button(self, words: str, shortcut: str | None = None) -> KeyButton:
        button = KeyButton(self.tr(words), shortcut=shortcut, height=32, parent=self)
        button.set_left_aligned(True)
        return button

    def _lay_out(self) -> None:
        self.body.addWidget(text_label(self.tr("导出"), bold=True, parent=self))
        for button in self._buttons():
            self.body.addWidget(button)
        row = QHBoxLayout()
        row.addWidget(self.due, 1)
        row.addWidget(self.changes)
        self.body.addLayout(row)
        for part in (self.doing, self.progress, self.cancel, self.done, self.warning, self.open_folder):
            self.body.addWidget(part)
        self.body.addStretch(1)
        for widget in (self.obstacles, self.why, self.seal, self.reopen):
            self.body.addWidget(widget)

    def _buttons(self) -> list[KeyButton]:
        return [*self.papers.values(), self.others, self.all]

    def _connect(self) -> None:
        for name, button in self.papers.items():
            button.clicked.connect(lambda _=False, paper=name: self.paper_requested.emit(paper))
        self.all.clicked.connect(self.all_requested)
        self.others.clicked.connect(self.others_requested)
        self.cancel.clicked.connect(self.cancel_requested)
        self.changes.clicked.connect(self.list_requested)
        self.seal.clicked.connect(self.seal_requested)
        self.reopen.clicked.connect(lambda: self.reopen_requested.emit(self.why.text()))
        self.open_folder.clicked.connect(self._on_open_folder)

    def show_progress(self, step: tuple[int, int, str] | None) -> None:
        """How far the export has come (done, of, name); None: nothing is being made."""
        for widget in (self.progress, self.doing, self.cancel):
            widget.setVisible(step is not None)
        for button in (*self._buttons(), self.changes):
            button.setEnabled(step is None)
        if step is not None:
            done, of, name = step
            self.progress.set_progress(done / of if of else 1.0)
            self.doing.setText(f"正在做：{name}（{min(done + 1, of)}/{of}）" if name else "正在写入…")

    def show_due(self, count: int, *, is_printed: bool) -> None:
        """How many pages and cards must be printed again; nothing is shown where nothing was printed."""
        if count:
            self.due.set_state(f"需重印 {count} 处", Tone.WARN, Mark.TRIANGLE)
        else:
            self.due.set_state(self.tr("印过的与现在一致"), Tone.OK, Mark.CHECK)
        self.due.setVisible(is_printed)
        self.changes.setVisible(is_printed)

    def show_saved(self, files: Sequence[Path] | None, warnings: Sequence[str] = ()) -> None:
        """Say where the files went and which names to look at; None: nothing exported yet."""
        text = "\n".join(warnings)
        self.warning.setVisible(bool(text))
        self.warning.setText(text if len(text) <= _WARNING_LENGTH else text[:_WARNING_LENGTH] + "……")
        self.warning.setToolTip(plain_tip(text))
        self._folder = files[0].parent if files else None
        self.done.setVisible(bool(files))
        self.open_folder.setVisible(bool(files))
        if files:
            name = files[0].parent.name
            short = name if len(name) <= _FOLDER_LENGTH else name[: _FOLDER_LENGTH - 1] + "…"
            self.done.setText(f"已导出 {len(files)} 个文件，在“{short}”。")
            self.done.setToolTip("\n".join(str(file) for file in files))

    def show_seal(self, sealed: Event | None, obstacles: Sequence[str]) -> None:
        """Either what stands against the seal, or who sealed and the way back."""
        is_sealed = sealed is not None
        if sealed is not None:
            self.obstacles.setText(
                f"{day(sealed.at.astimezone())} 由{sealed.body.get('by', '')}封存，记录不再改动。"
            )
        else:
            self.obstacles.setText("\n".join(obstacles) or self.tr("没有待认定，申诉期已满，可以封存。"))
        self.seal.setVisible(not is_sealed)
        self.seal.setEnabled(not obstacles)
        self.why.setVisible(is_sealed)
        self.reopen.setVisible(is_sealed)
        if not is_sealed:
            self.why.clear()

    def _on_open_folder(self) -> None:
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))
