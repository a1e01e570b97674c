"""What the projected screen shows, as plain data, and the words made of it. Knows no Qt.

Nobody's phone number, absence or lateness has a field here: the room reads along.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

_ROUNDING_S = 1e-6
"""Binary fractions must not turn 6:00 into 6:01."""


class StageMode(StrEnum):
    """Which of the pictures is up."""

    COUNTDOWN = "countdown"
    """The current item and its time."""
    AGENDA = "agenda"
    """The same, with what comes after it."""
    SIGN_IN = "sign_in"
    """The code to scan, 应到 and 实到."""
    CLOCK = "clock"
    """The time of day."""
    WELCOME = "welcome"
    """The meeting's name before it begins, with the code and the figures where there are any."""
    ROLL_CALL = "roll_call"
    """The one who is called, in large type."""
    BLACKOUT = "blackout"
    """Nothing at all."""
    MESSAGE = "message"
    """One sentence for the speaker or the room."""


class StagePhase(StrEnum):
    """Where the current item stands."""

    IDLE = "idle"
    """Not begun; the whole limit is shown."""
    NORMAL = "normal"
    """Running."""
    AMBER = "amber"
    """Little time left."""
    OVER = "over"
    """The limit is reached."""
    PAUSED = "paused"
    """Held; the digits keep the colour of the time left."""


@dataclass(frozen=True, slots=True)
class ComingItem:
    """One of the items after the current one."""

    number: int
    title: str
    unit: str = ""
    limit_s: float | None = None


@dataclass(frozen=True, slots=True)
class StageView:
    """One picture of the stage. Times are in seconds; texts are ready to be shown."""

    mode: StageMode
    item_number: int | None = None
    title: str = ""
    speaker: str = ""
    unit: str = ""
    limit_s: float | None = None
    """The limit with every extension, None where nothing is limited (the digits count up then)."""
    elapsed_s: float = 0.0
    phase: StagePhase = StagePhase.IDLE
    amber_at_s: float = 60.0
    """Seconds left at which amber begins; worded in its cue."""
    show_overrun: bool = True
    """False for leaders: the room reads 0:00 and 已到时, the overrun is the operator's business."""
    next_title: str = ""
    meeting_title: str = ""
    place: str = ""
    start_text: str = ""
    qr_payload: str | None = None
    expected: int | None = None
    present: int | None = None
    message: str = ""
    clock_text: str = ""
    coming: tuple[ComingItem, ...] = ()
    """The nearest of them."""
    following: int = 0
    """How many come in all, however many of them there is room for."""
    """What follows the current item, nearest first."""
    background: str = ""
    """Path of a picture behind the pictures that show no time; "" for the plain ground."""


def is_timed(view: StageView) -> bool:
    """Whether the large figures are a speaker's time."""
    return view.mode in (StageMode.COUNTDOWN, StageMode.AGENDA)


def figures_text(view: StageView) -> str:
    """The large figures: the speaker's time, else the time of day."""
    return digits_text(view) if is_timed(view) else view.clock_text


def clock_digits(seconds: int) -> str:
    """m:ss, with as many digits of minutes as there are: 0:48, 15:00, 120:00."""
    return f"{seconds // 60}:{seconds % 60:02d}"


def digits_text(view: StageView) -> str:
    """The large figures: the time left rounded up to a second, then +0:01 counting up.

    6:00 stands for the whole first second, 0:00 from the very end, +0:01 a second later (DOMAIN §5).
    Without a limit it is the time spoken, rounded down.
    """
    if view.limit_s is None:
        return clock_digits(math.floor(view.elapsed_s + _ROUNDING_S))
    left = math.ceil(view.limit_s - view.elapsed_s - _ROUNDING_S)
    if left >= 0:
        return clock_digits(left)
    return f"+{clock_digits(-left)}" if view.show_overrun else clock_digits(0)


def urgency(view: StageView) -> StagePhase:
    """The phase that colours the digits; a pause keeps the one of the time left."""
    if view.phase is not StagePhase.PAUSED:
        return view.phase
    if view.limit_s is None:
        return StagePhase.NORMAL
    left = view.limit_s - view.elapsed_s
    if left <= 0:
        return StagePhase.OVER
    return StagePhase.AMBER if left <= view.amber_at_s else StagePhase.NORMAL


def phase_words(view: StageView) -> str:
    """The phase as a sentence; colour and shape never stand alone."""
    if view.phase is StagePhase.AMBER:
        return f"剩余不足 {_span(view.amber_at_s)}"
    if view.phase is StagePhase.OVER:
        return "已到时，请结束发言" if view.show_overrun else "已到时"
    return {StagePhase.IDLE: "未开始", StagePhase.NORMAL: "进行中", StagePhase.PAUSED: "已暂停"}[view.phase]


def limit_text(view: StageView | ComingItem) -> str:
    """限时 6:00, or that there is none."""
    return "不限时" if view.limit_s is None else f"限时 {clock_digits(round(view.limit_s))}"


def item_text(view: StageView) -> str:
    """第 6 项, or nothing for something outside the agenda."""
    return "" if view.item_number is None else f"第 {view.item_number} 项"


def speaker_text(view: StageView) -> str:
    """Unit and speaker on one line."""
    return "　".join(part for part in (view.unit, view.speaker) if part)


def bottom_text(view: StageView) -> str:
    """What comes next; words to the speaker have a place of their own."""
    return f"下一项　{view.next_title}" if view.next_title else ""


def progress(view: StageView) -> float:
    """The part of the limit that is used, 0 to 1."""
    if not view.limit_s:
        return 0.0
    return min(max(view.elapsed_s / view.limit_s, 0.0), 1.0)


def _span(seconds: float) -> str:
    whole = round(seconds)
    minutes, rest = divmod(whole, 60)
    if minutes and not rest:
        return f"{minutes} 分钟"
    return f"{minutes} 分 {rest} 秒" if minutes else f"{rest} 秒"
