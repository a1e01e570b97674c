"""操作记录 in words: what each kind of event is called, and what one says by itself.

An event's *value* is what holds after it ("14:22 签到（键入）"); the value of the event before it in
the same matter is what held before. A kind that is not told here is shown by its name, never left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from huifeng_desktop.domain.attendance import CallWord, Decision
from huifeng_desktop.domain.events import Event, EventKind
from huifeng_desktop.domain.imported import Approval
from huifeng_desktop.domain.people import display_name
from huifeng_desktop.service.door.sign_in import OutcomeCode
from huifeng_desktop.wording import DECISION, clock_step_words, clock_time, day, method_word, minutes_seconds

NAMES = {
    EventKind.MEETING_CREATED: "新建会议",
    EventKind.MEETING_CHANGED: "改会议信息",
    EventKind.ROSTER_LOADED: "导入名单",
    EventKind.SEAT_ADDED: "名单加人、改人",
    EventKind.AGENDA_LOADED: "导入议程",
    EventKind.ITEM_CHANGED: "改议题",
    EventKind.ITEM_REMOVED: "删议题",
    EventKind.AGENDA_REORDERED: "调议程次序",
    EventKind.QUEUE_JOINED: "报名发言",
    EventKind.QUEUE_LEFT: "取消报名",
    EventKind.LEAVE_RECORDED: "请假",
    EventKind.DEPUTY_RECORDED: "核实代会",
    EventKind.SIGN_IN_OPENED: "恢复签到",
    EventKind.SIGN_IN_CLOSED: "停止签到",
    EventKind.OPENED: "宣布开会",
    EventKind.ADJOURNED: "散会",
    EventKind.LATE_BASE_CHOSEN: "选定迟到起算",
    EventKind.CLOCK_SET: "电脑时钟被拨动",
    EventKind.MEETING_REMOVED: "从本机删除",
    EventKind.SIGN_IN: "签到",
    EventKind.REFUSED: "未通过",
    EventKind.PHONES_SET: "设手机签到",
    EventKind.PHONE_PROPOSED: "手机申报",
    EventKind.PROPOSAL_REFUSED: "不认手机申报",
    EventKind.VOUCHED: "核实到场",
    EventKind.SIGNATURE: "手写签名",
    EventKind.DOCUMENT_ADDED: "加参阅文件",
    EventKind.DOCUMENT_APPROVED: "批准参阅文件",
    EventKind.DOCUMENT_REMOVED: "撤下参阅文件",
    EventKind.EXIT: "离场",
    EventKind.RETURN: "返回",
    EventKind.CALLED: "电话联系",
    EventKind.HEADCOUNT: "会中清点",
    EventKind.RULING: "认定",
    EventKind.APPEAL: "申诉",
    EventKind.APPEAL_CLOSED: "处理申诉",
    EventKind.NOTIFIED: "通知",
    EventKind.SEALED: "封存",
    EventKind.REOPENED: "撤销封存",
    EventKind.PRINTED: "打印、导出",
    EventKind.ANNULLED: "撤销",
    EventKind.TIMER_STARTED: "开始发言",
    EventKind.TIMER_PAUSED: "暂停",
    EventKind.TIMER_RESUMED: "继续",
    EventKind.TIMER_ADJUSTED: "加减时间",
    EventKind.TIMER_CORRECTED: "更正用时",
    EventKind.TIMER_FINISHED: "结束发言",
    EventKind.ITEM_SKIPPED: "跳过议题",
}

_APPROVAL = {Approval.APPROVED: "已批准", Approval.NOT_APPROVED: "未获批准", Approval.ORAL: "口头，待补"}
_CALLS = {CallWord.REACHED: "已联系", CallWord.COMING: "在路上", CallWord.NO_ANSWER: "没接通"}
_REFUSALS = {
    OutcomeCode.ALREADY: "此前已签到",
    OutcomeCode.NOT_OPEN: "签到已关闭",
    OutcomeCode.UNKNOWN_BADGE: "证件不在名单里",
    OutcomeCode.UNKNOWN_PERSON: "名单里没有这个人",
    OutcomeCode.NOT_IN: "还没有签到",
    OutcomeCode.VACANT: "职务空缺",
}
_FIELDS = {
    "title": "名称",
    "start": "开始",
    "end": "结束",
    "place": "地点",
    "convener": "召集单位",
    "counts": "计入台账",
    "limit_s": "全场限时",
    "rule_set": "考勤规则",
    "series": "连开场次",
    "postponed": "延期",
}
Body = Mapping[str, Any]


def value_words(event: Event) -> str:
    """What holds after the event, in a few words."""
    told = _VALUES.get(event.kind)
    return told(event) if told is not None else NAMES.get(event.kind, event.kind.value)


def why_words(event: Event) -> str:
    """The reason that was given, if one was."""
    body = event.body
    return str(body.get("reason") or body.get("why") or "") if event.kind in _REASONED else ""


_REASONED = frozenset(EventKind) - {EventKind.LEAVE_RECORDED}


def changed_fields(body: Body, before: Body) -> tuple[str, str]:
    """What a change of the meeting's plan says, and what these fields said before."""
    names = [name for name in _FIELDS if name in body and body[name] != before.get(name)]
    now = "；".join(f"{_FIELDS[name]}：{_field(name, body[name])}" for name in names)
    then = "；".join(f"{_FIELDS[name]}：{_field(name, before.get(name))}" for name in names)
    return now or "没有变化", then


def _field(name: str, value: Any) -> str:
    if value in (None, ""):
        return "无"
    if name in ("counts", "postponed"):
        return "是" if value else "否"
    if name == "rule_set":
        return str(value.get("name", ""))
    if name == "limit_s":
        return minutes_seconds(float(value))
    return str(value)[:16].replace("T", " ") if name in ("start", "end") else str(value)


def _sign_in(event: Event) -> str:
    body, how = event.body, method_word(str(event.body.get("method", "")))
    deputy, at = _deputy(body), clock_time(event.at)
    return f"{at} {deputy}代会（{how}，{_claim(body)}）" if deputy else f"{at} 签到（{how}）"


def _claim(body: Body) -> str:
    """Whether the deputy was approved, as far as anybody said."""
    approved = body.get("deputy_approved")
    return "待核实" if approved is None else ("已批准" if approved else "未批准")


def _leave(event: Event) -> str:
    body = event.body
    parts = [str(body.get("reason", "")), _APPROVAL[Approval(body.get("approval", "approved"))]]
    parts.append(f"批准人：{body['approved_by']}" if body.get("approved_by") else "")
    parts.append(f"派{_deputy(body)}代会" if body.get("deputy") else "")
    return "，".join(filter(None, parts))


def _word_on_deputy(event: Event) -> str:
    by = f"，批准人：{event.body['approved_by']}" if event.body.get("approved_by") else ""
    return f"{_deputy(event.body)}代会{'已批准' if event.body.get('approved') else '未批准'}{by}"


def _refused(event: Event) -> str:
    outcome = str(event.body.get("outcome", ""))
    why = _REFUSALS.get(OutcomeCode(outcome), outcome) if outcome in set(OutcomeCode) else outcome
    badge = f"（证件 …{event.body['badge'][-4:]}）" if event.body.get("badge") else ""
    return f"{why}{badge}"


def _called(event: Event) -> str:
    word = str(event.body.get("word", ""))
    said = _CALLS[CallWord(word)] if word in set(CallWord) else word
    expected = event.body.get("expected")
    return f"{said}，预计 {expected} 到" if expected else said


def _headcount(event: Event) -> str:
    seen, unseen = (len(event.body.get(name, ())) for name in ("seen", "unseen"))
    return f"{clock_time(event.at)} 在场 {seen} 人，不在 {unseen} 人"


def _ruling(event: Event) -> str:
    decision = str(event.body.get("decision", ""))
    return DECISION[Decision(decision)] if decision in set(Decision) else decision


def _appeal_closed(event: Event) -> str:
    return "改变原认定" if event.body.get("outcome") == "changed" else "维持原认定"


def _item(event: Event) -> str:
    item = event.body.get("item") or {}
    limit = item.get("limit_s")
    parts = (
        str(item.get("title", "")),
        display_name(str(item.get("speaker", ""))),
        str(item.get("unit", "")),
    )
    timed = f"限时 {minutes_seconds(float(limit))}" if limit else ""
    return "　".join(filter(None, (*parts, timed)))


def _seat(event: Event) -> str:
    seat = event.body.get("seat") or {}
    name = display_name(str(seat.get("name", ""))) or "空缺"
    return "　".join(filter(None, (name, str(seat.get("unit", "")), str(seat.get("post", "")))))


def _loaded(word: str, key: str) -> Callable[[Event], str]:
    def told(event: Event) -> str:
        source = f"（{event.body['source']}）" if event.body.get("source") else ""
        reason = f"，超员原因：{event.body['over_cap_reason']}" if event.body.get("over_cap_reason") else ""
        return f"{word} {len(event.body.get(key, ()))} 条{source}{reason}"

    return told


def _declared(event: Event) -> str:
    at = event.at.astimezone()
    return f"{day(at)} {at:%H:%M:%S}"


def _spoken(event: Event) -> str:
    return f"已讲 {minutes_seconds(float(event.body.get('elapsed_s', 0)))}"


def _corrected(event: Event) -> str:
    return f"用时 {minutes_seconds(float(event.body.get('elapsed_s', 0)))}"


def _adjusted(event: Event) -> str:
    by_s = int(event.body.get("by_s", 0))
    return f"{'加' if by_s >= 0 else '减'} {minutes_seconds(abs(by_s))}"


def _late_base(event: Event) -> str:
    return "按宣布开会时间" if event.body.get("base") == "opened" else "按通知时间"


def _notified(event: Event) -> str:
    return f"用{event.body.get('means', '')}通知"


def _deputy(body: Body) -> str:
    plain = body.get("deputy") or {}
    return f"{plain.get('post', '')}{display_name(str(plain.get('name', '')))}"


_VALUES: Mapping[EventKind, Callable[[Event], str]] = {
    EventKind.SIGN_IN: _sign_in,
    EventKind.EXIT: lambda event: (
        f"{clock_time(event.at)} 离场{'（经批准）' if event.body.get('approved') else ''}"
    ),
    EventKind.RETURN: lambda event: f"{clock_time(event.at)} 返回",
    EventKind.LEAVE_RECORDED: _leave,
    EventKind.DEPUTY_RECORDED: _word_on_deputy,
    EventKind.REFUSED: _refused,
    EventKind.CALLED: _called,
    EventKind.HEADCOUNT: _headcount,
    EventKind.RULING: _ruling,
    EventKind.APPEAL_CLOSED: _appeal_closed,
    EventKind.ITEM_CHANGED: _item,
    EventKind.QUEUE_JOINED: _item,
    EventKind.SEAT_ADDED: _seat,
    EventKind.ROSTER_LOADED: _loaded("名单", "seats"),
    EventKind.AGENDA_LOADED: _loaded("议程", "items"),
    EventKind.OPENED: _declared,
    EventKind.ADJOURNED: _declared,
    EventKind.TIMER_STARTED: _spoken,
    EventKind.TIMER_PAUSED: _spoken,
    EventKind.TIMER_RESUMED: _spoken,
    EventKind.TIMER_FINISHED: _spoken,
    EventKind.TIMER_CORRECTED: _corrected,
    EventKind.TIMER_ADJUSTED: _adjusted,
    EventKind.LATE_BASE_CHOSEN: _late_base,
    EventKind.CLOCK_SET: lambda event: clock_step_words(float(event.body.get("by_s", 0))),
    EventKind.NOTIFIED: _notified,
    EventKind.MEETING_CREATED: lambda event: str(event.body.get("title", "")),
    EventKind.MEETING_REMOVED: lambda event: f"后来由归档包 {event.body.get('file', '')} 并回",
}
