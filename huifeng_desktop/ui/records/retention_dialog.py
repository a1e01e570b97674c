"""归档与保存期: for how many years records are kept, which meetings are due, their archives, and what went.

Nothing is deleted here; a meeting that may go is only asked for, and another dialog makes sure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from huifeng_desktop.domain.tombstone import Tombstone
from huifeng_desktop.service.after.retention import (
    ARCHIVED,
    LONGEST_YEARS,
    RETENTION,
    due,
    years_kept,
)
from huifeng_desktop.service.office import MeetingCard
from huifeng_desktop.service.ports import Settings
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.before.frame import PanelFoot, PanelHead
from huifeng_desktop.ui.before.table import Cell, Column, Line, RowsTable
from huifeng_desktop.ui.kit.buttons import ButtonKind, KeyButton
from huifeng_desktop.ui.kit.labels import Card, separator, text_label

_COLUMNS = (Column("时间", 110), Column("会议", 240, 3), Column("保存期", 110), Column("归档", 170, 2))


class RetentionDialog(QDialog):
    """`archive_requested` carries the meetings to archive, `removal_requested` the one to delete."""

    archive_requested = Signal(list)
    removal_requested = Signal(str)

    def __init__(
        self,
        cards: Sequence[MeetingCard],
        settings: Settings,
        now: datetime,
        here: str = "",
        parent: QWidget | None = None,
        tombstones: Sequence[Tombstone] = (),
    ) -> None:
        super().__init__(parent)
        self._cards, self._settings, self._now, self._here = cards, settings, now, here
        self._tombstones = [one for one in tombstones if not one.is_back]
        self._due: list[MeetingCard] = []
        self._removable: set[str] = set()
        self.setWindowTitle(self.tr("归档与保存期 — 会风"))
        self.resize(940, 560)
        self.head = PanelHead(self.tr("归档与保存期"), self)
        self.years = QSpinBox(self)
        self.years.setRange(1, LONGEST_YEARS)
        self.years.setSuffix(self.tr(" 年"))
        self.years.setFixedWidth(110)
        if (line := self.years.lineEdit()) is not None:
            line.setTextMargins(9, 0, 4, 0)
        self.years.setAccessibleName(self.tr("记录保存几年"))
        self.years.setValue(years_kept(settings))
        self.table = RowsTable(_COLUMNS, self, row_height=34)
        self.foot = PanelFoot(self)
        self._lay_out()
        self.years.valueChanged.connect(self._on_years)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._show_removable())
        self.show_meetings()
        self.table.setFocus()

    def _lay_out(self) -> None:
        self.this_one = KeyButton(self.tr("归档本次会议…"), shortcut="Ctrl+S", parent=self)
        self.all_due = KeyButton(self.tr("归档到期的会议…"), kind=ButtonKind.PRIMARY, parent=self)
        self.remove = KeyButton(self.tr("删除选中的会议…"), kind=ButtonKind.DANGER, parent=self)
        close = KeyButton(self.tr("关闭"), hint="Esc", parent=self)
        for button in (self.remove, self.this_one, self.all_due, close):
            self.foot.add(button)
        self.this_one.clicked.connect(lambda: self._ask([self._here]))
        self.all_due.clicked.connect(lambda: self._ask([one.meeting_id for one in self._due]))
        self.remove.clicked.connect(self._on_remove)
        close.clicked.connect(self.reject)
        note = self.tr(
            "满期后每次打开会议列表都提醒，直到归档。程序不会自行删除；已归档的满期会议可由人逐次删除。"
        )
        row = QHBoxLayout()
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(theme.SPACE_3)
        row.addWidget(text_label(self.tr("记录保存"), parent=self))
        row.addWidget(self.years)
        row.addWidget(text_label(note, size=13, tone="mute", parent=self), 1)
        card = Card(self, padding=1, spacing=0)
        card.body.addWidget(self.head)
        card.body.addWidget(separator(self))
        card.body.addLayout(row)
        card.body.addWidget(separator(self))
        card.body.addWidget(self.table, 1)
        card.body.addWidget(self.foot)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 14)
        layout.addWidget(card)

    def show_meetings(self) -> None:
        """Every meeting, the oldest first, and how it stands with its archive."""
        archived: Mapping[str, Any] = self._settings.get(ARCHIVED, {})
        self._due = due(self._cards, self._now, self.years.value(), archived)
        over = {one.meeting_id for one in due(self._cards, self._now, self.years.value(), ())}
        ordered = sorted(self._cards, key=lambda one: one.start)
        gone = sorted(self._tombstones, key=lambda one: one.start)
        self.table.set_lines(
            [*map(_gone_line, gone), *(_line(one, one.meeting_id in over, archived) for one in ordered)]
        )
        self._removable = {one for one in over if one in archived and one != self._here}
        waiting = f"，其中 {len(self._due)} 次满期未归档" if self._due else ""
        deleted = f"；另有 {len(gone)} 次已归档后删除" if gone else ""
        self.head.set_words("归档与保存期", f"共 {len(ordered)} 次会议{waiting}{deleted}")
        self.all_due.setEnabled(bool(self._due))
        self.this_one.setEnabled(bool(self._here))
        self._show_removable()

    def _show_removable(self) -> None:
        """The button for the chosen meeting, and why it cannot be deleted."""
        chosen = self._chosen()
        self.remove.setEnabled(chosen in self._removable)
        if chosen == self._here and chosen:
            self.foot.say(self.tr("正打开着的会议不能删除。"))
        else:
            self.foot.say(self.tr("归档包随时可以并回。"))

    def _chosen(self) -> str:
        lines, place = self.table.rows_model.lines(), self.table.currentIndex().row()
        return str(lines[place].key) if 0 <= place < len(lines) else ""

    def _on_remove(self) -> None:
        chosen = self._chosen()
        self.accept()
        self.removal_requested.emit(chosen)

    def _on_years(self, years: int) -> None:
        self._settings.put(RETENTION, years)
        self.show_meetings()

    def _ask(self, meetings: list[str]) -> None:
        self.archive_requested.emit(meetings)
        self.accept()


def _line(card: MeetingCard, is_over: bool, archived: Mapping[str, Any]) -> Line:
    made = archived.get(card.meeting_id)
    term = "已满期" if is_over else "未满期"
    state = f"{str(made.get('at', ''))[:10]} 已归档" if isinstance(made, Mapping) else "未归档"
    return Line(
        card.meeting_id,
        (
            Cell(f"{card.start.astimezone():%Y-%m-%d}", mute=True),
            Cell(card.title, tip=card.title),
            Cell(term, bold=is_over and made is None, mute=not is_over),
            Cell(state, mute=made is None and not is_over, tip=str(made.get("file", "")) if made else ""),
        ),
    )


def _gone_line(stone: Tombstone) -> Line:
    told = f"{stone.at.astimezone():%Y-%m-%d} {stone.by}"
    tip = f"共 {stone.events} 条记录，归档包 {stone.file}\nSHA-256 {stone.sha256}"
    return Line(
        f"gone-{stone.meeting_id}",
        (
            Cell(f"{stone.start.astimezone():%Y-%m-%d}", mute=True),
            Cell(stone.title, mute=True, tip=stone.title),
            Cell("已删除", mute=True, tip=tip),
            Cell(f"{told}　{stone.file}", mute=True, tip=tip),
        ),
    )
