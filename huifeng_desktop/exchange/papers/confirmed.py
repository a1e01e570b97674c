"""What may be named outside the office: violations that a person has confirmed, and no others."""

from __future__ import annotations

from huifeng_desktop.rules.verdict import Flag, Verdict, Violation
from huifeng_desktop.service.session import MeetingSession


def confirmed(session: MeetingSession) -> list[tuple[Verdict, Violation]]:
    """What a person has ruled on, or what stood undisputed when the record was sealed: one label each."""
    sealed = session.state.sealed is not None
    return [
        (one, one.violations[0])
        for one in session.verdicts()
        if one.violations and not one.pending and (sealed or Flag.RULED in one.flags)
    ]


def unconfirmed(session: MeetingSession) -> int:
    """How many cases still wait for a ruling: pending ones, and violations nobody has confirmed."""
    named = {id(one) for one, _ in confirmed(session)}
    return sum((one.pending or bool(one.violations)) and id(one) not in named for one in session.verdicts())
