"""The real window over three thousand seats, as the benches about its clock need it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hall import badges, make_folder
from load_kit import SEATS
from PySide6.QtWidgets import QApplication

from huifeng_desktop.app import desk_command, open_folder
from huifeng_desktop.app.growth import Growth
from huifeng_desktop.app.window import OpenWindow, build_window, make_application
from huifeng_desktop.clock import SystemClock


@pytest.fixture
def data(tmp_path: Path) -> tuple[Path, str, list[str]]:
    """A folder, its meeting, and everybody's badge."""
    meeting = make_folder(tmp_path / "data", SEATS)
    return tmp_path / "data", meeting, list(badges(tmp_path / "data", meeting))


@pytest.fixture
def parts(data: tuple[Path, str, list[str]], qapp: QApplication) -> Iterator[OpenWindow]:
    """The window of the meeting, shown; garbage is looked for as in the program itself."""
    make_application()
    path, meeting, _ = data
    with open_folder(path, "console", SystemClock()) as folder:
        built = build_window(folder, folder.office.open(meeting), desk_command(path, meeting))
        Growth(built.context, built.window)
        gc.collect()
        gc.freeze()
        built.window.show()
        yield built
        built.window.close()
    gc.unfreeze()
