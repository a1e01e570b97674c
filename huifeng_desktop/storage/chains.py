"""What a writer's chain proves, for events that are here and for those that are not.

A chain runs over all meetings of its writer, a hand-over file carries one of them. In place of every
other event it carries a bare *link*: meeting id and the digest of the content. Links are enough to work
every digest out again, from the first event of the writer to the head; they show nothing of what was
said, and no event can be passed off as a link, because the meeting it belongs to is hashed with it.

A meeting that was deleted by name after archiving leaves links, too, and one event that says who deleted
it (removal.py): the chains of its writers can still be proved, and a deletion without that word is found.

Not provable: that a colleague has handed over his latest events (an earlier file of the same meeting
is whole too), and in which order events of *different* meetings of a merged writer arrived here; the
meaning of the events does not hang on either. Nor can a chain show that all of it, down to the head,
was written anew: against that the other copies stand, see hand_over.py.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from huifeng_desktop.domain.events import GENESIS, chain_digest, content_digest, link_digest

Entry = Mapping[str, Any]
"""The columns of an event with its `position`, or of a link: meeting, writer, writer_seq, content."""

LINKS = ("writer", "writer_seq", "meeting", "content")
"""The columns of a link."""

CHANGED = "这条记录写入后被改动过"
DISPLACED = "前面有记录被删除或调换了次序"
ADDED = "这条记录不是本程序写入的，是后来添上的"
CUT = "末尾有记录被删除"
UNTRUE_END = "末尾的校验值被改动过"


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a chain does not hold: at `entry`, always an event, or at the end if None."""

    what: str
    entry: Entry | None


@dataclass(frozen=True, slots=True)
class Head:
    """How far a chain goes."""

    writer_seq: int = 0
    digest: str = GENESIS


def is_event(entry: Entry) -> bool:
    """Whether the entry is an event and not a bare link."""
    return "event_id" in entry


def link_of(event: Entry) -> Entry:
    """The bare link that can stand in the place of an event."""
    columns = {name: value for name, value in event.items() if name != "position"}
    return {**{name: event[name] for name in LINKS if name != "content"}, "content": content_digest(columns)}


def by_writer(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """The entries of each writer, in the order of the chain."""
    chains: dict[str, list[Entry]] = {}
    for entry in entries:
        chains.setdefault(entry["writer"], []).append(entry)
    for chain in chains.values():
        chain.sort(key=lambda entry: int(entry["writer_seq"]))
    return chains


def digests(chain: Sequence[Entry]) -> dict[int, str]:
    """The digest at each place of a chain that holds."""
    found: dict[int, str] = {}
    head = GENESIS
    for entry in chain:
        head = entry["digest"] if is_event(entry) else link_digest({**entry, "previous": head})
        found[entry["writer_seq"]] = head
    return found


def head_of(chain: Sequence[Entry]) -> Head:
    """The last place of a chain that holds, and its digest."""
    return Head(*max(digests(chain).items(), default=(0, GENESIS)))


def changed(entry: Entry) -> bool:
    """Whether the columns of an event are not those that were hashed."""
    columns = {name: value for name, value in entry.items() if name not in ("position", "digest")}
    return chain_digest(columns) != str(entry["digest"])


def first_displaced(chain: Sequence[Entry], *, merged: bool, removed: Collection[str] = ()) -> Fault | None:
    """The first event of one writer, by its position, that does not follow what stands before it.

    `merged`: the writer's events came with hand-over files, meeting by meeting, so that their
    positions rise within each meeting only, and events that have not come yet are links.
    `removed`: meetings that were deleted by name. Links stand for their events; those that an archive
    brought back have the positions of that day.
    """
    overtaken = _overtaken([one for one in chain if one["meeting"] not in removed], merged)
    seq, head = 0, GENESIS
    for index, entry in enumerate(chain):
        if entry["writer_seq"] != seq + 1 or not _follows(entry, head, merged or entry["meeting"] in removed):
            named = [*overtaken, *filter(is_event, chain[index:])][: len(overtaken) + 1]
            return Fault(DISPLACED, min(named, key=_position, default=None))
        seq = entry["writer_seq"]
        head = entry["digest"] if is_event(entry) else link_digest({**entry, "previous": head})
    return Fault(DISPLACED, min(overtaken, key=_position)) if overtaken else None


_NEVER = 2**63
"""The position of what has not come: no event of the same meeting and writer comes after it."""


def _overtaken(chain: Sequence[Entry], merged: bool) -> list[Entry]:
    """The events that stand before something that was written earlier."""
    reached: dict[str, int] = {}
    found: list[Entry] = []
    for entry in chain:
        place = entry["meeting"] if merged else ""
        if is_event(entry) and _position(entry) <= reached.get(place, 0):
            found.append(entry)
        reached[place] = max(reached.get(place, 0), _position(entry))
    return found


def _position(entry: Entry) -> int:
    return int(entry.get("position", _NEVER))


def _follows(entry: Entry, head: str, may_be_link: bool) -> bool:
    return bool(entry["previous"] == head) if is_event(entry) else may_be_link
