"""One data folder, opened: database, log, settings and rule sets put together. No Qt here.

Nothing is imported before it is needed: the command line must not wait for what it does not use.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from huifeng_desktop.clock import Clock, SystemClock
from huifeng_desktop.errors import StorageProblem
from huifeng_desktop.paths import check_writable, resource_path
from huifeng_desktop.service.before.rule_sets import RuleSets
from huifeng_desktop.service.office import Office
from huifeng_desktop.service.session import MeetingSession

if TYPE_CHECKING:
    from huifeng_desktop.service.before.preparation import Preparation
    from huifeng_desktop.service.registrar import Registrar
    from huifeng_desktop.storage.database import Database
    from huifeng_desktop.storage.settings import SettingsStore
    from huifeng_desktop.storage.verify import Verification

RULE_SETS = "rule_sets"
_PATIENCE_S = {"console": 2.0, "desk": 0.25}
"""By role: how long a step waits for another program. Commands wait longest. The window must not stand
still before the hall; the desk tries again by itself and answers questions in between."""


@dataclass(frozen=True, slots=True)
class Folder:
    """One data folder, open in this thread."""

    path: Path
    db: Database
    office: Office
    settings: SettingsStore
    clock: Clock

    def verify(self) -> Verification:
        """Check every chain and the file itself."""
        from huifeng_desktop.storage.database import DATABASE_NAME
        from huifeng_desktop.storage.verify import verify

        return verify(self.db, self.path / DATABASE_NAME)

    def prove_room(self) -> None:
        """Raise the StorageProblem that the next entry would meet, if any; writes and takes back."""
        from huifeng_desktop.storage.database import DATABASE_NAME, prove_room

        prove_room(self.db, self.path / DATABASE_NAME)

    def wipe(self) -> int:
        """Overwrite what deleted meetings left, if they left anything; how many older copies went."""
        from huifeng_desktop.storage.wiping import wipe

        return wipe(self.db, self.path, self.settings, self.clock.reading().wall)

    def back_up(self) -> Path:
        """Copy the database into the folder's backups."""
        from huifeng_desktop.storage.backup import back_up

        return back_up(self.db, self.path, self.clock.reading().wall)


@contextmanager
def open_folder(path: Path, role: str, clock: Clock | None = None) -> Iterator[Folder]:
    """Open a data folder as one writer (`role`: console, desk, command) and close it again.

    Raises StorageProblem where the folder or its database cannot be used.
    """
    from huifeng_desktop.storage.database import BUSY_TIMEOUT_S, DATABASE_NAME, open_database, set_patience
    from huifeng_desktop.storage.event_store import EventStore
    from huifeng_desktop.storage.settings import SettingsStore
    from huifeng_desktop.storage.sums import SumsTable

    check_writable(path)
    clock = clock or SystemClock()
    db = open_database(path)
    try:
        file = path / DATABASE_NAME
        settings = SettingsStore(db, file)
        installation = settings.installation()
        set_patience(db, _PATIENCE_S.get(role, BUSY_TIMEOUT_S))
        who = (lambda: str(settings.get("operator", ""))) if role == "console" else str
        store = EventStore(db, file, f"{installation}-{role}", clock, who)
        office = Office(store, clock, lambda: _read_rule_sets(path), SumsTable(db, file))
        folder = Folder(path, db, office, settings, clock)
        yield folder
        if role != "desk":  # the desk must be gone at once
            with suppress(StorageProblem):  # what was to be done is done and on disk
                office.refresh_sums(store.written)
                folder.wipe()
    finally:
        db.close()


def _read_rule_sets(path: Path) -> RuleSets:
    """The presets, and those that the office keeps in its folder."""
    from huifeng_desktop.exchange.rule_set_files import OwnRuleSets, read_rule_sets

    return RuleSets(read_rule_sets(resource_path(RULE_SETS)), OwnRuleSets(path / RULE_SETS))


@contextmanager
def open_registrar(path: Path, meeting_id: str, clock: Clock) -> Iterator[Registrar]:
    """The desk's way to a meeting, opened in the desk's writer thread."""
    from huifeng_desktop.service.door.guests import Guests
    from huifeng_desktop.service.hall import Hall
    from huifeng_desktop.storage.shelf import FolderShelf

    with open_folder(path, "desk", clock) as folder:
        office = folder.office
        session = office.open(meeting_id)
        guests = Guests(session, FolderShelf(path), folder.settings)
        yield Hall(session, lambda badge: office.badge_elsewhere(badge, meeting_id), guests)


def preparation_for(session: MeetingSession) -> Preparation:
    """Filling a meeting, with search keys made by the pinyin library."""
    from huifeng_desktop.exchange.pinyin import readings
    from huifeng_desktop.service.before.preparation import Preparation

    return Preparation(session, readings)
