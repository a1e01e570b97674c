"""Before any window: whether there is a screen, and how the program calls itself."""

from __future__ import annotations

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


def program_command(*arguments: str) -> list[str]:
    """How the program calls itself in another process, installed or frozen into one folder."""
    start = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "huifeng_desktop"]
    return [*start, *arguments]


def desk_command(path: Path, meeting_id: str, *more: str) -> list[str]:
    """How the window calls its desk."""
    return program_command("--data", str(path), "desk", meeting_id, *more)
