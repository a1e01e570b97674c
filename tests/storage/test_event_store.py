"""The append-only log: chained, all or nothing, and open to several writers at once."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from desk_office import held_by
from log_kit import fact, opened, tampered, write

from huifeng_desktop.clock import FixedClock
from huifeng_desktop.domain.events import GENESIS, EventKind
from huifeng_desktop.errors import StorageProblem
from huifeng_desktop.service.door.sign_in import Method
from huifeng_desktop.storage.columns import COLUMNS
from huifeng_desktop.storage.database import DATABASE_NAME, open_database
from huifeng_desktop.storage.verify import Verification, verify


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with five events of one writer and two of another."""
    path = tmp_path / "folder"
    with opened(path) as store, opened(path, "b") as other:
        write(store, "s1", "s2")
        write(other, "s3")
        write(store, "s4", "s5", "s6")
        write(other, "s7")
    return path


def verified(folder: Path) -> Verification:
    """What `verify` says of a folder."""
    with closing(open_database(folder)) as db:
        return verify(db, folder / DATABASE_NAME)


def test_what_was_appended_is_there_for_another_connection(folder: Path) -> None:
    with opened(folder, "reader") as reader:
        events, position = reader.read("m")
        later, end = reader.read("m", after=position)

    assert [event.subject for event in events] == [f"s{n}" for n in range(1, 8)]
    assert events[0].body == {"method": "badge", "名": "𬱖·阿"} and events[0].at.tzinfo is not None
    assert later == [] and end == position
    assert [event.lamport for event in events] == list(range(1, 8))


def test_each_writer_keeps_a_chain_of_its_own(folder: Path) -> None:
    with opened(folder, "reader") as reader:
        events, _ = reader.read("m")

    for writer in "ab":
        chain = [event for event in events if event.writer == writer]
        assert [event.writer_seq for event in chain] == list(range(1, len(chain) + 1))
        assert [event.previous for event in chain] == [GENESIS, *(event.digest for event in chain[:-1])]


def test_a_batch_is_all_or_nothing(folder: Path) -> None:
    with opened(folder) as store:
        with pytest.raises(RuntimeError), store.transaction() as transaction:
            transaction.append("m", fact("s8"))
            transaction.append("m", fact("s9"))
            raise RuntimeError("the power went")
        write(store, "s10")
        events, _ = store.read("m")

    assert [event.subject for event in events][-1] == "s10" and len(events) == 8
    assert verified(folder).ok


def test_a_nonce_is_used_once(folder: Path) -> None:
    with opened(folder) as store:
        with store.transaction() as transaction:
            transaction.append("m", fact("s8", "n"))
        with pytest.raises(StorageProblem), store.transaction() as transaction:
            transaction.append("m", fact("s9", "n"))
        with store.transaction() as transaction:
            transaction.append("another", fact("s9", "n"))
        assert [event.subject for event in store.read("m")[0]][-1] == "s8"


def test_meetings_are_told_oldest_first(folder: Path) -> None:
    with opened(folder) as store:
        for meeting in ("m2", "m1"):
            with store.transaction() as transaction:
                transaction.append(meeting, fact(kind=EventKind.MEETING_CREATED))
        assert store.meetings() == ["m2", "m1"]


def test_the_data_version_tells_of_others_only(folder: Path) -> None:
    with opened(folder) as store, opened(folder, "b") as other:
        before = store.data_version()
        write(store, "s8")
        own = store.data_version()
        write(other, "s9")

        assert own == before != store.data_version()


def test_writers_in_a_rush_interleave_and_nothing_is_locked_or_broken(folder: Path) -> None:
    problems: list[BaseException] = []

    def rush(writer: str) -> None:
        try:
            with opened(folder, writer) as store:
                for n in range(60):
                    with store.transaction() as transaction:
                        transaction.read("m", 0)
                        transaction.append("m", fact(f"{writer}{n}"))
        except BaseException as problem:
            problems.append(problem)

    threads = [threading.Thread(target=rush, args=(writer,)) for writer in ("a", "b", "c", "d")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert problems == []
    assert verified(folder) == Verification(7 + 240, "ok", None)
    with opened(folder, "reader") as reader:
        events, _ = reader.read("m")
    assert len({event.lamport for event in events}) == len(events)


# -- proof -------------------------------------------------------------------------------------------


def test_a_folder_that_nobody_touched_is_whole(folder: Path) -> None:
    assert verified(folder) == Verification(7, "ok", None)


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("position", [1, 4, 7])
def test_a_change_of_any_column_of_any_event_is_found(
    folder: Path, tmp_path: Path, column: str, position: int
) -> None:
    value = {"writer_seq": 40, "lamport": 40, "writer": "c", "body": "{}", "kind": "exit"}.get(column, "x")
    with tampered(folder, tmp_path / "copy") as connection:
        connection.execute(f"UPDATE events SET {column} = ? WHERE position = ?", (value, position))

    found = verified(tmp_path / "copy")

    assert not found.ok and found.broken is not None and found.broken.what
    if column not in ("writer", "writer_seq"):
        assert found.broken.position == position


@pytest.mark.parametrize("position", [1, 2, 4, 6])
def test_a_removed_event_is_found_by_the_next_or_by_the_head(
    folder: Path, tmp_path: Path, position: int
) -> None:
    with tampered(folder, tmp_path / "copy") as connection:
        connection.execute("DELETE FROM events WHERE position = ?", (position,))

    found = verified(tmp_path / "copy")

    assert not found.ok and found.broken is not None
    assert found.broken.writer == "a" and "删除" in found.broken.what


def test_a_cut_off_end_is_found(folder: Path, tmp_path: Path) -> None:
    with tampered(folder, tmp_path / "copy") as connection:
        connection.execute("DELETE FROM events WHERE position >= 5")

    found = verified(tmp_path / "copy")

    assert not found.ok and found.broken is not None and "末尾有记录被删除" in found.broken.what


def test_two_events_that_changed_places_are_found(folder: Path, tmp_path: Path) -> None:
    with tampered(folder, tmp_path / "copy") as connection:
        connection.execute("UPDATE events SET writer_seq = -writer_seq WHERE position IN (4, 5)")
        for position, seq in ((4, 4), (5, 3)):
            connection.execute("UPDATE events SET writer_seq = ? WHERE position = ?", (seq, position))

    assert not verified(tmp_path / "copy").ok


def test_a_forged_chain_head_is_found(folder: Path, tmp_path: Path) -> None:
    with tampered(folder, tmp_path / "copy") as connection:
        connection.execute("UPDATE chain_heads SET digest = 'x' WHERE writer = 'b'")

    found = verified(tmp_path / "copy")

    assert not found.ok and found.broken is not None and found.broken.writer == "b"


# -- the disk ----------------------------------------------------------------------------------------


def test_a_full_disk_is_told_and_neither_memory_nor_disk_has_changed(
    data_dir: Path, clock: FixedClock
) -> None:
    with held_by(data_dir, clock) as meeting:
        before = list(meeting.session.state.log)
        pages = meeting.folder.db.execute("PRAGMA page_count").fetchone()[0]
        meeting.folder.db.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StorageProblem, match="磁盘已满，刚才这一笔没有存入"):
            for _ in range(2000):
                before = list(meeting.session.state.log)
                meeting.door.sign_in(meeting.seat_id("欧阳建"), Method.TYPED)
        assert meeting.session.state.log == before

        meeting.folder.db.execute("PRAGMA max_page_count = 100000")
        meeting.door.sign_in(meeting.seat_id("陆川"), Method.TYPED)
        assert len(meeting.session.state.log) == len(before) + 1
    assert verified(data_dir).ok


def test_a_read_only_connection_is_told(folder: Path) -> None:
    with closing(open_database(folder)) as db:
        db.execute("PRAGMA query_only = ON")
        from huifeng_desktop.storage.settings import SettingsStore

        with pytest.raises(StorageProblem, match="只读"):
            SettingsStore(db, folder / DATABASE_NAME).put("key", 1)


def test_a_damaged_page_is_a_problem_and_no_crash(folder: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(folder / DATABASE_NAME)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'events'").fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    with (folder / DATABASE_NAME).open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)

    with pytest.raises(StorageProblem, match="已损坏"), opened(folder) as store:
        store.read("m")
