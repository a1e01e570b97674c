"""Run as a program: the window with phones and stage open; prints what it and its desk hold, in MB.

`FOLDER MEETING` name the data. Every page is looked at once before the memory is read, some people
have signed in, and a name was searched, so that nothing is counted that was only not there yet.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import httpx
import psutil
from PySide6.QtCore import QTimer

from huifeng_desktop.app import desk_command, import_before_qt, open_folder

_MB = 1024 * 1024
_SETTLE_MS = 700


def held_mb(process: psutil.Process) -> float:
    """What the process holds: its share of shared pages counted once, where the system can tell."""
    full = process.memory_full_info()
    return float(getattr(full, "pss", full.rss)) / _MB


def sign_some_in(url: str, token: str, badges: list[str]) -> None:
    """Let the desk work, so that its memory is that of use."""
    with httpx.Client(base_url=url, headers={"Authorization": f"Bearer {token}"}) as client:
        for badge in badges:
            client.post("/api/sign-ins", json={"badge": badge, "nonce": badge})


def main(path: Path, meeting: str) -> None:
    import_before_qt()
    from huifeng_desktop.app.window import build_window, make_application

    application = make_application()
    with open_folder(path, "console") as folder:
        session = folder.office.open(meeting)
        parts = build_window(folder, session, desk_command(path, meeting))
        badges = [seat.badge for seat in session.state.seats]

        def report() -> None:
            own = psutil.Process()
            print(json.dumps([held_mb(own), *(held_mb(child) for child in own.children())]), flush=True)
            parts.window.close()
            application.quit()

        def use() -> None:
            for stage in (0, 2, 1):
                parts.window.show_stage(stage)
            parts.during.door.box.setText("wang")
            QTimer.singleShot(_SETTLE_MS, report)

        parts.desk.ready.connect(lambda url, token: sign_some_in(url, token, badges[:100]))
        parts.desk.ready.connect(use)
        parts.window.show()
        parts.director.open_stage()
        parts.during.open_phones("127.0.0.1")
        application.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
