"""Commands that stay: the window, the desk without a window, the rehearsal."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from huifeng_desktop.app import import_before_qt, open_folder, open_registrar
from huifeng_desktop.clock import FileClock, SystemClock


def window(arguments: Namespace, data_dir: Path) -> int:
    """Open the main window."""
    import_before_qt()
    from huifeng_desktop.app.program import run_window

    return run_window(data_dir)


def desk(arguments: Namespace, data_dir: Path) -> int:
    """Serve one meeting until SIGTERM or the end of stdin."""
    from huifeng_desktop.desk.server import run_desk

    clock = FileClock(arguments.clock_file) if arguments.clock_file else SystemClock()
    with open_folder(data_dir, "command") as folder:
        meeting_id = folder.office.resolve(arguments.meeting)
        folder.office.open(meeting_id)
    return run_desk(
        lambda: open_registrar(data_dir, meeting_id, clock),
        clock=clock,
        host=arguments.host,
        port=arguments.port,
        phones=arguments.phones,
        out=sys.stdout,
        stdin=sys.stdin,
        usual=arguments.usual,
    )


def rehearse(arguments: Namespace, data_dir: Path) -> int:
    """Play the sample meeting; in the window where there is a screen, off screen otherwise."""
    from huifeng_desktop.rehearsal import rehearse as play

    return play(speed=arguments.speed, out=arguments.out, as_json=arguments.json)
