"""How long records are kept, which are due to be archived, and which may be deleted after that.

Nothing goes by itself: a named person deletes single meetings whose term is over and whose archive was
read again and found true. What was deleted, by whom and where its archive is stays as a `Tombstone`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from huifeng_desktop.errors import UserProblem
from huifeng_desktop.service.office import MeetingCard
from huifeng_desktop.service.ports import Settings

RETENTION, DEFAULT_YEARS, LONGEST_YEARS = "retention_years", 3, 30
ARCHIVED = "archived_meetings"
"""Settings: for how many years records are kept, and which meetings were archived from here."""


@dataclass(frozen=True, slots=True)
class ArchiveProof:
    """An archive that was read again: its name, its SHA-256, and the digests of the events in it."""

    file: str
    sha256: str
    digests: frozenset[str]


def refuse_removal(card: MeetingCard, now: datetime, years: int, by: str, typed: str) -> None:
    """Raise UserProblem unless the term is over and a named person has typed the meeting's number."""
    if not is_over(card, now, years):
        until = _years_after(card.start, years)
        raise UserProblem(f"没有删除：“{card.title}”要保存到 {until:%Y-%m-%d}（{years} 年），还没有满期。")
    if not by.strip():
        raise UserProblem("没有删除：请写明由谁删除。")
    if typed.strip() != card.meeting_id:
        raise UserProblem(f"没有删除：请照抄会议编号 {card.meeting_id} 以确认。")


def is_over(card: MeetingCard, now: datetime, years: int) -> bool:
    """Whether the meeting began more than so many years ago."""
    return card.start < _years_before(now, years)


def years_kept(settings: Settings) -> int:
    """For how many years records are kept; what cannot be meant is taken as the usual three."""
    years = settings.get(RETENTION, DEFAULT_YEARS)
    fits = isinstance(years, int) and not isinstance(years, bool) and 1 <= years <= LONGEST_YEARS
    return years if fits else DEFAULT_YEARS


def due(
    cards: Sequence[MeetingCard], now: datetime, years: int, archived: Collection[str]
) -> list[MeetingCard]:
    """The meetings older than `years` that were not archived yet, the oldest first."""
    found = [one for one in cards if is_over(one, now, years) and one.meeting_id not in archived]
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
    return _in_year(now, now.year - years)


def _years_after(start: datetime, years: int) -> datetime:
    return _in_year(start.astimezone(), start.year + years)


def _in_year(moment: datetime, year: int) -> datetime:
    try:
        return moment.replace(year=year)
    except ValueError:  # the 29th of February
        return moment.replace(year=year, day=28)
