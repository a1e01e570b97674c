"""What window and desk hold together with a meeting of three hundred, phones and stage open."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hall import make_folder

MOST_MB = 200
_PROGRAM = Path(__file__).with_name("held_memory.py")


@pytest.mark.bench
def test_window_and_desk_hold_little(tmp_path: Path) -> None:
    meeting = make_folder(tmp_path / "data", 300)
    command = [sys.executable, str(_PROGRAM), str(tmp_path / "data"), meeting]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=60)
    window, *children = json.loads(done.stdout)
    assert len(children) == 1, "the desk runs while the memory is read"
    print(f"\nmemory: window {window:.0f} MB, desk {children[0]:.0f} MB, together at most {MOST_MB} MB")
    assert window + children[0] <= MOST_MB
