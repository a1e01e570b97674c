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
from huifeng_desktop.exchange.papers.storing import make_folder, put_files
from huifeng_desktop.exchange.rule_set_files import toml_text
from huifeng_desktop.service.retention import ARCHIVED
from huifeng_desktop.service.session import MeetingSession
from huifeng_desktop.storage.database import DATABASE_NAME
from huifeng_desktop.storage.hand_over import HandOvers

MANIFEST, EVENTS, HAND_OVER, RULES = "manifest.json", "events.jsonl", "会议.huifeng", "考勤规则.toml"


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
    folder.settings.put(ARCHIVED, known | {meeting_id: {"at": at, "file": target.name, "sha256": digest}})
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
    return parts


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
