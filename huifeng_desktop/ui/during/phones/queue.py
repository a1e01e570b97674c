"""手机待确认: who asks to be signed in by telephone under 严格, and a person's yes or no to each.

Only there while somebody waits. Its keys work wherever the focus is, so that the box stays free.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from huifeng_desktop.domain.people import display_name
from huifeng_desktop.service.door.phones import WaitingRow
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.action_button import ActionButton
from huifeng_desktop.ui.during.people_table import PeopleModel, PeopleTable, PersonRow
from huifeng_desktop.ui.during.words import joined
from huifeng_desktop.ui.kit.buttons import ButtonKind
from huifeng_desktop.ui.kit.marks import Mark
from huifeng_desktop.ui.kit.tag import Tag
from huifeng_desktop.ui.theme import Tone
from huifeng_desktop.wording import clock_time

_ROW, _MOST_ROWS = 45, 3


class _WaitingTable(PeopleTable):
    """Del says no to the chosen line; Enter is the table's own."""

    refused = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del; everything else is the table's."""
        if event.key() == Qt.Key.Key_Delete:
            self.refused.emit()
        else:
            super().keyPressEvent(event)


class PhoneQueue(QWidget):
    """The list and its buttons; it asks and changes nothing itself."""

    confirm_requested = Signal(list)
    """Proposals to confirm, by id."""
    refuse_requested = Signal(str, str)
    """A proposal and the person's name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[WaitingRow] = []
        self._is_aside = False
        self.tag = Tag("", Tone.OVER, Mark.SQUARE, parent=self)
        self.all = ActionButton(self.tr("全部确认"), "Ctrl+Shift+Return", size=13, height=28, parent=self)
        self.yes = ActionButton(
            self.tr("确认"), "Ctrl+Return", kind=ButtonKind.PRIMARY, size=13, height=30, parent=self
        )
        self.no = ActionButton(self.tr("不确认…"), "Ctrl+Del", size=13, height=30, parent=self)
        self.model = PeopleModel(self)
        self.table = _WaitingTable(self.model, self)
        self.table.setMinimumHeight(_ROW)
        self._lay_out()
        self._connect()
        self.hide()

    def _lay_out(self) -> None:
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.tag)
        head.addStretch(1)
        head.addWidget(self.all)
        foot.addWidget(self.yes, 1)
        foot.addWidget(self.no)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE_1)
        layout.addLayout(head)
        layout.addWidget(self.table)
        layout.addLayout(foot)

    def _connect(self) -> None:
        self.all.clicked.connect(lambda: self.confirm_requested.emit([one.proposal for one in self._rows]))
        self.yes.clicked.connect(self._on_yes)
        self.no.clicked.connect(self._on_no)
        self.table.row_activated.connect(lambda _: self._on_yes())
        self.table.refused.connect(self._on_no)

    def show_waiting(self, rows: Sequence[WaitingRow]) -> None:
        """Other lines; the oldest is chosen, so that the key for 确认 always means somebody."""
        self._rows = list(rows)
        self.model.set_rows([_line(row) for row in self._rows])
        self.tag.set_state(f"手机待确认 {len(self._rows)}", Tone.OVER, Mark.SQUARE)
        self.table.setFixedHeight(_ROW * min(max(len(self._rows), 1), _MOST_ROWS) + 2)
        if self._rows and self.table.selected_row() < 0:
            self.table.selectRow(0)
        self._show()

    def set_aside(self, is_aside: bool) -> None:
        """Make room while somebody is typed in."""
        self._is_aside = is_aside
        self._show()

    def _show(self) -> None:
        self.setVisible(bool(self._rows) and not self._is_aside)

    def _chosen(self) -> PersonRow | None:
        return self.table.selected_person()

    def _on_yes(self) -> None:
        row = self._chosen()
        if row is not None:
            self.confirm_requested.emit([row.key])

    def _on_no(self) -> None:
        row = self._chosen()
        if row is not None:
            self.refuse_requested.emit(row.key, row.name)


def _line(row: WaitingRow) -> PersonRow:
    """Who, from where, when; a telephone that was used for somebody else is told in full."""
    seat, deputy, other = row.seat, row.deputy, row.shared_with
    name = display_name(deputy.name) if deputy else seat.display_name
    stands_for = f"代 {seat.display_name}" if deputy else seat.post
    same = f"此手机 {clock_time(other.at)} 已用于{display_name(other.name)}" if other else ""
    tag, tone = _tag(row)
    return PersonRow(
        row.proposal, clock_time(row.at), name, same or joined(seat.unit, stands_for), tag, tone, seat.seat_id
    )


def _tag(row: WaitingRow) -> tuple[str, Tone]:
    if row.shared_with is not None:
        return "同一手机", Tone.OVER
    return ("代会", Tone.WARN) if row.deputy is not None else ("手机", Tone.NEUTRAL)
