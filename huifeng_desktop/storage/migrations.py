"""The shape of the database, step by step. Each step is atomic and is never edited afterwards."""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database, Migrations

migrations = Migrations("huifeng")


def bring_up(connection: sqlite3.Connection, stop_before: str | None = None) -> None:
    """Take the steps that the file lacks."""
    # Plugins of the library that some other program installed have no business here.
    migrations.apply(Database(connection, execute_plugins=False), stop_before=stop_before)


@migrations()
def events_and_settings(db: Database) -> None:
    """The append-only log with its guards, the heads of the chains, and the settings."""
    db.execute(
        """
        CREATE TABLE events (
            position INTEGER PRIMARY KEY,
            event_id TEXT NOT NULL UNIQUE,
            meeting TEXT NOT NULL,
            kind TEXT NOT NULL,
            subject TEXT NOT NULL,
            at TEXT NOT NULL,
            recorded_at TEXT NOT NULL,
            writer TEXT NOT NULL REFERENCES chain_heads (writer),
            writer_seq INTEGER NOT NULL,
            lamport INTEGER NOT NULL,
            body TEXT NOT NULL,
            nonce TEXT NOT NULL,
            previous TEXT NOT NULL,
            digest TEXT NOT NULL,
            UNIQUE (writer, writer_seq)
        ) STRICT
        """
    )
    db.execute("CREATE UNIQUE INDEX events_nonce ON events (meeting, nonce) WHERE nonce <> ''")
    db.execute("CREATE INDEX events_meeting ON events (meeting, position)")
    db.execute("CREATE INDEX events_lamport ON events (lamport)")
    db.execute("CREATE INDEX events_kind ON events (kind, meeting)")
    db.execute(
        """
        CREATE TABLE chain_heads (
            writer TEXT PRIMARY KEY,
            writer_seq INTEGER NOT NULL,
            digest TEXT NOT NULL
        ) STRICT
        """
    )
    for verb in ("UPDATE", "DELETE"):
        db.execute(
            f"CREATE TRIGGER events_no_{verb.lower()} BEFORE {verb} ON events "
            "BEGIN SELECT RAISE(ABORT, 'events are never edited'); END"
        )
    db.execute("CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT")


@migrations()
def links_of_merged_chains(db: Database) -> None:
    """Room for hand-over files: links in place of events that are not here (see chains.py).

    A nonce is unique for each writer only: two desks may both have loaded the same file.
    """
    db.execute(
        """
        CREATE TABLE chain_links (
            writer TEXT NOT NULL REFERENCES chain_heads (writer),
            writer_seq INTEGER NOT NULL,
            meeting TEXT NOT NULL,
            content TEXT NOT NULL,
            PRIMARY KEY (writer, writer_seq)
        ) STRICT, WITHOUT ROWID
        """
    )
    db.execute(
        "CREATE TRIGGER chain_links_no_update BEFORE UPDATE ON chain_links "
        "BEGIN SELECT RAISE(ABORT, 'links are never edited'); END"
    )
    db.execute(
        "CREATE TRIGGER chain_links_no_delete BEFORE DELETE ON chain_links WHEN NOT EXISTS "
        "(SELECT 1 FROM events WHERE writer = OLD.writer AND writer_seq = OLD.writer_seq) "
        "BEGIN SELECT RAISE(ABORT, 'a link goes only when its event has come'); END"
    )
    db.execute("ALTER TABLE chain_heads ADD COLUMN merged INTEGER NOT NULL DEFAULT 0")
    db.execute("DROP INDEX events_nonce")
    db.execute("CREATE UNIQUE INDEX events_nonce ON events (meeting, nonce, writer) WHERE nonce <> ''")


@migrations()
def sums_for_the_ledger(db: Database) -> None:
    """What the ledger keeps of each meeting; derived, so it may be emptied at any time (sums.py)."""
    db.execute(
        """
        CREATE TABLE ledger_sums (
            meeting TEXT PRIMARY KEY,
            basis TEXT NOT NULL,
            content TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
        """
    )


@migrations()
def removal_of_whole_meetings(db: Database) -> None:
    """An event may go only if its meeting was removed by name and a link keeps its place (removal.py)."""
    db.execute("DROP TRIGGER events_no_delete")
    db.execute(
        "CREATE TRIGGER events_no_delete BEFORE DELETE ON events WHEN OLD.kind = 'meeting_removed' OR NOT ("
        "EXISTS (SELECT 1 FROM events AS word WHERE word.meeting = OLD.meeting "
        "AND word.kind = 'meeting_removed') "
        "AND EXISTS (SELECT 1 FROM chain_links AS link WHERE link.writer = OLD.writer "
        "AND link.writer_seq = OLD.writer_seq AND link.meeting = OLD.meeting)) "
        "BEGIN SELECT RAISE(ABORT, 'events are never edited'); END"
    )
