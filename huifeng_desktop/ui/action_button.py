"""A button whose key acts at once: Qt's own button shortcuts press, wait 100 ms and then click.

The key is dead while the button is hidden or disabled, so that letters reach the search box then.
"""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from huifeng_desktop.ui import theme
from huifeng_desktop.ui.kit.buttons import ButtonKind, KeyButton, key_words


class ActionButton(KeyButton):
    """A `KeyButton` that may change its words and its key while it is shown."""

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
        sequence = QKeySequence(key)
        super().__init__(text, hint=key_words(sequence), kind=kind, size=size, height=height, parent=parent)
        self._key = QShortcut(sequence, self)
        self._key.setAutoRepeat(False)
        self._key.activated.connect(self.click)

    def key(self) -> str:
        """The key in Qt's portable words."""
        return self._key.key().toString(QKeySequence.SequenceFormat.PortableText)

    def set_words(self, text: str, key: str | None = None) -> None:
        """Say something else, on another key if one is given; "" takes the key away."""
        if key is not None and key != self.key():
            self._key.setKey(QKeySequence(key))
            self._hint = key_words(self._key.key())
        if text != self.text():
            self.setText(text)
        self.updateGeometry()
        self.update()
