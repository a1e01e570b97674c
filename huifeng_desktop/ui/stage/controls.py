"""The strip above the small window: what it is, and how to enlarge, restore and close it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from huifeng_desktop.ui.kit.buttons import KeyButton
from huifeng_desktop.ui.kit.labels import ElidedLabel

_HEIGHT = 38


class StageControls(QWidget):
    """Its keys work wherever the program has the keyboard: the small window itself never takes it."""

    enlarge_requested = Signal()
    restore_requested = Signal()
    close_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(_HEIGHT)
        self._enlarged, self._listening = False, False
        self.enlarge = KeyButton(self.tr("放大"), hint="Shift F7", size=13, height=28, parent=self)
        self.restore = KeyButton(self.tr("还原"), hint="Esc", size=13, height=28, parent=self)
        self.shut = KeyButton(self.tr("关闭"), hint="F7", size=13, height=28, parent=self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 4, 6, 4)
        layout.setSpacing(6)
        layout.addWidget(ElidedLabel(self.tr("大屏画面"), self), 1)
        for button in (self.enlarge, self.restore, self.shut):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            layout.addWidget(button)
        self.enlarge.clicked.connect(self.enlarge_requested)
        self.restore.clicked.connect(self.restore_requested)
        self.shut.clicked.connect(self.close_requested)
        self.listen(False, enlarged=False)

    def listen(self, listening: bool, *, enlarged: bool) -> None:
        """Show the ways out that there are, and heed their keys or not."""
        self._enlarged = enlarged
        self.setVisible(listening)
        self.enlarge.setVisible(not enlarged)
        self.restore.setVisible(enlarged)
        if listening != self._listening:
            application = QCoreApplication.instance()
            assert application is not None
            (application.installEventFilter if listening else application.removeEventFilter)(self)
            self._listening = listening

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """F7, Shift+F7 and, while enlarged, Esc. Everything else goes where it was meant to go."""
        if event.type() not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            return False
        assert isinstance(event, QKeyEvent)
        wish = self._wish(event)
        if wish is None:
            return False
        if event.type() == QEvent.Type.KeyPress and not event.isAutoRepeat():
            wish.click()
        event.accept()
        return True

    def _wish(self, event: QKeyEvent) -> KeyButton | None:
        if not self._enlarged and QApplication.activeModalWidget() is not None:
            return None  # a dialog in sight has its own meaning for these keys
        pressed = (event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier, event.key())
        if pressed == (Qt.KeyboardModifier.NoModifier, Qt.Key.Key_F7):
            return self.shut
        if pressed == (Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_F7):
            return self.restore if self._enlarged else self.enlarge
        is_escape = pressed == (Qt.KeyboardModifier.NoModifier, Qt.Key.Key_Escape)
        return self.restore if self._enlarged and is_escape else None
