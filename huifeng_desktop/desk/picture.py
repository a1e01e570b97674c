"""What a page shows, as one JSON object: the projected stage's rules told once more for a browser.

Pure. The words are made here, the figures on the page: it counts on from `elapsed` by its own
monotonic clock. Nobody's attendance or telephone has a place in a picture, and of a leader's
overrun not even the seconds leave this process unless the window says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from huifeng_desktop.domain.agenda import AgendaItem, ItemKind
from huifeng_desktop.domain.people import display_name
from huifeng_desktop.domain.speaker_timer import WARN_BEFORE_S, Run
from huifeng_desktop.service.podium import TimerView
from huifeng_desktop.service.ports import HallFacts
from huifeng_desktop.wording import clock_time, day_and_weekday

Picture = dict[str, Any]

MODES = frozenset({"countdown", "sign_in", "clock", "welcome", "message", "blackout"})
_TEXT_LENGTH = 200
_TOLERANCE_S = 0.05
_STATES = {Run.RUNNING: "running", Run.PAUSED: "paused"}


@dataclass(frozen=True, slots=True)
class StageWish:
    """What the window's stage shows; `mode` "" where no window says, then the meeting decides."""

    mode: str = ""
    message: str = ""
    leaders_too: bool = False

    @classmethod
    def from_line(cls, line: Mapping[str, Any]) -> Self:
        """The wish in a {"command": "stage"} line; what cannot be understood counts as not said."""
        mode, message = line.get("mode"), line.get("message")
        return cls(
            mode=mode if isinstance(mode, str) and mode in MODES else "",
            message=message.strip()[:_TEXT_LENGTH] if isinstance(message, str) else "",
            leaders_too=line.get("leaders_too") is True,
        )


def stage_picture(facts: HallFacts, wish: StageWish) -> Picture:
    """The picture for the tablet before the speaker."""
    mode = wish.mode or ("countdown" if facts.is_opened else "sign_in")
    if mode == "countdown" and facts.timer is not None:
        return {"mode": mode, **_countdown(facts.timer, wish)}
    if mode == "countdown":
        mode = "welcome"
    if mode == "message":
        return {"mode": mode, "message": wish.message}
    return {"mode": mode} if mode == "blackout" else {"mode": mode, **_meeting(mode, facts, wish)}


def remote_picture(facts: HallFacts) -> Picture:
    """The picture for the secretary's own telephone; the overrun is hers to see."""
    timer = facts.timer
    if timer is None:
        return {"mode": "none", "title": "议程里没有等待发言的议题", "stand": facts.stand}
    active = timer.run in _STATES
    ending = "结束并下一项" if timer.next_item else "结束发言"
    return {
        "mode": "countdown",
        **_countdown(timer, StageWish(leaders_too=True)),
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
    amber = WARN_BEFORE_S if allowed is None else min(float(WARN_BEFORE_S), allowed / 2)
    following = _titled(timer.next_item)
    return {
        "item": f"第 {timer.number} 项",
        "title": item.title,
        "unit": item.unit,
        "speaker": display_name(item.speaker),
        "limit": "不限时" if allowed is None else f"限时 {allowed // 60}:{allowed % 60:02d}",
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
    if mode == "sign_in":
        picture |= {"request": "请到签到台签到", "expected": facts.expected, "present": facts.present}
    return picture


def _titled(item: AgendaItem | None) -> str:
    return "" if item is None else "　".join(part for part in (item.title, item.unit) if part)


def _span(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    if minutes and not rest:
        return f"{minutes} 分钟"
    return f"{minutes} 分 {rest} 秒" if minutes else f"{rest} 秒"
