"""The window that carries the stage: full on the projector, or a small one in the corner.

It never takes the keyboard from the secretary, never covers the only screen by itself, and finds
its projector again after a loose plug. Keys here do not touch the timer.
"""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QMouseEvent, QScreen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from huifeng_desktop.ui.stage.canvas import StageCanvas
from huifeng_desktop.ui.stage.screens import ScreenIdentity, choose_stage_screen, identity_of
from huifeng_desktop.ui.stage.view import StageView

_CORNER_WIDTH, _CORNER_HEIGHT, _CORNER_GAP = 480, 270, 16
_PROJECTED_FLAGS = (
    Qt.WindowType.Window
    | Qt.WindowType.FramelessWindowHint
    | Qt.WindowType.WindowStaysOnTopHint
    | Qt.WindowType.WindowDoesNotAcceptFocus
)
_CORNER_FLAGS = Qt.WindowType.Window | Qt.WindowType.WindowStaysOnTopHint


class Placement(StrEnum):
    """Where the stage is."""

    OFF = "off"
    """Not asked for."""
    PROJECTED = "projected"
    """Full on a screen of its own."""
    CORNER = "corner"
    """A small window, as there is one screen only."""
    CORNER_FULL = "corner_full"
    """The operator enlarged that window over the only screen; Esc brings it back."""
    LOST = "lost"
    """The projector was unplugged: hidden until a screen appears."""


class StageWindow(QWidget):
    """Shows one `StageCanvas` at the right place; `open` and `close_stage` are all it needs."""

    placement_changed = Signal(str)
    """A value of `Placement`."""

    def __init__(self, main_window: QWidget | None = None) -> None:
        super().__init__(None)
        self._main_window = main_window
        self._placement = Placement.OFF
        self._wanted: ScreenIdentity | None = None
        self._screen: QScreen | None = None
        self._canvas = StageCanvas(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._canvas)
        self.setWindowTitle(self.tr("会风 投影画面"))
        self.setMinimumSize(240, 135)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.screenAdded.connect(self._on_screen_added)
        application.screenRemoved.connect(self._on_screen_removed)

    def canvas(self) -> StageCanvas:
        """The painted surface."""
        return self._canvas

    def placement(self) -> Placement:
        """Where the stage is now."""
        return self._placement

    def identity(self) -> ScreenIdentity | None:
        """The projector in use or waited for; keep it and give it to `open` next time."""
        return self._wanted

    def set_view(self, view: StageView) -> None:
        """Show another picture."""
        self._canvas.set_view(view)

    def open(self, remembered: ScreenIdentity | None = None) -> None:
        """Go to the remembered screen, to any other than the main window's, or into the corner."""
        self._wanted = remembered or self._wanted
        screen = self._choose(QGuiApplication.screens())
        if screen is not None:
            self._project(screen)
        else:
            self._go_to_corner()

    def close_stage(self) -> None:
        """Take the stage away; it does not come back by itself."""
        self._forget_screen()
        self.hide()
        self._set_placement(Placement.OFF)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc and F11 change the size of the corner window; on the projector no key does anything."""
        if event.key() == Qt.Key.Key_Escape and self._placement is Placement.CORNER_FULL:
            self._go_to_corner()
        elif event.key() == Qt.Key.Key_F11 and self._placement is Placement.CORNER:
            self._fill_only_screen()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click enlarges the corner window and brings it back."""
        if self._placement is Placement.CORNER:
            self._fill_only_screen()
        elif self._placement is Placement.CORNER_FULL:
            self._go_to_corner()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing the corner window ends the projection, not the program."""
        super().closeEvent(event)
        self._forget_screen()
        self._set_placement(Placement.OFF)

    def _choose(self, screens: list[QScreen]) -> QScreen | None:
        main = self._main_window.screen() if self._main_window else QGuiApplication.primaryScreen()
        return choose_stage_screen(screens, self._wanted, main)

    def _project(self, screen: QScreen) -> None:
        """Geometry first, full screen after: the other order lands on the wrong screen."""
        if self._placement is Placement.PROJECTED and screen is self._screen:
            return
        self._forget_screen()
        self._screen, self._wanted = screen, identity_of(screen)
        screen.geometryChanged.connect(self._on_geometry_changed)
        self.hide()
        self.setWindowFlags(_PROJECTED_FLAGS)
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self.showFullScreen()
        self._set_placement(Placement.PROJECTED)

    def _go_to_corner(self) -> None:
        """A window with a frame, above the others, at the lower right of the main screen."""
        self._forget_screen()
        self.hide()
        self.setWindowFlags(_CORNER_FLAGS)
        self.setWindowState(Qt.WindowState.WindowNoState)
        self.unsetCursor()
        main = self._main_window.screen() if self._main_window else QGuiApplication.primaryScreen()
        self.setScreen(main)
        self.setGeometry(_corner_of(main.availableGeometry()))
        self.show()
        self._set_placement(Placement.CORNER)

    def _fill_only_screen(self) -> None:
        self.showFullScreen()
        self._set_placement(Placement.CORNER_FULL)

    def _on_screen_removed(self, removed: QScreen) -> None:
        """Our projector went: hide at once, before the window system moves us over the main window."""
        if self._placement is not Placement.PROJECTED or removed is not self._screen:
            return
        self._screen = None
        self.hide()
        self.setWindowState(Qt.WindowState.WindowNoState)
        screen = self._choose([screen for screen in QGuiApplication.screens() if screen is not removed])
        if screen is not None:
            wanted = self._wanted
            self._project(screen)
            self._wanted = wanted
        else:
            self._set_placement(Placement.LOST)

    def _on_screen_added(self, added: QScreen) -> None:
        """A screen came: go there if we wait for one, or if it is the one we came from."""
        if self._placement not in (Placement.OFF, Placement.CORNER_FULL):
            screen = self._choose(QGuiApplication.screens())
            if screen is not None:
                self._project(screen)

    def _on_geometry_changed(self, geometry: QRect) -> None:
        """The projector changed its resolution or place."""
        if self._screen is not None:
            self._wanted = identity_of(self._screen)
            self.setGeometry(geometry)

    def _forget_screen(self) -> None:
        if self._screen is not None:
            self._screen.geometryChanged.disconnect(self._on_geometry_changed)
            self._screen = None

    def _set_placement(self, placement: Placement) -> None:
        if placement is not self._placement:
            self._placement = placement
            self.placement_changed.emit(placement.value)


def _corner_of(room: QRect) -> QRect:
    """Lower right, clear of the edges; below the title bar's height on tiny screens too."""
    width, height = min(_CORNER_WIDTH, room.width() // 2), min(_CORNER_HEIGHT, room.height() // 2)
    left = room.right() + 1 - width - _CORNER_GAP
    top = room.bottom() + 1 - height - _CORNER_GAP
    return QRect(left, top, width, height)
