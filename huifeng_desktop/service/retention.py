"""How long records are kept, and which are due to be archived. Nothing is ever deleted here.

Every writer's chain runs through all meetings of a folder: to take events out would break the proof of
those that stay. So the program archives and reminds; a folder that is done with is put away whole.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from huifeng_desktop.service.office import MeetingCard
from huifeng_desktop.service.ports import Settings

RETENTION, DEFAULT_YEARS, LONGEST_YEARS = "retention_years", 3, 30
ARCHIVED = "archived_meetings"
"""Settings: for how many years records are kept, and which meetings were archived from here."""


def years_kept(settings: Settings) -> int:
    """For how many years records are kept; what cannot be meant is taken as the usual three."""
    years = settings.get(RETENTION, DEFAULT_YEARS)
    fits = isinstance(years, int) and not isinstance(years, bool) and 1 <= years <= LONGEST_YEARS
    return years if fits else DEFAULT_YEARS


def due(
    cards: Sequence[MeetingCard], now: datetime, years: int, archived: Collection[str]
) -> list[MeetingCard]:
    """The meetings older than `years` that were not archived yet, the oldest first."""
    limit = _years_before(now, years)
    found = [one for one in cards if one.start < limit and one.meeting_id not in archived]
    return sorted(found, key=lambda one: one.start)


def reminder(found: Sequence[MeetingCard], years: int) -> str:
    """One sentence for the list of meetings; "" when nothing is due."""
    if not found:
        return ""
    first = found[0]
    more = f"等 {len(found)} 次会议" if len(found) > 1 else ""
    return (
        f"{first.start.year} 年的“{first.title}”{more}已满保存期 {years} 年，"
        "请用“更多—归档与保存期”归档；程序不会自行删除。"
    )


def _years_before(now: datetime, years: int) -> datetime:
    try:
        return now.replace(year=now.year - years)
    except ValueError:  # the 29th of February
        return now.replace(year=now.year - years, day=28)
