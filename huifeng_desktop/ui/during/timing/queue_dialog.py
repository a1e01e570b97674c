"""报名发言: the queue of a free discussion. Names by search, five minutes each, next, drop out.

Who is called becomes an agenda item, so that the record holds the speech; undo puts them back.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from huifeng_desktop.domain.agenda import AgendaItem
from huifeng_desktop.domain.people import Seat, display_name, normalise_name
from huifeng_desktop.service.agenda_editing import QUEUE_LIMIT_S
from huifeng_desktop.service.door.search import SearchIndex
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.action_button import ActionButton
from huifeng_desktop.ui.attempt import attempt
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.during.forms import DurationField
from huifeng_desktop.ui.during.words import joined, seat_words
from huifeng_desktop.ui.kit.buttons import ButtonKind
from huifeng_desktop.ui.kit.labels import text_label
from huifeng_desktop.wording import minutes_seconds

_MOST_FOUND = 6
_PERSON = Qt.ItemDataRole.UserRole


class QueueDialog(QDialog):
    """Stays open beside the page; `refresh` shows the queue as it is."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._index = SearchIndex(context.session.state.seats)
        self.setWindowTitle(self.tr("报名发言"))
        self.resize(520, 560)
        self.name = QLineEdit(self)
        self.name.setPlaceholderText(self.tr("姓名、拼音或单位；名单以外的人直接填姓名"))
        self.found, self.waiting = QListWidget(self), QListWidget(self)
        for sheet in (self.found, self.waiting):
            sheet.setObjectName("sheet")
        self.found.setFixedHeight(_MOST_FOUND * 28 + 12)
        self.span = DurationField(QUEUE_LIMIT_S, self)
        self.add = self._button(self.tr("报名"), "", self.join)
        self.start = self._button(self.tr("请下一位发言"), "Ctrl+Return", self.start_next, ButtonKind.PRIMARY)
        self.call = self._button(self.tr("请选中的人发言"), "", self.start_chosen)
        self.drop = self._button(self.tr("放弃发言"), "", self.drop_chosen)
        self._lay_out()
        self.name.textChanged.connect(lambda _: self._search())
        self.waiting.currentRowChanged.connect(lambda _: self._enable())
        self.found.itemDoubleClicked.connect(lambda _: self.join())
        self.refresh()

    def _button(
        self, text: str, key: str, act: Callable[[], object], kind: ButtonKind = ButtonKind.NORMAL
    ) -> ActionButton:
        button = ActionButton(text, key, kind=kind, size=13, parent=self)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: act())
        return button

    def _lay_out(self) -> None:
        entry, calls = QHBoxLayout(), QHBoxLayout()
        entry.addWidget(text_label(self.tr("限时"), tone="mute", parent=self))
        entry.addWidget(self.span, 1)
        entry.addWidget(self.add)
        for button in (self.drop, self.call, self.start):
            calls.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(theme.SPACE_2)
        layout.addWidget(text_label(self.tr("谁要发言"), size=16, bold=True, parent=self))
        layout.addWidget(self.name)
        layout.addWidget(self.found)
        layout.addLayout(entry)
        layout.addSpacing(theme.SPACE_2)
        self.heading = text_label("", size=16, bold=True, parent=self)
        layout.addWidget(self.heading)
        layout.addWidget(self.waiting, 1)
        layout.addLayout(calls)

    # -- showing -------------------------------------------------------------------------------

    def refresh(self) -> None:
        """The queue as it is on disk; the chosen line stays chosen."""
        chosen, queue = self._chosen(), self._context.podium.queue()
        self.waiting.clear()
        for place, item in enumerate(queue, 1):
            self.waiting.addItem(_line(f"{place}.　{_waiting_words(item)}", item.item_id))
        ids = [item.item_id for item in queue]
        self.waiting.setCurrentRow(ids.index(chosen) if chosen in ids else 0)
        self.heading.setText(f"等待发言 {len(queue)} 人" if queue else self.tr("没有人等待发言"))
        self._enable()

    def _enable(self) -> None:
        is_open = self._context.session.state.adjourned_at is None
        for button in (self.start, self.call, self.drop):
            button.setEnabled(bool(self._chosen()) and is_open)

    def _search(self) -> None:
        self.found.clear()
        for seat in self._index.find(self.name.text(), _MOST_FOUND):
            self.found.addItem(_line(seat_words(seat), seat))
        self.found.setCurrentRow(0)

    def _chosen(self) -> str:
        row = self.waiting.currentRow()
        return str(self.waiting.item(row).data(_PERSON)) if row >= 0 else ""

    # -- doing ---------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter puts the name down or presses the button that has the focus; arrows choose who was found."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            focused = self.focusWidget()
            focused.click() if isinstance(focused, QAbstractButton) else self.join()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = -1 if key == Qt.Key.Key_Up else 1
            row = self.found.currentRow() + step
            self.found.setCurrentRow(min(max(row, 0), self.found.count() - 1))
        else:
            super().keyPressEvent(event)

    def join(self) -> None:
        """The one who was found, or a name that is not on the roster."""
        row = self.found.currentRow()
        seat = self.found.item(row).data(_PERSON) if row >= 0 else None
        name, unit = normalise_name(self.name.text()), ""
        if isinstance(seat, Seat):
            name, unit = seat.name, seat.unit
        if self._do(lambda: self._context.podium.join_queue(name, unit, self.span.value())):
            self.name.clear()
            self.name.setFocus()
            self.refresh()

    def start_next(self) -> None:
        """The first in the queue speaks; whoever speaks now is finished."""
        self._do(self._context.podium.start_queued)
        self.refresh()

    def start_chosen(self) -> None:
        """The chosen one speaks."""
        chosen = self._chosen()
        self._do(lambda: self._context.podium.start_queued(chosen))
        self.refresh()

    def drop_chosen(self) -> None:
        """Somebody gives up waiting."""
        chosen = self._chosen()
        self._do(lambda: self._context.podium.leave_queue(chosen))
        self.refresh()

    def _do(self, call: Callable[[], object]) -> object:
        return attempt(self._context.voice, call)


def _waiting_words(item: AgendaItem) -> str:
    return joined(display_name(item.speaker), item.unit, minutes_seconds(item.limit_s))


def _line(text: str, person: object) -> QListWidgetItem:
    line = QListWidgetItem(text)
    line.setData(_PERSON, person)
    return line
