"""一行登记请假: who, why, approved by whom, and the deputy, typed as it is told on the telephone."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from huifeng_desktop.domain.imported import Approval
from huifeng_desktop.domain.people import display_name
from huifeng_desktop.service.door.leave_line import LeaveLine, read_leave_line
from huifeng_desktop.ui.attempt import attempt
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.during.forms import Form
from huifeng_desktop.ui.during.words import joined, seat_words
from huifeng_desktop.ui.kit.labels import text_label
from huifeng_desktop.ui.theme import Tone

_APPROVALS = {
    Approval.APPROVED: "已批准",
    Approval.ORAL: "口头同意，待补手续",
    Approval.NOT_APPROVED: "未批准",
}


class LeaveLineForm(Form):
    """Shows what was understood under the line; Enter stores it and waits for the next."""

    def __init__(self, context: UiContext, parent: QWidget | None) -> None:
        super().__init__("一行登记请假", "一行登记请假", parent, confirm="登记")
        self._context = context
        self.setMinimumWidth(640)
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(
            self.tr("张三 因公 李四批 代：王五 副局长　（单位、口头、未批可加在任意处）")
        )
        self.line.setAccessibleName(self.tr("请假"))
        self.who, self.what, self.deputy = (text_label("", parent=self) for _ in range(3))
        self.who.setWordWrap(True)
        self.fields.addRow(self.tr("请假"), self.line)
        self.fields.addRow(self.tr("谁"), self.who)
        self.fields.addRow(self.tr("事由、批准"), self.what)
        self.fields.addRow(self.tr("代会"), self.deputy)
        self.line.textChanged.connect(self._show)
        self._show()
        self.line.setFocus()

    def reading(self) -> LeaveLine:
        """What the line says now."""
        return read_leave_line(self.line.text(), self._context.session.state.seats)

    def _show(self, _: object = None) -> None:
        said = self.reading()
        typed = bool(self.line.text().strip())
        self.who.setText(seat_words(said.seat) if said.seat else "；".join(said.doubts) or "—")
        by = f"{display_name(said.approved_by)} " if said.approved_by else ""
        self.what.setText(joined(said.reason, by + _APPROVALS[said.approval]) if typed else "—")
        deputy = said.deputy
        self.deputy.setText(joined(display_name(deputy.name), deputy.post) if deputy else "没有派人")
        self._hint.hide()

    def confirm(self) -> None:
        """Store what is clear; say what is not."""
        said = self.reading()
        seat = said.seat
        if seat is None or not said.is_clear:
            self.refuse("；".join(said.doubts) or "请先写请假人的姓名。")
            return
        event = attempt(
            self._context.voice,
            lambda: self._context.door.record_leave(
                seat.seat_id,
                reason=said.reason,
                approval=said.approval,
                approved_by=said.approved_by,
                deputy=said.deputy,
            ),
        )
        if event is not None:
            detail = joined(said.reason, seat.unit, seat.post)
            self._context.voice.greet(f"{seat.display_name}　已登记请假", detail, Tone.OK)
            self.line.clear()
