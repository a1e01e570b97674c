"""发言用时表: every agenda item, what it was allowed and what it took."""

from __future__ import annotations

from huifeng_desktop.domain.people import display_name
from huifeng_desktop.domain.speaker_timer import Run
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
from huifeng_desktop.rules import speaking as rules
from huifeng_desktop.rules.speaking import Share, SpeakingRow, SpeakingTotals
from huifeng_desktop.service.session import MeetingSession
from huifeng_desktop.wording import ITEM_KIND, clock_time, correction_words, duration_words, minutes_seconds

_COLUMNS = (
    Column("序号", 5, 6),
    Column("议题", 18, 56, Setting.LEFT, grows=True),
    Column("发言人", 9, 28, Setting.ONE_LINE),
    Column("单位", 14, 36, Setting.LEFT, grows=True),
    Column("类型", 10, 12),
    *(Column(name, 8, 9) for name in ("限时", "另加", "实际", "暂停", "超时")),
    Column("更正说明", 11, 40, Setting.LEFT, grows=True),
)
_UNTIMED = {Run.SKIPPED: "跳过", Run.IDLE: "未发言"}


def speaking_times(session: MeetingSession) -> Paper:
    """发言用时表 as of now."""
    tolerance = session.plan.rule_set.over_tolerance_s
    rows = rules.speaking(session.state, session.now(), tolerance)
    totals = rules.speaking_totals(rows)
    return Paper(
        PaperKind.SPEAKING,
        paper_title(session, PaperKind.SPEAKING),
        heading(session, attendance=False),
        _COLUMNS,
        tuple(_row(row) for row in rows),
        sums=_sums(rows, totals),
        below=(
            _summary(session, rows, totals),
            *_groups(rows),
            f"超时在 {tolerance} 秒以内的不列；另加是主持人当场增减的时间。",
        ),
        made_at=session.now().wall,
    )


def _row(row: SpeakingRow) -> tuple[Cell, ...]:
    return (
        row.seq,
        row.item.title,
        display_name(row.item.speaker),
        row.item.unit,
        ITEM_KIND[row.kind],
        minutes_seconds(row.limit_s) or "不限",
        minutes_seconds(row.granted_s) if row.granted_s else "",
        minutes_seconds(row.spoken_s) if row.spoken_s is not None else _UNTIMED.get(row.run, ""),
        minutes_seconds(row.paused_s) if row.paused_s else "",
        minutes_seconds(row.over_s) if row.over_s else "",
        _corrections(row),
    )


def _corrections(row: SpeakingRow) -> str:
    return "；".join(correction_words(one) for one in row.corrections)


def _sums(rows: list[SpeakingRow], totals: SpeakingTotals) -> tuple[tuple[Cell, ...], ...]:
    reports = [row for row in rows if row.kind.is_report]
    return (
        _sum("汇报小计", reports, totals.reports_planned_s, totals.reports_spoken_s),
        _sum("合计", rows, totals.planned_s, totals.spoken_s),
    )


def _sum(name: str, rows: list[SpeakingRow], planned_s: int, spoken_s: int) -> tuple[Cell, ...]:
    granted_s = sum(row.granted_s for row in rows)
    paused_s = sum(row.paused_s for row in rows)
    over_s = sum(row.over_s for row in rows)
    return (
        "",
        name,
        "",
        "",
        f"{len(rows)} 项",
        minutes_seconds(planned_s),
        minutes_seconds(granted_s) if granted_s else "",
        minutes_seconds(spoken_s),
        minutes_seconds(paused_s) if paused_s else "",
        minutes_seconds(over_s) if over_s else "",
        "",
    )


def _groups(rows: list[SpeakingRow]) -> tuple[str, ...]:
    """Totals by type and unit; by speaker only where somebody spoke more than once."""
    people = rules.shares(rows, lambda row: display_name(row.item.speaker))
    named = (
        ("按类型", rules.shares(rows, lambda row: ITEM_KIND[row.kind])),
        ("按单位", rules.shares(rows, lambda row: row.item.unit)),
        ("按发言人", people if any(one.count > 1 for one in people) else []),
    )
    return tuple(f"{name}：{'；'.join(map(_share_words, group))}" for name, group in named if group)


def _share_words(share: Share) -> str:
    often = f" {share.count} 次" if share.count > 1 else ""
    over = f"（超时 {minutes_seconds(share.over_s)}）" if share.over_s else ""
    return f"{share.name}{often} {minutes_seconds(share.spoken_s)}{over}"


def _summary(session: MeetingSession, rows: list[SpeakingRow], totals: SpeakingTotals) -> str:
    """Reports planned and spoken, how many ran over, and how long the whole meeting took."""
    planned, spoken = minutes_seconds(totals.reports_planned_s), minutes_seconds(totals.reports_spoken_s)
    words = [f"汇报计划 {planned}，实际 {spoken}", f"超时 {totals.over_count} 项"]
    opened, adjourned = session.state.opened_at, session.state.adjourned_at
    if opened and adjourned:
        lasted = duration_words(int((adjourned - opened).total_seconds()))
        words.append(f"全场 {clock_time(opened)} 至 {clock_time(adjourned)}，历时 {lasted}")
    return GAP.join(words)
