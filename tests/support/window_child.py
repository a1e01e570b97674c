"""The real window at work, killed by the test whenever it likes: folder and meeting are the arguments.

It signs people in at the search box while a speech is timed, and says on a line of JSON whatever has
been acknowledged to whoever sits before it. The clock is the machine's own, so that the test can ask
it how much time has passed.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from huifeng_desktop.app import desk_command, open_folder
from huifeng_desktop.app.window import OpenWindow, build_window, make_application
from huifeng_desktop.clock import SystemClock
from huifeng_desktop.ui.during.door import scanner
from huifeng_desktop.ui.stage.view import StageMode

_STEP_MS = 5


def tell(**values: Any) -> None:
    """One line that stands for something the window has acknowledged."""
    print(json.dumps(values), flush=True)


class Secretary:
    """Opens the meeting, starts the second speech, then signs one person in with every turn."""

    def __init__(self, parts: OpenWindow) -> None:
        self._parts, self._clock = parts, SystemClock()
        self._waiting = iter(parts.context.session.state.seats)
        self._timer = QTimer()
        self._timer.timeout.connect(self._sign_one_in)

    def begin(self) -> None:
        """Get the hall going."""
        parts, before = self._parts, self._clock.reading().mono
        parts.context.podium.declare_opened()
        parts.during.speaker.start_item("i2")
        after = self._clock.reading().mono
        parts.director.set_mode(StageMode.CLOCK)
        parts.director.set_message("请抓紧时间")
        tell(
            item="i2",
            before=before,
            after=after,
            mode=parts.director.mode(),
            message=parts.director.message(),
        )
        self._timer.start(_STEP_MS)

    def _sign_one_in(self) -> None:
        seat = next(self._waiting, None)
        if seat is None:
            return
        box = self._parts.during.door.box
        QTest.keyClicks(box, seat.badge)
        QTest.keyClick(box, Qt.Key.Key_Return)
        if self._parts.during.door.toast.isVisible() and not box.text():
            tell(signed=seat.seat_id)


def main() -> None:
    path, meeting = Path(sys.argv[1]), sys.argv[2]
    scanner.GAP_MS = 60_000  # the keys of QTest bear no time of their own: a loaded machine splits a scan
    application = make_application()
    with open_folder(path, "console", SystemClock()) as folder:
        parts = build_window(folder, folder.office.open(meeting), desk_command(path, meeting))
        parts.window.show()
        secretary = Secretary(parts)
        QTimer.singleShot(0, secretary.begin)
        application.exec()


if __name__ == "__main__":
    main()
