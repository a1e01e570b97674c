"""One meeting on a real disk, opened as the window opens it; for tests of the services."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from story import LADDER, moment

from huifeng_desktop.app import Folder, open_folder
from huifeng_desktop.clock import FixedClock
from huifeng_desktop.domain.agenda import AgendaItem, ItemKind
from huifeng_desktop.domain.imported import Reading, RosterRow
from huifeng_desktop.domain.meeting import MeetingPlan
from huifeng_desktop.domain.people import Category
from huifeng_desktop.domain.rule_set import RuleSet
from huifeng_desktop.service.after.rulings import Rulings
from huifeng_desktop.service.before.preparation import Preparation
from huifeng_desktop.service.door.entrance import Door
from huifeng_desktop.service.podium import Podium
from huifeng_desktop.service.session import MeetingSession

PEOPLE = (
    RosterRow(2, "县审计局", "欧阳建", "局长", phone="13900000001"),
    RosterRow(3, "县林业局", "陆川", "局长"),
    RosterRow(4, "县统计局", "何平", "副局长"),
    RosterRow(5, "县档案馆", "", "馆长", Category.VACANT),
)


def initials(name: str) -> str:
    """Search keys without the pinyin library."""
    return f"pinyin {name}" if name else ""


class Meeting:
    """A session with the services that work on it."""

    def __init__(self, folder: Folder, meeting_id: str) -> None:
        self.folder = folder
        self.session: MeetingSession = folder.office.open(meeting_id)
        self.door = Door(self.session)
        self.podium = Podium(self.session)
        self.rulings = Rulings(self.session)
        self.preparation = Preparation(self.session, initials)

    def load(self, *rows: RosterRow) -> None:
        """Take a roster in."""
        self.preparation.apply(self.preparation.preview_roster(reading(rows)))

    def add_items(self, *minutes: int) -> list[str]:
        """Put items of so many minutes on the agenda; their ids."""
        for number, limit in enumerate(minutes, 1):
            self.podium.add_item(AgendaItem("", f"议题{number}", kind=ItemKind.REPORT, limit_s=limit * 60))
        return [item.item_id for item in self.session.state.items]

    def seat_id(self, name: str) -> str:
        """The seat of a person by name."""
        return next(one.seat_id for one in self.session.state.seats if one.name == name)

    def badge(self, name: str) -> str:
        """The badge of a person by name."""
        return next(one.badge for one in self.session.state.seats if one.name == name)


def reading(rows: Sequence[RosterRow]) -> Reading[RosterRow]:
    """Rows as a reader would give them."""
    return Reading(list(rows), row_count=len(rows), source="参会名单.xlsx")


def plan(rules: RuleSet = LADDER, start: str = "14:30", counts: bool = True) -> MeetingPlan:
    """The meeting of 12 March."""
    return MeetingPlan("全县重点工作推进会", moment(start), rule_set=rules, counts=counts)


@contextmanager
def held_by(
    path: Path, clock: FixedClock, role: str = "console", rules: RuleSet = LADDER, people: bool = True
) -> Iterator[Meeting]:
    """A new meeting with the roster of PEOPLE in a data folder."""
    with open_folder(path, role, clock) as folder:
        meeting = Meeting(folder, folder.office.create(plan(rules)))
        if people:
            meeting.load(*PEOPLE)
        yield meeting


@contextmanager
def beside(meeting: Meeting, role: str = "desk") -> Iterator[Meeting]:
    """The same meeting, open a second time over a connection of its own."""
    with open_folder(meeting.folder.path, role, meeting.folder.clock) as folder:
        yield Meeting(folder, meeting.session.meeting_id)
