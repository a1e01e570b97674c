"""Which screen the stage goes to, decided from what screens say of themselves, so that it can be tested.

A projector keeps its name but not its place; two of a kind are told apart by serial number or
place. A screen that shows the same area as the secretary's own (mirroring) is not a second screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget


class ScreenLike(Protocol):
    """The part of QScreen that the choice needs."""

    def name(self) -> str:
        """The port, as HDMI-1."""

    def model(self) -> str:
        """What the device says it is, often empty."""

    def serialNumber(self) -> str:
        """The device's number, often empty."""

    def geometry(self) -> QRect:
        """Its place among the screens."""


Screen = TypeVar("Screen", bound=ScreenLike)


@dataclass(frozen=True, slots=True)
class ScreenIdentity:
    """How a projector is recognised when it comes back; can be kept in the settings."""

    name: str
    model: str = ""
    serial: str = ""
    geometry: tuple[int, int, int, int] = (0, 0, 0, 0)
    """x, y, width, height in device-independent pixels."""


def identity_of(screen: ScreenLike) -> ScreenIdentity:
    """The identity of a connected screen."""
    box = screen.geometry()
    place = (box.x(), box.y(), box.width(), box.height())
    return ScreenIdentity(screen.name(), screen.model(), screen.serialNumber(), place)


def screen_label(screen: ScreenLike, number: int) -> str:
    """For menus and the top bar: the device's name, or its port, and its number from 1."""
    return f"{screen.model() or screen.name()}（{number} 号屏）"


def choose_stage_screen(
    screens: Sequence[Screen], remembered: ScreenIdentity | None, main_screen: ScreenLike | None
) -> Screen | None:
    """The remembered screen if it is there, else the first free one; None if there is only the main one."""
    free = free_screens(screens, main_screen)
    if remembered is None or not free:
        return free[0] if free else None
    return _most_alike(free, remembered)


def choose_again(
    screens: Sequence[Screen], wanted: ScreenIdentity, main_screen: ScreenLike | None, added: Screen | None
) -> Screen | None:
    """Where the stage goes by itself after a change: to the same device, or to the one just plugged in.

    A screen that was there all the while and was not chosen belongs to somebody: it is never taken.
    """
    free = free_screens(screens, main_screen)
    same = [screen for screen in free if is_same_device(identity_of(screen), wanted)]
    if same:
        return _most_alike(same, wanted)
    return next((screen for screen in free if screen is added), None)


def free_screens(screens: Sequence[Screen], main_screen: ScreenLike | None) -> list[Screen]:
    """Those that show nothing of the secretary's own screen."""
    free = [screen for screen in screens if main_screen is None or not shares_area(screen, main_screen)]
    return [] if main_screen is None and len(free) < 2 else free


def screen_under(window: QWidget | None) -> QScreen:
    """The screen that a window can be seen on; the primary one without a window.

    By its place: after a change of screens Qt's own answer may name another one for a while.
    """
    if window is None:
        return QGuiApplication.primaryScreen()
    visible = window.isVisible() and not window.isMinimized()
    there = QGuiApplication.screenAt(window.frameGeometry().center()) if visible else None
    return there or window.screen()


def mirrors(screens: Sequence[ScreenLike], main_screen: ScreenLike | None) -> bool:
    """Whether some other screen repeats the secretary's own."""
    if main_screen is None:
        return False
    return any(one is not main_screen and shares_area(one, main_screen) for one in screens)


def shares_area(screen: ScreenLike, other: ScreenLike) -> bool:
    """Whether both show the same part of the desktop."""
    return screen is other or screen.geometry().intersects(other.geometry())


def is_same_device(found: ScreenIdentity, wanted: ScreenIdentity) -> bool:
    """By serial number where both have one, else by what the device says it is, else by its port."""
    if found.serial and wanted.serial:
        return found.serial == wanted.serial
    if found.model and wanted.model:
        return found.model == wanted.model
    return found.name == wanted.name


def _most_alike(screens: Sequence[Screen], wanted: ScreenIdentity) -> Screen:
    return max(screens, key=lambda screen: _likeness(identity_of(screen), wanted))


def _likeness(found: ScreenIdentity, wanted: ScreenIdentity) -> tuple[bool, bool, bool, bool]:
    """Serial number speaks loudest, then the model, the port and the place."""
    return (
        bool(wanted.serial) and found.serial == wanted.serial,
        bool(wanted.model) and found.model == wanted.model,
        found.name == wanted.name,
        found.geometry == wanted.geometry,
    )
