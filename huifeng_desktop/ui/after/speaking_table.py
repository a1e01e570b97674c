"""发言用时 beside the cases: planned, actual and over for every item."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from huifeng_desktop.domain.people import display_name
from huifeng_desktop.domain.speaker_timer import Run
from huifeng_desktop.rules.speaking import SpeakingRow, speaking_totals
from huifeng_desktop.ui.kit.labels import separator, text_label
from huifeng_desktop.ui.kit.marks import Mark
from huifeng_desktop.ui.kit.table import (
    MARK_ROLE,
    SUBTITLE_ROLE,
    TONE_ROLE,
    TableView,
    TagDelegate,
    TwoLineDelegate,
)
from huifeng_desktop.ui.theme import Tone
from huifeng_desktop.wording import ITEM_KIND, minutes_seconds

_HEADERS = ("议题", "限时", "实际", "超时")
_OVER = 3
_UNTIMED = {Run.SKIPPED: "跳过", Run.IDLE: "—"}
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class SpeakingModel(QAbstractTableModel):
    """Agenda items as rows."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[SpeakingRow] = []

    def set_rows(self, rows: Sequence[SpeakingRow]) -> None:
        """Show these."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """One row an item."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """Item, limit, actual, over."""
        return 0 if parent.isValid() else len(_HEADERS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The columns' names."""
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return _HEADERS[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words, the speaker below the item, and a tag on what ran over."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return _texts(row)[index.column()]
        if role == SUBTITLE_ROLE and index.column() == 0:
            words = (display_name(row.item.speaker), row.item.unit, ITEM_KIND[row.kind])
            return "　".join(filter(None, words))
        if index.column() != _OVER or not row.over_s:
            return None
        if role == TONE_ROLE:
            return Tone.OVER
        return Mark.SQUARE if role == MARK_ROLE else None


def _texts(row: SpeakingRow) -> tuple[str, str, str, str]:
    sign = "加" if row.granted_s > 0 else "减"
    granted = f" {sign} {minutes_seconds(abs(row.granted_s))}" if row.granted_s else ""
    spoken = minutes_seconds(row.spoken_s) if row.spoken_s is not None else _UNTIMED.get(row.run, "")
    limit = f"{minutes_seconds(row.limit_s) or '不限'}{granted}"
    return f"{row.seq}. {row.item.title}", limit, spoken, minutes_seconds(row.over_s) if row.over_s else ""


class SpeakingPanel(QWidget):
    """The table and its sums."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = SpeakingModel()
        self.table = TableView(row_height=46)
        self.table.setModel(self.model)
        self.table.setItemDelegateForColumn(0, TwoLineDelegate(self.table))
        self.table.setItemDelegateForColumn(_OVER, TagDelegate(self.table))
        self.table.set_column_widths({1: 96, 2: 62, 3: 78}, stretch=0)
        self.sums = text_label(size=13, tone="mute", parent=self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 0, 1, 0)
        layout.setSpacing(0)
        layout.addWidget(self.table, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(14, 9, 14, 9)
        foot.addWidget(self.sums)
        layout.addWidget(separator(self))
        layout.addLayout(foot)

    def show_rows(self, rows: Sequence[SpeakingRow]) -> None:
        """Show the agenda as it was spoken."""
        self.model.set_rows(rows)
        totals = speaking_totals(rows)
        if not rows:
            self.sums.setText(self.tr("没有议程"))
            return
        reports = _against("汇报", totals.reports_spoken_s, totals.reports_planned_s)
        whole = _against("全场", totals.spoken_s, totals.planned_s)
        self.sums.setText(f"{reports}　{whole}　超时 {totals.over_count} 项")


def _against(name: str, spoken_s: int, planned_s: int) -> str:
    return f"{name} {minutes_seconds(spoken_s)}（计划 {minutes_seconds(planned_s)}）"
