"""到会情况: the sentence for the chair in large type, and whom to telephone.

It stays open beside the work and follows the figures. Telephone numbers are seen here only.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from huifeng_desktop.domain.people import Category, Seat
from huifeng_desktop.service.brief import Brief
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.action_button import ActionButton
from huifeng_desktop.ui.during.people_table import PeopleModel, PeopleTable, PersonRow
from huifeng_desktop.ui.during.words import joined
from huifeng_desktop.ui.kit.buttons import ButtonKind
from huifeng_desktop.ui.kit.labels import Card, text_label


class BriefDialog(QDialog):
    """Not modal; the page calls `show_brief` whenever the figures change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("到会情况"))
        self.resize(620, 560)
        self.sentence = text_label("", size=22, bold=True, parent=self)
        self.sentence.setWordWrap(True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.remarks = text_label("", tone="mute", parent=self)
        self.remarks.setWordWrap(True)
        self.caption = text_label("", size=15, bold=True, parent=self)
        self.copied = text_label("", size=13, tone="ok", parent=self)
        self.model = PeopleModel(self)
        self.table = PeopleTable(self.model, self)
        self.table.set_column_widths({0: 74, 2: 150, 3: 10}, 1)
        self._lay_out()

    def _lay_out(self) -> None:
        sheet = Card(self, padding=20, spacing=theme.SPACE_3)
        sheet.body.addWidget(text_label(self.tr("请主持人通报"), tone="mute", parent=sheet))
        sheet.body.addWidget(self.sentence)
        sheet.body.addWidget(self.remarks)
        missing = Card(self, padding=0, spacing=0)
        missing.body.setContentsMargins(0, 12, 0, 4)
        head = QHBoxLayout()
        head.setContentsMargins(14, 0, 14, 8)
        head.addWidget(self.caption)
        head.addStretch(1)
        missing.body.addLayout(head)
        missing.body.addWidget(self.table, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 14)
        layout.setSpacing(theme.SPACE_3)
        layout.addWidget(sheet)
        layout.addWidget(missing, 1)
        layout.addLayout(self._make_buttons())

    def _make_buttons(self) -> QHBoxLayout:
        copy = ActionButton(self.tr("复制这句话"), "Ctrl+C", kind=ButtonKind.PRIMARY, parent=self)
        done = ActionButton(self.tr("关闭"), "F2", parent=self)
        copy.clicked.connect(self.copy_sentence)
        done.clicked.connect(self.close)
        row = QHBoxLayout()
        row.addWidget(self.copied)
        row.addStretch(1)
        row.addWidget(done)
        row.addWidget(copy)
        return row

    def show_brief(self, brief: Brief) -> None:
        """Other figures."""
        if brief.sentence != self.sentence.text():
            self.copied.setText("")
        self.sentence.setText(brief.sentence)
        self.remarks.setText("\n".join(brief.remarks))
        self.remarks.setVisible(bool(brief.remarks))
        count = len(brief.missing)
        self.caption.setText(f"未到 {count} 人" if count else self.tr("应到的人都有着落"))
        self.model.set_rows([missing_row(seat) for seat in brief.missing])

    def copy_sentence(self) -> None:
        """Sentence and remarks to the clipboard; names and telephone numbers stay here."""
        text = "\n".join(filter(None, (self.sentence.text(), self.remarks.text())))
        QGuiApplication.clipboard().setText(text)
        self.copied.setText(self.tr("已复制"))


def missing_row(seat: Seat) -> PersonRow:
    """One missing person, with the telephone number in the last column."""
    mark = "县领导" if seat.category is Category.LEADER else str(seat.seq)
    phone = _grouped(seat.phone) or "无电话"
    where = joined("" if seat.category is Category.LEADER else seat.unit, seat.post)
    return PersonRow(seat.seat_id, mark, seat.display_name, where, phone, None, seat.seat_id)


def _grouped(phone: str) -> str:
    """138 0000 0016: easier to dial from."""
    digits = phone.strip()
    return f"{digits[:3]} {digits[3:7]} {digits[7:]}" if len(digits) == 11 and digits.isdigit() else digits
