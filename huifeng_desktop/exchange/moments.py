"""When: the ways in which attendance lists write a time of day, with or without a date.

A time without a date belongs to the day of the meeting. All moments are naive local wall times.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from huifeng_desktop.domain.imported import ProblemCode
from huifeng_desktop.exchange.cells import CellProblem
from huifeng_desktop.exchange.durations import SHEET_TIMES_END
from huifeng_desktop.exchange.table import Cell, text_of

MAX_DAYS_AWAY = 2
NIGHT_ENDS = time(6)
ABSENCE_WORDS = frozenset(
    {"未签到", "未签", "未到", "缺席", "缺", "请假", "缺会", "未参会", "未离场", "未离", "无"}
    | {"/", "\\", "-", "--", "—", "——", "×", "✗"}
)

_SHEET_DAY_ZERO = datetime(1899, 12, 30)
_SERIALS = range(1, 80_000)
_DATE = re.compile(
    r"(?:(?P<year>\d{4}|\d{2})[-/.年])?(?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})[日号]?"
    r"(?:\(?(?:星期|周)[一二三四五六日天]\)?)?[t,，]?"
)
_TIME = re.compile(
    r"(?P<half>上午|中午|下午|晚上|晚|早上|早|凌晨|am|pm)?(?P<hour>\d{1,2})"
    r"(?:[:时点h](?:(?P<minute>\d{1,2})分?|(?P<thirty>半)"
    r"|(?P<quarter>[一三])刻)?(?::?(?P<second>\d{1,2})(?:\.\d+)?秒?)?)(?P<after>am|pm)?"
)
_AFTERNOON = ("下午", "pm")
_EVENING = ("晚上", "晚")
_MORNING = ("上午", "早上", "早", "am")


def is_absence(text: str) -> bool:
    """Whether a time cell says in words that there is no time."""
    return unicodedata.normalize("NFKC", text).strip() in ABSENCE_WORDS


def parse_moment(cell: Cell, meeting_day: date) -> datetime | None:
    """The moment to the second, or None for a blank cell.

    Raises `CellProblem`: UNREADABLE, or OUT_OF_RANGE for a day more than two days from the meeting.
    """
    if isinstance(cell, str) and (not text_of(cell) or is_absence(text_of(cell))):
        return None
    moment = _moment(cell, meeting_day)
    if moment is None:
        raise CellProblem(ProblemCode.UNREADABLE, f"时间“{text_of(cell)}”看不懂，请写成 14:25 或 下午2:25")
    if abs((moment.date() - meeting_day).days) > MAX_DAYS_AWAY:
        day = f"{meeting_day.year}年{meeting_day.month}月{meeting_day.day}日"
        raise CellProblem(ProblemCode.OUT_OF_RANGE, f"日期与会议日（{day}）相差太远，请核对年月日")
    return moment


def _moment(cell: Cell, day: date) -> datetime | None:
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return _from_serial(float(cell), day)
    if isinstance(cell, datetime):
        return _rounded(cell) if cell >= SHEET_TIMES_END else _rounded(datetime.combine(day, cell.time()))
    if isinstance(cell, time):
        return _rounded(datetime.combine(day, cell))
    if isinstance(cell, timedelta):
        return datetime.combine(day, time()) + cell if timedelta() <= cell < timedelta(days=1) else None
    return _from_text(cell, day) if isinstance(cell, str) else None


def _rounded(moment: datetime) -> datetime:
    """To the nearest second: a sheet stores 14:30:00 as a fraction that may fall just short."""
    return (moment + timedelta(microseconds=500_000)).replace(microsecond=0)


def _from_serial(number: float, day: date) -> datetime | None:
    """A sheet's own number for a time (a fraction of the day) or for a day with a time."""
    if 0 < number < 1:
        return _rounded(datetime.combine(day, time()) + timedelta(days=number))
    if int(number) in _SERIALS and number != int(number) and number > 20_000:
        return _rounded(_SHEET_DAY_ZERO + timedelta(days=number))
    return None


def _from_text(text: str, day: date) -> datetime | None:
    level = _spaced_date(unicodedata.normalize("NFKC", text)).replace("∶", ":")
    plain = re.sub(r"\s+", "", level).casefold()
    for found_day, rest in _days(plain, day):
        match = _TIME.fullmatch(rest)
        clock = _clock(match) if match else None
        if clock is not None:
            return datetime.combine(found_day, clock)
    return None


def _spaced_date(text: str) -> str:
    """A mark where a date and a time were told apart by a space alone: 2026-3-12 14:25."""
    return re.sub(r"(?<=\d)\s+(?=\d{1,2}\s*[:时点])", "T", text.strip())


def _days(plain: str, day: date) -> list[tuple[date, str]]:
    """The readings of what stands before the time: nothing, or a date."""
    match = _DATE.match(plain)
    if match is None:
        return [(day, plain)]
    year = int(match["year"] or day.year)
    try:
        found = date(year + 2000 if year < 100 else year, int(match["month"]), int(match["day"]))
    except ValueError:
        return [(day, plain)]
    return [(found, plain[match.end() :])]


def _clock(match: re.Match[str]) -> time | None:
    quarters = {"一": 15, "三": 45}
    minute = 30 if match["thirty"] else quarters.get(match["quarter"] or "", int(match["minute"] or 0))
    hour = _hour(int(match["hour"]), match["half"] or match["after"] or "")
    second = int(match["second"] or 0)
    if hour is None or hour > 23 or minute > 59 or second > 59:
        return None
    return time(hour, minute, second)


def _hour(hour: int, half: str) -> int | None:
    """The hour of 24; None where the words contradict each other or leave noon and midnight open."""
    if half in _AFTERNOON:
        return hour + 12 if hour < 12 else hour
    if half in _EVENING:
        return hour + 12 if 5 <= hour < 12 else hour if 17 <= hour < 24 else None
    if half == "中午":
        return hour + 12 if hour in (1, 2) else hour if 11 <= hour <= 14 else None
    if half in _MORNING:
        return hour if hour < 12 else None
    if half == "凌晨":
        return hour if hour < 6 else None
    return hour
