"""The agenda as a table: number, title over unit, type, limit, actual, over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor

from huifeng_desktop.domain.speaker_timer import Run
from huifeng_desktop.rules.speaking import SpeakingRow
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.during.words import short_kind
from huifeng_desktop.ui.kit.row_sync import sync_rows
from huifeng_desktop.ui.kit.table import SUBTITLE_ROLE
from huifeng_desktop.ui.kit.tips import plain_tip
from huifeng_desktop.wording import minutes_seconds

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
NUMBER, TITLE, KIND, LIMIT, ACTUAL, OVER, EDGE = range(7)
HEADERS = ("", "议程", "类型", "限时", "实际", "超时", "")
"""The last column is empty: it keeps the figures off the edge of the card."""
CURRENT_ROLE = Qt.ItemDataRole.UserRole + 120
_ROW_MIME = "application/x-huifeng-agenda-row"
_DONE = (Run.FINISHED, Run.SKIPPED)


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One item as it is shown."""

    item_id: str
    number: str
    title: str
    unit: str
    kind: str
    limit: str
    actual: str
    over: str
    run: Run

    @property
    def is_current(self) -> bool:
        """Whether it is before the hall."""
        return self.run in (Run.RUNNING, Run.PAUSED)


def agenda_line(row: SpeakingRow) -> AgendaLine:
    """A line from the speaking times."""
    mark = {Run.RUNNING: "▶ ", Run.PAUSED: "‖ "}.get(row.run, "")
    actual = "跳过" if row.run is Run.SKIPPED else mark + minutes_seconds(row.spoken_s)
    over = f"+{minutes_seconds(row.over_s)}" if row.over_s else ""
    limit = minutes_seconds(row.limit_s) or "不限"
    item = row.item
    return AgendaLine(
        item.item_id, str(row.seq), item.title, item.unit, short_kind(item.kind), limit, actual, over, row.run
    )


class AgendaModel(QAbstractTableModel):
    """The lines; dragging one asks for another order and changes nothing by itself."""

    reorder_requested = Signal(list)
    """All item ids in the wanted order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[AgendaLine] = []

    def line(self, row: int) -> AgendaLine | None:
        """One line, or None outside the agenda."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def lines(self) -> list[AgendaLine]:
        """All lines."""
        return list(self._lines)

    def current_row(self) -> int:
        """The row of the item before the hall, or -1."""
        return next((row for row, line in enumerate(self._lines) if line.is_current), -1)

    def set_lines(self, lines: Sequence[AgendaLine]) -> None:
        """Show these."""
        sync_rows(self, self._lines, lines, lambda line: line.item_id)

    def order_after_move(self, source: int, target: int) -> list[str]:
        """Item ids when the line at `source` stands before what is now at `target`."""
        ids = [line.item_id for line in self._lines]
        moved = ids.pop(source)
        ids.insert(target - 1 if source < target else target, moved)
        return ids

    # -- Qt ------------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Lines; none below a line."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """As the header says."""
        return 0 if parent.isValid() else len(HEADERS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Column titles, aligned with their cells."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return HEADERS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        if role == Qt.ItemDataRole.FontRole and section == TITLE:
            return theme.ui_font(theme.TEXT_BODY, bold=True)
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Texts and their weight: what is done is quiet, what runs is bold."""
        line = self.line(index.row())
        if line is None:
            return None
        column = index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return (line.number, line.title, line.kind, line.limit, line.actual, line.over, "")[column]
        if role == SUBTITLE_ROLE and column == TITLE:
            return line.unit
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.ForegroundRole:
            return _ink(line, column)
        if role == Qt.ItemDataRole.FontRole and line.is_current and column in (TITLE, ACTUAL):
            return theme.ui_font(13, bold=True)
        if role == Qt.ItemDataRole.BackgroundRole and line.is_current:
            return QColor(theme.ACCENT_SOFT)
        if role == CURRENT_ROLE:
            return line.is_current
        if role == Qt.ItemDataRole.ToolTipRole and column == TITLE:
            return plain_tip(f"{line.title}\n{line.unit}".strip())
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Lines can be dragged between lines, not onto them."""
        base = super().flags(index)
        if index.isValid():
            return base | Qt.ItemFlag.ItemIsDragEnabled
        return base | Qt.ItemFlag.ItemIsDropEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        """Moving only."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Only lines of this table."""
        return [_ROW_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The row that is being dragged."""
        data = QMimeData()
        if indexes:
            data.setData(_ROW_MIME, str(indexes[0].row()).encode())
        return data

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: _Index
    ) -> bool:
        """Ask for the new order; the rows follow when it is on disk."""
        if action is not Qt.DropAction.MoveAction or not data.hasFormat(_ROW_MIME):
            return False
        source = int(bytes(data.data(_ROW_MIME).data()))
        target = row if row >= 0 else parent.row() if parent.isValid() else len(self._lines)
        order = self.order_after_move(source, target)
        if order != [line.item_id for line in self._lines]:
            self.reorder_requested.emit(order)
        return False


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in (LIMIT, ACTUAL, OVER) else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _ink(line: AgendaLine, column: int) -> QColor | None:
    if column == OVER:
        return QColor(theme.OVER)
    if column in (NUMBER, KIND) or (line.run in _DONE and column in (TITLE, LIMIT)):
        return QColor(theme.MUTE)
    if column == ACTUAL and line.is_current:
        return QColor(theme.ACCENT)
    return QColor(theme.MUTE) if column == ACTUAL and line.run is Run.SKIPPED else None
