"""One agenda item in fields: changed, added, moved or deleted from here."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from huifeng_desktop import wording
from huifeng_desktop.domain.agenda import AgendaItem, ItemKind
from huifeng_desktop.domain.events import Event
from huifeng_desktop.domain.people import normalise_name
from huifeng_desktop.errors import UserProblem
from huifeng_desktop.service.ports import Imports
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.before.frame import SIDE, PanelFoot, attempt
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.kit.buttons import ButtonKind, KeyButton
from huifeng_desktop.ui.kit.labels import separator, text_label

_KINDS = tuple(ItemKind)


class AgendaEditor(QWidget):
    """The fields of one item. Storing is its own; the panel is told what to show next."""

    saved = Signal(str)
    """The id of the item that was changed or added."""
    remove_requested = Signal(str)
    move_requested = Signal(str, int)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._item = AgendaItem("", "")
        self._before: str | None = None
        self.is_new = False
        self._make_fields()
        self._make_buttons()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(separator(self))
        layout.addLayout(self._field_grid())
        layout.addWidget(self._foot)

    def _make_fields(self) -> None:
        self.title, self.speaker, self.unit = QLineEdit(self), QLineEdit(self), QLineEdit(self)
        self.limit = QLineEdit(self)
        self.kind = QComboBox(self)
        for kind in _KINDS:
            self.kind.addItem(wording.ITEM_KIND[kind])
        self.kind.currentIndexChanged.connect(self._on_kind_changed)
        for field in (self.title, self.speaker, self.unit, self.limit):
            field.returnPressed.connect(self.save)

    def _field_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(SIDE, theme.SPACE_2, SIDE, theme.SPACE_3)
        grid.setHorizontalSpacing(theme.SPACE_3)
        grid.setVerticalSpacing(theme.SPACE_1)
        fields: tuple[tuple[str, QWidget, int], ...] = (
            ("议题", self.title, 5),
            ("发言人", self.speaker, 2),
            ("单位", self.unit, 4),
            ("类型", self.kind, 2),
            ("限时", self.limit, 2),
        )
        for column, (name, field, stretch) in enumerate(fields):
            label = text_label(name, size=theme.TEXT_SMALL, tone="mute", parent=self)
            label.setBuddy(field)
            field.setAccessibleName(name)
            grid.addWidget(label, 0, column)
            grid.addWidget(field, 1, column)
            grid.setColumnStretch(column, stretch)
        return grid

    def _make_buttons(self) -> None:
        self.up = KeyButton(self.tr("上移"), shortcut="Alt+Up", parent=self)
        self.down = KeyButton(self.tr("下移"), shortcut="Alt+Down", parent=self)
        self.remove = KeyButton(self.tr("删除"), hint="Del", kind=ButtonKind.DANGER, parent=self)
        self.keep = KeyButton(self.tr("保存"), shortcut="Ctrl+S", kind=ButtonKind.PRIMARY, parent=self)
        self.cancel = KeyButton(self.tr("取消"), hint="Esc", parent=self)
        self._foot = PanelFoot(self)
        for button in (self.up, self.down, self.remove, self.cancel, self.keep):
            self._foot.add(button)
        self.up.clicked.connect(lambda: self.move_requested.emit(self._item.item_id, -1))
        self.down.clicked.connect(lambda: self.move_requested.emit(self._item.item_id, 1))
        self.remove.clicked.connect(lambda: self.remove_requested.emit(self._item.item_id))
        self.cancel.clicked.connect(self.give_up)
        self.keep.clicked.connect(self.save)
        self.cancel.setShortcut(Qt.Key.Key_Escape)

    @property
    def is_touched(self) -> bool:
        """Whether a field says something that is not stored."""
        return self._texts() != _texts_of(self._item)

    def show_item(self, item: AgendaItem) -> None:
        """Fill the fields from an item."""
        self._item, self.is_new, self._before = item, False, None
        self._fill()

    def begin_new(self, before: str | None) -> None:
        """Empty fields for a new item, to go before another one or at the end."""
        self._item, self.is_new, self._before = AgendaItem("", "", kind=ItemKind.REPORT), True, before
        self._fill()

    def give_up(self) -> None:
        """Back to what is stored."""
        self.is_new = False
        self._fill()
        self.saved.emit(self._item.item_id)

    def focus_title(self) -> None:
        """Begin typing."""
        self.title.setFocus(Qt.FocusReason.OtherFocusReason)
        self.title.selectAll()

    def set_locked(self, locked: bool) -> None:
        """A sealed meeting is only looked at."""
        for field in (self.title, self.speaker, self.unit, self.limit, self.kind):
            field.setEnabled(not locked)
        for button in (self.up, self.down, self.remove, self.cancel, self.keep):
            button.setEnabled(not locked)

    def save(self) -> None:
        """Store the item as the fields say it."""
        if self._store():
            self.saved.emit(self._item.item_id)

    def keep_changes(self) -> None:
        """Store what was typed before another item takes the fields; an empty new one is dropped.

        Stored in the next turn of the event loop: the table that asks is in the middle of moving.
        """
        item = attempt(self._context.voice, self._stated) if self._is_worth_keeping() else None
        if item is not None:
            is_new, before = self.is_new, self._before
            QTimer.singleShot(0, lambda: self._record(item, is_new, before))

    def shows(self, item_id: str) -> bool:
        """Whether the fields belong to this stored item."""
        return not self.is_new and self._item.item_id == item_id

    def _is_worth_keeping(self) -> bool:
        return self.is_touched and self.keep.isEnabled() and bool(self.title.text().strip())

    def _store(self) -> bool:
        item = attempt(self._context.voice, self._stated)
        event = self._record(item, self.is_new, self._before) if item is not None else None
        if item is None or event is None:
            return False
        self.is_new = False
        self._item = replace(item, item_id=event.subject)
        return True

    def _record(self, item: AgendaItem, is_new: bool, before: str | None) -> Event | None:
        podium, voice = self._context.podium, self._context.voice
        change = podium.add_item if is_new else podium.change_item
        event = attempt(voice, lambda: change(item, before=before))
        if event is not None:
            voice.say(f"议题“{item.title}”已存入。")
        return event

    def _stated(self) -> AgendaItem:
        title, speaker, unit, _, limit = self._texts()
        if not title:
            raise UserProblem("议题是空的，请填写议题。")
        spoken = normalise_name(speaker) if " " not in speaker or len(speaker) <= 4 else speaker
        kind = _KINDS[self.kind.currentIndex()]
        return AgendaItem(
            self._item.item_id, title, spoken, unit, kind, typed_limit(self._context.imports, limit)
        )

    def _texts(self) -> tuple[str, str, str, int, str]:
        return (
            self.title.text().strip(),
            self.speaker.text().strip(),
            self.unit.text().strip(),
            self.kind.currentIndex(),
            self.limit.text().strip(),
        )

    def _fill(self) -> None:
        title, speaker, unit, kind, limit = _texts_of(self._item)
        self.kind.setCurrentIndex(kind)
        for field, text in (
            (self.title, title),
            (self.speaker, speaker),
            (self.unit, unit),
            (self.limit, limit),
        ):
            field.setText(text)
            field.setCursorPosition(0)
        for button in (self.up, self.down, self.remove):
            button.setVisible(not self.is_new)
        self.cancel.setVisible(self.is_new)
        self.keep.setText(self.tr("添加") if self.is_new else self.tr("保存"))
        words = "新的一项" if self.is_new else "选中一项后在这里修改；时长可写 10、10分钟、6:30、6分30秒"
        self._foot.say(words)

    def _on_kind_changed(self, place: int) -> None:
        limit = _KINDS[place].default_limit_s
        words = f"按类型 {wording.minutes_seconds(limit)}" if limit else "不限时"
        self.limit.setPlaceholderText(words)


def _texts_of(item: AgendaItem) -> tuple[str, str, str, int, str]:
    limit = wording.minutes_seconds(item.limit_s)
    return item.title, item.speaker, item.unit, _KINDS.index(item.kind), limit


def typed_limit(imports: Imports, text: str) -> int | None:
    """Seconds of a typed duration, None for none; understood exactly as in files.

    Raises UserProblem with the reader's own sentence.
    """
    if not text:
        return None
    reading = imports.open_text(f"议题\t类型\t时长\n发言\t自定义\t{' '.join(text.split())}").agenda()
    if not reading.rows:
        raise UserProblem(f"{reading.problems[0].text.rstrip('。')}。")
    return reading.rows[0].limit_s
