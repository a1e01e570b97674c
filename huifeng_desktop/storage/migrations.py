"""The shape of the database, step by step. Each step is atomic and is never edited afterwards."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("huifeng")

SCHEMA_VERSION = 1
"""How many steps there are; kept in `user_version`, so that a newer file can be refused."""


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
