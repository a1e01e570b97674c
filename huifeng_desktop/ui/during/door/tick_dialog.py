"""逐单位勾选: the roster unit by unit; a tick signs in at once, taking it away takes the entry back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from huifeng_desktop.domain.people import Seat, name_key
from huifeng_desktop.service.door.roll import Roll, callable_seats
from huifeng_desktop.service.door.sign_in import Method
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.action_button import ActionButton
from huifeng_desktop.ui.attempt import attempt
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.during.door.headcount_dialog import ANSWERED, CountTable, is_meant, search_text
from huifeng_desktop.ui.during.words import WIDE, presence_words
from huifeng_desktop.ui.kit.buttons import Segmented
from huifeng_desktop.ui.kit.labels import Card, text_label
from huifeng_desktop.ui.kit.marks import Mark
from huifeng_desktop.ui.kit.table import MARK_ROLE, TONE_ROLE
from huifeng_desktop.ui.theme import Tone
from huifeng_desktop.wording import outcome_sentence

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_HEADERS = ("到会", "单位", "序号", "姓名", "职务", "现在")
_TICK, _UNIT, _NUMBER, _NAME, _POST, _NOW = range(6)


class TickModel(QAbstractTableModel):
    """Seats with what is known of each; the unit stands at the first of its people only."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._seats: list[Seat] = []
        self._heads: list[str] = []
        self._words: dict[str, tuple[str, Tone]] = {}
        self._here: set[str] = set()

    def show_seats(
        self,
        seats: Sequence[Seat],
        here: set[str],
        words: dict[str, tuple[str, Tone]],
        totals: dict[str, str],
    ) -> None:
        """Other people, or the same people with other news; `totals` is what stands behind a unit."""
        heads = [
            "" if place and seats[place - 1].unit == seat.unit else f"{seat.unit}{WIDE}{totals[seat.unit]}"
            for place, seat in enumerate(seats)
        ]
        same = list(seats) == self._seats
        if not same:
            self.beginResetModel()
        self._seats, self._heads, self._here, self._words = list(seats), heads, here, words
        if not same:
            self.endResetModel()
        elif seats:
            self.dataChanged.emit(self.index(0, 0), self.index(len(seats) - 1, len(_HEADERS) - 1))

    def seat(self, row: int) -> Seat | None:
        """Who stands in a row."""
        return self._seats[row] if 0 <= row < len(self._seats) else None

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """People."""
        return 0 if parent.isValid() else len(self._seats)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """As the header says."""
        return 0 if parent.isValid() else len(_HEADERS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Column titles."""
        shown = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return _HEADERS[section] if shown else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Texts, and the tick as tag with shape and word."""
        seat = self.seat(index.row())
        if seat is None:
            return None
        if role not in ANSWERED:
            return None
        here, column = seat.seat_id in self._here, index.column()
        word, tone = self._words.get(seat.seat_id, ("", Tone.PLAIN))
        if role == Qt.ItemDataRole.DisplayRole:
            head = self._heads[index.row()]
            return ("到" if here else "未到", head, str(seat.seq), seat.display_name, seat.post, word)[column]
        if role == TONE_ROLE and column in (_TICK, _NOW):
            return (Tone.OK if here else Tone.PLAIN) if column == _TICK else tone
        if role == MARK_ROLE and column == _TICK:
            return Mark.CHECK if here else Mark.RING
        if role == Qt.ItemDataRole.ForegroundRole and column in (_NUMBER, _POST):
            return QColor(theme.MUTE)
        if role == Qt.ItemDataRole.FontRole and column == _UNIT:
            return _bold()
        return None


def _bold() -> QFont:
    return theme.ui_font(13, bold=True)


class TickDialog(QDialog):
    """Everything is stored as it is ticked; closing loses nothing."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._roll = Roll(context.session, context.door, Method.TICKED, context.operator)
        self._seats: list[tuple[Seat, str]] = []
        self._here: set[str] = set()
        self._words: dict[str, tuple[str, Tone]] = {}
        self._totals: dict[str, str] = {}
        self.setWindowTitle(self.tr("逐单位勾选"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(980, 640)
        self.model = TickModel(self)
        self.table = CountTable(self)
        self.table.setModel(self.model)
        self.table.set_column_widths({_TICK: 92, _UNIT: 300, _NUMBER: 60, _NAME: 150, _NOW: 120}, _POST)
        self.table.setItemDelegateForColumn(_NOW, self.table.itemDelegateForColumn(_TICK))
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("单位、姓名、拼音"))
        self.which = Segmented([self.tr("全部"), self.tr("未到")], compact=True, parent=self)
        self.summary = text_label("", size=15, bold=True, parent=self)
        self.problem = text_label("", size=13, tone="over", parent=self)
        self._lay_out()
        self.table.toggled.connect(self.toggle)
        self.search.textChanged.connect(self._show)
        self.which.index_changed.connect(self._show)
        context.bridge.changed.connect(self._read)
        self._read()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.search, 1)
        head.addWidget(self.which)
        sheet = Card(self, padding=0, spacing=0)
        sheet.body.addWidget(self.table)
        whole = ActionButton(self.tr("本单位全到"), "Ctrl+A", parent=self)
        done = ActionButton(self.tr("关闭"), "Esc", parent=self)
        whole.clicked.connect(self.tick_unit)
        done.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.addWidget(self.summary)
        foot.addWidget(
            text_label(self.tr("单击“到会”或按空格勾选，再按一次撤回"), size=13, tone="mute", parent=self)
        )
        foot.addWidget(self.problem, 1)
        foot.addWidget(whole)
        foot.addWidget(done)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 14)
        layout.setSpacing(theme.SPACE_3)
        layout.addLayout(head)
        layout.addWidget(sheet, 1)
        layout.addLayout(foot)

    def toggle(self, row: int) -> None:
        """Sign in, or take the entry back."""
        seat = self.model.seat(row)
        if seat is None:
            return
        self.problem.setText("")
        if self._roll.is_here(seat):
            attempt(self._context.voice, lambda: self._roll.absent(seat))
        else:
            self._sign([seat])

    def tick_unit(self) -> None:
        """Everybody of the chosen person's unit who is not here yet."""
        chosen = self.model.seat(self.table.selected_row())
        if chosen is not None:
            everybody = callable_seats(self._context.session.verdicts())
            self._sign([seat for seat in everybody if seat.unit == chosen.unit])

    def _sign(self, seats: Sequence[Seat]) -> None:
        outcomes = attempt(self._context.voice, lambda: [self._roll.present(seat) for seat in seats])
        refused = next((one for one in outcomes or () if not one.is_durable), None)
        self.problem.setText(outcome_sentence(refused) if refused is not None else "")

    def _read(self, _: object = None) -> None:
        """Take in what has changed; typing afterwards only looks through it."""
        verdicts = self._context.session.verdicts()
        seats = callable_seats(verdicts, everybody=True)
        self._seats = [(seat, search_text(seat)) for seat in seats]
        self._here = {one.seat.seat_id for one in verdicts if one.signed_in_at is not None}
        self._words = {one.seat.seat_id: presence_words(one) for one in verdicts}
        self._totals = _totals(seats, self._here)
        came = sum(seat.seat_id in self._here for seat in seats)
        self.summary.setText(f"已到 {came} 人　还没到 {len(seats) - came} 人")
        self._show()

    def _show(self, _: object = None) -> None:
        needle, missing_only = name_key(self.search.text()), self.which.index() == 1
        wanted = [
            seat
            for seat, text in self._seats
            if is_meant(needle, text) and not (missing_only and seat.seat_id in self._here)
        ]
        self.model.show_seats(wanted, self._here, self._words, self._totals)


def _totals(seats: Sequence[Seat], here: set[str]) -> dict[str, str]:
    """2/3 for each unit: how many of its people came."""
    all_of: dict[str, int] = {}
    came: dict[str, int] = {}
    for seat in seats:
        all_of[seat.unit] = all_of.get(seat.unit, 0) + 1
        came[seat.unit] = came.get(seat.unit, 0) + (seat.seat_id in here)
    return {unit: f"{came[unit]}/{count}" for unit, count in all_of.items()}
