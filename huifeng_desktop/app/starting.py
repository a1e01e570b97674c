"""Before any window: whether there is a screen, and how the program calls itself."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path


def has_screen() -> bool:
    """Whether a window can be shown to somebody."""
    if os.environ.get("QT_QPA_PLATFORM", "").startswith(("offscreen", "minimal")):
        return False
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def prepare_offscreen() -> None:
    """Let windows be painted where nobody sees them; before the first use of Qt."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"


def import_before_qt() -> None:
    """Import what needs no Qt; call it before the first import of PySide6, and `collect_again` later.

    Once PySide6 is there it reads the source of every module that is imported (it looks for switches
    of its own), so that the same imports take a fifth longer. Nothing that is made on the way to the
    window is garbage, so that looking for some is put off.
    """
    gc.disable()
    import huifeng_desktop.service.after.rulings
    import huifeng_desktop.service.before.documents
    import huifeng_desktop.service.door.arrivals
    import huifeng_desktop.service.door.brief
    import huifeng_desktop.service.door.entrance
    import huifeng_desktop.service.door.networks
    import huifeng_desktop.service.door.search
    import huifeng_desktop.service.podium
    import huifeng_desktop.storage.settings
    import huifeng_desktop.storage.shelf  # noqa: F401


def collect_again() -> None:
    """The window is there: look for garbage again, but never in what the program itself is made of."""
    gc.freeze()
    gc.enable()


def program_command(*arguments: str) -> list[str]:
    """How the program calls itself in another process, installed or frozen into one folder."""
    start = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "huifeng_desktop"]
    return [*start, *arguments]


def desk_command(path: Path, meeting_id: str, *more: str) -> list[str]:
    """How the window calls its desk."""
    return program_command("--data", str(path), "desk", meeting_id, *more)
