"""出席情况统计表: a row for every unit, the totals, and the identity written out below."""

from __future__ import annotations

from collections.abc import Sequence

from huifeng_desktop.domain.people import unit_key
from huifeng_desktop.domain.rule_set import RuleSet
from huifeng_desktop.exchange.papers.remarks import result_of
from huifeng_desktop.exchange.papers.setting.paper import (
    GAP,
    Cell,
    Column,
    Paper,
    PaperKind,
    Setting,
    heading,
    paper_title,
)
from huifeng_desktop.rules.classify import Context
from huifeng_desktop.rules.totals import Totals, total
from huifeng_desktop.rules.verdict import Disposition, Verdict
from huifeng_desktop.service.session import MeetingSession

_COLUMNS = (
    Column("序号", 5, 6),
    Column("单位", 22, 44, Setting.LEFT, grows=True),
    *(Column(name, 6, 7) for name in ("应到", "实到", "本人")),
    Column("准予代会", 9, 9),
    Column("擅自替会", 9, 9),
    *(Column(name, 6, 7) for name in ("请假", "迟到", "早退", "缺席")),
    Column("到会率", 8, 8),
    Column("备注", 24, 50, Setting.LEFT, grows=True),
)
_BLANK = "＿" * 8
_SIGNATURE = f"记录人：{_BLANK}　　　监督人：{_BLANK}　　　审核人：{_BLANK}　　　　　　年　　月　　日"


def statistics(session: MeetingSession) -> Paper:
    """出席情况统计表 as of now; units without an expected or vacant seat are left to the line below."""
    rules, context, totals = session.plan.rule_set, session.context(), session.totals()
    units = _by_unit(session.verdicts())
    rows = [_row(number, unit, rules, context) for number, unit in enumerate(units, 1)]
    return Paper(
        PaperKind.STATISTICS,
        paper_title(session, PaperKind.STATISTICS),
        heading(session),
        _COLUMNS,
        tuple(rows),
        sums=(("", "合计", *_figures(totals), ""),),
        below=_below(totals, rules),
        signature=_SIGNATURE,
        made_at=session.now().wall,
    )


def identity_line(totals: Totals) -> str:
    """应到 as the sum of its five parts, and the rates."""
    parts = (
        f"本人 {totals.in_person} ＋ 准予代会 {totals.approved_deputy} ＋ "
        f"擅自替会 {totals.unapproved_substitute} ＋ 请假（未派人）{totals.on_leave} ＋ 缺席 {totals.absent}"
    )
    rates = (
        f"实到 {totals.present}，到会率 {totals.attendance_rate}，本人到会率 {totals.in_person_rate}，"
        f"准时率 {totals.punctual_rate}"
    )
    return f"应到 {totals.expected} ＝ {parts}{GAP}{rates}"


def others_line(totals: Totals) -> str:
    """Leave in both ways of speaking, and those who are not in 应到."""
    words = [
        f"请假合计 {totals.leave_all} 人（派人代会 {totals.approved_deputy} 人，未派人 {totals.on_leave} 人）"
    ]
    words.append(f"列席 {totals.observers} 人，到 {totals.observers_present} 人")
    words.append(f"工作人员 {totals.staff} 人")
    if totals.vacant:
        words.append(f"职务空缺 {totals.vacant} 个，不计应到")
    return "；".join(words)


def _by_unit(verdicts: Sequence[Verdict]) -> list[list[Verdict]]:
    units: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        if verdict.is_expected or verdict.disposition is None:
            units.setdefault(unit_key(verdict.seat.unit), []).append(verdict)
    return list(units.values())


def _row(number: int, unit: list[Verdict], rules: RuleSet, context: Context) -> tuple[Cell, ...]:
    totals = total(unit, rules)
    return (number, unit[0].seat.unit, *_figures(totals), _remarks(unit, totals, context))


def _figures(totals: Totals) -> tuple[Cell, ...]:
    return (
        totals.expected,
        totals.present,
        totals.in_person,
        totals.approved_deputy,
        totals.unapproved_substitute,
        totals.on_leave,
        totals.late,
        totals.left_early,
        totals.absent,
        totals.attendance_rate,
    )


def _remarks(unit: list[Verdict], totals: Totals, context: Context) -> str:
    """Who did not simply come in person and in time."""
    words = [f"职务空缺 {totals.vacant} 个"] if totals.vacant else []
    for verdict in unit:
        in_person = verdict.disposition in (Disposition.IN_PERSON, None)
        if in_person and not (verdict.is_late or verdict.has_left_early or verdict.pending):
            continue
        doubt = "（待认定）" if verdict.pending else ""
        words.append(f"{verdict.seat.name}{result_of(verdict, context).removeprefix('本人到会，')}{doubt}")
    return "；".join(words)


def _below(totals: Totals, rules: RuleSet) -> tuple[str, ...]:
    lines = [identity_line(totals), others_line(totals)]
    if rules.in_person_only:
        lines.append("本次会议实到只计本人。")
    if rules.quorum is not None:
        least = f"{rules.quorum.numerator}/{rules.quorum.denominator}"
        wanted = f"超过应到的 {least}" if rules.quorum.strict else f"不少于应到的 {least}"
        met = "达到" if rules.quorum.is_met(totals.present, totals.expected) else "未达到"
        lines.append(f"法定人数：实到须{wanted}；应到 {totals.expected}，实到 {totals.present}，{met}。")
    return tuple(lines)
