"""The columns of an event as they are stored and hashed; `position` stands before them."""

from __future__ import annotations

COLUMNS = (
    "event_id",
    "meeting",
    "kind",
    "subject",
    "at",
    "recorded_at",
    "writer",
    "writer_seq",
    "lamport",
    "body",
    "nonce",
    "previous",
    "digest",
)
