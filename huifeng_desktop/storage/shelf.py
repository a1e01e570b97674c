"""The files that meetings hand out, in `documents/MEETING/` of the data folder, named by their content."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from huifeng_desktop.errors import FileProblem, StorageProblem
from huifeng_desktop.paths import os_error_reason, os_error_remedy, safe_file_name
from huifeng_desktop.service.before.documents import StoredFile

FOLDER = "documents"
_MEGABYTE = 1 << 20


class FolderShelf:
    """The shelf of one data folder; a `service.documents.Shelf`."""

    def __init__(self, data_dir: Path) -> None:
        self._root = data_dir / FOLDER

    def put(self, meeting_id: str, source: Path, limit: int) -> StoredFile:
        """Copy a file in under the digest of its content; all of it is on disk when this returns."""
        content = _read(source, limit)
        digest = hashlib.sha256(content).hexdigest()
        target = self.path(meeting_id, digest)
        part = target.with_suffix(".part")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with part.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.replace(target)
        except OSError as error:
            part.unlink(missing_ok=True)
            why = f"{os_error_reason(error)}，{os_error_remedy(error)}"
            raise StorageProblem(f"“{source.name}”没能存入数据文件夹：{why}。") from error
        suffix = source.suffix
        return StoredFile(safe_file_name(source.stem) + suffix, len(content), digest)

    def path(self, meeting_id: str, sha256: str) -> Path:
        """Where a stored file lies."""
        return self._root / safe_file_name(meeting_id) / sha256

    def has(self, meeting_id: str, sha256: str) -> bool:
        """Whether the file is there."""
        return self.path(meeting_id, sha256).is_file()

    def drop(self, meeting_id: str, sha256: str) -> None:
        """Take a file away."""
        try:
            self.path(meeting_id, sha256).unlink(missing_ok=True)
        except OSError as error:
            raise StorageProblem(
                f"文件没能从数据文件夹删去：{os_error_reason(error)}，请稍后再试。"
            ) from error


def _read(source: Path, limit: int) -> bytes:
    """The whole file; never more than the limit is held."""
    try:
        with source.open("rb") as file:
            content = file.read(limit + 1)
    except OSError as error:
        why = f"{os_error_reason(error)}，{os_error_remedy(error)}"
        raise FileProblem(f"“{source.name}”读不出来：{why}。") from error
    if not content:
        raise FileProblem(f"“{source.name}”是空文件，请检查后再添加。")
    if len(content) > limit:
        raise FileProblem(f"“{source.name}”超过 {limit // _MEGABYTE} MB，请压缩或拆分后再添加。")
    return content
