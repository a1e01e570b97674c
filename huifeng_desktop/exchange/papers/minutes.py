"""The paragraphs of the 纪要 that say who was there, to be put at its end."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from huifeng_desktop.domain.people import Category
from huifeng_desktop.exchange.papers.setting.letter import Letter
from huifeng_desktop.rules.verdict import Disposition, Verdict
from huifeng_desktop.service.printed.choices import PaperOptions
from huifeng_desktop.service.session import MeetingSession


def minutes_block(session: MeetingSession, options: PaperOptions, letter: Letter) -> None:
    """Write 出席、请假、缺席、列席."""
    for head, names in minutes_lines(session):
        letter.subheading(f"{head}：", f"{names}。")


def minutes_lines(session: MeetingSession) -> list[tuple[str, str]]:
    """Heads and names, in house order; heads without anybody are left out."""
    verdicts = session.verdicts()
    expected = [one for one in verdicts if one.is_expected]
    leaders = [one for one in expected if one.seat.category is Category.LEADER and one.is_present]
    members = [one for one in expected if one.seat.category is Category.MEMBER and one.is_present]
    away = [one for one in expected if one.disposition is Disposition.ON_LEAVE]
    absent = [one for one in expected if one.disposition is Disposition.ABSENT]
    observers = [one for one in verdicts if one.seat.category is Category.OBSERVER and one.is_present]
    groups = (
        ("出席", [*leaders, *members]),
        ("请假", away),
        ("缺席", absent if session.context().has_begun else []),
        ("列席", observers),
    )
    return [(head, _names(group)) for head, group in groups if group]


def _names(group: Sequence[Verdict]) -> str:
    """Leaders one by one, then unit by unit, its people behind its name."""
    leaders = [one for one in group if _has_post(one)]
    others = [one for one in group if not _has_post(one)]
    units = groupby(others, key=lambda one: one.seat.unit)
    listed = [f"{unit}{'、'.join(_name(one) for one in people)}" for unit, people in units]
    return "，".join([_name(one) for one in leaders] + listed)


def _has_post(verdict: Verdict) -> bool:
    return verdict.seat.category is Category.LEADER and bool(verdict.seat.post)


def _name(verdict: Verdict) -> str:
    """A leader with the post; a deputy is said to be one."""
    seat, deputy = verdict.seat, verdict.stood_in_by
    own = f"{seat.name}（{seat.post}）" if _has_post(verdict) else seat.name
    return f"{own}（{deputy.name}代）" if deputy and verdict.is_present else own
