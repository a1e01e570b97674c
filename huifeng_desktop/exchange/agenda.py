"""Reading an agenda: items, speakers, types and how long each may take."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from huifeng_desktop.domain.agenda import ItemKind
from huifeng_desktop.domain.imported import AgendaRow, FileKind, ProblemCode, Reading
from huifeng_desktop.domain.people import MIDDLE_DOT, normalise_name
from huifeng_desktop.exchange.cells import CellProblem, plain_key
from huifeng_desktop.exchange.columns import DURATION, KIND, SLOT, SPEAKER, TITLE, UNIT, require_header
from huifeng_desktop.exchange.durations import is_ambiguous, minutes_of_clock, parse_duration, parse_slot
from huifeng_desktop.exchange.lines import Line, about_table, data_lines, gathered
from huifeng_desktop.exchange.names import clean_unit, is_lost, read_name
from huifeng_desktop.exchange.table import Table

# The order matters: 多媒体汇报 holds 汇报 and 汇报发言 holds 发言.
_KIND_WORDS = (
    (ItemKind.MULTIMEDIA_REPORT, ("多媒体", "ppt", "视频汇报", "演示")),
    (ItemKind.REPORT, ("汇报", "述职")),
    (ItemKind.ADDRESS, ("讲话", "致辞", "致词")),
    (ItemKind.HOSTING, ("主持", "开场", "小结")),
    (ItemKind.CUSTOM, ("自定义",)),
    (ItemKind.OTHER, ("其他", "其它", "发言", "讨论", "交流", "表态", "审议")),
)
_TITLE_WORDS = (
    (ItemKind.MULTIMEDIA_REPORT, ("多媒体", "ppt")),
    (ItemKind.REPORT, ("汇报", "述职")),
    (ItemKind.ADDRESS, ("讲话", "致辞", "致词")),
    (ItemKind.HOSTING, ("主持", "开场")),
)
"""What a title tells of the type where nothing else does."""

_TIME_OF_DAY = re.compile(r"\d{1,2}[:：∶]\d{2}|\d\s*[点时]|[上下中]午")
FEWEST_TIMES = 3
EARLIEST_OPENING = 7 * 60
"""Minutes of the day before which no meeting starts: 6:30 and 5:00 are durations."""

_SPACED_NAME = re.compile(rf".{{1,4}}|.+{MIDDLE_DOT}.+")
"""What remains of 王 磊 and of 买买提 · 艾则孜 without spaces; longer texts name a post as well."""

_RULED = {
    ItemKind.REPORT: "汇报",
    ItemKind.MULTIMEDIA_REPORT: "多媒体汇报",
    ItemKind.OTHER: "其他发言",
}
"""The types whose limit is a rule (武汉 2011), as they are named in a sentence."""

_NAMED = _RULED | {ItemKind.ADDRESS: "讲话", ItemKind.HOSTING: "主持"}


def read_agenda(table: Table) -> Reading[AgendaRow]:
    """The agenda rows of a table. Raises `FileProblem` if there is no 议题 column or nothing below it."""
    header = require_header(table, FileKind.AGENDA)
    lines = data_lines(table, header, FileKind.AGENDA)
    rows = [_read_row(line) for line in lines]
    _doubt_starting_times(lines)
    return Reading(
        rows=[row for row, line in zip(rows, lines, strict=True) if not line.refused],
        problems=about_table(table, header) + gathered(lines),
        row_count=len(lines),
        columns=header.columns,
        source=table.described,
    )


def _read_row(line: Line) -> AgendaRow:
    title = line.text(TITLE)
    if not title:
        line.refuse(TITLE, ProblemCode.MISSING, "缺议题，请补")
    elif "\ufffd" in title:
        line.refuse(TITLE, ProblemCode.LOST_CHARACTER, "议题缺字，请补")
    limit = _limit(line)
    kind = _kind(line, limit)
    _doubt_over_rule(line, kind, limit)
    return AgendaRow(line.number, title, _speaker(line), clean_unit(line.text(UNIT)), kind, limit)


def _limit(line: Line) -> int | None:
    """Seconds, None for the type's own limit; a range of the clock serves where no duration is given."""
    limit = parse_slot(line.cell(DURATION))
    if limit is None:
        limit = line.attempt_cell(DURATION, parse_duration, None)
    if limit is None:
        return parse_slot(line.cell(SLOT)) or _limit_among_times(line)
    if is_ambiguous(line.cell(DURATION)):
        text = f"{_read_as(limit)}，如为小时请写成“{limit} 分钟”"
        line.doubt(DURATION, ProblemCode.NORMALISED, text)
    return limit


def _limit_among_times(line: Line) -> int | None:
    """A column headed 时间 may hold durations as well; a time of day there says nothing about them."""
    cell, text = line.cell(SLOT), line.text(SLOT)
    if not text or _TIME_OF_DAY.search(text):
        return None
    try:
        limit = parse_duration(cell)
    except CellProblem:
        sentence = f"“{text}”看不出时长，没有读入"
        line.doubt(SLOT, ProblemCode.UNREADABLE, sentence)
        return None
    if limit is not None and text.replace(".", "").isdigit():
        line.doubt(SLOT, ProblemCode.NORMALISED, _read_as(limit))
    return limit


def _read_as(limit: int) -> str:
    return f"按 {limit // 60} 分 {limit % 60:02d} 秒读取"


def _doubt_starting_times(lines: Sequence[Line]) -> None:
    """9:00, 9:10, 9:20 one below the other are times of day, not durations."""
    stated = [line for line in lines if line.text(DURATION)]
    minutes = [minutes_of_clock(line.cell(DURATION)) for line in stated]
    known = [minute for minute in minutes if minute is not None]
    if len(known) < len(minutes) or len(known) < FEWEST_TIMES or known[0] < EARLIEST_OPENING:
        return
    if all(earlier < later for earlier, later in pairwise(known)):
        for line in stated:
            line.doubt(DURATION, ProblemCode.CONFLICT, "像几点开始，不像时长，请核对")


def _kind(line: Line, limit: int | None) -> ItemKind:
    text = line.text(KIND)
    word = plain_key(text)
    for kind, parts in _KIND_WORDS:
        if any(part in word for part in parts):
            return kind
    told = _kind_in_title(line) if not text else None
    if told is not None:
        return told
    if not text and line.text(SPEAKER):
        if limit is None and not line.refused:
            line.doubt(DURATION, ProblemCode.MISSING, "没有类型，按其他发言 5 分钟")
        return ItemKind.OTHER
    if not text:
        if limit is None and not line.refused:
            line.doubt(DURATION, ProblemCode.MISSING, "没有类型和时长，不计时")
        return ItemKind.CUSTOM
    if limit is not None:
        line.doubt(KIND, ProblemCode.UNREADABLE, "类型不认识，按自定义计时")
    elif not line.refused:
        line.refuse(KIND, ProblemCode.UNREADABLE, f"类型“{text}”不认识又没有时长，请补一项")
    return ItemKind.CUSTOM


def _kind_in_title(line: Line) -> ItemKind | None:
    title = plain_key(line.text(TITLE))
    for kind, parts in _TITLE_WORDS:
        for part in parts:
            if part in title:
                column = KIND if line.has_column(KIND) else TITLE
                text = f"类型按议题读作{_NAMED[kind]}，请核对"
                line.doubt(column, ProblemCode.NORMALISED, text)
                return kind
    return None


def _doubt_over_rule(line: Line, kind: ItemKind, limit: int | None) -> None:
    ruled = kind.default_limit_s if kind in _RULED else None
    if ruled is not None and limit is not None and limit > ruled:
        line.doubt(DURATION, ProblemCode.OVER_RULE, f"超过{_RULED[kind]} {ruled // 60} 分钟的规定")


def _speaker(line: Line) -> str:
    """One name in its stored form; several names, or a name with a post, as written."""
    text = line.text(SPEAKER)
    has_post = " " in text and not _SPACED_NAME.fullmatch(normalise_name(text))
    if not has_post and not any(mark in text for mark in "、,，;；/"):
        return read_name(line, SPEAKER)
    if is_lost(text):
        line.refuse(SPEAKER, ProblemCode.LOST_CHARACTER, "姓名缺字，请补")
    return text
