"""A paper as plain rows, before anybody decides how it is written.

What stands in a cell is a string or a whole number, never a formula.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache

from huifeng_desktop.service.session import MeetingSession
from huifeng_desktop.wording import WEEKDAYS, clock_time, day

Cell = str | int
GAP = "　　"
_MOST_CHARACTERS = 32_000
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")


def clean(text: str) -> str:
    """The text on one line, without control characters that spreadsheets refuse or act upon."""
    return _CONTROLS.sub(" ", text).strip()[:_MOST_CHARACTERS]


class PaperKind(StrEnum):
    """The papers, by the names that `export_one` takes."""

    SIGN_SHEET = "sign_sheet"
    """签到表 to be signed by hand."""
    SIGNED_SHEET = "signed_sheet"
    """签到表 as signed in at the desk."""
    SLIP = "slip"
    """到会情况, for the chair."""
    DETAILS = "details"
    STATISTICS = "statistics"
    SPEAKING = "speaking"
    CIRCULAR = "circular"
    """通报, a draft."""
    PROPOSALS = "proposals"
    """拟处理建议, internal."""
    AGENDA = "agenda"
    """会议议程 for leaders."""
    STAFF_AGENDA = "staff_agenda"
    """会议议程 for those who run the meeting: limits and masked telephone numbers."""
    LEAVE_FORM = "leave_form"
    MINUTES = "minutes"
    """The 出席、请假、列席 paragraph of the 纪要."""
    SCRIPT = "script"
    """主持稿: what the chair says."""
    CARDS = "cards"
    """席卡."""
    BADGES = "badges"
    SEAT_PLAN = "seat_plan"
    CHARTS = "charts"
    """会议图表: arrivals, speaking times, units."""


PAPER_NAME = {
    PaperKind.SIGN_SHEET: "签到表",
    PaperKind.SIGNED_SHEET: "签到表（已签）",
    PaperKind.SLIP: "到会情况",
    PaperKind.DETAILS: "签到明细",
    PaperKind.STATISTICS: "出席情况统计表",
    PaperKind.SPEAKING: "发言用时表",
    PaperKind.CIRCULAR: "通报（草稿）",
    PaperKind.PROPOSALS: "拟处理建议（内部）",
    PaperKind.AGENDA: "会议议程",
    PaperKind.STAFF_AGENDA: "会议议程（会务用）",
    PaperKind.LEAVE_FORM: "请假单",
    PaperKind.MINUTES: "纪要参会名单",
    PaperKind.SCRIPT: "主持稿参考",
    PaperKind.CARDS: "席卡",
    PaperKind.BADGES: "证件",
    PaperKind.SEAT_PLAN: "座位图",
    PaperKind.CHARTS: "会议图表",
}


class Setting(StrEnum):
    """How the text of a column is set."""

    CENTRE = "centre"
    """Short words and numbers; what does not fit goes on after a comma or before a bracket."""
    LEFT = "left"
    """Running text; what does not fit is broken after its semicolons first, so that names stay whole."""
    ONE_LINE = "one_line"
    """Names: set smaller rather than broken, so that none is parted at its dot."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column and how wide it may be, in half-width characters; one that `grows` takes spare room."""

    title: str
    least: int
    most: int
    setting: Setting = Setting.CENTRE
    grows: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper: lines above the table, the table, sums, lines below, and who signs."""

    kind: PaperKind
    title: str
    above: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sums: tuple[tuple[Cell, ...], ...] = ()
    below: tuple[str, ...] = ()
    signature: str = ""
    made_at: datetime | None = None

    @property
    def name(self) -> str:
        """What the paper is called, as in its file name."""
        return PAPER_NAME[self.kind]


def paper_title(session: MeetingSession, kind: PaperKind) -> str:
    """The line at the top; 推进会 and 会议议程 make 推进会议程, 推进会 and 会议图表 推进会图表."""
    title, name = session.plan.title, PAPER_NAME[kind]
    stammers = name.startswith("会议") and title.endswith(("会", "会议"))
    return f"{title}{name.removeprefix('会议') if stammers else name}"


def heading(session: MeetingSession, *, attendance: bool = True) -> tuple[str, ...]:
    """When, where, by whom; then when it really began and ended, and how final the figures are.

    A paper without figures of attendance names neither the rule set nor the open cases.
    """
    plan, state = session.plan, session.state
    first = [f"时间：{when_words(plan.start)}"]
    first += [f"地点：{plan.place}"] if plan.place else []
    first += [f"召集单位：{plan.convener}"] if plan.convener else []
    second = [f"开会 {clock_time(state.opened_at)}"] if state.opened_at else []
    second += [f"散会 {clock_time(state.adjourned_at)}"] if state.adjourned_at else []
    second += [f"考勤规则：{plan.rule_set.name}", _standing(session)] if attendance else []
    return tuple(GAP.join(line) for line in (first, second) if line)


def when_words(moment: datetime) -> str:
    """2026 年 3 月 12 日（星期四）14:30."""
    weekday = WEEKDAYS[moment.weekday()]
    return f"{moment:%Y} 年 {day(moment)}（星期{weekday}）{clock_time(moment)}"


def _standing(session: MeetingSession) -> str:
    """Whether the record is closed; if not, as of when it is told."""
    state, now = session.state, session.now().wall
    if state.sealed is not None:
        return f"{day(state.sealed.at)} 由{state.sealed.body.get('by', '')}封存"
    as_of = f"截至 {day(now)} {clock_time(now)}"
    if state.adjourned_at is None:
        return f"会议尚未散会，{as_of}"
    pending = session.totals().pending
    return f"{as_of}，尚有 {pending} 件待认定" if pending else f"{as_of}，尚未封存"


def moment_words(moment: datetime | None, meeting_day: datetime) -> str:
    """14:25, with the date where it is another day than the meeting's."""
    if moment is None:
        return ""
    local, local_day = moment.astimezone(), _local(meeting_day)
    words = f"{local.hour:02d}:{local.minute:02d}"
    if local.day == local_day.day and local.date() == local_day.date():
        return words
    return f"{local.month}月{local.day}日 {words}"


@lru_cache(maxsize=8)
def _local(moment: datetime) -> datetime:
    """The same moment in the machine's zone; asked for the same day a thousand times."""
    return moment.astimezone()
