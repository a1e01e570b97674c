"""归档: one zip with the papers, the event log with its proof, the rule set, and SHA-256 of each.

The hand-over file inside can be merged into any folder, so an archive is also a way back.
"""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from huifeng_desktop import __version__
from huifeng_desktop.app.folder import Folder
from huifeng_desktop.app.printing import make_papers
from huifeng_desktop.errors import FileProblem
from huifeng_desktop.exchange.papers.setting.storing import make_folder, put_files
from huifeng_desktop.exchange.rule_set_files import toml_text
from huifeng_desktop.paths import os_error_reason, os_error_remedy
from huifeng_desktop.service.after.retention import ARCHIVED, ArchiveProof
from huifeng_desktop.service.before.documents import SIZE_LIMIT, Documents
from huifeng_desktop.service.session import MeetingSession
from huifeng_desktop.storage.database import DATABASE_NAME
from huifeng_desktop.storage.hand_over import HandOvers
from huifeng_desktop.storage.hand_over_file import DAMAGE, Parcel, read_parcel
from huifeng_desktop.storage.shelf import FolderShelf

MANIFEST, EVENTS, HAND_OVER, RULES = "manifest.json", "events.jsonl", "会议.huifeng", "考勤规则.toml"
DOCUMENTS = "参阅文件/"


@dataclass(frozen=True, slots=True)
class Archive:
    """A finished archive: where it is, its own SHA-256, and what is in it."""

    file: Path
    digest: str
    names: tuple[str, ...]


def archive_meeting(folder: Folder, meeting_id: str, target: Path) -> Archive:
    """Write the archive of one meeting to `target`, whole or not at all, and remember that it was made.

    Raises FileProblem where the target cannot be written or this folder's own chains are broken.
    """
    session = folder.office.open(meeting_id)
    with TemporaryDirectory(prefix="huifeng-") as scratch:
        parts = _parts(folder, session, Path(scratch))
    parts[MANIFEST] = _manifest(session, parts)
    data = _zipped(parts)
    make_folder(target.parent)
    put_files({target: data})
    digest = sha256(data).hexdigest()
    known = dict(folder.settings.get(ARCHIVED, {}))
    at = folder.clock.reading().wall.isoformat(timespec="seconds")
    made = {"at": at, "file": target.name, "sha256": digest, "path": str(target)}
    folder.settings.put(ARCHIVED, known | {meeting_id: made})
    return Archive(target, digest, tuple(parts))


def _parts(folder: Folder, session: MeetingSession, scratch: Path) -> dict[str, bytes]:
    packed = scratch / "packed"
    HandOvers(folder.db, folder.path / DATABASE_NAME, folder.clock).pack(session.meeting_id, packed)
    with zipfile.ZipFile(packed) as hand_over:
        events = hand_over.read(EVENTS)
    parts = {EVENTS: events, HAND_OVER: packed.read_bytes(), RULES: toml_text(session.plan.rule_set).encode()}
    if session.state.seats:
        files = make_papers(folder.office).export(session, scratch / "papers")
        parts |= {f"材料/{file.name}": file.read_bytes() for file in files}
    return parts | _documents(folder, session)


def _documents(folder: Folder, session: MeetingSession) -> dict[str, bytes]:
    """The 参阅文件 that lie in this folder, named as they were handed out."""
    shelf = FolderShelf(folder.path)
    paths = {
        f"{DOCUMENTS}{one.name}": shelf.path(session.meeting_id, one.sha256)
        for one in Documents(session, shelf).all()
    }
    return {name: path.read_bytes() for name, path in paths.items() if path.is_file()}


def _manifest(session: MeetingSession, parts: dict[str, bytes]) -> bytes:
    plan, sealed = session.plan, session.state.sealed
    document = {
        "meeting": session.meeting_id,
        "title": plan.title,
        "start": plan.start.isoformat(),
        "sealed": {"at": sealed.at.isoformat(), "by": sealed.body.get("by", "")} if sealed else None,
        "rule_set": {"key": plan.rule_set.key, "name": plan.rule_set.name, "version": plan.rule_set.version},
        "made_at": session.now().wall.isoformat(timespec="seconds"),
        "program": __version__,
        "sha256": {name: sha256(data).hexdigest() for name, data in parts.items()},
    }
    return json.dumps(document, ensure_ascii=False, indent=2).encode()


def _zipped(parts: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


# -- reading one again -----------------------------------------------------------------------------


def is_archive(file: Path) -> bool:
    """Whether the file looks like an archive rather than a hand-over file."""
    try:
        with zipfile.ZipFile(file) as archive:
            return HAND_OVER in archive.namelist()
    except (OSError, *DAMAGE):
        return False


def meeting_of(file: Path) -> str:
    """The number of the meeting in an archive; "" for any other file, and where there is none."""
    try:
        with zipfile.ZipFile(file) as archive:
            return str(json.loads(archive.read(MANIFEST))["meeting"])
    except (OSError, *DAMAGE):
        return ""


def read_archive(file: Path) -> tuple[Parcel, dict[str, bytes], str]:
    """The hand-over file in an archive, every part by its name, and the SHA-256 of all; each hash checked.

    Raises FileProblem for a file that is no archive, is not whole, or was changed.
    """
    try:
        data = file.read_bytes()
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        hashes = json.loads(parts[MANIFEST])["sha256"]
        found = {name: sha256(part).hexdigest() for name, part in parts.items() if name != MANIFEST}
        if found != hashes:
            raise FileProblem(f"归档包 {file} 里的文件与校验值不符，被改动过或没有传完整。请用原来的归档包。")
        return _parcel_in(parts[HAND_OVER]), parts, sha256(data).hexdigest()
    except OSError as error:
        raise FileProblem(
            f"打不开归档包 {file}：{os_error_reason(error)}，{os_error_remedy(error)}。"
        ) from error
    except DAMAGE as error:
        raise FileProblem(f"{file} 不是会风的归档包，或没有传完整。请选归档时存下的那个压缩包。") from error


def _parcel_in(packed: bytes) -> Parcel:
    with TemporaryDirectory(prefix="huifeng-") as scratch:
        path = Path(scratch) / HAND_OVER
        path.write_bytes(packed)
        return read_parcel(path)


def prove_archive(folder: Folder, meeting_id: str, file: Path) -> ArchiveProof:
    """Read the archive that was made of a meeting again; raises FileProblem unless it is that very file."""
    made = folder.settings.get(ARCHIVED, {}).get(meeting_id)
    if not isinstance(made, dict):
        raise FileProblem(f"会议 {meeting_id} 还没有归档。请先归档，再删除。")
    parcel, _, digest = read_archive(file)
    if digest != made["sha256"] or parcel.meeting != meeting_id:
        raise FileProblem(
            f"{file} 不是会议 {meeting_id} 最近一次归档存下的那个文件，校验值不同。请选 {made['file']}。"
        )
    return ArchiveProof(file.name, digest, frozenset(event.digest for event in parcel.events))


def restore_documents(folder: Folder, parcel: Parcel, parts: dict[str, bytes]) -> int:
    """Lay the 参阅文件 of an archive on the shelf again; how many."""
    shelf = FolderShelf(folder.path)
    wanted = {one.sha256 for one in Documents(folder.office.open(parcel.meeting), shelf).all()}
    found = [
        part
        for name, part in parts.items()
        if name.startswith(DOCUMENTS) and sha256(part).hexdigest() in wanted
    ]
    with TemporaryDirectory(prefix="huifeng-") as scratch:
        for place, part in enumerate(found):
            path = Path(scratch) / str(place)
            path.write_bytes(part)
            shelf.put(parcel.meeting, path, SIZE_LIMIT)
    return len(found)
