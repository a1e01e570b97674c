"""Opening the file: as durable as told, guarded, migrated after a copy, refused when it is not ours."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from log_kit import opened, write
from sqlite_utils import Database, Migrations
from story import moment

from huifeng_desktop.errors import NewerDatabaseProblem, StorageProblem
from huifeng_desktop.storage import database, migrations
from huifeng_desktop.storage.backup import back_up
from huifeng_desktop.storage.database import DATABASE_NAME, SCHEMA_VERSION, copy_database, open_database
from huifeng_desktop.storage.settings import SettingsStore


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty data folder."""
    path = tmp_path / "folder"
    path.mkdir()
    return path


def digest(path: Path) -> str:
    """What the file's bytes hash to."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def pragma(db: sqlite3.Connection, name: str) -> object:
    """The value of a pragma."""
    return db.execute(f"PRAGMA {name}").fetchone()[0]


def test_the_file_is_as_durable_and_strict_as_promised(folder: Path) -> None:
    with closing(open_database(folder)) as db:
        found = {
            name: pragma(db, name) for name in ("journal_mode", "synchronous", "foreign_keys", "user_version")
        }
        strict = {row[1]: row[5] for row in db.execute("PRAGMA table_list") if row[0] == "main"}

    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "user_version": SCHEMA_VERSION,
    }
    assert all(strict[table] for table in ("events", "chain_heads", "settings"))


def test_types_are_enforced(folder: Path) -> None:
    with closing(open_database(folder)) as db, pytest.raises(sqlite3.IntegrityError, match="cannot store"):
        db.execute("INSERT INTO chain_heads (writer, writer_seq, digest) VALUES ('a', 'many', 'x')")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET at = '2020'",
        "UPDATE events SET nonce = ''",
        "DELETE FROM events",
        "INSERT OR REPLACE INTO events SELECT * FROM events",
    ],
)
def test_events_are_never_edited(folder: Path, statement: str) -> None:
    with opened(folder) as store:
        write(store, "s1")
    with closing(open_database(folder)) as db:
        before = db.execute("SELECT * FROM events").fetchall()
        with pytest.raises(sqlite3.IntegrityError):
            db.execute(statement)
        assert db.execute("SELECT * FROM events").fetchall() == before


def test_an_event_of_an_unknown_writer_is_refused(folder: Path) -> None:
    with opened(folder) as store:
        write(store, "s1")
    with closing(open_database(folder)) as db:
        columns = [row[1] for row in db.execute("PRAGMA table_info(events)") if row[1] != "position"]
        chosen = ", ".join({"event_id": "'other'", "writer": "'nobody'"}.get(one, one) for one in columns)
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            db.execute(f"INSERT INTO events ({', '.join(columns)}) SELECT {chosen} FROM events")


# -- files that are not ours, or not any more --------------------------------------------------------


def test_a_newer_file_is_refused_and_not_touched(folder: Path) -> None:
    with closing(sqlite3.connect(folder / DATABASE_NAME)) as connection:
        connection.execute("CREATE TABLE tomorrow (x)")
        connection.execute("PRAGMA user_version = 99")
        connection.commit()
    before = digest(folder / DATABASE_NAME)

    with pytest.raises(NewerDatabaseProblem, match=r"更新版本的程序.*99.*请换用新版程序"):
        open_database(folder)

    assert digest(folder / DATABASE_NAME) == before
    assert [path.name for path in folder.iterdir()] == [DATABASE_NAME]


def test_the_database_of_another_program_is_refused_and_not_touched(folder: Path) -> None:
    with closing(sqlite3.connect(folder / DATABASE_NAME)) as connection:
        connection.execute("CREATE TABLE bookmarks (x)")
        connection.commit()
    before = digest(folder / DATABASE_NAME)

    with pytest.raises(StorageProblem, match="不是本程序的文件"):
        open_database(folder)

    assert digest(folder / DATABASE_NAME) == before


@pytest.mark.parametrize(
    "content", [b"not a database at all, but long enough to look" * 40, b"PK\x03\x04" * 300]
)
def test_a_file_that_is_no_database_is_refused_and_not_touched(folder: Path, content: bytes) -> None:
    (folder / DATABASE_NAME).write_bytes(content)

    with pytest.raises(StorageProblem, match="已损坏或不是本程序的文件"):
        open_database(folder)

    assert (folder / DATABASE_NAME).read_bytes() == content


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageProblem, match="打不开数据文件"):
        open_database(tmp_path / "nowhere")


def _older(folder: Path) -> None:
    """A file of the version before the next one, with one event in it."""
    with opened(folder) as store:
        write(store, "s1")


def test_the_version_counts_the_steps() -> None:
    assert len(migrations.migrations.pending(Database(memory=True))) == SCHEMA_VERSION


@pytest.fixture
def next_version(monkeypatch: pytest.MonkeyPatch) -> Migrations:
    """A program one version further on, whose last step adds a table."""
    steps = Migrations("tomorrow")

    @steps()
    def one_more(db: Database) -> None:
        db.execute("CREATE TABLE one_more (x TEXT) STRICT")

    monkeypatch.setattr(migrations, "migrations", steps)
    monkeypatch.setattr(database, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
    return steps


def test_an_older_file_is_copied_first_and_then_brought_up_to_date(
    folder: Path, request: pytest.FixtureRequest
) -> None:
    _older(folder)
    request.getfixturevalue("next_version")

    with closing(open_database(folder)) as db:
        assert pragma(db, "user_version") == SCHEMA_VERSION + 1
        assert db.execute("SELECT count(*) FROM one_more").fetchone() == (0,)
        assert db.execute("SELECT count(*) FROM events").fetchone() == (1,)

    with closing(sqlite3.connect(folder / f"huifeng-v{SCHEMA_VERSION}.bak")) as copy:
        assert copy.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        assert copy.execute("SELECT subject FROM events").fetchall() == [("s1",)]


def test_a_migration_that_fails_leaves_the_file_as_it_was(
    folder: Path, request: pytest.FixtureRequest
) -> None:
    _older(folder)
    steps: Migrations = request.getfixturevalue("next_version")

    @steps()
    def breaks(db: Database) -> None:
        db.execute("CREATE TABLE half_done (x)")
        raise sqlite3.OperationalError("database or disk is full")

    with pytest.raises(StorageProblem, match="磁盘已满"):
        open_database(folder)

    with closing(sqlite3.connect(folder / DATABASE_NAME)) as raw:
        names = {row[0] for row in raw.execute("SELECT name FROM sqlite_master")}
        assert raw.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        assert not names & {"one_more", "half_done"}


def test_many_who_open_a_new_folder_at_once_all_get_in(folder: Path) -> None:
    gate, problems = threading.Barrier(8), []

    def enter() -> None:
        gate.wait()
        try:
            open_database(folder).close()
        except StorageProblem as problem:
            problems.append(str(problem))

    threads = [threading.Thread(target=enter) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert problems == []


# -- copies and settings -----------------------------------------------------------------------------


def test_backups_are_whole_and_ten_are_kept(folder: Path) -> None:
    with opened(folder) as store:
        write(store, "s1")
    with closing(open_database(folder)) as db:
        made = [back_up(db, folder, moment("14:00") + timedelta(seconds=n)) for n in range(12)]

    assert sorted((folder / "backups").iterdir()) == made[2:]
    assert made[0].name == "huifeng-20260312-140000.db"
    with closing(sqlite3.connect(made[-1])) as copy:
        assert copy.execute("SELECT count(*) FROM events").fetchone() == (1,)


def test_a_backup_that_finds_a_file_in_its_way_says_so(folder: Path) -> None:
    (folder / "backups").write_text("")

    with closing(open_database(folder)) as db, pytest.raises(StorageProblem, match="数据文件夹"):
        back_up(db, folder, moment("14:00"))


def test_a_copy_is_complete_or_not_there(folder: Path) -> None:
    with closing(open_database(folder)) as db, pytest.raises(StorageProblem):
        copy_database(db, folder / "nowhere" / "copy.db")

    assert not (folder / "nowhere").exists()


def test_settings_are_remembered_and_an_installation_keeps_its_name(folder: Path) -> None:
    with closing(open_database(folder)) as db:
        settings = SettingsStore(db, folder / DATABASE_NAME)
        name = settings.installation()
        settings.put("projector", {"screen": "右侧", "n": 1})
        settings.put("projector", {"screen": "左侧"})
    with closing(open_database(folder)) as db:
        again = SettingsStore(db, folder / DATABASE_NAME)

        assert again.installation() == name and len(name) == 8
        assert again.get("projector") == {"screen": "左侧"} and again.get("nothing", 5) == 5
