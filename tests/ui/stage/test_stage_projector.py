"""Choosing the screen and the form of the stage, and what is kept of it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from stage_kit import Listener, MemorySettings

from huifeng_desktop.ui import theme
from huifeng_desktop.ui.projection.projector import Projector
from huifeng_desktop.ui.projection.screen_dialog import ScreenDialog
from huifeng_desktop.ui.stage.numbers import number_box
from huifeng_desktop.ui.stage.placement import Corner, Placement, StageForm, timer_box
from huifeng_desktop.ui.stage.scene import GROUND
from huifeng_desktop.ui.stage.view import StageMode, StagePhase, StageView
from huifeng_desktop.ui.stage.window import StageWindow


@pytest.fixture
def main_window(qapp: QApplication, qtbot: QtBot) -> QMainWindow:
    theme.apply_theme(qapp)
    window = QMainWindow()
    window.resize(600, 400)
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def projector(main_window: QMainWindow, listener: Listener) -> Projector:
    made = Projector(MemorySettings(), listener.voice, main_window)
    made.attach(main_window)
    return made


def test_one_screen_is_offered_for_everything_but_a_whole_picture(
    projector: Projector, main_window: QMainWindow
) -> None:
    dialog = ScreenDialog(projector, main_window)
    dialog.open()
    assert [(choice.number, choice.is_main, choice.is_free) for choice in projector.choices()] == [
        (1, True, False)
    ]
    assert not dialog.done_button.isEnabled()
    assert "只有这一块屏幕" in dialog.hint.text()
    dialog.forms.set_index(1)
    assert dialog.done_button.isEnabled() and dialog.corners.isVisible()
    dialog.reject()


def test_every_screen_shows_its_number_while_one_is_chosen(
    projector: Projector, main_window: QMainWindow
) -> None:
    dialog = ScreenDialog(projector, main_window)
    dialog.open()
    plates = list(dialog.numbers)
    assert [plate.number for plate in plates] == ["1"]
    assert all(plate.isVisible() for plate in plates)
    assert not plates[0].geometry().intersects(dialog.frameGeometry())
    ground = plates[0].grab().toImage()
    middle = ground.rect().center()
    around = {ground.pixelColor(middle + QPoint(step, -20)).lightness() for step in range(-60, 60)}
    assert max(around) > 240, "the figure is white"
    dialog.reject()
    assert not any(plate.isVisible() for plate in plates)


def test_the_number_of_a_screen_that_the_stage_fills_is_part_of_the_stage(
    projector: Projector, main_window: QMainWindow, qtbot: QtBot
) -> None:
    """GIVEN the stage over a screen THEN it carries the number itself; WHEN it goes THEN a window does."""
    projector.open()
    stage = projector._window
    assert stage is not None
    QTest.keyClick(main_window, Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    assert projector.stage_on(main_window.screen()) is stage
    dialog = ScreenDialog(projector, main_window)
    dialog.open()
    (plate,) = dialog.numbers
    assert plate.window() is stage and plate.isVisible()
    qtbot.waitUntil(lambda: projector.placement() is Placement.CORNER)
    (plate,) = dialog.numbers
    assert plate.window() is plate and plate.isVisible() and projector.stage_on(plate.screen()) is None
    dialog.reject()
    assert dialog.numbers == []
    projector.shut_down()


def test_a_number_never_lies_on_the_dialog() -> None:
    screen, dialog = QRect(0, 0, 1366, 768), QRect(383, 184, 600, 400)
    assert not number_box(screen, dialog).intersects(dialog)
    assert number_box(screen.translated(1366, 0), dialog).center() == screen.translated(1366, 0).center()
    low = QRect(0, 400, 900, 368)
    assert not number_box(screen, low).intersects(low)


def test_the_corner_timer_lets_clicks_through_and_stays_above(projector: Projector, qtbot: QtBot) -> None:
    projector.choose(None, StageForm.TIMER, Corner.BOTTOM_LEFT)
    assert projector.placement() is Placement.TIMER
    window = projector._window
    assert window is not None
    for flag in (
        Qt.WindowType.FramelessWindowHint,
        Qt.WindowType.WindowStaysOnTopHint,
        Qt.WindowType.WindowTransparentForInput,
        Qt.WindowType.WindowDoesNotAcceptFocus,
    ):
        assert window.windowFlags() & flag
    assert window.testAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
    screen = QGuiApplication.primaryScreen().geometry()
    assert window.geometry() == timer_box(screen, Corner.BOTTOM_LEFT)
    projector.shut_down()


def test_the_way_out_of_the_corner_timer_is_said(projector: Projector, listener: Listener) -> None:
    projector.choose(None, StageForm.TIMER, Corner.BOTTOM_LEFT)
    assert "按 F7 关闭" in listener.said[-1]
    projector.shut_down()


def test_without_a_compositor_the_corner_timer_is_opaque_and_whole(
    main_window: QMainWindow, qtbot: QtBot
) -> None:
    """GIVEN nothing can shine through THEN a plate without corners; blackout leaves the slides alone."""
    window = StageWindow(main_window, shines_through=lambda: False)
    qtbot.addWidget(window)
    window.set_view(StageView(StageMode.COUNTDOWN, limit_s=360.0, phase=StagePhase.NORMAL))
    window.open(None, StageForm.TIMER, Corner.TOP_RIGHT)
    assert not window.testAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
    picture = window.grab().toImage()
    assert picture.pixelColor(picture.width() // 2, 3).name() == GROUND
    assert not window.mask().contains(QPoint(0, 0)) and window.mask().contains(window.rect().center())
    window.set_view(StageView(StageMode.BLACKOUT))
    assert not window.isVisible() and window.placement() is Placement.TIMER
    window.set_view(StageView(StageMode.CLOCK, clock_text="14:30"))
    assert window.isVisible()
    window.open(None, StageForm.SMALL)
    assert window.mask().isEmpty() and window.isVisible()
    window.close_stage()


@pytest.mark.parametrize("corner", list(Corner))
@pytest.mark.parametrize("size", [(1024, 768), (1366, 768), (3840, 2160)])
def test_the_corner_timer_covers_a_ninth_at_most(corner: Corner, size: tuple[int, int]) -> None:
    screen = QRect(100, 50, *size)
    box = timer_box(screen, corner)
    assert screen.contains(box)
    assert box.width() * box.height() * 9 <= screen.width() * screen.height() * 1.3
    assert (box.center().x() > screen.center().x()) == corner.value.endswith("right")
    assert (box.center().y() > screen.center().y()) == corner.value.startswith("bottom")


def test_the_form_is_remembered(projector: Projector, main_window: QMainWindow, listener: Listener) -> None:
    projector.choose(None, StageForm.SMALL, Corner.TOP_LEFT)
    assert projector.placement() is Placement.CORNER and projector.words() == "投影：小窗"
    projector.close()
    assert not projector.is_open()
    projector.open()
    assert projector.placement() is Placement.CORNER
    assert (projector.form(), projector.corner()) == (StageForm.SMALL, Corner.TOP_LEFT)
    assert listener.said == []
    projector.shut_down()


@pytest.mark.parametrize("modal", [True, False])
def test_a_dialog_is_never_opened_beneath_the_enlarged_stage(
    projector: Projector, main_window: QMainWindow, qtbot: QtBot, modal: bool
) -> None:
    """GIVEN the stage over the only screen WHEN a dialog comes up THEN the stage makes way for it."""
    projector.open()
    QTest.keyClick(main_window, Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    assert projector.placement() is Placement.CORNER_FULL
    dialog = QDialog(main_window)
    (dialog.open if modal else dialog.show)()
    qtbot.waitUntil(lambda: projector.placement() is Placement.CORNER)
    dialog.close()
    projector.shut_down()


@pytest.mark.parametrize(
    ("form", "back"),
    [
        (StageForm.TIMER, Placement.TIMER),
        (StageForm.SMALL, Placement.CORNER),
        (StageForm.FULL, Placement.OFF),
    ],
)
def test_after_a_crash_on_the_only_screen_what_covers_nothing_comes_back(
    projector: Projector, main_window: QMainWindow, listener: Listener, form: StageForm, back: Placement
) -> None:
    """GIVEN a timer over mirrored slides WHEN the program is killed THEN it is there again by itself."""
    projector.choose(None, form, Corner.BOTTOM_LEFT)
    projector.shut_down()
    again = Projector(projector._settings, listener.voice, main_window)
    again.attach(main_window)
    again.restore()
    assert again.placement() is back
    again.close()
    again.restore()
    assert again.placement() is Placement.OFF, "closed by hand it stays away"


def test_the_small_window_says_how_to_leave_it(projector: Projector, main_window: QMainWindow) -> None:
    """GIVEN the keyboard in the main window WHEN the keys on the strip are pressed THEN they are heeded."""
    projector.open()
    window = projector._window
    assert window is not None
    assert [words for words in _buttons(window)] == ["放大", "关闭"]
    QTest.keyClick(main_window, Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    assert projector.placement() is Placement.CORNER_FULL
    assert _buttons(window) == ["还原", "关闭"]
    QTest.keyClick(main_window, Qt.Key.Key_Escape)
    assert projector.placement() is Placement.CORNER
    QTest.keyClick(main_window, Qt.Key.Key_F7)
    assert projector.placement() is Placement.OFF
    assert projector._settings.get("stage_open") is False


def _buttons(window: QWidget) -> list[str]:
    return [one.text() for one in window.findChildren(QPushButton) if one.isVisible()]
