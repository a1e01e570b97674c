"""What all seats of one meeting are judged by: the rule set and the moments of the meeting.

Pure: the moment of judging comes in as `as_of`, nothing here reads a clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from huifeng_desktop.domain.rule_set import LateBase, RuleSet
from huifeng_desktop.domain.state import MeetingState
from huifeng_desktop.rules.working_days import deadline

_DAYS_TO_EXPLAIN = 3


def whole_second(moment: datetime) -> datetime:
    """Seconds decide, not fractions: 14:30:00.9 is still 14:30:00."""
    return moment.replace(microsecond=0) if moment.microsecond else moment


@dataclass(frozen=True)
class Context:
    """What all seats of one meeting are judged by. `as_of` is the moment of judging.

    Without slots, so that what every seat asks for is worked out once.
    """

    rule_set: RuleSet
    start: datetime
    opened_at: datetime | None
    adjourned_at: datetime | None
    as_of: datetime
    late_base_choice: str | None = None

    @cached_property
    def late_base(self) -> datetime:
        """The moment from which 迟到 is reckoned."""
        later = max(self.start, self.opened_at or self.start)
        if self.rule_set.late_base is LateBase.LATER:
            return later
        if self.rule_set.late_base is LateBase.ASK and self.late_base_choice == "opened":
            return later
        return self.start

    @cached_property
    def punctual_until(self) -> datetime:
        """The last second of the grace."""
        return self.late_base + timedelta(minutes=self.rule_set.grace_min)

    @property
    def must_ask_late_base(self) -> bool:
        """Whether the meeting opened late and nobody has said yet which base holds."""
        asks = self.rule_set.late_base is LateBase.ASK and self.late_base_choice is None
        return asks and self.opened_at is not None and whole_second(self.opened_at) > self.start

    @cached_property
    def oral_deadline(self) -> datetime:
        """Until when an oral leave may be put in writing."""
        return deadline(self.start, self.rule_set.oral_leave_days, self.rule_set)

    @cached_property
    def appeal_deadline(self) -> datetime:
        """Until when a ruling may be appealed."""
        return deadline(self.adjourned_at or self.start, self.rule_set.appeal_days, self.rule_set)

    def explain_until(self, asked: datetime) -> datetime:
        """Until when a written explanation that is asked for at `asked` is due.

        The end of the appeal window, or three working days on where that is over.
        """
        if self.appeal_deadline > asked:
            return self.appeal_deadline
        return deadline(asked.astimezone(), _DAYS_TO_EXPLAIN, self.rule_set)

    @property
    def has_begun(self) -> bool:
        """Whether not being there already means being missed."""
        return self.opened_at is not None or self.adjourned_at is not None or self.as_of >= self.start


def context_of(state: MeetingState, as_of: datetime, rule_set: RuleSet | None = None) -> Context:
    """The context of a meeting; another `rule_set` gives a preview under other rules."""
    if state.plan is None:
        raise ValueError("the meeting has no plan")
    return Context(
        rule_set=rule_set or state.plan.rule_set,
        start=state.plan.start,
        opened_at=state.opened_at,
        adjourned_at=state.adjourned_at,
        as_of=as_of,
        late_base_choice=state.late_base_choice,
    )
