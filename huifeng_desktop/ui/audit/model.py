"""The table behind 操作记录: events as they are found; a row is put into words when it is painted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from huifeng_desktop.domain.events import Event
from huifeng_desktop.service.audit.kinds import AuditGroup, group_of
from huifeng_desktop.service.audit.trail import Audit, AuditRow
from huifeng_desktop.ui import theme
from huifeng_desktop.ui.kit.flat_model import FlatModel, Index
from huifeng_desktop.ui.kit.marks import Mark
from huifeng_desktop.ui.kit.table import MARK_ROLE, TONE_ROLE
from huifeng_desktop.ui.kit.tips import plain_tip
from huifeng_desktop.ui.theme import Tone

TIME, KIND, WHO, WHAT, BEFORE, WHY, BY, DEVICE = range(8)
_TONES = {
    AuditGroup.DOOR: (Tone.OK, Mark.CHECK),
    AuditGroup.RULING: (Tone.NEUTRAL, Mark.SQUARE),
    AuditGroup.UNDO: (Tone.OVER, Mark.TRIANGLE),
    AuditGroup.REFUSED: (Tone.WARN, Mark.TRIANGLE),
}
_ROLES = frozenset(
    {
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.ForegroundRole,
        TONE_ROLE,
        MARK_ROLE,
    }
)


class AuditModel(FlatModel):
    """Shows what `set_events` hands in."""

    HEADERS = ("时间", "操作", "对象", "内容", "此前", "原因、撤销", "操作人", "设备")

    def __init__(self, audit: Audit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._audit = audit
        self._rows: list[Event] = []

    def set_events(self, events: Sequence[Event]) -> None:
        """Other events."""
        self.beginResetModel()
        self._rows = list(events)
        self.endResetModel()

    def event_at(self, row: int) -> Event | None:
        """The event in a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, event_id: str) -> int:
        """Where an event stands, or -1."""
        return next((row for row, one in enumerate(self._rows) if one.event_id == event_id), -1)

    def events(self) -> Sequence[Event]:
        """What is shown, the newest first."""
        return self._rows

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words, the kind as a tag; what was undone is grey."""
        event = self.event_at(index.row())
        if event is None or role not in _ROLES:
            return None
        row, column = self._audit.row(event), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return texts(row)[column]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(texts(row)[column]) or None
        if role == Qt.ItemDataRole.ForegroundRole:
            quiet = row.undone or column in (BEFORE, DEVICE)
            return QColor(theme.MUTE) if quiet else None
        if column != KIND:
            return None
        tone, mark = _TONES.get(group_of(event.kind), (Tone.PLAIN, None))
        return (Tone.PLAIN if row.undone else tone) if role == TONE_ROLE else (None if row.undone else mark)


def texts(row: AuditRow) -> tuple[str, ...]:
    """The cells of a row; what was undone says so beside the reason."""
    why = "；".join(filter(None, (row.why, f"已于 {row.undone}" if row.undone else "")))
    return (row.at, row.kind, row.who, row.what, row.before, why, row.by, row.device)
