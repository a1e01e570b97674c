"""Which keys a window answers to as it stands. Qt runs neither of two that share a key, and says nothing."""

from __future__ import annotations

from collections import Counter

from PySide6.QtGui import QAction, QShortcut
from PySide6.QtWidgets import QAbstractButton, QWidget


def keys_of(window: QWidget) -> list[str]:
    """Every key that means something now; one that means two things is there twice.

    A button that is disabled for the moment counts as well: its key is as good as taken.
    """
    shortcuts = [one for one in window.findChildren(QShortcut) if _lives(one, window)]
    actions = [one for one in window.findChildren(QAction) if _is_on(one, window)]
    buttons = [one for one in window.findChildren(QAbstractButton) if _is_here(one, window)]
    keys = [key for one in shortcuts for key in one.keys()]  # noqa: SIM118  no dict
    keys += [key for one in actions for key in one.shortcuts()]
    keys += [one.shortcut() for one in buttons]
    return [key.toString() for key in keys if not key.isEmpty()]


def taken_twice(window: QWidget) -> set[str]:
    """The keys that mean two things, and so nothing."""
    return {key for key, count in Counter(keys_of(window)).items() if count > 1}


def _is_here(widget: QWidget, window: QWidget) -> bool:
    return widget.isVisible() and widget.window() is window


def _lives(shortcut: QShortcut, window: QWidget) -> bool:
    owner = shortcut.parent()
    return shortcut.isEnabled() and isinstance(owner, QWidget) and _is_here(owner, window)


def _is_on(action: QAction, window: QWidget) -> bool:
    return any(isinstance(one, QWidget) and _is_here(one, window) for one in action.associatedObjects())
