"""`verify` names the first broken event after any byte of any column was changed, or events moved.

The log has two writers whose events interleave; every fault is made in a copy in memory, guards down.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from desks import verified
from log_kit import opened, write

from huifeng_desktop.domain.events import chain_digest
from huifeng_desktop.storage.chains import ADDED, CUT, LINKS, UNTRUE_END, link_of
from huifeng_desktop.storage.columns import COLUMNS
from huifeng_desktop.storage.database import DATABASE_NAME
from huifeng_desktop.storage.verify import BrokenEvent

_EVENTS = 7


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """Events of writers a, a, b, a, a, a, b, in this order."""
    path = tmp_path_factory.mktemp("folder")
    with opened(path) as store, opened(path, "b") as other:
        write(store, "s1", "s2")
        write(other, "s3")
        write(store, "s4", "s5", "s6")
        write(other, "s7")
    with closing(sqlite3.connect(path / DATABASE_NAME)) as connection:
        yield connection


@pytest.fixture
def copy(sound: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """The log as a forger holds it."""
    copy = sqlite3.connect(":memory:", isolation_level=None)
    sound.backup(copy)
    for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        copy.execute(f"DROP TRIGGER {name}")
    with closing(copy):
        assert verified(copy).ok
        yield copy


def rows(copy: sqlite3.Connection) -> list[dict[str, Any]]:
    """Every event, by its columns."""
    cursor = copy.execute(f"SELECT position, {', '.join(COLUMNS)} FROM events ORDER BY position")
    return [dict(zip(("position", *COLUMNS), row, strict=True)) for row in cursor.fetchall()]


def broken(copy: sqlite3.Connection) -> BrokenEvent:
    """What `verify` names."""
    found = verified(copy)
    assert not found.ok and found.broken is not None
    return found.broken


def variants(value: str | int) -> Iterator[str | int]:
    """The value with one byte changed, at every place; one byte more and one less; nothing."""
    if isinstance(value, int):
        yield from {value ^ (1 << bit) for bit in range(0, 40, 3)}
        return
    for place, char in enumerate(value):
        yield value[:place] + chr(ord(char) ^ 1) + value[place + 1 :]
    yield from {value + " ", value[:-1], ""} - {value}


@pytest.mark.parametrize("column", COLUMNS)
def test_any_byte_of_any_column_of_any_event(copy: sqlite3.Connection, column: str) -> None:
    for row in rows(copy):
        for value in variants(row[column]):
            place = (row["position"],)
            try:
                copy.execute(f"UPDATE events SET {column} = ? WHERE position = ?", (value, *place))
            except sqlite3.IntegrityError:
                continue  # two events with one id, or at one place of a chain: SQLite itself refuses
            named = broken(copy)
            assert named.position == row["position"], (row["position"], column, value)
            copy.execute(f"UPDATE events SET {column} = ? WHERE position = ?", (row[column], *place))
    assert verified(copy).ok


@pytest.mark.parametrize("position", range(1, _EVENTS + 1))
def test_a_removed_event(copy: sqlite3.Connection, position: int) -> None:
    before = rows(copy)
    gone = before[position - 1]
    later = [one for one in before if one["writer"] == gone["writer"] and one["position"] > position]
    copy.execute("DELETE FROM events WHERE position = ?", (position,))
    named = broken(copy)
    assert (named.position, named.writer) == (later[0]["position"] if later else 0, gone["writer"])
    assert later or named.what == CUT


@pytest.mark.parametrize("position", range(1, _EVENTS + 1))
def test_an_event_of_ones_own_in_whose_place_a_link_was_put(copy: sqlite3.Connection, position: int) -> None:
    """Links stand for what a hand-over file left out; in a chain that was written here there is none."""
    before = rows(copy)
    gone = before[position - 1]
    later = [one for one in before if one["writer"] == gone["writer"] and one["position"] > position]
    copy.execute("DELETE FROM events WHERE position = ?", (position,))
    link = link_of(gone)
    copy.execute(
        f"INSERT INTO chain_links ({', '.join(LINKS)}) VALUES (?, ?, ?, ?)", [link[name] for name in LINKS]
    )
    named = broken(copy)
    assert (named.position, named.writer) == (later[0]["position"] if later else 0, gone["writer"])


@pytest.mark.parametrize("kept", range(_EVENTS))
def test_a_tail_that_was_cut_off(copy: sqlite3.Connection, kept: int) -> None:
    copy.execute("DELETE FROM events WHERE position > ?", (kept,))
    assert broken(copy).what == CUT


def test_any_two_events_that_changed_places(copy: sqlite3.Connection) -> None:
    for one, other in combinations(rows(copy), 2):
        if one["writer"] != other["writer"]:
            continue  # between writers there is no order but that of the Lamport numbers, which are hashed
        for old, new in ((one, 1000), (other, one["position"]), ({"position": 1000}, other["position"])):
            copy.execute("UPDATE events SET position = ? WHERE position = ?", (new, old["position"]))
        assert broken(copy).position == one["position"]
        for old, new in ((one, 1000), (other, one["position"]), ({"position": 1000}, other["position"])):
            copy.execute("UPDATE events SET position = ? WHERE position = ?", (new, old["position"]))
    assert verified(copy).ok


def test_any_two_events_that_changed_their_places_in_the_chain(copy: sqlite3.Connection) -> None:
    for one, other in combinations([row for row in rows(copy) if row["writer"] == "a"], 2):
        _renumber(copy, {one["position"]: other["writer_seq"], other["position"]: one["writer_seq"]})
        assert broken(copy).position == one["position"]
        _renumber(copy, {row["position"]: row["writer_seq"] for row in (one, other)})
    assert verified(copy).ok


def _renumber(copy: sqlite3.Connection, wanted: dict[int, int]) -> None:
    for position in wanted:
        copy.execute("UPDATE events SET writer_seq = -position WHERE position = ?", (position,))
    for position, seq in wanted.items():
        copy.execute("UPDATE events SET writer_seq = ? WHERE position = ?", (seq, position))


def _put(copy: sqlite3.Connection, row: dict[str, Any]) -> None:
    """An event with a true digest of its own."""
    columns = {name: row[name] for name in COLUMNS if name != "digest"}
    values = [row["position"], *columns.values(), chain_digest(columns)]
    names = ", ".join(("position", *columns, "digest"))
    copy.execute(f"INSERT INTO events ({names}) VALUES ({', '.join('?' * len(values))})", values)


def test_an_event_that_was_put_at_the_end(copy: sqlite3.Connection) -> None:
    last = rows(copy)[5]
    forged = {"event_id": "f" * 32, "writer_seq": last["writer_seq"] + 1, "previous": last["digest"]}
    _put(copy, {**last, **forged, "position": 8, "nonce": ""})
    named = broken(copy)
    assert (named.position, named.event_id, named.what) == (8, "f" * 32, ADDED)


def test_an_event_that_was_put_between(copy: sqlite3.Connection) -> None:
    """The later ones are moved on by one, the forged one follows the event before it rightly."""
    before = rows(copy)
    for row in reversed(before[3:6]):
        copy.execute(
            "UPDATE events SET position = position + 10, writer_seq = writer_seq + 1 WHERE position = ?",
            (row["position"],),
        )
    forged = {"event_id": "f" * 32, "previous": before[1]["digest"], "nonce": ""}
    _put(copy, {**before[3], **forged})
    named = broken(copy)
    assert named.position == 14, "the first true event behind it no longer fits"


def test_an_event_of_a_writer_who_never_was(copy: sqlite3.Connection) -> None:
    first = rows(copy)[0]
    _put(copy, {**first, "event_id": "f" * 32, "writer": "z", "position": 8, "nonce": ""})
    named = broken(copy)
    assert (named.position, named.what) == (8, ADDED)


@pytest.mark.parametrize("writer", ["a", "b"])
def test_the_heads_themselves(copy: sqlite3.Connection, writer: str) -> None:
    seq, digest, merged = copy.execute(
        "SELECT writer_seq, digest, merged FROM chain_heads WHERE writer = ?", (writer,)
    ).fetchone()
    own = [row for row in rows(copy) if row["writer"] == writer]
    for column, value, position, what in (
        ("digest", digest[:-1] + ("0" if digest[-1] != "0" else "1"), 0, UNTRUE_END),
        ("writer_seq", seq + 1, 0, CUT),
        ("writer_seq", seq - 1, own[-1]["position"], ADDED),
        ("writer", "z", own[0]["position"], ADDED),
    ):
        copy.execute(f"UPDATE chain_heads SET {column} = ? WHERE writer = ?", (value, writer))
        named = broken(copy)
        assert (named.position, named.what) == (position, what), column
        copy.execute(
            "UPDATE chain_heads SET writer = ?, writer_seq = ?, digest = ? WHERE writer IN (?, 'z')",
            (writer, seq, digest, writer),
        )
    copy.execute("DELETE FROM chain_heads WHERE writer = ?", (writer,))
    assert broken(copy).position == own[0]["position"]
    assert merged == 0


def test_the_copy_on_disk_is_untouched(sound: sqlite3.Connection, tmp_path: Path) -> None:
    assert verified(sound).ok
