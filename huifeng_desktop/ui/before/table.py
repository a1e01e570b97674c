"""One table for every list of this page: cells with text or tags, some of which can be mended in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyle, QStyleOptionViewItem, QWidget

from huifeng_desktop.ui import theme
from huifeng_desktop.ui.kit.marks import Mark
from huifeng_desktop.ui.kit.table import RowDelegate, TableView, cell_inset
from huifeng_desktop.ui.kit.tag import paint_tag, tag_size
from huifeng_desktop.ui.kit.tips import plain_tip
from huifeng_desktop.ui.theme import Tone

TAGS_ROLE = Qt.ItemDataRole.UserRole + 111
"""A tuple of `TagText`: the cell is painted as these tags."""

_Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


@dataclass(frozen=True, slots=True)
class TagText:
    """One tag in a cell."""

    text: str
    tone: Tone
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell shows; `edit` is the text an editor starts with, None where it cannot be changed."""

    text: str = ""
    mute: bool = False
    bold: bool = False
    edit: str | None = None
    tags: tuple[TagText, ...] = ()
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row; `key` finds it again after a refresh, `ground` is a colour behind it or ""."""

    key: Any
    cells: tuple[Cell, ...]
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its least width in pixels and its share of what is left over."""

    title: str
    width: int
    weight: int = 0


class RowsModel(QAbstractTableModel):
    """Lines as they are handed in; only rows that differ are told to the view."""

    edited = Signal(object, int, str)
    """key of the line, column, the text that was typed; the model itself changes nothing."""

    def __init__(self, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._lines: tuple[Line, ...] = ()

    def lines(self) -> tuple[Line, ...]:
        """What is shown."""
        return self._lines

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines."""
        before, after = self._lines, tuple(lines)
        if [line.key for line in before] != [line.key for line in after]:
            self.beginResetModel()
            self._lines = after
            self.endResetModel()
            return
        self._lines = after
        for row, (old, new) in enumerate(zip(before, after, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(self._columns) - 1))

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        """One row for each line."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: _Index = _NO_INDEX) -> int:
        """As set up."""
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """The columns' titles."""
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return self._columns[section].title
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Cells with an `edit` text can be changed."""
        flags = super().flags(index)
        if index.isValid() and self._cell(index).edit is not None:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: _Index, role: int = 0) -> Any:
        """Text, colour, tags and tool tip of a cell."""
        if not index.isValid():
            return None
        cell = self._cell(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text or "　".join(tag.text for tag in cell.tags)
        if role == Qt.ItemDataRole.EditRole:
            return cell.edit
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(cell.tip) or None
        if role == TAGS_ROLE:
            return cell.tags
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(theme.MUTE) if cell.mute else None
        if role == Qt.ItemDataRole.FontRole:
            return theme.ui_font(13, bold=True) if cell.bold else None
        ground = self._lines[index.row()].ground
        return QColor(ground) if role == Qt.ItemDataRole.BackgroundRole and ground else None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Pass on what was typed, if it is something else than before."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or value == self._cell(index).edit:
            return False
        self.edited.emit(self._lines[index.row()].key, index.column(), str(value))
        return True

    def _cell(self, index: _Index) -> Cell:
        return self._lines[index.row()].cells[index.column()]


class CellDelegate(RowDelegate):
    """Text or any number of tags, and a frame around the cell that the keys would edit."""

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Tags side by side while there is room; the last one says how many more there are."""
        tags: tuple[TagText, ...] = index.data(TAGS_ROLE) or ()
        rect: QRect = option.rect
        if tags:
            self._paint_tags(painter, rect.adjusted(cell_inset(index), 0, -6, -1), tags)
        else:
            super().paint_content(painter, option, index)
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_HasFocus and index.flags() & Qt.ItemFlag.ItemIsEditable:
            painter.setPen(QPen(QColor(theme.ACCENT), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(1.5, 3.5, -2.5, -4.5), 4, 4)

    @staticmethod
    def _paint_tags(painter: QPainter, room: QRect, tags: Sequence[TagText]) -> None:
        font = theme.sized(painter.font(), theme.TEXT_SMALL)
        left = room.left()
        for place, tag in enumerate(tags):
            text, rest = tag.text, len(tags) - place - 1
            more = tag_size(f"另 {rest} 处", None, font).width() + 6 if rest else 0
            size = tag_size(text, tag.mark, font)
            if place and left + size.width() + more > room.right() + 1:
                text, size = f"另 {rest + 1} 处", tag_size(f"另 {rest + 1} 处", tag.mark, font)
                rest = 0
            width = min(size.width(), max(0, room.right() + 1 - left - (more if place == 0 else 0)))
            top = room.top() + (room.height() - size.height()) // 2
            paint_tag(painter, QRectF(left, top, width, size.height()), text, tag.tone, tag.mark, font)
            left += width + 6
            if text != tag.text:
                return


class RowsTable(TableView):
    """A table whose columns share the width: none is cut at 1366 pixels, all breathe at 1920."""

    def __init__(
        self, columns: Sequence[Column], parent: QWidget | None = None, *, row_height: int = 36
    ) -> None:
        super().__init__(parent, row_height=row_height)
        self._columns = tuple(columns)
        self.rows_model = RowsModel(columns, self)
        self.setModel(self.rows_model)
        self.setItemDelegate(CellDelegate(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.row_activated.connect(self._on_activated)

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines; the chosen one stays chosen if it is still there."""
        key, column = self.selected_key(), max(0, self.currentIndex().column())
        row = self.currentIndex().row()
        self.rows_model.set_lines(lines)
        if key is None or self.currentIndex().isValid():
            return
        places = [place for place, line in enumerate(lines) if line.key == key]
        target = places[0] if places else min(row, len(lines) - 1)
        if target >= 0:
            self.setCurrentIndex(self.rows_model.index(target, column))

    def selected_key(self) -> Any:
        """The key of the chosen line, or None."""
        row = self.selected_row()
        return self.rows_model.lines()[row].key if 0 <= row < self.rows_model.rowCount() else None

    def choose(self, key: Any, column: int = 0) -> None:
        """Choose the line with this key and bring it into view."""
        for row, line in enumerate(self.rows_model.lines()):
            if line.key == key:
                self.setCurrentIndex(self.rows_model.index(row, column))
                self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.PositionAtCenter)
                return

    def edit_cell(self, key: Any, column: int) -> None:
        """Open the editor of a cell."""
        self.choose(key, column)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edit(self.currentIndex())

    def set_column_shown(self, column: int, shown: bool) -> None:
        """Show or hide a column; the others share its room."""
        self.setColumnHidden(column, not shown)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew; the chosen row stays in view."""
        super().resizeEvent(event)
        self._fit()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def _fit(self) -> None:
        shown = [place for place in range(len(self._columns)) if not self.isColumnHidden(place)]
        spare = max(0, self.viewport().width() - sum(self._columns[place].width for place in shown))
        weights = sum(self._columns[place].weight for place in shown) or 1
        for place in shown:
            column = self._columns[place]
            self.setColumnWidth(place, column.width + spare * column.weight // weights)

    def _on_activated(self, row: int) -> None:
        """Enter mends the current cell, or the first one of the row that can be mended."""
        current = self.currentIndex()
        if not current.flags() & Qt.ItemFlag.ItemIsEditable:
            cells = self.rows_model.lines()[row].cells
            column = next((place for place, cell in enumerate(cells) if cell.edit is not None), None)
            if column is None:
                return
            current = self.rows_model.index(row, column)
            self.setCurrentIndex(current)
        self.edit(current)
