"""A button that may change its words and its key while it is shown.

The key is dead while the button is hidden or disabled, so that letters reach the search box then.
"""

from __future__ import annotations

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from huifeng_desktop.ui import theme
from huifeng_desktop.ui.kit.buttons import ButtonKind, KeyButton, key_words


class ActionButton(KeyButton):
    """A `KeyButton` whose one action depends on the state of the meeting."""

    def __init__(
        self,
        text: str,
        key: str = "",
        *,
        kind: ButtonKind = ButtonKind.NORMAL,
        size: int = theme.TEXT_BODY,
        height: int = 34,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, shortcut=key or None, kind=kind, size=size, height=height, parent=parent)

    def set_words(self, text: str, key: str | None = None) -> None:
        """Say something else, on another key if one is given; "" takes the key away."""
        if text != self.text():
            self.setText(text)
        sequence = QKeySequence(key or "")
        if key is not None and sequence != self.shortcut():
            self.setShortcut(sequence)
            self._hint = key_words(sequence)
            self.updateGeometry()
            self.update()
