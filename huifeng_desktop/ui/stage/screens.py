"""Which screen the stage goes to, decided without touching one, so that it can be tested.

A projector keeps its name but not its place; two of a kind are told apart by serial number or
place. A screen that shows the same area as the secretary's own (mirroring) is not a second screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from PySide6.QtCore import QRect


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
    free = [screen for screen in screens if main_screen is None or not _same_area(screen, main_screen)]
    if main_screen is None and len(free) < 2:
        return None
    if remembered is None or not free:
        return free[0] if free else None
    return max(free, key=lambda screen: _likeness(identity_of(screen), remembered))


def _same_area(screen: ScreenLike, other: ScreenLike) -> bool:
    return screen is other or screen.geometry().intersects(other.geometry())


def _likeness(found: ScreenIdentity, wanted: ScreenIdentity) -> tuple[bool, bool, bool, bool]:
    """Serial number speaks loudest, then the model, the port and the place."""
    return (
        bool(wanted.serial) and found.serial == wanted.serial,
        bool(wanted.model) and found.model == wanted.model,
        found.name == wanted.name,
        found.geometry == wanted.geometry,
    )
