"""Codes to Simplified Chinese, in one place: window, papers and command line say the same.

Pure functions and tables; no Qt, no clock.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from huifeng_desktop.domain.agenda import ItemKind
from huifeng_desktop.domain.attendance import Decision
from huifeng_desktop.domain.people import Category, display_name
from huifeng_desktop.domain.phones import PhoneLevel
from huifeng_desktop.domain.speaker_timer import Correction
from huifeng_desktop.rules.verdict import Disposition, Flag, Reason, Verdict, Violation
from huifeng_desktop.service.door.sign_in import Method, OutcomeCode, SignInOutcome

if TYPE_CHECKING:
    from huifeng_desktop.rules.ledger import Evidence, Ledger

CATEGORY = {
    Category.LEADER: "县领导",
    Category.MEMBER: "出席",
    Category.OBSERVER: "列席",
    Category.STAFF: "工作人员",
    Category.VACANT: "空缺",
}
ITEM_KIND = {
    ItemKind.REPORT: "汇报",
    ItemKind.MULTIMEDIA_REPORT: "多媒体汇报",
    ItemKind.OTHER: "其他发言",
    ItemKind.ADDRESS: "讲话",
    ItemKind.HOSTING: "主持",
    ItemKind.CUSTOM: "自定义",
}
DISPOSITION = {
    Disposition.IN_PERSON: "本人到会",
    Disposition.APPROVED_DEPUTY: "准予代会",
    Disposition.UNAPPROVED_SUBSTITUTE: "擅自替会",
    Disposition.ON_LEAVE: "请假",
    Disposition.ABSENT: "缺席",
}
VIOLATION = {
    Violation.ABSENT: "缺席",
    Violation.UNAPPROVED_SUBSTITUTE: "替会",
    Violation.LATE: "迟到",
    Violation.LEFT_EARLY: "早退",
}
FLAG = {
    Flag.SIGNED_THEN_GONE: "签到后离场",
    Flag.SEEN_NOT_SIGNED: "清点在场，未签到",
    Flag.LEAVE_CANCELLED: "销假",
    Flag.LEAVE_ORAL: "口头请假，待补手续",
    Flag.LEAVE_NOT_APPROVED: "请假未批",
    Flag.LEAVE_AFTER_START: "开会后才请假",
    Flag.DEPUTY_UNCONFIRMED: "代会待核实",
    Flag.CAME_AFTER_SUBSTITUTE: "先有人替会，本人后到",
    Flag.CAME_AFTER_DEPUTY: "先由代会人到会，本人后到",
    Flag.DEVICE_SHARED: "同一部手机先后为两人签到",
    Flag.PHONE_UNCONFIRMED: "手机申报，未确认",
    Flag.CLOCK_SET: "签到前电脑时钟被拨动",
    Flag.VERY_LATE: "迟到过久",
    Flag.LEFT_WITH_APPROVAL: "经批准提前离场",
    Flag.EXCUSED: "有正当理由",
    Flag.DEFERRED: "暂缓，待书面说明",
    Flag.RULED: "已认定",
    Flag.VACANT: "空缺，不计应到",
    Flag.EXEMPT: "不计入处理",
}
METHOD = {
    Method.BADGE: "扫码",
    Method.PHONE: "手机",
    Method.TYPED: "键入",
    Method.TICKED: "勾选",
    Method.ROLL_CALL: "点名",
    Method.BACKFILL: "补录",
    Method.FILE: "导入",
}
_METHOD_WORDS = {method.value: word for method, word in METHOD.items()}
DECISION = {
    Decision.IN_PERSON: "按时到会",
    Decision.LATE: "迟到",
    Decision.LEFT_EARLY: "早退",
    Decision.APPROVED_DEPUTY: "有正当理由，准予代会",
    Decision.UNAPPROVED_SUBSTITUTE: "擅自替会",
    Decision.ON_LEAVE: "准假",
    Decision.ABSENT: "缺席",
    Decision.EXCUSED: "有正当理由，不计",
    Decision.DEFERRED: "暂缓，要求书面说明",
}
PHONE_LEVEL = {PhoneLevel.LENIENT: "宽松", PhoneLevel.STANDARD: "标准", PhoneLevel.STRICT: "严格"}
WEEKDAYS = "一二三四五六日"


def clock_time(moment: datetime | None) -> str:
    """14:25, in the machine's zone; "" for None."""
    if moment is None:
        return ""
    local = moment.astimezone()
    return f"{local.hour:02d}:{local.minute:02d}"


def day(moment: datetime) -> str:
    """3 月 12 日."""
    return f"{moment.month} 月 {moment.day} 日"


def day_and_weekday(moment: datetime) -> str:
    """3 月 12 日 星期四."""
    return f"{day(moment)} 星期{WEEKDAYS[moment.weekday()]}"


def minutes_seconds(seconds: float | None) -> str:
    """6:05, 85:00, from two hours on 2:02:03; "" for None. Whole seconds, towards zero, signed."""
    if seconds is None:
        return ""
    whole = int(abs(seconds))
    sign = "−" if seconds <= -1 else ""
    minutes, rest = divmod(whole, 60)
    if minutes >= 60 and whole >= 2 * 3600:
        return f"{sign}{minutes // 60}:{minutes % 60:02d}:{rest:02d}"
    return f"{sign}{minutes}:{rest:02d}"


def duration_words(seconds: int) -> str:
    """1 分 02 秒 / 45 秒."""
    minutes, rest = divmod(abs(seconds), 60)
    return f"{minutes} 分 {rest:02d} 秒" if minutes else f"{rest} 秒"


def correction_words(one: Correction) -> str:
    """5:20 更正为 5:02（漏按结束）."""
    why = f"（{one.why}）" if one.why else ""
    return f"{minutes_seconds(one.was_s)} 更正为 {minutes_seconds(one.became_s)}{why}"


def method_word(method: str) -> str:
    """签到方式 as printed."""
    return _METHOD_WORDS.get(method, method)


def result_words(verdict: Verdict) -> str:
    """结果, as in 明细: the disposition with late and early minutes."""
    if verdict.disposition is None:
        return "空缺"
    words = [DISPOSITION[verdict.disposition]]
    if verdict.is_late or (verdict.is_present and verdict.late_minutes):
        words.append(f"迟到 {verdict.late_minutes} 分" if verdict.late_minutes else "迟到")
    if verdict.has_left_early or (verdict.is_present and verdict.left_early_minutes):
        early = verdict.left_early_minutes
        words.append(f"早退 {early} 分" if early else "早退")
    return "，".join(words)


def _entry_words(detail: Mapping[str, object]) -> str:
    """扫码; of an entry made from paper also who made it and when: 补录，刘芳 16:05 录入.

    Of one that a telephone proposed, who confirmed it: 手机申报时间，刘芳 14:26 确认.
    """
    method, entered = method_word(str(detail.get("method", ""))), detail.get("entered_at")
    if detail.get("confirmed_by"):
        at = f"{clock_time(entered)} " if isinstance(entered, datetime) else ""
        return f"{method}申报时间，{detail['confirmed_by']} {at}确认"
    if not detail.get("by"):
        return method
    when = f"{day(entered)} {clock_time(entered)} " if isinstance(entered, datetime) else ""
    return f"{method}，{detail['by']} {when}录入"


def ledger_note(found: Ledger) -> str:
    """What must be said beside the number of meetings: "" or words that go on after it."""
    provisional = "，含尚未封存的会议，数字为暂定" if found.provisional else ""
    return provisional + (f"，另有 {found.removed} 次已归档删除、不在其中" if found.removed else "")


def evidence_words(one: Evidence) -> str:
    """What one meeting adds to the ledger: the fact, then what it counts."""
    fact = [DISPOSITION[one.disposition]]
    fact += [f"迟到 {one.late_minutes} 分" if one.late_minutes else "迟到"] if one.is_late else []
    early = one.left_early_minutes
    fact += [f"早退 {early} 分" if early else "早退"] if one.has_left_early else []
    adds = ["计 1 次"] if one.in_ladder else []
    adds += [f"{one.points:g} 分"] if one.points else []
    adds += ["暂定"] if one.provisional and adds else []
    return "，".join(fact) + (f"（{'，'.join(adds)}）" if adds else "")


def _deputy_words(reason: Reason) -> str:
    post = reason.detail.get("post", "")
    return f"{clock_time(reason.at)} {post}{display_name(str(reason.detail.get('name', '')))}"


def _due_words(reason: Reason, what: str) -> str:
    """，11 月 17 日前补手续; with it that the day is past."""
    expired = "，已过期" if reason.detail.get("expired") else ""
    return f"，{day(reason.at)}前{what}{expired}" if reason.at else ""


def _device_words(detail: Mapping[str, Any]) -> str:
    who = f"{detail['unit']}{display_name(str(detail['name']))}"
    return f"这部手机 {clock_time(detail['at'])} 已为{who}签到"


_REASONS: Mapping[str, str | Callable[[Reason], str]] = {
    "vacant": "职务空缺，不计应到",
    "signed_in": lambda one: f"{clock_time(one.at)} 签到（{_entry_words(one.detail)}）",
    "device_shared": lambda one: _device_words(one.detail),
    "vouched": "{at} {by}核实本人在场",
    "phone_unconfirmed": "{at} 用手机申报签到，没有确认",
    "clock_set": lambda one: (
        f"签到前电脑时钟被{clock_step_words(float(one.detail['off_s']))}，签到时间请核对"
    ),
    "late": "迟到 {minutes} 分钟",
    "leave_cancelled": "请假后到会，销假",
    "deputy_approved": lambda one: f"{_deputy_words(one)}到会，经批准代会",
    "deputy_refused": lambda one: f"{_deputy_words(one)}到会，未经批准",
    "deputy_unconfirmed": lambda one: f"{_deputy_words(one)}到会，称代为参加，未见批准",
    "stand_in_before": lambda one: f"{_deputy_words(one)}先以代会名义签到，本人后到",
    "no_arrival": "没有签到",
    "no_leave": "没有请假记录，没有代会批准",
    "leave_approved": lambda one: _leave_words("请假已批准", one.detail),
    "leave_not_approved": lambda one: _leave_words("请假未获批准", one.detail),
    "leave_oral": lambda one: _leave_words("口头请假", one.detail) + _due_words(one, "补手续"),
    "explanation_due": lambda one: "要求书面说明" + _due_words(one, "提交"),
    "leave_after_start": "{at} 才请假，已过开会时间",
    "seen": "{at} 会中清点：在场",
    "out_at_headcount": "{at} 会中清点：已登记离场",
    "signed_then_gone": "{at} 会中清点：不在场，未登记离场",
    "seen_not_signed": "{at} 会中清点：在场，但没有签到",
    "left": "{at} 离场",
    "left_early": "{at} 离场，早退 {minutes} 分钟",
    "very_late": "迟到过久，按规则记缺席",
    "ruling": lambda one: _ruling_words(one),
}
"""What each code says: words in which `at` and the reason's details are put in, or what makes them."""


def reason_sentence(reason: Reason) -> str:
    """One piece of evidence as a short sentence."""
    words = _REASONS.get(reason.code, reason.code)
    if isinstance(words, str):
        return words.format_map({**reason.detail, "at": clock_time(reason.at)})
    return words(reason)


def clock_step_words(stepped_s: float) -> str:
    """拨快了 1 小时."""
    seconds = round(abs(stepped_s))
    parts = (
        (seconds // 86_400, "天"),
        (seconds // 3600 % 24, "小时"),
        (seconds // 60 % 60, "分"),
        (seconds % 60, "秒"),
    )
    span = " ".join([f"{count} {unit}" for count, unit in parts if count][:2])
    return f"拨{'快' if stepped_s > 0 else '慢'}了 {span}"


def _leave_words(head: str, detail: object) -> str:
    values = detail if isinstance(detail, dict) else {}
    parts = [f"事由：{values['reason']}" if values.get("reason") else ""]
    parts.append(f"批准人：{values['approved_by']}" if values.get("approved_by") else "")
    inside = "，".join(filter(None, parts))
    return f"{head}（{inside}）" if inside else head


def _ruling_words(reason: Reason) -> str:
    decision = DECISION[Decision(reason.detail["decision"])]
    why = f"（{reason.detail['reason']}）" if reason.detail.get("reason") else ""
    return f"{day(reason.at) if reason.at else ''} {reason.detail['by']}认定：{decision}{why}".strip()


def outcome_sentence(outcome: SignInOutcome) -> str:
    """What the door says, in large type."""
    who = f"{display_name(outcome.name)}　{outcome.unit}" if outcome.name else ""
    match outcome.code:
        case OutcomeCode.SIGNED_IN if outcome.late_minutes:
            return f"{who}　已签到，迟到 {outcome.late_minutes} 分钟"
        case OutcomeCode.SIGNED_IN:
            return f"{who}　已签到"
        case OutcomeCode.ALREADY:
            return f"{who}　{clock_time(outcome.at)} 已签到，不必重复"
        case OutcomeCode.PROPOSED:
            return f"{who}　{clock_time(outcome.at)} 已申报，等待确认"
        case OutcomeCode.LEFT:
            return f"{who}　{clock_time(outcome.at)} 离场"
        case OutcomeCode.RETURNED:
            return f"{who}　{clock_time(outcome.at)} 返回"
        case OutcomeCode.NOT_IN:
            return f"{who}　还没有签到，不能登记离场或返回"
        case OutcomeCode.UNKNOWN_BADGE:
            return "这个码不在本次会议名单里，请核对证件或按姓名签到"
        case OutcomeCode.UNKNOWN_PERSON:
            return "名单里没有这个人，请核对姓名"
        case OutcomeCode.NOT_OPEN:
            return "签到已关闭，没有记录"
        case OutcomeCode.VACANT:
            return f"{outcome.unit}{outcome.post}空缺，不能签到"


def more_words(count: int) -> str:
    """Of items for which a picture has no room; "" for none."""
    return f"其后还有 {count} 项" if count > 0 else ""
