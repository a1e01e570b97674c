"""A second desk before a meeting of the real services: opened by a desk process, typed into by a browser."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from child import ChildDesk

from huifeng_desktop.app import Folder, open_folder
from huifeng_desktop.clock import SystemClock
from huifeng_desktop.domain.events import Event, EventKind
from huifeng_desktop.domain.imported import Reading, RosterRow
from huifeng_desktop.domain.meeting import MeetingPlan
from huifeng_desktop.domain.people import Category
from huifeng_desktop.service.before.preparation import Preparation
from huifeng_desktop.service.door.entrance import Door

PEOPLE = (
    ("县审计局", "欧阳建", "局长", "13900008016", "ouyangjian oyj"),
    ("县水利局", "李伟", "局长", "13900002345", "liwei lw"),
    ("柳渡镇", "李伟", "镇长", "13900007788", "liwei lw"),
    ("柳渡镇", "阿布都热依木·阿布都克里木", "党委副书记", "13900006677", "abudureyimu abdrym"),
    ("县财政局", "单雄", "副局长", "13900004455", "shanxiong sx danxiong dx"),
)
_PINYIN = {name: pinyin for _, name, _, _, pinyin in PEOPLE}


class SecondDeskRoom:
    """The window's side of it: a session, a door, and the desk's child process."""

    def __init__(self, folder: Folder, meeting_id: str) -> None:
        self.folder, self.meeting_id = folder, meeting_id
        self.session = folder.office.open(meeting_id)
        self.door = Door(self.session)
        self.child: ChildDesk | None = None
        self.listed: list[dict[str, Any]] = []

    def start(self, *more: str) -> ChildDesk:
        """The desk process; `more` arguments."""
        data = str(self.folder.path)
        program = [sys.executable, "-m", "huifeng_desktop", "--data", data, "desk", self.meeting_id, *more]
        self.child = ChildDesk(program)
        return self.child

    def open(self, ident: str = "d1", name: str = "东门 刘芳", **more: Any) -> str:
        """The address of a second desk that is opened now."""
        return str(self.tell(command="open_desk", id=ident, name=name, host="127.0.0.1", **more)[-1]["url"])

    def tell(self, **command: Any) -> list[dict[str, Any]]:
        """Send a command; the desks that are open afterwards."""
        assert self.child is not None
        self.child.tell(**command)
        return self.heard()

    def heard(self) -> list[dict[str, Any]]:
        """The next list of open desks."""
        assert self.child is not None
        self.listed = self.child.read_until(lambda line: line.get("event") == "desks")["desks"]
        return self.listed

    def events(self, kind: EventKind) -> list[Event]:
        """What is on disk of this kind."""
        self.session.catch_up(force=True)
        return [event for event in self.session.state.log if event.kind is kind]

    def badge(self, name: str) -> str:
        """The badge of a person by name."""
        return next(seat.badge for seat in self.session.state.seats if seat.name == name)

    def seat_id(self, name: str) -> str:
        """The seat of a person by name."""
        return next(seat.seat_id for seat in self.session.state.seats if seat.name == name)


@contextmanager
def second_desk_room(path: Path, title: str = "全县重点工作推进会") -> Iterator[SecondDeskRoom]:
    """Five people, two of one name, and a desk on 127.0.0.1."""
    with open_folder(path, "console") as folder:
        start = SystemClock().reading().wall.replace(microsecond=0) + timedelta(hours=1)
        room = SecondDeskRoom(folder, folder.office.create(MeetingPlan(title, start)))
        rows = [
            RosterRow(row, unit, name, post, Category.MEMBER, phone)
            for row, (unit, name, post, phone, _) in enumerate(PEOPLE, 2)
        ]
        preparation = Preparation(room.session, lambda name: _PINYIN.get(name, ""))
        reading = Reading(rows, row_count=len(rows), source="参会名单.xlsx")
        preparation.apply(preparation.preview_roster(reading))
        with room.start():
            yield room
