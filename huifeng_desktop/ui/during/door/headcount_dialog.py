"""会中清点: who is still there, by unit; everybody is taken as there until somebody says not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import (
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from huifeng_desktop.domain.people import Category, Seat
from huifeng_desktop.rules.verdict import Disposition, Verdict
from huifeng_desktop.service.door.search import narrowing, search_text
from huifeng_desktop.service.door.sections import section_of, sections
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.action_button import ActionButton
from huifeng_desktop.ui.during.door.search_box import typed_text
from huifeng_desktop.ui.during.words import joined
from huifeng_desktop.ui.kit.buttons import ButtonKind, Segmented
from huifeng_desktop.ui.kit.flat_model import FlatModel, Index
from huifeng_desktop.ui.kit.labels import Card, text_label
from huifeng_desktop.ui.kit.marks import Mark
from huifeng_desktop.ui.kit.table import MARK_ROLE, TONE_ROLE, TableView, TagDelegate
from huifeng_desktop.ui.theme import Tone
from huifeng_desktop.wording import clock_time

ANSWERED = frozenset(
    {
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ForegroundRole,
        Qt.ItemDataRole.FontRole,
        TONE_ROLE,
        MARK_ROLE,
    }
)
"""A cell is asked for a dozen roles at each painting; most have no answer."""


@dataclass(frozen=True, slots=True)
class CountRow:
    """One seat to be checked; `signed` is what the door knows, "" where nobody signed.

    `is_out`: an exit is registered, so that not being here is no surprise.
    """

    seat: Seat
    signed: str
    here: bool
    is_out: bool = False

    @property
    def was_expected(self) -> bool:
        """Whether not being here now is worth recording."""
        return bool(self.signed)


def count_rows(verdicts: Sequence[Verdict]) -> list[CountRow]:
    """Those to be checked: who signed in counts as here, who did not is listed as not here.

    People on leave are left out, and of a person with two posts the second.
    """
    rows = []
    for verdict in verdicts:
        seat = verdict.seat
        away = verdict.disposition is Disposition.ON_LEAVE and verdict.signed_in_at is None
        if seat.category in (Category.VACANT, Category.STAFF) or seat.same_person or away:
            continue
        signed = _signed_words(verdict)
        is_out = bool(signed) and verdict.left_at is not None
        rows.append(CountRow(seat, signed, bool(signed) and not is_out, is_out))
    return rows


def _signed_words(verdict: Verdict) -> str:
    if verdict.signed_in_at is None:
        return ""
    deputy = "（代会）" if verdict.stood_in_by else ""
    left = f"，{clock_time(verdict.left_at)} 离场" if verdict.left_at else ""
    return f"{clock_time(verdict.signed_in_at)}{deputy}{left}"


class CountModel(FlatModel):
    """The rows; `toggle` turns one over."""

    HEADERS = ("在场", "单位", "姓名", "职务", "签到")

    def __init__(self, rows: Sequence[CountRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[CountRow] = list(rows)

    def rows(self) -> list[CountRow]:
        """All rows as ticked so far."""
        return list(self._rows)

    def row(self, row: int) -> CountRow:
        """One row as ticked so far."""
        return self._rows[row]

    def toggle(self, row: int) -> None:
        """Here or not."""
        self._rows[row] = replace(self._rows[row], here=not self._rows[row].here)
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.HEADERS) - 1))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Texts, and the tick as tag with shape and word."""
        if not index.isValid() or role not in ANSWERED:
            return None
        row, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            seat = row.seat
            here = "在场" if row.here else "离场" if row.is_out else "不在"
            return (here, seat.unit, seat.display_name, seat.post, row.signed or "没有签到")[column]
        if column == 0 and role == TONE_ROLE:
            gone = Tone.NEUTRAL if row.is_out else Tone.OVER
            return Tone.OK if row.here else gone if row.was_expected else Tone.PLAIN
        if column == 0 and role == MARK_ROLE:
            return (
                Mark.CHECK if row.here else Mark.SQUARE if row.was_expected and not row.is_out else Mark.DASH
            )
        if role == Qt.ItemDataRole.ForegroundRole and column in (1, 3, 4):
            return QColor(theme.MUTE)
        return None


class CountFilter(QSortFilterProxyModel):
    """What is shown: everybody or only those not here, of one section, narrowed by typed characters."""

    def __init__(self, model: CountModel) -> None:
        super().__init__(model)
        self._model = model
        self._texts = [search_text(entry.seat) for entry in model.rows()]
        self._is_meant = narrowing("")
        self._gone_only, self._section = False, ""
        self.setSourceModel(model)

    def narrow(self, typed: str, gone_only: bool, section: str = "") -> None:
        """Show other rows; `section` "" is all of them."""
        self.beginResetModel()
        self._is_meant, self._gone_only, self._section = narrowing(typed), gone_only, section
        self.endResetModel()

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        """By section, then by name, pinyin or unit."""
        entry = self._model.row(row)
        if self._gone_only and entry.here:
            return False
        if self._section and section_of(entry.seat.place) != self._section:
            return False
        return self._is_meant(self._texts[row])


class CountTable(TableView):
    """A click on the tick or the space bar turns a row over; letters belong to the search field."""

    toggled = Signal(int)
    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, row_height=34)
        self.setItemDelegateForColumn(0, TagDelegate(self))
        self.clicked.connect(lambda index: self.toggled.emit(index.row()) if index.column() == 0 else None)
        self.row_activated.connect(self.toggled)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks and goes on to the next row, which stands here where the ticked one left the list."""
        if event.key() == Qt.Key.Key_Space and self.selected_row() >= 0:
            row, count = self.selected_row(), self.model().rowCount()
            self.toggled.emit(row)
            left = self.model().rowCount()
            self.selectRow(min(row + 1 - (left < count), left - 1))
        elif text := typed_text(event):
            self.typed.emit(text)
        else:
            super().keyPressEvent(event)


class CountSearch(QLineEdit):
    """Narrows a `CountTable`: takes the letters typed there, and ↓ or Enter goes to the list."""

    def __init__(self, table: CountTable, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._table = table
        self.setPlaceholderText(words)
        table.typed.connect(self._take)

    def _take(self, text: str) -> None:
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.end(False)
        self.insert(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The first of those found is chosen; the space bar ticks it then."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._table.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._table.selectRow(max(0, self._table.selected_row()))
        else:
            super().keyPressEvent(event)


class HeadcountDialog(QDialog):
    """Emits who was seen and who was not; the caller stores it."""

    counted = Signal(list, list)
    """Seat ids of those seen, and of those who signed in but were not seen."""

    def __init__(self, verdicts: Sequence[Verdict], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("会中清点"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(820, 620)
        self.model = CountModel(count_rows(verdicts), self)
        self.shown = CountFilter(self.model)
        self.table = CountTable(self)
        self.table.setModel(self.shown)
        self.table.set_column_widths({0: 92, 1: 210, 2: 130, 4: 150}, 3)
        self.search = CountSearch(self.table, self.tr("姓名、拼音、单位"), self)
        self.which = Segmented([self.tr("全部"), self.tr("不在")], compact=True, parent=self)
        self.summary = text_label("", size=15, bold=True, parent=self)
        self.sections = QComboBox(self)
        self._fill_sections()
        self._lay_out()
        self.table.toggled.connect(self._on_toggled)
        self.search.textChanged.connect(self._narrow)
        self.which.index_changed.connect(self._narrow)
        self.sections.currentIndexChanged.connect(self._narrow)
        self._summarise()

    def _fill_sections(self) -> None:
        """By rows of seats where the roster has any: one walks along them."""
        found = sections(row.seat for row in self.model.rows())
        self.sections.addItem(self.tr("全场"), "")
        for name in found:
            self.sections.addItem(name, name)
        self.sections.setVisible(len(found) > 1)
        self.sections.setMinimumWidth(120)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.search, 1)
        head.addWidget(self.sections)
        head.addWidget(self.which)
        sheet = Card(self, padding=0, spacing=0)
        sheet.body.addWidget(self.table)
        save = ActionButton(self.tr("保存清点"), "Ctrl+S", kind=ButtonKind.PRIMARY, parent=self)
        cancel = ActionButton(self.tr("取消"), "Esc", parent=self)
        save.clicked.connect(self.save)
        cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self.summary)
        foot.addWidget(text_label(self.tr("单击“在场”或按空格改"), size=13, tone="mute", parent=self))
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 14)
        layout.setSpacing(theme.SPACE_3)
        layout.addLayout(head)
        layout.addWidget(sheet, 1)
        layout.addLayout(foot)

    def save(self) -> None:
        """Hand the count on. Who neither signed nor was seen says nothing new and is left out."""
        rows = self.model.rows()
        seen = [row.seat.seat_id for row in rows if row.here]
        unseen = [row.seat.seat_id for row in rows if not row.here and row.was_expected]
        self.counted.emit(seen, unseen)
        self.accept()

    def _on_toggled(self, row: int) -> None:
        self.model.toggle(self.shown.mapToSource(self.shown.index(row, 0)).row())
        self._summarise()

    def _narrow(self, _: object = None) -> None:
        section = str(self.sections.currentData() or "")
        self.shown.narrow(self.search.text(), self.which.index() == 1, section)
        self._summarise()

    def _summarise(self) -> None:
        rows = self.model.rows()
        here, gone = sum(row.here for row in rows), [row for row in rows if not row.here and row.was_expected]
        out = sum(row.is_out for row in gone)
        words = [f"在场 {here} 人", f"签到后不在 {len(gone) - out} 人", f"已登记离场 {out} 人" if out else ""]
        self.summary.setText(self._section_words() + joined(*words))

    def _section_words(self) -> str:
        """3排 11/12　: those here of those who signed in, in the section that is shown."""
        section = self.sections.currentData()
        if not section:
            return ""
        there = [row for row in self.model.rows() if section_of(row.seat.place) == section and row.signed]
        return f"{section} {sum(row.here for row in there)}/{len(there)}　全场"
