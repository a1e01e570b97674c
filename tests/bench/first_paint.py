"""Run as a program: open a window, paint it once, and print when that was (see paint_watch.py).

`bare` paints a QMainWindow with a label, `window FOLDER MEETING` the program's own.
"""

from __future__ import annotations

import sys


def show_bare() -> None:
    """What PySide6 itself costs: a window with a label."""
    from paint_watch import run_until_painted
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

    application = QApplication(["bare"])
    window = QMainWindow()
    window.setCentralWidget(QLabel("会风"))
    window.resize(1366, 768)
    run_until_painted(application, window)


def show_program(folder_path: str, meeting: str) -> None:
    """The program's main window, put together as `run_window` does."""
    from pathlib import Path

    from huifeng_desktop.app import desk_command, import_before_qt, open_folder

    import_before_qt()
    from paint_watch import run_until_painted
    from PySide6.QtCore import QTimer

    from huifeng_desktop.app.starting import collect_again
    from huifeng_desktop.app.window import build_window, make_application

    application, path = make_application(), Path(folder_path)
    QTimer.singleShot(0, collect_again)
    with open_folder(path, "console") as folder:
        session = folder.office.open(meeting)
        parts = build_window(folder, session, desk_command(path, meeting))
        run_until_painted(application, parts.window)
        parts.window.close()


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        show_bare()
    else:
        show_program(*sys.argv[2:])
