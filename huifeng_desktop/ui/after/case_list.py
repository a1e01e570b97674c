"""The list of cases: two lines and a tag each, open ones first."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from huifeng_desktop.domain.people import name_key, unit_key
from huifeng_desktop.rules.verdict import Verdict
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.after.words import APPEALED, CaseTag, case_line, case_tag
from huifeng_desktop.ui.kit.row_sync import sync_rows
from huifeng_desktop.ui.kit.table import RowDelegate, TableView, cell_inset
from huifeng_desktop.ui.kit.tag import paint_tag, tag_size
from huifeng_desktop.ui.kit.tips import plain_tip

VERDICT_ROLE = Qt.ItemDataRole.UserRole + 201
ROW_HEIGHT = 56
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


def open_first(verdicts: Sequence[Verdict], appealed: Collection[str] = ()) -> list[Verdict]:
    """Cases that wait for a person first, appeals among them, else in house order."""
    waits = {one.seat.seat_id for one in verdicts if one.pending}.union(appealed)
    return sorted(verdicts, key=lambda one: (one.seat.seat_id not in waits, one.seat.seq))


def matching(verdicts: Sequence[Verdict], wanted: str) -> list[Verdict]:
    """Those whose name, unit, post or pinyin holds the words."""
    name, unit = name_key(wanted), unit_key(wanted)
    return [one for one in verdicts if _matches(one, name, unit)]


def _matches(verdict: Verdict, name: str, unit: str) -> bool:
    seat = verdict.seat
    found_name = name in name_key(seat.name) or (name.isascii() and name in seat.pinyin)
    return found_name or unit in unit_key(seat.unit) or unit in unit_key(seat.post)


class CaseModel(QAbstractTableModel):
    """Verdicts as rows of one column."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Verdict] = []
        self._appealed: frozenset[str] = frozenset()

    def set_rows(self, rows: Sequence[Verdict], appealed: Collection[str] = ()) -> None:
        """Show these by the difference to what is shown, so that the list keeps its place.

        `appealed`: the seats whose appeal nobody has decided.
        """
        turned, self._appealed = self._appealed.symmetric_difference(appealed), frozenset(appealed)
        sync_rows(self, self._rows, list(rows), lambda one: one.seat.seat_id)
        for row in filter(lambda row: row >= 0, map(self.row_of, turned)):
            self.dataChanged.emit(self.index(row, 0), self.index(row, 0))

    def verdict(self, row: int) -> Verdict | None:
        """The verdict in a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, seat_id: str) -> int:
        """Where a seat stands, or -1."""
        return next((row for row, one in enumerate(self._rows) if one.seat.seat_id == seat_id), -1)

    def next_open(self, after: int) -> str:
        """The seat of the next open case behind a row, else the first one; "" where none is left."""
        waiting = [row for row, one in enumerate(self._rows) if one.pending and row != after]
        behind = [row for row in waiting if row > after]
        chosen = (behind or waiting)[:1]
        return self._rows[chosen[0]].seat.seat_id if chosen else ""

    def tag(self, row: int) -> CaseTag:
        """The tag at the right of a row."""
        verdict = self._rows[row]
        return APPEALED if verdict.seat.seat_id in self._appealed else case_tag(verdict)

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """One row a seat."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """One column."""
        return 0 if parent.isValid() else 1

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The name for searching and reading aloud; the verdict for painting."""
        if not index.isValid():
            return None
        verdict = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return verdict.seat.display_name
        if role == VERDICT_ROLE:
            return verdict
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            seat = verdict.seat
            words = (seat.display_name, seat.unit, seat.post, case_line(verdict), self.tag(index.row()).text)
            line = "　".join(filter(None, words))
            return plain_tip(line) if role == Qt.ItemDataRole.ToolTipRole else line
        return None


class CaseDelegate(RowDelegate):
    """Name, unit and post; below it the case; the tag at the right."""

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Two lines, shortened where the tag begins."""
        verdict, model = index.data(VERDICT_ROLE), index.model()
        assert isinstance(verdict, Verdict) and isinstance(model, CaseModel)
        rect: QRect = option.rect
        room = rect.adjusted(cell_inset(index), 0, -14, -1)
        tag = model.tag(index.row())
        font = theme.sized(painter.font(), theme.TEXT_SMALL)
        size = tag_size(tag.text, tag.mark, font)
        box = QRectF(
            room.right() + 1 - size.width(),
            room.center().y() - size.height() / 2,
            size.width(),
            size.height(),
        )
        paint_tag(painter, box, tag.text, tag.tone, tag.mark, font)
        self._paint_lines(painter, room.adjusted(0, 0, -size.width() - 12, 0), verdict)

    @staticmethod
    def _paint_lines(painter: QPainter, room: QRect, verdict: Verdict) -> None:
        seat, middle = verdict.seat, room.center().y()
        painter.setPen(QColor(theme.INK))
        painter.setFont(theme.sized(painter.font(), theme.TEXT_BODY, bold=True))
        painter.drawText(room.left(), middle - 4, seat.display_name)
        left = room.left() + painter.fontMetrics().horizontalAdvance(seat.display_name) + 14
        painter.setFont(theme.sized(painter.font(), theme.TEXT_BODY))
        painter.setPen(QColor(theme.MUTE))
        elided = painter.fontMetrics().elidedText
        where = "　".join(filter(None, (seat.unit, seat.post)))
        painter.drawText(left, middle - 4, elided(where, Qt.TextElideMode.ElideRight, room.right() - left))
        painter.setFont(theme.sized(painter.font(), 13))
        painter.setPen(QColor(theme.INK))
        elided = painter.fontMetrics().elidedText
        line = elided(case_line(verdict), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room.left(), middle + 17, line)


def case_table(model: CaseModel) -> TableView:
    """The view of a `CaseModel`."""
    table = TableView(row_height=ROW_HEIGHT, header_height=0)
    table.setModel(model)
    table.set_column_widths({}, stretch=0)
    table.horizontalHeader().hide()
    table.setItemDelegate(CaseDelegate(table))
    return table
