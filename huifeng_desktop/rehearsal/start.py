"""Where a rehearsal leaves its data, its sheets and its pictures, and what it says at the end."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from huifeng_desktop.app import has_screen, prepare_offscreen
from huifeng_desktop.paths import check_writable


def rehearse(*, speed: float, out: Path | None, as_json: bool) -> int:
    """Play the sample meeting `speed` times as fast as life; 0 if it ended with the right figures.

    `out` is the folder for sheets, pictures and data, by default a new one below `rehearsal`. In the
    window the meeting stays open at the end; without a screen it is all done off screen.
    """
    from huifeng_desktop.rehearsal.conductor import conduct

    folder = (out or Path("rehearsal") / f"{datetime.now():%Y%m%d-%H%M%S}").resolve()
    check_writable(folder)
    on_screen = has_screen()
    if not on_screen:
        prepare_offscreen()
    report = conduct(folder, speed, on_screen)
    if as_json:
        print(json.dumps(report.to_json(), ensure_ascii=False, indent=2))
    else:
        print("\n".join(report.lines()))
    return 0 if report.as_expected else 1
