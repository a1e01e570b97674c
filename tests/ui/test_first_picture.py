"""What a person waits for before the first picture: modules of dialogs nobody has opened are not in it.

That each of these doors opens is shown where its dialog is tested (`test_the_menu_opens_each_once`).
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hall import make_folder

_BENCH = Path(__file__).parents[1] / "bench"
_SHOW = """
import sys
from first_paint import show_program
show_program(*sys.argv[1:])
print(*sys.modules)
"""
LATE_ROOMS = ("after", "audit", "before", "charts", "ledger", "printing")
LATE_DIALOGS = (
    "door.arrival_chart",
    "door.backfill_dialog",
    "door.brief_dialog",
    "door.call_forms",
    "door.exits_dialog",
    "door.headcount_dialog",
    "door.leave_line_form",
    "phones.network_dialog",
    "timing.pace_dialog",
    "timing.queue_dialog",
    "door.roll_call_dialog",
    "timing.stage_menu",
    "door.tick_dialog",
    "door.walk_in_form",
)
LATE_WORK = (
    "domain.imported",
    "domain.tombstone",
    "exchange.rule_set_files",
    "rules.ledger",
    "service.door.guests",
    "service.hall",
    "service.before.preparation",
    "storage.migrations",
)
LATE_LIBRARIES = ("difflib", "platformdirs", "qrcode", "openpyxl", "sqlite_utils", "subprocess", "tomllib")


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The modules of a window that has just been painted, in a process of its own."""
    data = tmp_path_factory.mktemp("first") / "data"
    meeting = make_folder(data, 20)
    paths = os.pathsep.join([str(_BENCH), str(_BENCH.parent / "support")])
    done = subprocess.run(
        [sys.executable, "-c", _SHOW, str(data), meeting],
        env=dict(os.environ, QT_QPA_PLATFORM="offscreen", PYTHONPATH=paths),
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


def test_the_first_picture_waits_for_no_dialog(imported: set[str]) -> None:
    assert "huifeng_desktop.ui.during.page" in imported
    late = {f"huifeng_desktop.ui.{room}" for room in LATE_ROOMS}
    late |= {f"huifeng_desktop.ui.during.{dialog}" for dialog in LATE_DIALOGS}
    late |= {f"huifeng_desktop.{work}" for work in LATE_WORK}
    assert imported & late == set()


def test_the_first_picture_waits_for_no_library_of_later_work(imported: set[str]) -> None:
    assert imported & set(LATE_LIBRARIES) == set()
