"""The door's lists while nothing is typed: 最新, 未到, 待核实."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from huifeng_desktop.domain.attendance import Call
from huifeng_desktop.domain.people import Seat, display_name
from huifeng_desktop.rules.verdict import Flag, Verdict
from huifeng_desktop.service.door.arrivals import ArrivalRow, latest_arrivals
from huifeng_desktop.service.muster import Muster
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.during.door.missing_row import missing_row
from huifeng_desktop.ui.during.people_table import PHONE_WIDTH, TAG_WIDTH, PeopleModel, PeopleTable, PersonRow
from huifeng_desktop.ui.during.words import arrival_words, joined, pending_words
from huifeng_desktop.ui.kit.buttons import Segmented
from huifeng_desktop.ui.theme import Tone
from huifeng_desktop.wording import clock_time

LATEST, MISSING, PENDING = range(3)
_LATEST_SHOWN = 200


class ArrivalsTable(PeopleTable):
    """Del asks to take an entry back."""

    undo_requested = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del; everything else is the table's."""
        if event.key() == Qt.Key.Key_Delete:
            self.undo_requested.emit()
        else:
            super().keyPressEvent(event)


class ListsPanel(QWidget):
    """Shows one of three lists and asks for what can be done with a line of it."""

    undo_requested = Signal(str, str)
    """Event id and the person's name."""
    settle_requested = Signal(str)
    """A seat whose deputy somebody has to confirm."""
    passage_requested = Signal(str)
    """A seat: 离场, or 返回 if it is out."""
    person_requested = Signal(str)
    """A missing person's name, to be put into the search box."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._make_rows: dict[int, Callable[[], list[PersonRow]]] = {}
        self.which = Segmented(
            [self.tr("最新"), self.tr("未到"), self.tr("待核实")], expanding=True, parent=self
        )
        self.model = PeopleModel(self)
        self.table = ArrivalsTable(self.model, self)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._on_menu)
        self.table.undo_requested.connect(self._on_undo)
        self.table.row_activated.connect(self._on_activated)
        self.which.index_changed.connect(self._show)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 4)
        layout.setSpacing(theme.SPACE_1)
        head = QVBoxLayout()
        head.setContentsMargins(12, 0, 12, 0)
        head.addWidget(self.which)
        layout.addLayout(head)
        layout.addWidget(self.table, 1)

    def show_lists(
        self, muster: Muster, missing: Sequence[Seat], call_of: Callable[[Seat], Call | None]
    ) -> None:
        """Other lines; only those of the list that is shown are made."""
        pending = muster.pending()
        self._make_rows = {
            LATEST: lambda: [_arrival(row) for row in latest_arrivals(muster.latest(_LATEST_SHOWN))],
            MISSING: lambda: [_missing(seat, call_of(seat)) for seat in missing],
            PENDING: lambda: [_pending(verdict) for verdict in pending],
        }
        self.which.set_text(MISSING, f"未到 {len(missing)}")
        tone = Tone.OVER if pending else Tone.PLAIN
        self.which.set_text(PENDING, f"待核实 {len(pending)}", tone)
        self._show()

    def menu_for(self, row: int) -> QMenu | None:
        """What can be done with a line of the list that is shown."""
        person = self.model.row(row)
        if person is None:
            return None
        menu = QMenu(self)
        if self.which.index() == MISSING:
            _add(menu, self.tr("签到、代会、请假…"), lambda: self.person_requested.emit(person.name))
        if self.which.index() == PENDING:
            _add(menu, self.tr("核实代会…"), lambda: self.settle_requested.emit(person.seat_id))
        if person.event_id:
            _add(menu, self.tr("登记离场或返回"), lambda: self.passage_requested.emit(person.seat_id))
            _add(
                menu,
                self.tr("撤销这次签到…\tDel"),
                lambda: self.undo_requested.emit(person.event_id, person.name),
            )
        return menu

    def _show(self, _: int = 0) -> None:
        index = self.which.index()
        missing = index == MISSING
        self.table.set_tag_width(PHONE_WIDTH if missing else TAG_WIDTH)
        self.model.set_rows(self._make_rows[index]() if self._make_rows else [])

    def _on_menu(self, at: QPoint) -> None:
        menu = self.menu_for(self.table.indexAt(at).row())
        if menu is not None:
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(self.table.viewport().mapToGlobal(at))

    def _on_undo(self) -> None:
        person = self.table.selected_person()
        if person is not None and person.event_id:
            self.undo_requested.emit(person.event_id, person.name)

    def _on_activated(self, row: int) -> None:
        person = self.model.row(row)
        if person is not None and self.which.index() == MISSING:
            self.person_requested.emit(person.name)
        elif person is not None and self.which.index() == PENDING:
            self.settle_requested.emit(person.seat_id)


def _add(menu: QMenu, text: str, act: object) -> None:
    action = QAction(text, menu)
    action.triggered.connect(act)
    menu.addAction(action)


@lru_cache(maxsize=1024)
def _missing(seat: Seat, call: Call | None) -> PersonRow:
    """In this narrow list the word of the last call stands before unit and post."""
    row = missing_row(seat, call)
    return replace(row, more="", subtitle=joined(row.more, row.subtitle))


def _arrival(row: ArrivalRow) -> PersonRow:
    tag, tone = arrival_words(row)
    where = joined(row.unit, row.post)
    return PersonRow(
        row.event_id, clock_time(row.at), display_name(row.name), where, tag, tone, row.seat_id, row.event_id
    )


def _pending(verdict: Verdict) -> PersonRow:
    seat, deputy = verdict.seat, verdict.stood_in_by
    name = (
        display_name(deputy.name)
        if deputy and Flag.DEPUTY_UNCONFIRMED in verdict.flags
        else seat.display_name
    )
    where = joined(seat.unit, f"代 {seat.display_name}" if deputy else seat.post)
    event_id = next((one.event_id for one in verdict.reasons if one.code == "signed_in"), "")
    return PersonRow(
        seat.seat_id,
        clock_time(verdict.signed_in_at) or "—",
        name,
        where,
        pending_words(verdict),
        Tone.OVER,
        seat.seat_id,
        event_id,
    )
