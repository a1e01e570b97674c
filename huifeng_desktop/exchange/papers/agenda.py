"""会议议程 as lines for leaders and as a table for those who run the meeting.

Leaders read who speaks on what; the staff also need limits and a masked telephone number.
"""

from __future__ import annotations

from huifeng_desktop.domain.agenda import AgendaItem
from huifeng_desktop.domain.people import Category, Seat, display_name, mask_phone, name_key, unit_key
from huifeng_desktop.exchange.papers.setting.letter import Letter
from huifeng_desktop.exchange.papers.setting.numerals import chinese
from huifeng_desktop.exchange.papers.setting.paper import (
    Cell,
    Column,
    Paper,
    PaperKind,
    Setting,
    heading,
    paper_title,
    when_words,
)
from huifeng_desktop.service.printed.choices import PaperOptions
from huifeng_desktop.service.session import MeetingSession
from huifeng_desktop.wording import ITEM_KIND, minutes_seconds

_COLUMNS = (
    Column("序号", 5, 6),
    Column("议题", 24, 60, Setting.LEFT, grows=True),
    Column("发言人", 9, 28, Setting.ONE_LINE),
    Column("单位", 18, 40, Setting.LEFT, grows=True),
    Column("类型", 10, 12),
    Column("限时", 8, 9),
    Column("电话", 13, 14, Setting.ONE_LINE),
)


def agenda_lines(session: MeetingSession) -> list[str]:
    """一、议题（单位　发言人）, as leaders read it."""
    return [f"{chinese(number)}、{_item_words(item)}" for number, item in enumerate(session.state.items, 1)]


def agenda(session: MeetingSession, options: PaperOptions, letter: Letter) -> None:
    """Write the leaders' version."""
    letter.title(paper_title(session, PaperKind.AGENDA))
    letter.blank()
    for line in circumstances(session):
        letter.body(line)
    letter.blank()
    for line in agenda_lines(session):
        letter.body(line)


def staff_agenda(session: MeetingSession) -> Paper:
    """The version of those who run the meeting, with limits; telephone numbers are masked."""
    rows = [_staff_row(number, item, session) for number, item in enumerate(session.state.items, 1)]
    planned = sum(item.limit_s or item.kind.default_limit_s or 0 for item in session.state.items)
    return Paper(
        PaperKind.STAFF_AGENDA,
        paper_title(session, PaperKind.STAFF_AGENDA),
        heading(session, attendance=False),
        _COLUMNS,
        tuple(rows),
        sums=(("", "合计", "", "", f"{len(rows)} 项", minutes_seconds(planned), ""),),
        made_at=session.now().wall,
    )


def circumstances(session: MeetingSession) -> list[str]:
    """When, where, by whom, and which leaders are expected."""
    plan = session.plan
    leaders = [seat for seat in session.state.seats if seat.category is Category.LEADER]
    lines = [f"时间：{when_words(plan.start)}"]
    lines += [f"地点：{plan.place}"] if plan.place else []
    lines += [f"召集单位：{plan.convener}"] if plan.convener else []
    lines += [f"出席领导：{'、'.join(seat.name for seat in leaders)}"] if leaders else []
    return lines


def _item_words(item: AgendaItem) -> str:
    who = "　".join(filter(None, (item.unit, item.speaker)))
    return f"{item.title}（{who}）" if who else item.title


def _staff_row(number: int, item: AgendaItem, session: MeetingSession) -> tuple[Cell, ...]:
    limit = item.limit_s or item.kind.default_limit_s
    seat = _seat_of(item, session)
    return (
        number,
        item.title,
        display_name(item.speaker),
        item.unit,
        ITEM_KIND[item.kind],
        minutes_seconds(limit) if limit else "不限",
        mask_phone(seat.phone) if seat else "",
    )


def _seat_of(item: AgendaItem, session: MeetingSession) -> Seat | None:
    """The speaker's seat: by name and unit, or by a name that only one person bears."""
    if not item.speaker:
        return None
    alike = [seat for seat in session.state.seats if name_key(seat.name) == name_key(item.speaker)]
    here = [seat for seat in alike if unit_key(seat.unit) == unit_key(item.unit)]
    return next(iter(here or (alike if len(alike) == 1 else [])), None)
