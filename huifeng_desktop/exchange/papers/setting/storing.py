"""Putting finished files in their place: all of them whole, or a sentence and none half-written.

Each is written beside its target under a temporary name and renamed when all are on the disk and no older
one is held by another program, so that an older export stays, as a whole, until the new one is complete.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from huifeng_desktop.errors import FileProblem
from huifeng_desktop.paths import os_error_reason, os_error_remedy

_TAKEN = "这个名字已是一个文件夹"
Put = Callable[[Path, bytes], None]
Rename = Callable[[Path, Path], None]
Touch = Callable[[Path], None]
"""Opens an older file for writing, and leaves it as it is."""


def make_folder(folder: Path) -> None:
    """Make sure that the folder is there; raises FileProblem."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileProblem(
            f"不能导出到“{folder}”：{os_error_reason(error)}，{os_error_remedy(error)}。"
        ) from error


def open_to_write(path: Path) -> None:
    """Raises PermissionError for a file that may only be read, or that another program holds (on Windows)."""
    with path.open("r+b"):
        pass


def put_files(
    contents: Mapping[Path, bytes],
    put: Put | None = None,
    rename: Rename = os.replace,
    touch: Touch = open_to_write,
) -> list[Path]:
    """Write every file; raises FileProblem that names the one that could not be written."""
    staged: dict[Path, Path] = {}
    try:
        for target, data in contents.items():
            staged[target] = _staged(target, data, put or write_durably)
        for target in staged:
            _refuse_held(target, touch)
        for target, part in staged.items():
            _renamed(part, target, rename)
    finally:
        for target in contents:
            with suppress(OSError):
                _part(target).unlink(missing_ok=True)
    return list(contents)


def write_durably(path: Path, data: bytes) -> None:
    """Write and wait for the disk."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _part(target: Path) -> Path:
    return target.with_name(f".{target.name}.part")


def _staged(target: Path, data: bytes, put: Put) -> Path:
    part = _part(target)
    try:
        put(part, data)
    except OSError as error:
        raise FileProblem(
            f"没有写成“{target}”：{os_error_reason(error)}，{os_error_remedy(error)}。原有文件没有改动。"
        ) from error
    return part


def _refuse_held(target: Path, touch: Touch) -> None:
    """Say so while nothing has been replaced yet, so that no folder holds papers of two exports."""
    if target.is_dir():
        raise FileProblem(f"没有写成“{target}”：{_TAKEN}，请换一个文件夹再导出。")
    if not target.exists():
        return
    try:
        touch(target)
    except PermissionError as error:
        raise FileProblem(_held(target)) from error


def _held(target: Path) -> str:
    return (
        f"没有写成“{target}”：同名文件可能正在 WPS 或 Excel 里打开，或设成了只读，"
        "请关闭它后再导出。原有文件没有改动。"
    )


def _renamed(part: Path, target: Path, rename: Rename) -> None:
    try:
        rename(part, target)
    except PermissionError as error:
        raise FileProblem(_held(target)) from error
    except OSError as error:
        taken = error.errno in (errno.EISDIR, errno.ENOTEMPTY, errno.EEXIST)
        reason = _TAKEN if taken else os_error_reason(error)
        raise FileProblem(f"没有写成“{target}”：{reason}，请换一个文件夹再导出。") from error
