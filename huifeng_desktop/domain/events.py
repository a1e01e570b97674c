"""Facts and the events that record them. Facts are appended, never edited; undo is another fact.

A `Fact` is what somebody wants to state; an `Event` is the fact as recorded: with its id, writer,
times and place in the writer's hash chain. Two recorded sets with the same events mean the same,
whatever the order in which they arrived: `order` sorts them by causality (Lamport), then writer.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from huifeng_desktop.domain.record import record

GENESIS = "0" * 64
"""What the first event of a chain names as its predecessor."""


class EventKind(StrEnum):
    """Every kind of fact; the comment says what `subject` and `body` hold."""

    MEETING_CREATED = "meeting_created"
    """body: the fields of `MeetingPlan`, `rule_set` as a full snapshot."""
    MEETING_CHANGED = "meeting_changed"
    """body: those fields of `MeetingPlan` that change."""
    ROSTER_LOADED = "roster_loaded"
    """body: seats (list), source. Replaces the roster; seat ids of known people are kept."""
    SEAT_ADDED = "seat_added"
    """body: seat."""
    AGENDA_LOADED = "agenda_loaded"
    """body: items (list), source. Replaces the agenda."""
    ITEM_CHANGED = "item_changed"
    """subject: item; body: item. Adds the item if it is new, before `before` or at the end."""
    ITEM_REMOVED = "item_removed"
    """subject: item."""
    AGENDA_REORDERED = "agenda_reordered"
    """body: order (list of item ids)."""
    QUEUE_JOINED = "queue_joined"
    """subject: item; body: item. 报名发言: who wants to speak, as the agenda item it will become."""
    QUEUE_LEFT = "queue_left"
    """subject: item. Somebody gave up waiting. Who is called becomes an agenda item by `ITEM_CHANGED`."""
    LEAVE_RECORDED = "leave_recorded"
    """subject: seat; body: reason, approval, approved_by, deputy, requested_at. The latest holds."""
    DEPUTY_RECORDED = "deputy_recorded"
    """subject: seat; body: deputy, approved (bool), approved_by. Says who may or may not stand in."""
    SIGN_IN_OPENED = "sign_in_opened"
    SIGN_IN_CLOSED = "sign_in_closed"
    OPENED = "opened"
    """宣布开会, at the event's `at`. The latest holds. body: anchor if it was declared as it happened."""
    ADJOURNED = "adjourned"
    """散会, at the event's `at`. The latest holds."""
    LATE_BASE_CHOSEN = "late_base_chosen"
    """body: base ("notified" or "opened"): the answer to the one question at a late opening."""
    SIGN_IN = "sign_in"
    """subject: seat; body: method, station, deputy, deputy_approved, told (what was answered).
    By telephone also device (a random name of it) and level (`PhoneLevel` at that moment)."""
    REFUSED = "refused"
    """subject: seat or ""; body: outcome, badge. A refusal at the door, kept as evidence."""
    PHONES_SET = "phones_set"
    """body: level (`PhoneLevel`), signature (bool), by. What holds for telephones from now on."""
    PHONE_PROPOSED = "phone_proposed"
    """subject: seat; body as of SIGN_IN. Under 严格 a telephone asks; the SIGN_IN that confirms it names it
    as `proposal`, is dated as it, and says `confirmed_by`."""
    PROPOSAL_REFUSED = "proposal_refused"
    """subject: seat; body: proposal, by, reason."""
    VOUCHED = "vouched"
    """subject: seat; body: entry (the doubtful SIGN_IN), by. Whoever it names was really there."""
    SIGNATURE = "signature"
    """subject: seat; body: strokes (`domain.signature`), signer (the deputy, or ""), entry (the SIGN_IN or
    PHONE_PROPOSED that it came with)."""
    DOCUMENT_ADDED = "document_added"
    """subject: document; body: name, size, sha256, by. 参阅文件; the file lies in the data folder."""
    DOCUMENT_APPROVED = "document_approved"
    """subject: document; body: approved_by, "" to hold it back again. The latest holds."""
    DOCUMENT_REMOVED = "document_removed"
    """subject: document; body: by."""
    EXIT = "exit"
    """subject: seat; 离场. body: method, approved (bool, 准予早退)."""
    RETURN = "return"
    """subject: seat; 返回."""
    CALLED = "called"
    """subject: seat; body: word (`CallWord`), expected. A missing person was telephoned; the latest holds."""
    HEADCOUNT = "headcount"
    """body: seen (seat ids), unseen (seat ids), source."""
    RULING = "ruling"
    """subject: seat; body: decision, reason, by; `seat_only` after an appeal. The latest holds."""
    APPEAL = "appeal"
    """subject: seat; body: by, why. 申诉; it is open until an APPEAL_CLOSED of the same seat follows."""
    APPEAL_CLOSED = "appeal_closed"
    """subject: seat; body: outcome ("upheld" or "changed"), by, why. A changed one comes with a ruling."""
    NOTIFIED = "notified"
    """subject: seat, or "" for everybody; body: means (文件, 短信, 电话 …), by. At the event's `at`."""
    SEALED = "sealed"
    """body: by."""
    REOPENED = "reopened"
    """body: by, reason."""
    PRINTED = "printed"
    """subject: the paper; body: options, parts (key → [digest, label]), void (keys), partial (bool).

    What lies on paper: the whole paper, or if `partial` only these parts of it. Changes no verdict.
    """
    MEETING_REMOVED = "meeting_removed"
    """body: title, start, file and sha256 (of the archive), events (how many), by. Everything else of the
    meeting was deleted with it; if an archive brings it back, this stays. Changes no verdict."""
    CLOCK_SET = "clock_set"
    """body: by_s. This computer's clock was set by so many seconds while people signed in."""
    ANNULLED = "annulled"
    """subject: the id of the event that no longer holds; body: reason, by."""
    TIMER_STARTED = "timer_started"
    """subject: item; body: elapsed_s, anchor; was_s and why if the start was set back."""
    TIMER_PAUSED = "timer_paused"
    """subject: item; body: elapsed_s, anchor (from when the pause is reckoned)."""
    TIMER_RESUMED = "timer_resumed"
    """subject: item; body: elapsed_s, anchor."""
    TIMER_ADJUSTED = "timer_adjusted"
    """subject: item; body: by_s. Time granted (or taken) by the chair, apart from the limit."""
    TIMER_CORRECTED = "timer_corrected"
    """subject: item; body: elapsed_s, was_s, why, anchor if it runs on."""
    TIMER_FINISHED = "timer_finished"
    """subject: item; body: elapsed_s, anchor, with (the id of the start or adjournment that caused it);
    was_s and why if the end was set back with that start."""
    ITEM_SKIPPED = "item_skipped"
    """subject: item; body: anchor, by which a pause that lasted until then ends."""


TIMER_KINDS = frozenset(
    {
        EventKind.TIMER_STARTED,
        EventKind.TIMER_PAUSED,
        EventKind.TIMER_RESUMED,
        EventKind.TIMER_ADJUSTED,
        EventKind.TIMER_CORRECTED,
        EventKind.TIMER_FINISHED,
        EventKind.ITEM_SKIPPED,
    }
)


def new_id() -> str:
    """32 hexadecimal digits that no other event has; unique, not secret.

    The generator is seeded by the system once: asking the system each time lets go of the interpreter,
    and in a rush the desk's writer would wait for it again with every fact.
    """
    return f"{random.getrandbits(128):032x}"


AGENDA_KINDS = frozenset(
    {
        EventKind.ITEM_CHANGED,
        EventKind.ITEM_REMOVED,
        EventKind.AGENDA_REORDERED,
        EventKind.QUEUE_JOINED,
        EventKind.QUEUE_LEFT,
    }
)
"""Changes of the agenda, one at a time, as they are made in the meeting."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something to be stated. `nonce` makes stating it twice harmless; the id is new each time."""

    kind: EventKind
    at: datetime
    subject: str = ""
    body: Mapping[str, Any] = field(default_factory=dict)
    nonce: str = ""
    event_id: str = field(default_factory=new_id)


@record
class Event:
    """A recorded fact. Whatever its kind, its body may name the `operator`: who worked the window.

    `at` is when the fact happened, `recorded_at` when it was written (both aware). `lamport` is
    one more than the largest that the writer had seen; `writer_seq` counts within the writer.
    """

    event_id: str
    meeting: str
    kind: EventKind
    subject: str
    at: datetime
    recorded_at: datetime
    writer: str
    writer_seq: int
    lamport: int
    body: Mapping[str, Any]
    nonce: str = ""
    previous: str = GENESIS
    digest: str = ""

    @property
    def operator(self) -> str:
        """Who worked the window that stated it; "" if nobody was named, or it was no window."""
        return str(self.body.get("operator", ""))

    @property
    def order(self) -> tuple[int, str, int]:
        """The sort key by which the same set of events always reads the same."""
        return (self.lamport, self.writer, self.writer_seq)


def canonical_json(value: Any) -> str:
    """JSON with sorted keys and no blanks: the same value is always the same text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


LINK_COLUMNS = ("meeting", "writer", "writer_seq", "previous")
"""What a link of a chain says openly; everything else of an event goes into its `content_digest`."""


def content_digest(columns: Mapping[str, Any]) -> str:
    """SHA-256 (hex) over the columns of an event that are not LINK_COLUMNS, nor the digest itself."""
    return _sha256({name: columns[name] for name in columns if name not in (*LINK_COLUMNS, "digest")})


def link_digest(link: Mapping[str, Any]) -> str:
    """The digest of an event by its LINK_COLUMNS and `content` (its `content_digest`).

    So a chain can be proved without showing what events of other meetings say (see storage/chains.py).
    """
    return _sha256({name: link[name] for name in (*LINK_COLUMNS, "content")})


def chain_digest(columns: Mapping[str, Any]) -> str:
    """SHA-256 (hex) that covers every stored column of an event but the digest itself."""
    return link_digest({**columns, "content": content_digest(columns)})


def _sha256(value: Any) -> str:
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()
