"""The window that carries the stage: full on the projector, in a corner of a screen, or a small one.

It never takes the keyboard from the secretary, never covers the only screen by itself, and finds
its projector again after a loose plug. Keys here do not touch the timer.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QGuiApplication,
    QMouseEvent,
    QPainterPath,
    QRegion,
    QResizeEvent,
    QScreen,
    QWindow,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from huifeng_desktop.ui.stage.canvas import TIMER_RADIUS, StageCanvas
from huifeng_desktop.ui.stage.compositing import shines_through
from huifeng_desktop.ui.stage.controls import StageControls
from huifeng_desktop.ui.stage.placement import (
    CORNER_FLAGS,
    PROJECTED_FLAGS,
    TIMER_FLAGS,
    Corner,
    Loss,
    Placement,
    StageForm,
    small_window_box,
    timer_box,
)
from huifeng_desktop.ui.stage.screens import (
    ScreenIdentity,
    choose_again,
    choose_stage_screen,
    identity_of,
    is_same_device,
    screen_under,
    shares_area,
)
from huifeng_desktop.ui.stage.view import StageMode, StageView

_LEAST_SMALL = QSize(260, 170)
_SETTLE_MS = 300
"""A change of screens comes as several messages; after so long it is over."""


class StageWindow(QWidget):
    """Shows one `StageCanvas` at the right place; `open` and `close_stage` are all it needs."""

    placement_changed = Signal(str)
    """A value of `Placement`."""
    closed_by_hand = Signal()
    """The operator closed the small window; it is OFF already."""

    def __init__(
        self, main_window: QWidget | None = None, shines_through: Callable[[], bool] = shines_through
    ) -> None:
        super().__init__(None)
        self._main_window, self._shines_through = main_window, shines_through
        self._is_solid = False
        self._placement, self._loss = Placement.OFF, Loss.UNPLUGGED
        self._form, self._corner = StageForm.FULL, Corner.TOP_RIGHT
        self._wanted: ScreenIdentity | None = None
        self._screen: QScreen | None = None
        self._newcomer: QScreen | None = None
        self._small_box: QRect | None = None
        self._canvas, self.controls = StageCanvas(self, prompt=True), StageControls(self)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.controls)
        layout.addWidget(self._canvas, 1)
        self.setWindowTitle(self.tr("会风 投影画面"))
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)

    def _connect(self) -> None:
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.screenAdded.connect(self._on_screen_added)
        application.screenRemoved.connect(self._on_screen_removed)
        application.primaryScreenChanged.connect(self._on_screens_moved)
        application.focusWindowChanged.connect(self._on_focus_window)
        for screen in QGuiApplication.screens():
            screen.geometryChanged.connect(self._on_screens_moved)
        self._settle.timeout.connect(self._on_settled)
        if self._main_window is not None:
            self._main_window.installEventFilter(self)
        self.controls.enlarge_requested.connect(self._fill_only_screen)
        self.controls.restore_requested.connect(self._go_to_corner)
        self.controls.close_requested.connect(self.close)

    # -- reading -------------------------------------------------------------------------------

    def canvas(self) -> StageCanvas:
        """The painted surface."""
        return self._canvas

    def placement(self) -> Placement:
        """Where the stage is now."""
        return self._placement

    def loss(self) -> Loss:
        """Why it is nowhere while `placement` is LOST."""
        return self._loss

    def identity(self) -> ScreenIdentity | None:
        """The projector in use or waited for; keep it and give it to `open` next time."""
        return self._wanted

    # -- what is asked of it -------------------------------------------------------------------

    def set_view(self, view: StageView) -> None:
        """Show another picture."""
        self._canvas.set_view(view)
        if self._is_solid and self._placement is Placement.TIMER:
            self.setVisible(not self._is_blank())

    def open(
        self,
        remembered: ScreenIdentity | None = None,
        form: StageForm = StageForm.FULL,
        corner: Corner = Corner.TOP_RIGHT,
    ) -> None:
        """Go to the remembered screen, to any other than the main window's, or into a small window."""
        self._wanted = remembered or self._wanted
        self._form, self._corner = form, corner
        screen = choose_stage_screen(QGuiApplication.screens(), self._wanted, self._main_screen())
        if form is StageForm.SMALL or (form is StageForm.FULL and screen is None):
            self._go_to_corner()
        elif form is StageForm.TIMER:
            self._show_timer(self._timer_screen())
        elif screen is not None:
            self._project(screen)

    def close_stage(self) -> None:
        """Take the stage away; it does not come back by itself."""
        self._leave()
        self.hide()
        self._set_placement(Placement.OFF)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click enlarges the small window and brings it back."""
        if self._placement is Placement.CORNER:
            self._fill_only_screen()
        elif self._placement is Placement.CORNER_FULL:
            self._go_to_corner()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The frame's own cross ends the projection, not the program."""
        super().closeEvent(event)
        self._leave()
        self._set_placement(Placement.OFF)
        self.closed_by_hand.emit()

    # -- the places ----------------------------------------------------------------------------

    def _project(self, screen: QScreen) -> None:
        """Geometry first, full screen after: the other order lands on the wrong screen."""
        if self._placement is Placement.PROJECTED and screen is self._screen:
            return
        self._wanted = identity_of(screen)
        self._take_form(PROJECTED_FLAGS, screen)
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.setGeometry(screen.geometry())
        self._show_full()
        self._set_placement(Placement.PROJECTED)

    def _show_timer(self, screen: QScreen) -> None:
        """In a corner, over whatever is shown there; clicks go through to it."""
        self._wanted = identity_of(screen)
        self._take_form(TIMER_FLAGS, screen)
        self.setGeometry(timer_box(screen.geometry(), self._corner))
        self.setVisible(not self._is_blank())
        self._set_placement(Placement.TIMER)

    def _is_blank(self) -> bool:
        """Whether a black picture would lie on the slides: nothing at all is meant."""
        return self._is_solid and self._canvas.view().mode is StageMode.BLACKOUT

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where nothing shines through, the corners of the timer are cut off instead."""
        super().resizeEvent(event)
        self._cut_corners()

    def _cut_corners(self) -> None:
        if not self._is_solid:
            self.clearMask()
            return
        shape = QPainterPath()
        radius = self.height() * TIMER_RADIUS
        shape.addRoundedRect(QRectF(self.rect()), radius, radius)
        self.setMask(QRegion(shape.toFillPolygon().toPolygon()))

    def _go_to_corner(self) -> None:
        """A window with a frame, above the others, at the lower right of the main screen."""
        if self._placement is Placement.CORNER_FULL:
            self._shrink()
            return
        main = self._main_screen()
        self._take_form(CORNER_FLAGS, None)
        self.setScreen(main)
        room = main.availableGeometry()
        kept = self._small_box if self._small_box and room.contains(self._small_box) else None
        self.controls.listen(True, enlarged=False)
        self.setGeometry(kept or small_window_box(room))
        self.show()
        self._set_placement(Placement.CORNER)

    def _fill_only_screen(self) -> None:
        """Over the only screen, by the operator's wish; the way back stays in sight."""
        if self._placement is not Placement.CORNER:
            return
        self._small_box = self.geometry()
        self.controls.listen(True, enlarged=True)
        self.setGeometry(self.screen().geometry())
        self._show_full()
        self._set_placement(Placement.CORNER_FULL)

    def _shrink(self) -> None:
        """Small again without being mapped anew: desktops hand the keyboard to the window mapped last."""
        self.controls.listen(True, enlarged=False)
        self.setWindowState(Qt.WindowState.WindowNoState)
        self.setGeometry(self._small_box or small_window_box(self._main_screen().availableGeometry()))
        self._set_placement(Placement.CORNER)

    def _show_full(self) -> None:
        """As `showFullScreen`, which would also ask for the keyboard."""
        self.setWindowState(Qt.WindowState.WindowFullScreen)
        self.show()

    def _take_form(self, flags: Qt.WindowType, screen: QScreen | None) -> None:
        """Hidden, with the flags of the next place, tied to its screen."""
        self._leave()
        self.hide()
        is_timer = flags == TIMER_FLAGS
        self._is_solid = is_timer and not self._shines_through()
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground, is_timer and not self._is_solid)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground, is_timer and not self._is_solid)
        self._canvas.set_floating(is_timer, solid=self._is_solid)
        self._cut_corners()
        self.setMinimumSize(_LEAST_SMALL if flags == CORNER_FLAGS else QSize(1, 1))
        self.setWindowFlags(flags)
        self.setWindowState(Qt.WindowState.WindowNoState)
        self.unsetCursor()
        if screen is not None:
            self._screen = screen
            self.setScreen(screen)

    def _leave(self) -> None:
        """Let go of the place it has."""
        if self._placement is Placement.CORNER:
            self._small_box = self.geometry()
        self.controls.listen(False, enlarged=False)
        self._screen = None

    def _lose(self, loss: Loss) -> None:
        """Hide at once, and wait."""
        self._leave()
        self.hide()
        self.setWindowState(Qt.WindowState.WindowNoState)
        self._loss = loss
        self._set_placement(Placement.LOST)

    # -- screens come, go and move -------------------------------------------------------------

    def _main_screen(self) -> QScreen:
        return screen_under(self._main_window)

    def _timer_screen(self) -> QScreen:
        """The wanted screen, else a free one, else the only one: the timer covers next to nothing."""
        screens, wanted = QGuiApplication.screens(), self._wanted
        same = [one for one in screens if wanted is not None and is_same_device(identity_of(one), wanted)]
        chosen = choose_stage_screen(same or screens, wanted, None if same else self._main_screen())
        return chosen or (same[0] if same else self._main_screen())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The secretary's window was moved, perhaps onto our screen; wait until she lets go of it."""
        if event.type() in (QEvent.Type.Move, QEvent.Type.WindowStateChange):
            self._settle.start()
        return False

    def _on_focus_window(self, focused: QWindow | None) -> None:
        """A dialog came up beneath the enlarged stage: make way, or its keys would be pressed unseen."""
        if self._placement is not Placement.CORNER_FULL or focused is None:
            return
        own = (self._main_window, self)
        if all(window is None or window.windowHandle() is not focused for window in own):
            self._go_to_corner()

    def _on_screen_removed(self, removed: QScreen) -> None:
        """Ours went: hide at once, before the window system moves us over the main window."""
        if removed is self._newcomer:
            self._newcomer = None
        if removed is self._screen:
            self._lose(Loss.UNPLUGGED)
        self._settle.start()

    def _on_screen_added(self, added: QScreen) -> None:
        """A screen came: be there before anybody has seen the desktop on it."""
        self._newcomer = added
        added.geometryChanged.connect(self._on_screens_moved)
        self._reconsider()
        self._settle.start()

    def _on_screens_moved(self, _: object = None) -> None:
        self._reconsider()
        self._settle.start()

    def _on_settled(self) -> None:
        self._reconsider()
        self._newcomer = None

    def _reconsider(self) -> None:
        """Whether the place is still right; whatever is done here is done once, however often asked."""
        if self._placement is Placement.PROJECTED:
            self._check_projected()
        elif self._placement is Placement.TIMER and self._screen is not None:
            self._stand_at(timer_box(self._screen.geometry(), self._corner))
        elif self._placement is Placement.LOST and self._form is StageForm.TIMER:
            self._return_timer()
        elif self._placement is Placement.LOST or (
            self._placement is Placement.CORNER and self._form is StageForm.FULL
        ):
            self._return()

    def _check_projected(self) -> None:
        main = self._main_screen()
        if self._screen is None:
            return
        if self._screen is main:
            self._lose(Loss.MAIN_THERE)
        elif shares_area(self._screen, main):
            self._lose(Loss.MIRRORED)
        else:
            self._stand_at(self._screen.geometry())

    def _stand_at(self, box: QRect) -> None:
        """The screen has another place or resolution now."""
        if self._screen is not None and self.geometry() != box:
            self._wanted = identity_of(self._screen)
            self.setGeometry(box)

    def _return(self) -> None:
        """Back to the same device, or on to the one just plugged in; from the small window to any."""
        screens, main = QGuiApplication.screens(), self._main_screen()
        if self._placement is Placement.CORNER or self._wanted is None:
            screen = choose_stage_screen(screens, self._wanted, main)
        else:
            screen = choose_again(screens, self._wanted, main, self._newcomer)
        if screen is not None:
            self._project(screen)

    def _return_timer(self) -> None:
        wanted = self._wanted
        for screen in QGuiApplication.screens():
            if wanted is not None and is_same_device(identity_of(screen), wanted):
                self._show_timer(screen)

    def _set_placement(self, placement: Placement) -> None:
        if placement is not self._placement:
            self._placement = placement
            self.placement_changed.emit(placement.value)
