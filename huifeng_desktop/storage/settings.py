"""Small things the program remembers between runs: the chosen projector, the installation's name."""

from __future__ import annotations

import hashlib
import json
import platform
import uuid
from pathlib import Path
from typing import Any

from huifeng_desktop.storage.database import Database, storage_problems

OF_THIS_PLACE = ("operator", "operators", "given_name")
"""What holds for this folder at this place on this machine alone: who works here is not copied along."""


class SettingsStore:
    """A key and a JSON value each. Not facts: the latest value replaces the one before."""

    def __init__(self, db: Database, path: Path) -> None:
        self._db = db
        self._path = path

    def get(self, key: str, default: Any = None) -> Any:
        """The value of `key`, or `default`."""
        with storage_problems(self._path):
            row = self._db.execute("SELECT value FROM settings WHERE key = ?", (self._key(key),)).fetchone()
        return json.loads(row[0]) if row else default

    def put(self, key: str, value: Any) -> None:
        """Remember a JSON-able value."""
        with storage_problems(self._path):
            self._db.execute(
                "INSERT INTO settings (key, value) VALUES (?, ?) "
                "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (self._key(key), json.dumps(value, ensure_ascii=False)),
            )

    def installation(self) -> str:
        """A short random name, made once; the first part of every writer's name.

        It is that of this folder at this place on this machine: a copied folder gets another one, so
        that two copies never write on at the same chain and can be merged.
        """
        key = self._placed("installation")
        fresh = json.dumps(uuid.uuid4().hex[:8])
        with storage_problems(self._path):
            self._db.execute("INSERT OR IGNORE INTO settings (key, value) VALUES (?, ?)", (key, fresh))
        return str(self.get(key))

    def _key(self, key: str) -> str:
        return self._placed(key) if key in OF_THIS_PLACE else key

    def _placed(self, key: str) -> str:
        place = f"{platform.node()}|{self._path.resolve()}"
        return f"{key}-{hashlib.sha256(place.encode()).hexdigest()[:16]}"
