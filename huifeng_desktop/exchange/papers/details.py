"""签到明细: one row for every seat, in house order; 列席 and 工作人员 after the expected."""

from __future__ import annotations

from huifeng_desktop.domain.people import Category
from huifeng_desktop.exchange.papers.remarks import approver_of, deputy_of, remark, result_of
from huifeng_desktop.exchange.papers.setting.paper import (
    Cell,
    Column,
    Paper,
    PaperKind,
    Setting,
    heading,
    moment_words,
    paper_title,
)
from huifeng_desktop.exchange.papers.statistics import identity_line, others_line
from huifeng_desktop.rules.classify import Context
from huifeng_desktop.rules.verdict import Verdict
from huifeng_desktop.service.session import MeetingSession
from huifeng_desktop.wording import CATEGORY, method_word

_COLUMNS = (
    Column("序号", 5, 6),
    Column("单位", 14, 34, Setting.LEFT, grows=True),
    Column("姓名", 9, 22, Setting.ONE_LINE),
    Column("职务", 12, 24, Setting.LEFT, grows=True),
    Column("身份", 9, 9),
    Column("签到时间", 9, 9),
    Column("签到方式", 9, 9),
    Column("结果", 11, 12),
    Column("代会人及职务", 12, 20),
    Column("批准人", 8, 14, Setting.ONE_LINE),
    Column("备注", 12, 34, Setting.LEFT, grows=True),
)
_LAST = {Category.OBSERVER: 1, Category.STAFF: 2}


def details(session: MeetingSession) -> Paper:
    """签到明细 as of now."""
    context = session.context()
    verdicts = sorted(session.verdicts(), key=lambda one: _LAST.get(one.seat.category, 0))
    totals = session.totals()
    return Paper(
        PaperKind.DETAILS,
        paper_title(session, PaperKind.DETAILS),
        heading(session),
        _COLUMNS,
        tuple(_row(number, one, session, context) for number, one in enumerate(verdicts, 1)),
        below=(identity_line(totals), others_line(totals)),
        made_at=session.now().wall,
    )


def _row(number: int, verdict: Verdict, session: MeetingSession, context: Context) -> tuple[Cell, ...]:
    seat, facts = verdict.seat, session.state.facts_of(verdict.seat)
    return (
        number,
        seat.unit,
        seat.display_name,
        seat.post,
        CATEGORY[seat.category],
        moment_words(verdict.signed_in_at, context.start),
        method_word(verdict.method) if verdict.signed_in_at else "",
        result_of(verdict, context),
        deputy_of(verdict),
        approver_of(verdict, facts),
        remark(verdict, facts, context),
    )
