"""发言用时 beside the cases: planned, actual and over for every item, a picture, and totals."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from huifeng_desktop.domain.people import display_name
from huifeng_desktop.domain.speaker_timer import Run
from huifeng_desktop.rules.speaking import Share, SpeakingRow, shares, speaking_totals
from huifeng_desktop.service.printed.charts import SpeakingChart
from huifeng_desktop.ui.charts.painting import ChartView
from huifeng_desktop.ui.kit.buttons import KeyButton, Segmented
from huifeng_desktop.ui.kit.flat_model import FlatModel, Index
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
from huifeng_desktop.ui.kit.tips import plain_tip
from huifeng_desktop.ui.theme import Tone
from huifeng_desktop.wording import ITEM_KIND, correction_words, minutes_seconds

_OVER = 3
_UNTIMED = {Run.SKIPPED: "跳过", Run.IDLE: "—"}


class SpeakingModel(FlatModel):
    """Agenda items as rows."""

    HEADERS = ("议题", "限时", "实际", "超时")

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[SpeakingRow] = []

    def set_rows(self, rows: Sequence[SpeakingRow]) -> None:
        """Show these."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words, the speaker below the item, and a tag on what ran over."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return _texts(row)[index.column()]
        if role == SUBTITLE_ROLE and index.column() == 0:
            return "　".join(filter(None, _particulars(row)))
        if role == Qt.ItemDataRole.ToolTipRole and row.corrections:
            return plain_tip("\n".join(correction_words(one) for one in row.corrections))
        if index.column() != _OVER or not row.over_s:
            return None
        if role == TONE_ROLE:
            return Tone.OVER
        return Mark.SQUARE if role == MARK_ROLE else None


def _particulars(row: SpeakingRow) -> tuple[str, ...]:
    """Who, of which type, and what befell the time."""
    paused = f"暂停 {minutes_seconds(row.paused_s)}" if row.paused_s else ""
    corrected = f"更正 {len(row.corrections)} 次" if row.corrections else ""
    return (display_name(row.item.speaker), row.item.unit, ITEM_KIND[row.kind], paused, corrected)


def _texts(row: SpeakingRow) -> tuple[str, str, str, str]:
    sign = "加" if row.granted_s > 0 else "减"
    granted = f" {sign} {minutes_seconds(abs(row.granted_s))}" if row.granted_s else ""
    spoken = minutes_seconds(row.spoken_s) if row.spoken_s is not None else _UNTIMED.get(row.run, "")
    limit = f"{minutes_seconds(row.limit_s) or '不限'}{granted}"
    return f"{row.seq}. {row.item.title}", limit, spoken, minutes_seconds(row.over_s) if row.over_s else ""


class SharesModel(FlatModel):
    """Totals by unit, person or type."""

    HEADERS = ("合计", "次数", "限时", "实际", "超时")

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Share] = []

    def set_shares(self, shares: Sequence[Share]) -> None:
        """Show these."""
        self.beginResetModel()
        self._rows = list(shares)
        self.endResetModel()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name and figures."""
        if not index.isValid() or role != Qt.ItemDataRole.DisplayRole:
            return None
        share = self._rows[index.row()]
        over = minutes_seconds(share.over_s) if share.over_s else ""
        figures = (minutes_seconds(share.allowed_s), minutes_seconds(share.spoken_s), over)
        return (share.name, str(share.count), *figures)[index.column()]


_BY: tuple[tuple[str, Callable[[SpeakingRow], str]], ...] = (
    ("按单位", lambda row: row.item.unit),
    ("按发言人", lambda row: "　".join(filter(None, (display_name(row.item.speaker), row.item.unit)))),
    ("按类型", lambda row: ITEM_KIND[row.kind]),
)
ITEMS, CHART = 0, 1


class SpeakingPanel(QWidget):
    """The table with its sums, the picture, and the totals; which of them is a choice above."""

    correct_requested = Signal(str)
    """The item whose spoken time is to be set right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[SpeakingRow] = []
        self.model, self.shares_model = SpeakingModel(), SharesModel()
        self.table, self.shares = TableView(row_height=46), TableView(row_height=36)
        self.chart = ChartView(SpeakingChart())
        self.switch = Segmented(("逐项", "对照图", *(name for name, _ in _BY)), compact=True, parent=self)
        self.sums = text_label(size=13, tone="mute", parent=self)
        self.correct = KeyButton(self.tr("更正用时…"), height=28, size=13, parent=self)
        self._make_tables()
        self._lay_out()
        self.switch.index_changed.connect(lambda _: self._show())
        self.table.row_activated.connect(lambda _: self.request_correction())
        self.table.row_changed.connect(lambda _: self._enable())
        self.correct.clicked.connect(self.request_correction)

    def _make_tables(self) -> None:
        self.table.setModel(self.model)
        self.table.setItemDelegateForColumn(0, TwoLineDelegate(self.table))
        self.table.setItemDelegateForColumn(_OVER, TagDelegate(self.table))
        self.table.set_column_widths({1: 96, 2: 62, 3: 78}, stretch=0)
        self.shares.setModel(self.shares_model)
        self.shares.set_column_widths({1: 50, 2: 70, 3: 70, 4: 62}, stretch=0)

    def _lay_out(self) -> None:
        scroll = QScrollArea(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(self.chart)
        self._stack = QStackedWidget(self)
        for page in (self.table, scroll, self.shares):
            self._stack.addWidget(page)
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.setContentsMargins(12, 0, 12, 6)
        head.addWidget(self.switch)
        head.addStretch(1)
        foot.setContentsMargins(14, 6, 8, 6)
        foot.addWidget(self.sums, 1)
        foot.addWidget(self.correct)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 0, 1, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._stack, 1)
        layout.addWidget(separator(self))
        layout.addLayout(foot)

    def show_rows(self, rows: Sequence[SpeakingRow]) -> None:
        """Show the agenda as it was spoken."""
        chosen = self.table.selected_row()
        self._rows = list(rows)
        self.model.set_rows(rows)
        self.chart.show_chart(SpeakingChart(tuple(rows)))
        if 0 <= chosen < len(rows):
            self.table.selectRow(chosen)
        self._show()
        totals = speaking_totals(rows)
        if not rows:
            self.sums.setText(self.tr("没有议程"))
            return
        reports = _against("汇报", totals.reports_spoken_s, totals.reports_planned_s)
        whole = _against("全场", totals.spoken_s, totals.planned_s)
        self.sums.setText(f"{reports}\n{whole}　超时 {totals.over_count} 项")

    def _show(self) -> None:
        chosen = self.switch.index()
        self._stack.setCurrentIndex(min(chosen, CHART + 1))
        if chosen > CHART:
            self.shares_model.set_shares(shares(self._rows, _BY[chosen - CHART - 1][1]))
        self._enable()

    def _enable(self) -> None:
        self.correct.setEnabled(self.switch.index() == ITEMS and self.table.selected_row() >= 0)

    def request_correction(self) -> None:
        """Ask for the chosen item's time."""
        row = self.table.selected_row()
        if 0 <= row < len(self._rows):
            self.correct_requested.emit(self._rows[row].item.item_id)


def _against(name: str, spoken_s: int, planned_s: int) -> str:
    return f"{name} {minutes_seconds(spoken_s)}（计划 {minutes_seconds(planned_s)}）"
