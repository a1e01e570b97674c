"""The second desks of this window: opened by name, listed with what was seen of them, taken back.

What is open is kept here, not in the desk process: when that has crashed and comes up again, every
desk is opened anew under the address it had, and whoever stands at it only sees a short break.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from PySide6.QtCore import QObject, Signal

from huifeng_desktop.ui.deskside.process import DeskProcess


@dataclass(frozen=True, slots=True)
class SecondDesk:
    """One desk; `url` is "" until it is open, `seen` None until somebody has loaded its page."""

    ident: str
    name: str
    host: str
    url: str = ""
    key: str = ""
    seen: datetime | None = None
    address: str = ""
    entries: int = 0
    entries_before: int = 0
    """Of the entries, those made before the desk process had crashed: it counts from nothing again."""

    @property
    def port(self) -> int:
        """Where it listens, to be asked for again after a crash."""
        return urlsplit(self.url).port or 0


class SecondDesks(QObject):
    """Opens desks through the desk process and keeps it running for them."""

    changed = Signal()

    def __init__(self, desk: DeskProcess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._desks: dict[str, SecondDesk] = {}
        desk.desks_listed.connect(self._on_listed)
        desk.came_up.connect(self._on_came_up)

    def desks(self) -> list[SecondDesk]:
        """Every desk that is open or about to be, the oldest first."""
        return list(self._desks.values())

    def open(self, name: str, host: str) -> str:
        """A desk of this name on an address of this machine; its id. `changed` follows with the address."""
        desk = SecondDesk(uuid.uuid4().hex[:8], name, host)
        self._desks[desk.ident] = desk
        self._desk.keep_for_desks(True)
        self._ask_for(desk)
        self.changed.emit()
        return desk.ident

    def revoke(self, ident: str) -> None:
        """Void its address at once; whoever has it open is told."""
        self._desks.pop(ident, None)
        self._desk.tell(command="close_desk", id=ident)
        self._desk.keep_for_desks(bool(self._desks))
        self.changed.emit()

    def revoke_all(self) -> None:
        """The meeting is over, and with it every address."""
        for ident in list(self._desks):
            self.revoke(ident)

    def _ask_for(self, desk: SecondDesk) -> None:
        self._desk.tell(
            command="open_desk", id=desk.ident, name=desk.name, host=desk.host, port=desk.port, key=desk.key
        )

    def _on_came_up(self) -> None:
        for ident, desk in self._desks.items():
            self._desks[ident] = replace(desk, entries_before=desk.entries)
            self._ask_for(desk)

    def _on_listed(self, lines: list[dict[str, Any]]) -> None:
        """What the process says: no address where one could not be opened, nothing after a failure."""
        for line in lines:
            known = self._desks.get(str(line.get("id", "")))
            if known is not None and line.get("url"):
                self._desks[known.ident] = _told(known, line)
            elif known is not None:
                del self._desks[known.ident]
        if not self._desk.is_running():
            self._desks.clear()
        self.changed.emit()


def _told(known: SecondDesk, line: dict[str, Any]) -> SecondDesk:
    seen = str(line.get("seen", ""))
    return replace(
        known,
        url=str(line["url"]),
        key=str(line.get("key", "")),
        seen=datetime.fromisoformat(seen) if seen else known.seen,
        address=str(line.get("address", "")) or known.address,
        entries=known.entries_before + int(line.get("entries", 0)),
    )
