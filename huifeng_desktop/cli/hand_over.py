"""Commands that take a meeting out of the folder or in: pack, merge, archive, remove."""

from __future__ import annotations

from argparse import Namespace
from contextlib import suppress
from pathlib import Path

from huifeng_desktop.app import Folder, open_folder
from huifeng_desktop.cli.printing import Answer
from huifeng_desktop.domain.people import display_name
from huifeng_desktop.errors import StorageProblem
from huifeng_desktop.service import merging
from huifeng_desktop.service.merging import Conflict
from huifeng_desktop.storage.database import DATABASE_NAME
from huifeng_desktop.storage.hand_over import HandOvers
from huifeng_desktop.storage.hand_over_file import read_parcel


def pack(arguments: Namespace, data_dir: Path) -> Answer:
    """One meeting, all of it, into one file."""
    target: Path = arguments.out
    with open_folder(data_dir, "command") as folder:
        meeting_id = folder.office.resolve(arguments.meeting)
        events = _hand_overs(folder).pack(meeting_id, target)
    document = {"meeting": meeting_id, "file": str(target.resolve()), "events": events}
    return Answer(document, [f"会议 {meeting_id} 的 {events} 条记录已存入 {target.resolve()}。"])


def merge(arguments: Namespace, data_dir: Path) -> Answer:
    """A hand-over file, or an archive, into this folder; it is read whole before anything is touched."""
    from huifeng_desktop.app.archive import is_archive, read_archive, restore_documents

    parts: dict[str, bytes] = {}
    if is_archive(arguments.file):
        parcel, parts, _ = read_archive(arguments.file)
    else:
        parcel = read_parcel(arguments.file)
    with open_folder(data_dir, "command") as folder:
        merged = merging.merge(_hand_overs(folder).taking_in(parcel), parcel)
        restore_documents(folder, parcel, parts)
        with suppress(StorageProblem):  # the ledger reckons what is missing itself
            folder.office.refresh_sums([merged.meeting])
    document = {
        "meeting": merged.meeting,
        "title": merged.title,
        "added": merged.added,
        "already": merged.already,
        "conflicts": [conflict.to_json() for conflict in merged.conflicts],
    }
    head = f"会议 {merged.meeting}“{merged.title}”：并入 {merged.added} 条，原来就有 {merged.already} 条。"
    return Answer(document, [head, *map(_line, merged.conflicts)])


def archive(arguments: Namespace, data_dir: Path) -> Answer:
    """One meeting with its papers and hashes, into one zip to be put away."""
    from huifeng_desktop.app.archive import archive_meeting

    with open_folder(data_dir, "command") as folder:
        meeting_id = folder.office.resolve(arguments.meeting)
        sealed = folder.office.open(meeting_id).state.sealed is not None
        made = archive_meeting(folder, meeting_id, arguments.out.resolve())
    document = {
        "meeting": meeting_id,
        "file": str(made.file),
        "sha256": made.digest,
        "sealed": sealed,
        "files": list(made.names),
    }
    note = "" if sealed else "会议还没有封存，以后有改动请重新归档。"
    return Answer(document, [f"会议 {meeting_id} 已归档到 {made.file}，共 {len(made.names)} 个文件。{note}"])


def remove(arguments: Namespace, data_dir: Path) -> Answer:
    """One meeting whose term is over, for good, once its archive has been read again."""
    from huifeng_desktop.app.removal import remove_meeting

    with open_folder(data_dir, "command") as folder:
        meeting_id = folder.office.resolve(arguments.meeting)
        made = remove_meeting(folder, meeting_id, arguments.archive, arguments.by, arguments.confirm)
    gone = made.tombstone
    document = {
        "meeting": meeting_id,
        "title": gone.title,
        "events": gone.events,
        "archive": gone.file,
        "sha256": gone.sha256,
        "by": gone.by,
        "old_backups_removed": made.copies,
        "wiped": not made.left,
    }
    copies = f"；含有它的 {made.copies} 份旧备份已换成一份新的" if made.copies else ""
    line = f"会议 {meeting_id}“{gone.title}”的 {gone.events} 条记录已删除{copies}。"
    line += f"归档包 {gone.file} 可以并回。"
    return Answer(document, [line, *([made.left] if made.left else [])])


def _hand_overs(folder: Folder) -> HandOvers:
    return HandOvers(folder.db, folder.path / DATABASE_NAME, folder.clock)


def _line(conflict: Conflict) -> str:
    seat = conflict.seat
    who = f"{seat.unit} {display_name(seat.name)}：" if seat else ""
    return f"请核对：{who}{conflict.what}"
