"""到会情况: the slip for the chair, A5 across, one sentence in type that can be read standing.

It carries no names and no telephone numbers: it may be left on the rostrum.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from huifeng_desktop.exchange.papers.setting.layout import text_width
from huifeng_desktop.exchange.papers.setting.paper import clean, when_words
from huifeng_desktop.service.door.brief import Brief, brief_of
from huifeng_desktop.service.printed.marks import Align, Face, Line, Mark, Page, Text
from huifeng_desktop.service.session import MeetingSession
from huifeng_desktop.wording import clock_time, day

_WIDTH, _HEIGHT, _LEFT = 210.0, 148.0, 16.0
_MEASURE = _WIDTH - 2 * _LEFT
_LINE_WIDTH = 29
"""Half-width characters of 34 points on one line."""


@dataclass(frozen=True, slots=True)
class SlipWords:
    """What stands on the slip, from top to bottom."""

    title: str
    meeting: str
    spoken: tuple[str, ...]
    """The sentence for the chair, a line each."""
    remarks: tuple[str, ...]
    when: str
    as_of: str


def slip_words(session: MeetingSession) -> SlipWords:
    """The slip as of now."""
    plan, brief = session.plan, brief_of(session.verdicts(), session.plan.rule_set)
    return SlipWords(
        "到会情况",
        clean(plan.title),
        tuple(spoken_lines(brief.sentence).split("\n")),
        tuple(filter(None, (_leaders(brief), *brief.remarks))),
        f"会议时间：{when_words(plan.start)}",
        f"截至 {_moment(session.now().wall, plan.start)}",
    )


def slip_page(session: MeetingSession) -> Page:
    """The slip as of now, as a page."""
    words = slip_words(session)
    spoken, remarks = "\n".join(words.spoken), "\n".join(words.remarks)
    marks: list[Mark] = [
        Text(_LEFT, 11, _MEASURE, 12, words.title, 24, Face.TITLE),
        Text(_LEFT, 24, _MEASURE, 11, words.meeting, 15, Face.KAI, wraps=True),
        Line(_LEFT, 38, _WIDTH - _LEFT, 38, 0.4),
        Text(_LEFT, 42, _MEASURE, 58, spoken, 34, Face.BODY, Align.LEFT, wraps=True),
        Text(_LEFT, 102, _MEASURE, 25, remarks, 16, Face.BODY, Align.LEFT, wraps=True),
        Line(_LEFT, 129, _WIDTH - _LEFT, 129),
        Text(_LEFT, 131, 110, 7, words.when, 11, align=Align.LEFT),
        Text(_LEFT, 131, _MEASURE, 7, words.as_of, 11, align=Align.RIGHT),
    ]
    return Page(_WIDTH, _HEIGHT, tuple(marks))


def _moment(now: datetime, start: datetime) -> str:
    """09:00, with the day where it is another than the meeting's."""
    local = now.astimezone()
    return (
        clock_time(local)
        if local.date() == start.astimezone().date()
        else f"{day(local)} {clock_time(local)}"
    )


def spoken_lines(sentence: str) -> str:
    """The sentence with line breaks after commas, so that nobody reads 未 on one line and 到 on the next."""
    lines = [""]
    for clause in re.findall(r"(?:（[^）]*）|[^，（])+，?", sentence):
        if lines[-1] and text_width(lines[-1] + clause) > _LINE_WIDTH:
            lines.append("")
        lines[-1] += clause
    return "\n".join(lines)


def _leaders(brief: Brief) -> str:
    count = len(brief.leaders)
    if not count:
        return ""
    present = brief.leaders_present
    return f"县领导{count}人，到会{present}人。" if present < count else f"县领导{count}人全部到会。"
