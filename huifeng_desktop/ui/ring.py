"""The bell, as far as the desktop's own beep goes: one tone for amber, two at the end of the time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from huifeng_desktop.domain.speaker_timer import Cue

Ring = Callable[[Cue], None]
_SECOND_TONE_MS = 400


def beep(cue: Cue) -> None:
    """Sound a cue; a machine without sound stays silent."""
    QApplication.beep()
    if cue is Cue.OVER:
        QTimer.singleShot(_SECOND_TONE_MS, QApplication.beep)
