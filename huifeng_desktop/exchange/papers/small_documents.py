"""请假单, blank, and the paragraph of the 纪要 that says who was there."""

from __future__ import annotations

from collections.abc import Sequence

from huifeng_desktop.domain.people import Category
from huifeng_desktop.exchange.papers.document import OfficialDocument
from huifeng_desktop.exchange.papers.leave_form import (
    LABEL_MM,
    OPINION_MM,
    ROW_MM,
    TEXT_WIDTH_MM,
    TITLE,
    WIDTHS_MM,
    form_rows,
    note,
    opinion_rows,
)
from huifeng_desktop.exchange.papers.paper import PaperKind, paper_title
from huifeng_desktop.rules.verdict import Disposition, Verdict
from huifeng_desktop.service.papers import PaperOptions
from huifeng_desktop.service.session import MeetingSession


def leave_form(session: MeetingSession, options: PaperOptions) -> bytes:
    """请假单 as DOCX."""
    document = OfficialDocument(TITLE, options.body_family, session.now().wall)
    document.title(TITLE)
    document.blank()
    document.table(WIDTHS_MM, form_rows(session), row_mm=ROW_MM, size_pt=14, left=(1,))
    widths = (LABEL_MM, TEXT_WIDTH_MM - LABEL_MM)
    document.table(widths, opinion_rows(), row_mm=OPINION_MM, size_pt=14, left=(1,))
    document.body(note(session))
    return document.save()


def minutes_block(session: MeetingSession, options: PaperOptions) -> bytes:
    """出席、请假、缺席、列席 as they go to the end of the 纪要."""
    title = paper_title(session, PaperKind.MINUTES)
    document = OfficialDocument(title, options.body_family, session.now().wall)
    for head, names in minutes_lines(session):
        document.subheading(f"{head}：", f"{names}。")
    return document.save()


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
    return "，".join(_name(one) for one in group)


def _name(verdict: Verdict) -> str:
    """Unit and name; a leader by name and post; a deputy is said to be one."""
    seat, deputy = verdict.seat, verdict.stood_in_by
    own = f"{seat.name}（{seat.post}）" if seat.category is Category.LEADER and seat.post else ""
    own = own or f"{seat.unit}{seat.name}"
    return f"{own}（{deputy.name}代）" if deputy and verdict.is_present else own
