"""Everything in one data folder: meetings are made, listed and opened here, and added up."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from huifeng_desktop.clock import Clock
from huifeng_desktop.domain.events import EventKind, Fact
from huifeng_desktop.domain.meeting import MeetingPlan
from huifeng_desktop.domain.rule_set import RuleSet, Window
from huifeng_desktop.domain.state import MeetingState
from huifeng_desktop.errors import UnknownMeetingProblem, UserProblem
from huifeng_desktop.service.after.ledgers import Ledgers, OfficeLog, SumStore, garbage_waits
from huifeng_desktop.service.before.rule_sets import RuleSets
from huifeng_desktop.service.bus import Bus
from huifeng_desktop.service.session import MeetingSession

if TYPE_CHECKING:
    from huifeng_desktop.domain.tombstone import Tombstone
    from huifeng_desktop.rules.ledger import JudgedMeeting, Ledger

EARLIEST_YEAR, LATEST_YEAR = 2000, 2099
TITLE_LIMIT = 200


@dataclass(frozen=True, slots=True)
class MeetingCard:
    """A meeting in the list."""

    meeting_id: str
    title: str
    start: datetime
    place: str
    is_adjourned: bool
    is_sealed: bool
    is_opened: bool = False


class Office:
    """The folder's meetings. `rule_sets` are the known sets by key, or what reads them when asked."""

    def __init__(
        self,
        log: OfficeLog,
        clock: Clock,
        rule_sets: Mapping[str, RuleSet] | Callable[[], RuleSets],
        sums: SumStore | None = None,
    ) -> None:
        self.clock = clock
        self._given_rule_sets = rule_sets
        self._log = log
        self._ledgers = Ledgers(log, clock, sums)

    @cached_property
    def rule_sets(self) -> RuleSets:
        """Every known set by key, the default first; read when first asked for."""
        given = self._given_rule_sets
        if isinstance(given, RuleSets):
            return given
        return RuleSets(given) if isinstance(given, Mapping) else given()

    def rule_set(self, name: str | None) -> RuleSet:
        """The rule set of this key or Chinese name; None gives 仅统计."""
        if name is None:
            return self.rule_sets["statistics"]
        for rule_set in self.rule_sets.values():
            if name in (rule_set.key, rule_set.name):
                return rule_set
        known = "、".join(f"{one.key}（{one.name}）" for one in self.rule_sets.values())
        bad = "".join(f"另有一个文件用不了：{one}" for one in self.rule_sets.problems[:1])
        raise UserProblem(f"没有名为“{name}”的考勤规则。现有：{known}。{bad}")

    def remove_rule_set(self, key: str) -> RuleSet:
        """Delete one of the office's own sets.

        Raises UserProblem while a meeting that is not sealed is judged by it; sealed ones keep their copy.
        """
        using = [
            state.plan
            for state in self._ledgers.outlines()
            if state.plan and state.plan.rule_set.key == key and not state.sealed
        ]
        if using:
            last = max(using, key=lambda plan: plan.start)
            others = f"等 {len(using)} 次会议" if len(using) > 1 else ""
            raise UserProblem(
                f"“{last.rule_set.name}”还不能删除：“{last.title}”{others}没有封存，仍按它认定。"
                "请先封存，或让会议改用别的规则。"
            )
        return self.rule_sets.remove(key)

    def create(self, plan: MeetingPlan) -> str:
        """Make a meeting and return its id.

        Raises UserProblem for an empty or overlong title, a date in the wrong century, or an end
        before the start.
        """
        check_plan(plan)
        meeting_id = self._free_id(plan.start)
        fact = Fact(EventKind.MEETING_CREATED, self.clock.reading().wall, body=plan.to_json())
        with self._log.transaction() as transaction:
            transaction.append(meeting_id, fact)
        return meeting_id

    def _free_id(self, start: datetime) -> str:
        """Easy to say and to type: the date and three letters."""
        taken = {*self._log.meetings(), *(one.meeting_id for one in self.tombstones())}
        while True:
            letters = "".join(secrets.choice("abcdefghjkmnpqrstuvwxyz") for _ in range(3))
            if (meeting_id := f"{start:%Y%m%d}-{letters}") not in taken:
                return meeting_id

    def open(self, meeting_id: str, bus: Bus | None = None) -> MeetingSession:
        """The meeting, open for reading and writing; raises UnknownMeetingProblem."""
        return MeetingSession(self._log, self.clock, meeting_id, bus)

    def cards(self) -> list[MeetingCard]:
        """All meetings, the latest start first."""
        cards = [_card(state, state.plan) for state in self._ledgers.outlines() if state.plan is not None]
        return sorted(cards, key=lambda card: card.start, reverse=True)

    def badge_elsewhere(self, badge: str, here: str) -> MeetingPlan | None:
        """The plan of another meeting than `here` on whose roster this badge is; the latest of several."""
        for meeting_id in reversed(self._log.rosters_naming(f'"{badge}"')):
            if meeting_id != here:
                session = self.open(meeting_id)
                if session.state.seat_by_badge(badge) is not None:
                    return session.plan
        return None

    def resolve(self, meeting_id: str) -> str:
        """The full id of a meeting given by its id or by a part that only one meeting has."""
        known = self._log.meetings()
        if meeting_id in known:
            return meeting_id
        alike = [one for one in known if meeting_id and one.startswith(meeting_id)]
        if len(alike) == 1:
            return alike[0]
        hint = f"现有会议：{'、'.join(known[-5:])}。" if known else "这个数据文件夹里还没有会议。"
        raise UnknownMeetingProblem(f"没有编号为“{meeting_id}”的会议。{hint}")

    def remove(self, tombstone: Tombstone, archived: frozenset[str]) -> None:
        """Delete a meeting for good, all at once; what is said in its place stays.

        `archived`: the digests of the events that its archive holds. Raises UserProblem where some are
        missing there. Whether the term is over, and the archive true, is asked before (retention.py).
        """
        self._log.remove(tombstone.meeting_id, tombstone.fact(), archived)

    def tombstones(self) -> list[Tombstone]:
        """The deleted meetings, the one that was deleted last first."""
        from huifeng_desktop.domain.tombstone import tombstone_of

        words = self._log.of_kinds(frozenset({EventKind.MEETING_REMOVED}))
        present = set(self._log.meetings()) if words else set()
        return [tombstone_of(one, present) for one in reversed(words)]

    # -- the year ------------------------------------------------------------------------------

    @garbage_waits()
    def ledger(
        self,
        *,
        first: datetime | None = None,
        last: datetime | None = None,
        sealed_only: bool = False,
        rule_set: RuleSet | None = None,
    ) -> Ledger:
        """The ledger of adjourned meetings that count and start in [first, last)."""
        from huifeng_desktop.rules.ledger import ledger

        judged = self._ledgers.judged(sealed_only=sealed_only)
        rules = rule_set or self._ladder_of(judged)
        if first is None or last is None:
            first, last = self._window(rules)
        found = ledger([one for one in judged if first <= one.start < last], rules)
        past = [one for one in self.tombstones() if not one.is_back]
        gone = {one.meeting_id for one in past if first <= one.start < last}
        return replace(found, removed=len(gone)) if gone else found

    def ledger_around(self, session: MeetingSession) -> Ledger:
        """The ledger of the year that a meeting belongs to, judged by that meeting's ladder."""
        rules, year = session.plan.rule_set, session.plan.start.astimezone().year
        window = year_window(year) if rules.window is Window.CALENDAR_YEAR else (None, None)
        return self.ledger(first=window[0], last=window[1], rule_set=rules)

    @garbage_waits()
    def refresh_sums(self, meetings: Collection[str]) -> None:
        """Reckon now what the ledger keeps of these meetings, so that nobody waits for it later."""
        if meetings:
            self._ledgers.refresh(meetings)

    def stale_sums(self) -> list[str]:
        """The meetings that the next ledger would have to reckon anew, as all are after an update."""
        return self._ledgers.stale()

    def forget_sums(self) -> None:
        """Throw away what was reckoned, so that the next ledger stands on the events alone."""
        self._ledgers.forget()

    def _ladder_of(self, judged: Sequence[JudgedMeeting]) -> RuleSet:
        """The rule set with consequences that the latest counting meeting was judged by."""
        with_ladder = [one for one in judged if one.rule_set.has_consequences]
        latest = max(with_ladder or judged, key=lambda one: one.start, default=None)
        return latest.rule_set if latest else self.rule_set(None)

    def _window(self, rules: RuleSet) -> tuple[datetime, datetime]:
        now = self.clock.reading().wall
        if rules.window is Window.ROLLING_12_MONTHS:
            return now - timedelta(days=365), now + timedelta(days=1)
        if rules.window is Window.TERM and rules.term_from and rules.term_to:
            return local_time(f"{rules.term_from}T00:00"), local_time(f"{rules.term_to}T00:00") + timedelta(
                days=1
            )
        return year_window(now.year)


def _card(state: MeetingState, plan: MeetingPlan) -> MeetingCard:
    return MeetingCard(
        state.meeting_id,
        plan.title,
        plan.start,
        plan.place,
        state.adjourned_at is not None,
        state.sealed is not None,
        state.opened_at is not None,
    )


def year_window(year: int) -> tuple[datetime, datetime]:
    """From New Year to the next, local time."""
    return datetime(year, 1, 1).astimezone(), datetime(year + 1, 1, 1).astimezone()


def local_time(text: str) -> datetime:
    """An ISO time as the machine's own zone understands it; raises ValueError."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.astimezone()


def check_plan(plan: MeetingPlan) -> None:
    """Raise UserProblem with a sentence for a plan that cannot be meant."""
    if not plan.title.strip():
        raise UserProblem("会议名称是空的，请填写会议名称。")
    if len(plan.title) > TITLE_LIMIT:
        raise UserProblem(f"会议名称有 {len(plan.title)} 个字，最多 {TITLE_LIMIT} 个，请缩短。")
    for name, text in (("名称", plan.title), ("地点", plan.place), ("召集单位", plan.convener)):
        if any(unicodedata.category(char) in ("Cc", "Cs") for char in text):
            raise UserProblem(f"会议{name}里有不能显示的字符（如换行），请重新填写。")
    for moment in filter(None, (plan.start, plan.end)):
        if not EARLIEST_YEAR <= moment.year <= LATEST_YEAR:
            raise UserProblem(
                f"会议时间是 {moment.year} 年，只能在 {EARLIEST_YEAR} 到 {LATEST_YEAR} 年之间，请核对年份。"
            )
    if plan.end is not None and plan.end <= plan.start:
        raise UserProblem("会议结束时间不晚于开始时间，请核对。")
