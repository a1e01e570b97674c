"""备注: those facts about a seat that the other columns do not tell, in few words.

Leave reasons are printed as 因公, 因病 or 其他 only (DOMAIN §7, §9); the rest stays in the record.
"""

from __future__ import annotations

import re
from datetime import datetime

from huifeng_desktop.domain.attendance import Decision, SeatFacts
from huifeng_desktop.domain.imported import Approval
from huifeng_desktop.domain.people import display_name, name_key
from huifeng_desktop.exchange.papers.setting.paper import moment_words
from huifeng_desktop.rules.classify import Context
from huifeng_desktop.rules.verdict import Disposition, Flag, Verdict
from huifeng_desktop.wording import DECISION, DISPOSITION, FLAG, clock_time, day, result_words

_SICKNESS = re.compile("病|医|诊|术后|手术|体检|疗养|住院|产假|孕")
_DUTY = re.compile(
    "公务|因公|公差|出差|会议|开会|参会|培训|学习|调研|检查|督查|考察|招商|值班|接待|陪同|执行任务|防汛"
)
_TOLD = (
    Flag.LEAVE_CANCELLED,
    Flag.LEAVE_NOT_APPROVED,
    Flag.LEAVE_AFTER_START,
    Flag.SEEN_NOT_SIGNED,
    Flag.DEPUTY_UNCONFIRMED,
    Flag.CAME_AFTER_SUBSTITUTE,
    Flag.CAME_AFTER_DEPUTY,
    Flag.PHONE_UNCONFIRMED,
    Flag.VERY_LATE,
)


def leave_kind(reason: str) -> str:
    """因公, 因病 or 其他; a reason that names both is 因病."""
    if _SICKNESS.search(reason):
        return "因病"
    return "因公" if _DUTY.search(reason) else "其他"


def result_of(verdict: Verdict, context: Context) -> str:
    """结果 as printed: 未到 while nobody can be missed yet, and for those who need not come."""
    if verdict.disposition is None:
        return "—"
    if verdict.disposition is Disposition.ABSENT and not (verdict.is_expected and context.has_begun):
        return "未到"
    words = result_words(verdict)
    return words if verdict.is_expected else words.replace(DISPOSITION[Disposition.IN_PERSON], "到会")


def deputy_of(verdict: Verdict) -> str:
    """代会人及职务."""
    deputy = verdict.stood_in_by
    if deputy is None:
        return ""
    return f"{display_name(deputy.name)}（{deputy.post}）" if deputy.post else display_name(deputy.name)


def approver_of(verdict: Verdict, facts: SeatFacts) -> str:
    """批准人 of the deputy who came, else of the leave."""
    word, deputy, leave = facts.deputy_word, verdict.stood_in_by, facts.leave
    named = word is not None and deputy is not None and name_key(word.deputy.name) == name_key(deputy.name)
    if word is not None and named and word.approved and word.approved_by:
        return display_name(word.approved_by)
    used = verdict.disposition in (Disposition.ON_LEAVE, Disposition.APPROVED_DEPUTY)
    if leave is None or leave.approval is Approval.NOT_APPROVED:
        return ""
    return display_name(leave.approved_by) if used or Flag.LEAVE_CANCELLED in verdict.flags else ""


def remark(verdict: Verdict, facts: SeatFacts, context: Context) -> str:
    """备注 of one seat."""
    if verdict.disposition is None:
        return FLAG[Flag.VACANT]
    parts = [_leave(verdict, facts, context)]
    parts += [FLAG[flag] for flag in verdict.flags if flag in _TOLD]
    parts += [_going(verdict, context.start), _gone(verdict), _ruling(verdict, context)]
    if verdict.pending and Flag.DEFERRED not in verdict.flags:
        parts.append("待认定")
    return "；".join(filter(None, parts))


def _leave(verdict: Verdict, facts: SeatFacts, context: Context) -> str:
    if facts.leave is None or Flag.LEAVE_NOT_APPROVED in verdict.flags:
        return ""
    kind = leave_kind(facts.leave.reason)
    if Flag.LEAVE_ORAL in verdict.flags:
        return f"{kind}，口头请假待补（{day(context.oral_deadline)}前）"
    used = verdict.disposition in (Disposition.ON_LEAVE, Disposition.APPROVED_DEPUTY)
    return f"{kind}请假" if used else ""


def _going(verdict: Verdict, start: datetime) -> str:
    if verdict.left_at is None:
        return ""
    approved = "经批准" if Flag.LEFT_WITH_APPROVAL in verdict.flags else ""
    return f"{moment_words(verdict.left_at, start)} {approved}离场"


def _gone(verdict: Verdict) -> str:
    if Flag.SIGNED_THEN_GONE not in verdict.flags:
        return ""
    at = next((one.at for one in verdict.reasons if one.code == "signed_then_gone"), None)
    return f"{FLAG[Flag.SIGNED_THEN_GONE]}（{clock_time(at)} 清点不在）"


def _ruling(verdict: Verdict, context: Context) -> str:
    """Who ruled what; the ruling's own words may hold private matters and stay in the record."""
    ruling = next((one for one in verdict.reasons if one.code == "ruling"), None)
    if ruling is None:
        return ""
    decision = Decision(ruling.detail["decision"])
    head = "暂缓，要求书面说明" if decision is Decision.DEFERRED else f"已认定：{DECISION[decision]}"
    return f"{head}（{str(ruling.detail['by']).strip()}）"
