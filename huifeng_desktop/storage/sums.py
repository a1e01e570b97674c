"""What the ledger keeps of each meeting, put aside beside the log. Derived data: no fact stands here."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from huifeng_desktop.service.after.ledgers import KeptSum
from huifeng_desktop.storage.database import Database, storage_problems


class SumsTable:
    """The table `ledger_sums`; belongs to the thread that opened the database."""

    def __init__(self, db: Database, path: Path) -> None:
        self._db, self._path = db, path

    def kept(self) -> dict[str, KeptSum]:
        """Everything by meeting."""
        with storage_problems(self._path):
            rows = self._db.execute("SELECT meeting, basis, content FROM ledger_sums").fetchall()
        return {meeting: KeptSum(basis, content) for meeting, basis, content in rows}

    def bases(self) -> dict[str, str]:
        """What the kept ones hang on, by meeting."""
        with storage_problems(self._path):
            return dict(self._db.execute("SELECT meeting, basis FROM ledger_sums").fetchall())

    def keep(self, sums: Mapping[str, KeptSum]) -> None:
        """Put some aside in one transaction; raises StorageProblem."""
        with storage_problems(self._path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                self._db.executemany(
                    "INSERT OR REPLACE INTO ledger_sums (meeting, basis, content) VALUES (?, ?, ?)",
                    [(meeting, one.basis, one.content) for meeting, one in sums.items()],
                )
                self._db.execute("COMMIT")
            except BaseException:
                self._db.rollback()
                raise

    def forget(self) -> None:
        """Throw all of it away."""
        with storage_problems(self._path):
            self._db.execute("DELETE FROM ledger_sums")
