"""补印: the card or badge of one person, from a row of a list.

The parts that make papers are loaded when the menu is first used: a list costs nothing for having it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QAbstractItemView, QMenu

from huifeng_desktop.domain.people import Category, Seat
from huifeng_desktop.ui.context import UiContext

if TYPE_CHECKING:
    from huifeng_desktop.ui.papers.exporting import Exporting

CARD, BADGE = "补印席卡…", "补印证件…"


class PersonPapers(QObject):
    """A menu on `table` for the person whose seat `chosen` tells (or ""); None for a folder: a dialog."""

    def __init__(
        self,
        context: UiContext,
        table: QAbstractItemView,
        chosen: Callable[[], str],
        choose_folder: Callable[[], Path | None] | None = None,
    ) -> None:
        super().__init__(table)
        self._context, self._table, self._chosen = context, table, chosen
        self.choose_folder = choose_folder
        self._exporting: Exporting | None = None
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._on_requested)

    @property
    def exporting(self) -> Exporting:
        """What makes the files."""
        if self._exporting is None:
            from huifeng_desktop.ui.papers.exporting import Exporting, Unseen

            self._exporting = Exporting(self._context, Unseen(), self.choose_folder, self._table)
        return self._exporting

    def seat(self) -> Seat | None:
        """The chosen person's seat."""
        return self._context.session.state.seat(self._chosen())

    def menu(self) -> QMenu | None:
        """What can be printed for the chosen person; None where nobody is chosen."""
        seat = self.seat()
        if seat is None or not seat.name:
            return None
        menu = QMenu(self._table)
        card = menu.addAction(self.tr(CARD))
        card.setEnabled(seat.category is not Category.STAFF)
        card.triggered.connect(self.print_card)
        badge = menu.addAction(self.tr(BADGE))
        badge.setEnabled(bool(seat.badge))
        badge.triggered.connect(self.print_badge)
        return menu

    def print_card(self) -> None:
        """席卡 of the chosen person."""
        self._print("cards")

    def print_badge(self) -> None:
        """证件 of the chosen person."""
        self._print("badges")

    def _print(self, paper: str) -> None:
        seat = self.seat()
        if seat is not None:
            self.exporting.export_person(paper, seat.seat_id)

    def _on_requested(self, _: QPoint) -> None:
        menu = self.menu()
        if menu is not None:
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(QCursor.pos())
