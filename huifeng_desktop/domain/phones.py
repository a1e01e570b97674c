"""What telephones add to a meeting: how far they are trusted, who proposes, which device signed whom.

`PhoneBook` is fed by `MeetingState` in causal order and forgets nothing that holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from huifeng_desktop.domain.events import Event, EventKind
from huifeng_desktop.domain.people import Deputy, Seat
from huifeng_desktop.domain.signature import Signature

_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


class PhoneLevel(StrEnum):
    """How far a sign-in by telephone is trusted; chosen for each meeting."""

    LENIENT = "lenient"
    """宽松: a second name from one telephone is noted, nothing more."""
    STANDARD = "standard"
    """标准: a second name from one telephone is signed in and waits for a word (待核实)."""
    STRICT = "strict"
    """严格: telephones only propose; a person at the desk confirms each."""


@dataclass(frozen=True, slots=True)
class PhoneRules:
    """What holds for telephones in this meeting."""

    level: PhoneLevel = PhoneLevel.STANDARD
    signature: bool = False
    """Whether the page asks for a signature drawn by finger."""


@dataclass(frozen=True, slots=True)
class DeviceUse:
    """Somebody who was signed in, or proposed, from a telephone."""

    seat_id: str
    name: str
    unit: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Proposal:
    """A sign-in that a telephone asks for under 严格. `shared_with`: who used this telephone before."""

    event_id: str
    seat_id: str
    at: datetime
    device: str = ""
    deputy: Deputy | None = None
    shared_with: DeviceUse | None = None


@dataclass(frozen=True, slots=True)
class Vouch:
    """A person at the desk says that whoever an entry names was really there."""

    event_id: str
    entry: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Handwriting:
    """A signature as it was given with an entry; `signer` is the deputy who drew it, "" for the invited."""

    event_id: str
    entry: str
    signer: str
    at: datetime
    signature: Signature
    device: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """参阅文件: a file of the meeting; handed out to telephones once somebody has approved it."""

    document_id: str
    name: str
    size: int
    sha256: str
    added_at: datetime
    approved_by: str = ""


class PhoneBook:
    """The telephones' part of a meeting's state."""

    def __init__(self) -> None:
        self.rules = PhoneRules()
        self.waiting: dict[str, Proposal] = {}
        """Proposals that nobody has answered, by event id, in the order of their coming."""
        self.refused: dict[str, Event] = {}
        """The refusal of each refused proposal, by the proposal's event id."""
        self.documents: dict[str, Document] = {}
        self._written: dict[str, list[Handwriting]] = {}
        self._uses: dict[str, list[DeviceUse]] = {}

    def take(self, event: Event) -> None:
        """An event that tells of the telephones' rules, signatures or documents."""
        if event.kind is EventKind.PHONES_SET:
            self._set_rules(event)
        elif event.kind is EventKind.SIGNATURE:
            self._write(event)
        else:
            self._keep_document(event)

    def _set_rules(self, event: Event) -> None:
        body = event.body
        self.rules = PhoneRules(PhoneLevel(body["level"]), bool(body.get("signature")))

    def shared_with(self, device: str, seat: Seat) -> DeviceUse | None:
        """For whom else a telephone was used first; None if for nobody but this person."""
        uses = self._uses.get(device, ())
        return uses[0] if uses and uses[0].seat_id != seat.person_id else None

    def use(self, device: str, seat: Seat | None, at: datetime) -> DeviceUse | None:
        """Note that a telephone was used for somebody; answers as `shared_with`."""
        if not device or seat is None:
            return None
        uses = self._uses.setdefault(device, [])
        if all(one.seat_id != seat.person_id for one in uses):
            uses.append(DeviceUse(seat.person_id, seat.name, seat.unit, at))
        return self.shared_with(device, seat)

    def propose(self, event: Event, seat: Seat | None, deputy: Deputy | None) -> Proposal:
        """Take a proposal in."""
        device = str(event.body.get("device", ""))
        shared = self.use(device, seat, event.at)
        made = Proposal(event.event_id, event.subject, event.at, device, deputy, shared)
        self.waiting[event.event_id] = made
        return made

    def settle(self, posts: tuple[str, ...]) -> None:
        """Somebody has signed in: what was proposed for any of his posts needs no answer any more."""
        for event_id in [key for key, one in self.waiting.items() if one.seat_id in posts]:
            del self.waiting[event_id]

    def refuse(self, event: Event) -> None:
        """A person said no to a proposal."""
        proposal = str(event.body.get("proposal", ""))
        if self.waiting.pop(proposal, None) is not None:
            self.refused[proposal] = event

    def forget(self, events: Iterable[Event]) -> None:
        """What entries and proposals have left here; they are about to be told again."""
        for event in events:
            self._uses.pop(str(event.body.get("device", "")), None)
            self.waiting.pop(event.event_id, None)
            self.refused.pop(event.event_id, None)

    def arrange(self, rank: Callable[[str], tuple[int, str, int]]) -> None:
        """Put what waits into the order of its coming again; `rank` is the place of an event in the log."""
        self.waiting = {event_id: self.waiting[event_id] for event_id in sorted(self.waiting, key=rank)}

    def _write(self, event: Event) -> None:
        """A signature that cannot be read is left out."""
        signature = Signature.parse(str(event.body.get("strokes", "")))
        if signature is not None:
            signer, entry = str(event.body.get("signer", "")), str(event.body.get("entry", ""))
            device = str(event.body.get("device", ""))
            written = Handwriting(event.event_id, entry, signer, event.at, signature, device)
            self._written.setdefault(event.subject, []).append(written)

    def handwritings(self, seat_id: str) -> list[Handwriting]:
        """The signatures given for this seat, oldest first; not all entries behind them need hold."""
        return list(self._written.get(seat_id, ()))

    def _keep_document(self, event: Event) -> None:
        """A document is found by its digest; one that names anything else came by a merge and is none."""
        body, known = event.body, self.documents.get(event.subject)
        if event.kind is EventKind.DOCUMENT_ADDED:
            added = Document(event.subject, str(body["name"]), int(body["size"]), body["sha256"], event.at)
            if _DIGEST.fullmatch(added.sha256):
                self.documents[event.subject] = added
        elif event.kind is EventKind.DOCUMENT_REMOVED:
            self.documents.pop(event.subject, None)
        elif known is not None:
            self.documents[event.subject] = replace(known, approved_by=str(body.get("approved_by", "")))


PHONE_BOOK_KINDS = (
    EventKind.PHONES_SET,
    EventKind.SIGNATURE,
    EventKind.DOCUMENT_ADDED,
    EventKind.DOCUMENT_APPROVED,
    EventKind.DOCUMENT_REMOVED,
)
"""What `PhoneBook.take` takes; no seat is judged otherwise by it."""
