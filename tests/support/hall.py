"""A data folder with one meeting of so many invented people, made by the real parts.

Run as a program it only makes the folder and prints the meeting's id: a bench that looks at memory
or at the first paint must not do this in the process that it looks at.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from huifeng_desktop.app import Folder, open_folder
from huifeng_desktop.clock import SystemClock
from huifeng_desktop.domain.agenda import AgendaItem, ItemKind
from huifeng_desktop.domain.badge import make_badge
from huifeng_desktop.domain.events import EventKind, Fact
from huifeng_desktop.domain.meeting import MeetingPlan
from huifeng_desktop.domain.people import Category, Seat
from huifeng_desktop.service.podium import Podium

_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"
_GIVEN = "建国志强海波文清雨辰思远明辉大勇晓燕永昌"
_SOUNDS = "zhao qian sun li zhou wu zheng wang feng chen chu wei jiang shen han yang zhu qin you xu"
_GIVEN_SOUNDS = "jian guo zhi qiang hai bo wen qing yu chen si yuan ming hui da yong xiao yan yong chang"
_UNITS = ("县发展和改革局", "县财政局", "县水利局", "县民政局", "柳渡镇", "石梁镇", "县卫健局", "县林业局")
_TITLES = ("开场", "发展改革工作", "财政工作", "水利工作", "民政工作", "信访工作", "县领导讲话", "小结")


def make_folder(path: Path, seats: int) -> str:
    """A new folder at `path` with a meeting that starts in an hour; returns its id."""
    with open_folder(path, "console", SystemClock()) as folder:
        return fill(folder, seats)


def fill(folder: Folder, seats: int) -> str:
    """A meeting with an agenda and so many people in an open folder; returns its id."""
    now = folder.clock.reading().wall
    start = now.replace(microsecond=0) + timedelta(hours=1)
    plan = MeetingPlan("全县重点工作推进会", start, place="县行政中心三楼会议室")
    meeting = folder.office.create(plan)
    people = [one.to_json() for one in crowd(meeting, seats)]
    items = [
        AgendaItem(f"i{number}", title, "", "", ItemKind.REPORT, 300).to_json()
        for number, title in enumerate(_TITLES, 1)
    ]
    folder.office.open(meeting).state_facts(
        [
            Fact(EventKind.ROSTER_LOADED, now, body={"seats": people}),
            Fact(EventKind.AGENDA_LOADED, now, body={"items": items}),
        ]
    )
    return meeting


def let_in(path: Path, meeting: str) -> None:
    """Everybody has signed in, and the second item is being timed."""
    with open_folder(path, "console", SystemClock()) as folder:
        session, now = folder.office.open(meeting), folder.clock.reading().wall
        entries = [
            Fact(EventKind.SIGN_IN, now, seat.seat_id, {"method": "badge"}, f"in {seat.seat_id}")
            for seat in session.state.seats
        ]
        session.state_facts([*entries, Fact(EventKind.OPENED, now)])
        Podium(session).start("i2")


def crowd(meeting: str, count: int) -> list[Seat]:
    """So many people of eighty-six units, eleven of them leaders, each with badge and pinyin."""
    taken: set[str] = set()
    return [_person(meeting, number, taken) for number in range(1, count + 1)]


def _person(meeting: str, number: int, taken: set[str]) -> Seat:
    surname, first, second = number % 20, number // 20 % 20, number // 7 % 20
    given = _GIVEN_SOUNDS.split()
    sounds = (_SOUNDS.split()[surname], given[first], given[second])
    seat_id = f"s{number}"
    badge = make_badge(meeting, seat_id, taken)
    taken.add(badge)
    return Seat(
        seat_id,
        number,
        f"{_UNITS[number % 8]}{number % 86 // 8 or ''}",
        _SURNAMES[surname] + _GIVEN[first] + _GIVEN[second],
        "主任",
        Category.LEADER if number <= 11 else Category.MEMBER,
        f"138{number:08d}",
        badge=badge,
        pinyin=f"{''.join(sounds)} {''.join(sound[0] for sound in sounds)}",
    )


def badges(path: Path, meeting: str) -> Sequence[str]:
    """The badge numbers of everybody."""
    with open_folder(path, "reader", SystemClock()) as folder:
        return [seat.badge for seat in folder.office.open(meeting).state.seats]


if __name__ == "__main__":
    print(make_folder(Path(sys.argv[1]), int(sys.argv[2])))
