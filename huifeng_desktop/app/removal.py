"""Deleting meetings whose term is over: proved, put away, gone, and wiped from this folder's copies too."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from huifeng_desktop.app.archive import prove_archive
from huifeng_desktop.app.folder import Folder
from huifeng_desktop.domain.tombstone import Tombstone
from huifeng_desktop.errors import UnknownMeetingProblem, UserProblem
from huifeng_desktop.service.after.retention import ARCHIVED, refuse_removal, years_kept

LAST_MEETING, WINDOW_LOCK = "last_meeting", "window.lock"


@dataclass(frozen=True, slots=True)
class Removed:
    """What was deleted; `left` says what could not be wiped yet, "" where all is gone."""

    tombstone: Tombstone
    copies: int
    left: str


def remove_meeting(folder: Folder, meeting_id: str, file: Path | None, by: str, typed: str) -> Removed:
    """Delete one meeting; `file` is its archive, by default where it was written.

    Raises UserProblem, and leaves everything as it was, unless the term is over, somebody is named, the
    meeting's number was typed, and the archive holds every event of the meeting.
    """
    card = next((one for one in folder.office.cards() if one.meeting_id == meeting_id), None)
    if card is None:
        raise UnknownMeetingProblem(f"没有编号为“{meeting_id}”的会议，可能已经删除。")
    now = folder.clock.reading().wall
    refuse_removal(card, now, years_kept(folder.settings), by, typed)
    _refuse_open(folder, meeting_id)
    _refuse_unproved(folder)
    proof = prove_archive(folder, meeting_id, file or archive_path(folder, meeting_id))
    tombstone = Tombstone(
        meeting_id, card.title, card.start, proof.file, proof.sha256, len(proof.digests), by.strip(), now
    )
    folder.office.remove(tombstone, proof.digests)
    return _wiped(folder, tombstone)


def archive_path(folder: Folder, meeting_id: str) -> Path:
    """Where the archive of a meeting was written."""
    made = folder.settings.get(ARCHIVED, {}).get(meeting_id, {})
    return Path(made.get("path") or made.get("file") or f"归档_{meeting_id}.zip")


def _refuse_open(folder: Folder, meeting_id: str) -> None:
    """A window that shows the meeting would go on writing to it."""
    if (folder.path / WINDOW_LOCK).exists() and folder.settings.get(LAST_MEETING, "") == meeting_id:
        raise UserProblem(f"没有删除：会议 {meeting_id} 正在窗口中打开。请在窗口里换到另一个会议再删除。")


def _refuse_unproved(folder: Folder) -> None:
    """Where something else was changed, older copies may be wanted; nothing goes then."""
    if not folder.verify().ok:
        raise UserProblem(
            "没有删除：数据文件夹里的记录没有通过核对。请先用 verify 查明，从备份恢复后再删除。"
        )


def _wiped(folder: Folder, tombstone: Tombstone) -> Removed:
    try:
        return Removed(tombstone, folder.wipe(), "")
    except UserProblem as problem:
        return Removed(tombstone, 0, f"{problem}程序下次关闭时再抹。")
