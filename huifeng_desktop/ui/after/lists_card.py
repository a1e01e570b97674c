"""The card at the left: the cases, everybody expected, or the speaking times; with a search box."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QWidget

from huifeng_desktop.rules.speaking import SpeakingRow
from huifeng_desktop.rules.verdict import Verdict
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.after.case_list import CaseModel, case_table, matching, open_first
from huifeng_desktop.ui.after.charts import ChartsPanel
from huifeng_desktop.ui.after.speaking_table import SpeakingPanel
from huifeng_desktop.ui.kit.buttons import Segmented
from huifeng_desktop.ui.kit.labels import Card, text_label
from huifeng_desktop.ui.theme import Tone

CASES, EVERYBODY, SPEAKING, CHARTS = range(4)


class ListsCard(Card):
    """Shows what the page gives it; knows which seat is chosen."""

    seat_changed = Signal(str)
    """The seat that is chosen now, "" for none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, padding=1, spacing=0)
        self.switch = Segmented(("待认定", "全部", "发言用时", "图表"), compact=True, parent=self)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("姓名、单位"))
        self.search.setClearButtonEnabled(True)
        self.model = CaseModel()
        self.table = case_table(self.model)
        self.table.setAccessibleName(self.tr("待认定"))
        self.nothing = text_label(tone="mute", parent=self)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.speaking = SpeakingPanel(self)
        self.charts = ChartsPanel(self)
        self._verdicts: list[Verdict] = []
        self._appealed: Collection[str] = ()
        self._seat_id = ""
        self._lay_out()
        self.switch.index_changed.connect(lambda _: self._show())
        self.search.textChanged.connect(lambda _: self._show())
        self.table.row_changed.connect(lambda _: self._on_row())

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(12, 6, 12, 6)
        head.setSpacing(theme.SPACE_2)
        head.addWidget(self.switch)
        head.addWidget(self.search, 3)
        head.addStretch()
        self._stack = QStackedWidget(self)
        for widget in (self.table, self.speaking, self.charts, self.nothing):
            self._stack.addWidget(widget)
        self.body.addLayout(head)
        self.body.addWidget(self._stack, 1)

    # -- showing -------------------------------------------------------------------------------

    def show_meeting(
        self, verdicts: Sequence[Verdict], speaking: Sequence[SpeakingRow], appealed: Collection[str] = ()
    ) -> None:
        """Show the meeting; `appealed` are the seats whose appeal nobody has decided."""
        self._appealed = appealed
        self._verdicts = [one for one in verdicts if one.is_expected]
        waiting = sum(one.pending for one in self._verdicts)
        self.switch.set_text(CASES, f"待认定 {waiting}", Tone.OVER if waiting else Tone.PLAIN)
        self.switch.set_text(EVERYBODY, f"全部 {len(self._verdicts)}")
        self.speaking.show_rows(speaking)
        self._show()

    def _show(self) -> None:
        chosen = self.switch.index()
        self.search.setVisible(chosen not in (SPEAKING, CHARTS))
        if chosen == CHARTS:
            self._stack.setCurrentWidget(self.charts)
            return
        if chosen == SPEAKING:
            self._stack.setCurrentWidget(self.speaking)
            return
        everybody = chosen == EVERYBODY
        shown = self._verdicts if everybody else self._cases()
        wanted = self.search.text().strip()
        rows = matching(shown, wanted) if wanted else shown
        self.model.set_rows(rows, self._appealed)
        self.nothing.setText(self.tr("没有符合的人") if shown else self.tr("没有需要认定的情况"))
        self._stack.setCurrentWidget(self.table if rows else self.nothing)
        self.select(self._seat_id)

    def _cases(self) -> list[Verdict]:
        return open_first([one for one in self._verdicts if one.is_case], self._appealed)

    # -- choosing ------------------------------------------------------------------------------

    def select(self, seat_id: str) -> None:
        """Choose a seat; the first one where it is not in the list."""
        row = max(0, self.model.row_of(seat_id))
        if self.model.rowCount():
            self.table.selectRow(row)
            self.table.scrollTo(self.model.index(row, 0))
        self._on_row()

    def step(self, by: int) -> None:
        """One row up or down."""
        if self._stack.currentWidget() is self.table and self.model.rowCount():
            row = min(max(self.table.selected_row() + by, 0), self.model.rowCount() - 1)
            self.table.selectRow(row)

    def next_open(self) -> str:
        """The seat of the next open case, "" where none is left."""
        return self.model.next_open(self.table.selected_row())

    def _on_row(self) -> None:
        verdict = self.model.verdict(self.table.selected_row())
        self._seat_id = verdict.seat.seat_id if verdict else ""
        self.seat_changed.emit(self._seat_id)
