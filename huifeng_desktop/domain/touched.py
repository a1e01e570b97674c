"""What an event may have changed, so that only that is judged and painted again."""

from __future__ import annotations

from huifeng_desktop.domain.record import record


@record
class Touched:
    """What an event may have changed: some seats, all of them, the agenda and its timers."""

    seats: frozenset[str] = frozenset()
    everything: bool = False
    agenda: bool = False


EVERYTHING = Touched(everything=True, agenda=True)
