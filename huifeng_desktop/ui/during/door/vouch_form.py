"""同一手机: whether the second person whom one telephone has signed in is really there."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from huifeng_desktop.ui.during.forms import Form
from huifeng_desktop.ui.kit.buttons import Segmented
from huifeng_desktop.ui.kit.labels import text_label

NOT_THERE = "不是本人签到"
"""The reason that stays with a sign-in that is taken back here."""


class VouchForm(Form):
    """The evidence, and one of two answers."""

    vouched = Signal()
    denied = Signal()

    def __init__(self, heading: str, evidence: str, parent: QWidget | None) -> None:
        super().__init__("核实本人", heading, parent)
        told = text_label(evidence, parent=self)
        told.setWordWrap(True)
        self.answer = Segmented([self.tr("本人在会场"), self.tr("不是本人，撤销签到")], parent=self)
        self.fields.addRow(told)
        self.fields.addRow(self.tr("看到的是"), self.answer)

    def confirm(self) -> None:
        """Pass the answer on."""
        (self.denied if self.answer.index() else self.vouched).emit()
        self.accept()
