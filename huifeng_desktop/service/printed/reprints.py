"""变更清单: what lies on paper and is no longer true, so that only that is printed again.

What was printed is a fact of the meeting (`EventKind.PRINTED`), with a digest of every page and card;
the colleague who takes over sees the same list. Nothing is listed that never was printed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from huifeng_desktop.domain.events import Event, EventKind, Fact
from huifeng_desktop.errors import UserProblem
from huifeng_desktop.service.ports import Papers
from huifeng_desktop.service.printed.choices import PaperOptions, PaperPart, Progress
from huifeng_desktop.service.session import MeetingSession

_FLEETING = frozenset({"slip"})
"""Papers that are true for a moment only and thrown away."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What of one paper lies on paper, and how it was made."""

    paper: str
    options: PaperOptions
    parts: Mapping[str, PaperPart]
    is_whole: bool
    """Whether all of it was printed once; of a paper with single cards only those are looked after."""
    at: datetime
    """When the paper, or a part of it, was last printed."""


@dataclass(frozen=True, slots=True)
class Due:
    """One paper of which something must be printed again or thrown away."""

    printed: Printed
    again: tuple[PaperPart, ...]
    void: tuple[PaperPart, ...]
    """Parts on paper that no longer exist."""

    @property
    def paper(self) -> str:
        """The name of the paper."""
        return self.printed.paper


class Reprints:
    """The list for one meeting."""

    def __init__(self, session: MeetingSession, papers: Papers) -> None:
        self._session, self._papers = session, papers

    def printed(self) -> dict[str, Printed]:
        """What lies on paper, by the name of the paper, in the order of the first print."""
        found: dict[str, Printed] = {}
        for event in self._prints():
            found[event.subject] = _after(found.get(event.subject), event)
        return found

    def _prints(self) -> Iterator[Event]:
        """Every print that counts, the earliest first."""
        state = self._session.state
        for event in state.log:
            if event.kind is EventKind.PRINTED and event.event_id not in state.annulled:
                yield event

    def due(self) -> list[Due]:
        """Every paper of which something must be printed again."""
        return [due for one in self.printed().values() if (due := self.due_of(one)) is not None]

    def due_of(self, printed: Printed) -> Due | None:
        """What of one paper must be printed again; None if it still says what is true."""
        now = self._papers.parts(self._session, printed.paper, printed.options)
        known = {part.key for part in now}
        again = tuple(part for part in now if not _stands(printed, part))
        void = tuple(part for key, part in printed.parts.items() if key not in known)
        return Due(printed, again, void) if again or void else None

    def facts(self, papers: Collection[str], options: PaperOptions, still: MeetingSession) -> list[Fact]:
        """That these papers were printed whole as `still` (a snapshot) stood, to be stated; in any thread."""
        return [
            _fact(paper, options, self._papers.parts(still, paper, options), still.now().wall)
            for paper in papers
            if paper not in _FLEETING
        ]

    def record(self, facts: Sequence[Fact]) -> None:
        """State what `facts` made."""
        if facts:
            self._session.state_facts(facts)

    def take_back(self, paper: str, *, by: str) -> Event:
        """The last print of this paper went wrong: what lay on paper before it counts again.

        Raises UserProblem if nothing of it is said to be printed.
        """
        prints = [event for event in self._prints() if event.subject == paper]
        if not prints:
            raise UserProblem("这份材料没有印过的记录，请先导出打印。")
        body = {"reason": "没有印好", "by": by}
        now = self._session.now().wall
        return self._session.state_facts([Fact(EventKind.ANNULLED, now, prints[-1].event_id, body)])[0]

    def part_facts(
        self, paper: str, keys: Collection[str], options: PaperOptions, still: MeetingSession
    ) -> list[Fact]:
        """That single cards or pages were printed as `still` stood; the options of a whole print stay."""
        parts = [part for part in self._papers.parts(still, paper, options) if part.key in keys]
        return [_fact(paper, options, parts, still.now().wall, partial=True)]

    def print_again(
        self, dues: Sequence[Due], folder: Path, still: MeetingSession, progress: Progress | None = None
    ) -> list[Path]:
        """Write what must be printed again into `folder`; nothing is recorded yet (see `settled`)."""
        keys = {due.paper: {part.key for part in due.again} for due in dues if due.again}
        options = {due.paper: due.printed.options for due in dues}
        if not keys:
            return []
        return self._papers.export_parts(still, keys, folder, options=options, progress=progress)

    def settled(self, dues: Sequence[Due]) -> list[Fact]:
        """That everything on these lists was printed again, and the void thrown away."""
        now = self._session.now().wall
        return [
            _fact(due.paper, due.printed.options, due.again, now, partial=True, void=due.void) for due in dues
        ]


def _fact(
    paper: str,
    options: PaperOptions,
    parts: Sequence[PaperPart],
    at: datetime,
    *,
    partial: bool = False,
    void: Sequence[PaperPart] = (),
) -> Fact:
    body = {
        "options": options.to_json(),
        "parts": {part.key: [part.digest, part.label] for part in parts},
        "void": [part.key for part in void],
        "partial": partial,
    }
    return Fact(EventKind.PRINTED, at, paper, body)


def _after(before: Printed | None, event: Event) -> Printed:
    """What lies on paper after one more print."""
    fresh = {key: PaperPart(key, label, digest) for key, (digest, label) in event.body["parts"].items()}
    is_whole = not event.body["partial"]
    if is_whole or before is None:
        options = PaperOptions.from_json(event.body["options"])
        return Printed(event.subject, options, fresh, is_whole, event.at)
    kept = {key: part for key, part in before.parts.items() if key not in event.body["void"]}
    return replace(before, parts={**kept, **fresh}, at=event.at)


def _stands(printed: Printed, part: PaperPart) -> bool:
    on_paper = printed.parts.get(part.key)
    if on_paper is None:
        return not printed.is_whole
    return on_paper.digest == part.digest
