"""One leave by hand: find the person, say why, who approved, and who comes instead."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from huifeng_desktop.domain.imported import Approval
from huifeng_desktop.domain.people import Deputy, Seat, normalise_name
from huifeng_desktop.errors import UserProblem
from huifeng_desktop.service.door.search import SearchIndex
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.kit.buttons import ButtonKind, KeyButton, Segmented
from huifeng_desktop.ui.kit.labels import Card, text_label
from huifeng_desktop.ui.theme import Tone

_REASONS = ("因公", "因病", "其他")
_APPROVALS = (Approval.APPROVED, Approval.NOT_APPROVED, Approval.ORAL)
_SHOWN = 6
_LINE_HEIGHT = 28


class LeaveDialog(QDialog):
    """A form that stores one leave and closes; what is wrong is said inside it."""

    recorded = Signal(str)
    """A finished sentence about what was stored."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._index = SearchIndex(context.session.state.seats)
        self._found: list[Seat] = []
        self._seat: Seat | None = None
        self.setWindowTitle(self.tr("登记请假"))
        self.setFixedWidth(560)
        self._make_fields()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 18)
        layout.setSpacing(theme.SPACE_3)
        layout.addWidget(text_label(self.tr("登记请假"), size=16, bold=True, parent=self))
        layout.addLayout(self._form())
        layout.addWidget(self.problem)
        layout.addLayout(self._buttons())
        self.person.textChanged.connect(self._on_typed)
        self.matches.itemClicked.connect(lambda _: self._choose())
        self.person.installEventFilter(self)
        self.person.setFocus()

    def _make_fields(self) -> None:
        self.person = QLineEdit(self)
        self.person.setPlaceholderText(self.tr("姓名、拼音或单位，↑ ↓ 选择，Enter 确定"))
        self.matches = QListWidget(self)
        self.matches.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.matches.setFixedHeight(_LINE_HEIGHT * _SHOWN + 2)
        self.reason = Segmented(_REASONS, parent=self)
        self.approval = Segmented(("已批", "未批", "口头"), parent=self)
        self.approver, self.deputy = QLineEdit(self), QLineEdit(self)
        self.deputy_post = QLineEdit(self)
        self.deputy.setPlaceholderText(self.tr("不派人就空着"))
        self.problem = text_label(tone=Tone.OVER.value, parent=self)
        self.problem.setWordWrap(True)
        self.problem.hide()

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(theme.SPACE_4)
        form.setVerticalSpacing(theme.SPACE_2 + 2)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        rows: tuple[tuple[str, QWidget], ...] = (
            ("请假人", self.person),
            ("", self._framed_matches()),
            ("事由", self.reason),
            ("审批", self.approval),
            ("批准人", self.approver),
            ("代会人", self.deputy),
            ("代会人职务", self.deputy_post),
        )
        for name, field in rows:
            field.setAccessibleName(name)
            form.addRow(text_label(name, tone="mute", parent=self), field)
        return form

    def _framed_matches(self) -> Card:
        frame = Card(self, padding=1)
        frame.body.addWidget(self.matches)
        return frame

    def _buttons(self) -> QHBoxLayout:
        self.cancel = KeyButton(self.tr("取消"), hint="Esc", parent=self)
        self.store = KeyButton(self.tr("存入"), shortcut="Ctrl+S", kind=ButtonKind.PRIMARY, parent=self)
        self.cancel.clicked.connect(self.reject)
        self.store.clicked.connect(self.save)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.store)
        return row

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """↑, ↓ and Enter in the search field work on the list below it."""
        if watched is self.person and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if step is not None and self._found:
                row = min(max(self.matches.currentRow() + step, 0), len(self._found) - 1)
                self.matches.setCurrentRow(row)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose()
                return True
        return super().eventFilter(watched, event)

    def _on_typed(self, text: str) -> None:
        if self._seat is not None and text == _label(self._seat):
            return
        self._seat = None
        self._found = self._index.find(text, _SHOWN)
        self.matches.clear()
        for seat in self._found:
            self._add_line(_label(seat))
        if self._found:
            self.matches.setCurrentRow(0)

    def _choose(self) -> None:
        row = self.matches.currentRow()
        if self._seat is None and 0 <= row < len(self._found):
            self._seat = self._found[row]
            self.person.setText(_label(self._seat))
            self.matches.clear()
            self._add_line(self.tr("已选定；改写上面一行可以重选"))
        if self._seat is not None:
            self.reason.button(self.reason.index()).setFocus(Qt.FocusReason.TabFocusReason)

    def _add_line(self, text: str) -> None:
        line = QListWidgetItem(text, self.matches)
        line.setSizeHint(QSize(0, _LINE_HEIGHT))

    def save(self) -> None:
        """Store the leave, or say what is missing."""
        try:
            sentence = self._record()
        except UserProblem as problem:
            self.problem.setText(str(problem))
            self.problem.show()
            return
        self.recorded.emit(sentence)
        self.accept()

    def _record(self) -> str:
        if self._seat is None:
            raise UserProblem("还没有选定请假人，请输入姓名后从列表里选定。")
        name = normalise_name(self.deputy.text())
        if not name and self.deputy_post.text().strip():
            raise UserProblem("填了代会人职务，没有填代会人，请补上姓名。")
        deputy = Deputy(name, self.deputy_post.text().strip()) if name else None
        self._context.door.record_leave(
            self._seat.seat_id,
            reason=_REASONS[self.reason.index()],
            approval=_APPROVALS[self.approval.index()],
            approved_by=normalise_name(self.approver.text()),
            deputy=deputy,
        )
        sent = f"，由{deputy.name}代会" if deputy else ""
        return f"已登记{self._seat.unit}{self._seat.name}请假{sent}。"


def _label(seat: Seat) -> str:
    return f"{seat.display_name}　{seat.unit}　{seat.post}".rstrip("　")
