"""议程: the items, who speaks, and for how long."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from huifeng_desktop import wording
from huifeng_desktop.domain.agenda import AgendaItem, ItemKind
from huifeng_desktop.domain.imported import FileKind
from huifeng_desktop.domain.people import display_name
from huifeng_desktop.domain.speaker_timer import Run
from huifeng_desktop.domain.state import MeetingState
from huifeng_desktop.rules.speaking import limit_of
from huifeng_desktop.ui.before.agenda_editor import AgendaEditor
from huifeng_desktop.ui.before.file_panel import ChooseFile, FilePanel, FileWords
from huifeng_desktop.ui.before.frame import succeeds
from huifeng_desktop.ui.before.script_dialog import ScriptDialog
from huifeng_desktop.ui.before.table import Cell, Column, Line, RowsTable, TagText
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.kit.buttons import KeyButton
from huifeng_desktop.ui.kit.marks import Mark
from huifeng_desktop.ui.kit.tag import Tag
from huifeng_desktop.ui.theme import Tone

if TYPE_CHECKING:
    from huifeng_desktop.ui.during.timing.pace_dialog import PaceDialog

_COLUMNS = (
    Column("议题", 240, 4),
    Column("发言人", 130, 1),
    Column("单位", 190, 3),
    Column("类型", 96),
    Column("时长", 84),
)
_WORDS = FileWords(
    FileKind.AGENDA,
    "议程",
    "还没有议程",
    "项",
    "把议程文件拖到这里，或选择文件；也可以在 WPS 或 Excel 里复制表格后粘贴。\n"
    "没有文件也行：按 Ins 逐项添加。",
    "能认的栏目：议题、发言人、单位、类型、时长（10、10分钟、6:30、6分30秒、十五分钟）。时长空着按类型："
    "汇报 10 分钟，多媒体汇报 15 分钟，其他发言 5 分钟。",
    _COLUMNS,
)
_STORED = (
    Column("序号", 52),
    Column("议题", 260, 4),
    Column("发言人", 130, 1),
    Column("单位", 200, 3),
    Column("类型", 96),
    Column("限时", 88),
    Column("说明", 170, 2),
)
_RUN_WORDS = {Run.RUNNING: "正在计时", Run.PAUSED: "暂停计时", Run.FINISHED: "已结束", Run.SKIPPED: "已跳过"}


class AgendaPanel(FilePanel):
    """The agenda file, and the items the meeting has, which can be edited here."""

    def __init__(self, context: UiContext, choose_file: ChooseFile, parent: QWidget | None = None) -> None:
        super().__init__(context, _WORDS, choose_file, parent)
        self.items_table: RowsTable | None = None
        self.editor: AgendaEditor | None = None
        self.overrun = Tag(parent=self)
        self.head.add(self.overrun)
        self.whole = KeyButton(self.tr("全场限时…"), shortcut="Ctrl+L", parent=self)
        self.head.add(self.whole)
        self.whole.clicked.connect(self.open_pace)
        self.script = KeyButton(self.tr("讲话稿…"), shortcut="Ctrl+G", parent=self)
        self.add = KeyButton(self.tr("添加一项"), shortcut="Ins", parent=self)
        self.head.add(self.script)
        self.head.add(self.add)
        self.script.clicked.connect(self.open_script)
        self.add.clicked.connect(self.add_item)

    def stored_view(self) -> QWidget:
        """The items above, the editor of the chosen one below."""
        view = QWidget(self)
        self.items_table = RowsTable(_STORED, view, row_height=34)
        self.editor = AgendaEditor(self.context, view)
        self.items_table.row_changed.connect(self._on_row_changed)
        self.items_table.row_activated.connect(self.editor.focus_title)
        self.editor.saved.connect(self._on_saved)
        self.editor.remove_requested.connect(self.remove_item)
        self.editor.move_requested.connect(self.move_item)
        view.setFocusProxy(self.items_table)
        layout = QVBoxLayout(view)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.items_table, 1)
        layout.addWidget(self.editor)
        return view

    def has_stored(self) -> bool:
        """Whether the meeting has items, or one is being written."""
        return bool(self.context.session.state.items) or (self.editor is not None and self.editor.is_new)

    def show_state(self) -> None:
        """As every file panel; adding is possible whenever no file is being checked."""
        super().show_state()
        self.add.setVisible(self.check is None)
        self.add.setEnabled(not self.is_sealed)
        offered = self.context.scripts is not None and self.check is None
        has_items = self.check is None and bool(self.context.session.state.items)
        self.script.setVisible(offered and has_items)
        self.script.setEnabled(not self.is_sealed)
        self.whole.setVisible(has_items)
        self.whole.setEnabled(not self.is_sealed)
        self._show_overrun(has_items)

    def show_stored(self) -> None:
        """Every item, the sum, and the chosen one in the editor."""
        if self.items_table is None or self.editor is None:
            return
        state = self.context.session.state
        self.head.set_words(
            "议程", f"{len(state.items)} 项　计划 {wording.minutes_seconds(planned_s(state.items))}"
        )
        self.items_table.set_lines(item_lines(state))
        if state.items and self.items_table.selected_row() < 0 and not self.editor.is_new:
            self.items_table.choose(state.items[0].item_id)
        self.editor.set_locked(self.is_sealed)
        if not self.editor.is_new and not self.editor.is_touched:
            self._on_row_changed(self.items_table.selected_row())

    def stored_sentence(self) -> str:
        """议程已存入：…"""
        return f"议程已存入：{agenda_sum(self.context.session.state.items)}。"

    # -- editing -------------------------------------------------------------------------------

    def add_item(self) -> None:
        """Begin a new item below the chosen one."""
        if self._stored is None:
            self._stored = self.stored_view()
            self._pages.addWidget(self._stored)
        if self.editor is not None:
            self.editor.keep_changes()
            self.editor.begin_new(self._follower())
            self.refresh()
            self.editor.focus_title()

    def open_script(self) -> ScriptDialog | None:
        """Count the chosen item's script; what was typed in the fields is stored before."""
        scripts, editor = self.context.scripts, self.editor
        if scripts is None or editor is None:
            return None
        if editor.is_new or editor.is_touched:
            editor.save()
        key = self.items_table.selected_key() if self.items_table is not None else None
        item = self.context.session.state.item(key) if key else None
        if item is None or editor.is_new or editor.is_touched:
            return None
        dialog = ScriptDialog(self.context, scripts, item, parent=self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.stored.connect(self._on_limit_stored)
        dialog.open()
        return dialog

    def open_pace(self) -> PaceDialog:
        """How long the whole meeting may take, and what might be shortened to keep that: advice only."""
        from huifeng_desktop.ui.during.timing.pace_dialog import PaceDialog

        dialog = PaceDialog(self.context, self)
        dialog.finished.connect(lambda _: self._changed())
        dialog.open()
        return dialog

    def _show_overrun(self, has_items: bool) -> None:
        """The time of the whole meeting on its button; a mark where the items do not fit into it."""
        limit = self.context.session.plan.limit_s
        whole = self.tr("全场限时")
        self.whole.setText(f"{whole}…" if limit is None else f"{whole} {wording.minutes_seconds(limit)}…")
        over = planned_s(self.context.session.state.items) - limit if limit is not None else 0
        self.overrun.setVisible(has_items and over > 0)
        if over > 0:
            self.overrun.set_state(f"超出 {wording.minutes_seconds(over)}", Tone.WARN, Mark.TRIANGLE)

    def remove_item(self, item_id: str) -> None:
        """Take an item off the agenda."""
        item = self.context.session.state.item(item_id)
        if item is not None and succeeds(
            self.context.voice, lambda: self.context.podium.remove_item(item_id)
        ):
            self.context.voice.say(f"已删除议题“{item.title}”。", Tone.NEUTRAL)
        self._changed()

    def move_item(self, item_id: str, by: int) -> None:
        """Move an item up or down."""
        order = [item.item_id for item in self.context.session.state.items]
        place = order.index(item_id) + by if item_id in order else -1
        if not 0 <= place < len(order):
            return
        order.remove(item_id)
        order.insert(place, item_id)
        succeeds(self.context.voice, lambda: self.context.podium.reorder(order))
        self._changed()
        if self.items_table is not None:
            self.items_table.choose(item_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del removes the chosen item."""
        key = self.items_table.selected_key() if self.items_table is not None else None
        if event.key() == Qt.Key.Key_Delete and key and self.check is None and not self.is_sealed:
            self.remove_item(key)
        else:
            super().keyPressEvent(event)

    def _follower(self) -> str | None:
        """The item before which a new one goes: the one after the chosen."""
        items = self.context.session.state.items
        row = self.items_table.selected_row() if self.items_table is not None else -1
        return items[row + 1].item_id if 0 <= row < len(items) - 1 else None

    def _on_row_changed(self, _: int) -> None:
        if self.items_table is not None and self.editor is not None:
            key = self.items_table.selected_key()
            item = self.context.session.state.item(key) if key else None
            if item is None:
                return
            if not self.editor.shows(item.item_id):
                self.editor.keep_changes()
            elif self.editor.is_touched:
                return
            self.editor.show_item(item)

    def _on_saved(self, item_id: str) -> None:
        self._changed()
        if self.items_table is not None and item_id:
            self.items_table.choose(item_id)
            self.items_table.setFocus()

    def _on_limit_stored(self, sentence: str) -> None:
        self.context.voice.say(sentence)
        self._changed()

    def _changed(self) -> None:
        self.refresh()
        self.step_changed.emit()


def agenda_sum(items: Sequence[AgendaItem]) -> str:
    """13 项　85:00."""
    return f"{len(items)} 项　{wording.minutes_seconds(planned_s(items))}"


def planned_s(items: Sequence[AgendaItem]) -> int:
    """Seconds that all items may take together."""
    return sum(limit_of(item) or 0 for item in items)


def item_lines(state: MeetingState) -> list[Line]:
    """The items as table lines."""
    return [_item_line(number, item, state) for number, item in enumerate(state.items, 1)]


def _item_line(number: int, item: AgendaItem, state: MeetingState) -> Line:
    limit = limit_of(item)
    ruled = item.kind.default_limit_s
    tags = []
    run = state.timing(item.item_id).run
    if run in _RUN_WORDS:
        tags.append(TagText(_RUN_WORDS[run], Tone.NEUTRAL, Mark.DOT))
    if item.kind is not ItemKind.HOSTING and ruled is not None and limit is not None and limit > ruled:
        tags.append(TagText(f"超过规定的 {ruled // 60} 分钟", Tone.WARN, Mark.TRIANGLE))
    own = item.limit_s is None and limit is not None
    cells = (
        Cell(str(number), mute=True),
        Cell(item.title, tip=item.title),
        Cell(display_name(item.speaker), tip=item.speaker),
        Cell(item.unit, tip=item.unit),
        Cell(wording.ITEM_KIND[item.kind]),
        Cell(wording.minutes_seconds(limit) or "不限时", mute=limit is None),
        Cell("按类型" if own else "", mute=True, tags=tuple(tags)),
    )
    return Line(item.item_id, cells)
