"""预计几点到: one time of day, told on the telephone."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QTime, Signal
from PySide6.QtWidgets import QTimeEdit, QWidget

from huifeng_desktop.ui.during.forms import Form

_USUAL_MIN = 10


class ExpectedForm(Form):
    """Ten minutes from now, to be changed."""

    given = Signal(str)
    """14:40."""

    def __init__(self, heading: str, now: datetime, parent: QWidget | None) -> None:
        super().__init__("预计到会", heading, parent)
        usual = (now + timedelta(minutes=_USUAL_MIN)).astimezone()
        self.at = QTimeEdit(QTime(usual.hour, usual.minute), self)
        self.at.setDisplayFormat("HH:mm")
        self.at.lineEdit().setTextMargins(9, 0, 9, 0)
        self.fields.addRow(self.tr("预计几点到"), self.at)
        self.at.setFocus()

    def confirm(self) -> None:
        """Any time will do."""
        self.given.emit(self.at.time().toString("HH:mm"))
        self.accept()
