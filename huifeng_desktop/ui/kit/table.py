"""Tables of the house: quiet rows, one hairline under each, the chosen row marked at its left edge."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from huifeng_desktop.ui import theme
from huifeng_desktop.ui.kit.marks import Mark
from huifeng_desktop.ui.kit.tag import paint_tag, tag_size
from huifeng_desktop.ui.theme import Tone

TONE_ROLE = Qt.ItemDataRole.UserRole + 101
"""A `Tone`: a cell with it is painted as a tag by `TagDelegate`."""
MARK_ROLE = Qt.ItemDataRole.UserRole + 102
"""A `Mark` inside that tag, or nothing."""
SUBTITLE_ROLE = Qt.ItemDataRole.UserRole + 103
"""The second, small line of a cell painted by `TwoLineDelegate`."""

CELL_EDGE, SECOND_BASE = 6, 14
"""Pixels that a cell keeps free at its right, and from its middle down to the foot of a second line."""

_Index = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """The ground every cell shares: selection, the edge at the left, the hairline below."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Ground first, then the content of the subclass."""
        painter.save()
        self.paint_ground(painter, option, index)
        self.paint_content(painter, option, index)
        painter.restore()

    def paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Selection wins over the model's own background."""
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        background = index.data(Qt.ItemDataRole.BackgroundRole)
        if selected:
            painter.fillRect(rect, QColor(theme.ACCENT_SOFT))
        elif background is not None:
            painter.fillRect(rect, QBrush(background))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(theme.LINE_SOFT))
        if selected and index.column() == 0:
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), QColor(theme.ACCENT))

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """One line in the model's font, colour and alignment, shortened where it must be."""
        self.initStyleOption(option, index)
        rect: QRect = option.rect
        painter.setFont(option.font)
        painter.setPen(_ink(index))
        box = rect.adjusted(cell_inset(index), 0, -6, -1)
        text = painter.fontMetrics().elidedText(
            str(index.data() or ""), Qt.TextElideMode.ElideRight, box.width()
        )
        painter.drawText(box, option.displayAlignment | Qt.AlignmentFlag.AlignVCenter, text)


class TagDelegate(RowDelegate):
    """A cell whose state is a tag; without `TONE_ROLE` it is ordinary text."""

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """The tag at the left of the cell, or at its right if the model aligns it so."""
        tone, text = index.data(TONE_ROLE), index.data()
        if tone is None or not text:
            super().paint_content(painter, option, index)
            return
        font = theme.sized(painter.font(), theme.TEXT_SMALL)
        shape = index.data(MARK_ROLE)
        mark = Mark(shape) if shape else None
        rect: QRect = option.rect
        room = rect.adjusted(cell_inset(index), 0, -6, -1)
        size = tag_size(str(text), mark, font)
        width = min(size.width(), room.width())
        alignment = index.data(Qt.ItemDataRole.TextAlignmentRole)
        right = alignment is not None and bool(Qt.AlignmentFlag(alignment) & Qt.AlignmentFlag.AlignRight)
        left = room.right() + 1 - width if right else room.left()
        box = QRectF(left, room.top() + (room.height() - size.height()) // 2, width, size.height())
        paint_tag(painter, box, str(text), Tone(tone), mark, font)


class TwoLineDelegate(RowDelegate):
    """A name above a small grey line, as in the agenda and the list of arrivals."""

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Both lines, or the first in the middle when there is no second."""
        if not index.data(SUBTITLE_ROLE):
            super().paint_content(painter, option, index)
            return
        self.initStyleOption(option, index)
        rect: QRect = option.rect
        box = rect.adjusted(cell_inset(index), 0, -6, -1)
        middle = box.center().y()
        painter.setFont(option.font)
        painter.setPen(_ink(index))
        self._line(painter, box, middle - 2, str(index.data() or ""))
        self.second_line(painter, option, index)

    def second_line(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """The small grey line."""
        rect: QRect = option.rect
        box = rect.adjusted(cell_inset(index), 0, -CELL_EDGE, -1)
        painter.setFont(theme.sized(painter.font(), theme.TEXT_SMALL))
        painter.setPen(QColor(theme.MUTE))
        self._line(painter, box, box.center().y() + SECOND_BASE, str(index.data(SUBTITLE_ROLE) or ""))

    @staticmethod
    def _line(painter: QPainter, box: QRect, base: int, text: str) -> None:
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box.left(), base, shown)


def cell_inset(index: _Index) -> int:
    """Pixels between a cell's left edge and its content; the first column keeps clear of the edge."""
    return 14 if index.column() == 0 else 6


def _ink(index: _Index) -> QColor:
    colour = index.data(Qt.ItemDataRole.ForegroundRole)
    if isinstance(colour, QBrush):
        return colour.color()
    return QColor(colour) if colour is not None else QColor(theme.INK)


class TableView(QTableView):
    """A list of rows: one row is chosen at a time, by mouse or keys; Enter or a double click opens it."""

    row_activated = Signal(int)
    row_changed = Signal(int)

    def __init__(
        self, parent: QWidget | None = None, *, row_height: int = 36, header_height: int = 32
    ) -> None:
        super().__init__(parent)
        self.setItemDelegate(RowDelegate(self))
        self.setShowGrid(False)
        self.setAlternatingRowColors(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFont(theme.ui_font(13))
        self._style_headers(row_height, header_height)
        self.doubleClicked.connect(self._on_double_clicked)

    def selected_row(self) -> int:
        """The chosen row, or -1."""
        current = self.currentIndex()
        return current.row() if current.isValid() else -1

    def set_column_widths(self, widths: dict[int, int], stretch: int) -> None:
        """Fixed pixels for some columns; column `stretch` takes what is left."""
        header = self.horizontalHeader()
        for column, width in widths.items():
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(column, width)
        header.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the chosen row; everything else is Qt's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.selected_row() >= 0:
            self.row_activated.emit(self.selected_row())
        else:
            super().keyPressEvent(event)

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        """Tell which row is chosen now."""
        super().currentChanged(current, previous)
        if current.row() != previous.row():
            self.row_changed.emit(current.row())

    def sizeHint(self) -> QSize:
        """Modest; layouts stretch it."""
        return QSize(320, 240)

    def _style_headers(self, row_height: int, header_height: int) -> None:
        vertical, horizontal = self.verticalHeader(), self.horizontalHeader()
        vertical.hide()
        vertical.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        vertical.setMinimumSectionSize(min(row_height, 24))
        vertical.setDefaultSectionSize(row_height)
        horizontal.setFixedHeight(header_height)
        horizontal.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        horizontal.setHighlightSections(False)
        horizontal.setMinimumSectionSize(24)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.row_activated.emit(index.row())
