"""请假与代会: who is excused, and who comes instead."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QInputDialog, QVBoxLayout, QWidget

from huifeng_desktop.domain.attendance import Leave
from huifeng_desktop.domain.imported import Approval, FileKind
from huifeng_desktop.domain.people import Seat, display_name
from huifeng_desktop.domain.state import MeetingState
from huifeng_desktop.ui.before.checking import APPROVAL
from huifeng_desktop.ui.before.file_panel import ChooseFile, FilePanel, FileWords
from huifeng_desktop.ui.before.frame import PanelFoot, succeeds
from huifeng_desktop.ui.before.leave_dialog import LeaveDialog
from huifeng_desktop.ui.before.table import Cell, Column, Line, RowsTable, TagText
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.kit.buttons import ButtonKind, KeyButton
from huifeng_desktop.ui.kit.marks import Mark
from huifeng_desktop.ui.theme import Tone

if TYPE_CHECKING:
    from huifeng_desktop.ui.during.door.leave_line_form import LeaveLineForm

_COLUMNS = (
    Column("单位", 140, 3),
    Column("姓名", 120, 1),
    Column("事由", 130, 2),
    Column("审批", 58),
    Column("批准人", 84),
    Column("代会人", 84, 1),
    Column("代会人职务", 140, 2),
)
_WORDS = FileWords(
    FileKind.LEAVE,
    "请假与代会",
    "还没有请假与代会",
    "条",
    "把请假情况文件拖到这里，或选择文件；也可以在 WPS 或 Excel 里复制表格后粘贴。\n"
    "先导入名单，请假的人才能对上；一两个人可以按 Ins 逐个登记，接电话时可以一行记一人。",
    "能认的栏目：姓名、单位、事由、审批（已批、未批、口头）、批准人、代会人、代会人职务。"
    "病情细节不存，只记“因病”。",
    _COLUMNS,
)
_STORED = (
    Column("序号", 52),
    Column("单位", 120, 3),
    Column("姓名", 112, 1),
    Column("职务", 130, 3),
    Column("事由", 172, 2),
    Column("审批", 98),
    Column("批准人", 80),
    Column("代会人", 80, 1),
    Column("代会人职务", 140, 2),
)
_APPROVAL_TAGS = {
    Approval.APPROVED: TagText("已批", Tone.OK, Mark.CHECK),
    Approval.NOT_APPROVED: TagText("未批", Tone.OVER, Mark.SQUARE),
    Approval.ORAL: TagText("口头待补", Tone.WARN, Mark.TRIANGLE),
}


class LeavePanel(FilePanel):
    """The list of leave as a file, and the leave the meeting knows of."""

    def __init__(self, context: UiContext, choose_file: ChooseFile, parent: QWidget | None = None) -> None:
        super().__init__(context, _WORDS, choose_file, parent)
        self.leave_table: RowsTable | None = None
        self.add = KeyButton(self.tr("登记一人"), shortcut="Ins", parent=self)
        self.lines = KeyButton(self.tr("一行登记…"), shortcut="Ctrl+Shift+L", parent=self)
        self.head.add(self.lines)
        self.head.add(self.add)
        self.lines.clicked.connect(self.add_lines)
        self.add.clicked.connect(self.add_leave)

    def stored_view(self) -> QWidget:
        """The leave, and the way to take one back."""
        view = QWidget(self)
        self.leave_table = RowsTable(_STORED, view)
        self.withdraw = KeyButton(self.tr("撤销这一条…"), hint="Del", kind=ButtonKind.DANGER, parent=view)
        self.withdraw.clicked.connect(self.ask_withdrawal)
        self.foot = PanelFoot(view)
        self.foot.add(self.withdraw)
        view.setFocusProxy(self.leave_table)
        layout = QVBoxLayout(view)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.leave_table, 1)
        layout.addWidget(self.foot)
        return view

    def has_stored(self) -> bool:
        """Whether anybody is on leave."""
        return bool(leaves(self.context.session.state))

    def show_state(self) -> None:
        """As every file panel; a leave can be added by hand whenever no file is being checked."""
        super().show_state()
        for button in (self.lines, self.add):
            button.setVisible(self.check is None)
            button.setEnabled(not self.is_sealed)

    def show_stored(self) -> None:
        """Every leave in house order."""
        state = self.context.session.state
        self.head.set_words("请假与代会", leave_sum(state))
        if self.leave_table is not None:
            self.leave_table.set_lines(
                [_line(number, seat, leave) for number, (seat, leave) in enumerate(leaves(state), 1)]
            )
            if self.leave_table.selected_row() < 0:
                self.leave_table.selectRow(0)
        self.withdraw.setEnabled(not self.is_sealed)
        self.foot.say(self.tr("准假并派人的算“准予代会”；口头请假三个工作日内补手续，逾期由人认定。"))

    def stored_sentence(self) -> str:
        """请假已存入：…"""
        return f"请假情况已存入：{leave_sum(self.context.session.state)}。"

    # -- by hand -------------------------------------------------------------------------------

    def add_leave(self) -> LeaveDialog:
        """Open the form for one person."""
        dialog = LeaveDialog(self.context, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.recorded.connect(self._on_recorded)
        dialog.open()
        return dialog

    def add_lines(self) -> LeaveLineForm:
        """Open the form that takes one leave after the other as they are told on the telephone."""
        from huifeng_desktop.ui.during.door.leave_line_form import LeaveLineForm

        form = LeaveLineForm(self.context, self)
        form.finished.connect(lambda _: self._changed())
        form.open()
        return form

    def ask_withdrawal(self) -> None:
        """Ask for the reason; the leave and its withdrawal both stay in the log."""
        event_id = self.leave_table.selected_key() if self.leave_table is not None else None
        if event_id is None or self.is_sealed:
            return
        ask = QInputDialog(self)
        ask.setWindowTitle(self.tr("撤销请假"))
        ask.setLabelText(self.tr("撤销的原因（会留在记录里）："))
        ask.setMinimumWidth(420)
        ask.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        ask.textValueSelected.connect(self._withdrawal_of(event_id))
        ask.open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del asks to take the chosen leave back."""
        if event.key() == Qt.Key.Key_Delete and self.check is None:
            self.ask_withdrawal()
        else:
            super().keyPressEvent(event)

    def _withdrawal_of(self, event_id: str) -> Callable[[str], None]:
        def withdraw(reason: str) -> None:
            context = self.context
            by = context.operator
            if succeeds(context.voice, lambda: context.door.undo(event_id, reason=reason, by=by)):
                context.voice.say("已撤销这一条请假。", Tone.NEUTRAL)
            self._changed()

        return withdraw

    def _on_recorded(self, sentence: str) -> None:
        self.context.voice.say(sentence)
        self._changed()

    def _changed(self) -> None:
        self.refresh()
        self.step_changed.emit()


def leaves(state: MeetingState) -> list[tuple[Seat, Leave]]:
    """Each leave once, with the first seat of its person, in house order."""
    found = []
    for seat in state.seats:
        leave = state.facts_of(seat).leave
        if leave is not None and seat.person_id == seat.seat_id:
            found.append((seat, leave))
    return found


def leave_sum(state: MeetingState) -> str:
    """9 人请假，4 人派员."""
    known = leaves(state)
    sent = sum(leave.deputy is not None for _, leave in known)
    return f"{len(known)} 人请假" + (f"，{sent} 人派员" if sent else "")


def _line(number: int, seat: Seat, leave: Leave) -> Line:
    deputy = leave.deputy
    cells = (
        Cell(str(number), mute=True),
        Cell(seat.unit, tip=seat.unit),
        Cell(seat.display_name, tip=seat.display_name),
        Cell(seat.post, tip=seat.post),
        Cell(leave.reason, tip=leave.reason),
        Cell(tags=(_APPROVAL_TAGS[leave.approval],), tip=APPROVAL[leave.approval]),
        Cell(display_name(leave.approved_by)),
        Cell(display_name(deputy.name) if deputy else "未派人", mute=deputy is None),
        Cell(deputy.post if deputy else "", tip=deputy.post if deputy else ""),
    )
    return Line(leave.event_id, cells)
