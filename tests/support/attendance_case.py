"""One row of the tables of attendance: a small story and what is to be said of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from story import LADDER, Story, seat

from huifeng_desktop.domain.attendance import Decision
from huifeng_desktop.domain.events import EventKind
from huifeng_desktop.domain.imported import Approval
from huifeng_desktop.domain.people import Seat
from huifeng_desktop.domain.rule_set import (
    RuleSet,
)

JIA = seat()


@dataclass(frozen=True)
class Case:
    """A story and the facts of its verdict that matter; `rules` are switches turned."""

    name: str
    tell: Callable[[Story], object]
    disposition: str | None
    counted: str | None = None
    late: int = 0
    early: int = 0
    pending: bool = False
    flags: tuple[str, ...] = ()
    rules: RuleSet = LADDER
    who: Seat = JIA
    as_of: str = "17:00"
    opened: str = "14:30"
    violations: tuple[str, ...] | None = None
    """All that the evidence shows, heaviest first; None where the case is not about that."""


def rules(**switches: object) -> RuleSet:
    """The ladder with some switches turned."""
    return replace(LADDER, **switches)  # type: ignore[arg-type]


def several(*tellings: Callable[[Story], object]) -> Callable[[Story], object]:
    """One telling after another."""
    return lambda story: [tell(story) for tell in tellings]


def signs(at: str, **more: object) -> Callable[[Story], object]:
    return lambda story: story.signs(at, **more)  # type: ignore[arg-type]


def leave(approval: Approval, **more: str) -> Callable[[Story], object]:
    return lambda story: story.leave(approval, **more)


def seen(at: str) -> Callable[[Story], object]:
    return lambda story: story.count(at, seen=["s1"])


def unseen(at: str) -> Callable[[Story], object]:
    return lambda story: story.count(at, unseen=["s1"])


def rule(decision: Decision) -> Callable[[Story], object]:
    return lambda story: story.rule(decision)


def leaves(at: str, *, approved: bool = False) -> Callable[[Story], object]:
    return lambda story: story.leaves(at, approved=approved)


def returns(at: str) -> Callable[[Story], object]:
    return lambda story: story.returns(at)


def base(word: str) -> Callable[[Story], object]:
    """The answer to the one question at a late opening."""
    return lambda story: story.tell(EventKind.LATE_BASE_CHOSEN, "14:41", body={"base": word})


def annulled(tell: Callable[[Story], object]) -> Callable[[Story], object]:
    """Something told and taken back."""
    return lambda story: story.annul(tell(story))  # type: ignore[arg-type]


def merged(*tellings: Callable[[Story], object]) -> Callable[[Story], object]:
    """What another laptop has recorded meanwhile: older in causal order than all that was told so far."""

    def tell(story: Story) -> None:
        known = len(story.events)
        for one in tellings:
            one(story)
        for place, event in enumerate(story.events[known:]):
            story.events[known + place] = replace(event, writer="b", lamport=3)

    return tell


def nothing(story: Story) -> None:
    """Nobody comes and nobody says anything."""


def check(case: Case) -> None:
    """Tell the story and compare the verdict on it."""
    story = Story(case.who, rules=case.rules)
    story.opens(case.opened)
    case.tell(story)
    story.adjourns()

    verdict = story.verdict(as_of=case.as_of)

    assert verdict.disposition == case.disposition
    assert verdict.counted == case.counted
    assert (verdict.late_minutes, verdict.left_early_minutes) == (case.late, case.early)
    assert verdict.pending is case.pending
    assert tuple(flag.value for flag in verdict.flags) == case.flags
    if case.violations is not None:
        assert tuple(one.value for one in verdict.violations) == case.violations
