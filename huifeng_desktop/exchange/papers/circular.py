"""通报 (草稿): what happened, from confirmed rulings only; who has not been ruled on is not named.

Reasons of leave are 因公, 因病 or 其他. What the ladder says stands on a sheet of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from huifeng_desktop.exchange.papers.confirmed import confirmed, unconfirmed
from huifeng_desktop.exchange.papers.remarks import leave_kind
from huifeng_desktop.exchange.papers.setting.letter import Letter
from huifeng_desktop.rules.totals import Totals
from huifeng_desktop.rules.verdict import Disposition, Flag, Verdict, Violation
from huifeng_desktop.service.printed.choices import PaperOptions
from huifeng_desktop.service.session import MeetingSession
from huifeng_desktop.wording import clock_time, day

_KINDS = (
    (Violation.ABSENT, "缺席"),
    (Violation.UNAPPROVED_SUBSTITUTE, "未经批准由他人代会"),
    (Violation.LATE, "迟到"),
    (Violation.LEFT_EARLY, "早退"),
)
_NUMBERS = "一二三四"


def circular(session: MeetingSession, options: PaperOptions, letter: Letter) -> None:
    """Write the draft."""
    plan = session.plan
    letter.mark("草稿（供审核，未经签发不得印发）")
    letter.blank()
    letter.title(circular_title(session))
    letter.blank()
    letter.body(_opening(session))
    letter.heading("一、总体情况")
    letter.body(_overall(session.totals()))
    letter.heading("二、请假情况")
    letter.body(_leave(session, options))
    letter.heading("三、存在的问题")
    _write_problems(letter, session, options)
    letter.heading("四、有关要求")
    letter.body(_demand(session))
    letter.body(
        "各单位要严格执行会议签到和请销假制度，确因特殊情况不能参会的，须于会前书面请假，经批准后方可由他人代会。"
    )
    letter.blank()
    letter.signed(plan.convener or "（印发单位）")
    letter.signed("年　　月　　日")


def circular_title(session: MeetingSession) -> str:
    """关于…参会情况的通报."""
    return f"关于{session.plan.title}参会情况的通报"


def _opening(session: MeetingSession) -> str:
    plan, totals = session.plan, session.totals()
    start = plan.start
    where = f"在{plan.place}" if plan.place else ""
    who = plan.convener or "（召集单位）"
    named = plan.title if plan.title.endswith("会") else f"“{plan.title}”"
    return (
        f"{start:%Y}年{start.month}月{start.day}日{clock_time(start)}，{who}{where}召开{named}，"
        f"通知参会 {totals.expected} 人。现将参会情况通报如下。"
    )


def _overall(totals: Totals) -> str:
    parts = [f"应到 {totals.expected} 人，实到 {totals.present} 人，到会率 {totals.attendance_rate}"]
    parts.append(f"其中本人到会 {totals.in_person} 人，本人到会率 {totals.in_person_rate}")
    if totals.approved_deputy:
        parts.append(f"经批准派员代会 {totals.approved_deputy} 人")
    words = "；".join(parts) + "。"
    if totals.observers:
        words += f"列席 {totals.observers} 人，到会 {totals.observers_present} 人。"
    return words


def _leave(session: MeetingSession, options: PaperOptions) -> str:
    """Those who kept to the procedure, with the kind of reason only; leaders are outside the circular."""
    exempt = session.plan.rule_set.exempt
    away = [
        one for one in session.verdicts() if _is_proper_leave(one) and one.seat.category.value not in exempt
    ]
    if not away:
        return "各参会单位无人办理请假手续。"
    kinds = [_leave_kind(session, one) for one in away]
    counts = Counter(kinds)
    split = "、".join(f"{kind} {counts[kind]} 人" for kind in ("因公", "因病", "其他") if counts[kind])
    listed = "、".join(_on_leave(one, kind, options) for one, kind in zip(away, kinds, strict=True))
    return f"各参会单位按规定办理请假手续 {len(away)} 人（{split}）：{listed}。"


def _is_proper_leave(verdict: Verdict) -> bool:
    used = verdict.disposition in (Disposition.ON_LEAVE, Disposition.APPROVED_DEPUTY)
    oral = Flag.LEAVE_ORAL in verdict.flags and Flag.RULED not in verdict.flags
    return verdict.is_expected and used and not (verdict.pending or oral)


def _leave_kind(session: MeetingSession, verdict: Verdict) -> str:
    leave = session.state.facts_of(verdict.seat).leave
    return leave_kind(leave.reason) if leave else "其他"


def _on_leave(verdict: Verdict, kind: str, options: PaperOptions) -> str:
    deputy = verdict.stood_in_by
    if not options.circular_names:
        return f"{verdict.seat.unit}（{kind}{'，已派员代会' if deputy else ''}）"
    sent = f"，{deputy.post}{deputy.name}代会" if deputy else ""
    return f"{verdict.seat.unit}{verdict.seat.name}（{kind}{sent}）"


# -- problems --------------------------------------------------------------------------------------


def _write_problems(letter: Letter, session: MeetingSession, options: PaperOptions) -> None:
    found = confirmed(session)
    waiting = unconfirmed(session)
    if not found and not waiting:
        letter.body("本次会议未发现缺席、替会、迟到、早退的情况。")
    elif not found:
        letter.body("尚无经认定的问题。")
    number = 0
    for kind, words in _KINDS:
        group = [one for one, label in found if label is kind]
        if group:
            head = f"（{_NUMBERS[number]}）{words} {len(group)} 人次。"
            letter.subheading(head, f"{_named(group, kind, options)}。")
            number += 1
    if waiting:
        letter.body(f"另有 {waiting} 件尚未认定，不列入本通报，认定后另行处理。")


def _named(group: Sequence[Verdict], kind: Violation, options: PaperOptions) -> str:
    if not options.circular_names:
        units = Counter(one.seat.unit for one in group)
        return "、".join(unit if count == 1 else f"{unit}（{count} 人次）" for unit, count in units.items())
    return "、".join(_person(one, kind) for one in group)


def _person(verdict: Verdict, kind: Violation) -> str:
    seat, more = verdict.seat, ""
    if kind is Violation.LATE and verdict.late_minutes:
        more = f"（迟到 {verdict.late_minutes} 分钟）"
    if kind is Violation.LEFT_EARLY and verdict.left_early_minutes:
        more = f"（提前 {verdict.left_early_minutes} 分钟离场）"
    if kind is Violation.UNAPPROVED_SUBSTITUTE and verdict.stood_in_by:
        deputy = verdict.stood_in_by
        more = f"（由{deputy.post}{deputy.name}到会）"
    return f"{seat.unit}{seat.post}{seat.name}{more}"


def _demand(session: MeetingSession) -> str:
    until = explain_until(session)
    to = session.plan.convener or "（印发单位）"
    return f"请存在上述问题的单位和个人于 {day(until)}前向{to}书面说明情况。"


def explain_until(session: MeetingSession) -> datetime:
    """Until when the persons named are to explain themselves, if it is asked for now."""
    return session.context().explain_until(session.now().wall)
