"""One person, two posts: the facts of several seats as one, since one presence fills them all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from huifeng_desktop.domain.attendance import Call, DeputyWord, Leave, Ruling, SeatFacts

Rank = Callable[[str], tuple[int, str, int]]
"""The place of an event, by its id, in the causal order of the log."""
_StatedT = TypeVar("_StatedT", Leave, DeputyWord, Ruling, Call)


def joined(own: SeatFacts, others: Sequence[SeatFacts], rank: Rank) -> SeatFacts:
    """The facts of one seat with those of the person's other posts; of what can be said once, the latest."""
    posts = (own, *others)
    facts = SeatFacts()
    for post in posts:
        facts.arrivals += post.arrivals
        facts.passages += post.passages
        facts.sightings += post.sightings
        facts.proposals += post.proposals
        facts.vouches += post.vouches
    facts.leave = _latest([post.leave for post in posts], rank)
    facts.deputy_word = _latest([post.deputy_word for post in posts], rank)
    facts.call = _latest([post.call for post in posts], rank)
    facts.ruling = _ruling(own, others, rank)
    return facts


def _ruling(own: SeatFacts, others: Sequence[SeatFacts], rank: Rank) -> Ruling | None:
    """What was decided on the appeal of a seat stands there, and never reaches the other posts."""
    if own.ruling is not None and own.ruling.seat_only:
        return own.ruling
    return _latest([own.ruling, *(post.shared_ruling for post in others)], rank)


def _latest(stated: Iterable[_StatedT | None], rank: Rank) -> _StatedT | None:
    known = [one for one in stated if one is not None]
    return max(known, key=lambda one: rank(one.event_id), default=None)
