"""A real meeting on disk with a clock that only tests move, and the page that runs it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import cast

from huifeng_desktop.clock import FixedClock
from huifeng_desktop.domain.agenda import AgendaItem, ItemKind
from huifeng_desktop.domain.badge import make_badge
from huifeng_desktop.domain.cues import Bell
from huifeng_desktop.domain.events import EventKind, Fact
from huifeng_desktop.domain.meeting import MeetingPlan
from huifeng_desktop.domain.people import Category, Seat
from huifeng_desktop.domain.rule_set import RuleSet
from huifeng_desktop.service.after.rulings import Rulings
from huifeng_desktop.service.before.preparation import Preparation
from huifeng_desktop.service.door.entrance import Door
from huifeng_desktop.service.office import Office
from huifeng_desktop.service.podium import Podium
from huifeng_desktop.service.ports import Imports, Papers
from huifeng_desktop.service.session import MeetingSession
from huifeng_desktop.storage.database import DATABASE_NAME, open_database
from huifeng_desktop.storage.event_store import EventStore
from huifeng_desktop.storage.settings import SettingsStore
from huifeng_desktop.ui.context import Bridge, UiContext
from huifeng_desktop.ui.deskside.process import DeskProcess
from huifeng_desktop.ui.during.page import DuringPage
from huifeng_desktop.ui.projection.director import StageDirector

START = datetime(2026, 3, 12, 14, 30)
_PEOPLE = (
    ("县领导", "严学军", "县委常委、政法委书记", "yanxuejun yxj", Category.LEADER),
    ("县财政局", "赵镕", "局长", "zhaorong zr", Category.MEMBER),
    ("县水利局", "王磊", "局长", "wanglei wl", Category.MEMBER),
    ("县水利局", "李伟", "副局长", "liwei lw", Category.MEMBER),
    ("柳渡镇", "李伟", "镇长", "liwei lw", Category.MEMBER),
    ("县林业局", "陆川", "局长", "luchuan lc", Category.MEMBER),
    ("竹溪乡", "阿布都热依木·阿布都克里木", "党委书记", "abudureyimu abdrym", Category.MEMBER),
    ("县融媒体中心", "宋雨", "记者", "songyu sy", Category.STAFF),
)
_ITEMS = (
    ("主持人开场", "", "", ItemKind.HOSTING, 180),
    ("财政工作", "赵镕", "县财政局", ItemKind.MULTIMEDIA_REPORT, 360),
    ("水利工作", "王磊", "县水利局", ItemKind.REPORT, 300),
    ("县领导讲话", "严学军", "", ItemKind.ADDRESS, 1800),
)


class Room:
    """One data folder with one meeting; `second_look` reads it as another program would."""

    def __init__(self, folder: Path, seats: Sequence[Seat] | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.clock = FixedClock(datetime(2026, 3, 12, 14, 0))
        self.db = open_database(folder)
        file = folder / DATABASE_NAME
        settings = SettingsStore(self.db, file)
        self.store = EventStore(
            self.db, file, "console", self.clock, lambda: str(settings.get("operator", ""))
        )
        self.office = Office(self.store, self.clock, {"statistics": RuleSet()})
        self.meeting_id = self.office.create(
            MeetingPlan("全县重点工作推进会", START.astimezone(), place="县行政中心三楼会议室")
        )
        self.session = self.office.open(self.meeting_id)
        self._fill(seats if seats is not None else people())
        self.rings: list[Bell] = []
        self.context = UiContext(
            office=self.office,
            session=self.session,
            preparation=Preparation(self.session, str),
            door=Door(self.session),
            podium=Podium(self.session),
            rulings=Rulings(self.session),
            imports=cast(Imports, None),
            papers=cast(Papers, None),
            settings=settings,
            bridge=Bridge(self.session),
        )
        self.said: list[str] = []
        self.greeted: list[tuple[str, str]] = []
        self.context.voice.said.connect(lambda words, _: self.said.append(words))
        self.context.voice.greeted.connect(lambda head, more, _: self.greeted.append((head, more)))

    def _fill(self, seats: Sequence[Seat]) -> None:
        now = self.session.now().wall
        plain = [seat.to_json() for seat in seats]
        items = [
            AgendaItem(f"i{number}", title, speaker, unit, kind, limit).to_json()
            for number, (title, speaker, unit, kind, limit) in enumerate(_ITEMS, 1)
        ]
        self.session.state_facts(
            [
                Fact(EventKind.ROSTER_LOADED, now, body={"seats": plain}),
                Fact(EventKind.AGENDA_LOADED, now, body={"items": items}),
            ]
        )

    def director(self) -> StageDirector:
        """A director whose bell is heard in `rings`."""
        return StageDirector(self.context, self.rings.append)

    def page(self, desk: DeskProcess | None = None) -> DuringPage:
        """The 会中 page with its director."""
        return DuringPage(
            self.context, desk, self.director(), list_addresses=lambda: [("会议室", "192.168.1.20")]
        )

    def at(self, clock: str) -> None:
        """Move on to this time of the day of the meeting."""
        hour, minute, *second = (int(part) for part in clock.split(":"))
        target = START.replace(hour=hour, minute=minute, second=second[0] if second else 0).astimezone()
        self.clock.advance((target - self.clock.reading().wall).total_seconds())

    def second_look(self) -> MeetingSession:
        """The meeting as read from disk by somebody else."""
        db = open_database(self.folder)
        try:
            store = EventStore(db, self.folder / DATABASE_NAME, "reader", self.clock)
            return Office(store, self.clock, {"statistics": RuleSet()}).open(self.meeting_id)
        finally:
            db.close()

    @contextmanager
    def other_desk(self) -> Iterator[Door]:
        """The door as another writer of the same folder has it."""
        db = open_database(self.folder)
        try:
            store = EventStore(db, self.folder / DATABASE_NAME, "desk", self.clock)
            yield Door(Office(store, self.clock, {"statistics": RuleSet()}).open(self.meeting_id))
        finally:
            db.close()

    def close(self) -> None:
        """Give the file back."""
        self.context.bridge.stop()
        self.db.close()


def people() -> list[Seat]:
    """A small roster with a leader, namesakes, a long name and somebody of the staff."""
    seats = []
    for number, (unit, name, post, pinyin, category) in enumerate(_PEOPLE, 1):
        seat_id = f"s{number}"
        badge = make_badge("m", seat_id, set())
        phone = f"138000000{number:02d}"
        seats.append(Seat(seat_id, number, unit, name, post, category, phone, badge=badge, pinyin=pinyin))
    return seats


def crowd(count: int) -> list[Seat]:
    """So many people with different names and units."""
    return [
        Seat(
            f"s{number}",
            number,
            f"禾川县第{number // 20}工作委员会办公室",
            f"{_SURNAMES[number % 20]}{_GIVEN[number // 20 % 20]}{_GIVEN[number % 19]}",
            "主任",
            badge=f"2{number:012d}",
            pinyin=f"xing{number % 40}ming{number} xm{number % 97}",
        )
        for number in range(1, count + 1)
    ]


_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"
_GIVEN = "建国志强海波文清雨辰思远明辉大勇晓燕永昌"
