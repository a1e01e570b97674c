"""`verify` on the receiving side: any change, removal or reordering of foreign events is named."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from desks import Desk, contents, verified

from huifeng_desktop.domain.events import content_digest
from huifeng_desktop.storage.columns import COLUMNS


def _rows(connection: sqlite3.Connection) -> list[dict[str, Any]]:
    cursor = connection.execute("SELECT * FROM events ORDER BY position")
    return [dict(zip([name for name, *_ in cursor.description], row, strict=True)) for row in cursor]


@pytest.mark.parametrize("column", COLUMNS)
def test_verify_names_a_foreign_event_after_any_change(second: Desk, shared: Path, column: str) -> None:
    with second.tampered() as sound:
        rows = _rows(sound)
        assert verified(sound).ok and len(rows) == 6
    for row in rows:
        for value in _altered(row[column]):
            with second.tampered() as copy:
                copy.execute(f"UPDATE events SET {column} = ? WHERE position = ?", (value, row["position"]))
                broken = verified(copy).broken
            assert broken is not None and broken.position == row["position"], (column, value)


def _altered(value: str | int) -> list[str | int]:
    """The value with a single thing wrong, at every place of it."""
    if isinstance(value, int):
        return [value + 100]
    spots = range(0, len(value), max(1, len(value) // 20))
    return ["!", *(value[:at] + ("x" if value[at] != "x" else "y") + value[at + 1 :] for at in spots)]


def test_verify_names_an_event_whose_bytes_are_no_longer_text(second: Desk, shared: Path) -> None:
    with second.tampered() as copy:
        copy.execute("UPDATE events SET subject = CAST(X'73FF31' AS TEXT) WHERE position = 3")
        broken = verified(copy).broken
    assert broken is not None and broken.position == 3


def test_verify_names_the_event_after_a_removed_one(second: Desk, shared: Path) -> None:
    with second.tampered() as sound:
        rows = _rows(sound)
    for row in rows:
        later = [one for one in rows if one["writer"] == row["writer"] and one["position"] > row["position"]]
        with second.tampered() as copy:
            copy.execute("DELETE FROM events WHERE position = ?", (row["position"],))
            broken = verified(copy).broken
        assert broken is not None
        assert (broken.writer, broken.position) == (row["writer"], later[0]["position"] if later else 0)


def test_an_event_cannot_be_passed_off_as_a_link(second: Desk, shared: Path) -> None:
    """The event is gone and a link stands in its place; only the meeting gives it away."""
    said = contents(shared)
    event = said.events[1]
    for meeting in (said.manifest["meeting"], "20260101-abc"):
        with second.tampered() as copy:
            copy.execute("DELETE FROM events WHERE event_id = ?", (event["event_id"],))
            link = (event["writer"], event["writer_seq"], meeting, content_digest(event))
            copy.execute("INSERT INTO chain_links VALUES (?, ?, ?, ?)", link)
            assert verified(copy).broken is not None


@pytest.mark.parametrize("change", ["meeting = 'x'", "content = 'x'", "writer_seq = 99", None])
def test_verify_notices_a_link_that_was_changed_or_removed(
    second: Desk, shared: Path, change: str | None
) -> None:
    for link in contents(shared).links:
        with second.tampered() as copy:
            where = "WHERE writer = ? AND writer_seq = ?"
            verb = f"UPDATE chain_links SET {change}" if change else "DELETE FROM chain_links"
            copy.execute(f"{verb} {where}", (link["writer"], link["writer_seq"]))
            assert verified(copy).broken is not None


def test_verify_names_the_first_of_two_that_changed_places(second: Desk, shared: Path) -> None:
    with second.tampered() as sound:
        rows = _rows(sound)
    for one, other in pairwise(rows):
        if one["writer"] != other["writer"]:
            continue
        with second.tampered() as copy:
            pair = (one["position"], other["position"])
            for old, new in ((pair[0], 1000), (pair[1], pair[0]), (1000, pair[1])):
                copy.execute("UPDATE events SET position = ? WHERE position = ?", (new, old))
            broken = verified(copy).broken
        assert broken is not None and broken.position == pair[0]


def test_the_guards_are_up(second: Desk, shared: Path) -> None:
    with closing(sqlite3.connect(second.database)) as connection:
        for attack in (
            "UPDATE events SET subject = 's1'",
            "DELETE FROM events",
            "UPDATE chain_links SET content = ''",
            "DELETE FROM chain_links",
        ):
            with pytest.raises(sqlite3.IntegrityError):
                connection.execute(attack)
