"""自动进入下一项: off unless the operator switched it on; then the end of the time ends the speech."""

from __future__ import annotations

from huifeng_desktop.domain.moments import ClockReading
from huifeng_desktop.domain.speaker_timer import Run
from huifeng_desktop.service.podium import Podium

SETTING = "auto_advance"


def advance_if_due(podium: Podium, now: ClockReading) -> bool:
    """Finish a speech whose time, extension included, is used up, and start the next one."""
    timer = podium.view(now)
    if timer is None or timer.run is not Run.RUNNING or timer.allowed_s is None:
        return False
    if timer.elapsed_s < timer.allowed_s:
        return False
    podium.finish_and_next()
    return True
