"""Opening the file: durable, guarded, migrated after a copy, and refused when it is newer."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as Database

from huifeng_desktop.errors import (
    DiskFullProblem,
    NewerDatabaseProblem,
    StorageBusyProblem,
    StorageProblem,
)

__all__ = ["Database", "copy_database", "open_database", "prove_room", "set_patience", "storage_problems"]

DATABASE_NAME = "huifeng.db"
BUSY_TIMEOUT_S = 10.0
"""How long a command waits for another program; the window and the desk set a shorter `patience`."""
SCHEMA_VERSION = 4
"""How many steps migrations.py has; kept in `user_version`, so that a newer file can be refused."""
_PROOF_BYTES = 256 * 1024
"""What a minute of a rush needs."""


def open_database(folder: Path) -> Database:
    """The database of a data folder, created or migrated as needed; it belongs to this thread.

    Raises StorageProblem if the folder or file cannot be used, NewerDatabaseProblem if the file
    was written by a later version. A file that must be migrated is copied first.
    """
    path = folder / DATABASE_NAME
    with storage_problems(path):
        connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None)
        try:
            return _prepared(connection, path)
        except BaseException:
            connection.close()
            raise


def set_patience(db: Database, seconds: float) -> None:
    """How long this connection waits for another program that holds the file, from now on."""
    db.execute(f"PRAGMA busy_timeout = {round(seconds * 1000):d}").fetchone()


def prove_room(db: Database, path: Path) -> None:
    """Write something that needs room and take it away again, without waiting for anybody.

    Raises the StorageProblem that the next entry would meet.
    """
    before = db.execute("PRAGMA busy_timeout").fetchone()[0]
    set_patience(db, 0)
    try:
        with storage_problems(path):
            db.execute("BEGIN IMMEDIATE")
            try:
                db.execute(
                    "INSERT INTO settings (key, value) VALUES ('room', hex(zeroblob(?)))",
                    (_PROOF_BYTES // 2,),
                )
                db.execute("DELETE FROM settings WHERE key = 'room'")
                db.execute("COMMIT")
            except BaseException:
                db.rollback()
                raise
    finally:
        set_patience(db, before / 1000)


def _prepared(db: Database, path: Path) -> Database:
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version > SCHEMA_VERSION:
        raise NewerDatabaseProblem(
            f"数据文件 {path} 是由更新版本的程序写的（第 {version} 版，本程序到第 {SCHEMA_VERSION} 版），"
            "没有改动它。请换用新版程序打开，或另选一个数据文件夹。"
        )
    if version == 0:
        _refuse_foreign(db, path)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA recursive_triggers = ON")  # an entry that would replace one meets the guards too
    if version < SCHEMA_VERSION:
        _migrate(db, path, version)
    return db


def _refuse_foreign(db: Database, path: Path) -> None:
    """Another program's database is left alone; one that was made this very moment is ours."""
    db.execute("BEGIN IMMEDIATE")
    try:
        version = db.execute("PRAGMA user_version").fetchone()[0]
        tables = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    finally:
        db.rollback()
    if version == 0 and tables:
        raise StorageProblem(f"数据文件 {path} 不是本程序的文件，没有改动它。请换一个数据文件夹。")


def _migrate(db: Database, path: Path, version: int) -> None:
    """Bring the file up to date; a second process that was first is waited for.

    The library for it takes a sixth of the window's whole start, and most starts have nothing to bring up.
    """
    from huifeng_desktop.storage.migrations import bring_up

    if version > 0:
        copy_database(db, path.with_name(f"{path.stem}-v{version}.bak"))
    db.execute("BEGIN IMMEDIATE")
    try:
        bring_up(db)
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION:d}")
        db.execute("COMMIT")
    except BaseException:
        db.rollback()
        raise


def copy_database(db: Database, target: Path) -> Path:
    """A consistent copy of the open database at `target`, complete or not there at all."""
    partial = target.with_name(target.name + ".part")
    with storage_problems(target):
        partial.unlink(missing_ok=True)
        copy = sqlite3.connect(partial)
        try:
            db.backup(copy)
        finally:
            copy.close()
        partial.replace(target)
    return target


@contextmanager
def storage_problems(path: Path) -> Iterator[None]:
    """Turn what SQLite and the file system say into a sentence with what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise _problem(str(error), path) from error
    except OSError as error:
        raise StorageProblem(
            f"数据文件夹 {path.parent} 用不了（{error.strerror}）。请检查权限或换一个文件夹。"
        ) from error


def _problem(text: str, path: Path) -> StorageProblem:
    """What SQLite says, as a problem of its kind."""
    if "full" in text:
        return DiskFullProblem(
            f"磁盘已满，刚才这一笔没有存入 {path}。请腾出空间后重做这一步，之前的记录都在。"
        )
    if "locked" in text or "busy" in text:
        return StorageBusyProblem(
            f"数据文件 {path} 正被另一个程序占用，没有存入。请关掉另一个窗口或正在备份的程序后重试。"
        )
    return StorageProblem(_sentence(text, path))


def _sentence(text: str, path: Path) -> str:
    if "readonly" in text or "read-only" in text:
        return f"数据文件 {path} 是只读的，没有存入。请取消只读，或用 --data 换一个可写的文件夹。"
    if "not a database" in text or "malformed" in text or "corrupt" in text:
        return f"数据文件 {path} 已损坏或不是本程序的文件，没有改动它。请从备份恢复，或换一个数据文件夹。"
    if "unable to open" in text:
        return f"打不开数据文件 {path}。请确认文件夹存在、可写，或用 --data 换一个文件夹。"
    if "disk I/O" in text:
        return f"数据文件 {path} 写不进去，没有存入。请检查磁盘空间、U 盘是否还插着，然后重做这一步。"
    return f"数据文件 {path} 读写出错（{text}）。请先备份该文件夹，再重试。"
