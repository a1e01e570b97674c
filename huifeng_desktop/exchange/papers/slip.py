"""到会情况: the slip for the chair, A5 across, one sentence in type that can be read standing.

It carries no names and no telephone numbers: it may be left on the rostrum.
"""

from __future__ import annotations

import re

from huifeng_desktop.exchange.papers.layout import text_width
from huifeng_desktop.exchange.papers.paper import clean, when_words
from huifeng_desktop.service.brief import Brief, brief_of
from huifeng_desktop.service.printing import Align, Face, Line, Mark, Page, Text
from huifeng_desktop.service.session import MeetingSession
from huifeng_desktop.wording import clock_time

_WIDTH, _HEIGHT, _LEFT = 210.0, 148.0, 16.0
_MEASURE = _WIDTH - 2 * _LEFT
_LINE_WIDTH = 29
"""Half-width characters of 34 points on one line."""


def slip_page(session: MeetingSession) -> Page:
    """The slip as of now."""
    brief = brief_of(session.verdicts(), session.plan.rule_set)
    now = session.now().wall.astimezone()
    marks: list[Mark] = [
        Text(_LEFT, 11, _MEASURE, 12, "到会情况", 24, Face.TITLE),
        Text(_LEFT, 24, _MEASURE, 11, clean(session.plan.title), 15, Face.KAI, wraps=True),
        Line(_LEFT, 38, _WIDTH - _LEFT, 38, 0.4),
        Text(_LEFT, 42, _MEASURE, 58, spoken_lines(brief.sentence), 34, Face.BODY, Align.LEFT, wraps=True),
        *_remarks(brief),
        Line(_LEFT, 129, _WIDTH - _LEFT, 129),
        Text(_LEFT, 131, 110, 7, f"会议时间：{when_words(session.plan.start)}", 11, align=Align.LEFT),
        Text(_LEFT, 131, _MEASURE, 7, f"截至 {clock_time(now)}", 11, align=Align.RIGHT),
    ]
    return Page(_WIDTH, _HEIGHT, tuple(marks))


def spoken_lines(sentence: str) -> str:
    """The sentence with line breaks after commas, so that nobody reads 未 on one line and 到 on the next."""
    lines = [""]
    for clause in re.findall(r"(?:（[^）]*）|[^，（])+，?", sentence):
        if lines[-1] and text_width(lines[-1] + clause) > _LINE_WIDTH:
            lines.append("")
        lines[-1] += clause
    return "\n".join(lines)


def _remarks(brief: Brief) -> list[Mark]:
    """Leaders in one word each, observers, quorum."""
    words = "\n".join(filter(None, (_leaders(brief), *brief.remarks)))
    return [Text(_LEFT, 102, _MEASURE, 25, words, 16, Face.BODY, Align.LEFT, wraps=True)] if words else []


def _leaders(brief: Brief) -> str:
    count = len(brief.leaders)
    if not count:
        return ""
    present = brief.leaders_present
    return f"县领导{count}人，到会{present}人。" if present < count else f"县领导{count}人全部到会。"
