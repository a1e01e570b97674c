"""Fifty and two hundred telephones at once on 3 000 seats, and fifty desks that scan one badge.

The telephones go the whole way of a real one: connect, load the page behind the projected code, send
the form with its ticket. The floor beside each figure is the same crowd at the same HTTP stack with
constant pages behind it. The time wanted is what a person takes for "at once", whatever the machine;
the floor says how much of it the machine has used up before the desk does anything.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from crowd import DeskLines, on_disk, people_of, scan_together
from hall import badges, make_folder
from load_kit import SEATS, start_bare_desk, start_desk

MOST_P99_MS, MOST_TIMES = 300.0, 6.0
"""Wanted; where others use the machine so much that the stack alone is slow, so many times its time."""
SCANNED_TOGETHER = 20


@pytest.mark.bench
@pytest.mark.parametrize("phones", [50, 200])
def test_telephones_at_once(phones: int, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    meeting = make_folder(folder, SEATS)
    people = people_of(folder, meeting)
    with start_desk(folder, meeting) as desk:
        lines = DeskLines(desk.process)
        load = lines.send_phones(people, phones)
        lines.finish()
    with start_bare_desk() as bare:
        bare_lines = DeskLines(bare.process)
        floor = bare_lines.send_phones(people, phones)
        bare_lines.finish()
    print(
        f"\n{phones} telephones at once, {SEATS} seats: {load['per_second']:.0f} requests/s, "
        f"p50 {load['p50_ms']:.0f} ms, p99 {load['p99_ms']:.0f} ms, worst {load['max_ms']:.0f} ms, "
        f"answers {load['statuses']}"
        f"\nfloor: {floor['per_second']:.0f} requests/s of the HTTP stack alone, "
        f"p99 {floor['p99_ms']:.0f} ms; the desk takes {load['p99_ms'] / floor['p99_ms']:.1f} times that"
    )
    stored = on_disk(folder, meeting)
    assert load["statuses"] == {"page 200": len(people), "form 201": len(people)}
    assert set(load["acknowledged"]) == stored.seats and not stored.doubled and stored.is_sound
    assert load["p99_ms"] <= max(MOST_P99_MS, floor["p99_ms"] * MOST_TIMES)


@pytest.mark.bench
def test_fifty_desks_scan_one_badge(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    meeting = make_folder(folder, SEATS)
    scanned = badges(folder, meeting)[:SCANNED_TOGETHER]
    with start_desk(folder, meeting) as desk:
        lines = DeskLines(desk.process)
        heard = [scan_together(desk.ready["url"], desk.ready["token"], badge, 50) for badge in scanned]
        lines.finish()
    stored = on_disk(folder, meeting)
    print(f"\n{len(scanned)} badges, each scanned by 50 desks at once: {len(stored.seats)} entries")
    assert heard == [{"signed_in": 1, "already": 49}] * len(scanned)
    assert len(stored.seats) == len(scanned) and not stored.doubled
