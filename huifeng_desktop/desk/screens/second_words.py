"""What a second desk is told, in words and tones: an answer in large type, a row of a list.

Pure. The window says the same in `ui/during/words.py`; here the headline says 签到成功, because
whoever works a second desk has nothing but this line.
"""

from __future__ import annotations

from typing import Any

from huifeng_desktop.domain.people import display_name
from huifeng_desktop.rules.verdict import Disposition, Verdict
from huifeng_desktop.service.door.counter import CounterAnswer, CounterEntry, CounterRow
from huifeng_desktop.service.door.sign_in import OutcomeCode, SignInOutcome
from huifeng_desktop.service.registrar import HallFacts
from huifeng_desktop.wording import clock_time, day, method_word, outcome_sentence

_WIDE = "\u3000"
REVOKED = ("这个签到台已收回", "请会务人员在电脑上重新开一个，再用新的地址。")
MALFORMED = "这次登记没有看懂，没有记录。请刷新页面后再试。"
MISREAD = ("没有扫清楚", "证件码是 13 位数字，请再扫一次。", "over")


def picture(facts: HallFacts) -> dict[str, Any]:
    """What every second desk sees: the figures, and whether entries are taken."""
    why = ""
    if not facts.is_sign_in_open:
        why = "会议已散会，这里不再签到" if facts.is_adjourned else "签到已停止，请问主签到台"
    return {
        "title": facts.title,
        "expected": facts.expected,
        "present": facts.present,
        "opened": facts.is_opened,
        "closed": why,
        "entries": facts.entries,
    }


def answer(given: CounterAnswer) -> dict[str, Any]:
    """Headline, detail and tone of an entry; of one that holds also how its row stands from now on."""
    outcome = given.outcome
    headline, detail, tone = _said(given)
    told = {"outcome": outcome.code.value, "headline": headline, "detail": detail, "tone": tone}
    if outcome.code not in (OutcomeCode.SIGNED_IN, OutcomeCode.ALREADY):
        return told
    return {
        **told,
        "event": outcome.event_id,
        "seat": outcome.seat_id,
        "word": f"{clock_time(outcome.at)} 已签",
    }


def _said(given: CounterAnswer) -> tuple[str, str, str]:
    outcome = given.outcome
    name, where = display_name(outcome.name), _joined(outcome.unit, outcome.post, _place(outcome))
    match outcome.code:
        case OutcomeCode.SIGNED_IN:
            late = f"迟到 {outcome.late_minutes} 分钟" if outcome.late_minutes else ""
            pending = "代会待核实" if outcome.pending else ""
            tone = "warn" if late or pending else "ok"
            return _joined(name, "签到成功"), _joined(late, pending, where), tone
        case OutcomeCode.ALREADY:
            return _joined(name, f"已签到 {clock_time(outcome.at)}"), _joined("不必重复", where), "warn"
        case OutcomeCode.UNKNOWN_BADGE if given.other is not None:
            other = f"{day(given.other.start)}“{given.other.title}”"
            return "不是本次会议", f"这是{other}的证件，请核对后按姓名签到。", "over"
        case OutcomeCode.UNKNOWN_BADGE:
            return "未知证件", "这个码不在本次会议名单里，请核对证件或按姓名签到。", "over"
        case OutcomeCode.UNKNOWN_PERSON:
            return "名单里没有", "名单刚有变动，请重新查找。", "over"
    return "没有签到", outcome_sentence(outcome), "over"


def row(one: CounterRow) -> dict[str, Any]:
    """A person in a list; only what is needed to tell who it is and how they stand."""
    word, tone = _presence(one.verdict)
    seat = one.seat
    plain = {
        "seat": seat.seat_id,
        "seq": seat.seq,
        "name": seat.display_name,
        "unit": seat.unit,
        "post": seat.post,
        "word": word,
        "tone": tone,
        "here": one.verdict.signed_in_at is not None,
    }
    if one.verdict.signed_in_at is not None:
        plain["event"] = next((why.event_id for why in one.verdict.reasons if why.code == "signed_in"), "")
    if one.tail:
        plain["tail"] = one.tail
    if one.deputy is not None:
        plain["deputy"] = {"name": one.deputy.name, "post": one.deputy.post}
    return plain


def entry(one: CounterEntry) -> dict[str, Any]:
    """A line among the latest entries."""
    where = one.station if one.station and one.station != "phone" else ""
    return {
        "event": one.event_id,
        "at": clock_time(one.at),
        "name": display_name(one.name),
        "unit": one.unit,
        "how": _joined(method_word(one.method), where),
    }


def _presence(verdict: Verdict) -> tuple[str, str]:
    if verdict.left_at is not None and verdict.is_present:
        return f"{clock_time(verdict.left_at)} 离场", "neutral"
    if verdict.signed_in_at is not None:
        return f"{clock_time(verdict.signed_in_at)} {'代会' if verdict.stood_in_by else '已签'}", "ok"
    if verdict.disposition is Disposition.ON_LEAVE:
        return "请假", "neutral"
    return "未到", "plain"


def _place(outcome: SignInOutcome) -> str:
    return f"座位 {outcome.place}" if outcome.place else ""


def _joined(*parts: str) -> str:
    return _WIDE.join(part for part in parts if part)
