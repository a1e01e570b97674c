"""The hand-over file (交接文件, .huifeng): one meeting with the proof of its chains, in a zip of text.

`manifest.json` names format, meeting and heads and holds the SHA-256 of the two others: `events.jsonl`,
every event with all its columns, and `links.jsonl`, the bare links of the same writers' other meetings
(chains.py): their meeting ids travel with the file, nothing of their content. A file is believed only
as a whole: sizes, hashes, every digest and every chain down to its head, or it is refused.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from huifeng_desktop.domain.events import Event, canonical_json
from huifeng_desktop.errors import FileProblem
from huifeng_desktop.storage.chains import (
    LINKS,
    Entry,
    Head,
    by_writer,
    changed,
    first_displaced,
    head_of,
    is_event,
)
from huifeng_desktop.storage.columns import COLUMNS
from huifeng_desktop.storage.event_store import event_of

FORMAT = "huifeng-hand-over"
FORMAT_VERSION = 1
SUFFIX = ".huifeng"
MANIFEST, EVENTS, LINK_LINES = "manifest.json", "events.jsonl", "links.jsonl"
LARGEST_PART = 256 * 1024 * 1024
"""Bytes that a part may unpack to; a year's busiest writer makes a tenth of it."""
LARGEST_NUMBER = 2**53
"""Sequence and Lamport numbers above this were not counted by any program."""

_NUMBERS = frozenset({"writer_seq", "lamport"})


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a hand-over file holds, checked: `rows` and `links` in the order of their chains."""

    name: str
    meeting: str
    rows: Sequence[Entry]
    links: Sequence[Entry]
    heads: Mapping[str, Head]
    events: Sequence[Event]


def write_parcel(target: Path, parcel: Parcel, packed_at: str) -> None:
    """Write the file complete or not at all; raises FileProblem. Another kind of file is not replaced."""
    if target.is_dir() or (target.exists() and not _is_hand_over(target)):
        raise FileProblem(f"{target} 已存在，而且不是交接文件，没有覆盖它。请换一个文件名，如 交接{SUFFIX}。")
    partial = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _write_zip(partial, _parts(parcel, packed_at))
        partial.replace(target)
    except OSError as error:
        with suppress(OSError):
            partial.unlink()
        raise FileProblem(
            f"交接文件 {target} 写不进去（{error.strerror}）。请检查磁盘空间和权限。"
        ) from error


def _write_zip(path: Path, parts: Mapping[str, bytes]) -> None:
    with path.open("wb") as file:
        with zipfile.ZipFile(file, "w") as archive:
            for name, content in parts.items():
                archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
        file.flush()
        os.fsync(file.fileno())


def _parts(parcel: Parcel, packed_at: str) -> dict[str, bytes]:
    events = _lines({name: row[name] for name in COLUMNS} for row in parcel.rows)
    links = _lines({name: link[name] for name in LINKS} for link in parcel.links)
    manifest = {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "meeting": parcel.meeting,
        "packed_at": packed_at,
        "heads": {writer: [head.writer_seq, head.digest] for writer, head in parcel.heads.items()},
        "sha256": {EVENTS: _sha256(events), LINK_LINES: _sha256(links)},
    }
    return {MANIFEST: canonical_json(manifest).encode(), EVENTS: events, LINK_LINES: links}


def _lines(values: Iterable[Mapping[str, Any]]) -> bytes:
    return "".join(canonical_json(value) + "\n" for value in values).encode()


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _is_hand_over(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return MANIFEST in archive.namelist()
    except (OSError, zipfile.BadZipFile):
        return False


# -- reading -----------------------------------------------------------------------------------


class Unbelievable(Exception):
    """What is wrong with the file, as the middle of a sentence."""


def read_parcel(path: Path) -> Parcel:
    """The file's content, every byte of it checked; raises FileProblem with one sentence."""
    try:
        parts = _read_zip(path)
        return _parcel(path.name, json.loads(parts[MANIFEST]), parts)
    except OSError as error:
        raise FileProblem(f"打不开交接文件 {path}（{error.strerror}）。请检查路径和权限。") from error
    except Unbelievable as error:
        raise FileProblem(f"交接文件 {path.name} {error}，没有并入任何内容。请让对方重新导出。") from error
    except DAMAGE as error:
        raise FileProblem(
            f"{path.name} 不是会风的交接文件，或没有传完整，没有并入任何内容。请重新复制或让对方重新导出。"
        ) from error


DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
)
"""All that a zip of unknown bytes, and JSON of unknown shape, can raise."""


def _read_zip(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: _read_part(archive, name) for name in (MANIFEST, EVENTS, LINK_LINES)}


def _read_part(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        content = part.read(LARGEST_PART + 1)
    if len(content) > LARGEST_PART:
        raise Unbelievable("大得不合常理")
    return content


def _parcel(name: str, manifest: Mapping[str, Any], parts: Mapping[str, bytes]) -> Parcel:
    _check_manifest(manifest, parts)
    meeting = manifest["meeting"]
    rows = [_row(line) for line in parts[EVENTS].splitlines()]
    links = [_checked(json.loads(line), LINKS) for line in parts[LINK_LINES].splitlines()]
    heads = {writer: Head(seq, digest) for writer, (seq, digest) in manifest["heads"].items()}
    parcel = Parcel(name, meeting, rows, links, heads, [_event(row) for row in rows])
    check_parcel(parcel)
    return parcel


def _check_manifest(manifest: Mapping[str, Any], parts: Mapping[str, bytes]) -> None:
    if manifest["format"] != FORMAT:
        raise ValueError("another format")
    if manifest["version"] != FORMAT_VERSION:
        versions = f"格式第 {manifest['version']} 版，本机到第 {FORMAT_VERSION} 版，要先升级"
        raise Unbelievable(f"是由更新版本的程序导出的（{versions}）")
    for part in (EVENTS, LINK_LINES):
        if manifest["sha256"][part] != _sha256(parts[part]):
            raise Unbelievable("的校验值不对，内容被改动过或没有传完整")


def _row(line: bytes) -> dict[str, Any]:
    row = _checked(json.loads(line), COLUMNS)
    return {"position": row["writer_seq"], **row}


def _checked(plain: Mapping[str, Any], columns: Sequence[str]) -> dict[str, Any]:
    """Exactly these columns, of their types: nothing else may get into the database."""
    if set(plain) != set(columns):
        raise ValueError("other columns")
    for name in columns:
        value = plain[name]
        sound = type(value) is int and 0 < value < LARGEST_NUMBER if name in _NUMBERS else type(value) is str
        if not sound:
            raise ValueError(name)
    return dict(plain)


def _event(row: Mapping[str, Any]) -> Event:
    try:
        event = event_of((0, *(row[name] for name in COLUMNS)))
    except ValueError as error:
        raise Unbelievable("里有本程序看不懂的记录，可能是更新版本的程序导出的") from error
    if event.at.tzinfo is None or event.recorded_at.tzinfo is None or not isinstance(event.body, dict):
        raise Unbelievable("里有时间或内容不完整的记录")
    return event


def check_parcel(parcel: Parcel) -> None:
    """Every digest and every chain, down to the heads; raises Unbelievable."""
    mine = {row["meeting"] for row in parcel.rows} == {parcel.meeting}
    if not mine or any(link["meeting"] == parcel.meeting for link in parcel.links):
        raise Unbelievable("不是完整的一次会议")
    if len({row["event_id"] for row in parcel.rows}) != len(parcel.rows):
        raise Unbelievable("里有重复的记录")
    for row in parcel.rows:
        if changed(row):
            raise Unbelievable(f"里的记录 {row['event_id']} 被改动过")
    chains = by_writer([*parcel.rows, *parcel.links])
    if chains.keys() != parcel.heads.keys():
        raise Unbelievable("里缺少记录者的末尾校验值")
    for writer, chain in chains.items():
        fault = first_displaced(chain, merged=True)
        if fault is not None or not is_event(chain[-1]) or head_of(chain) != parcel.heads[writer]:
            at = f"（{fault.entry['event_id']} 处）" if fault and fault.entry else ""
            raise Unbelievable(f"里的记录有缺失或调换了次序{at}")
