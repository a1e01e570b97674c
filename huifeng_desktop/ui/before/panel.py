"""What every panel of 会前 is: a sheet that shows one step and can be refreshed or locked."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from huifeng_desktop.ui.before.frame import PanelHead
from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.kit.labels import separator
from huifeng_desktop.ui.kit.marks import Mark
from huifeng_desktop.ui.kit.tag import Tag
from huifeng_desktop.ui.theme import Tone


class Panel(QWidget):
    """A head, a hairline and a body. Subclasses fill `body` and implement `show_state`."""

    step_changed = Signal()
    """What `unfinished` says, or the step's own state, is different now."""

    def __init__(self, context: UiContext, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.head = PanelHead(title, self)
        self._sealed_tag = Tag(self.tr("已封存，只能查看"), Tone.WARN, Mark.SQUARE, parent=self)
        self._sealed_tag.hide()
        self.head.add(self._sealed_tag)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(1, 1, 1, 1)
        self.body.setSpacing(0)
        self.body.addWidget(self.head)
        self.body.addWidget(separator(self))

    @property
    def is_sealed(self) -> bool:
        """Whether the meeting can only be looked at."""
        return self.context.session.state.sealed is not None

    def refresh(self) -> None:
        """Show the meeting as it is now."""
        self._sealed_tag.setVisible(self.is_sealed)
        self.show_state()

    def show_state(self) -> None:
        """Fill the body from the session."""
        raise NotImplementedError

    def unfinished(self) -> str:
        """What the step list says instead while something here is not stored yet, or ""."""
        return ""
