"""The classification of a meeting as one JSON document (CONTRACT: `results --json`)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from huifeng_desktop.rules.speaking import SpeakingRow, speaking
from huifeng_desktop.rules.verdict import Verdict
from huifeng_desktop.service.session import MeetingSession
from huifeng_desktop.wording import reason_sentence


def local_iso(moment: datetime | None) -> str | None:
    """Local wall time without zone, to the second: `2026-03-12T14:25:10`."""
    if moment is None:
        return None
    return moment.astimezone().replace(tzinfo=None).isoformat(timespec="seconds")


def results(session: MeetingSession) -> dict[str, Any]:
    """Meeting, totals, seats and speaking times."""
    state, plan = session.state, session.plan
    tolerance = plan.rule_set.over_tolerance_s
    return {
        "meeting": {
            "id": session.meeting_id,
            "title": plan.title,
            "start": local_iso(plan.start),
            "opened": local_iso(state.opened_at),
            "adjourned": local_iso(state.adjourned_at),
            "rule_set": plan.rule_set.key,
            "counts": plan.counts,
            "sealed": state.sealed is not None,
        },
        "totals": session.totals().to_json(),
        "seats": [seat_json(verdict) for verdict in session.verdicts()],
        "speaking": [speaking_json(row) for row in speaking(state, session.now(), tolerance)],
    }


def seat_json(verdict: Verdict) -> dict[str, Any]:
    """One seat of `results --json`."""
    seat, deputy = verdict.seat, verdict.stood_in_by
    return {
        "seq": seat.seq,
        "unit": seat.unit,
        "name": seat.name,
        "post": seat.post,
        "category": seat.category.value,
        "disposition": verdict.disposition.value if verdict.disposition else None,
        "signed_in_at": local_iso(verdict.signed_in_at),
        "left_at": local_iso(verdict.left_at),
        "late_minutes": verdict.late_minutes,
        "left_early_minutes": verdict.left_early_minutes,
        "flags": [flag.value for flag in verdict.flags],
        "pending": verdict.pending,
        "counted": verdict.counted.value if verdict.counted else None,
        "stood_in_by": {"name": deputy.name, "post": deputy.post} if deputy else None,
        "reasons": [reason_sentence(reason) for reason in verdict.reasons],
    }


def speaking_json(row: SpeakingRow) -> dict[str, Any]:
    """One agenda item of `results --json`."""
    return {
        "seq": row.seq,
        "title": row.item.title,
        "speaker": row.item.speaker,
        "unit": row.item.unit,
        "kind": row.kind.value,
        "limit_s": row.limit_s,
        "granted_s": row.granted_s,
        "spoken_s": row.spoken_s,
        "over_s": row.over_s,
    }
