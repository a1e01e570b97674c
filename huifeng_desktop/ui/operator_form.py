"""当前操作人: who sits at this computer from now on. Asked only when somebody wants to say it."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QWidget

from huifeng_desktop.ui.attempt import attempt
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.during.forms import Form
from huifeng_desktop.ui.kit.labels import text_label
from huifeng_desktop.ui.operator import LONGEST


class OperatorForm(Form):
    """The names of before are offered, so that two who take turns choose and need not type."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__("当前操作人", "现在是谁在操作这台电脑？", parent)
        self._context = context
        self.name = QComboBox(self)
        self.name.setEditable(True)
        self.name.addItems(context.at_work.known())
        self.name.setCurrentText(context.operator)
        field = self.name.lineEdit()
        assert field is not None
        field.setMaxLength(LONGEST)
        field.setPlaceholderText(self.tr("姓名；空着就记“本机”"))
        field.selectAll()
        self.fields.addRow(self.tr("操作人"), self.name)
        self.fields.addRow(text_label(self.tr("此后在这个窗口里做的每一步，都记上这个名字。"), tone="mute"))

    def confirm(self) -> None:
        """From now on; what is recorded already stays as it is."""
        at_work, voice = self._context.at_work, self._context.voice
        name = attempt(voice, lambda: at_work.change(self.name.currentText()))
        if name is not None:
            self.accept()
            voice.say(
                f"操作人：{name}。此后每一步都记在其名下。" if name else "操作人不记名，此后只记“本机”。"
            )
