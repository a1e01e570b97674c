"""A small crowd at the real desk: nobody is lost or entered twice. The large ones are in tests/bench."""

from __future__ import annotations

import sys
from pathlib import Path

from child import ChildDesk
from crowd import DeskLines, on_disk, people_of, scan_together
from hall import badges, make_folder

SEATS, PHONES, DESKS = 60, 20, 50


def test_telephones_and_desks_at_once(data_dir: Path) -> None:
    meeting = make_folder(data_dir, SEATS)
    scanned, *others = people_of(data_dir, meeting)
    command = [sys.executable, "-m", "huifeng_desktop", "--data", str(data_dir), "desk", meeting]
    with ChildDesk(command) as desk:
        lines = DeskLines(desk.process)
        # WHEN fifty desks scan the same badge at the same moment THEN one of them wins
        heard = scan_together(desk.ready["url"], desk.ready["token"], badges(data_dir, meeting)[0], DESKS)
        assert heard == {"signed_in": 1, "already": DESKS - 1}
        # WHEN everybody else comes by telephone, twenty at once
        load = lines.send_phones(others, PHONES)
        lines.finish()
    # THEN there was no error, and the log has exactly those who were told that they are in
    assert load["statuses"] == {"page 200": len(others), "form 201": len(others)}
    stored = on_disk(data_dir, meeting)
    assert stored.seats == {scanned[0], *load["acknowledged"]} and len(stored.seats) == SEATS
    assert not stored.doubled and stored.is_sound
