"""台账: sums at the left, the meetings behind the chosen figure and the trend at the right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from huifeng_desktop.domain.people import display_name, unit_key
from huifeng_desktop.errors import UserProblem
from huifeng_desktop.rules.ledger import Evidence, Ledger, LedgerRow
from huifeng_desktop.service.office import Office
from huifeng_desktop.service.printed.charts import TrendChart
from huifeng_desktop.service.printed.choices import Progress
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.ask_path import ask_folder
from huifeng_desktop.ui.before.frame import PanelFoot, PanelHead
from huifeng_desktop.ui.before.table import Cell, Column, Line, RowsTable
from huifeng_desktop.ui.charts.painting import ChartView
from huifeng_desktop.ui.kit.bars import ProgressBar
from huifeng_desktop.ui.kit.buttons import KeyButton
from huifeng_desktop.ui.kit.labels import Card, ElidedLabel, separator, text_label
from huifeng_desktop.ui.ledger.columns import COUNTED, FIGURES, NAME, TIER, behind, heaviest_first, matching
from huifeng_desktop.ui.ledger.window_bar import UNITS, WindowBar
from huifeng_desktop.ui.papers.export_job import ExportJob, Outcome
from huifeng_desktop.ui.theme import Tone
from huifeng_desktop.wording import evidence_words, ledger_note

Export = Callable[[Ledger, str, Path, datetime], list[Path]]
"""Writes the ledger's files into a folder; the second argument is the window in words."""
ExportUnits = Callable[[Ledger, str, Path, datetime, LedgerRow | None, Progress], list[Path]]
"""Writes 每单位年度一页, for all units or for one, and tells of each."""
_BEHIND = (Column("时间", 92), Column("会议", 110, 1), Column("情况", 212, 2))
_EMPTY = (
    "这段时间没有计入台账的会议。\n"
    "只有已经散会、并在会议信息里选了“计入台账”的会议才会累计；请换一段时间，或核对会议设置。"
)


_BACKWARDS = "开始日期晚于结束日期，请改正其中一个。"
_UNSEALED = "这段时间计入台账的 {} 次会议都还没有封存。\n去掉“只算已封存的会议”，就能看到暂定的数字。"


class LedgerDialog(QDialog):
    """Closes with `meeting_chosen` when somebody wants to see one of the meetings behind a figure."""

    meeting_chosen = Signal(str)

    def __init__(
        self,
        office: Office,
        export: Export,
        parent: QWidget | None = None,
        *,
        choose_folder: Callable[[], Path | None] | None = None,
        export_units: ExportUnits | None = None,
    ) -> None:
        super().__init__(parent)
        self._export_units = export_units
        self._job: ExportJob | None = None
        self._pages = 0
        self._office, self._export = office, export
        self._choose_folder = choose_folder or (lambda: ask_folder(self.tr("导出到哪个文件夹")))
        self._ledger = Ledger([], [], 0, False)
        self._rows: list[LedgerRow] = []
        self._evidence: list[Evidence] = []
        self.setWindowTitle(self.tr("台账 — 会风"))
        self.resize(1330, 690)
        now = office.clock.reading().wall
        self.bar = WindowBar(now, _years(office, now), self)
        self.head = PanelHead(self.tr("台账"), self)
        self.table = RowsTable([Column(one.title, one.width, one.weight) for one in FIGURES], self)
        self.behind_title = ElidedLabel(parent=self)
        self.suggestion = text_label(size=13, tone="mute", parent=self)
        self.behind = RowsTable(_BEHIND, self, row_height=32)
        self.trend = ChartView(TrendChart(), self, fixed=False)
        self.trend.setMinimumHeight(150)
        self.foot = PanelFoot(self)
        self._lay_out()
        self._connect()
        self.reckon()

    @property
    def is_busy(self) -> bool:
        """Whether papers are being made."""
        return self._job is not None

    # -- laying out ----------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.nothing = text_label(tone="mute", parent=self)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._halves())
        self._stack.addWidget(self.nothing)
        card = Card(self, padding=1, spacing=0)
        for widget in (self.head, separator(self), self.bar, separator(self)):
            card.body.addWidget(widget)
        card.body.addWidget(self._stack, 1)
        card.body.addWidget(self.foot)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 14)
        layout.addWidget(card)

    def _halves(self) -> QWidget:
        halves = QWidget(self)
        right = QVBoxLayout()
        right.setContentsMargins(14, 10, 14, 10)
        right.setSpacing(theme.SPACE_2)
        self.behind_title.setFont(theme.ui_font(bold=True))
        right.addWidget(self.behind_title)
        right.addWidget(self.suggestion)
        right.addWidget(self.behind, 3)
        right.addWidget(self.trend, 2)
        row = QHBoxLayout(halves)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.table, 15)
        row.addLayout(right, 9)
        return halves

    def _connect(self) -> None:
        self.export_button = KeyButton(self.tr("导出…"), shortcut="Ctrl+E", parent=self)
        self.open_button = KeyButton(self.tr("打开这次会议"), parent=self)
        self.units_button = KeyButton(self.tr("单位年度页…"), shortcut="Ctrl+U", parent=self)
        self.units_button.setVisible(self._export_units is not None)
        self.units_menu = QMenu(self)
        self.progress = ProgressBar(parent=self)
        self.progress.setFixedWidth(200)
        self.cancel_button = KeyButton(self.tr("取消"), parent=self)
        self.cancel_button.clicked.connect(self.cancel)
        for widget in (self.progress, self.cancel_button):
            self.foot.add(widget)
            widget.hide()
        close = KeyButton(self.tr("关闭"), hint="Esc", parent=self)
        for button in (self.open_button, self.units_button, self.export_button, close):
            self.foot.add(button)
        self.units_button.clicked.connect(self._offer_units)
        self.export_button.clicked.connect(self.export)
        self.open_button.clicked.connect(self.open_meeting)
        close.clicked.connect(self.reject)
        self.bar.window_changed.connect(self.reckon)
        self.bar.list_changed.connect(self.show_rows)
        self.table.selectionModel().currentChanged.connect(self._on_cell)
        self.behind.row_activated.connect(lambda _: self.open_meeting())

    # -- showing -------------------------------------------------------------------------------

    def reckon(self) -> None:
        """Add the chosen window up."""
        first, last = self.bar.span()
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            sealed_only = self.bar.sealed_only.isChecked()
            self._ledger = self._office.ledger(first=first, last=last, sealed_only=sealed_only)
        except UserProblem as problem:
            self.foot.say(str(problem), Tone.OVER)
            return
        finally:
            QApplication.restoreOverrideCursor()
        found = self._ledger
        words = f"{self.bar.words()}，计入台账的会议 {found.meetings} 次{ledger_note(found)}"
        self.head.set_words("台账", words)
        self.nothing.setText("" if found.meetings else self._why_empty())
        self._stack.setCurrentIndex(0 if found.meetings else 1)
        self.export_button.setEnabled(bool(found.meetings))
        self.units_button.setEnabled(bool(found.meetings))
        self._say_source()
        self.show_rows()

    def _why_empty(self) -> str:
        """What to change where the window holds no meeting."""
        first, last = self.bar.span()
        if first >= last:
            return _BACKWARDS
        if self.bar.sealed_only.isChecked():
            unsealed = self._office.ledger(first=first, last=last).meetings
            return _UNSEALED.format(unsealed) if unsealed else _EMPTY
        return _EMPTY

    def _say_source(self) -> None:
        rules = self._ledger.rule_set
        if rules is None or not self._ledger.meetings:
            self.foot.say("")
        elif rules.ladder:
            source = (rules.ladder_source or rules.source).rstrip("。")
            self.foot.say(f"只是提示，由有权机关研究决定。依据：{source}。")
        elif rules.points:
            self.foot.say(f"分值{rules.points_note or '按本单位文件'}。依据：{rules.source}。")
        else:
            self.foot.say(self.tr("这些会议按“仅统计”认定，只累计次数，不产生后果。"))

    def show_rows(self) -> None:
        """The chosen list, those with most counts first, as far as they match the search."""
        by_unit = self.bar.kind.index() == UNITS
        every = self._ledger.units if by_unit else heaviest_first(self._ledger.persons)
        wanted = self.bar.search.text().strip()
        self._rows = matching(every, wanted) if wanted else list(every)
        for column in (NAME, TIER):
            self.table.set_column_shown(column, not by_unit)
        self.table.set_lines([_line(row) for row in self._rows])
        self._stack_table(bool(self._rows))
        if self._rows:
            column = max(0, self.table.currentIndex().column())
            self.table.setCurrentIndex(self.table.rows_model.index(0, column or COUNTED))
        self._show_behind()

    def _stack_table(self, any_rows: bool) -> None:
        if self._ledger.meetings and not any_rows:
            self.foot.say(self.tr("没有符合的人或单位，请换个写法再找。"), Tone.WARN)
        elif any_rows:
            self._say_source()

    def _on_cell(self, current: QModelIndex, _: QModelIndex) -> None:
        self._show_behind()

    def _show_behind(self) -> None:
        index = self.table.currentIndex()
        if not 0 <= index.row() < len(self._rows):
            self._evidence = []
            self.behind.set_lines(())
            self.behind_title.set_full_text("")
            self.suggestion.hide()
            self.open_button.setEnabled(False)
            self.trend.show_chart(TrendChart(tuple(self._ledger.trend())))
            return
        row, figure = self._rows[index.row()], FIGURES[index.column()]
        who = display_name(row.name) or row.unit
        self._evidence = behind(self._ledger, row, index.column())
        what = "未到会" if figure.title == "到会率" else figure.title if index.column() > NAME else "全部会议"
        self.behind_title.set_full_text(f"{who}　{what}：{len(self._evidence)} 条")
        self.suggestion.setText(row.suggestion)
        self.suggestion.setVisible(bool(row.suggestion))
        self.behind.set_lines([_behind_line(place, one, row) for place, one in enumerate(self._evidence)])
        self.open_button.setEnabled(bool(self._evidence))
        if row.name:
            self.trend.show_chart(TrendChart(tuple(self._ledger.trend()), self.tr("全部会议的到会率")))
        else:
            self.trend.show_chart(TrendChart(tuple(self._ledger.trend(row)), f"{row.unit}的到会率"))

    # -- doing ---------------------------------------------------------------------------------

    def export(self) -> None:
        """Write workbook and CSV into a folder that is asked for."""
        folder = self._choose_folder()
        if folder is None:
            return
        try:
            now = self._office.clock.reading().wall
            files = self._export(self._ledger, self.bar.words(), folder, now)
        except UserProblem as problem:
            self.foot.say(str(problem), Tone.OVER)
            return
        self.foot.say(f"已导出 {len(files)} 个文件到 {folder}。", Tone.OK)

    def _offer_units(self) -> None:
        """All units, or the one that is chosen in the list."""
        self.units_menu.clear()
        every = self.tr("所有单位（%1 个）").replace("%1", str(len(self._ledger.units)))
        self.units_menu.addAction(every, self.export_units)
        if (one := self._chosen_unit()) is not None:
            words = self.tr("只要%1").replace("%1", one.unit)
            self.units_menu.addAction(words, partial(self.export_units, one))
        height = self.units_menu.sizeHint().height()
        self.units_menu.popup(self.units_button.mapToGlobal(QPoint(0, -height)))

    def _chosen_unit(self) -> LedgerRow | None:
        """The unit of the chosen row, be it a unit's or a person's."""
        place = self.table.currentIndex().row()
        if not 0 <= place < len(self._rows):
            return None
        key = unit_key(self._rows[place].unit)
        return next((row for row in self._ledger.units if row.key == key), None)

    def export_units(self, only: LedgerRow | None = None) -> None:
        """Write 每单位年度一页 into a folder that is asked for."""
        folder = self._choose_folder()
        if folder is None or self._export_units is None or self._job is not None:
            return
        export, found, period = self._export_units, self._ledger, self.bar.words()
        now = self._office.clock.reading().wall
        self._pages = 1 if only else len(found.units)

        def work(progress: Progress, outcome: Outcome) -> None:
            outcome.files = export(found, period, folder, now, only, progress)

        job = self._job = ExportJob(work)
        job.progressed.connect(self._on_progressed)
        job.ended.connect(self._on_ended)
        self._show_busy(True)
        job.start()

    def _show_busy(self, is_busy: bool) -> None:
        self.progress.setVisible(is_busy)
        self.cancel_button.setVisible(is_busy)
        self.cancel_button.setEnabled(True)
        for button in (self.open_button, self.units_button, self.export_button):
            button.setVisible(not is_busy)
        self.units_button.setVisible(not is_busy and self._export_units is not None)

    def _on_progressed(self, done: int, of: int, unit: str) -> None:
        if self._job is not None:
            self.progress.set_progress(done / of)
            self.foot.say(f"正在做单位年度页：{unit}（{done + 1}/{of}）")

    def cancel(self) -> None:
        """取消: stop before the next unit; nothing is written."""
        if self._job is not None:
            self._job.cancel()
            self.cancel_button.setEnabled(False)

    def _on_ended(self, outcome: Outcome) -> None:
        self._job = None
        self._show_busy(False)
        if outcome.bug is not None:
            raise outcome.bug
        if outcome.problem is not None:
            self.foot.say(str(outcome.problem), Tone.OVER)
        else:
            where = f"到 {outcome.files[0].parent}" if outcome.files else ""
            self.foot.say(
                f"单位年度页 {self._pages} 页，已导出 {len(outcome.files)} 个文件{where}。", Tone.OK
            )

    def done(self, result: int) -> None:
        """Closing stops what is being made, and waits for it to have stopped."""
        if self._job is not None:
            self._job.cancel()
            self._job.wait()
        super().done(result)

    def open_meeting(self) -> None:
        """Open the chosen meeting; the first one where none is chosen."""
        place = max(0, self.behind.selected_row())
        if place < len(self._evidence):
            self.meeting_chosen.emit(self._evidence[place].meeting_id)
            self.accept()


def _years(office: Office, now: datetime) -> list[int]:
    return sorted({now.year, *(card.start.astimezone().year for card in office.cards())}, reverse=True)


def _line(row: LedgerRow) -> Line:
    words = [one.words(row) for one in FIGURES]
    bold = {COUNTED, TIER} if row.tier else set()
    cells = [
        Cell(
            text,
            mute=text == "·",
            bold=place in bold,
            tip=row.suggestion if place == TIER else text if place <= NAME else "",
        )
        for place, text in enumerate(words)
    ]
    return Line(row.key, tuple(cells))


def _behind_line(place: int, one: Evidence, row: LedgerRow) -> Line:
    who = "" if row.name else f"{display_name(one.name)}　"
    words = f"{who}{evidence_words(one)}"
    when = f"{one.start.astimezone():%Y-%m-%d}"
    return Line(place, (Cell(when, mute=True), Cell(one.title, tip=one.title), Cell(words, tip=words)))
