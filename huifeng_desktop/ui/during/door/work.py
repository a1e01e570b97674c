"""登记: the menu of the door's slower work, each entry with a key of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from huifeng_desktop.ui.context import UiContext
from huifeng_desktop.ui.during.door import dialogs
from huifeng_desktop.ui.during.door.camera_link import CameraLink

Open = Callable[[UiContext, QWidget], QDialog]
WORK: tuple[tuple[str, str, Open], ...] = (
    ("点名…", "Ctrl+R", dialogs.roll_call),
    ("逐单位勾选…", "Ctrl+U", dialogs.tick),
    ("按签到表序号补录…", "Ctrl+K", dialogs.backfill),
    ("一行登记请假…", "Ctrl+Shift+L", dialogs.leave_line),
    ("临时参会…", "Ctrl+J", dialogs.walk_in),
    ("离场登记…", "Ctrl+O", dialogs.exits),
)


class DoorWork(QObject):
    """Opens the dialogs over `page`; one of each at a time."""

    opened = Signal(QDialog)

    def __init__(self, context: UiContext, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._shown: dict[str, QDialog] = {}
        self.menu = QMenu(page)
        for words, key, make in WORK:
            self._add(words, key, partial(self.open, words, make))

    def offer_camera(self, link: CameraLink) -> None:
        """摄像头扫码 at the end of the menu; where it is not installed, the way to it."""
        self.menu.addSeparator()
        words = "摄像头扫码" if link.is_offered else "摄像头扫码（没有安装，怎么装）"
        self._add(words, "Ctrl+Shift+S", link.toggle)

    def _add(self, words: str, key: str, act: Callable[[], object]) -> None:
        action = QAction(self.tr(words), self._page)
        action.setShortcut(QKeySequence(key))
        action.setShortcutVisibleInContextMenu(True)
        action.triggered.connect(lambda _=False: act())
        self.menu.addAction(action)
        self._page.addAction(action)

    def open(self, words: str, make: Open) -> QDialog:
        """The dialog of this name, brought to the front if it is open already."""
        dialog = self._shown.get(words)
        if dialog is None:
            dialog = self._shown[words] = make(self._context, self._page.window())
            dialog.finished.connect(lambda _: self._shown.pop(words, None))
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()
        self.opened.emit(dialog)
        return dialog
