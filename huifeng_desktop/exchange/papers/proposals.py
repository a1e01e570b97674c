"""拟处理建议: the internal sheet. Neutral suggestions with their clause; decisions lie elsewhere.

It goes to those who rule on the matter, never out with the 通报.
"""

from __future__ import annotations

from huifeng_desktop.domain.people import name_key, unit_key
from huifeng_desktop.exchange.papers.confirmed import confirmed
from huifeng_desktop.exchange.papers.setting.paper import (
    Cell,
    Column,
    Paper,
    PaperKind,
    Setting,
    heading,
    paper_title,
)
from huifeng_desktop.rules.classify import has_effect
from huifeng_desktop.rules.ledger import JudgedMeeting, Ledger, LedgerRow, ledger
from huifeng_desktop.rules.verdict import Verdict, Violation
from huifeng_desktop.service.session import MeetingSession
from huifeng_desktop.wording import VIOLATION, day, ledger_note

_COLUMNS = (
    Column("序号", 5, 6),
    Column("单位", 14, 34, Setting.LEFT, grows=True),
    Column("姓名", 9, 22, Setting.ONE_LINE),
    Column("职务", 12, 24, Setting.LEFT, grows=True),
    Column("本次情形", 8, 10),
    Column("本期累计", 9, 9),
    Column("积分", 6, 7),
    Column("提示", 22, 40, Setting.LEFT, grows=True),
    Column("计次依据", 22, 60, Setting.LEFT, grows=True),
)
_TITLE_LIMIT = 40
_SIGNATURE = "提出人：＿＿＿＿＿＿＿＿　　　审核人：＿＿＿＿＿＿＿＿　　　　　　年　　月　　日"


def proposals(session: MeetingSession, year: Ledger | None) -> Paper:
    """Everybody with a confirmed violation that counts, with what the year adds up to."""
    year = year or alone(session)
    found = counting(session)
    rows = [_row(number, one, kind, _entry(one, year)) for number, (one, kind) in enumerate(found, 1)]
    return Paper(
        PaperKind.PROPOSALS,
        paper_title(session, PaperKind.PROPOSALS),
        (*heading(session), "内部材料，不随通报印发"),
        _COLUMNS,
        tuple(rows),
        below=_below(session, year),
        signature=_SIGNATURE,
        made_at=session.now().wall,
    )


def counting(session: MeetingSession) -> list[tuple[Verdict, Violation]]:
    """The confirmed violations that lead to anything under the meeting's rules."""
    rules = session.plan.rule_set
    return [(one, kind) for one, kind in confirmed(session) if has_effect(kind, rules)]


def alone(session: MeetingSession) -> Ledger:
    """The ledger of this meeting by itself, where no year is at hand."""
    plan, sealed = session.plan, session.state.sealed is not None
    meeting = JudgedMeeting(
        session.meeting_id, plan.title, plan.start, plan.rule_set, sealed, session.verdicts()
    )
    return ledger([meeting], plan.rule_set)


def _entry(verdict: Verdict, year: Ledger) -> LedgerRow | None:
    """The person's line in the year; a transfer since then may have moved it to another unit."""
    name, unit = name_key(verdict.seat.name), unit_key(verdict.seat.unit)
    alike = [row for row in year.persons if name_key(row.name) == name]
    here = [row for row in alike if unit_key(row.unit) == unit]
    return next(iter(here or (alike if len(alike) == 1 else [])), None)


def _row(number: int, verdict: Verdict, kind: Violation, entry: LedgerRow | None) -> tuple[Cell, ...]:
    seat = verdict.seat
    return (
        number,
        seat.unit,
        seat.display_name,
        seat.post,
        VIOLATION[kind],
        f"{entry.counted} 次" if entry else "—",
        f"{entry.points:g}" if entry and entry.points else "",
        entry.suggestion if entry else "",
        _evidence(entry) if entry else "",
    )


def _evidence(entry: LedgerRow) -> str:
    return "；".join(
        f"{day(one.start)} {_short(one.title)}：{VIOLATION[one.counted]}"
        for one in entry.evidence
        if one.counted
    )


def _short(title: str) -> str:
    """A title that names the meeting beside its date, without filling the sheet."""
    return title if len(title) <= _TITLE_LIMIT else f"{title[: _TITLE_LIMIT - 1]}…"


def _below(session: MeetingSession, year: Ledger) -> tuple[str, ...]:
    rules = session.plan.rule_set
    lines = [] if counting(session) else ["目前没有经认定并计次的情形。"]
    lines += [f"依据：{rules.ladder_source or rules.source}"] if rules.ladder_source or rules.source else []
    if rules.points_note:
        lines.append(rules.points_note)
    lines.append(f"累计含本期计入台账的会议 {year.meetings} 次{ledger_note(year)}。")
    if not session.plan.counts:
        lines.append("本次会议没有列入台账，不计次。")
    lines.append("以上为按规则计算的提示，不是处理决定；如何处理由有权机关研究决定。")
    return tuple(lines)
