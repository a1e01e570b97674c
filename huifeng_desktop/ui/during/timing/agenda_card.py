"""The agenda on the 会中 page: what was, what is and what comes, with its actions and the pace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QMenu,
    QStyleOptionViewItem,
    QWidget,
)

from huifeng_desktop.domain.agenda import AgendaItem
from huifeng_desktop.domain.moments import ClockReading
from huifeng_desktop.domain.speaker_timer import Run
from huifeng_desktop.rules.pace import outlook
from huifeng_desktop.rules.speaking import SpeakingRow, limit_of
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.attempt import attempt
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.during.forms import DurationForm, ItemForm
from huifeng_desktop.ui.during.timing.agenda_model import (
    ACTUAL,
    CURRENT_ROLE,
    EDGE,
    KIND,
    LIMIT,
    NUMBER,
    OVER,
    TITLE,
    AgendaModel,
    agenda_line,
)
from huifeng_desktop.ui.during.words import pace_hint, pace_words
from huifeng_desktop.ui.kit.labels import Card, separator
from huifeng_desktop.ui.kit.table import RowDelegate, TableView, TwoLineDelegate
from huifeng_desktop.ui.kit.tag import Tag
from huifeng_desktop.ui.theme import Tone
from huifeng_desktop.wording import clock_time, minutes_seconds

if TYPE_CHECKING:
    from huifeng_desktop.ui.during.timing.pace_dialog import PaceDialog

_Index = QModelIndex | QPersistentModelIndex
_NARROW = 410


class NumberDelegate(RowDelegate):
    """The first column also carries the edge of the item before the hall."""

    def paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """The shared ground, then the edge."""
        super().paint_ground(painter, option, index)
        if index.data(CURRENT_ROLE):
            rect = option.rect
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), QColor(theme.ACCENT))


class FigureInWords(QWidget):
    """A bold figure between plain words. Plain labels, since rich text costs a document each."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._labels = [QLabel(self) for _ in range(3)]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_1)
        for place, label in enumerate(self._labels):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setFont(theme.ui_font(13, bold=place == 1))
            row.addWidget(label)

    def show_figure(self, before: str, figure: str, after: str = "") -> None:
        """Set the words and the figure; empty words take no room."""
        for label, text in zip(self._labels, (before, figure, after), strict=True):
            label.setText(text)
            label.setVisible(bool(text))

    def text(self) -> str:
        """What is read, figure and words together."""
        return " ".join(label.text() for label in self._labels if label.text())


class AgendaCard(Card):
    """Double click or Enter asks to start an item; everything else is in the context menu."""

    start_requested = Signal(str)
    """An item id."""
    skip_requested = Signal(str)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent, padding=0, spacing=0)
        self._context = context
        self.model = AgendaModel(self)
        self.table = self._make_table()
        self._footer = [FigureInWords(self) for _ in range(3)]
        self._pace = Tag(parent=self)
        self._shown_second = -1
        self.body.addWidget(self.table, 1)
        self.body.addWidget(separator(self))
        self.body.addLayout(self._make_footer())

    def _make_table(self) -> TableView:
        table = TableView(self, row_height=37, header_height=37)
        table.setModel(self.model)
        table.horizontalHeader().setMinimumSectionSize(4)
        table.setItemDelegateForColumn(NUMBER, NumberDelegate(table))
        table.setItemDelegateForColumn(TITLE, TwoLineDelegate(table))
        table.set_column_widths({NUMBER: 37, KIND: 54, LIMIT: 50, ACTUAL: 70, OVER: 52, EDGE: 7}, TITLE)
        table.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        table.setDragEnabled(True)
        table.setDropIndicatorShown(True)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._on_menu)
        table.row_activated.connect(self._on_activated)
        self.model.reorder_requested.connect(self._on_reorder)
        return table

    def _make_footer(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(14, 0, 12, 0)
        row.setSpacing(theme.SPACE_3)
        for figure in self._footer:
            row.addWidget(figure)
        row.addStretch(1)
        row.addWidget(self._pace)
        row.addStrut(44)
        return row

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Titles go before types where it is narrow: the type stands on the speaker's card as well."""
        super().resizeEvent(event)
        self.table.setColumnHidden(KIND, event.size().width() < _NARROW)

    # -- showing -------------------------------------------------------------------------------

    def refresh(self, now: ClockReading) -> None:
        """Show agenda and pace as of `now`; the item before the hall is brought into view."""
        before = self.model.current_row()
        rows = self._context.podium.rows(now)
        self.model.set_lines([agenda_line(row) for row in rows])
        if self.model.current_row() != before:
            self._follow(self.model.current_row())
        self._show_pace(rows, now)
        self._shown_second = int(now.mono)

    def _follow(self, current: int) -> None:
        """The choice goes with the item before the hall, unless somebody is choosing."""
        if current >= 0:
            self.table.scrollTo(self.model.index(current, 0))
        if not self.table.hasFocus():
            self.table.setCurrentIndex(self.model.index(current, 0))

    def on_tick(self, now: ClockReading) -> None:
        """Once a second is enough for a list."""
        if int(now.mono) != self._shown_second:
            self.refresh(now)

    def _show_pace(self, rows: list[SpeakingRow], now: ClockReading) -> None:
        state = self._context.session.state
        over, seen = state.adjourned_at, outlook(state, rows, now)
        used = minutes_seconds(seen.elapsed_s) if state.opened_at else "—"
        planned, spent, ending = self._footer
        planned.show_figure("计划", minutes_seconds(seen.planned_s))
        spent.show_figure("已用", used)
        if over:
            ending.show_figure("", clock_time(over), "散会")
        else:
            ending.show_figure("预计", clock_time(seen.end_at), "结束")
        pace = pace_words(seen) if state.opened_at else ("未开会", Tone.NEUTRAL)
        self._pace.set_state(*pace)
        self._pace.setToolTip(pace_hint(seen) if state.opened_at else "")

    # -- actions -------------------------------------------------------------------------------

    def item_at(self, row: int) -> AgendaItem | None:
        """The agenda item of a row."""
        line = self.model.line(row)
        return self._context.session.state.item(line.item_id) if line else None

    def menu_for(self, row: int) -> QMenu:
        """What can be done with the item of this row."""
        menu = QMenu(self)
        item = self.item_at(row)
        if item is not None:
            self._add_item_actions(menu, item, row)
            menu.addSeparator()
        self._add(menu, self.tr("插入发言…"), lambda: self.insert_before(item))
        self._add(menu, self.tr("全场限时与压缩建议…"), self.show_advice)
        return menu

    def _add_item_actions(self, menu: QMenu, item: AgendaItem, row: int) -> None:
        current = self.model.current_row() == row
        done = self._context.session.state.timing(item.item_id).run is Run.FINISHED
        last = self.model.rowCount() - 1
        self._add(menu, self.tr("从这里开始"), lambda: self.start_requested.emit(item.item_id), not current)
        self._add(menu, self.tr("跳过"), lambda: self.skip_requested.emit(item.item_id), not done)
        idle = self._context.session.state.timing(item.item_id).run is Run.IDLE
        self._add(menu, self.tr("推后\tAlt+P"), lambda: self.postpone(item), idle)
        menu.addSeparator()
        self._add(menu, self.tr("改类型、限时和发言人…"), lambda: self.change_item(item))
        self._add(menu, self.tr("改限时…"), lambda: self.change_limit(item))
        self._add(menu, self.tr("改实际用时…"), lambda: self.correct_actual(item))
        menu.addSeparator()
        self._add(menu, self.tr("上移\tAlt+↑"), lambda: self.move_row(row, row - 1), row > 0)
        self._add(menu, self.tr("下移\tAlt+↓"), lambda: self.move_row(row, row + 1), row < last)
        self._add(menu, self.tr("删除"), lambda: self.remove(item), not (done or current))

    @staticmethod
    def _add(menu: QMenu, text: str, act: Callable[[], object], enabled: bool = True) -> None:
        action = QAction(text, menu)
        action.setEnabled(enabled)
        action.triggered.connect(lambda _=False: act())
        menu.addAction(action)

    def show_advice(self) -> PaceDialog:
        """全场限时, and what might be shortened to keep it: advice only."""
        from huifeng_desktop.ui.during.timing.pace_dialog import PaceDialog

        dialog = PaceDialog(self._context, self.window())
        dialog.open()
        return dialog

    def postpone(self, item: AgendaItem) -> None:
        """推后: behind the next one that waits."""
        self._do(lambda: self._context.podium.postpone(item.item_id))

    def change_item(self, item: AgendaItem) -> None:
        """Ask for other words, another type or limit; a speech that runs goes on with them."""
        form = ItemForm(self.tr("更改会立即用于计时，已用时间不变"), self.window(), known=item)
        form.given.connect(lambda changed: self._do(lambda: self._context.podium.change_item(changed)))
        form.open()

    def change_limit(self, item: AgendaItem) -> None:
        """Ask for another limit."""
        form = DurationForm(self.tr("改限时"), item.title, limit_of(item) or 0, self.window())
        podium = self._context.podium
        form.given.connect(
            lambda seconds, _: self._do(lambda: podium.change_item(replace(item, limit_s=seconds)))
        )
        form.open()

    def correct_actual(self, item: AgendaItem) -> None:
        """Ask for the spoken time as it should be recorded; the old one is kept."""
        timing = self._context.session.state.timing(item.item_id)
        spoken = int(timing.elapsed(self._context.session.now()) + 0.5)
        form = DurationForm(self.tr("改实际用时"), item.title, spoken, self.window(), with_reason=True)
        podium = self._context.podium
        form.given.connect(
            lambda seconds, why: self._do(
                lambda: podium.correct(item.item_id, seconds, why=why or "手工更正")
            )
        )
        form.open()

    def insert_before(self, item: AgendaItem | None) -> None:
        """Ask for a new item, to stand before this one or at the end."""
        heading = self.tr("插在“%1”之前").replace("%1", item.title) if item else self.tr("加在议程末尾")
        form = ItemForm(heading, self.window())
        before = item.item_id if item else None
        podium = self._context.podium
        form.given.connect(lambda fresh: self._do(lambda: podium.add_item(fresh, before=before)))
        form.open()

    def remove(self, item: AgendaItem) -> None:
        """Take the item off the agenda; its record stays in the log."""
        self._do(lambda: self._context.podium.remove_item(item.item_id))

    def move_row(self, source: int, target: int) -> None:
        """Let the item of `source` stand at `target`."""
        if 0 <= target < self.model.rowCount() and source != target:
            place = target + 1 if target > source else target
            self._on_reorder(self.model.order_after_move(source, place))
            self.table.selectRow(target)

    def _on_reorder(self, order: list[str]) -> None:
        self._do(lambda: self._context.podium.reorder(order))

    def _on_activated(self, row: int) -> None:
        line = self.model.line(row)
        if line is not None and not line.is_current:
            self.start_requested.emit(line.item_id)

    def _on_menu(self, at: QPoint) -> None:
        menu = self.menu_for(self.table.indexAt(at).row())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.table.viewport().mapToGlobal(at))

    def _do(self, call: Callable[[], object]) -> None:
        attempt(self._context.voice, call)
