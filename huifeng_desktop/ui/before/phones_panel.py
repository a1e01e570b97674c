"""手机与文件: how far telephones are trusted in this meeting, and what they may download."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QInputDialog, QVBoxLayout, QWidget

from huifeng_desktop.domain.people import display_name
from huifeng_desktop.domain.phones import Document, PhoneLevel
from huifeng_desktop.service.before.documents import KINDS, Documents
from huifeng_desktop.service.door.phones import Phones
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.ask_path import ask_file
from huifeng_desktop.ui.before.frame import SIDE, PanelFoot, attempt, dropped_file, succeeds
from huifeng_desktop.ui.before.panel import Panel
from huifeng_desktop.ui.before.table import Cell, Column, Line, RowsTable, TagText
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.kit.buttons import ButtonKind, KeyButton, Segmented
from huifeng_desktop.ui.kit.labels import ask_in_words, separator, text_label
from huifeng_desktop.ui.kit.marks import Mark
from huifeng_desktop.ui.theme import Tone
from huifeng_desktop.wording import PHONE_LEVEL, clock_time, day

ChooseDocument = Callable[[], Path | None]
_LEVELS = tuple(PhoneLevel)
_MEANING = {
    PhoneLevel.LENIENT: "同一部手机签第二个人照常签上，只在证据里记一笔。",
    PhoneLevel.STANDARD: "同一部手机签第二个人照常签上，同时列入“待核实”，由签到台看一眼本人。",
    PhoneLevel.STRICT: "手机只是申报，签到台在“会中”逐个或全部确认才算；签到时间按申报时间记。",
}
_COLUMNS = (
    Column("序号", 52),
    Column("文件", 260, 4),
    Column("大小", 88),
    Column("添加", 120),
    Column("发放", 190, 1),
)
_KILOBYTE = 1024


def choose_document() -> Path | None:
    """Ask for a file of the kinds that are handed out."""
    kinds = " ".join(f"*{kind}" for kind in KINDS)
    return ask_file("选择参阅文件", f"参阅文件 ({kinds})")


class PhonesPanel(Panel):
    """The level in three fields, the signature, and the documents below."""

    def __init__(
        self, context: UiContext, choose: ChooseDocument = choose_document, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, "手机与文件", parent)
        self._choose = choose
        self._phones = Phones(context.session)
        self.level = Segmented([PHONE_LEVEL[one] for one in _LEVELS], parent=self)
        self.signature = QCheckBox(self.tr("请参会人在手机上手写签名，打印在签到表的签名栏"), self)
        self._meaning = text_label(tone="mute", parent=self)
        self._meaning.setWordWrap(True)
        self.table = RowsTable(_COLUMNS, self)
        self.foot = PanelFoot(self)
        self.setAcceptDrops(True)
        self._make_buttons()
        self._lay_out()
        self._connect()

    def _make_buttons(self) -> None:
        self.add = KeyButton(self.tr("添加文件…"), shortcut="Ins", parent=self)
        self.approve = KeyButton("", shortcut="Ctrl+G", kind=ButtonKind.PRIMARY, parent=self)
        self.remove = KeyButton(self.tr("移除"), hint="Del", kind=ButtonKind.DANGER, parent=self)
        self.head.add(self.add)
        self.foot.add(self.remove)
        self.foot.add(self.approve)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_4)
        row.addWidget(text_label(self.tr("手机签到"), bold=True, parent=self))
        row.addWidget(self.level)
        row.addWidget(self._meaning, 1)
        top = QVBoxLayout()
        top.setContentsMargins(SIDE, 14, SIDE, 14)
        top.setSpacing(theme.SPACE_2)
        top.addLayout(row)
        top.addWidget(self.signature)
        self.body.addLayout(top)
        self.body.addWidget(separator(self))
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.foot)

    def _connect(self) -> None:
        self.level.index_changed.connect(lambda _: self._store_rules())
        self.signature.toggled.connect(lambda _: self._store_rules())
        self.add.clicked.connect(self._on_add)
        self.approve.clicked.connect(self._on_approve)
        self.remove.clicked.connect(self.remove_chosen)
        self.table.row_changed.connect(lambda _: self._show_buttons())

    # -- showing -------------------------------------------------------------------------------

    def show_state(self) -> None:
        """The rules that hold and every document."""
        rules = self._phones.rules
        for widget in (self.level, self.signature):
            widget.blockSignals(True)
        self.level.set_index(_LEVELS.index(rules.level))
        self.signature.setChecked(rules.signature)
        for widget in (self.level, self.signature):
            widget.blockSignals(False)
            widget.setEnabled(not self.is_sealed)
        self._meaning.setText(_MEANING[rules.level])
        self._show_documents()

    def _show_documents(self) -> None:
        known = self._documents.all() if self._documents else []
        approved = sum(bool(one.approved_by) for one in known)
        handed_out = f"参阅文件 {len(known)} 份，已批准发放 {approved} 份" if known else "还没有参阅文件"
        self.head.set_words("手机与文件", f"{PHONE_LEVEL[self._phones.rules.level]}　{handed_out}")
        here = {one.document_id for one in known if self._documents and self._documents.is_here(one)}
        lines = [_line(number, one, one.document_id in here) for number, one in enumerate(known, 1)]
        self.table.set_lines(lines)
        if known and self.table.selected_row() < 0:
            self.table.selectRow(0)
        self.foot.say("签到以后才能下载，散会即停。只发经批准的文件；涉密文件不要放进来。")
        self._show_buttons()

    def _show_buttons(self) -> None:
        chosen = self._chosen()
        self.add.setEnabled(self._documents is not None and not self.is_sealed)
        self.approve.setText(self.tr("停止发放") if chosen and chosen.approved_by else self.tr("批准发放…"))
        for button in (self.approve, self.remove):
            button.setEnabled(chosen is not None and not self.is_sealed)

    @property
    def _documents(self) -> Documents | None:
        return self.context.documents

    def _chosen(self) -> Document | None:
        key = self.table.selected_key()
        known = self._documents.all() if self._documents else []
        return next((one for one in known if one.document_id == key), None)

    # -- hearing -------------------------------------------------------------------------------

    def _store_rules(self) -> None:
        level, signature = _LEVELS[self.level.index()], self.signature.isChecked()
        by, voice = self.context.operator, self.context.voice
        if succeeds(voice, lambda: self._phones.set_rules(level, signature=signature, by=by)):
            voice.say(
                f"手机签到：{PHONE_LEVEL[level]}{'，手写签名' if signature else ''}，现在起生效。", Tone.OK
            )
        self._changed()

    def _on_add(self) -> None:
        path = self._choose()
        if path is not None:
            self.add_file(path)

    def add_file(self, path: Path) -> None:
        """Take a file in; what stands against it is said."""
        documents, by = self._documents, self.context.operator
        if documents is None:
            return
        added = attempt(self.context.voice, lambda: documents.add(path, by=by))
        if added is not None:
            self.context.voice.say(f"已添加“{added.name}”，批准后才发放。", Tone.OK)
            self._changed()
            self.table.choose(added.document_id, 1)

    def _on_approve(self) -> None:
        chosen, documents = self._chosen(), self._documents
        if chosen is None or documents is None:
            return
        if chosen.approved_by:
            if succeeds(self.context.voice, lambda: documents.hold_back(chosen.document_id)):
                self.context.voice.say(f"已停止发放“{chosen.name}”。", Tone.NEUTRAL)
            self._changed()
        else:
            self._ask_approver(chosen)

    def _ask_approver(self, chosen: Document) -> None:
        ask = QInputDialog(self)
        ask.setWindowTitle(self.tr("批准发放"))
        ask_in_words(ask, f"“{chosen.name}”由谁批准发放（会留在记录里）：")
        ask.setTextValue(self.context.at_work.usual)
        ask.setMinimumWidth(420)
        ask.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        ask.textValueSelected.connect(lambda by: self.approve_document(chosen.document_id, by))
        ask.open()

    def approve_document(self, document_id: str, by: str) -> None:
        """Hand a document out from now on."""
        documents = self._documents
        if documents and succeeds(self.context.voice, lambda: documents.approve(document_id, by=by)):
            self.context.voice.say("已批准发放，签到的人在手机上就能下载。", Tone.OK)
        self._changed()

    def remove_chosen(self) -> None:
        """Take the chosen document away."""
        chosen, documents, by = self._chosen(), self._documents, self.context.operator
        if chosen is None or documents is None or self.is_sealed:
            return
        if succeeds(self.context.voice, lambda: documents.remove(chosen.document_id, by=by)):
            self.context.voice.say(f"已移除“{chosen.name}”。", Tone.NEUTRAL)
        self._changed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del takes the chosen document away."""
        if event.key() == Qt.Key.Key_Delete:
            self.remove_chosen()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file may be dropped anywhere on the panel."""
        if dropped_file(event.mimeData()) is not None and not self.is_sealed:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the dropped file in."""
        path = dropped_file(event.mimeData())
        if path is not None:
            self.add_file(path)

    def _changed(self) -> None:
        self.refresh()
        self.step_changed.emit()


def size_words(size: int) -> str:
    """312 KB, 4.5 MB."""
    kilobytes = max(1, round(size / _KILOBYTE))
    return f"{kilobytes} KB" if kilobytes < _KILOBYTE else f"{kilobytes / _KILOBYTE:.1f} MB"


def _line(number: int, one: Document, is_here: bool) -> Line:
    added = one.added_at.astimezone()
    tag, tip = _state(one, is_here)
    cells = (
        Cell(str(number), mute=True),
        Cell(one.name, tip=one.name),
        Cell(size_words(one.size), mute=True),
        Cell(f"{day(added)} {clock_time(added)}", mute=True),
        Cell(tags=(tag,), tip=tip),
    )
    return Line(one.document_id, cells)


def _state(one: Document, is_here: bool) -> tuple[TagText, str]:
    """How far a document is from the telephones."""
    if not is_here:
        return TagText("文件不在本机", Tone.OVER, Mark.SQUARE), "这份文件没有随交接包带来，请移除后重新添加"
    if one.approved_by:
        return TagText(f"{display_name(one.approved_by)} 批准发放", Tone.OK, Mark.CHECK), "签到的人可以下载"
    return TagText("未批准", Tone.NEUTRAL, Mark.RING), "批准后才发放"
