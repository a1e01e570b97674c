"""Before the meeting: files come in, are shown with every doubt, and only then stored.

`preview_*` changes nothing; `apply` stores a preview in one transaction. Loading the same file
twice adds nothing.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from huifeng_desktop.domain.agenda import AgendaItem
from huifeng_desktop.domain.events import Event, EventKind, Fact
from huifeng_desktop.domain.imported import (
    AgendaRow,
    FileKind,
    HeadcountRow,
    LeaveRow,
    ProblemCode,
    Reading,
    RecordRow,
    RosterRow,
    RowProblem,
    Severity,
)
from huifeng_desktop.domain.meeting import MeetingPlan
from huifeng_desktop.domain.people import Category, Deputy, Seat
from huifeng_desktop.domain.rule_set import RuleSet
from huifeng_desktop.domain.speaker_timer import Run
from huifeng_desktop.errors import UserProblem
from huifeng_desktop.service.before.matching import PeopleIndex
from huifeng_desktop.service.before.roster_merge import RosterChanges, Transliterate, merge_roster
from huifeng_desktop.service.door.walk_in import add_walk_in
from huifeng_desktop.service.office import check_plan
from huifeng_desktop.service.session import MeetingSession


@dataclass(slots=True)
class LoadPreview:
    """What a file would do: all problems in the order of its rows, and the facts it would add."""

    kind: FileKind
    source: str
    row_count: int
    problems: list[RowProblem]
    accepted: int = 0
    facts: list[Fact] = field(default_factory=list)
    roster: RosterChanges | None = None
    reason: str = ""
    """Why units may go over their cap; kept with the roster."""
    seats: dict[int, Seat] = field(default_factory=dict)
    """Which seat a row of the file was matched with."""

    @property
    def errors(self) -> int:
        """How many rows cannot be taken."""
        return len({problem.row for problem in self.problems if problem.severity is Severity.ERROR})

    def to_json(self) -> dict[str, Any]:
        """As `load --json` gives it."""
        problems = [
            {
                "row": one.row,
                "column": one.column,
                "value": one.value,
                "problem": one.text,
                "severity": one.severity.value,
            }
            for one in self.problems
        ]
        return {
            "rows": self.row_count,
            "accepted": self.accepted,
            "added": len(self.facts),
            "problems": problems,
        }


class Preparation:
    """Filling one meeting from files. `transliterate` gives the search keys of a name."""

    def __init__(self, session: MeetingSession, transliterate: Transliterate) -> None:
        self._session = session
        self._transliterate = transliterate

    def change_plan(self, plan: MeetingPlan) -> None:
        """Change title, time, place, convener or whether the meeting counts."""
        self._session.refuse_if_sealed()
        check_plan(plan)
        body = plan.to_json()
        del body["rule_set"]
        self._session.state_facts([self._fact(EventKind.MEETING_CHANGED, body=body)])

    def choose_rule_set(self, rule_set: RuleSet) -> None:
        """Judge this meeting by another rule set from now on; the old one stays in the log."""
        self._session.refuse_if_sealed()
        body = {"rule_set": rule_set.to_json()}
        self._session.state_facts([self._fact(EventKind.MEETING_CHANGED, body=body)])

    def apply(self, preview: LoadPreview) -> list[Event]:
        """Store what the preview showed; all of it or nothing.

        Raises UserProblem if somebody who would leave the roster has signed in meanwhile.
        """
        self._session.refuse_if_sealed()
        if not preview.facts:
            return []
        with self._session.writing() as block:
            for seat in preview.roster.removed if preview.roster else ():
                if block.state.has_facts(seat.seat_id):
                    who = f"{seat.unit}{seat.name}"
                    raise UserProblem(f"{who}刚刚有了新的记录，名单没有改动。请重新导入一次。")
            nonces = block.state.nonces
            facts = [_with_reason(fact, preview.reason) for fact in preview.facts]
            return [block.add(fact) for fact in facts if not fact.nonce or fact.nonce not in nonces]

    def add_walk_in(self, name: str, unit: str, post: str, category: Category, *, reason: str = "") -> Seat:
        """临时参会: one more at the end of the roster (see `walk_in.add_walk_in`)."""
        return add_walk_in(
            self._session,
            self._transliterate,
            name=name,
            unit=unit,
            post=post,
            category=category,
            reason=reason,
        )

    # -- roster and agenda ---------------------------------------------------------------------

    def preview_roster(self, reading: Reading[RosterRow]) -> LoadPreview:
        """The roster as the file has it; people already known keep their badge."""
        state = self._session.state
        changes = merge_roster(
            self._session.meeting_id, reading.rows, state.seats, state.has_facts, self._transliterate
        )
        preview = _preview(FileKind.ROSTER, reading)
        preview.accepted, preview.roster = len(reading.rows), changes
        preview.problems += [_kept(seat) for seat in changes.kept]
        if reading.rows and not changes.is_empty:
            seats = [seat.to_json() for seat in changes.seats]
            preview.facts = [
                self._fact(EventKind.ROSTER_LOADED, body={"seats": seats, "source": reading.source})
            ]
        return preview

    def preview_agenda(self, reading: Reading[AgendaRow]) -> LoadPreview:
        """The agenda as the file has it; items already known keep their timing."""
        preview = _preview(FileKind.AGENDA, reading)
        preview.accepted = len(reading.rows)
        items = self._items(reading.rows)
        kept = self._timed_but_missing(items)
        preview.problems += [_kept_item(item) for item in kept]
        items += kept
        if reading.rows and items != self._session.state.items:
            plain = [item.to_json() for item in items]
            body = {"items": plain, "source": reading.source}
            preview.facts = [self._fact(EventKind.AGENDA_LOADED, body=body)]
        return preview

    def _items(self, rows: Sequence[AgendaRow]) -> list[AgendaItem]:
        known: dict[tuple[str, str, str], list[str]] = {}
        for item in self._session.state.items:
            known.setdefault((item.title, item.speaker, item.unit), []).append(item.item_id)
        items = []
        for row in rows:
            same = known.get((row.title, row.speaker, row.unit), [])
            item_id = same.pop(0) if same else uuid.uuid4().hex[:12]
            items.append(AgendaItem(item_id, row.title, row.speaker, row.unit, row.kind, row.limit_s))
        return items

    def _timed_but_missing(self, items: Sequence[AgendaItem]) -> list[AgendaItem]:
        """Items that have a spoken time and are not among `items`; one before the hall must not go.

        Raises UserProblem for the latter.
        """
        state, ids = self._session.state, {item.item_id for item in items}
        current = state.current_item
        if current is not None and current.item_id not in ids:
            raise UserProblem(f"“{current.title}”正在计时，而新议程里没有它。请先结束计时，再换议程。")
        missing = [item for item in state.items if item.item_id not in ids]
        return [item for item in missing if state.timing(item.item_id).run is Run.FINISHED]

    # -- leave, records, headcount -------------------------------------------------------------

    def preview_leave(self, reading: Reading[LeaveRow]) -> LoadPreview:
        """Leave for people on the roster; a line that is already recorded adds nothing."""
        preview = _preview(FileKind.LEAVE, reading)
        self._match(preview, reading.rows, self._leave_facts)
        return preview

    def _leave_facts(self, row: LeaveRow, seat: Seat, preview: LoadPreview) -> list[Fact]:
        deputy = Deputy(row.deputy_name, row.deputy_post) if row.deputy_name else None
        known = self._session.state.facts_of(seat).leave
        stated = (row.reason, row.approval, row.approved_by, deputy)
        if known and (known.reason, known.approval, known.approved_by, known.deputy) == stated:
            return []
        body = {
            "reason": row.reason,
            "approval": row.approval.value,
            "approved_by": row.approved_by,
            "deputy": _plain_deputy(deputy),
        }
        facts = self._once(EventKind.LEAVE_RECORDED, self._session.now().wall, seat, body, timeless=True)
        earlier = [one for number, one in preview.seats.items() if number != row.row]
        if not facts or any(one.person_id == seat.person_id for one in earlier):
            text = f"{seat.unit}{seat.name}另有不同的请假记录，没有改动。要改请到“请假”里修改。"
            preview.problems.append(_conflict(row.row, "姓名", seat.name, text))
            return []
        return facts

    def preview_records(self, reading: Reading[RecordRow]) -> LoadPreview:
        """Arrivals, exits and returns written down elsewhere (paper, another system)."""
        preview = _preview(FileKind.RECORDS, reading)
        self._match(preview, reading.rows, self._record_facts)
        return preview

    def _record_facts(self, row: RecordRow, seat: Seat, preview: LoadPreview) -> list[Fact]:
        facts = []
        if row.signed_in_at is not None:
            facts += self._sign_in_fact(row, row.signed_in_at, seat, preview)
        for kind, at in ((EventKind.EXIT, row.left_at), (EventKind.RETURN, row.returned_at)):
            if at is not None:
                facts += self._once(kind, at.astimezone(), seat, {"method": "file"})
        return facts

    def _sign_in_fact(self, row: RecordRow, at: datetime, seat: Seat, preview: LoadPreview) -> list[Fact]:
        body: dict[str, Any] = {"method": "file", "note": row.note} if row.note else {"method": "file"}
        if row.deputy_name:
            body["deputy"] = {"name": row.deputy_name, "post": row.deputy_post}
            body["deputy_approved"] = row.deputy_approved
        facts = self._once(EventKind.SIGN_IN, at.astimezone(), seat, body)
        known = self._session.state.facts_of(seat).arrival
        if facts and known is not None:
            first = f"{known.at.astimezone():%H:%M}"
            text = f"{seat.name}已有 {first} 的签到，与表中不同，没有改动。要改请先撤销原来的。"
            preview.problems.append(_conflict(row.row, "签到时间", f"{at:%H:%M}", text))
            return []
        if facts and _states(preview, facts[0]):
            text = f"表中前面已有{seat.name}的签到，这一行没有采用。请核对后删去一行。"
            preview.problems.append(_conflict(row.row, "签到时间", f"{at:%H:%M}", text))
            return []
        return facts

    def _once(
        self, kind: EventKind, at: datetime, seat: Seat, body: Mapping[str, Any], *, timeless: bool = False
    ) -> list[Fact]:
        """The fact, unless the very same one from a file is already recorded and holds.

        `timeless`: its `at` is only when the file was read, and says nothing of the fact.
        """
        when = "" if timeless else at.isoformat()
        text = "|".join((kind.value, seat.seat_id, when, repr(sorted(body.items()))))
        nonce = "file-" + hashlib.sha256(text.encode()).hexdigest()[:32]
        state = self._session.state
        while (known := state.nonces.get(nonce)) is not None:
            if known.event_id not in state.annulled:
                return []
            nonce += "+"
        return [Fact(kind, at, seat.seat_id, body, nonce)]

    def preview_headcount(self, reading: Reading[HeadcountRow], at: datetime) -> LoadPreview:
        """A headcount. A list without 在场 column names those seen: everybody else was not there."""
        preview = _preview(FileKind.HEADCOUNT, reading)
        seen, unseen = self._sorted_by_sight(preview, reading)
        if "在场" not in reading.columns and "seen" not in reading.columns:
            everybody = {seat.seat_id for seat in self._session.state.seats if seat.category.is_expected}
            unseen = everybody - self._all_posts(seen)
        if preview.accepted:
            body = {"seen": sorted(seen), "unseen": sorted(unseen), "source": reading.source}
            nonce = "count-" + hashlib.sha256(repr((at, body)).encode()).hexdigest()[:32]
            if nonce not in self._session.state.nonces:
                preview.facts = [Fact(EventKind.HEADCOUNT, at, body=body, nonce=nonce)]
        return preview

    def _sorted_by_sight(
        self, preview: LoadPreview, reading: Reading[HeadcountRow]
    ) -> tuple[set[str], set[str]]:
        sight: dict[bool, set[str]] = {True: set(), False: set()}

        def note(row: HeadcountRow, seat: Seat, _: LoadPreview) -> list[Fact]:
            sight[row.seen].add(seat.seat_id)
            return []

        self._match(preview, reading.rows, note)
        return sight[True], sight[False]

    def _all_posts(self, seats: set[str]) -> set[str]:
        return {post for seat_id in seats for post in self._session.state.posts_of(seat_id)}

    # -- shared --------------------------------------------------------------------------------

    def _match(
        self,
        preview: LoadPreview,
        rows: Sequence[Any],
        facts_for: Callable[[Any, Seat, LoadPreview], list[Fact]],
    ) -> None:
        """Find each row's person; rows that name nobody, or several, become problems."""
        people = PeopleIndex(self._session.state.seats)
        nonces: set[str] = set()
        for row in rows:
            found = people.find(row.row, row.name, row.unit)
            if isinstance(found, RowProblem):
                preview.problems.append(found)
                continue
            preview.accepted += 1
            preview.seats[row.row] = found
            fresh = [fact for fact in facts_for(row, found, preview) if fact.nonce not in nonces]
            nonces.update(fact.nonce for fact in fresh)
            preview.facts += fresh
        preview.problems.sort(key=lambda problem: problem.row)

    def _fact(self, kind: EventKind, *, body: Mapping[str, Any]) -> Fact:
        return Fact(kind, self._session.now().wall, body=body)


def _with_reason(fact: Fact, reason: str) -> Fact:
    """A roster keeps why units went over their cap."""
    if fact.kind is not EventKind.ROSTER_LOADED or not reason:
        return fact
    return replace(fact, body={**fact.body, "over_cap_reason": reason})


def _preview(kind: FileKind, reading: Reading[Any]) -> LoadPreview:
    return LoadPreview(kind, reading.source, reading.row_count, list(reading.problems))


def _plain_deputy(deputy: Deputy | None) -> dict[str, str] | None:
    return {"name": deputy.name, "post": deputy.post} if deputy else None


def _states(preview: LoadPreview, fact: Fact) -> bool:
    """Whether an earlier row of the same file has stated something else of this kind and seat."""
    alike = (one for one in preview.facts if (one.kind, one.subject) == (fact.kind, fact.subject))
    return any(one.nonce != fact.nonce for one in alike)


def _conflict(row: int, column: str, value: str, text: str) -> RowProblem:
    return RowProblem(row, column, value, ProblemCode.CONFLICT, text, Severity.WARNING)


def _kept_item(item: AgendaItem) -> RowProblem:
    text = f"新议程里没有“{item.title}”，但它已有发言用时，保留在议程末尾。"
    return RowProblem(0, "议题", item.title, ProblemCode.KEPT, text, Severity.WARNING)


def _kept(seat: Seat) -> RowProblem:
    text = f"新名单里没有{seat.unit}{seat.name}，但已有签到或请假记录，保留在名单末尾。"
    return RowProblem(0, "姓名", seat.name, ProblemCode.KEPT, text, Severity.WARNING)
