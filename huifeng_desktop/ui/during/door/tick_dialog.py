"""逐单位勾选: the roster unit by unit; a tick signs in at once, taking it away takes the entry back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from huifeng_desktop.domain.people import Seat
from huifeng_desktop.domain.touched import Touched
from huifeng_desktop.service.door.roll import Roll, callable_seats
from huifeng_desktop.service.door.search import narrowing, search_text
from huifeng_desktop.service.door.sign_in import Method
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.action_button import ActionButton
from huifeng_desktop.ui.attempt import attempt
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.during.door.headcount_dialog import ANSWERED, CountSearch, CountTable
from huifeng_desktop.ui.during.words import joined, presence_words
from huifeng_desktop.ui.following import Following
from huifeng_desktop.ui.kit.buttons import Segmented
from huifeng_desktop.ui.kit.flat_model import FlatModel, Index
from huifeng_desktop.ui.kit.labels import Card, text_label
from huifeng_desktop.ui.kit.marks import Mark
from huifeng_desktop.ui.kit.row_sync import sync_rows
from huifeng_desktop.ui.kit.table import MARK_ROLE, TONE_ROLE
from huifeng_desktop.ui.theme import Tone
from huifeng_desktop.wording import outcome_sentence

_TICK, _UNIT, _NUMBER, _NAME, _POST, _NOW = range(6)


@dataclass(frozen=True, slots=True)
class TickRow:
    """One person; `total` (2/3) stands behind the unit at the first of its people."""

    seat: Seat
    total: str
    here: bool
    word: str
    tone: Tone


class TickModel(FlatModel):
    """What is known of each, changed by exact ranges; the unit is bold at the first of its people."""

    HEADERS = ("到会", "单位", "序号", "姓名", "职务", "现在")

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: list[TickRow] = []

    def set_rows(self, rows: Sequence[TickRow]) -> None:
        """Other people, or the same people with other news."""
        sync_rows(self, self._rows, rows, lambda row: row.seat.seat_id)

    def units(self) -> set[str]:
        """Whose people are shown."""
        return {row.seat.unit for row in self._rows}

    def seat(self, row: int) -> Seat | None:
        """Who stands in a row."""
        return self._rows[row].seat if 0 <= row < len(self._rows) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Texts, and the tick as tag with shape and word."""
        if not index.isValid() or role not in ANSWERED:
            return None
        row, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            seat, unit = row.seat, joined(row.seat.unit, row.total)
            here = "到" if row.here else "未到"
            return (here, unit, str(seat.seq), seat.display_name, seat.post, row.word)[column]
        if role == TONE_ROLE and column in (_TICK, _NOW):
            return (Tone.OK if row.here else Tone.PLAIN) if column == _TICK else row.tone
        if role == MARK_ROLE and column == _TICK:
            return Mark.CHECK if row.here else Mark.RING
        quiet = column in (_NUMBER, _POST) or (column == _UNIT and not row.total)
        if role == Qt.ItemDataRole.ForegroundRole and quiet:
            return QColor(theme.MUTE)
        if role == Qt.ItemDataRole.FontRole and column == _UNIT and row.total:
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
        self._roster: list[Seat] = []
        self._seats: dict[str, tuple[Seat, str]] = {}
        self._news: dict[str, tuple[bool, str, Tone]] = {}
        """Of each seat: whether somebody is in, and the tag of 现在."""
        self._totals: dict[str, tuple[int, int]] = {}
        self.setWindowTitle(self.tr("逐单位勾选"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(980, 640)
        self.model = TickModel(self)
        self.table = CountTable(self)
        self.table.setModel(self.model)
        self.table.set_column_widths({_TICK: 92, _UNIT: 300, _NUMBER: 60, _NAME: 150, _NOW: 120}, _POST)
        self.table.setItemDelegateForColumn(_NOW, self.table.itemDelegateForColumn(_TICK))
        self.search = CountSearch(self.table, self.tr("单位、姓名、拼音"), self)
        self.which = Segmented([self.tr("全部"), self.tr("未到")], compact=True, parent=self)
        self.summary = text_label("", size=15, bold=True, parent=self)
        self.problem = text_label("", size=13, tone="over", parent=self)
        self._lay_out()
        self.table.toggled.connect(self.toggle)
        self.search.textChanged.connect(self._show)
        self.which.index_changed.connect(self._show)
        self._follow = Following(context, self._read, self)
        self._follow.show_all()
        self.search.setFocus()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.search, 1)
        head.addWidget(self.which)
        sheet = Card(self, padding=0, spacing=0)
        sheet.body.addWidget(self.table)
        whole = ActionButton(self.tr("本单位全到"), "Ctrl+Return", parent=self)
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
        """Everybody of the chosen person's unit who is not here yet, or of the only unit in the list."""
        chosen = self.model.seat(self.table.selected_row())
        if chosen is None and len(self.model.units()) == 1:
            chosen = self.model.seat(0)
        if chosen is not None:
            everybody = callable_seats(self._context.session.verdicts())
            self._sign([seat for seat in everybody if seat.unit == chosen.unit])

    def _sign(self, seats: Sequence[Seat]) -> None:
        outcomes = attempt(self._context.voice, lambda: [self._roll.present(seat) for seat in seats])
        refused = next((one for one in outcomes or () if not one.is_durable), None)
        self.problem.setText(outcome_sentence(refused) if refused is not None else "")

    def _read(self, touched: Touched) -> None:
        """Take in what has changed; typing afterwards only looks through it."""
        seats = self._context.session.state.seats
        if seats != self._roster:
            self._roster = list(seats)
            called = callable_seats(self._context.session.verdicts(), everybody=True)
            self._seats = {seat.seat_id: (seat, search_text(seat)) for seat in called}
            self._news = {}
        is_partial = bool(self._news) and not touched.everything
        self._take_news(touched.seats if is_partial else self._seats)
        came = sum(self._totals[unit][0] for unit in self._totals)
        self.summary.setText(f"已到 {came} 人　还没到 {len(self._seats) - came} 人")
        self._show()

    def _take_news(self, seat_ids: Iterable[str]) -> None:
        verdicts = self._context.session.muster().by_seat
        for seat_id in seat_ids:
            verdict = verdicts.get(seat_id)
            if verdict is not None and seat_id in self._seats:
                self._news[seat_id] = (verdict.signed_in_at is not None, *presence_words(verdict))
        self._totals = _totals((seat, self._news[seat.seat_id][0]) for seat, _ in self._seats.values())

    def _show(self, _: object = None) -> None:
        is_meant, missing_only = narrowing(self.search.text()), self.which.index() == 1
        wanted = (seat for seat, text in self._seats.values() if is_meant(text))
        self.model.set_rows(
            list(self._rows(seat for seat in wanted if not (missing_only and self._news[seat.seat_id][0])))
        )

    def _rows(self, seats: Iterable[Seat]) -> Iterator[TickRow]:
        above = ""
        for seat in seats:
            came, count = self._totals[seat.unit]
            total = "" if seat.unit == above else f"{came}/{count}"
            above = seat.unit
            yield TickRow(seat, total, *self._news[seat.seat_id])


def _totals(people: Iterable[tuple[Seat, bool]]) -> dict[str, tuple[int, int]]:
    """How many of each unit's people came, and of how many."""
    totals: dict[str, tuple[int, int]] = {}
    for seat, here in people:
        came, count = totals.get(seat.unit, (0, 0))
        totals[seat.unit] = (came + here, count + 1)
    return totals
