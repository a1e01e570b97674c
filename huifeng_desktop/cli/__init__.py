"""The command line: scripts, IT departments and acceptance checks use the program through it."""

from huifeng_desktop.cli.main import main

__all__ = ["main"]
