"""Cases in words: the line in the list, its tag, and what each decision would lead to.

The effect of a decision is not described but worked out: the case is judged once more with it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from huifeng_desktop.domain.attendance import Decision, Ruling
from huifeng_desktop.domain.rule_set import RuleSet
from huifeng_desktop.rules.classify import classify_seat, counts_in_ladder, has_effect
from huifeng_desktop.rules.verdict import Disposition, Flag, Reason, Verdict, Violation
from huifeng_desktop.service.after.rulings import Case
from huifeng_desktop.service.session import MeetingSession
from huifeng_desktop.ui.kit.marks import Mark
from huifeng_desktop.ui.theme import Tone
from huifeng_desktop.wording import (
    DECISION,
    DISPOSITION,
    VIOLATION,
    clock_time,
    day,
    reason_sentence,
    result_words,
)

_TITLES = {Decision.EXCUSED: "有正当理由", Decision.DEFERRED: "暂缓"}
_NEEDS_REASON = (Decision.EXCUSED, Decision.APPROVED_DEPUTY)
_EXPLAINED = {
    Decision.IN_PERSON: "迟到、早退都不记。",
    Decision.EXCUSED: "事实照记；理由写入记录。",
    Decision.APPROVED_DEPUTY: "按准予代会统计；理由写入记录。",
    Decision.ON_LEAVE: "按请假统计。",
}


@dataclass(frozen=True, slots=True)
class CaseTag:
    """The state of a case: word, tone and shape."""

    text: str
    tone: Tone
    mark: Mark | None = None


APPEALED = CaseTag("有申诉，待处理", Tone.OVER, Mark.SQUARE)
"""Somebody objects to what was ruled, and nobody has decided on it."""


@dataclass(frozen=True, slots=True)
class ChoiceWords:
    """One decision on a card."""

    title: str
    aside: str
    explanation: str


def needs_reason(decision: Decision) -> bool:
    """Whether the decision goes against the evidence and must say why."""
    return decision in _NEEDS_REASON


def decision_title(decision: Decision) -> str:
    """The decision in as few words as a card takes."""
    return _TITLES.get(decision, DECISION[decision])


def case_tag(verdict: Verdict) -> CaseTag:
    """待认定, a deadline, what was ruled, or simply how the seat ended."""
    due = _due(verdict, "explanation_due")
    if due is not None:
        return _due_tag(due, "暂缓，{}前", "暂缓已到期")
    if verdict.pending:
        return CaseTag("待认定", Tone.OVER, Mark.SQUARE)
    if Flag.RULED in verdict.flags:
        return CaseTag(f"已认定　{_ruled_word(verdict)}", Tone.NEUTRAL, Mark.CHECK)
    oral = _due(verdict, "leave_oral")
    if oral is not None and verdict.disposition is Disposition.ON_LEAVE:
        return _due_tag(oral, "{}前补", "")
    if verdict.violations:
        return CaseTag(VIOLATION[verdict.violations[0]], Tone.WARN, Mark.DOT)
    word = DISPOSITION[verdict.disposition] if verdict.disposition else "空缺"
    return CaseTag(word, Tone.OK if verdict.is_present else Tone.NEUTRAL)


def _due(verdict: Verdict, code: str) -> Reason | None:
    return next((one for one in verdict.reasons if one.code == code), None)


def _due_tag(due: Reason, until: str, over: str) -> CaseTag:
    """What is waited for, until its day is past."""
    if due.detail.get("expired") or due.at is None:
        return CaseTag(over, Tone.OVER, Mark.SQUARE)
    return CaseTag(until.format(day(due.at)), Tone.WARN, Mark.TRIANGLE)


def _ruled_word(verdict: Verdict) -> str:
    if Flag.EXCUSED in verdict.flags:
        return "有正当理由"
    if verdict.violations:
        return VIOLATION[verdict.violations[0]]
    return DISPOSITION[verdict.disposition] if verdict.disposition else ""


def question(verdict: Verdict) -> str:
    """The heading's tag for an open case: what it looks like, with a question mark."""
    if Flag.SIGNED_THEN_GONE in verdict.flags:
        return "签到后离场？"
    if Flag.SEEN_NOT_SIGNED in verdict.flags:
        return "到会未签到？"
    if Flag.PHONE_UNCONFIRMED in verdict.flags:
        return "申报未确认？"
    if Flag.DEVICE_SHARED in verdict.flags:
        return "代人签到？"
    if Flag.LEAVE_AFTER_START in verdict.flags:
        return "事后请假？"
    if Flag.LEAVE_ORAL in verdict.flags and verdict.disposition is Disposition.ON_LEAVE:
        return "手续未补？"
    return f"{DISPOSITION[verdict.disposition]}？" if verdict.disposition else ""


def case_line(verdict: Verdict) -> str:
    """The one line that tells the case in the list."""
    found = {reason.code: reason for reason in verdict.reasons}
    if "signed_then_gone" in found:
        return f"{clock_time(verdict.signed_in_at)} 签到，{clock_time(found['signed_then_gone'].at)} 清点不在"
    if verdict.stood_in_by is not None:
        return _with_late(_deputy_line(verdict, found), verdict)
    for code in ("seen_not_signed", "phone_unconfirmed", "device_shared", "leave_after_start"):
        if code in found:
            return reason_sentence(found[code])
    if "leave_oral" in found:
        return _oral_line(found["leave_oral"])
    if verdict.disposition is Disposition.ABSENT:
        return "未到会，请假未批" if "leave_not_approved" in found else "未到会，没有请假"
    if "leave_cancelled" in found:
        return f"{clock_time(verdict.signed_in_at)} 签到，销假"
    return _plain_line(verdict)


def _oral_line(reason: Reason) -> str:
    until = day(reason.at) if reason.at else ""
    return f"口头请假，{until}前没有补手续" if reason.detail.get("expired") else "口头请假，待补手续"


def _deputy_line(verdict: Verdict, found: dict[str, Reason]) -> str:
    deputy, at = verdict.stood_in_by, clock_time(verdict.signed_in_at)
    who = f"{deputy.post}{deputy.name}" if deputy else ""
    if "deputy_approved" in found:
        return f"{at} {who}经批准代会"
    return f"{at} {who}来代，{'未经批准' if 'deputy_refused' in found else '未见批准'}"


def _plain_line(verdict: Verdict) -> str:
    signed = f"{clock_time(verdict.signed_in_at)} 签到" if verdict.signed_in_at else result_words(verdict)
    left = f"，{clock_time(verdict.left_at)} 离场" if verdict.left_at else ""
    early = f"，早退 {verdict.left_early_minutes} 分" if verdict.left_early_minutes else ""
    return _with_late(signed, verdict) + left + early


def _with_late(words: str, verdict: Verdict) -> str:
    return f"{words}，迟到 {verdict.late_minutes} 分" if verdict.late_minutes else words


def choice_words(case: Case, decision: Decision, session: MeetingSession) -> ChoiceWords:
    """What the decision is and what follows from it under this meeting's rule set."""
    if decision is Decision.DEFERRED:
        aside = f"要求 {day(case.deadline)}前书面说明"
        return ChoiceWords(decision_title(decision), aside, "")
    verdict = _judged_with(case, decision, session)
    rules = session.plan.rule_set
    explanation = _basis(verdict, rules) or _EXPLAINED.get(decision, "")
    return ChoiceWords(decision_title(decision), effect(verdict, rules, session.plan.counts), explanation)


def _judged_with(case: Case, decision: Decision, session: MeetingSession) -> Verdict:
    seat = case.verdict.seat
    context = session.context()
    ruling = Ruling("", decision, "", "", context.as_of)
    facts = replace(session.state.facts_of(seat), ruling=ruling)
    return classify_seat(seat, facts, context)


def effect(verdict: Verdict, rules: RuleSet, counts: bool) -> str:
    """计 1 次, 扣 2 分, 不计, with what is kept beside it."""
    if Flag.EXEMPT in verdict.flags:
        return "不计入处理"
    if verdict.counted is None:
        return "不计" if rules.has_consequences else "仅统计，不计"
    counted = [one for one in verdict.violations if has_effect(one, rules)]
    counted = counted if rules.each_counts else counted[:1]
    words = [_times(counted, rules), _points(counted, rules)]
    beside = [one for one in verdict.violations if one not in counted]
    kept = f"（{'、'.join(_fact(one, verdict) for one in beside)}一并记录，不另计）" if beside else ""
    unused = "" if counts else "；本次会议不入年度台账"
    return "，".join(filter(None, words)) + kept + unused


def _times(counted: list[Violation], rules: RuleSet) -> str:
    times = sum(counts_in_ladder(one, rules) for one in counted)
    return f"计 {times} 次" if times else ""


def _points(counted: list[Violation], rules: RuleSet) -> str:
    points = sum(rules.points.get(one.value, 0) for one in counted)
    return f"扣 {points:g} 分" if points else ""


def _fact(violation: Violation, verdict: Verdict) -> str:
    if violation is Violation.LATE and verdict.late_minutes:
        return f"迟到 {verdict.late_minutes} 分"
    if violation is Violation.LEFT_EARLY and verdict.left_early_minutes:
        return f"早退 {verdict.left_early_minutes} 分"
    return VIOLATION[violation]


def _basis(verdict: Verdict, rules: RuleSet) -> str:
    """The source of the rule, and why two violations are one count; "" where there is nothing to say."""
    if verdict.counted is None:
        only_told = bool(verdict.violations) and rules.has_consequences
        return f"{_fact(verdict.violations[0], verdict)}照记；本规则不计次、不扣分。" if only_told else ""
    source = f"依据：{rules.source}。" if rules.source else ""
    if len(verdict.violations) < 2 or rules.each_counts:
        return source
    first, second = (VIOLATION[one] for one in verdict.violations[:2])
    return f"{source}{first}重于{second}，一次会议只计一次。"
