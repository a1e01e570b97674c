"""打印材料: what is printed before people come, how each stands, and what has changed since."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from huifeng_desktop.service.printed.reprints import Due, Printed
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.before.frame import PanelFoot
from huifeng_desktop.ui.before.panel import Panel
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.kit.bars import ProgressBar
from huifeng_desktop.ui.kit.buttons import KeyButton
from huifeng_desktop.ui.kit.labels import ElidedLabel, separator, text_label
from huifeng_desktop.ui.kit.marks import Mark
from huifeng_desktop.ui.kit.notice import Notice
from huifeng_desktop.ui.kit.tag import Tag
from huifeng_desktop.ui.papers.exporting import ChooseFolder, Exporting
from huifeng_desktop.ui.papers.reprint_watch import ReprintWatch
from huifeng_desktop.ui.papers.words import count_of, printed_words, summary
from huifeng_desktop.ui.theme import Tone

SHEET, DOCUMENT, PRINT = "表格", "文档", "打印版"
"""What the formats are called; the last one is PDF."""
PAPERS = (
    ("sign_sheet", "签到表", "会场手签用；县领导、列席单独成页，末页留有临时参会的空行", ("xlsx", "pdf")),
    ("cards", "席卡", "每人一张，对折立放，两面都有姓名；文档可在 WPS 里改字", ("docx", "pdf")),
    ("badges", "证件", "每页十张，带签到用的二维码和证号；表格是证号清单", ("xlsx", "pdf")),
    ("seat_plan", "座位图", "按名单里的座位一栏排，主席台在上", ("xlsx", "pdf")),
    ("agenda", "会议议程", "发给领导和参会人员", ("docx", "pdf")),
    ("staff_agenda", "会议议程（会务用）", "带限时和打了星号的电话", ("docx", "pdf")),
    ("script", "主持稿参考", "主持人的串词", ("docx", "pdf")),
    ("leave_form", "请假单", "空白，会议名称和时间已填好", ("docx", "pdf")),
)
_FORMATS = {"xlsx": SHEET, "docx": DOCUMENT, "pdf": PRINT}
_BUTTON_WIDTH = 92


class PaperLine(QWidget):
    """One paper: its name, what it is for, how it stands, and a button for each format."""

    asked = Signal(str, str)
    """Paper and format."""

    def __init__(self, paper: str, name: str, remark: str, formats: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(52)
        self._remark = remark
        self.tag = Tag(parent=self)
        self.remark = ElidedLabel(remark, self)
        self.remark.setProperty("tone", "mute")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(text_label(name, bold=True, parent=self))
        words.addWidget(self.remark)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 4, 14, 4)
        layout.setSpacing(theme.SPACE_2)
        layout.addLayout(words, 1)
        layout.addWidget(self.tag)
        layout.addSpacing(theme.SPACE_3)
        self.buttons: dict[str, KeyButton] = {}
        if len(formats) == 1 and formats[0] == "pdf":
            layout.addSpacing(_BUTTON_WIDTH + theme.SPACE_2)
        for suffix in formats:
            button = KeyButton(_FORMATS[suffix], height=32, parent=self)
            button.setFixedWidth(_BUTTON_WIDTH)
            button.clicked.connect(lambda _=False, one=suffix: self.asked.emit(paper, one))
            layout.addWidget(button)
            self.buttons[suffix] = button
        if "pdf" not in formats:
            layout.addSpacing(_BUTTON_WIDTH + theme.SPACE_2)

    def show_stand(self, printed: Printed | None, due: Due | None, missing: str, *, busy: bool) -> None:
        """Whether it can be made, was made, and still is true."""
        for button in self.buttons.values():
            button.setEnabled(not missing and not busy)
        self.tag.setVisible(printed is not None or bool(missing))
        self.remark.set_full_text(printed_words(printed.at) if printed is not None else self._remark)
        if due is not None:
            self.tag.set_state(f"需重印 {count_of([due])} 处", Tone.WARN, Mark.TRIANGLE)
        elif printed is not None:
            self.tag.set_state("与现在一致", Tone.OK, Mark.CHECK)
        else:
            self.tag.set_state(missing, Tone.NEUTRAL, Mark.DASH)


class PapersPanel(Panel):
    """The papers before the meeting, as `watch` finds them. `choose_folder` as for `Exporting`."""

    def __init__(
        self,
        context: UiContext,
        watch: ReprintWatch,
        choose_folder: ChooseFolder | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, "打印材料", parent)
        self.watch = watch
        self._folder: Path | None = None
        self._step: tuple[int, int, str] | None = None
        self.options = KeyButton(self.tr("导出设置…"), shortcut="Ctrl+G", parent=self)
        self.changes = KeyButton(self.tr("变更清单…"), parent=self)
        self.head.add(self.changes)
        self.head.add(self.options)
        self.notice = Notice(self)
        self.lines = {
            paper: PaperLine(paper, name, remark, formats, self) for paper, name, remark, formats in PAPERS
        }
        self.progress = ProgressBar(height=8, parent=self)
        self.progress.setFixedWidth(200)
        self.cancel = KeyButton(self.tr("取消"), height=34, parent=self)
        self.open_folder = KeyButton(self.tr("打开文件夹"), height=34, parent=self)
        self.foot = PanelFoot(self)
        self._lay_out()
        self.exporting = Exporting(context, self, choose_folder, self)
        self._connect()
        self.show_progress(None)
        self.show_saved(None)

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(14, 6, 14, 6)
        column.addWidget(self.notice)
        self.body.addLayout(column)
        for line in self.lines.values():
            self.body.addWidget(line)
            self.body.addWidget(separator(self))
        self.body.addStretch(1)
        for widget in (self.progress, self.cancel, self.open_folder):
            self.foot.add(widget)
        self.body.addWidget(self.foot)

    def _connect(self) -> None:
        for line in self.lines.values():
            line.asked.connect(self.exporting.export_paper)
        self.options.clicked.connect(self.exporting.show_options)
        self.cancel.clicked.connect(self.exporting.cancel)
        self.open_folder.clicked.connect(self._on_open_folder)
        for asked in (self.notice.action_requested, self.changes.clicked):
            asked.connect(lambda: self.exporting.show_list(self.watch.dues))
        self.watch.found.connect(self._show_found)

    # -- for the page and for the export -----------------------------------------------------------

    def show_state(self) -> None:
        """How every paper stands; the comparison follows."""
        self.head.set_words(self.tr("打印材料"), self.tr("会前可以先印好；之后有变动，这里会说重印哪几页"))
        self._show_lines()
        self.watch.look()

    def show_progress(self, step: tuple[int, int, str] | None) -> None:
        """How far the export is."""
        self._step = step
        self.progress.setVisible(step is not None)
        self.cancel.setVisible(step is not None)
        if step is not None:
            done, of, name = step
            self.progress.set_progress(done / of if of else 1.0)
            self.foot.say(f"正在做：{name}（{min(done + 1, of)}/{of}）" if name else "正在写入…")
        self._show_lines()

    def show_saved(self, files: Sequence[Path] | None, warnings: Sequence[str] = ()) -> None:
        """Where the files are."""
        self._folder = files[0].parent if files else None
        self.open_folder.setVisible(self._folder is not None)
        if files:
            self.foot.say(f"已导出：{'、'.join(file.name for file in files)}", Tone.OK)
        else:
            self.foot.say(self.tr("“表格”“文档”可在 WPS 里再改，“打印版”直接打印。"))

    # -- inside ------------------------------------------------------------------------------------

    def _show_lines(self) -> None:
        self.changes.setVisible(bool(self.watch.printed))
        wanted = set(self.context.papers.wanted(self.context.session))
        dues = {due.paper: due for due in self.watch.dues}
        for paper, line in self.lines.items():
            missing = "" if paper in wanted else _MISSING.get(paper, "")
            printed = self.watch.printed.get(paper)
            line.show_stand(printed, dues.get(paper), missing, busy=self._step is not None)

    def _show_found(self) -> None:
        self._show_lines()
        if self.watch.dues:
            self.notice.show_message(summary(self.watch.dues), Tone.WARN, self.tr("变更清单…"))
        else:
            self.notice.clear()

    def _on_open_folder(self) -> None:
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))


_MISSING = {
    "cards": "还没有名单",
    "badges": "还没有证号",
    "seat_plan": "名单里没有座位",
    "agenda": "还没有议程",
    "staff_agenda": "还没有议程",
    "script": "还没有议程",
}
