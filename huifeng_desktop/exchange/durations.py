"""How long: the ways in which offices write a speaking time.

"10" is minutes and "6:30" is minutes and seconds, because that is how agendas are written. A sheet
program turns a typed 6:30 into the time of day 06:30:00, so hours and minutes of a time cell are
read as minutes and seconds too, unless the cell has seconds or no hours.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, time, timedelta

from huifeng_desktop.domain.agenda import LONGEST_LIMIT_S
from huifeng_desktop.domain.imported import ProblemCode
from huifeng_desktop.exchange.cells import CellProblem
from huifeng_desktop.exchange.table import Cell, text_of

SHEET_EPOCH = datetime(1899, 12, 31)
"""Serial number 0 in a sheet's date system is the day before 1900-01-01."""
SHEET_TIMES_END = datetime(1900, 2, 1)
"""Dates before this are lengths of time that a sheet shows as dates."""

_NUMBER = r"(\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百]+)"
_CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):(\d{2})")
_PRIMES = re.compile(r"(\d{1,3})['′’](?:(\d{1,2})(?:\"|″|”|''|′′|’’)?)?")
_HOURS = re.compile(rf"{_NUMBER}个?(?:小时|钟头|h|hours?)(半)?")
_MINUTES = re.compile(rf"{_NUMBER}(?:分钟|分|min(?:ute)?s?|m)(半)?(?:钟)?")
_SECONDS = re.compile(rf"{_NUMBER}(?:秒钟|秒|s(?:ec(?:ond)?s?)?)?")
_QUARTERS = re.compile(rf"{_NUMBER}刻钟?")
_WRAPPING = re.compile(r"^(?:约|大约|限|限时|不超过|不多于|控制在|最多|≤|<=|<)+|(?:以内|之内|左右|内)$")
_SLOT = re.compile(r"(\d{1,2}):(\d{2})(?:-|—+|–|~|至|到)(\d{1,2}):(\d{2})")
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


def parse_duration(cell: Cell) -> int | None:
    """Seconds, or None for a blank cell.

    Raises `CellProblem`: UNREADABLE if it says no duration, OUT_OF_RANGE for zero, less, or over 12 h.
    """
    if isinstance(cell, str) and not text_of(cell):
        return None
    seconds = _seconds(cell)
    if seconds is None:
        raise CellProblem(ProblemCode.UNREADABLE, f"时长“{text_of(cell)}”看不懂，请写成 10分钟 或 6:30")
    if seconds <= 0:
        raise CellProblem(ProblemCode.OUT_OF_RANGE, f"时长“{text_of(cell)}”须大于 0，请改正或留空")
    if seconds > LONGEST_LIMIT_S:
        text = f"时长“{text_of(cell)}”超过 12 小时，请核对单位是否为分钟"
        raise CellProblem(ProblemCode.OUT_OF_RANGE, text)
    return seconds


def is_ambiguous(cell: Cell) -> bool:
    """Whether a time cell may just as well mean one or two hours: shown 1:30, read as 1 min 30 s."""
    span = _span(cell)
    return span is not None and timedelta(hours=1) <= span < timedelta(hours=3) and span.seconds % 60 == 0


def minutes_of_clock(cell: Cell) -> int | None:
    """Minutes since midnight if the cell could be a time of day such as 9:30, else None."""
    span = _span(cell)
    if span is not None:
        return span.seconds // 60 if not span.days and span.seconds % 60 == 0 else None
    match = _CLOCK.fullmatch(_plain(cell)) if isinstance(cell, str) else None
    if match is None or match[1] or int(match[2]) > 23 or int(match[3]) > 59:
        return None
    return int(match[2]) * 60 + int(match[3])


def parse_slot(cell: Cell) -> int | None:
    """Seconds of a range of the clock such as 14:30-14:36, or None if the cell holds no range."""
    match = _SLOT.fullmatch(_plain(text_of(cell)))
    if match is None:
        return None
    hour, minute, end_hour, end_minute = map(int, match.groups())
    seconds = ((end_hour - hour) * 60 + end_minute - minute) * 60
    return seconds if 0 < seconds <= LONGEST_LIMIT_S else None


def _seconds(cell: Cell) -> int | None:
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return round(cell * 60) if abs(cell) < 1e7 else None
    span = _span(cell)
    if span is not None:
        return _seconds_as_shown(span)
    return _seconds_of_text(text_of(cell)) if isinstance(cell, str) else None


def _span(cell: Cell) -> timedelta | None:
    """The length that a time-typed cell holds, if it is one."""
    if isinstance(cell, timedelta):
        return timedelta(seconds=round(cell.total_seconds()))
    if isinstance(cell, time):
        cell = datetime.combine(SHEET_EPOCH, cell)
    if isinstance(cell, datetime) and cell < SHEET_TIMES_END:
        return timedelta(seconds=round((cell - SHEET_EPOCH).total_seconds()))
    return None


def _seconds_as_shown(span: timedelta) -> int:
    """06:30:00 was typed as 6:30 and means minutes; 00:45:00 and 01:20:05 mean what they say."""
    total = int(span.total_seconds())
    return total // 60 if total >= 3600 and total % 60 == 0 else total


def _plain(text: str) -> str:
    """No width, no spaces, one kind of colon, no "about" and "at most" around."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold().replace("∶", ":")
    return _WRAPPING.sub("", plain)


def _seconds_of_text(text: str) -> int | None:
    plain = _plain(text)
    if match := _CLOCK.fullmatch(plain):
        return _clock_seconds(match)
    if match := _PRIMES.fullmatch(plain):
        return int(match[1]) * 60 + int(match[2] or 0)
    if re.fullmatch(_NUMBER, plain):
        return _rounded(_value(plain), 60)
    return _compound_seconds(plain)


def _clock_seconds(match: re.Match[str]) -> int | None:
    hours, minutes, seconds = int(match[1] or 0), int(match[2]), int(match[3])
    if seconds > 59 or (match[1] and minutes > 59):
        return None
    return hours * 3600 + minutes * 60 + seconds


def _compound_seconds(plain: str) -> int | None:
    """Hours, minutes and seconds in words; the whole text must be used up."""
    rest = re.sub(rf"{_NUMBER}个半(?:小时|钟头)", r"\1小时半", plain)
    rest = re.sub(r"半个?(?:小时|钟头)", "30分", rest)
    rest = re.sub(r"半分钟?", "30秒", rest)
    rest = re.sub(r"(小时|钟头|h)(\d+)$", r"\1\2分", rest)
    total = 0.0
    used = False
    for pattern, unit in ((_HOURS, 3600), (_QUARTERS, 900), (_MINUTES, 60), (_SECONDS, 1)):
        match = pattern.match(rest)
        value = _value(match[1]) if match else None
        if match is None or value is None:
            continue
        if unit == 1 and not used and rest == match[1]:
            return None
        half = 0.5 if match.re.groups > 1 and match[2] else 0.0
        total, used, rest = total + (value + half) * unit, True, rest[match.end() :]
    return round(total) if used and not rest else None


def _rounded(value: float | None, unit: int) -> int | None:
    return None if value is None else round(value * unit)


def _value(text: str) -> float | None:
    """A number in digits or in Chinese numerals up to 999."""
    if text[0].isdigit() and text.isascii():
        return float(text) if len(text) < 9 else None
    total = current = 0
    for char in text:
        if char in "十百":
            total += (current or 1) * (10 if char == "十" else 100)
            current = 0
        elif current:
            return None
        else:
            current = _DIGITS[char]
    return float(total + current)
