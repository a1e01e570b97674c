"""参阅文件: files that a meeting hands out to telephones once somebody has approved them.

That a file was added, approved or removed is a fact; the file itself lies on a shelf of the data folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from huifeng_desktop.domain.events import EventKind, Fact, new_id
from huifeng_desktop.domain.phones import Document
from huifeng_desktop.errors import FileProblem, UserProblem
from huifeng_desktop.service.session import MeetingSession

MEGABYTE = 1 << 20
SIZE_LIMIT, TOTAL_LIMIT, MOST_DOCUMENTS, NAME_LIMIT = 20 * MEGABYTE, 100 * MEGABYTE, 20, 80
KINDS: Mapping[str, str] = {
    ".pdf": "application/pdf",
    ".ofd": "application/ofd",
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".wps": "application/vnd.ms-works",
    ".xls": "application/vnd.ms-excel",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".et": "application/vnd.ms-excel",
    ".ppt": "application/vnd.ms-powerpoint",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".dps": "application/vnd.ms-powerpoint",
    ".txt": "text/plain",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
}
"""What an office hands out, and how telephones are told what it is; nothing that could run."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file on the shelf: its clean name, its size and what proves its content."""

    name: str
    size: int
    sha256: str


class Shelf(Protocol):
    """Where the files of meetings lie."""

    def put(self, meeting_id: str, source: Path, limit: int) -> StoredFile:
        """Copy a file in, down to the disk; raises FileProblem for one that is too large or unreadable."""
        ...

    def path(self, meeting_id: str, sha256: str) -> Path:
        """Where a stored file lies; it may be gone."""
        ...

    def has(self, meeting_id: str, sha256: str) -> bool:
        """Whether the file is there: of a meeting that was handed over, only its record came along."""
        ...

    def drop(self, meeting_id: str, sha256: str) -> None:
        """Take a file away; one that is gone is no matter."""
        ...


class Documents:
    """The documents of one meeting."""

    def __init__(self, session: MeetingSession, shelf: Shelf) -> None:
        self._session, self._shelf = session, shelf

    def all(self) -> list[Document]:
        """Every document in the order of adding, approved or not."""
        return list(self._session.state.phones.documents.values())

    def is_here(self, document: Document) -> bool:
        """Whether the file itself lies in this data folder."""
        return self._shelf.has(self._session.meeting_id, document.sha256)

    def add(self, source: Path, *, by: str = "") -> Document:
        """Take a file in; it is handed out only once it is approved.

        Raises FileProblem for a kind, size or number of files that is not handed out to telephones.
        """
        self._session.refuse_if_sealed()
        self._check(source)
        stored = self._shelf.put(self._session.meeting_id, source, SIZE_LIMIT)
        if sum(one.size for one in self.all()) + stored.size > TOTAL_LIMIT:
            self._drop_unless_used(stored.sha256)
            raise FileProblem(f"参阅文件合计不能超过 {TOTAL_LIMIT // MEGABYTE} MB，请先移除不用的文件。")
        body = {"name": stored.name, "size": stored.size, "sha256": stored.sha256, "by": by}
        document_id = new_id()[:12]
        self._state(EventKind.DOCUMENT_ADDED, document_id, body)
        return self._session.state.phones.documents[document_id]

    def _check(self, source: Path) -> None:
        if source.suffix.casefold() not in KINDS:
            known = "、".join(sorted({kind.lstrip(".") for kind in KINDS}))
            raise FileProblem(f"“{source.name}”不是能发放的文件类型，请转成 PDF 再添加。可用：{known}。")
        if len(source.name) > NAME_LIMIT:
            raise FileProblem(f"文件名有 {len(source.name)} 个字，最多 {NAME_LIMIT} 个，请改短再添加。")
        if any(one.name == source.name for one in self.all()):
            raise FileProblem(f"已有同名文件“{source.name}”，请先移除原来的，或改名后再添加。")
        if len(self.all()) >= MOST_DOCUMENTS:
            raise FileProblem(f"参阅文件最多 {MOST_DOCUMENTS} 份，请先移除不用的文件。")

    def approve(self, document_id: str, *, by: str) -> None:
        """批准发放: telephones of those who have signed in may download it from now on."""
        if not by.strip():
            raise UserProblem("批准发放要写明批准人，请先填写。")
        self._change(EventKind.DOCUMENT_APPROVED, document_id, {"approved_by": by.strip()})

    def hold_back(self, document_id: str) -> None:
        """停止发放: nobody may download it any more."""
        self._change(EventKind.DOCUMENT_APPROVED, document_id, {"approved_by": ""})

    def remove(self, document_id: str, *, by: str = "") -> None:
        """移除: the file goes from the shelf; that it was there stays in the record."""
        gone = self._change(EventKind.DOCUMENT_REMOVED, document_id, {"by": by})
        self._drop_unless_used(gone.sha256)

    def _drop_unless_used(self, sha256: str) -> None:
        if all(one.sha256 != sha256 for one in self.all()):
            self._shelf.drop(self._session.meeting_id, sha256)

    def _change(self, kind: EventKind, document_id: str, body: Mapping[str, Any]) -> Document:
        self._session.refuse_if_sealed()
        known = self._session.state.phones.documents.get(document_id)
        if known is None:
            raise UserProblem("这份文件已经移除，请刷新后再看。")
        self._state(kind, document_id, body)
        return known

    def _state(self, kind: EventKind, subject: str, body: Mapping[str, Any]) -> None:
        self._session.state_facts([Fact(kind, self._session.now().wall, subject, body)])
