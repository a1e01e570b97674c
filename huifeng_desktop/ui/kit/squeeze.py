"""Less air where the window is low, so that nothing of a page is cut off.

A laptop of 1920×1080 whose desktop is enlarged by half has 720 lines, and the bars of task, title and
program take 130 of them. Words keep their size; margins, gaps and the height of buttons give way.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMargins, QObject, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLayout, QVBoxLayout, QWidget

from huifeng_desktop.ui.kit.buttons import KeyButton

LEAST_PAGE = QSize(1280, 720 - 48 - 31 - 52)
"""What a page must make do with."""
ENOUGH = 700
"""Lines of a page with all its air, a question or a notice shown as well."""
_AIR, _BUTTON = 0.6, 0.9


class Squeeze(QObject):
    """Watches the height of a page; below `ENOUGH` lines it gives way, above it is as it was made."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._is_low = False
        self._heights: dict[KeyButton, int] = {}
        self._airs: dict[QLayout, tuple[QMargins, int]] = {}
        page.installEventFilter(self)

    def least(self, usual: QSize) -> QSize:
        """The smallest size of the page, whose usual one is `usual`."""
        return QSize(usual.width(), min(usual.height(), LEAST_PAGE.height()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Before the page lays itself out at another height."""
        if isinstance(event, QResizeEvent) and (event.size().height() < ENOUGH) is not self._is_low:
            self._is_low = not self._is_low
            self._give_way() if self._is_low else self._stand_up()
        return super().eventFilter(watched, event)

    def _give_way(self) -> None:
        for layout in self._page.findChildren(QLayout):  # all of them first: a row takes its gap from others
            self._airs[layout] = layout.contentsMargins(), _gap(layout)
        for layout, (margins, gap) in self._airs.items():
            top, bottom = int(margins.top() * _AIR), int(margins.bottom() * _AIR)
            layout.setContentsMargins(margins.left(), top, margins.right(), bottom)
            _set_gap(layout, int(gap * _AIR))
        for button in self._page.findChildren(KeyButton):
            self._heights[button] = button.height()
            button.setFixedHeight(int(button.height() * _BUTTON))

    def _stand_up(self) -> None:
        """Asked for anew: what a card made for one case may be gone by now."""
        for layout in self._page.findChildren(QLayout):
            if layout in self._airs:
                margins, gap = self._airs[layout]
                layout.setContentsMargins(margins)
                _set_gap(layout, gap)
        for button in self._page.findChildren(KeyButton):
            button.setFixedHeight(self._heights.get(button, button.height()))
        self._airs.clear()
        self._heights.clear()


def _gap(layout: QLayout) -> int:
    """Between what stands one below the other; 0 where nothing does."""
    if isinstance(layout, QGridLayout):
        return layout.verticalSpacing()
    return layout.spacing() if isinstance(layout, QVBoxLayout) else 0


def _set_gap(layout: QLayout, gap: int) -> None:
    if isinstance(layout, QGridLayout):
        layout.setVerticalSpacing(gap)
    elif isinstance(layout, QVBoxLayout):
        layout.setSpacing(gap)
