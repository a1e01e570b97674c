"""What a page shows, as one JSON object: the projected stage's rules told once more for a browser.

Pure. The words are made here, the figures on the page: it counts on from `elapsed` by its own
monotonic clock. Nobody's attendance or telephone has a place in a picture, and of a leader's
overrun not even the seconds leave this process unless the window says so.
"""

from __future__ import annotations

from typing import Any

from huifeng_desktop.desk.screens.stage_wish import StageWish, code_modules
from huifeng_desktop.domain.agenda import AgendaItem, ItemKind
from huifeng_desktop.domain.cues import CuePlan, amber_s
from huifeng_desktop.domain.people import display_name
from huifeng_desktop.domain.speaker_timer import Run
from huifeng_desktop.rules.speaking import limit_of
from huifeng_desktop.service.podium import TimerView
from huifeng_desktop.service.registrar import HallFacts
from huifeng_desktop.wording import clock_time, day_and_weekday, more_words

Picture = dict[str, Any]

_TOLERANCE_S = 0.05
_STATES = {Run.RUNNING: "running", Run.PAUSED: "paused"}
_TIMED = ("countdown", "agenda")


def stage_picture(facts: HallFacts, wish: StageWish) -> Picture:
    """The picture for the tablet before the speaker: every one that the projected stage has."""
    mode = wish.mode or ("countdown" if facts.is_opened else "sign_in")
    if mode in _TIMED and facts.timer is None:
        mode = "welcome"
    if mode == "blackout":
        return {"mode": mode}
    if mode == "message":
        return {"mode": mode, "message": wish.message}
    if mode == "roll_call" and wish.called is not None:
        called = wish.called
        return {"mode": mode, "name": called.name, "unit": called.unit, "post": called.post}
    if mode not in _TIMED or facts.timer is None:
        return {"mode": mode, **_meeting(mode, facts, wish)}
    picture: Picture = {"mode": mode, **_countdown(facts.timer, wish)}
    if mode != "agenda":
        return picture
    more = facts.following - len(facts.coming)
    return {**picture, "coming": _coming(facts), "more": more_words(more)}


def remote_picture(facts: HallFacts, cues: CuePlan | None = None) -> Picture:
    """The picture for the secretary's own telephone; the overrun is hers to see."""
    timer = facts.timer
    if timer is None:
        return {"mode": "none", "title": "议程里没有等待发言的议题", "stand": facts.stand}
    active = timer.run in _STATES
    ending = "结束并下一项" if timer.next_item else "结束发言"
    return {
        "mode": "countdown",
        **_countdown(timer, StageWish(leaders_too=True, cues=cues or CuePlan())),
        "stand": facts.stand,
        "go": ending if active else "开始",
        "hold": {Run.RUNNING: "pause", Run.PAUSED: "resume"}.get(timer.run, ""),
        "adjustable": active and timer.allowed_s is not None,
    }


def has_changed(before: Picture, after: Picture, passed_s: float) -> bool:
    """Whether anything but the passing of time lies between two pictures."""
    if {**before, "elapsed": 0} != {**after, "elapsed": 0}:
        return True
    counts = before.get("state") == "running" and not before["held"]
    due = float(before.get("elapsed", 0)) + (passed_s if counts else 0.0)
    return abs(float(after.get("elapsed", 0)) - due) > _TOLERANCE_S


def _countdown(timer: TimerView, wish: StageWish) -> Picture:
    item, allowed = timer.item, timer.allowed_s
    overrun = wish.leaders_too or item.kind is not ItemKind.ADDRESS
    elapsed = timer.elapsed_s
    held = not overrun and allowed is not None and elapsed >= allowed
    amber = amber_s(wish.cues.marks(item.kind), allowed)
    following = _titled(timer.next_item)
    return {
        "item": f"第 {timer.number} 项",
        "title": item.title,
        "unit": item.unit,
        "speaker": display_name(item.speaker),
        "limit": _limit(allowed),
        "state": _STATES.get(timer.run, "idle"),
        "elapsed": round(float(allowed) if held and allowed is not None else elapsed, 3),
        "allowed": allowed,
        "amber": amber,
        "held": held,
        "overrun": overrun,
        "words": {
            "idle": "未开始",
            "normal": "进行中",
            "amber": f"剩余不足 {_span(round(amber))}",
            "over": "已到时，请结束发言" if overrun else "已到时",
            "paused": "已暂停",
        },
        "next": f"下一项　{following}" if following else "",
        "message": wish.message,
    }


def _meeting(mode: str, facts: HallFacts, wish: StageWish) -> Picture:
    picture: Picture = {
        "title": facts.title,
        "where": "　".join(
            part for part in (day_and_weekday(facts.start), clock_time(facts.start), facts.place) if part
        ),
        "message": wish.message,
    }
    if mode == "clock":
        picture["clock"] = clock_time(facts.now.wall)
    if mode in ("sign_in", "welcome"):
        picture |= {
            "expected": facts.expected,
            "present": facts.present,
            "code": code_modules(wish.code),
            "request": "请扫码签到" if wish.code else "请到签到台签到",
        }
    return picture


def _coming(facts: HallFacts) -> list[dict[str, str]]:
    """What follows the item before the hall, in the words of its fields."""
    return [
        {
            "head": f"{f'第 {number} 项' if place else '下一项'}　{_limit(limit_of(item))}",
            "title": item.title,
            "unit": item.unit,
        }
        for place, (number, item) in enumerate(facts.coming)
    ]


def _limit(allowed: int | None) -> str:
    return "不限时" if allowed is None else f"限时 {allowed // 60}:{allowed % 60:02d}"


def _titled(item: AgendaItem | None) -> str:
    return "" if item is None else "　".join(part for part in (item.title, item.unit) if part)


def _span(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    if minutes and not rest:
        return f"{minutes} 分钟"
    return f"{minutes} 分 {rest} 秒" if minutes else f"{rest} 秒"
