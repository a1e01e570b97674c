"""Telling a scanner from hands: digits faster than anybody types, ended by Enter, whatever has the focus.

A USB scanner is a keyboard. In a field of text its digits are let through and taken out again when the
scan is recognised, so that hands never wait; elsewhere digits are held for a moment, because there they
may be keys (1 – 4 on 会后), and go on to where they were meant if no scan comes of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

GAP_MS = 50
"""Between two characters of a scan; hands need twice as long at least."""
LEAST_DIGITS = 8
_HOLD_MS = 60
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PLAIN = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
_EDITORS = (QLineEdit, QAbstractSpinBox, QPlainTextEdit, QTextEdit)


@dataclass(slots=True)
class _Field:
    """A field as it was before the first digit of what may be a scan."""

    edit: QLineEdit
    text: str
    cursor: int

    def restore(self) -> None:
        self.edit.setText(self.text)
        self.edit.setCursorPosition(self.cursor)


class ScannerFilter(QObject):
    """Watches the keys of one window and its dialogs; lives and dies with `home`, a widget in it."""

    scanned = Signal(str)
    """The digits of a scan. They and the Enter behind them reached nothing else."""

    def __init__(self, home: QWidget) -> None:
        super().__init__(home)
        self._home = home
        self._digits = ""
        self._held: list[tuple[QWidget, QKeyEvent]] = []
        self._field: _Field | None = None
        self._replaying = self._asked_twice = False
        self._stamp, self._since = 0, QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_quiet)

    def listen(self) -> None:
        """From now on; before the window is there thousands of events make it, and none of them is a key."""
        application = QCoreApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys only; True for what is kept from its receiver."""
        kind = event.type()
        if kind not in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride) or self._replaying:
            return False
        if not isinstance(watched, QWidget) or not isinstance(event, QKeyEvent) or not self._is_ours(watched):
            return False
        if event.modifiers() & ~_PLAIN:
            return False
        if kind == QEvent.Type.ShortcutOverride:
            return self._claim(watched, event)
        return self._press(watched, event)

    def _is_ours(self, widget: QWidget) -> bool:
        """Whether the widget is in the window of `home`, or in a dialog above it."""
        top: QWidget | None = widget.window()
        ours = self._home.window()
        while top is not None and top is not ours:
            parent = top.parentWidget()
            top = parent.window() if parent is not None else None
        return top is ours

    def _claim(self, watched: QWidget, event: QKeyEvent) -> bool:
        """A digit or Enter that is a key somewhere: let it come as a press instead of a shortcut."""
        wanted = _is_digit(event) and not isinstance(watched, _EDITORS)
        wanted |= event.key() in _ENTERS and len(self._digits) >= LEAST_DIGITS and not self._is_slow(event)
        if wanted:
            event.accept()
        return wanted

    def _press(self, watched: QWidget, event: QKeyEvent) -> bool:
        if event.key() in _ENTERS:
            return self._end(event)
        if not _is_digit(event):
            self._give_up()
            return False
        if self._is_slow(event):
            self._give_up()
        self._note(event)
        if isinstance(watched, _EDITORS):
            if len(self._digits) == 1 and isinstance(watched, QLineEdit):
                self._field = _Field(watched, watched.text(), watched.cursorPosition())
            return False
        self._held.append((watched, _copy(event)))
        self._asked_twice = False
        self._timer.start(_HOLD_MS)
        return True

    def _note(self, event: QKeyEvent) -> None:
        self._digits += event.text()
        self._stamp = event.timestamp()
        self._since.start()

    def _is_slow(self, event: QKeyEvent) -> bool:
        """By the time of the key itself where there is one: a busy window must not split a scan."""
        if not self._digits:
            return False
        stamped = event.timestamp() and self._stamp
        return (event.timestamp() - self._stamp if stamped else self._since.elapsed()) > GAP_MS

    def _end(self, event: QKeyEvent) -> bool:
        """Enter: a scan if enough digits came fast enough."""
        digits = self._digits
        if len(digits) < LEAST_DIGITS or self._is_slow(event):
            self._give_up()
            return False
        if self._field is not None:
            self._field.restore()
        self._forget()
        self.scanned.emit(digits)
        return True

    def _on_quiet(self) -> None:
        """Nothing more came. After a stall, keys that wait in the queue are heard first."""
        if not self._asked_twice:
            self._asked_twice = True
            self._timer.start(0)
            return
        if len(self._digits) >= LEAST_DIGITS:
            self._held.clear()  # a scanner that sends no Enter, or hands on a table: nobody's keys
        self._give_up()

    def _give_up(self) -> None:
        """What was held were keys after all."""
        held = list(self._held)
        self._forget()
        self._replaying = True
        try:
            for receiver, event in held:
                _give(receiver, event)
        finally:
            self._replaying = False

    def _forget(self) -> None:
        self._digits, self._field = "", None
        self._held.clear()
        self._timer.stop()


def _is_digit(event: QKeyEvent) -> bool:
    return len(event.text()) == 1 and event.text() in "0123456789"


def _give(receiver: QWidget, event: QKeyEvent) -> None:
    """Give a key to whoever it was for: a shortcut of the window first, as Qt does it."""
    window = receiver.window()
    for shortcut in window.findChildren(QShortcut):
        parent = shortcut.parent()
        near = shortcut.context() is not Qt.ShortcutContext.WidgetWithChildrenShortcut
        if not isinstance(parent, QWidget) or not parent.isVisible() or not shortcut.isEnabled():
            continue
        if _means(shortcut.key().toString(), event) and (near or _holds(parent, receiver)):
            shortcut.activated.emit()
            return
    for button in window.findChildren(QAbstractButton):
        if button.isVisible() and button.isEnabled() and _means(button.shortcut().toString(), event):
            button.click()
            return
    QCoreApplication.sendEvent(receiver, event)


def _copy(event: QKeyEvent) -> QKeyEvent:
    return QKeyEvent(event.type(), event.key(), event.modifiers(), event.text(), event.isAutoRepeat())


def _means(keys: str, event: QKeyEvent) -> bool:
    return keys == event.text()


def _holds(parent: QWidget, receiver: QWidget) -> bool:
    return parent is receiver or parent.isAncestorOf(receiver)
