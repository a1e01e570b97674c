"""What is known of one case, in the order in which it happened. No Qt widgets, no clock.

Undone entries stay in sight: a ruling may have to be explained years later.
"""

from __future__ import annotations

from datetime import datetime

from huifeng_desktop.domain.attendance import Decision
from huifeng_desktop.domain.events import Event, EventKind
from huifeng_desktop.domain.imported import Approval
from huifeng_desktop.rules.verdict import Verdict
from huifeng_desktop.service.after.rulings import Case
from huifeng_desktop.service.session import MeetingSession
from huifeng_desktop.ui.kit.choice import EvidenceLine
from huifeng_desktop.wording import DECISION, clock_time, day, method_word, reason_sentence

_APPROVAL = {
    Approval.APPROVED: "已批准",
    Approval.NOT_APPROVED: "未获批准",
    Approval.ORAL: "口头请假，待补手续",
}
_WRITERS = {"desk": "签到台", "command": "批量导入"}
_CLAIMS: dict[bool | None, str] = {True: "，注明已批准", False: "，未经批准", None: "，称代为参加"}
_MISSING = {"no_arrival": "没有签到", "no_leave": "没有请假记录，没有代会批准"}
_Dated = tuple[datetime | None, str]


_OVERDUE = {"leave_oral": "口头请假补手续的期限已过", "explanation_due": "书面说明的期限已过"}
"""What a person did not do until a day that is past."""


def evidence(case: Case, session: MeetingSession) -> list[EvidenceLine]:
    """Lines with their time ("14:36", "3 月 9 日", "—"), oldest first."""
    start = session.plan.start
    dated = [_start_line(session), *_missing(case.verdict)]
    for event in case.events:
        if event.kind is not EventKind.ANNULLED and (line := _line(event, case, session)) is not None:
            dated.append(line)
    dated.sort(key=lambda one: one[0] or start)
    return [EvidenceLine(when_words(moment, start), text) for moment, text in dated]


def when_words(moment: datetime | None, meeting_day: datetime) -> str:
    """The time on the meeting's day, the date on another, a dash where none is known."""
    if moment is None:
        return "—"
    same = moment.astimezone().date() == meeting_day.astimezone().date()
    return clock_time(moment) if same else day(moment.astimezone())


def _start_line(session: MeetingSession) -> _Dated:
    opened, start = session.state.opened_at, session.plan.start
    if opened is not None and session.context().late_base == opened and opened > start:
        return opened, "宣布开会（迟到从此时算）"
    return start, "会议开始（按通知时间）"


def _missing(verdict: Verdict) -> list[_Dated]:
    found: list[_Dated] = [(None, _MISSING[one.code]) for one in verdict.reasons if one.code in _MISSING]
    found += [(one.at, reason_sentence(one)) for one in verdict.reasons if one.code == "device_shared"]
    found += [(one.at, _OVERDUE[one.code]) for one in verdict.reasons if one.detail.get("expired")]
    if any(one.code == "deputy_unconfirmed" for one in verdict.reasons):
        return [*found, (None, "没有见到代会批准")]
    return found


def _line(event: Event, case: Case, session: MeetingSession) -> _Dated | None:
    words = _words(event, case, session)
    if words is None:
        return None
    annulled = session.state.annulled.get(event.event_id)
    if annulled is not None:
        words += f"（已撤销：{annulled.body.get('reason') or '未写原因'}）"
    return _moment(event), words


def _moment(event: Event) -> datetime | None:
    """When it happened; a leave from the office's file does not say."""
    if event.kind is not EventKind.LEAVE_RECORDED:
        return event.at
    requested = event.body.get("requested_at")
    return datetime.fromisoformat(requested) if requested else None


def _words(event: Event, case: Case, session: MeetingSession) -> str | None:
    body = event.body
    match event.kind:
        case EventKind.SIGN_IN:
            return _sign_in(event, case)
        case EventKind.PHONE_PROPOSED:
            return "用手机申报签到，等待确认"
        case EventKind.PROPOSAL_REFUSED:
            return f"{body.get('by', '')}没有确认手机申报：{body.get('reason', '')}"
        case EventKind.VOUCHED:
            return f"{body.get('by', '')}核实本人在场"
        case EventKind.SIGNATURE:
            return "手机手写签名"
        case EventKind.EXIT:
            return "经批准离场" if body.get("approved") else "离场"
        case EventKind.RETURN:
            return "返回"
        case EventKind.LEAVE_RECORDED:
            return _leave(event)
        case EventKind.DEPUTY_RECORDED:
            by = f"（{body['approved_by']}）" if body.get("approved_by") else ""
            return f"{_deputy(event)}代会{'获准' if body.get('approved') else '未获批准'}{by}"
        case EventKind.HEADCOUNT:
            posts = set(session.state.posts_of(case.verdict.seat.seat_id))
            return "会中清点：在场" if posts & set(body.get("seen", ())) else "会中清点：不在场"
        case EventKind.RULING:
            why = f"（{body['reason']}）" if body.get("reason") else ""
            return f"{body.get('by', '')}认定：{DECISION[Decision(body['decision'])]}{why}"
        case EventKind.APPEAL:
            return f"{body.get('by', '')}提出申诉：{body.get('why', '')}"
        case EventKind.APPEAL_CLOSED:
            outcome = "改变原认定" if body.get("outcome") == "changed" else "维持原认定"
            return f"{body.get('by', '')}处理申诉：{outcome}（{body.get('why', '')}）"
        case EventKind.NOTIFIED:
            whom = "" if event.subject else "全体"
            return f"会前已用{body.get('means', '')}通知{whom}（记录人：{body.get('by', '')}）"
    return None


def _sign_in(event: Event, case: Case) -> str:
    how = [method_word(str(event.body.get("method", "")))]
    if event.body.get("confirmed_by"):
        how.append(f"{event.body['confirmed_by']} {clock_time(event.recorded_at)} 确认，按申报时间记")
    how += [name for role, name in _WRITERS.items() if event.writer.endswith(role)]
    inside = f"（{'，'.join(filter(None, how))}）"
    verdict = case.verdict
    late = verdict.late_minutes if verdict.signed_in_at == event.at else 0
    after = f"，迟到 {late} 分钟" if late else ""
    if event.body.get("deputy"):
        claim = _CLAIMS[event.body.get("deputy_approved")]
        return f"{_deputy(event)}到会{claim}{inside}{after}"
    return f"签到{inside}{after}"


def _leave(event: Event) -> str:
    body = event.body
    parts = [f"事由：{body['reason']}" if body.get("reason") else ""]
    parts.append(f"批准人：{body['approved_by']}" if body.get("approved_by") else "")
    parts.append(f"派{_deputy(event)}代会" if body.get("deputy") else "")
    inside = "，".join(filter(None, parts))
    return f"请假，{_APPROVAL[Approval(body.get('approval', 'approved'))]}" + (
        f"（{inside}）" if inside else ""
    )


def _deputy(event: Event) -> str:
    deputy = event.body.get("deputy") or {}
    return f"{deputy.get('post', '')}{deputy.get('name', '')}"
