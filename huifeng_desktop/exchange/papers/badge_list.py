"""证件编号表: every badge number beside its holder, for whoever prints badges from a list of their own."""

from __future__ import annotations

from collections.abc import Sequence

from huifeng_desktop.domain.people import Seat
from huifeng_desktop.exchange.papers.cards import with_badge
from huifeng_desktop.exchange.papers.setting.paper import (
    Column,
    Paper,
    PaperKind,
    Setting,
    heading,
    paper_title,
)
from huifeng_desktop.service.session import MeetingSession
from huifeng_desktop.wording import CATEGORY

_COLUMNS = (
    Column("序号", 5, 6),
    Column("单位", 22, 44, Setting.LEFT, grows=True),
    Column("姓名", 9, 28, Setting.ONE_LINE),
    Column("职务", 18, 40, Setting.LEFT, grows=True),
    Column("身份", 9, 10),
    Column("座位", 8, 16, Setting.ONE_LINE),
    Column("证号", 16, 17, Setting.ONE_LINE),
)


def badge_list(session: MeetingSession, seats: Sequence[Seat]) -> Paper:
    """In the order of `seats`; the numbers are text, so that no digit is lost in a spreadsheet."""
    rows = [
        (seat.seq, seat.unit, seat.display_name, seat.post, CATEGORY[seat.category], seat.place, seat.badge)
        for seat in with_badge(seats)
    ]
    return Paper(
        PaperKind.BADGES,
        paper_title(session, PaperKind.BADGES),
        heading(session, attendance=False),
        _COLUMNS,
        tuple(rows),
        made_at=session.now().wall,
    )
