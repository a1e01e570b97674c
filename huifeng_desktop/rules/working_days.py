"""Deadlines in working days: Monday to Friday, with the exceptions that the rule set names."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from huifeng_desktop.domain.rule_set import RuleSet


def is_working_day(day: date, rule_set: RuleSet) -> bool:
    """Whether the office works on `day`."""
    iso = day.isoformat()
    if iso in rule_set.working_days:
        return True
    return day.weekday() < 5 and iso not in rule_set.holidays


def deadline(start: datetime, days: int, rule_set: RuleSet) -> datetime:
    """The end of the `days`-th working day after `start`, in the zone of `start`."""
    day = start.date()
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day, rule_set)
    return datetime.combine(day, time(23, 59, 59), tzinfo=start.tzinfo)
