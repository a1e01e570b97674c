"""Where a stage can be, and the flags and places that belong to each. Decides nothing."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QRect, Qt

_CORNER_WIDTH, _CORNER_HEIGHT, _CORNER_GAP = 480, 306, 16
_TIMER_PART, _TIMER_SHAPE, _TIMER_GAP = 0.25, 0.44, 0.018
"""Width of the corner timer as a part of the screen's, its height by its width, its distance."""

_ABOVE = Qt.WindowType.Window | Qt.WindowType.WindowStaysOnTopHint | Qt.WindowType.WindowDoesNotAcceptFocus
PROJECTED_FLAGS = _ABOVE | Qt.WindowType.FramelessWindowHint
TIMER_FLAGS = PROJECTED_FLAGS | Qt.WindowType.WindowTransparentForInput | Qt.WindowType.NoDropShadowWindowHint
CORNER_FLAGS = _ABOVE


class Placement(StrEnum):
    """Where the stage is."""

    OFF = "off"
    """Not asked for."""
    PROJECTED = "projected"
    """Full on a screen of its own."""
    TIMER = "timer"
    """A translucent timer in a corner, over somebody's slides."""
    CORNER = "corner"
    """A small window on the secretary's own screen."""
    CORNER_FULL = "corner_full"
    """The operator enlarged that window over the only screen; Esc brings it back."""
    LOST = "lost"
    """Its screen is not free now: hidden until it is."""


class StageForm(StrEnum):
    """What the operator asked for."""

    FULL = "full"
    """A whole screen; a small window while there is none."""
    TIMER = "timer"
    """The translucent corner timer."""
    SMALL = "small"
    """The small window, however many screens there are."""


class Corner(StrEnum):
    """Where the corner timer stands."""

    TOP_RIGHT = "top_right"
    TOP_LEFT = "top_left"
    BOTTOM_RIGHT = "bottom_right"
    BOTTOM_LEFT = "bottom_left"


class Loss(StrEnum):
    """Why the stage is `Placement.LOST`."""

    UNPLUGGED = "unplugged"
    """The screen is gone."""
    MIRRORED = "mirrored"
    """The screen repeats the secretary's own now."""
    MAIN_THERE = "main_there"
    """The secretary's window was moved onto it."""


def small_window_box(room: QRect) -> QRect:
    """Lower right, clear of the edges; never more than half of a tiny screen."""
    width, height = min(_CORNER_WIDTH, room.width() // 2), min(_CORNER_HEIGHT, room.height() // 2)
    left = room.right() + 1 - width - _CORNER_GAP
    top = room.bottom() + 1 - height - _CORNER_GAP
    return QRect(left, top, width, height)


def timer_box(screen: QRect, corner: Corner) -> QRect:
    """The corner timer's place; a tall or small screen still gets figures that can be read."""
    width = round(max(screen.width() * _TIMER_PART, min(280, screen.width() // 2)))
    height, gap = round(width * _TIMER_SHAPE), round(screen.width() * _TIMER_GAP)
    left, top = screen.left() + gap, screen.top() + gap
    if corner in (Corner.TOP_RIGHT, Corner.BOTTOM_RIGHT):
        left = screen.right() + 1 - width - gap
    if corner in (Corner.BOTTOM_LEFT, Corner.BOTTOM_RIGHT):
        top = screen.bottom() + 1 - height - gap
    return QRect(left, top, width, height)
