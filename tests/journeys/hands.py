"""Eyes and hands of a user: what is seen on screen is read, what is done is typed, clicked or dropped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QElapsedTimer, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMenu,
    QTableView,
    QWidget,
)
from pytestqt.exceptions import TimeoutError as QtBotTimeoutError
from pytestqt.qtbot import QtBot

WAIT_MS = 30_000
WidgetT = TypeVar("WidgetT", bound=QWidget)


class Hands:
    """Works on whatever window is in front. Everything is found by its words or its key."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot

    # -- eyes ----------------------------------------------------------------------------------

    def front(self) -> QWidget:
        """The menu, dialog or window that gets the keys."""
        popup = QApplication.activePopupWidget()
        if popup is not None:
            return popup
        self._give_focus()
        return QApplication.activeModalWidget() or self._main_window()

    @staticmethod
    def _main_window() -> QWidget:
        return next(
            one for one in QApplication.topLevelWidgets() if isinstance(one, QMainWindow) and one.isVisible()
        )

    def _give_focus(self) -> None:
        """Do what a window manager does, which is not there off screen: somebody always has the focus."""
        window = QApplication.activeModalWidget() or self._main_window()
        if QApplication.activeWindow() is not window:
            window.activateWindow()
            self.wait_until(window.isActiveWindow)

    def seen(self) -> list[str]:
        """Every text in front that is visible, table cells and menu lines among them."""
        front = self.front()
        widgets = [front, *front.findChildren(QWidget)]
        return [text for widget in widgets if widget.isVisible() for text in _texts(widget) if text]

    def sees(self, words: str) -> bool:
        """Whether the words stand anywhere in front."""
        return any(words in text for text in self.seen())

    def wait_for(self, words: str) -> None:
        """Look until the words are there."""
        try:
            self.wait_until(lambda: self.sees(words))
        except QtBotTimeoutError:
            raise AssertionError(f"“{words}” never came; there is {self.seen()}") from None

    def wait_until(self, condition: Callable[[], bool]) -> None:
        """Look until it is so."""
        self._qtbot.waitUntil(condition, timeout=WAIT_MS)

    def figure(self, caption: str) -> str:
        """The large figure above a caption."""
        pattern = re.compile(rf"{caption}(?:　[\d.]+ %)? (\d+)")
        found = [match.group(1) for text in self.seen() if (match := pattern.match(text))]
        assert found, f"no figure called {caption} in {self.seen()}"
        return found[0]

    # -- hands ---------------------------------------------------------------------------------

    def press(self, keys: str) -> None:
        """Press a key or a combination by Qt's words for it."""
        pressed = QKeySequence(keys)[0]  # type: ignore[index]
        QTest.keyClick(self._target(), pressed.key(), pressed.keyboardModifiers())

    def type_in(self, text: str, delay_ms: int = -1) -> None:
        """Type characters, with a pause after each where hands or a scanner would make one."""
        for character in text:
            QTest.keyClicks(self._target(), character, delay=delay_ms)

    def button(self, words: str) -> QAbstractButton:
        """The visible button with these words."""
        found = [one for one in self._all(QAbstractButton) if one.text() == words]
        assert found, f"no button “{words}” among {[one.text() for one in self._all(QAbstractButton)]}"
        return found[0]

    def click(self, words: str) -> None:
        """Click the button with these words."""
        QTest.mouseClick(self.button(words), Qt.MouseButton.LeftButton)

    def click_line(self, words: str) -> None:
        """Click the line of a table or of the open menu that holds the words."""
        front = self.front()
        if isinstance(front, QMenu):
            action = next(one for one in front.actions() if words in one.text())
            QTest.mouseClick(front, Qt.MouseButton.LeftButton, pos=front.actionGeometry(action).center())
            return
        table, place = next(self._cells(words))
        table.scrollTo(table.model().index(place.y(), place.x()))
        middle = table.visualRect(table.model().index(place.y(), place.x())).center()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=middle)

    def write(self, field: str, text: str) -> None:
        """Replace what stands in the field with this label or placeholder, as an input method does."""
        fields = [
            one for one in self._all(QLineEdit) if field in (one.accessibleName(), one.placeholderText())
        ]
        buddies = [label.buddy() for label in self._all(QLabel) if label.text() == field]
        fields += [one for one in buddies if isinstance(one, QLineEdit)]
        assert fields, f"no field “{field}”"
        fields[0].setFocus()
        fields[0].selectAll()
        fields[0].insert(text)
        fields[0].textEdited.emit(text)

    def pick(self, field: str, words: str) -> None:
        """Go down the choices of a field until the words are chosen."""
        box = next(one for one in self._all(QComboBox) if one.accessibleName() == field)
        box.setFocus()
        for _ in range(box.count()):
            if box.currentText() == words:
                return
            QTest.keyClick(box, Qt.Key.Key_Down)
        raise AssertionError(f"no choice “{words}” in {field}")

    def drop(self, file: Path) -> None:
        """Drag a file over the part of the window that takes files, and let it go."""
        target = next(
            one for one in self._all(QWidget) if one.acceptDrops() and not isinstance(one, QLineEdit)
        )
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file))])
        action, button, none = (
            Qt.DropAction.CopyAction,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        enter = QDragEnterEvent(QPoint(9, 9), action, data, button, none)
        QApplication.sendEvent(target, enter)
        assert enter.isAccepted(), "the file is not welcome here"
        QApplication.sendEvent(target, QDropEvent(QPointF(9, 9), action, data, button, none))

    def while_open(self, act: Callable[[], None], opens: Callable[[], object], *, says: str = "") -> None:
        """Do `act` in the dialog that `opens` shows and that blocks until it is closed.

        Of several that come one after the other, in the one whose labels say `says`.
        """
        problems: list[BaseException] = []
        look, patience = QTimer(interval=20), QElapsedTimer()

        def work() -> None:
            dialog = QApplication.activeModalWidget()
            is_awaited = dialog is not None and (not says or _says(dialog, says))
            if dialog is None or not (is_awaited or patience.hasExpired(WAIT_MS)):
                return
            if not dialog.isActiveWindow() and not patience.hasExpired(WAIT_MS):
                dialog.activateWindow()
                return
            look.stop()
            try:
                act()
            except BaseException as problem:
                problems.append(problem)
                dialog.close()

        look.timeout.connect(work)
        look.start()
        patience.start()
        opens()
        look.stop()
        if problems:
            raise problems[0]

    def choose_path(self, path: Path, opens: Callable[[], object]) -> None:
        """Type a path into the file dialog that `opens` shows."""

        def choose() -> None:
            dialog = QApplication.activeModalWidget()
            assert isinstance(dialog, QFileDialog)
            name = next(one for one in dialog.findChildren(QLineEdit) if one.isVisible())
            name.setText(str(path))
            QTest.keyClick(name, Qt.Key.Key_Return)
            assert not dialog.isVisible(), f"the dialog does not take {path}"

        self.while_open(choose, opens)

    # -- inside --------------------------------------------------------------------------------

    def _target(self) -> QWidget:
        front = self.front()
        return front if isinstance(front, QMenu) else QApplication.focusWidget() or front

    def _all(self, kind: type[WidgetT]) -> list[WidgetT]:
        return [one for one in self.front().findChildren(kind) if one.isVisible()]

    def _cells(self, words: str) -> Iterator[tuple[QAbstractItemView, QPoint]]:
        for table in self._all(QTableView):
            model = table.model()
            for row in range(model.rowCount()):
                for column in range(model.columnCount()):
                    if words in str(model.index(row, column).data() or ""):
                        yield table, QPoint(column, row)


def _says(dialog: QWidget, words: str) -> bool:
    return any(words in label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def _texts(widget: QWidget) -> list[str]:
    """What one widget shows or reads aloud."""
    texts = [widget.accessibleName()]
    if isinstance(widget, QLabel | QAbstractButton):
        texts += [widget.text(), widget.toolTip()]
    if isinstance(widget, QLineEdit):
        texts += [widget.text(), widget.placeholderText()]
    if isinstance(widget, QComboBox):
        texts.append(widget.currentText())
    if isinstance(widget, QMenu):
        texts += [action.text() for action in widget.actions()]
    if isinstance(widget, QTableView):
        model = widget.model()
        rows, columns = range(model.rowCount()), range(model.columnCount())
        texts += [str(model.index(row, column).data() or "") for row in rows for column in columns]
    return texts
