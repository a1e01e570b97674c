"""A list of people: time, name over unit and post, and a tag. Arrivals, missing, results share it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from huifeng_desktop.ui import theme
from huifeng_desktop.ui.kit.row_sync import sync_rows
from huifeng_desktop.ui.kit.table import (
    CELL_EDGE,
    SECOND_BASE,
    SUBTITLE_ROLE,
    TONE_ROLE,
    TableView,
    TagDelegate,
    TwoLineDelegate,
)
from huifeng_desktop.ui.kit.tips import plain_tip
from huifeng_desktop.ui.theme import Tone

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_TIME, _NAME, _TAG, _EDGE = range(4)
"""The last column is mostly empty and narrow: it keeps tags and figures off the edge of the card."""
TAG_WIDTH, PHONE_WIDTH = 90, 108
_SECOND_LINE = 18
"""Pixels at the foot of a row that its second line takes."""
_CLEAR = 2 * CELL_EDGE
"""Pixels that the second line keeps from both ends."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line. `tone` None shows `tag` as plain text, for telephone numbers; `more` is a second tag."""

    key: str
    time: str
    name: str
    subtitle: str
    tag: str
    tone: Tone | None
    seat_id: str
    event_id: str = ""
    more: str = ""
    more_tone: Tone = Tone.PLAIN


class PeopleModel(QAbstractTableModel):
    """The lines, changed by exact ranges."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[PersonRow] = []

    def row(self, index: int) -> PersonRow | None:
        """One line, or None outside the list."""
        return self._rows[index] if 0 <= index < len(self._rows) else None

    def rows(self) -> list[PersonRow]:
        """All lines."""
        return list(self._rows)

    def set_rows(self, rows: Sequence[PersonRow]) -> None:
        """Show these lines."""
        sync_rows(self, self._rows, rows, lambda row: row.key)

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Lines; none below a line."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """Time, name, tag, edge."""
        return 0 if parent.isValid() else 4

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Texts, second line, tone and tool tip."""
        row = self.row(index.row())
        if row is None:
            return None
        column = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return (row.time, row.name, row.tag, row.more)[column]
        if role == SUBTITLE_ROLE and column == _NAME:
            return row.subtitle
        if role == TONE_ROLE and column == _TAG:
            return row.tone
        if role == TONE_ROLE and column == _EDGE:
            return row.more_tone
        if role == Qt.ItemDataRole.TextAlignmentRole and column == _TAG:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole and column == _TIME:
            return QColor(theme.MUTE)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(f"{row.name}\n{row.subtitle}")
        return None


class _LongLine:
    """Unit and post of one line, painted over the name's column and the tag's where one is too narrow.

    Each of the two cells paints its part of it. Asked for every cell that is painted: no more is measured
    than has to be.
    """

    def __init__(self, table: PeopleTable) -> None:
        self._table = table

    def text(self, index: _Index) -> str:
        """The second line where it is too long for the name's column, else ""."""
        row = self._table.people.row(index.row())
        text = row.subtitle if row is not None else ""
        room = self._table.columnWidth(_NAME) - _CLEAR
        if len(text) * theme.TEXT_SMALL <= room:
            return ""  # no character is wider than high
        return text if QFontMetrics(theme.ui_font(theme.TEXT_SMALL)).horizontalAdvance(text) > room else ""

    def paint(self, painter: QPainter, rect: QRect, text: str, painted: int = 0) -> None:
        """The part in this cell, `painted` pixels behind the beginning.

        Where even both columns are too narrow the middle is left out: the post at the end is to be read.
        """
        font = theme.ui_font(theme.TEXT_SMALL)
        room = self._table.columnWidth(_NAME) + self._table.columnWidth(_TAG) - _CLEAR
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideMiddle, room)
        painter.save()
        painter.setClipRect(rect)
        painter.setFont(font)
        painter.setPen(QColor(theme.MUTE))
        base = rect.adjusted(0, 0, 0, -1).center().y() + SECOND_BASE
        painter.drawText(rect.left() - painted + CELL_EDGE, base, shown)
        painter.restore()


class _WhoDelegate(TwoLineDelegate):
    """A second line that is too long for its column goes on under the tag beside it."""

    def __init__(self, table: PeopleTable) -> None:
        super().__init__(table)
        self._long = _LongLine(table)

    def second_line(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Unit and post over both columns, of which this cell paints its part."""
        text = self._long.text(index)
        if text:
            self._long.paint(painter, option.rect, text)
        else:
            super().second_line(painter, option, index)


class _BesideDelegate(TagDelegate):
    """The tag in the middle of its row, or above the second line that goes on here."""

    def __init__(self, table: PeopleTable) -> None:
        super().__init__(table)
        self._table, self._long = table, _LongLine(table)

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """The end of the second line first, then the tag."""
        text = self._long.text(index)
        if text:
            self._long.paint(painter, option.rect, text, self._table.columnWidth(_NAME))
            option = QStyleOptionViewItem(option)
            option.rect = option.rect.adjusted(0, 0, 0, -_SECOND_LINE)
        super().paint_content(painter, option, index)


class PeopleTable(TableView):
    """The view for it; no header, one line chosen at a time."""

    def __init__(self, model: PeopleModel, parent: QWidget | None = None) -> None:
        super().__init__(parent, row_height=45)
        self.people = model
        self.setModel(model)
        self.horizontalHeader().hide()
        self.setFont(theme.ui_font(theme.TEXT_BODY))
        self.horizontalHeader().setMinimumSectionSize(4)
        self.setItemDelegateForColumn(_NAME, _WhoDelegate(self))
        self.setItemDelegateForColumn(_TAG, _BesideDelegate(self))
        self.setItemDelegateForColumn(_EDGE, TagDelegate(self))
        self.set_column_widths({_TIME: 57, _TAG: TAG_WIDTH, _EDGE: 6}, _NAME)
        self.setMinimumHeight(90)

    def set_tag_width(self, width: int) -> None:
        """Room for the last column's words."""
        self.horizontalHeader().resizeSection(_TAG, width)

    def selected_person(self) -> PersonRow | None:
        """The chosen line."""
        return self.people.row(self.selected_row())

    def chosen_seat(self) -> str:
        """The seat of the chosen person, or ""."""
        person = self.selected_person()
        return person.seat_id if person else ""

    def choose(self, row: int) -> None:
        """Choose a line; -1 nobody."""
        if row >= 0:
            self.selectRow(row)
        else:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())

    def step(self, by: int) -> None:
        """Choose the line above or below, without taking the focus."""
        count = self.people.rowCount()
        if count:
            self.selectRow(min(max(self.selected_row() + by, 0), count - 1))
