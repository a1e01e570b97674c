"""What the 会中 page says: codes and figures to Chinese words and tones. Knows no widgets."""

from __future__ import annotations

from collections.abc import Sequence

from huifeng_desktop.domain.agenda import AgendaItem, ItemKind
from huifeng_desktop.domain.people import Deputy, Seat, display_name
from huifeng_desktop.rules.pace import Forecast
from huifeng_desktop.rules.verdict import Disposition, Flag, Verdict
from huifeng_desktop.service.door.arrivals import ArrivalRow, ArrivalTag
from huifeng_desktop.service.door.sign_in import OutcomeCode, SignInOutcome
from huifeng_desktop.service.podium import TimerView
from huifeng_desktop.ui.kit.marks import Mark
from huifeng_desktop.ui.stage.view import StagePhase
from huifeng_desktop.ui.theme import Tone
from huifeng_desktop.wording import (
    FLAG,
    ITEM_KIND,
    clock_time,
    duration_words,
    minutes_seconds,
    outcome_sentence,
)

WIDE = "\u3000"
_SHORT_KINDS = {ItemKind.MULTIMEDIA_REPORT: "多媒体", ItemKind.OTHER: "其他"}
_LONGEST_HEADLINE = 8
"""Characters of a name that leave room for 已签到 in the large line."""


def joined(*parts: str) -> str:
    """The parts that are there, with a wide space between."""
    return WIDE.join(part for part in parts if part)


def short_kind(kind: ItemKind) -> str:
    """类型 in at most three characters."""
    return _SHORT_KINDS.get(kind, ITEM_KIND[kind])


def limit_words(limit_s: int | None) -> str:
    """限时 6:00, or 不限时."""
    return "不限时" if limit_s is None else f"限时 {minutes_seconds(limit_s)}"


def item_line(timer: TimerView) -> str:
    """第 6 项　多媒体汇报　限时 6:00 另加 1:00."""
    granted = ""
    if timer.granted_s:
        word = "另加" if timer.granted_s > 0 else "减"
        granted = f" {word} {minutes_seconds(abs(timer.granted_s))}"
    return joined(f"第 {timer.number} 项", ITEM_KIND[timer.item.kind], limit_words(timer.limit_s) + granted)


def next_line(item: AgendaItem) -> str:
    """县人力资源和社会保障局　汇报 5:00, after the title of what comes next."""
    limit = minutes_seconds(item.limit_s if item.limit_s is not None else item.kind.default_limit_s)
    return joined(item.unit, f"{ITEM_KIND[item.kind]} {limit}".strip())


def state_of(phase: StagePhase, amber_s: float) -> tuple[str, Tone, Mark]:
    """The operator's word for the phase, with its tone and shape."""
    match phase:
        case StagePhase.NORMAL:
            return "进行中", Tone.OK, Mark.DOT
        case StagePhase.AMBER:
            left = round(amber_s)
            span = f"{left // 60} 分钟" if left and left % 60 == 0 else duration_words(left)
            return f"剩余不足 {span}", Tone.WARN, Mark.TRIANGLE
        case StagePhase.OVER:
            return "已超时", Tone.OVER, Mark.SQUARE
        case StagePhase.PAUSED:
            return "已暂停", Tone.NEUTRAL, Mark.PAUSE
    return "未开始", Tone.NEUTRAL, Mark.RING


def pace_words(forecast: Forecast) -> tuple[str, Tone]:
    """晚 7 分钟 where the meeting has to end at a time; else 提前 1 分 02 秒, 落后 …, or 与计划一致."""
    if forecast.late_s is not None:
        return end_words(forecast.late_s)
    if abs(forecast.ahead_s) < 1:
        return "与计划一致", Tone.OK
    if forecast.ahead_s > 0:
        return f"提前 {duration_words(forecast.ahead_s)}", Tone.OK
    return f"落后 {duration_words(-forecast.ahead_s)}", Tone.WARN


def end_words(late_s: int) -> tuple[str, Tone]:
    """How the end stands to the time at which the meeting has to end, in whole minutes."""
    if late_s > 0:
        return f"晚 {-(-late_s // 60)} 分钟", Tone.WARN
    early = -late_s // 60
    return (f"早 {early} 分钟" if early else "按时结束"), Tone.OK


def pace_hint(forecast: Forecast) -> str:
    """The whole of it, for whoever points at the tag."""
    late = f"；应在 {clock_time(forecast.due_at)} 前结束" if forecast.due_at else ""
    way = "提前" if forecast.ahead_s >= 0 else "落后"
    return f"比计划{way} {duration_words(abs(forecast.ahead_s))}{late}"


_ARRIVAL_TAGS = {
    ArrivalTag.PUNCTUAL: ("准时", Tone.OK),
    ArrivalTag.LATE: ("迟到", Tone.WARN),
    ArrivalTag.APPROVED_DEPUTY: ("准予代会", Tone.NEUTRAL),
    ArrivalTag.UNCONFIRMED_DEPUTY: ("代会 待核实", Tone.OVER),
    ArrivalTag.SUBSTITUTE: ("擅自替会", Tone.OVER),
    ArrivalTag.SHARED_DEVICE: ("待核实", Tone.OVER),
    ArrivalTag.GONE: ("清点不在", Tone.OVER),
    ArrivalTag.LEFT: ("已离场", Tone.NEUTRAL),
    ArrivalTag.OBSERVER: ("列席", Tone.NEUTRAL),
    ArrivalTag.STAFF: ("工作人员", Tone.NEUTRAL),
}


def arrival_words(row: ArrivalRow) -> tuple[str, Tone]:
    """The tag beside somebody who came."""
    word, tone = _ARRIVAL_TAGS[row.tag]
    return (f"{word} {row.minutes} 分" if row.tag is ArrivalTag.LATE else word), tone


_PENDING_WORDS = {
    Flag.DEPUTY_UNCONFIRMED: "代会 待核实",
    Flag.CAME_AFTER_SUBSTITUTE: "替会后到",
    Flag.SIGNED_THEN_GONE: "清点不在",
    Flag.SEEN_NOT_SIGNED: "在场未签到",
    Flag.PHONE_UNCONFIRMED: "手机待确认",
    Flag.DEVICE_SHARED: "同一手机",
    Flag.LEAVE_ORAL: "口头请假",
    Flag.LEAVE_AFTER_START: "开会后请假",
    Flag.DEFERRED: "暂缓",
}


def pending_words(verdict: Verdict) -> str:
    """Why somebody waits for a word, in five characters or so."""
    for flag, word in _PENDING_WORDS.items():
        if flag in verdict.flags:
            return word
    return FLAG[verdict.flags[0]] if verdict.flags else "待核实"


def presence_words(verdict: Verdict) -> tuple[str, Tone]:
    """The tag beside a person who was searched for."""
    if verdict.left_at is not None and verdict.is_present:
        return f"{clock_time(verdict.left_at)} 离场", Tone.NEUTRAL
    if verdict.signed_in_at is not None:
        word = "代会" if verdict.stood_in_by else "已签"
        return f"{clock_time(verdict.signed_in_at)} {word}", Tone.OK
    if verdict.disposition is Disposition.ON_LEAVE:
        return "请假", Tone.NEUTRAL
    return "未到", Tone.PLAIN


def count_words(seen: Sequence[Verdict], unseen: Sequence[Verdict]) -> str:
    """What a headcount that was just stored has brought; who is out by the register is nobody's case."""
    out = sum(one.left_at is not None for one in unseen)
    fresh = sum(Flag.SEEN_NOT_SIGNED in one.flags for one in seen)
    parts = [
        f"清点已保存：在场 {len(seen)} 人",
        f"{len(unseen) - out} 人签到后不在" if len(unseen) > out else "",
        f"{fresh} 人在场未签到" if fresh else "",
        "已列入待核实" if len(unseen) > out or fresh else "",
    ]
    told = "，".join(filter(None, parts))
    return f"{told}；{out} 人已登记离场。" if out else f"{told}。"


def seat_words(seat: Seat) -> str:
    """李　伟　柳渡镇　镇长: how a person is named wherever two might share the name."""
    return joined(seat.display_name, seat.unit, seat.post)


def greeting(outcome: SignInOutcome, deputy: Deputy | None = None) -> tuple[str, str, Tone]:
    """The large line, the small line and the tone of a sign-in outcome: of whoever stands at the door."""
    name = display_name(deputy.name if deputy else outcome.name)
    where = joined(outcome.unit, f"代 {display_name(outcome.name)}" if deputy else outcome.post)
    words = {
        OutcomeCode.SIGNED_IN: "已签到",
        OutcomeCode.LEFT: "已离场",
        OutcomeCode.RETURNED: "已返回",
        OutcomeCode.ALREADY: f"已签到 {clock_time(outcome.at)}",
    }
    word = words.get(outcome.code)
    if word is None:
        return "没有签到", outcome_sentence(outcome), Tone.OVER
    late = f"迟到 {outcome.late_minutes} 分钟" if outcome.late_minutes else ""
    first = "不必重复" if outcome.code is OutcomeCode.ALREADY else ""
    tone = Tone.WARN if outcome.late_minutes or outcome.code is OutcomeCode.ALREADY else Tone.OK
    if outcome.code is OutcomeCode.SIGNED_IN and outcome.pending:
        late, tone = joined(late, "代会待核实"), Tone.WARN
    shown_late = late if outcome.code is OutcomeCode.SIGNED_IN else ""
    if len(name) > _LONGEST_HEADLINE:
        return joined(word, shown_late or first), joined(name, where), tone
    return joined(name, word), joined(first or shown_late, where), tone
